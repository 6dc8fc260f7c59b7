/* A device that keeps what is written to it in a ring of 4 KB.
 *
 *   default   sequential   writes
 */
#include <ntddk.h>
#include <wdf.h>

#define RING_BYTES 4096

typedef struct _DEVICE_CONTEXT {
    UCHAR Ring[RING_BYTES];
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;

static NTSTATUS CopyToRing(_In_ PDEVICE_CONTEXT Context, _In_ PVOID Bytes, _In_ size_t Length);

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG queueConfig;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    queueConfig.PowerManaged = WdfFalse; /* memory needs no power of the device */
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));
    PVOID bytes;

    status = WdfRequestRetrieveInputBuffer(Request, 1, &bytes, NULL);
    if (!NT_SUCCESS(status)) {
        DbgPrint("no buffer: 0x%x\n", status);
        WdfRequestComplete(Request, status);
        return;
    }
    status = CopyToRing(context, bytes, Length);
    if (!NT_SUCCESS(status)) {
        DbgPrint("not copied: 0x%x\n", status);
        WdfRequestComplete(Request, status);
        return;
    }
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

static NTSTATUS
CopyToRing(_In_ PDEVICE_CONTEXT Context, _In_ PVOID Bytes, _In_ size_t Length)
{
    if (Length > RING_BYTES) {
        return STATUS_INVALID_BUFFER_SIZE;
    }
    RtlCopyMemory(Context->Ring, Bytes, Length);
    return STATUS_SUCCESS;
}
