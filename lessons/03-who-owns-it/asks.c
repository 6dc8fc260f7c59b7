/* A driver that asks: whoever watches the run decides what it does with each request.
 *
 *   default   sequential   reads
 *   waiting   manual       what is forwarded to it, until the driver retrieves it (lesson 2.3)
 *
 * EvtIoRead asks with QsAsk and makes the call that was chosen, on a line of its own. A request
 * that the driver still owns when its callback has returned is left to the worker, a work item.
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

typedef struct _DEVICE_CONTEXT {
    WDFWORKITEM Worker;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtDeviceSelfManagedIoInit;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_WORKITEM EvtWorkItem;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtReadDone;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateWorker(_In_ WDFDEVICE Device);
static VOID AskAbout(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request);
static BOOLEAN CarryOut(_In_ PQS_ORDER Order);
static BOOLEAN Move(_In_ PQS_ORDER Order);
static BOOLEAN Send(_In_ PQS_ORDER Order);
static VOID Look(_In_ PQS_ORDER Order);

/* ---- Loading ---- */

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
    WDF_PNPPOWER_EVENT_CALLBACKS powerCallbacks;

    UNREFERENCED_PARAMETER(Driver);

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&powerCallbacks);
    powerCallbacks.EvtDeviceSelfManagedIoInit = EvtDeviceSelfManagedIoInit;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateWorker(device);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE waiting;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: power-down waits until you have given up what you own (lesson 6.2). */
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &waiting);
}

static NTSTATUS
CreateWorker(_In_ WDFDEVICE Device)
{
    WDF_WORKITEM_CONFIG workerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_WORKITEM_CONFIG_INIT(&workerConfig, EvtWorkItem);
    workerConfig.AutomaticSerialization = FALSE; /* it takes no lock of the framework: lesson 2.4 */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfWorkItemCreate(&workerConfig, &attributes, &DeviceGetContext(Device)->Worker);
}

/* The device works for the first time. From now on, the worker waits for orders. */
NTSTATUS
EvtDeviceSelfManagedIoInit(_In_ WDFDEVICE Device)
{
    WdfWorkItemEnqueue(DeviceGetContext(Device)->Worker);
    return STATUS_SUCCESS;
}

/* ---- Who asks ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    AskAbout(Queue, Request);
}

/* The sender has canceled a request that was marked cancelable. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    AskAbout(WdfRequestGetIoQueue(Request), Request);
}

/* Carrying out an order may call EvtIoRead on this thread, which may wait for orders of its own.
 * So the item is enqueued again first: somebody always listens. */
VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    QS_ORDER order;

    if (QsAsk(NULL, NULL, &order)) {
        WdfWorkItemEnqueue(WorkItem);
        CarryOut(&order);
    }
}

static VOID
AskAbout(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    QS_ORDER order;

    while (QsAsk(Queue, Request, &order)) {
        if (CarryOut(&order) && order.Request == Request) {
            return;
        }
    }
}

/* ---- What can be ordered: TRUE if the request has left the driver ---- */

static BOOLEAN
CarryOut(_In_ PQS_ORDER Order)
{
    switch (Order->Verb) {
    case QsOrderComplete:
        WdfRequestComplete(Order->Request, Order->Status);
        return TRUE;
    case QsOrderCompleteWithInformation:
        WdfRequestCompleteWithInformation(Order->Request, Order->Status, Order->Information);
        return TRUE;
    case QsOrderForward:
    case QsOrderRequeue:
        return Move(Order);
    case QsOrderSendToTarget:
    case QsOrderSendAndForget:
        return Send(Order);
    default:
        Look(Order);
        return FALSE;
    }
}

/* To another queue, or back to the head of the one it was retrieved from. */
static BOOLEAN
Move(_In_ PQS_ORDER Order)
{
    NTSTATUS status;

    if (Order->Verb == QsOrderForward) {
        status = WdfRequestForwardToIoQueue(Order->Request, Order->Queue);
    } else {
        status = WdfRequestRequeue(Order->Request);
    }
    QsAskResult(Order, status, 0);
    return NT_SUCCESS(status);
}

/* To the driver below. */
static BOOLEAN
Send(_In_ PQS_ORDER Order)
{
    BOOLEAN sent;
    WDFQUEUE queue = WdfRequestGetIoQueue(Order->Request);
    WDFIOTARGET target = WdfDeviceGetIoTarget(WdfIoQueueGetDevice(queue));
    WDF_REQUEST_SEND_OPTIONS options;

    if (Order->Verb == QsOrderSendAndForget) {
        WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
        sent = WdfRequestSend(Order->Request, target, &options);
    } else {
        WdfRequestFormatRequestUsingCurrentType(Order->Request);
        WdfRequestSetCompletionRoutine(Order->Request, EvtReadDone, WDF_NO_CONTEXT);
        sent = WdfRequestSend(Order->Request, target, WDF_NO_SEND_OPTIONS);
    }
    if (!sent) {
        QsAskResult(Order, WdfRequestGetStatus(Order->Request), FALSE); /* still ours */
    }
    return sent;
}

/* The driver below has finished. The request is ours again, and is completed as it came back. */
VOID
EvtReadDone(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
            _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);

    WdfRequestCompleteWithInformation(Request, Params->IoStatus.Status,
                                      Params->IoStatus.Information);
}

/* Orders that change no owner, or that bring a request to the driver. */
static VOID
Look(_In_ PQS_ORDER Order)
{
    NTSTATUS status = STATUS_SUCCESS;
    WDFREQUEST retrieved = NULL;

    switch (Order->Verb) {
    case QsOrderRetrieveNext:
        status = WdfIoQueueRetrieveNextRequest(Order->Queue, &retrieved);
        QsAskResult(Order, status, (ULONG_PTR)retrieved);
        break;
    case QsOrderMarkCancelable:
        WdfRequestMarkCancelable(Order->Request, EvtRequestCancel);
        break;
    case QsOrderMarkCancelableEx:
        status = WdfRequestMarkCancelableEx(Order->Request, EvtRequestCancel);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderUnmarkCancelable:
        status = WdfRequestUnmarkCancelable(Order->Request);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderIsCanceled:
        QsAskResult(Order, status, WdfRequestIsCanceled(Order->Request));
        break;
    case QsOrderCancelSent:
        QsAskResult(Order, status, WdfRequestCancelSentRequest(Order->Request));
        break;
    default:
        QsAskResult(Order, STATUS_NOT_SUPPORTED, 0);
        break;
    }
}
