/* A driver that keeps a request for a while, and gives it back when its sender changes its mind
 * (lesson 4.2).
 *
 * Try: leave out WdfRequestUnmarkCancelable in EvtTimer. Lesson 4.3 is about what happens then. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timer;
    WDFREQUEST Current; /* the read that is under way; NULL: none */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtTimer;

#define DURATION_MS 5

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static VOID AnswerWithZeros(_In_ WDFREQUEST Request);

/* The system has loaded the driver: say which function makes its devices. */
NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

/* A device has been found: make the device object and its queue. */
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
    return CreateQueue(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFQUEUE queue;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a read is done in a moment, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* The timer's parent is the queue, so its callback runs under the queue's lock (2.4). */
    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtTimer);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->Timer);
}

/* The queue delivers a read. From the mark on its sender can cancel it. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        /* It was canceled on its way here: EvtRequestCancel will not be called. */
        WdfRequestComplete(Request, status);
        return;
    }
    context->Current = Request;
    WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_MS(DURATION_MS));
}

/* The sender has canceled the read. The driver still owns it, and must complete it. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    context->Current = NULL;
    (VOID)WdfTimerStop(context->Timer, FALSE);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* The time is over: the read can be completed, unless EvtRequestCancel is about to do that. */
VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    WDFQUEUE queue = (WDFQUEUE)WdfTimerGetParentObject(Timer);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));
    WDFREQUEST request = context->Current;

    if (request == NULL || WdfRequestUnmarkCancelable(request) == STATUS_CANCELLED) {
        return;
    }
    context->Current = NULL;
    AnswerWithZeros(request);
}

/* Completes a request with zeros for all that its sender has room for. It is gone afterward. */
static VOID
AnswerWithZeros(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length = 0;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (NT_SUCCESS(status)) {
        RtlZeroMemory(buffer, length);
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}
