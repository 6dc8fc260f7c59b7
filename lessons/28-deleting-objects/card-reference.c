/* A device that takes up to 64 bytes at a time and needs 2 ms for them.
 *
 *   default   sequential   writes
 */
#include <ntddk.h>
#include <wdf.h>

#define MOST_BYTES 64

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Ready;
    WDFREQUEST Current;
    size_t Length;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_TIMER EvtReady;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);

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
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtReady);
    timerConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(device)->Ready);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueue(device);
}

/* No EvtIoStop: a write takes 2 ms, and power-down waits for it (lesson 6.2). */
static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    WdfObjectReference(Request);
    if (Length > MOST_BYTES) {
        WdfRequestComplete(Request, STATUS_INVALID_BUFFER_SIZE);
        return;
    }
    context->Current = Request;
    context->Length = Length;
    WdfTimerStart(context->Ready, WDF_REL_TIMEOUT_IN_MS(2));
}

VOID
EvtReady(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer));
    WDFREQUEST request = context->Current;

    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, context->Length);
    WdfObjectDereference(request);
}
