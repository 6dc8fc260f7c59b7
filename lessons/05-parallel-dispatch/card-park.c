/* The two slots again. Reads that are too long for the hardware wait in a queue of their own.
 *
 *   default   parallel, at most two   EvtIoRead
 *   waiting   manual                  reads that are too long for the hardware
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define MAX_READ 4096   /* bytes that the hardware can read at once */
#define LONG_READ_MS 20 /* how long a longer read takes */

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFSPINLOCK Lock; /* looking for a slot and taking it are one step */
    WDFQUEUE Waiting;
    WDFTIMER WaitTimer;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_DPC EvtTransferDone;
EVT_WDF_TIMER EvtWaitedLongEnough;

static NTSTATUS OpenHardware(_In_ WDFDEVICE Device);
static NTSTATUS CreateWaitingQueue(_In_ WDFDEVICE Device);
static VOID Park(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request);
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

    /* As many at once as there are slots. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    queueConfig.Settings.Parallel.NumberOfPresentedRequests =
        QsDeviceChannelCount(DeviceGetContext(device)->Hardware);
    status = WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateWaitingQueue(device);
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

/* Where long reads wait, and the timer after which they are served. */
static NTSTATUS
CreateWaitingQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    queueConfig.PowerManaged = WdfFalse; /* no hardware stands behind it: lesson 6.1 */
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtWaitedLongEnough);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfTimerCreate(&timerConfig, &attributes, &context->WaitTimer);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    WDFDEVICE device = WdfIoQueueGetDevice(Queue);

    if (Length > MAX_READ) {
        Park(device, Request);
        return;
    }

    StartTransfer(device, Request);
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

/* Too long for the hardware: it waits in another queue. */
static VOID
Park(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    status = WdfRequestForwardToIoQueue(Request, context->Waiting);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status); /* still ours */
        return;
    }

    WdfTimerStart(context->WaitTimer, WDF_REL_TIMEOUT_IN_MS(LONG_READ_MS));
}

/* Fires once: retrieves what waits, and completes it. */
VOID
EvtWaitedLongEnough(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request;

    while (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(context->Waiting, &request))) {
        CompleteRead(request);
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
