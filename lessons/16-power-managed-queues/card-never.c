/* The same device; all three queues are created with PowerManaged = WdfFalse.
 *
 *   default   sequential   reads: transfers of the hardware
 *   info      parallel     device controls: completed from memory
 *   waiting   manual       IOCTL_WAIT_FOR_MESSAGE, until IOCTL_POST_MESSAGE brings one
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_GET_VERSION CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_WAIT_FOR_MESSAGE \
    CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_POST_MESSAGE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x803, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define VERSION 3
#define IDLE_TIMEOUT_MS 10

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFQUEUE Waiting;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS OpenHardware(_In_ WDFDEVICE Device);
static NTSTATUS SleepWhenIdle(_In_ WDFDEVICE Device);
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static VOID GetVersion(_In_ WDFREQUEST Request);
static VOID WaitForMessage(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static NTSTATUS DeliverMessage(_In_ WDFQUEUE Waiting, _In_ WDFREQUEST Post);
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

    status = OpenHardware(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = SleepWhenIdle(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

/* The hardware, and the DPC that runs when it has finished a transfer. */
static NTSTATUS
OpenHardware(_In_ WDFDEVICE Device)
{
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    context->Hardware = QsDeviceOpen(Device);
    if (context->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
}

/* After 10 ms without work the framework puts the device into D3. Most drivers wait for seconds. */
static NTSTATUS
SleepWhenIdle(_In_ WDFDEVICE Device)
{
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS settings;

    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&settings, IdleCannotWakeFromS0);
    settings.IdleTimeout = IDLE_TIMEOUT_MS;
    return WdfDeviceAssignS0IdleSettings(Device, &settings);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE info;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &info);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, info, WdfRequestTypeDeviceControl);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    queueConfig.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES,
                            &DeviceGetContext(Device)->Waiting);
}

/* ---- Reads ---- */

/* The driver owns the read while the hardware works on it. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        CompleteRead((WDFREQUEST)finished);
    }
}

/* What the hardware has read: zeros. */
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

/* ---- Device controls: none of them touches the hardware ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    switch (IoControlCode) {
    case IOCTL_GET_VERSION:
        GetVersion(Request);
        break;
    case IOCTL_WAIT_FOR_MESSAGE:
        WaitForMessage(context, Request);
        break;
    case IOCTL_POST_MESSAGE:
        WdfRequestComplete(Request, DeliverMessage(context->Waiting, Request));
        break;
    default:
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        break;
    }
}

static VOID
GetVersion(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PULONG version;

    status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*version), (PVOID*)&version, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    *version = VERSION;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(*version));
}

/* Parks the request: the framework owns it until somebody posts a message. */
static VOID
WaitForMessage(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status;

    status = WdfRequestForwardToIoQueue(Request, Context->Waiting);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* The oldest waiting request gets the message. */
static NTSTATUS
DeliverMessage(_In_ WDFQUEUE Waiting, _In_ WDFREQUEST Post)
{
    NTSTATUS status;
    WDFREQUEST wait;
    PVOID message, buffer;
    size_t length;

    status = WdfRequestRetrieveInputBuffer(Post, 1, &message, &length);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = WdfIoQueueRetrieveNextRequest(Waiting, &wait);
    if (!NT_SUCCESS(status)) {
        return status; /* nobody waits */
    }

    status = WdfRequestRetrieveOutputBuffer(wait, length, &buffer, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(wait, status);
        return status;
    }

    RtlCopyMemory(buffer, message, length);
    WdfRequestCompleteWithInformation(wait, STATUS_SUCCESS, length);
    return STATUS_SUCCESS;
}
