/* Each read is a transfer of the device, and can be canceled while it takes place: its end and its
 * cancel may meet.
 *
 *   default   sequential   EvtIoRead
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFREQUEST Current; /* the read on the hardware, or NULL */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueueAndDpc(_In_ WDFDEVICE Device);
static NTSTATUS StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static BOOLEAN TransferIsDone(_In_ PDEVICE_CONTEXT Context);
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
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
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

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (NT_SUCCESS(status)) {
        status = StartTransfer(context, Request);
    }

    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status); /* it is not cancelable */
    }
}

/* The sender cancels a read that is marked. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context =
        DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    context->Current = NULL;
    AbortTransfer(context);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    WDFQUEUE queue = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));
    WDFREQUEST request = context->Current;

    if (request == NULL || !TransferIsDone(context)) {
        return;
    }
    if (WdfRequestUnmarkCancelable(request) != STATUS_CANCELLED) {
        context->Current = NULL;
        CompleteRead(request);
    }
}

/* A marked read goes to the hardware. If that fails, nobody will hear of it again, and it is not
 * cancelable anymore; a cancel that came first has the last word, and success is returned. */
static NTSTATUS
StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status = QsChannelStart(Context->Hardware, 0, Request, 0, Context->TransferDone);

    if (NT_SUCCESS(status)) {
        Context->Current = Request;
    } else if (WdfRequestUnmarkCancelable(Request) == STATUS_CANCELLED) {
        status = STATUS_SUCCESS;
    }
    return status;
}

/* Takes the finished transfer off the device. */
static BOOLEAN
TransferIsDone(_In_ PDEVICE_CONTEXT Context)
{
    ULONG channel;
    PVOID finished;

    return QsChannelTakeFinished(Context->Hardware, &channel, &finished);
}

/* The transfer is stopped, or it has just finished and its DPC will find nothing. */
static VOID
AbortTransfer(_In_ PDEVICE_CONTEXT Context)
{
    if (!QsChannelCancel(Context->Hardware, 0)) {
        (VOID)TransferIsDone(Context);
    }
}

/* What the device has read: zeros. */
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
