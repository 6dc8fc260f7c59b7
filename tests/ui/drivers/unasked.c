/* Reads that a timer completes, or their cancel. The timer takes the mark off and does not look at
 * what it is told: right as long as the cancel does not come in between. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timer;
    WDFREQUEST Current;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceOf)

EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtReadDone;

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
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timer;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtReadDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    return WdfTimerCreate(&timer, &attributes, &DeviceOf(device)->Timer);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceOf(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);
    context->Current = Request;
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_MS(3));
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

VOID
EvtReadDone(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceOf((WDFDEVICE)WdfTimerGetParentObject(Timer));

    (VOID)WdfRequestUnmarkCancelable(context->Current); /* the mistake */
    WdfRequestCompleteWithInformation(context->Current, STATUS_SUCCESS, 16);
}
