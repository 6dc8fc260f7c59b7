/* A printer. A page is finished by a work item, which writes a log first; so does a cancel.
 *
 *   default   sequential, passive level   writes
 *
 * Lock guards Current and Printed. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define LOG_MS 2

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC PagePrinted;
    WDFWORKITEM Finish;
    WDFSPINLOCK Lock;
    WDFREQUEST Current; /* the page being printed, or NULL */
    BOOLEAN Printed;    /* Current is on paper */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtPagePrinted;
EVT_WDF_WORKITEM EvtFinish;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static WDFREQUEST TakePage(_In_ PDEVICE_CONTEXT Context);
static VOID CompletePage(_In_ WDFREQUEST Request);
static VOID WriteToLog(VOID);

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
    return CreateHelpers(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    /* No EvtIoStop: a page is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfIoQueueCreate(Device, &queueConfig, &attributes, WDF_NO_HANDLE);
}

static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
    WDF_WORKITEM_CONFIG itemConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtPagePrinted);
    dpcConfig.AutomaticSerialization = FALSE;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->PagePrinted);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_WORKITEM_CONFIG_INIT(&itemConfig, EvtFinish);
    itemConfig.AutomaticSerialization = FALSE;
    return WdfWorkItemCreate(&itemConfig, &attributes, &context->Finish);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    WdfSpinLockAcquire(context->Lock);
    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (NT_SUCCESS(status)) {
        context->Current = Request;
        status = QsChannelStart(context->Hardware, 0, Request, 0, context->PagePrinted);
        if (!NT_SUCCESS(status)) {
            Request = TakePage(context);
        }
    }
    WdfSpinLockRelease(context->Lock);

    if (!NT_SUCCESS(status) && Request != NULL) {
        WdfRequestComplete(Request, status);
    }
}

/* The sender cancels the page being printed. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context =
        DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));
    ULONG channel;
    PVOID finished;

    WriteToLog();

    WdfSpinLockAcquire(context->Lock);
    context->Current = NULL;
    context->Printed = FALSE;
    if (!QsChannelCancel(context->Hardware, 0)) {
        (VOID)QsChannelTakeFinished(context->Hardware, &channel, &finished); /* just finished */
    }
    WdfSpinLockRelease(context->Lock);

    WdfRequestComplete(Request, STATUS_CANCELLED);
}

/* The printer has interrupted. */
VOID
EvtPagePrinted(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;
    BOOLEAN printed;

    WdfSpinLockAcquire(context->Lock);
    printed = QsChannelTakeFinished(context->Hardware, &channel, &finished);
    if (printed) {
        context->Printed = TRUE;
    }
    WdfSpinLockRelease(context->Lock);

    if (printed) {
        WdfWorkItemEnqueue(context->Finish);
    }
}

VOID
EvtFinish(_In_ WDFWORKITEM WorkItem)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfWorkItemGetParentObject(WorkItem));
    WDFREQUEST page;

    WdfSpinLockAcquire(context->Lock);
    page = context->Printed ? TakePage(context) : NULL;
    WdfSpinLockRelease(context->Lock);

    if (page != NULL) {
        WriteToLog();
        if (WdfRequestUnmarkCancelable(page) != STATUS_CANCELLED) {
            CompletePage(page);
        }
    }
}

/* With the lock held. */
static WDFREQUEST
TakePage(_In_ PDEVICE_CONTEXT Context)
{
    WDFREQUEST page = Context->Current;

    if (page != NULL) {
        Context->Current = NULL;
        Context->Printed = FALSE;
    }
    return page;
}

static VOID
CompletePage(_In_ WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, parameters.Parameters.Write.Length);
}

/* Waits until the entry is on the disk. */
static VOID
WriteToLog(VOID)
{
    LARGE_INTEGER interval;

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(LOG_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
}
