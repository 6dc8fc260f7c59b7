/* A device that does one read at a time.
 *
 *   reads   manual   reads, for which EvtIoQueueReady is called
 *
 * Lock: two who look at the same time must not start two reads. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define LOOK_AGAIN_MS 5

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFQUEUE Reads;
    WDFDPC TransferDone;
    WDFSPINLOCK Lock;
    WDFTIMER LookAgain;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_STATE EvtIoQueueReady;
EVT_WDF_DPC EvtTransferDone;
EVT_WDF_TIMER EvtLookAgain;

static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static NTSTATUS CreateReads(_In_ WDFDEVICE Device);
static VOID StartNextRead(_In_ PDEVICE_CONTEXT Context);
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
    return CreateReads(device);
}

static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtLookAgain);
    timerConfig.AutomaticSerialization = FALSE;
    return WdfTimerCreate(&timerConfig, &attributes, &context->LookAgain);
}

static NTSTATUS
CreateReads(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfDeviceConfigureRequestDispatching(Device, context->Reads, WdfRequestTypeRead);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfIoQueueReadyNotify(context->Reads, EvtIoQueueReady, WDF_NO_CONTEXT);
}

VOID
EvtIoQueueReady(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Context);

    StartNextRead(DeviceGetContext(WdfIoQueueGetDevice(Queue)));
}

/* If the device is free, and a read waits. */
static VOID
StartNextRead(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status = STATUS_DEVICE_BUSY;
    WDFREQUEST read = NULL;

    WdfSpinLockAcquire(Context->Lock);
    if (QsChannelIsFree(Context->Hardware, 0) &&
        NT_SUCCESS(WdfIoQueueRetrieveNextRequest(Context->Reads, &read))) {
        status = QsChannelStart(Context->Hardware, 0, read, 0, Context->TransferDone);
    }
    WdfSpinLockRelease(Context->Lock);

    if (!NT_SUCCESS(status) && read != NULL) {
        WdfRequestComplete(read, status);
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
        CompleteRead((WDFREQUEST)finished);
    }
    WdfTimerStart(context->LookAgain, WDF_REL_TIMEOUT_IN_MS(LOOK_AGAIN_MS));
}

VOID
EvtLookAgain(_In_ WDFTIMER Timer)
{
    StartNextRead(DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer)));
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
