/* A parallel queue in front of hardware with slots.
 *
 *   default   parallel   EvtIoRead
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFSPINLOCK Lock; /* looking for a slot and taking it are one step */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS OpenHardware(_In_ WDFDEVICE Device);
static VOID StartTransfer(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request);
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

    /* No limit is set: every read is delivered as it arrives. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* The hardware, and the DPC that runs when it has finished something. */
static NTSTATUS
OpenHardware(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    context->Hardware = QsDeviceOpen(Device);
    if (context->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    return WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);

    StartTransfer(WdfIoQueueGetDevice(Queue), Request);
}

/* Takes a free slot and returns at once; EvtTransferDone completes the request later. */
static VOID
StartTransfer(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    ULONG slots = QsDeviceChannelCount(context->Hardware);
    ULONG slot = 0;

    /* Two handlers may look for a slot at the same time. */
    WdfSpinLockAcquire(context->Lock);
    while (slot + 1 < slots && !QsChannelIsFree(context->Hardware, slot)) {
        slot++;
    }
    status = QsChannelStart(context->Hardware, slot, Request, 0, context->TransferDone);
    WdfSpinLockRelease(context->Lock);

    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status); /* all slots are busy */
    }
}

/* A slot has finished. The driver gives its request up by completing it. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfDpcGetParentObject(Dpc));
    ULONG slot;
    PVOID request;

    while (QsChannelTakeFinished(context->Hardware, &slot, &request)) {
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
