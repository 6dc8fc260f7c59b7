/* A device with a channel for reads and one for writes, each behind its own queue, and controls
 * that close these queues.
 *
 *   reads      sequential            reads, and IOCTL_READ_RECORD, which comes by way of `controls`
 *   writes     sequential            writes
 *   controls   parallel, default     IOCTL_...
 *
 * Transfers are not marked cancelable. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define CHANNEL_CONTROL(Function) \
    CTL_CODE(FILE_DEVICE_UNKNOWN, (Function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_READ_RECORD CHANNEL_CONTROL(0x801)
#define IOCTL_STOP_READS CHANNEL_CONTROL(0x811)
#define IOCTL_DRAIN_READS CHANNEL_CONTROL(0x812)
#define IOCTL_PURGE_READS CHANNEL_CONTROL(0x813)
#define IOCTL_STOP_AND_PURGE_READS CHANNEL_CONTROL(0x814)
#define IOCTL_STOP_WRITES CHANNEL_CONTROL(0x821)
#define IOCTL_DRAIN_WRITES CHANNEL_CONTROL(0x822)
#define IOCTL_PURGE_WRITES CHANNEL_CONTROL(0x823)

#define READ_CHANNEL 0
#define WRITE_CHANNEL 1

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFQUEUE Reads;
    WDFQUEUE Writes;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

/* Of `reads` and `writes`. */
typedef struct _QUEUE_CONTEXT {
    ULONG Channel;
    volatile LONG Closing; /* 1 while a stop, drain, or purge is in progress */
} QUEUE_CONTEXT, *PQUEUE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(QUEUE_CONTEXT, QueueGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoReadRecord;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE EvtIoCanceledOnQueue;
EVT_WDF_IO_QUEUE_STATE EvtQueueClosed;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateTransferQueue(_In_ WDFDEVICE Device, _Inout_ PWDF_IO_QUEUE_CONFIG Config,
                                    _In_ ULONG Channel, _In_ WDF_REQUEST_TYPE Type,
                                    _Out_ WDFQUEUE* Queue);
static VOID CloseQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG IoControlCode);
static VOID StartTransfer(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request);
static VOID CompleteTransfer(_In_ WDFREQUEST Request);

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
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    attributes.SynchronizationScope = WdfSynchronizationScopeDevice;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    /* A child of the device: with automatic serialization it runs under the device's lock. */
    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(device)->TransferDone);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoDeviceControl = EvtIoReadRecord;
    status = CreateTransferQueue(Device, &config, READ_CHANNEL, WdfRequestTypeRead,
                                 &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoWrite = EvtIoWrite;
    status = CreateTransferQueue(Device, &config, WRITE_CHANNEL, WdfRequestTypeWrite,
                                 &context->Writes);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* It closes the other queues: not under their lock, and not waited for when the power goes. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.PowerManaged = WdfFalse;
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeNone;
    return WdfIoQueueCreate(Device, &config, &attributes, WDF_NO_HANDLE);
}

static NTSTATUS
CreateTransferQueue(_In_ WDFDEVICE Device, _Inout_ PWDF_IO_QUEUE_CONFIG Config, _In_ ULONG Channel,
                    _In_ WDF_REQUEST_TYPE Type, _Out_ WDFQUEUE* Queue)
{
    NTSTATUS status;
    WDF_OBJECT_ATTRIBUTES attributes;

    Config->EvtIoCanceledOnQueue = EvtIoCanceledOnQueue;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, QUEUE_CONTEXT);
    status = WdfIoQueueCreate(Device, Config, &attributes, Queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    QueueGetContext(*Queue)->Channel = Channel;
    return WdfDeviceConfigureRequestDispatching(Device, *Queue, Type);
}

/* ---- Transfers ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    StartTransfer(Queue, Request);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    StartTransfer(Queue, Request);
}

VOID
EvtIoReadRecord(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    StartTransfer(Queue, Request);
}

/* Canceled while it waited. */
VOID
EvtIoCanceledOnQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

static VOID
StartTransfer(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    status = QsChannelStart(context->Hardware, QueueGetContext(Queue)->Channel, Request, 0,
                            context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        CompleteTransfer((WDFREQUEST)finished);
    }
}

/* Completes a transfer with the number of bytes that it moved. */
static VOID
CompleteTransfer(_In_ WDFREQUEST Request)
{
    NTSTATUS status = STATUS_SUCCESS;
    PVOID buffer;
    size_t length = 0;
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);

    if (parameters.Type == WdfRequestTypeWrite) {
        length = parameters.Parameters.Write.Length;
    } else {
        status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
        if (NT_SUCCESS(status)) {
            RtlZeroMemory(buffer, length);
        } else {
            length = 0;
        }
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}

/* ---- Controls ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    switch (IoControlCode) {
    case IOCTL_READ_RECORD:
        status = WdfRequestForwardToIoQueue(Request, context->Reads);
        if (!NT_SUCCESS(status)) {
            WdfRequestComplete(Request, status); /* refused: it is still ours */
        }
        break;
    case IOCTL_STOP_READS:
    case IOCTL_DRAIN_READS:
    case IOCTL_PURGE_READS:
    case IOCTL_STOP_AND_PURGE_READS:
        CloseQueue(context->Reads, Request, IoControlCode);
        break;
    case IOCTL_STOP_WRITES:
    case IOCTL_DRAIN_WRITES:
    case IOCTL_PURGE_WRITES:
        CloseQueue(context->Writes, Request, IoControlCode);
        break;
    default:
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        break;
    }
}

/* Request is completed when the queue is closed. A second call before that could be a bug check, so
 * a second control is turned away. */
static VOID
CloseQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG IoControlCode)
{
    if (InterlockedCompareExchange(&QueueGetContext(Queue)->Closing, 1, 0) != 0) {
        WdfRequestComplete(Request, STATUS_DEVICE_BUSY);
        return;
    }

    switch (IoControlCode) {
    case IOCTL_DRAIN_READS:
    case IOCTL_DRAIN_WRITES:
        WdfIoQueueDrain(Queue, EvtQueueClosed, Request);
        break;
    case IOCTL_PURGE_READS:
    case IOCTL_PURGE_WRITES:
        WdfIoQueuePurge(Queue, EvtQueueClosed, Request);
        break;
    case IOCTL_STOP_AND_PURGE_READS:
        WdfIoQueueStopAndPurge(Queue, EvtQueueClosed, Request);
        break;
    default:
        WdfIoQueueStop(Queue, EvtQueueClosed, Request);
        break;
    }
}

/* Stopped, drained, or purged: the control that asked for it is done. */
VOID
EvtQueueClosed(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    InterlockedExchange(&QueueGetContext(Queue)->Closing, 0);
    WdfRequestComplete((WDFREQUEST)Context, STATUS_SUCCESS);
}
