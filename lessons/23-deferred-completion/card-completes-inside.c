/* The same driver; the DPC completes before it releases the lock.
 *
 *   default   sequential   reads
 *
 * The handler, the timer, the DPC, and the cancel share Current, and Lock guards it. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define PATIENCE_MS 5 /* a transfer that takes longer can be canceled */

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFTIMER Patience;
    WDFSPINLOCK Lock;
    WDFREQUEST Current; /* the read on the hardware, or NULL */
    BOOLEAN Marked;     /* Current is cancelable */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;
EVT_WDF_TIMER EvtPatience;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static WDFREQUEST TakeFinished(_In_ PDEVICE_CONTEXT Context);
static VOID AbortTransfer(_In_ PDEVICE_CONTEXT Context);
static VOID CompleteRead(_In_ WDFREQUEST Request);

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

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    status = CreateQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateHelpers(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* The lock, and what finishes reads. */
static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtPatience);
    timerConfig.AutomaticSerialization = FALSE;
    return WdfTimerCreate(&timerConfig, &attributes, &context->Patience);
}

/* ---- Reads ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    WdfSpinLockAcquire(context->Lock);
    context->Current = Request;
    context->Marked = FALSE;
    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        context->Current = NULL;
    }
    WdfSpinLockRelease(context->Lock);

    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WdfTimerStart(context->Patience, WDF_REL_TIMEOUT_IN_MS(PATIENCE_MS));
}

/* The transfer takes long: from now on its sender may cancel it. */
VOID
EvtPatience(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer));
    WDFREQUEST canceled = NULL;

    WdfSpinLockAcquire(context->Lock);
    if (context->Current != NULL && !context->Marked) {
        if (NT_SUCCESS(WdfRequestMarkCancelableEx(context->Current, EvtRequestCancel))) {
            context->Marked = TRUE;
        } else {
            canceled = context->Current;
            context->Current = NULL;
            AbortTransfer(context);
        }
    }
    WdfSpinLockRelease(context->Lock);

    if (canceled != NULL) {
        WdfRequestComplete(canceled, STATUS_CANCELLED);
    }
}

/* The sender cancels a read that is marked. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context =
        DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    WdfSpinLockAcquire(context->Lock);
    context->Current = NULL;
    AbortTransfer(context);
    WdfSpinLockRelease(context->Lock);

    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    WDFREQUEST finished;

    WdfSpinLockAcquire(context->Lock);
    finished = TakeFinished(context);
    if (finished != NULL) {
        CompleteRead(finished);
    }
    WdfSpinLockRelease(context->Lock);
}

/* The read that the hardware has finished, unless EvtRequestCancel has it or will have it. */
static WDFREQUEST
TakeFinished(_In_ PDEVICE_CONTEXT Context)
{
    WDFREQUEST request = Context->Current;
    ULONG channel;
    PVOID finished;

    if (request == NULL || !QsChannelTakeFinished(Context->Hardware, &channel, &finished)) {
        return NULL;
    }
    if (Context->Marked && WdfRequestUnmarkCancelable(request) == STATUS_CANCELLED) {
        return NULL;
    }
    Context->Current = NULL;
    return request;
}

/* The transfer is stopped, or it has just finished and its DPC will find nothing. */
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
