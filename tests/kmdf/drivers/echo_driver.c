/* An echo device whose driver does its own locking: reads and writes of a sequential queue are held
 * until a timer completes them. The timer and EvtRequestCancel meet at the request: a count of
 * owners in its context says who completes it, a spin lock guards which request is held. */
#include <ntddk.h>
#include <wdf.h>

#define STORE_SIZE 256
#define STORE_TAG 'ohce'
#define TICK_MS 50

typedef struct _REQUEST_CONTEXT {
    volatile LONG Owners; /* who may complete: the timer, and a cancel that is on its way */
    NTSTATUS Status;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

typedef struct _QUEUE_CONTEXT {
    WDFSPINLOCK Lock;
    WDFTIMER Timer;
    WDFREQUEST Current; /* guarded by Lock */
    PVOID Store;
    ULONG Stored;
} QUEUE_CONTEXT, *PQUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueGetContext)

DRIVER_INITIALIZE DriverEntry;
static EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;
static EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtSelfManagedIoStart;
static EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND EvtSelfManagedIoSuspend;
static EVT_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK EvtQueueDestroy;
static EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
static EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
static EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
static EVT_WDF_TIMER EvtTimer;

NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS version;
    WDFSTRING string;
    UNICODE_STRING text;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
            WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) return status;
    status = WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string);
    if (!NT_SUCCESS(status)) return status;
    if (NT_SUCCESS(WdfDriverRetrieveVersionString(WdfGetDriver(), string))) {
        WdfStringGetUnicodeString(string, &text);
        KdPrint(("echo on %wZ\n", &text));
    }
    WdfObjectDelete(string);
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS_INIT(&version, 1, 9);
    return WdfDriverIsVersionAvailable(WdfGetDriver(), &version) ? STATUS_SUCCESS
                                                                 : STATUS_UNSUCCESSFUL;
}

static NTSTATUS MakeQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timer;
    WDF_OBJECT_ATTRIBUTES attributes;
    PQUEUE_CONTEXT context;
    WDFQUEUE queue;
    NTSTATUS status;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoWrite = EvtIoWrite;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    attributes.EvtDestroyCallback = EvtQueueDestroy;
    status = WdfIoQueueCreate(Device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) return status;
    context = QueueGetContext(queue);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) return status;
    WDF_TIMER_CONFIG_INIT_PERIODIC(&timer, EvtTimer, TICK_MS);
    timer.AutomaticSerialization = FALSE;
    return WdfTimerCreate(&timer, &attributes, &context->Timer);
}

static NTSTATUS EvtDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnp;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    PAGED_CODE();
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp);
    pnp.EvtDeviceSelfManagedIoInit = EvtSelfManagedIoStart;
    pnp.EvtDeviceSelfManagedIoSuspend = EvtSelfManagedIoSuspend;
    pnp.EvtDeviceSelfManagedIoRestart = EvtSelfManagedIoStart;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &pnp);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    return NT_SUCCESS(status) ? MakeQueue(device) : status;
}

static NTSTATUS EvtSelfManagedIoStart(_In_ WDFDEVICE Device)
{
    WDFQUEUE queue = WdfDeviceGetDefaultQueue(Device);

    WdfIoQueueStart(queue);
    WdfTimerStart(QueueGetContext(queue)->Timer, WDF_REL_TIMEOUT_IN_MS(TICK_MS));
    return STATUS_SUCCESS;
}

static NTSTATUS EvtSelfManagedIoSuspend(_In_ WDFDEVICE Device)
{
    WDFQUEUE queue = WdfDeviceGetDefaultQueue(Device);

    WdfIoQueueStopSynchronously(queue);
    WdfTimerStop(QueueGetContext(queue)->Timer, TRUE);
    return STATUS_SUCCESS;
}

static VOID EvtQueueDestroy(_In_ WDFOBJECT Queue)
{
    PQUEUE_CONTEXT context = QueueGetContext(Queue);

    if (context->Store != NULL) ExFreePool(context->Store);
}

/* The last owner completes. */
FORCEINLINE VOID LetGo(_In_ WDFREQUEST Request)
{
    PREQUEST_CONTEXT context = RequestGetContext(Request);

    if (InterlockedDecrement(&context->Owners) == 0) WdfRequestComplete(Request, context->Status);
}

static VOID EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PQUEUE_CONTEXT queue = QueueGetContext(WdfRequestGetIoQueue(Request));

    WdfSpinLockAcquire(queue->Lock);
    if (queue->Current == Request) queue->Current = NULL;
    RequestGetContext(Request)->Status = STATUS_CANCELLED;
    WdfRequestSetInformation(Request, 0);
    WdfSpinLockRelease(queue->Lock);
    LetGo(Request);
}

/* The request is ready; the timer will complete it. */
static VOID Hold(_In_ PQUEUE_CONTEXT Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PREQUEST_CONTEXT context = RequestGetContext(Request);
    NTSTATUS status;

    WdfRequestSetInformation(Request, Length);
    context->Status = STATUS_SUCCESS;
    context->Owners = 1;
    WdfSpinLockAcquire(Queue->Lock);
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (NT_SUCCESS(status)) Queue->Current = Request;
    WdfSpinLockRelease(Queue->Lock);
    if (!NT_SUCCESS(status)) WdfRequestComplete(Request, status);
}

static VOID EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PQUEUE_CONTEXT context = QueueGetContext(Queue);
    WDFMEMORY memory;
    NTSTATUS status;

    if (Length > context->Stored) Length = context->Stored;
    status = WdfRequestRetrieveOutputMemory(Request, &memory);
    if (NT_SUCCESS(status) && Length > 0)
        status = WdfMemoryCopyFromBuffer(memory, 0, context->Store, Length);
    if (NT_SUCCESS(status))
        Hold(context, Request, Length);
    else
        WdfRequestCompleteWithInformation(Request, status, 0);
}

static VOID EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PQUEUE_CONTEXT context = QueueGetContext(Queue);
    WDFMEMORY memory;
    NTSTATUS status = Length > STORE_SIZE ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;

    if (NT_SUCCESS(status)) status = WdfRequestRetrieveInputMemory(Request, &memory);
    if (NT_SUCCESS(status) && context->Store == NULL) {
        context->Store = ExAllocatePool2(POOL_FLAG_NON_PAGED, STORE_SIZE, STORE_TAG);
        if (context->Store == NULL) status = STATUS_INSUFFICIENT_RESOURCES;
    }
    if (NT_SUCCESS(status)) status = WdfMemoryCopyToBuffer(memory, 0, context->Store, Length);
    if (!NT_SUCCESS(status)) {
        WdfVerifierDbgBreakPoint();
        WdfRequestComplete(Request, status);
        return;
    }
    context->Stored = (ULONG)Length;
    Hold(context, Request, Length);
}

static VOID EvtTimer(_In_ WDFTIMER Timer)
{
    PQUEUE_CONTEXT queue = QueueGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request;

    WdfSpinLockAcquire(queue->Lock);
    request = queue->Current;
    if (request != NULL) {
        queue->Current = NULL;
        if (WdfRequestUnmarkCancelable(request) == STATUS_CANCELLED) request = NULL;
    }
    WdfSpinLockRelease(queue->Lock);
    if (request != NULL) LetGo(request);
}
