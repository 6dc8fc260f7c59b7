/* A driver whose handler takes its time: it writes a log at PASSIVE_LEVEL.
 *
 *   default   sequential   reads; synchronization scope queue, execution level passive
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define LOG_MS 4

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateQueueAndDpc(_In_ WDFDEVICE Device);
static VOID WriteToLog(_In_ size_t Length);
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

/* The queue, and the DPC of its transfers. */
static NTSTATUS
CreateQueueAndDpc(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(Device)->TransferDone);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WriteToLog(Length);
}

/* Waits until the entry is on the disk. */
static VOID
WriteToLog(_In_ size_t Length)
{
    LARGE_INTEGER interval;

    UNREFERENCED_PARAMETER(Length);

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(LOG_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

/* The device has interrupted. */
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
