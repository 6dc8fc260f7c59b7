/* A device that can do two operations at once, and a "format" that must be alone on it.
 *
 *   reads      parallel, 2 at most   reads
 *   controls   sequential, default   IOCTL_FORMAT */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_FORMAT CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC OperationDone;
    WDFSPINLOCK Lock; /* choosing a channel and starting it is one step */
    WDFQUEUE Reads;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_STATE EvtReadsStopped;
EVT_WDF_DPC EvtOperationDone;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static NTSTATUS StartOperation(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static BOOLEAN IsFormat(_In_ WDFREQUEST Request);
static VOID CompleteFormat(_In_ WDFREQUEST Request, _In_ NTSTATUS Status);
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

    status = CreateHelpers(device);
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

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchParallel);
    config.Settings.Parallel.NumberOfPresentedRequests = QsDeviceChannelCount(context->Hardware);
    config.EvtIoRead = EvtIoRead;
    /* No EvtIoStop here or below: what is begun ends soon, and power-down waits (lesson 6.2). */
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, context->Reads, WdfRequestTypeRead);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
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

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtOperationDone);
    return WdfDpcCreate(&dpcConfig, &attributes, &context->OperationDone);
}

/* A read: the driver owns it while the device works. The queue delivers no more of them than there
 * are channels. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Length);

    status = StartOperation(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* A format. */
VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode != IOCTL_FORMAT) {
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }

    WdfIoQueueStop(context->Reads, EvtReadsStopped, Request);
}

/* The callback of the stop. The context is the format that asked for it. */
VOID
EvtReadsStopped(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    NTSTATUS status;
    WDFREQUEST format = (WDFREQUEST)Context;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    status = StartOperation(context, format);
    if (!NT_SUCCESS(status)) {
        CompleteFormat(format, status);
    }
}

/* The device has interrupted. */
VOID
EvtOperationDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        if (IsFormat((WDFREQUEST)finished)) {
            CompleteFormat((WDFREQUEST)finished, STATUS_SUCCESS);
        } else {
            CompleteRead((WDFREQUEST)finished);
        }
    }
}

/* A format is the only device control that is started. */
static BOOLEAN
IsFormat(_In_ WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    return parameters.Type == WdfRequestTypeDeviceControl;
}

/* On the first channel that is free. */
static NTSTATUS
StartOperation(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status = STATUS_DEVICE_BUSY;
    ULONG channel;

    WdfSpinLockAcquire(Context->Lock);
    for (channel = 0; channel < QsDeviceChannelCount(Context->Hardware); channel++) {
        if (QsChannelIsFree(Context->Hardware, channel)) {
            status = QsChannelStart(Context->Hardware, channel, Request, 0,
                                    Context->OperationDone);
            break;
        }
    }
    WdfSpinLockRelease(Context->Lock);

    return status;
}

/* `controls` may deliver the next format inside the completion, so everything else comes first. */
static VOID
CompleteFormat(_In_ WDFREQUEST Request, _In_ NTSTATUS Status)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));

    WdfIoQueueStart(context->Reads);
    WdfRequestComplete(Request, Status);
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
