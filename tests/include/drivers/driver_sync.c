/* The same device with the driver's own spin lock: request contexts, MarkCancelableEx, and a count
 * of the owners of a request, the last of which completes it. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _REQUEST_CONTEXT {
    volatile LONG Owners;
    NTSTATUS Status;
    BOOLEAN Cancelled;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

typedef struct _QUEUE_CONTEXT {
    WDFSPINLOCK Lock;
    WDFREQUEST Current;
    LONG Busy;
} QUEUE_CONTEXT, *PQUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtTimer;

NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
            WDF_NO_HANDLE);
}

NTSTATUS EvtDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timer_config;
    WDFDEVICE device;
    WDFQUEUE queue;
    WDFTIMER timer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) return status;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = EvtIoRead;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    status = WdfIoQueueCreate(device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) return status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    status = WdfSpinLockCreate(&attributes, &QueueGetContext(queue)->Lock);
    if (!NT_SUCCESS(status)) return status;
    WDF_TIMER_CONFIG_INIT(&timer_config, EvtTimer);
    timer_config.AutomaticSerialization = FALSE;
    return WdfTimerCreate(&timer_config, &attributes, &timer);
}

static VOID Release(_In_ WDFREQUEST Request)
{
    PREQUEST_CONTEXT context = RequestGetContext(Request);
    if (InterlockedDecrement(&context->Owners) == 0) WdfRequestComplete(Request, context->Status);
}

VOID EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PQUEUE_CONTEXT queue = QueueGetContext(WdfRequestGetIoQueue(Request));
    WdfSpinLockAcquire(queue->Lock);
    RequestGetContext(Request)->Cancelled = TRUE;
    RequestGetContext(Request)->Status = STATUS_CANCELLED;
    queue->Current = NULL;
    WdfSpinLockRelease(queue->Lock);
    Release(Request);
}

VOID EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PQUEUE_CONTEXT queue = QueueGetContext(Queue);
    PREQUEST_CONTEXT context = RequestGetContext(Request);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Length);
    context->Owners = 1;
    context->Status = STATUS_SUCCESS;
    if (InterlockedCompareExchange(&queue->Busy, 1, 0) != 0) {
        WdfRequestComplete(Request, STATUS_DEVICE_BUSY);
        return;
    }
    WdfSpinLockAcquire(queue->Lock);
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (NT_SUCCESS(status)) queue->Current = Request;
    WdfSpinLockRelease(queue->Lock);
    if (!NT_SUCCESS(status)) WdfRequestComplete(Request, status);
}

VOID EvtTimer(_In_ WDFTIMER Timer)
{
    PQUEUE_CONTEXT queue = QueueGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request;

    WdfSpinLockAcquire(queue->Lock);
    request = queue->Current;
    if (request != NULL && WdfRequestUnmarkCancelable(request) == STATUS_CANCELLED) request = NULL;
    if (request != NULL) queue->Current = NULL;
    WdfSpinLockRelease(queue->Lock);
    if (request != NULL) Release(request);
}
