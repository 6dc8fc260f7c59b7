/* A mailbox with one buffer. A read is prepared for 10 ms, gets the buffer, and is parked in a
 * manual queue until a write brings something for it or its sender cancels it. */
#include <ntddk.h>
#include <wdf.h>

#define PREPARE_MS 10

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Waiting;
    WDFTIMER PrepareTimer;
    WDFREQUEST Current;        /* the read that is being prepared, or NULL */
    volatile LONG BufferTaken; /* TRUE while a parked read has the buffer */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

/* What the driver notes about a request travels with it. */
typedef struct _REQUEST_CONTEXT {
    BOOLEAN HasBuffer;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE EvtIoCanceledOnQueue;
EVT_WDF_TIMER EvtTimerFunc;

static VOID Park(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID ReleaseBuffer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID CompleteRead(_In_ WDFREQUEST Request);
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateTimer(_In_ WDFDEVICE Device);

/* The driver owns the read while it prepares it. The queue is sequential, so there is only one. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    context->Current = Request;
    WdfTimerStart(context->PrepareTimer, WDF_REL_TIMEOUT_IN_MS(PREPARE_MS));
}

/* Prepared. */
VOID
EvtTimerFunc(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request = context->Current;

    context->Current = NULL;
    Park(context, request);
}

/* Takes the buffer and forwards. If either fails, the read is completed here. */
static VOID
Park(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status;

    if (InterlockedExchange(&Context->BufferTaken, TRUE)) {
        WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);
        return;
    }

    RequestGetContext(Request)->HasBuffer = TRUE;
    status = WdfRequestForwardToIoQueue(Request, Context->Waiting);
    if (!NT_SUCCESS(status)) {
        ReleaseBuffer(Context, Request);
        WdfRequestComplete(Request, status);
    }
}

/* A write completes the read that has waited longest. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));
    WDFREQUEST read;

    status = WdfIoQueueRetrieveNextRequest(context->Waiting, &read);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, STATUS_DEVICE_NOT_READY);
        return;
    }

    ReleaseBuffer(context, read);
    CompleteRead(read);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

/* Canceled while it waited. The next read needs its buffer. */
VOID
EvtIoCanceledOnQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    ReleaseBuffer(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static VOID
ReleaseBuffer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    PREQUEST_CONTEXT tag = RequestGetContext(Request);

    if (tag->HasBuffer) {
        tag->HasBuffer = FALSE;
        InterlockedExchange(&Context->BufferTaken, FALSE);
    }
}

/* Completes a read with its data, and with the true count of bytes. */
static VOID
CompleteRead(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length = 0;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (NT_SUCCESS(status)) {
        RtlZeroMemory(buffer, length);
    } else {
        length = 0;
    }
    WdfRequestCompleteWithInformation(Request, status, length);
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

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = CreateTimer(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

/* No hardware stands behind these queues, so they need no power. */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE writes;
    WDF_IO_QUEUE_CONFIG config;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.PowerManaged = WdfFalse;
    config.EvtIoRead = EvtIoRead;
    config.EvtIoCanceledOnQueue = EvtIoCanceledOnQueue;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchParallel);
    config.PowerManaged = WdfFalse;
    config.EvtIoWrite = EvtIoWrite;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &writes);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, writes, WdfRequestTypeWrite);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = WdfFalse;
    config.EvtIoCanceledOnQueue = EvtIoCanceledOnQueue;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
}

static NTSTATUS
CreateTimer(_In_ WDFDEVICE Device)
{
    WDF_TIMER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_TIMER_CONFIG_INIT(&config, EvtTimerFunc);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfTimerCreate(&config, &attributes, &DeviceGetContext(Device)->PrepareTimer);
}
