/* I/O queues. Included by wdf.h. */
#ifndef QS_WDFIO_H
#define QS_WDFIO_H

#include "wdftypes.h"

QS_TYPE(WDF_IO_QUEUE_DISPATCH_TYPE);
#define WdfIoQueueDispatchInvalid qs_WdfIoQueueDispatchInvalid
#define WdfIoQueueDispatchSequential qs_WdfIoQueueDispatchSequential
#define WdfIoQueueDispatchParallel qs_WdfIoQueueDispatchParallel
#define WdfIoQueueDispatchManual qs_WdfIoQueueDispatchManual
#define WdfIoQueueDispatchMax qs_WdfIoQueueDispatchMax

QS_TYPE(WDF_IO_QUEUE_STATE);
#define WdfIoQueueAcceptRequests qs_WdfIoQueueAcceptRequests
#define WdfIoQueueDispatchRequests qs_WdfIoQueueDispatchRequests
#define WdfIoQueueNoRequests qs_WdfIoQueueNoRequests
#define WdfIoQueueDriverNoRequests qs_WdfIoQueueDriverNoRequests
#define WdfIoQueuePnpHeld qs_WdfIoQueuePnpHeld

QS_TYPE(WDF_IO_FORWARD_PROGRESS_ACTION);
#define WdfIoForwardProgressActionInvalid qs_WdfIoForwardProgressActionInvalid
#define WdfIoForwardProgressActionFailRequest qs_WdfIoForwardProgressActionFailRequest
#define WdfIoForwardProgressActionUseReservedRequest qs_WdfIoForwardProgressActionUseReservedRequest

QS_TYPE(WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY);
#define WdfIoForwardProgressInvalidPolicy qs_WdfIoForwardProgressInvalidPolicy
#define WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest \
    qs_WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest
#define WdfIoForwardProgressReservedPolicyUseExamine qs_WdfIoForwardProgressReservedPolicyUseExamine
#define WdfIoForwardProgressReservedPolicyPagingIO qs_WdfIoForwardProgressReservedPolicyPagingIO

QS_TYPE(WDF_IO_QUEUE_CONFIG);
QS_TYPE(WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS);
QS_TYPE(WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY);

QS_CALLBACK(WDF_IO_QUEUE_IO_DEFAULT);
QS_CALLBACK(WDF_IO_QUEUE_IO_STOP);
QS_CALLBACK(WDF_IO_QUEUE_IO_RESUME);
QS_CALLBACK(WDF_IO_QUEUE_IO_READ);
QS_CALLBACK(WDF_IO_QUEUE_IO_WRITE);
QS_CALLBACK(WDF_IO_QUEUE_IO_DEVICE_CONTROL);
QS_CALLBACK(WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL);
QS_CALLBACK(WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE);
QS_CALLBACK(WDF_IO_QUEUE_STATE);
QS_CALLBACK(WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST);
QS_CALLBACK(WDF_IO_ALLOCATE_REQUEST_RESOURCES);
QS_CALLBACK(WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS);

/* The text of its last argument as well: a queue is called by what the driver calls it. */
#define QS_QUEUE_ARGS(Device, Config, Attributes, Queue) Device, Config, Attributes, Queue, #Queue)
#define WdfIoQueueCreate qs_WdfIoQueueCreateInto QS_OPEN __FILE__, __LINE__, QS_QUEUE_ARGS
#define WdfIoQueueGetState QS_AT(qs_WdfIoQueueGetState)
#define WdfIoQueueStart QS_AT(qs_WdfIoQueueStart)
#define WdfIoQueueStop QS_AT(qs_WdfIoQueueStop)
#define WdfIoQueueStopSynchronously QS_AT(qs_WdfIoQueueStopSynchronously)
#define WdfIoQueueGetDevice QS_AT(qs_WdfIoQueueGetDevice)
#define WdfIoQueueRetrieveNextRequest QS_AT(qs_WdfIoQueueRetrieveNextRequest)
#define WdfIoQueueRetrieveRequestByFileObject QS_AT(qs_WdfIoQueueRetrieveRequestByFileObject)
#define WdfIoQueueFindRequest QS_AT(qs_WdfIoQueueFindRequest)
#define WdfIoQueueRetrieveFoundRequest QS_AT(qs_WdfIoQueueRetrieveFoundRequest)
#define WdfIoQueueDrainSynchronously QS_AT(qs_WdfIoQueueDrainSynchronously)
#define WdfIoQueueDrain QS_AT(qs_WdfIoQueueDrain)
#define WdfIoQueuePurgeSynchronously QS_AT(qs_WdfIoQueuePurgeSynchronously)
#define WdfIoQueuePurge QS_AT(qs_WdfIoQueuePurge)
#define WdfIoQueueReadyNotify QS_AT(qs_WdfIoQueueReadyNotify)
#define WdfIoQueueAssignForwardProgressPolicy QS_AT(qs_WdfIoQueueAssignForwardProgressPolicy)
#define WdfIoQueueStopAndPurge QS_AT(qs_WdfIoQueueStopAndPurge)
#define WdfIoQueueStopAndPurgeSynchronously QS_AT(qs_WdfIoQueueStopAndPurgeSynchronously)

QS_INLINE BOOLEAN WDF_IO_QUEUE_IDLE(WDF_IO_QUEUE_STATE State)
{
    return (State & WdfIoQueueNoRequests) && (State & WdfIoQueueDriverNoRequests);
}

QS_INLINE BOOLEAN WDF_IO_QUEUE_READY(WDF_IO_QUEUE_STATE State)
{
    return (State & WdfIoQueueDispatchRequests) && (State & WdfIoQueueAcceptRequests) &&
           !(State & WdfIoQueuePnpHeld);
}

QS_INLINE BOOLEAN WDF_IO_QUEUE_STOPPED(WDF_IO_QUEUE_STATE State)
{
    return !(State & WdfIoQueueDispatchRequests) && (State & WdfIoQueueAcceptRequests) &&
           (State & WdfIoQueueDriverNoRequests);
}

QS_INLINE BOOLEAN WDF_IO_QUEUE_DRAINED(WDF_IO_QUEUE_STATE State)
{
    return !(State & WdfIoQueueAcceptRequests) && (State & WdfIoQueueDispatchRequests) &&
           (State & WdfIoQueueNoRequests) && (State & WdfIoQueueDriverNoRequests);
}

QS_INLINE BOOLEAN WDF_IO_QUEUE_PURGED(WDF_IO_QUEUE_STATE State)
{
    return !(State & WdfIoQueueAcceptRequests) && (State & WdfIoQueueNoRequests) &&
           (State & WdfIoQueueDriverNoRequests);
}

QS_INLINE VOID WDF_IO_QUEUE_CONFIG_INIT(PWDF_IO_QUEUE_CONFIG Config,
        WDF_IO_QUEUE_DISPATCH_TYPE DispatchType)
{
    QS_INIT(Config);
    Config->PowerManaged = WdfUseDefault;
    Config->DispatchType = DispatchType;
    if (DispatchType == WdfIoQueueDispatchParallel)
        Config->Settings.Parallel.NumberOfPresentedRequests = (ULONG)-1;
}

QS_INLINE VOID WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(PWDF_IO_QUEUE_CONFIG Config,
        WDF_IO_QUEUE_DISPATCH_TYPE DispatchType)
{
    WDF_IO_QUEUE_CONFIG_INIT(Config, DispatchType);
    Config->DefaultQueue = TRUE;
}

QS_INLINE VOID WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_DEFAULT_INIT(
        PWDF_IO_QUEUE_FORWARD_PROGRESS_POLICY Policy, ULONG TotalForwardProgressRequests)
{
    QS_INIT(Policy);
    Policy->TotalForwardProgressRequests = TotalForwardProgressRequests;
    Policy->ForwardProgressReservedPolicy =
            WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest;
}

QS_INLINE VOID WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_EXAMINE_INIT(
        PWDF_IO_QUEUE_FORWARD_PROGRESS_POLICY Policy, ULONG TotalForwardProgressRequests,
        PFN_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS EvtIoWdmIrpForForwardProgress)
{
    QS_INIT(Policy);
    Policy->TotalForwardProgressRequests = TotalForwardProgressRequests;
    Policy->ForwardProgressReservedPolicy = WdfIoForwardProgressReservedPolicyUseExamine;
    Policy->ForwardProgressReservePolicySettings.Policy.ExaminePolicy
            .EvtIoWdmIrpForForwardProgress = EvtIoWdmIrpForForwardProgress;
}

QS_INLINE VOID WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_PAGINGIO_INIT(
        PWDF_IO_QUEUE_FORWARD_PROGRESS_POLICY Policy, ULONG TotalForwardProgressRequests)
{
    QS_INIT(Policy);
    Policy->TotalForwardProgressRequests = TotalForwardProgressRequests;
    Policy->ForwardProgressReservedPolicy = WdfIoForwardProgressReservedPolicyPagingIO;
}

#endif
