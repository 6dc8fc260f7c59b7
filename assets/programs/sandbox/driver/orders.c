/* One line for each call that can be ordered. */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

#include "orders.h"

EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtRequestCompletion;
EVT_WDF_IO_QUEUE_STATE EvtIoQueueReady;
EVT_WDF_IO_QUEUE_STATE EvtIoQueueStateReached;

static BOOLEAN CarryOutForRequest(_In_ PQS_ORDER Order);
static BOOLEAN CarryOutSend(_In_ PQS_ORDER Order);
static VOID CarryOutRetrieval(_In_ PQS_ORDER Order);
static VOID CarryOutForQueue(_In_ PQS_ORDER Order);
static VOID CarryOutForTarget(_In_ PQS_ORDER Order);
static VOID KeepFound(_In_ WDFQUEUE Queue, _In_opt_ WDFREQUEST Found);

VOID
AskAbout(_In_opt_ WDFQUEUE Queue, _In_opt_ WDFREQUEST Request)
{
    QS_ORDER order;

    while (QsAsk(Queue, Request, &order)) {
        BOOLEAN done = Queue != NULL && order.Verb == QsOrderEnqueue
                           ? CarryOutFor(WdfIoQueueGetDevice(Queue), &order)
                           : CarryOut(&order);
        if (done && order.Request == Request) {
            return;
        }
    }
}

BOOLEAN
CarryOutFor(_In_ WDFDEVICE Device, _Inout_ PQS_ORDER Order)
{
    NTSTATUS status;

    switch (Order->Verb) {
    case QsOrderEnqueue:
        status = WdfDeviceEnqueueRequest(Device, Order->Request);
        QsAskResult(Order, status, 0);
        return NT_SUCCESS(status);
    case QsOrderSendToTarget:
    case QsOrderSendAndForget:
    case QsOrderSendSynchronously:
        if (Order->Target == NULL) {
            Order->Target = WdfDeviceGetIoTarget(Device);
        }
        break;
    default:
        break;
    }
    return CarryOut(Order);
}

BOOLEAN
CarryOut(_In_ PQS_ORDER Order)
{
    switch (Order->Verb) {
    case QsOrderSendToTarget:
    case QsOrderSendAndForget:
    case QsOrderSendSynchronously:
        return CarryOutSend(Order);
    case QsOrderRetrieveNext:
    case QsOrderRetrieveByFile:
    case QsOrderFind:
    case QsOrderRetrieveFound:
        CarryOutRetrieval(Order);
        return FALSE;
    default:
        if (Order->Verb < QsOrderRetrieveNext) {
            return CarryOutForRequest(Order);
        }
        if (Order->Verb < QsOrderTargetStart) {
            CarryOutForQueue(Order);
        } else {
            CarryOutForTarget(Order);
        }
        return FALSE;
    }
}

static BOOLEAN
CarryOutForRequest(_In_ PQS_ORDER Order)
{
    NTSTATUS status = STATUS_SUCCESS;
    WDFDEVICE device;

    switch (Order->Verb) {
    case QsOrderComplete:
        WdfRequestComplete(Order->Request, Order->Status);
        return TRUE;
    case QsOrderCompleteWithInformation:
        WdfRequestCompleteWithInformation(Order->Request, Order->Status, Order->Information);
        return TRUE;
    case QsOrderForward:
        status = WdfRequestForwardToIoQueue(Order->Request, Order->Queue);
        QsAskResult(Order, status, 0);
        return NT_SUCCESS(status);
    case QsOrderRequeue:
        status = WdfRequestRequeue(Order->Request);
        QsAskResult(Order, status, 0);
        return NT_SUCCESS(status);
    case QsOrderMarkCancelable:
        WdfRequestMarkCancelable(Order->Request, EvtRequestCancel);
        return FALSE;
    case QsOrderMarkCancelableEx:
        status = WdfRequestMarkCancelableEx(Order->Request, EvtRequestCancel);
        QsAskResult(Order, status, 0);
        return FALSE;
    case QsOrderUnmarkCancelable:
        status = WdfRequestUnmarkCancelable(Order->Request);
        QsAskResult(Order, status, 0);
        return FALSE;
    case QsOrderEnqueue:
        device = WdfIoTargetGetDevice(Order->Target);
        status = WdfDeviceEnqueueRequest(device, Order->Request);
        QsAskResult(Order, status, 0);
        return NT_SUCCESS(status);
    case QsOrderIsCanceled:
        QsAskResult(Order, STATUS_SUCCESS, WdfRequestIsCanceled(Order->Request));
        return FALSE;
    case QsOrderCancelSent:
        QsAskResult(Order, STATUS_SUCCESS, WdfRequestCancelSentRequest(Order->Request));
        return FALSE;
    case QsOrderSetInformation:
        WdfRequestSetInformation(Order->Request, Order->Information);
        return FALSE;
    case QsOrderDeleteRequest:
        WdfObjectDelete(Order->Request);
        return FALSE;
    case QsOrderStopAcknowledge:
        WdfRequestStopAcknowledge(Order->Request, FALSE);
        return TRUE;
    case QsOrderStopAcknowledgeRequeue:
        WdfRequestStopAcknowledge(Order->Request, TRUE);
        return TRUE;
    default:
        QsAskResult(Order, STATUS_NOT_SUPPORTED, 0);
        return FALSE;
    }
}

/* TRUE: the target has the request, and EvtRequestCompletion will be called (unless forgotten). */
static BOOLEAN
CarryOutSend(_In_ PQS_ORDER Order)
{
    BOOLEAN sent;
    NTSTATUS status;
    WDFQUEUE queue;
    WDFIOTARGET target = Order->Target;
    WDF_REQUEST_SEND_OPTIONS options;

    if (target == NULL) {
        queue = WdfRequestGetIoQueue(Order->Request);
        target = WdfDeviceGetIoTarget(WdfIoQueueGetDevice(queue));
    }

    switch (Order->Verb) {
    case QsOrderSendAndForget:
        WdfRequestSetCompletionRoutine(Order->Request, NULL, NULL);
        WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
        sent = WdfRequestSend(Order->Request, target, &options);
        break;
    case QsOrderSendSynchronously:
        WdfRequestFormatRequestUsingCurrentType(Order->Request);
        WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS);
        sent = WdfRequestSend(Order->Request, target, &options);
        status = WdfRequestGetStatus(Order->Request);
        QsAskResult(Order, status, sent);
        return FALSE;
    default:
        WdfRequestFormatRequestUsingCurrentType(Order->Request);
        WdfRequestSetCompletionRoutine(Order->Request, EvtRequestCompletion, NULL);
        sent = WdfRequestSend(Order->Request, target, WDF_NO_SEND_OPTIONS);
        break;
    }

    if (!sent) {
        status = WdfRequestGetStatus(Order->Request);
        QsAskResult(Order, status, FALSE);
    }
    return sent;
}

static VOID
CarryOutRetrieval(_In_ PQS_ORDER Order)
{
    NTSTATUS status;
    WDFREQUEST request = NULL;

    switch (Order->Verb) {
    case QsOrderRetrieveNext:
        status = WdfIoQueueRetrieveNextRequest(Order->Queue, &request);
        break;
    case QsOrderRetrieveByFile:
        status = WdfIoQueueRetrieveRequestByFileObject(Order->Queue, Order->FileObject, &request);
        break;
    case QsOrderFind:
        status = WdfIoQueueFindRequest(Order->Queue, Order->Request, Order->FileObject, NULL,
                                       &request);
        if (NT_SUCCESS(status)) {
            KeepFound(Order->Queue, request);
        }
        break;
    default:
        status = WdfIoQueueRetrieveFoundRequest(Order->Queue, Order->Request, &request);
        if (NT_SUCCESS(status)) {
            KeepFound(Order->Queue, NULL);
        }
        break;
    }
    QsAskResult(Order, status, (ULONG_PTR)request);
}

static VOID
CarryOutForQueue(_In_ PQS_ORDER Order)
{
    NTSTATUS status = STATUS_SUCCESS;

    switch (Order->Verb) {
    case QsOrderQueueStart:
        WdfIoQueueStart(Order->Queue);
        break;
    case QsOrderQueueStop:
        WdfIoQueueStop(Order->Queue, EvtIoQueueStateReached, NULL);
        break;
    case QsOrderQueueStopSynchronously:
        WdfIoQueueStopSynchronously(Order->Queue);
        break;
    case QsOrderQueueStopAndPurge:
        WdfIoQueueStopAndPurge(Order->Queue, EvtIoQueueStateReached, NULL);
        break;
    case QsOrderQueueStopAndPurgeSynchronously:
        WdfIoQueueStopAndPurgeSynchronously(Order->Queue);
        break;
    case QsOrderQueueDrain:
        WdfIoQueueDrain(Order->Queue, EvtIoQueueStateReached, NULL);
        break;
    case QsOrderQueueDrainSynchronously:
        WdfIoQueueDrainSynchronously(Order->Queue);
        break;
    case QsOrderQueuePurge:
        WdfIoQueuePurge(Order->Queue, EvtIoQueueStateReached, NULL);
        break;
    case QsOrderQueuePurgeSynchronously:
        WdfIoQueuePurgeSynchronously(Order->Queue);
        break;
    case QsOrderReadyNotifyOn:
        status = WdfIoQueueReadyNotify(Order->Queue, EvtIoQueueReady, NULL);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderReadyNotifyOff:
        status = WdfIoQueueReadyNotify(Order->Queue, NULL, NULL);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderQueueGetState:
        QsAskResult(Order, status, WdfIoQueueGetState(Order->Queue, NULL, NULL));
        break;
    case QsOrderQueueDelete:
        WdfObjectDelete(Order->Queue);
        break;
    default:
        QsAskResult(Order, STATUS_NOT_SUPPORTED, 0);
        break;
    }
}

static VOID
CarryOutForTarget(_In_ PQS_ORDER Order)
{
    NTSTATUS status;

    switch (Order->Verb) {
    case QsOrderTargetStart:
        status = WdfIoTargetStart(Order->Target);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderTargetStopLeave:
        WdfIoTargetStop(Order->Target, WdfIoTargetLeaveSentIoPending);
        break;
    case QsOrderTargetStopWait:
        WdfIoTargetStop(Order->Target, WdfIoTargetWaitForSentIoToComplete);
        break;
    case QsOrderTargetStopCancel:
        WdfIoTargetStop(Order->Target, WdfIoTargetCancelSentIo);
        break;
    case QsOrderTargetPurge:
        WdfIoTargetPurge(Order->Target, WdfIoTargetPurgeIo);
        break;
    default:
        WdfIoTargetPurge(Order->Target, WdfIoTargetPurgeIoAndWait);
        break;
    }
}

/* A request that was found is referenced until another one is found or it is retrieved, so that
 * its handle stays good for going on from there. */
static VOID
KeepFound(_In_ WDFQUEUE Queue, _In_opt_ WDFREQUEST Found)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));
    PVOID before = InterlockedExchangePointer(&context->Found, Found);

    if (before != NULL) {
        WdfObjectDereference(before);
    }
}

/* ---- Callbacks that were asked for above ---- */

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    AskAbout(NULL, Request);
}

VOID
EvtRequestCompletion(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
                     _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Params);
    UNREFERENCED_PARAMETER(Context);
    AskAbout(NULL, Request);
}

/* Something waits in a queue that was empty. */
VOID
EvtIoQueueReady(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Context);
    AskAbout(Queue, NULL);
}

/* A stop, drain or purge has come to its end. Nothing is left to decide. */
VOID
EvtIoQueueStateReached(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Context);
}
