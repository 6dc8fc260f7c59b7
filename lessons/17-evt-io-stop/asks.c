/* A driver that takes orders: you decide what happens to the writes that it owns.
 *
 *   default   parallel   writes: kept until you say how they end
 *
 * EvtIoStop asks with QsAsk, and so does the worker, a work item, whenever no callback does. Each
 * order is a call on a line of its own.
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
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_IO_QUEUE_IO_RESUME EvtIoResume;
EVT_WDF_WORKITEM EvtWorkItem;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateWorker(_In_ WDFDEVICE Device);
static BOOLEAN CarryOut(_In_ PQS_ORDER Order);

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

    status = CreateQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateWorker(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoWrite = EvtIoWrite;
    queueConfig.EvtIoStop = EvtIoStop;
    queueConfig.EvtIoResume = EvtIoResume;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static NTSTATUS
CreateWorker(_In_ WDFDEVICE Device)
{
    WDF_WORKITEM_CONFIG workerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_WORKITEM_CONFIG_INIT(&workerConfig, EvtWorkItem);
    workerConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfWorkItemCreate(&workerConfig, &attributes, &DeviceGetContext(Device)->Worker);
}

/* The device works for the first time: from now on the worker waits for orders. */
NTSTATUS
EvtDeviceSelfManagedIoInit(_In_ WDFDEVICE Device)
{
    WdfWorkItemEnqueue(DeviceGetContext(Device)->Worker);
    return STATUS_SUCCESS;
}

/* ---- The callbacks of the queue ---- */

/* The driver owns the write, and goes on owning it. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(Length);
}

/* The power is about to go. What should happen to the write? */
VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    QS_ORDER order;

    UNREFERENCED_PARAMETER(ActionFlags);

    while (QsAsk(Queue, Request, &order)) {
        if (CarryOut(&order) && order.Request == Request) {
            return;
        }
    }
}

/* The power is back, and the driver still owns the write. */
VOID
EvtIoResume(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
}

/* ---- The worker ---- */

/* Carrying out an order may take long: the item is queued again first, so that somebody always
 * listens. */
VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    QS_ORDER order;

    if (QsAsk(NULL, NULL, &order)) {
        WdfWorkItemEnqueue(WorkItem);
        CarryOut(&order);
    }
}

/* TRUE when the request has been answered for. */
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
