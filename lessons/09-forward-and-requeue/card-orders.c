/* The manual queue with you behind it: what arrives is forwarded to `waiting`, and a work item does
 * with it what you say. A third queue, `serve`, completes at once whatever is forwarded to it. */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Serve;
    WDFQUEUE Waiting;
    WDFWORKITEM Worker;
    PVOID Found; /* the WDFREQUEST that was found last, with a reference, or NULL */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtDeviceSelfManagedIoInit;
EVT_WDF_IO_QUEUE_IO_DEFAULT EvtIoDefault;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_WORKITEM EvtWorkItem;

static VOID CarryOut(_In_ PDEVICE_CONTEXT Context, _In_ PQS_ORDER Order);
static VOID CarryOutRetrieval(_In_ PDEVICE_CONTEXT Context, _In_ PQS_ORDER Order);
static VOID KeepFound(_In_ PDEVICE_CONTEXT Context, _In_opt_ WDFREQUEST Found);
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateWorker(_In_ WDFDEVICE Device);

/* Whatever arrives is parked. */
VOID
EvtIoDefault(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    status = WdfRequestForwardToIoQueue(Request, context->Waiting);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* ---- The worker ---- */

VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfWorkItemGetParentObject(WorkItem));
    QS_ORDER order;

    while (QsAsk(NULL, NULL, &order)) {
        CarryOut(context, &order);
    }
}

/* One line for each call that can be ordered. */
static VOID
CarryOut(_In_ PDEVICE_CONTEXT Context, _In_ PQS_ORDER Order)
{
    NTSTATUS status;

    switch (Order->Verb) {
    case QsOrderComplete:
        WdfRequestComplete(Order->Request, Order->Status);
        break;
    case QsOrderCompleteWithInformation:
        WdfRequestCompleteWithInformation(Order->Request, Order->Status, Order->Information);
        break;
    case QsOrderForward:
        status = WdfRequestForwardToIoQueue(Order->Request, Order->Queue);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderRequeue:
        status = WdfRequestRequeue(Order->Request);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderMarkCancelable:
    case QsOrderMarkCancelableEx:
        status = WdfRequestMarkCancelableEx(Order->Request, EvtRequestCancel);
        QsAskResult(Order, status, 0);
        break;
    case QsOrderUnmarkCancelable:
        status = WdfRequestUnmarkCancelable(Order->Request);
        QsAskResult(Order, status, 0);
        break;
    default:
        CarryOutRetrieval(Context, Order);
        break;
    }
}

static VOID
CarryOutRetrieval(_In_ PDEVICE_CONTEXT Context, _In_ PQS_ORDER Order)
{
    NTSTATUS status = STATUS_NOT_SUPPORTED;
    WDFREQUEST request = NULL;

    switch (Order->Verb) {
    case QsOrderRetrieveNext:
        status = WdfIoQueueRetrieveNextRequest(Order->Queue, &request);
        break;
    case QsOrderFind:
        status = WdfIoQueueFindRequest(Order->Queue, Order->Request, NULL, NULL, &request);
        if (NT_SUCCESS(status)) {
            KeepFound(Context, request);
        }
        break;
    case QsOrderRetrieveFound:
        status = WdfIoQueueRetrieveFoundRequest(Order->Queue, Order->Request, &request);
        if (NT_SUCCESS(status)) {
            KeepFound(Context, NULL);
        }
        break;
    default:
        break;
    }
    QsAskResult(Order, status, (ULONG_PTR)request);
}

/* A found request keeps its reference until another one is found or this one is retrieved. */
static VOID
KeepFound(_In_ PDEVICE_CONTEXT Context, _In_opt_ WDFREQUEST Found)
{
    PVOID before = InterlockedExchangePointer(&Context->Found, Found);

    if (before != NULL) {
        WdfObjectDereference(before);
    }
}

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

/* No hardware stands behind these queues, so they need no power. */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.PowerManaged = WdfFalse;
    config.EvtIoDefault = EvtIoDefault;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.PowerManaged = WdfFalse;
    config.EvtIoWrite = EvtIoWrite;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Serve);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
}

static NTSTATUS
CreateWorker(_In_ WDFDEVICE Device)
{
    WDF_WORKITEM_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_WORKITEM_CONFIG_INIT(&config, EvtWorkItem);
    config.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfWorkItemCreate(&config, &attributes, &DeviceGetContext(Device)->Worker);
}

/* The device works for the first time. From now on, the worker waits for orders. */
NTSTATUS
EvtDeviceSelfManagedIoInit(_In_ WDFDEVICE Device)
{
    WdfWorkItemEnqueue(DeviceGetContext(Device)->Worker);
    return STATUS_SUCCESS;
}
