/* The same port:
 *
 *   default   sequential   device controls; the driver keeps a wait for the status of the line
 *   reads     sequential   the receiver
 *   writes    sequential   the transmitter
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_GET_BAUD_RATE CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_WAIT_FOR_STATUS \
    CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define BAUD_RATE 9600
#define RECEIVER 0 /* channels */
#define TRANSMITTER 1

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFREQUEST StatusWait; /* until the line status changes */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateDpc(_In_ WDFDEVICE Device);
static VOID StartTransfer(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG Channel);
static VOID CompleteTransfer(_In_ WDFREQUEST Request);
static VOID GetBaudRate(_In_ WDFREQUEST Request);
static VOID WaitForStatus(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);

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
    return CreateDpc(device);
}

/* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, queue, WdfRequestTypeRead);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, queue, WdfRequestTypeWrite);
}

static NTSTATUS
CreateDpc(_In_ WDFDEVICE Device)
{
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(Device)->TransferDone);
}

/* ---- Reads and writes ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    StartTransfer(Queue, Request, RECEIVER);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    StartTransfer(Queue, Request, TRANSMITTER);
}

static VOID
StartTransfer(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG Channel)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    status = QsChannelStart(context->Hardware, Channel, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* The device has interrupted. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        CompleteTransfer((WDFREQUEST)finished);
    }
}

/* What has been read is zeros. */
static VOID
CompleteTransfer(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    WDF_REQUEST_PARAMETERS parameters;
    PVOID buffer;
    size_t length;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    if (parameters.Type == WdfRequestTypeWrite) {
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS,
                                          parameters.Parameters.Write.Length);
        return;
    }

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    RtlZeroMemory(buffer, length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);
}

/* ---- Device controls ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    switch (IoControlCode) {
    case IOCTL_GET_BAUD_RATE:
        GetBaudRate(Request);
        break;
    case IOCTL_WAIT_FOR_STATUS:
        WaitForStatus(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
        break;
    default:
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        break;
    }
}

static VOID
GetBaudRate(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PULONG rate;

    status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*rate), (PVOID*)&rate, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    *rate = BAUD_RATE;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(*rate));
}

/* Keeps the wait until the status of the line changes, which it never does in this lesson. */
static VOID
WaitForStatus(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status;

    /* First: once it is marked, EvtRequestCancel may run at any moment. */
    Context->StatusWait = Request;
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        Context->StatusWait = NULL;
        WdfRequestComplete(Request, status);
    }
}

/* The sender cancels the wait. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)))->StatusWait = NULL;
    WdfRequestComplete(Request, STATUS_CANCELLED);
}
