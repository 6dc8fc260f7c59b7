/* Each read is a long transfer of the device. What happens when its sender cancels it?
 *
 * The queue's lock (synchronization scope) serializes EvtIoRead, EvtRequestCancel, and the DPC. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueueAndDpc(_In_ WDFDEVICE Device);
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

/* The queue delivers a read: the driver owns it. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        /* It is not marked. */
        WdfRequestComplete(Request, status);
        return;
    }

    status = StartTransfer(context, Request);
    if (!NT_SUCCESS(status) && WdfRequestUnmarkCancelable(Request) != STATUS_CANCELLED) {
        WdfRequestComplete(Request, status);
    }
}

/* The sender canceled a marked read. The driver still owns it, and must complete it. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    AbortTransfer(DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request))));
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

        /* STATUS_CANCELLED: EvtRequestCancel will be called for it, and completes it. */
        if (WdfRequestUnmarkCancelable(request) != STATUS_CANCELLED) {
            CompleteRead(request);
        }
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
