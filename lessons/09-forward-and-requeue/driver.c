/* Requests that change queues. Everything arrives in `default`. Its handler forwards reads to a
 * sequential queue that feeds the device, and writes to a manual queue, where they wait. A device
 * control purges the queue for reads. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_PURGE_READS CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Reads;
    WDFQUEUE Waiting;
    WDFDPC TransferDpc;
    QSDEVICE Hardware;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

/* Travels with its request from queue to queue, and ends with it. */
typedef struct _REQUEST_CONTEXT {
    ULONG Attempts;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEFAULT EvtIoDefault;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_DPC EvtDpcFunc;

static VOID PassOn(_In_ WDFREQUEST Request, _In_ WDFQUEUE Destination);
static VOID PurgeReads(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request,
                       _In_ ULONG IoControlCode);
static VOID CompleteRead(_In_ WDFREQUEST Request);
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateDpc(_In_ WDFDEVICE Device);

/* Sorts what arrives. */
VOID
EvtIoDefault(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);

    switch (parameters.Type) {
    case WdfRequestTypeRead:
        PassOn(Request, context->Reads);
        break;
    case WdfRequestTypeWrite:
        PassOn(Request, context->Waiting);
        break;
    case WdfRequestTypeDeviceControl:
        PurgeReads(context, Request, parameters.Parameters.DeviceIoControl.IoControlCode);
        break;
    default:
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        break;
    }
}

/* To the tail of another queue. */
static VOID
PassOn(_In_ WDFREQUEST Request, _In_ WDFQUEUE Destination)
{
    NTSTATUS status;

    RequestGetContext(Request)->Attempts = 1;
    status = WdfRequestForwardToIoQueue(Request, Destination);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* From now on, `reads` accepts no requests. Those that wait in it are canceled. */
static VOID
PurgeReads(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request, _In_ ULONG IoControlCode)
{
    if (IoControlCode != IOCTL_PURGE_READS) {
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }

    WdfIoQueuePurge(Context->Reads, WDF_NO_EVENT_CALLBACK, WDF_NO_CONTEXT);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

/* `reads` feeds the device, one transfer at a time. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDpc);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtDpcFunc(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        CompleteRead((WDFREQUEST)finished);
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

/* Not acknowledged, on purpose: a transfer takes a few milliseconds, and power-down waits for it.
 * What can take longer needs more than this: lesson 6.2. */
VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Request);
    UNREFERENCED_PARAMETER(ActionFlags);
}

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
    PDEVICE_CONTEXT context;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    context = DeviceGetContext(device);
    context->Hardware = QsDeviceOpen(device);
    if (context->Hardware == NULL) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }

    status = CreateDpc(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDefault = EvtIoDefault;
    config.EvtIoStop = EvtIoStop;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoStop = EvtIoStop;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
}

static NTSTATUS
CreateDpc(_In_ WDFDEVICE Device)
{
    WDF_DPC_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DPC_CONFIG_INIT(&config, EvtDpcFunc);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&config, &attributes, &DeviceGetContext(Device)->TransferDpc);
}
