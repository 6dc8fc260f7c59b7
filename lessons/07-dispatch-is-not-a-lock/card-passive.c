/* Transfers, one after another, with settings that a wait lock guards.
 *
 *   default   sequential   EvtIoRead
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFWAITLOCK Lock;   /* guards Microseconds */
    ULONG Microseconds; /* of a transfer */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS OpenHardware(_In_ WDFDEVICE Device);
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
    WDF_IO_QUEUE_CONFIG queueConfig;

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

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfIoQueueCreate(device, &queueConfig, &attributes, WDF_NO_HANDLE);
}

/* The hardware, the lock, and the DPC that runs when a transfer is done. */
static NTSTATUS
OpenHardware(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    context->Microseconds = 4000;
    context->Hardware = QsDeviceOpen(Device);
    if (context->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfWaitLockCreate(&attributes, &context->Lock);
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
    ULONG microseconds;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    (VOID)WdfWaitLockAcquire(context->Lock, NULL);
    microseconds = context->Microseconds;
    WdfWaitLockRelease(context->Lock);

    status = QsChannelStart(context->Hardware, 0, Request, microseconds, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* A transfer is done. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID request;

    while (QsChannelTakeFinished(context->Hardware, &channel, &request)) {
        CompleteRead((WDFREQUEST)request);
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
