/* The same device; a press that no read waits for is remembered.
 *
 *   default   parallel   reads: forwarded to `waiting`; device controls
 *   waiting   manual     reads that wait for a press
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_GET_VERSION CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define VERSION 3
#define MOST_REMEMBERED 8

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC ButtonPressed;
    WDFQUEUE Waiting;
    WDFSPINLOCK Lock;
    ULONG Presses;    /* so far */
    ULONG Remembered; /* presses that nobody has been told of yet */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_DPC EvtButtonPressed;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS ConnectButton(_In_ WDFDEVICE Device);
static VOID TellPresses(_In_ PDEVICE_CONTEXT Context);
static BOOLEAN TakeWaitAndPress(_In_ PDEVICE_CONTEXT Context, _Out_ WDFREQUEST* Wait,
                                _Out_ PULONG Press);
static VOID CompleteWithNumber(_In_ WDFREQUEST Request, _In_ ULONG Number);

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

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return ConnectButton(device);
}

/* A wait may take long, and needs no power (lesson 6.1). */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    queueConfig.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES,
                            &DeviceGetContext(Device)->Waiting);
}

static NTSTATUS
ConnectButton(_In_ WDFDEVICE Device)
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

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtButtonPressed);
    dpcConfig.AutomaticSerialization = FALSE;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->ButtonPressed);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return QsEventConnect(context->Hardware, QS_EVENT_BUTTON, context->ButtonPressed);
}

/* ---- Reads: each waits for one press of the button ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    if (Length < sizeof(ULONG)) {
        WdfRequestComplete(Request, STATUS_BUFFER_TOO_SMALL);
        return;
    }

    status = WdfRequestForwardToIoQueue(Request, context->Waiting);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtButtonPressed(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG times;

    while (QsEventTake(context->Hardware, QS_EVENT_BUTTON, &times)) {
        WdfSpinLockAcquire(context->Lock);
        context->Presses += times;
        context->Remembered = min(context->Remembered + times, MOST_REMEMBERED);
        WdfSpinLockRelease(context->Lock);

        TellPresses(context);
    }
}

/* One wait for each press, as long as there are both. */
static VOID
TellPresses(_In_ PDEVICE_CONTEXT Context)
{
    WDFREQUEST wait;
    ULONG press;

    while (TakeWaitAndPress(Context, &wait, &press)) {
        CompleteWithNumber(wait, press);
    }
}

/* Under the lock, so that two who look at the same time do not take one press twice. */
static BOOLEAN
TakeWaitAndPress(_In_ PDEVICE_CONTEXT Context, _Out_ WDFREQUEST* Wait, _Out_ PULONG Press)
{
    BOOLEAN taken = FALSE;

    WdfSpinLockAcquire(Context->Lock);
    *Press = Context->Presses - Context->Remembered + 1;
    if (Context->Remembered > 0 &&
        NT_SUCCESS(WdfIoQueueRetrieveNextRequest(Context->Waiting, Wait))) {
        Context->Remembered--;
        taken = TRUE;
    }
    WdfSpinLockRelease(Context->Lock);
    return taken;
}

/* ---- Device controls ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode == IOCTL_GET_VERSION) {
        CompleteWithNumber(Request, VERSION);
    } else {
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
    }
}

static VOID
CompleteWithNumber(_In_ WDFREQUEST Request, _In_ ULONG Number)
{
    NTSTATUS status;
    PULONG buffer;

    status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*buffer), (PVOID*)&buffer, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    *buffer = Number;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(*buffer));
}
