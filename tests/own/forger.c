/* A driver that writes over all memory it can reach, in hope of what is recorded of it. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;

static NTSTATUS FillWithZeros(_In_ WDFREQUEST Request, _In_ size_t Length);

/* The system has loaded the driver. */
NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

/* A device for this driver has been found: make the device object and its queue. */
NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_IO_QUEUE_CONFIG queueConfig;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* Sequential: the next request comes when the driver has finished with this one. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;

    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* Memory of the driver's own, beside which other things lie. */
static volatile ULONG_PTR Mine = 1;

/* The queue hands over a read. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    volatile ULONG_PTR *at = &Mine;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Queue);

    switch (Length) {
    case 1: /* all that lies after the driver */
        for (;;) {
            *at++ = 0x4141414141414141;
        }
    case 2: /* all that lies before it */
        for (;;) {
            *--at = 0xFFFFFFFFFFFFFFFF;
        }
    case 3: /* the stack, and what comes after it */
        at = (volatile ULONG_PTR *)&status;
        for (;;) {
            *at++ = 0;
        }
    default:
        break;
    }
    status = FillWithZeros(Request, Length);
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? Length : 0);
}

static NTSTATUS
FillWithZeros(_In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PVOID buffer;

    status = WdfRequestRetrieveOutputBuffer(Request, Length, &buffer, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    RtlZeroMemory(buffer, Length);
    return STATUS_SUCCESS;
}
