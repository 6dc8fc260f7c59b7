/* The timer that finishes reads, and the handler that begins them, guard the list with a spin
 * lock. The timer completes while it holds it. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timer;
    WDFSPINLOCK Lock;
    WDFREQUEST Current;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

static NTSTATUS CreateObjects(_In_ WDFDEVICE Device, _In_ PDEVICE_CONTEXT Context);
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_TIMER EvtTimer;

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

    UNREFERENCED_PARAMETER(Driver);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateObjects(device, DeviceGetContext(device));
}

static NTSTATUS
CreateObjects(_In_ WDFDEVICE Device, _In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timer;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &Context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtTimer);
    return WdfTimerCreate(&timer, &attributes, &Context->Timer);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);
    WdfSpinLockAcquire(context->Lock);
    context->Current = Request;
    WdfSpinLockRelease(context->Lock);
    WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_MS(3));
}

VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer));

    WdfSpinLockAcquire(context->Lock);
    if (context->Current != NULL) {
        WDFREQUEST request = context->Current;

        context->Current = NULL;
        WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, 16); /* the mistake */
    }
    WdfSpinLockRelease(context->Lock);
}
