/* A device whose reads can be canceled; the driver keeps the one that is under way.
 *
 *   default   sequential   reads
 *
 * Lock guards Current. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFSPINLOCK Lock;
    WDFREQUEST Current; /* the read on the hardware, or NULL */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateLockAndDpc(_In_ WDFDEVICE Device);
static WDFREQUEST TakeRead(_In_ PDEVICE_CONTEXT Context);
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

    status = CreateQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateLockAndDpc(device);
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

static NTSTATUS
CreateLockAndDpc(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
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
    return WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    WdfSpinLockAcquire(context->Lock);
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (NT_SUCCESS(status)) {
        context->Current = Request;
        status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
        if (!NT_SUCCESS(status)) {
            Request = TakeRead(context);
            context->Current = NULL;
        }
    }
    WdfSpinLockRelease(context->Lock);

    if (!NT_SUCCESS(status) && Request != NULL) {
        WdfRequestComplete(Request, status);
    }
}

/* The sender cancels. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context =
        DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));
    ULONG channel;
    PVOID finished;

    WdfSpinLockAcquire(context->Lock);
    context->Current = NULL;
    if (!QsChannelCancel(context->Hardware, 0)) {
        (VOID)QsChannelTakeFinished(context->Hardware, &channel, &finished); /* just finished */
    }
    WdfSpinLockRelease(context->Lock);

    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    WDFREQUEST read;
    ULONG channel;
    PVOID finished;

    WdfSpinLockAcquire(context->Lock);
    read = QsChannelTakeFinished(context->Hardware, &channel, &finished) ? TakeRead(context) : NULL;
    WdfSpinLockRelease(context->Lock);

    if (read != NULL) {
        CompleteRead(read);

        WdfSpinLockAcquire(context->Lock);
        context->Current = NULL;
        WdfSpinLockRelease(context->Lock);
    }
}

/* With the lock held: the read, if EvtRequestCancel does not have it. */
static WDFREQUEST
TakeRead(_In_ PDEVICE_CONTEXT Context)
{
    WDFREQUEST read = Context->Current;

    if (read == NULL || WdfRequestUnmarkCancelable(read) == STATUS_CANCELLED) {
        return NULL;
    }
    return read;
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
