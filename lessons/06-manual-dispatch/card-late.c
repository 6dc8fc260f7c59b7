/* Two lines of card-early.c, swapped: the request is completed first, and then the sequential queue
 * is asked, although the driver may no longer own anything of it. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Reads;
    WDFDPC TransferDpc;
    QSDEVICE Hardware;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND EvtDeviceSelfManagedIoSuspend;
EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART EvtDeviceSelfManagedIoRestart;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_DPC EvtDpcFunc;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateDpc(_In_ WDFDEVICE Device);
static VOID StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID StartNext(_In_ PDEVICE_CONTEXT Context);
static VOID AnswerWithZeros(_In_ WDFREQUEST Request);

/* The queue delivers only when the driver owns nothing, so the device is free. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);

    StartTransfer(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
}

/* A transfer is done. It is completed, and then the next one is started. */
VOID
EvtDpcFunc(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        AnswerWithZeros((WDFREQUEST)finished);
        StartNext(context);
    }
}

/* Too late: the queue delivers by itself as soon as the driver owns nothing. */
static VOID
StartNext(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    WDFREQUEST next;

    status = WdfIoQueueRetrieveNextRequest(Context->Reads, &next);
    if (NT_SUCCESS(status)) {
        StartTransfer(Context, next);
    }
}

/* The request goes with the transfer. If it cannot be started, the request is completed here. */
static VOID
StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status;

    status = QsChannelStart(Context->Hardware, 0, Request, 0, Context->TransferDpc);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* Completes the request. The caller must not touch it afterward. */
static VOID
AnswerWithZeros(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length = 0;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (NT_SUCCESS(status)) {
        RtlZeroMemory(buffer, length);
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}

/* Not acknowledged, on purpose: a transfer takes a few milliseconds, and power-down waits for it
 * (lesson 6.2). */
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
    WDF_PNPPOWER_EVENT_CALLBACKS powerCallbacks;

    UNREFERENCED_PARAMETER(Driver);

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&powerCallbacks);
    powerCallbacks.EvtDeviceSelfManagedIoSuspend = EvtDeviceSelfManagedIoSuspend;
    powerCallbacks.EvtDeviceSelfManagedIoRestart = EvtDeviceSelfManagedIoRestart;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

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
    return CreateQueue(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoStop = EvtIoStop;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, context->Reads, WdfRequestTypeRead);
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

/* ---- Power ---- */

/* Called before the device leaves D0. From now on the DPC retrieves nothing: power-down would not
 * wait for a request that is retrieved while it is under way. */
NTSTATUS
EvtDeviceSelfManagedIoSuspend(_In_ WDFDEVICE Device)
{
    WdfIoQueueStop(DeviceGetContext(Device)->Reads, NULL, NULL);
    return STATUS_SUCCESS;
}

/* The device is in D0 again. */
NTSTATUS
EvtDeviceSelfManagedIoRestart(_In_ WDFDEVICE Device)
{
    WdfIoQueueStart(DeviceGetContext(Device)->Reads);
    return STATUS_SUCCESS;
}
