/* One mistake with a queue for each control code. */
#include <ntddk.h>
#include <wdf.h>

#include "mistakes.h"

typedef enum _QUEUE_MISTAKE MISTAKE;

typedef struct _DRIVER_CONTEXT {
    WDFQUEUE Second, Manual;
    WDFREQUEST Held;
    WDFTIMER Later;
    MISTAKE Mistake;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtSecondControl;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_IO_QUEUE_STATE EvtState;
EVT_WDF_IO_QUEUE_STATE EvtReady;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtLater;
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context);

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    return WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_TIMER_CONFIG timer;
    WDF_OBJECT_ATTRIBUTES attributes;

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtLater);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfTimerCreate(&timer, &attributes, &GetContext(Driver)->Later);
    return NT_SUCCESS(status) ? CreateQueues(device, GetContext(Driver)) : status;
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    config.EvtIoStop = EvtIoStop;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = EvtSecondControl;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &Context->Second);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &Context->Manual);
}

static PDRIVER_CONTEXT
Context(void)
{
    return GetContext(WdfGetDriver());
}

VOID
EvtState(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT StateContext)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(StateContext);
}

VOID
EvtReady(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT StateContext)
{
    WDFREQUEST request;

    UNREFERENCED_PARAMETER(StateContext);
    if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(Queue, &request))) {
        WdfRequestRequeue(request);
    }
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

VOID
EvtLater(_In_ WDFTIMER Timer)
{
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(Timer);
    if (context->Mistake == StopAnsweredLate) {
        WdfRequestStopAcknowledge(context->Held, FALSE);
    } else {
        WdfRequestComplete(context->Held, STATUS_SUCCESS);
    }
}

VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(ActionFlags);
    switch (context->Mistake) {
    case StopAnsweredLate:
        WdfTimerStart(context->Later, WDF_REL_TIMEOUT_IN_MS(1));
        break;
    case StopAnsweredSlowly:
        WdfTimerStart(context->Later, WDF_REL_TIMEOUT_IN_SEC(70));
        break;
    case StopAnsweredCancelable:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        WdfRequestStopAcknowledge(Request, TRUE);
        WdfRequestUnmarkCancelable(Request);
        WdfRequestStopAcknowledge(Request, TRUE);
        break;
    default:
        break;
    }
}

/* What comes into the second queue: more than one request of it is never delivered. */
VOID
EvtSecondControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                 _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    switch (Context()->Mistake) {
    case StoppedInHandler:
        WdfIoQueueStopSynchronously(Queue);
        break;
    case DeletedInHandler:
        WdfObjectDelete(Queue);
        break;
    default:
        break;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

/* True: the request is done with. */
static BOOLEAN
GiveAway(_In_ PDRIVER_CONTEXT Context, _In_ WDFREQUEST Request)
{
    WDFREQUEST found;

    switch (Context->Mistake) {
    case StoppedInHandler:
    case DeletedInHandler:
        WdfRequestForwardToIoQueue(Request, Context->Second);
        return TRUE;
    case DrainedStopped:
        WdfIoQueueStop(Context->Second, NULL, NULL);
        WdfRequestForwardToIoQueue(Request, Context->Second);
        WdfIoQueueDrain(Context->Second, EvtState, NULL);
        return TRUE;
    case FoundAndKept:
        WdfRequestForwardToIoQueue(Request, Context->Manual);
        WdfIoQueueFindRequest(Context->Manual, NULL, NULL, NULL, &found);
        WdfIoQueueRetrieveFoundRequest(Context->Manual, found, &found);
        WdfRequestComplete(found, STATUS_SUCCESS);
        return TRUE;
    case EndlessNotify:
        WdfIoQueueReadyNotify(Context->Manual, EvtReady, NULL);
        WdfRequestForwardToIoQueue(Request, Context->Manual);
        return TRUE;
    case StopUnanswered:
    case StopAnsweredLate:
    case StopAnsweredCancelable:
    case StopAnsweredSlowly:
        Context->Held = Request;
        return TRUE;
    default:
        return FALSE;
    }
}

static VOID
SearchWrongly(_In_ PDRIVER_CONTEXT Context, _In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    WDFREQUEST found;

    switch (Context->Mistake) {
    case RetrievedParallel:
        WdfIoQueueRetrieveNextRequest(Queue, &found);
        break;
    case RetrievedIdle:
        WdfIoQueueRetrieveNextRequest(Context->Second, &found);
        break;
    case SearchedParallel:
        WdfIoQueueFindRequest(Queue, NULL, NULL, NULL, &found);
        break;
    case SearchedFromNowhere:
        WdfRequestForwardToIoQueue(Request, Context->Manual);
        WdfIoQueueFindRequest(Context->Manual, Request, NULL, NULL, &found);
        WdfIoQueuePurge(Context->Manual, NULL, NULL);
        break;
    default:
        break;
    }
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDRIVER_CONTEXT context = Context();
    WDF_REQUEST_FORWARD_OPTIONS options;
    KIRQL old;

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    context->Mistake = (MISTAKE)(IoControlCode >> 2);
    if (GiveAway(context, Request)) {
        return;
    }
    SearchWrongly(context, Queue, Request);
    switch (context->Mistake) {
    case SearchedFromNowhere:
        return;
    case StoppedTwice:
        WdfIoQueueStop(Queue, EvtState, NULL);
        WdfIoQueueStop(Queue, EvtState, NULL);
        break;
    case SyncAtDispatch:
        KeRaiseIrql(DISPATCH_LEVEL, &old);
        WdfIoQueueStopSynchronously(context->Second);
        KeLowerIrql(old);
        break;
    case NotifiedParallel:
        WdfIoQueueReadyNotify(Queue, EvtReady, NULL);
        break;
    case DeletedDefault:
        WdfObjectDelete(Queue);
        break;
    case ForwardedToParent:
        WDF_REQUEST_FORWARD_OPTIONS_INIT(&options);
        WdfRequestForwardToParentDeviceIoQueue(Request, context->Second, &options);
        break;
    default:
        break;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
