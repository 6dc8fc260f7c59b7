/* One mistake with a request for each control code. */
#include <ntddk.h>
#include <wdf.h>

#include "mistakes.h"

typedef enum _REQUEST_MISTAKE MISTAKE;

typedef struct _DRIVER_CONTEXT {
    WDFQUEUE Manual;
    MISTAKE Mistake;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE EvtIoCanceledOnQueue;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_WORKITEM EvtWorkItem;
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

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    return NT_SUCCESS(status) ? CreateQueues(device, GetContext(Driver)) : status;
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoWrite = EvtIoWrite;
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.EvtIoCanceledOnQueue = EvtIoCanceledOnQueue;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &Context->Manual);
}

static VOID
Nap(_In_ LONG Milliseconds)
{
    LARGE_INTEGER time;

    time.QuadPart = -10000LL * Milliseconds;
    KeDelayExecutionThread(KernelMode, FALSE, &time);
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Request);
}

VOID
EvtIoCanceledOnQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfRequestForwardToIoQueue(Request,
                               WdfDeviceGetDefaultQueue(WdfIoQueueGetDevice(Queue)));
}

VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
}

/* A write that takes nothing. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PUCHAR bytes;
    UCHAR first = 0;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Length);
    if (NT_SUCCESS(WdfRequestRetrieveInputBuffer(Request, 1, (PVOID*)&bytes, NULL))) {
        first = bytes[0];
    }
    WdfRequestComplete(Request, first == 0xEE ? STATUS_DATA_ERROR : STATUS_SUCCESS);
}

/* True: the request is done with. */
static BOOLEAN
CompleteWrongly(_In_ MISTAKE Mistake, _In_ WDFREQUEST Request, _In_ WDFQUEUE Manual)
{
    PUCHAR out = NULL;
    WDFMEMORY memory;

    switch (Mistake) {
    case NotOwner:
        WdfRequestForwardToIoQueue(Request, Manual);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        return TRUE;
    case CompletedTwice:
        WdfObjectReference(Request);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfObjectDereference(Request);
        return TRUE;
    case CompletedCancelable:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        break;
    case CompletedBeforeCancel:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        Nap(3);
        break;
    case InformationTooLong:
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 100);
        return TRUE;
    case MemoryReferenced:
        WdfRequestRetrieveOutputMemory(Request, &memory);
        WdfObjectReference(memory);
        break;
    case Pending:
        WdfRequestComplete(Request, STATUS_PENDING);
        return TRUE;
    case InformationForgotten:
        WdfRequestRetrieveOutputBuffer(Request, 8, (PVOID*)&out, NULL);
        RtlFillMemory(out, 8, 7);
        break;
    case NothingWritten:
        WdfRequestRetrieveOutputBuffer(Request, 8, (PVOID*)&out, NULL);
        RtlFillMemory(out, 2, 7);
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 8);
        return TRUE;
    case AnswerWithError:
        WdfRequestRetrieveOutputBuffer(Request, 8, (PVOID*)&out, NULL);
        RtlFillMemory(out, 8, 7);
        WdfRequestCompleteWithInformation(Request, STATUS_DATA_ERROR, 8);
        return TRUE;
    case TouchedAfterComplete:
        WdfRequestRetrieveOutputBuffer(Request, 8, (PVOID*)&out, NULL);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        out[0] = 1; /* reported */
        return TRUE;
    case ReferenceKept:
        WdfObjectReference(Request);
        break;
    case NullHandle:
        WdfRequestComplete(NULL, STATUS_SUCCESS);
        break;
    case Kept:
        return TRUE;
    default:
        return FALSE;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
    return TRUE;
}

/* True: the request is done with. */
static BOOLEAN
MoveWrongly(_In_ MISTAKE Mistake, _In_ WDFREQUEST Request, _In_ WDFQUEUE Queue,
            _In_ WDFQUEUE Manual)
{
    switch (Mistake) {
    case MarkedTwice:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        WdfRequestUnmarkCancelable(Request);
        return FALSE;
    case UnmarkedUnmarked:
        WdfRequestUnmarkCancelable(Request);
        return FALSE;
    case AskedCancelable:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        WdfRequestIsCanceled(Request);
        WdfRequestUnmarkCancelable(Request);
        return FALSE;
    case ForwardedCancelable:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        WdfRequestForwardToIoQueue(Request, Manual);
        WdfRequestUnmarkCancelable(Request);
        return FALSE;
    case ForwardedToSame:
        WdfRequestForwardToIoQueue(Request, Queue);
        return FALSE;
    case RequeuedParallel:
        WdfRequestRequeue(Request);
        return TRUE; /* it is lost (V-18) */
    case EnqueuedTwice:
        WdfDeviceEnqueueRequest(WdfIoQueueGetDevice(Queue), Request);
        return FALSE;
    case ForwardedCanceled:
        WdfRequestForwardToIoQueue(Request, Manual);
        return TRUE;
    case AcknowledgedUnasked:
        WdfRequestStopAcknowledge(Request, FALSE);
        return FALSE;
    default:
        return FALSE;
    }
}

static VOID
MakeObjects(_In_ MISTAKE Mistake, _In_ WDFREQUEST Request)
{
    WDFREQUEST own;
    WDFWORKITEM item;
    WDF_WORKITEM_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    KIRQL old;

    switch (Mistake) {
    case NoQueue:
        WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &own);
        WdfRequestMarkCancelable(own, EvtRequestCancel);
        WdfObjectDelete(own);
        break;
    case OwnRequest:
        WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, NULL, &own);
        WdfRequestComplete(own, STATUS_SUCCESS);
        WdfObjectDelete(own);
        break;
    case DeletedTooEarly:
        WDF_WORKITEM_CONFIG_INIT(&config, EvtWorkItem);
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.ParentObject = Request;
        WdfWorkItemCreate(&config, &attributes, &item);
        KeRaiseIrql(DISPATCH_LEVEL, &old);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        KeLowerIrql(old);
        break;
    default:
        break;
    }
}

/* Calls that the request in this state does not allow. */
static VOID
AskWrongly(_In_ MISTAKE Mistake, _In_ WDFREQUEST Request, _In_ WDFQUEUE Manual)
{
    PVOID buffer;
    WDFMEMORY memory;
    KIRQL old;

    switch (Mistake) {
    case RawBuffer:
        WdfRequestRetrieveUnsafeUserOutputBuffer(Request, 1, &buffer, NULL);
        break;
    case LockedAtDispatch:
        KeRaiseIrql(DISPATCH_LEVEL, &old);
        WdfRequestProbeAndLockUserBufferForRead(Request, &old, 1, &memory);
        KeLowerIrql(old);
        break;
    case IrpAfterComplete:
        WdfObjectReference(Request);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfRequestWdmGetIrp(Request);
        WdfObjectDereference(Request);
        break;
    case GoneHandle:
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfRequestGetStatus(Request);
        break;
    case UsedCompleted:
        WdfObjectReference(Request);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfRequestSetInformation(Request, 4);
        WdfObjectDereference(Request);
        break;
    case DereferencedTooOften:
        WdfObjectDereference(Manual);
        break;
    default:
        break;
    }
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDRIVER_CONTEXT context = GetContext(WdfGetDriver());
    MISTAKE mistake = (MISTAKE)(IoControlCode >> 2);

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    if (context->Mistake == ForwardedCanceled) {
        WdfRequestComplete(Request, STATUS_CANCELLED); /* forwarded after its cancel */
        return;
    }
    context->Mistake = mistake;
    if (CompleteWrongly(mistake, Request, context->Manual) ||
        MoveWrongly(mistake, Request, Queue, context->Manual)) {
        return;
    }
    MakeObjects(mistake, Request);
    AskWrongly(mistake, Request, context->Manual);
    if (mistake != DeletedTooEarly && mistake != IrpAfterComplete && mistake != UsedCompleted &&
        mistake != GoneHandle) {
        WdfRequestComplete(Request, STATUS_SUCCESS);
    }
}
