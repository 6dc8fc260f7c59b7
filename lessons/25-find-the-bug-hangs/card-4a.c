/* Reads wait for a button.
 *
 *   default   parallel   reads: the driver keeps them until the button is pressed
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define MOST_READS 4

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC ButtonPressed;
    WDFSPINLOCK Lock;
    WDFREQUEST Reads[MOST_READS];
    ULONG Count; /* of Reads */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_DPC EvtButtonPressed;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS ConnectButton(_In_ WDFDEVICE Device);
static BOOLEAN KeepRead(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
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
    return ConnectButton(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.EvtIoStop = EvtIoStop;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
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

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);

    if (!KeepRead(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request)) {
        WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);
    }
}

static BOOLEAN
KeepRead(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    BOOLEAN kept;

    WdfSpinLockAcquire(Context->Lock);
    kept = Context->Count < MOST_READS;
    if (kept) {
        Context->Reads[Context->Count++] = Request;
    }
    WdfSpinLockRelease(Context->Lock);
    return kept;
}

static WDFREQUEST
TakeRead(_In_ PDEVICE_CONTEXT Context)
{
    WDFREQUEST request = NULL;

    WdfSpinLockAcquire(Context->Lock);
    if (Context->Count > 0) {
        request = Context->Reads[--Context->Count];
    }
    WdfSpinLockRelease(Context->Lock);
    return request;
}

VOID
EvtButtonPressed(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG presses;

    while (QsEventTake(context->Hardware, QS_EVENT_BUTTON, &presses)) {
        WDFREQUEST request = TakeRead(context);

        if (request != NULL) {
            CompleteRead(request);
        }
    }
}

/* With a byte that says: pressed. */
static VOID
CompleteRead(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PUCHAR buffer;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, (PVOID*)&buffer, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    *buffer = 1;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 1);
}

/* The power is about to go. */
VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);

    DbgPrint("stop, flags 0x%x\n", ActionFlags);
}
