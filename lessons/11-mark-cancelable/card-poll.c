/* Each read is a long transfer of the device. Meanwhile a timer checks every 2 ms whether its
 * sender has canceled it; the reads are not marked.
 *
 * The queue's lock (synchronization scope) serializes EvtIoRead, the timer, and the DPC. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define POLL_MS 2

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFTIMER Poll;
    WDFREQUEST Current; /* what the device works on; under the lock of the queue */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_TIMER EvtPollTimer;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueueAndHelpers(_In_ WDFDEVICE Device);
static NTSTATUS StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID AbortTransfer(_In_ PDEVICE_CONTEXT Context);
static VOID CompleteRead(_In_ WDFREQUEST Request);

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

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }
    return CreateQueueAndHelpers(device);
}

static NTSTATUS
CreateQueueAndHelpers(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_DPC_CONFIG dpcConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* Children of the queue: with automatic serialization they run under the queue's lock. */
    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    status = WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(Device)->TransferDone);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtPollTimer);
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->Poll);
}

/* The queue delivers a read: the driver owns it, and keeps checking it. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = StartTransfer(context, Request);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    context->Current = Request;
    (VOID)WdfTimerStart(context->Poll, WDF_REL_TIMEOUT_IN_MS(POLL_MS));
}

/* Does anybody still want the read that the device works on? */
VOID
EvtPollTimer(_In_ WDFTIMER Timer)
{
    WDFQUEUE queue = (WDFQUEUE)WdfTimerGetParentObject(Timer);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));
    WDFREQUEST request = context->Current;

    if (request == NULL) {
        return; /* it finished just before the timer fired */
    }
    if (!WdfRequestIsCanceled(request)) {
        (VOID)WdfTimerStart(Timer, WDF_REL_TIMEOUT_IN_MS(POLL_MS));
        return;
    }

    AbortTransfer(context);
    context->Current = NULL;
    WdfRequestComplete(request, STATUS_CANCELLED);
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    WDFQUEUE queue = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        WDFREQUEST request = (WDFREQUEST)finished;

        /* Nothing is left to check. A timer callback that waits for the lock finds no read. */
        (VOID)WdfTimerStop(context->Poll, FALSE);
        context->Current = NULL;
        CompleteRead(request);
    }
}

static NTSTATUS
StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    return QsChannelStart(Context->Hardware, 0, Request, 0, Context->TransferDone);
}

/* Takes the transfer off the device: it is stopped, or it has just finished, and its DPC, which
 * waits for the lock, will find nothing. */
static VOID
AbortTransfer(_In_ PDEVICE_CONTEXT Context)
{
    ULONG channel;
    PVOID finished;

    if (!QsChannelCancel(Context->Hardware, 0)) {
        (VOID)QsChannelTakeFinished(Context->Hardware, &channel, &finished);
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
