/* A device with a button, and applications that wait for things:
 *
 *   default   parallel     device controls: IOCTL_WAIT_FOR_ALARM is parked in `waiting`
 *   reads     sequential   reads: the driver owns one until the button is pressed
 *   waiting   manual       waits for an alarm, which never comes in this lesson
 *
 * The lock of `reads` (synchronization scope) serializes EvtIoRead, EvtRequestCancel, and the DPC;
 * EvtFileCleanup takes it, too. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_WAIT_FOR_ALARM CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFQUEUE Reads;
    WDFQUEUE Waiting;
    WDFDPC ButtonPressed;
    WDFREQUEST Current; /* the read that the driver owns, or NULL */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

typedef struct _FILE_CONTEXT {
    BOOLEAN Closing; /* its last handle is closed */
} FILE_CONTEXT, *PFILE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FILE_CONTEXT, FileGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_FILE_CREATE EvtDeviceFileCreate;
EVT_WDF_FILE_CLEANUP EvtFileCleanup;
EVT_WDF_FILE_CLOSE EvtFileClose;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtButtonPressed;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS ConnectButton(_In_ WDFDEVICE Device);
static WDFREQUEST TakeReadOf(_In_ PDEVICE_CONTEXT Context, _In_ WDFFILEOBJECT FileObject);
static VOID CompleteRead(_In_ WDFREQUEST Request, _In_ ULONG Presses);

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
    WDF_FILEOBJECT_CONFIG fileConfig;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_FILEOBJECT_CONFIG_INIT(&fileConfig, EvtDeviceFileCreate, EvtFileClose, EvtFileCleanup);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FILE_CONTEXT);
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &fileConfig, &attributes);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return ConnectButton(device);
}

/* A wait may take long, so none of these queues is power-managed (lesson 6.1). */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.PowerManaged = WdfFalse;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, context->Reads, WdfRequestTypeRead);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    queueConfig.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
}

/* A child of `reads`: with automatic serialization the DPC runs under the queue's lock. */
static NTSTATUS
ConnectButton(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtButtonPressed);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = context->Reads;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->ButtonPressed);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return QsEventConnect(context->Hardware, QS_EVENT_BUTTON, context->ButtonPressed);
}

/* ---- Handles ---- */

/* An application opens the device: the framework has made a file object for its handle. */
VOID
EvtDeviceFileCreate(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request, _In_ WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(FileObject);

    WdfRequestComplete(Request, STATUS_SUCCESS);
}

/* The last handle is closed. */
VOID
EvtFileCleanup(_In_ WDFFILEOBJECT FileObject)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfFileObjectGetDevice(FileObject));
    WDFREQUEST read;

    WdfObjectAcquireLock(context->Reads);
    FileGetContext(FileObject)->Closing = TRUE;
    WdfObjectReleaseLock(context->Reads);

    read = TakeReadOf(context, FileObject);
    if (read != NULL) {
        WdfRequestComplete(read, STATUS_CANCELLED);
    }
}

/* Nobody uses the file object any longer. */
VOID
EvtFileClose(_In_ WDFFILEOBJECT FileObject)
{
    UNREFERENCED_PARAMETER(FileObject);
}

/* The read of this file object that the driver owns, if EvtRequestCancel does not have it. */
static WDFREQUEST
TakeReadOf(_In_ PDEVICE_CONTEXT Context, _In_ WDFFILEOBJECT FileObject)
{
    WDFREQUEST read = NULL;

    WdfObjectAcquireLock(Context->Reads);
    if (Context->Current != NULL && WdfRequestGetFileObject(Context->Current) == FileObject &&
        WdfRequestUnmarkCancelable(Context->Current) != STATUS_CANCELLED) {
        read = Context->Current;
        Context->Current = NULL;
    }
    WdfObjectReleaseLock(Context->Reads);
    return read;
}

/* ---- Waits for an alarm ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode == IOCTL_WAIT_FOR_ALARM) {
        status = WdfRequestForwardToIoQueue(Request, context->Waiting);
    } else {
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* ---- Reads: how often was the button pressed? ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    if (FileGetContext(WdfRequestGetFileObject(Request))->Closing) {
        WdfRequestComplete(Request, STATUS_CANCELLED);
        return;
    }

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    context->Current = Request;
}

/* The sender cancels. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)))->Current = NULL;
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* A press that nobody waits for is dropped. */
VOID
EvtButtonPressed(_In_ WDFDPC Dpc)
{
    WDFQUEUE reads = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(reads));
    ULONG presses;

    while (QsEventTake(context->Hardware, QS_EVENT_BUTTON, &presses)) {
        WDFREQUEST read = context->Current;

        if (read != NULL && WdfRequestUnmarkCancelable(read) != STATUS_CANCELLED) {
            context->Current = NULL;
            CompleteRead(read, presses);
        }
    }
}

static VOID
CompleteRead(_In_ WDFREQUEST Request, _In_ ULONG Presses)
{
    NTSTATUS status;
    PULONG buffer;

    status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*buffer), (PVOID*)&buffer, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    *buffer = Presses;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(*buffer));
}
