/* A function driver in the usual style: one sequential queue under the queue's lock, a periodic
 * timer that completes what the driver holds, self-managed I/O that stops and starts the queue. */
#include <ntddk.h>
#include <wdf.h>
#include <initguid.h>

DEFINE_GUID(GUID_DEVINTERFACE_STORE, 0x2a9c4e10, 0x1c55, 0x4d0e, 0x8e, 0x6b, 0x30, 0x11, 0x9f,
        0x52, 0x0a,
            0x01);

#define STORE_SIZE 4096
#define STORE_TAG 'orts'
#define TICK_MS 100

typedef struct _DEVICE_CONTEXT {
    ULONG PrivateDeviceData;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE(DEVICE_CONTEXT)

typedef struct _QUEUE_CONTEXT {
    PVOID Buffer;
    ULONG Length;
    WDFTIMER Timer;
    WDFREQUEST CurrentRequest;
    NTSTATUS CurrentStatus;
} QUEUE_CONTEXT, *PQUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtSelfManagedIoStart;
EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND EvtSelfManagedIoSuspend;
EVT_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK EvtQueueContextDestroy;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtTimer;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, EvtDeviceAdd)
#endif

static VOID PrintVersion(VOID)
{
    WDFSTRING string;
    UNICODE_STRING text;
    WDF_DRIVER_VERSION_AVAILABLE_PARAMS version;

    if (!NT_SUCCESS(WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string))) return;
    if (NT_SUCCESS(WdfDriverRetrieveVersionString(WdfGetDriver(), string))) {
        WdfStringGetUnicodeString(string, &text);
        KdPrint(("Store %wZ\n", &text));
    }
    WdfObjectDelete(string);

    WDF_DRIVER_VERSION_AVAILABLE_PARAMS_INIT(&version, 1, 0);
    if (WdfDriverIsVersionAvailable(WdfGetDriver(), &version) == TRUE)
        DbgPrint("framework 1.0 or later\n");
}

NTSTATUS DriverEntry(IN PDRIVER_OBJECT DriverObject, IN PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
            WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        KdPrint(("WdfDriverCreate failed 0x%x\n", status));
        return status;
    }
    PrintVersion();
    return status;
}

static NTSTATUS CreateTimer(IN WDFQUEUE Queue, IN ULONG Period, OUT WDFTIMER* Timer)
{
    WDF_TIMER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    PAGED_CODE();
    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, EvtTimer, Period);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Queue;
    return WdfTimerCreate(&config, &attributes, Timer);
}

NTSTATUS EvtDeviceAdd(IN WDFDRIVER Driver, IN PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS pnp;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    WDFQUEUE queue;
    PQUEUE_CONTEXT context;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    PAGED_CODE();
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&pnp);
    pnp.EvtDeviceSelfManagedIoInit = EvtSelfManagedIoStart;
    pnp.EvtDeviceSelfManagedIoSuspend = EvtSelfManagedIoSuspend;
    pnp.EvtDeviceSelfManagedIoRestart = EvtSelfManagedIoStart;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &pnp);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) return status;
    WdfObjectGet_DEVICE_CONTEXT(device)->PrivateDeviceData = 0;
    status = WdfDeviceCreateDeviceInterface(device, &GUID_DEVINTERFACE_STORE, NULL);
    if (!NT_SUCCESS(status)) return status;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoWrite = EvtIoWrite;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    attributes.EvtDestroyCallback = EvtQueueContextDestroy;
    status = WdfIoQueueCreate(device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) return status;
    context = QueueGetContext(queue);
    context->Buffer = NULL;
    context->CurrentRequest = NULL;
    return CreateTimer(queue, TICK_MS, &context->Timer);
}

NTSTATUS EvtSelfManagedIoStart(IN WDFDEVICE Device)
{
    WDFQUEUE queue = WdfDeviceGetDefaultQueue(Device);
    LARGE_INTEGER due;
    WdfIoQueueStart(queue);
    due.QuadPart = WDF_REL_TIMEOUT_IN_MS(TICK_MS);
    WdfTimerStart(QueueGetContext(queue)->Timer, due.QuadPart);
    return STATUS_SUCCESS;
}

NTSTATUS EvtSelfManagedIoSuspend(IN WDFDEVICE Device)
{
    WDFQUEUE queue = WdfDeviceGetDefaultQueue(Device);
    PAGED_CODE();
    WdfIoQueueStopSynchronously(queue);
    WdfTimerStop(QueueGetContext(queue)->Timer, TRUE);
    return STATUS_SUCCESS;
}

VOID EvtQueueContextDestroy(WDFOBJECT Object)
{
    PQUEUE_CONTEXT context = QueueGetContext(Object);
    if (context->Buffer != NULL) ExFreePool(context->Buffer);
}

VOID EvtRequestCancel(IN WDFREQUEST Request)
{
    QueueGetContext(WdfRequestGetIoQueue(Request))->CurrentRequest = NULL;
    WdfRequestCompleteWithInformation(Request, STATUS_CANCELLED, 0L);
}

VOID EvtIoRead(IN WDFQUEUE Queue, IN WDFREQUEST Request, IN size_t Length)
{
    PQUEUE_CONTEXT context = QueueGetContext(Queue);
    WDFMEMORY memory;
    NTSTATUS status;

    _Analysis_assume_(Length > 0);
    if (context->Buffer == NULL) {
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, (ULONG_PTR)0L);
        return;
    }
    if (context->Length < Length) Length = context->Length;
    status = WdfRequestRetrieveOutputMemory(Request, &memory);
    if (!NT_SUCCESS(status)) {
        WdfVerifierDbgBreakPoint();
        WdfRequestCompleteWithInformation(Request, status, 0L);
        return;
    }
    status = WdfMemoryCopyFromBuffer(memory, 0, context->Buffer, Length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WdfRequestSetInformation(Request, (ULONG_PTR)Length);
    WdfRequestMarkCancelable(Request, EvtRequestCancel);
    context->CurrentRequest = Request;
    context->CurrentStatus = status;
}

VOID EvtIoWrite(IN WDFQUEUE Queue, IN WDFREQUEST Request, IN size_t Length)
{
    PQUEUE_CONTEXT context = QueueGetContext(Queue);
    WDFMEMORY memory;
    NTSTATUS status;

    if (Length > STORE_SIZE) {
        WdfRequestCompleteWithInformation(Request, STATUS_BUFFER_OVERFLOW, 0L);
        return;
    }
    status = WdfRequestRetrieveInputMemory(Request, &memory);
    if (!NT_SUCCESS(status)) {
        WdfVerifierDbgBreakPoint();
        WdfRequestComplete(Request, status);
        return;
    }
    if (context->Buffer != NULL) ExFreePool(context->Buffer);
    context->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, STORE_TAG);
    if (context->Buffer == NULL) {
        WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);
        return;
    }
    context->Length = (ULONG)Length;
    status = WdfMemoryCopyToBuffer(memory, 0, context->Buffer, Length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WdfRequestSetInformation(Request, (ULONG_PTR)Length);
    WdfRequestMarkCancelable(Request, EvtRequestCancel);
    context->CurrentRequest = Request;
    context->CurrentStatus = status;
}

VOID EvtTimer(IN WDFTIMER Timer)
{
    WDFQUEUE queue = (WDFQUEUE)WdfTimerGetParentObject(Timer);
    PQUEUE_CONTEXT context = QueueGetContext(queue);
    WDFREQUEST request = context->CurrentRequest;

    ASSERT(queue != NULL);
    if (request == NULL) return;
    if (WdfRequestUnmarkCancelable(request) != STATUS_CANCELLED) {
        context->CurrentRequest = NULL;
        WdfRequestComplete(request, context->CurrentStatus);
    }
}
