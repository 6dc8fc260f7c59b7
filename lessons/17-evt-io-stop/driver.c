/* Reads and writes on a device that may be put to sleep, or removed, while it works.
 *
 *   default   sequential   a read is one transfer of a second; a write goes block by block
 *
 * The queue's lock (synchronization scope) keeps the queue's callbacks and the DPC apart: each
 * finds the others finished or not begun. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define BLOCK_BYTES 512
#define BLOCK_US 100000 /* one block of a write */
#define SPIN_DOWN_MS 3  /* before the power goes */

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFREQUEST Current; /* the request that the driver has in hand, or NULL */
    ULONG BlocksLeft;   /* of Current, if it is a write; 0 for a read */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED EvtDeviceD0ExitPreInterruptsDisabled;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_IO_QUEUE_IO_RESUME EvtIoResume;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueueAndDpc(_In_ WDFDEVICE Device);
static VOID StartBlock(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID BlockWritten(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID AbortTransfer(_In_ PDEVICE_CONTEXT Context);
static VOID CompleteRead(_In_ WDFREQUEST Request);
static VOID CompleteWrite(_In_ WDFREQUEST Request);

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
    powerCallbacks.EvtDeviceD0ExitPreInterruptsDisabled = EvtDeviceD0ExitPreInterruptsDisabled;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);
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
    return CreateQueueAndDpc(device);
}

static NTSTATUS
CreateQueueAndDpc(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.EvtIoWrite = EvtIoWrite;
    queueConfig.EvtIoStop = EvtIoStop;
    queueConfig.EvtIoResume = EvtIoResume;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* A child of the queue: with automatic serialization it runs under the queue's lock. */
    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    return WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(Device)->TransferDone);
}

/* ---- Reads and writes ---- */

/* A read: its sender may cancel it while the device works. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    context->Current = Request;
    context->BlocksLeft = 0;
    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status) && WdfRequestUnmarkCancelable(Request) != STATUS_CANCELLED) {
        context->Current = NULL;
        WdfRequestComplete(Request, status);
    }
}

/* A write: never half done, so it is not cancelable. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    context->Current = Request;
    context->BlocksLeft = (ULONG)((Length + BLOCK_BYTES - 1) / BLOCK_BYTES);
    StartBlock(context, Request);
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    AbortTransfer(context);
    context->Current = NULL;
    WdfRequestComplete(Request, STATUS_CANCELLED);
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

        if (context->BlocksLeft > 0) {
            BlockWritten(context, request);
        } else if (WdfRequestUnmarkCancelable(request) != STATUS_CANCELLED) {
            context->Current = NULL;
            CompleteRead(request);
        }
    }
}

/* A write whose block cannot be started fails. */
static VOID
StartBlock(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status;

    status = QsChannelStart(Context->Hardware, 0, Request, BLOCK_US, Context->TransferDone);
    if (!NT_SUCCESS(status)) {
        Context->Current = NULL;
        WdfRequestComplete(Request, status);
    }
}

/* The next block, if there is one. */
static VOID
BlockWritten(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    Context->BlocksLeft--;
    if (Context->BlocksLeft > 0) {
        StartBlock(Context, Request);
    } else {
        Context->Current = NULL;
        CompleteWrite(Request);
    }
}

/* Takes the transfer off the device: it is stopped, or it has just finished and its DPC, which
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

/* What the device has read: zeros. */
static VOID
CompleteRead(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    RtlZeroMemory(buffer, length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);
}

static VOID
CompleteWrite(_In_ WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, parameters.Parameters.Write.Length);
}

/* ---- Power ---- */

/* Called before the power goes, and on removal. */
VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    if (Request != context->Current) {
        return; /* completed since the framework chose it: nothing is left to say */
    }
    if (ActionFlags & WdfRequestStopActionPurge) {
        /* The device is being removed. */
        context->Current = NULL;
        WdfRequestComplete(Request, STATUS_CANCELLED);
        return;
    }

    AbortTransfer(context);
    if (context->BlocksLeft > 0) {
        WdfRequestStopAcknowledge(Request, FALSE);
    } else if (WdfRequestUnmarkCancelable(Request) != STATUS_CANCELLED) {
        context->Current = NULL;
        WdfRequestStopAcknowledge(Request, TRUE);
    }
}

/* Power is back. */
VOID
EvtIoResume(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    StartBlock(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
}

/* The device spins down; its interrupts still work. */
NTSTATUS
EvtDeviceD0ExitPreInterruptsDisabled(_In_ WDFDEVICE Device,
                                     _In_ WDF_POWER_DEVICE_STATE TargetState)
{
    LARGE_INTEGER interval;

    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(TargetState);

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(SPIN_DOWN_MS);
    return KeDelayExecutionThread(KernelMode, FALSE, &interval);
}
