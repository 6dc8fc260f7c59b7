/* A device with slots behind a manual queue, `work`. Two events make the driver look at the queue:
 * its ready callback is called, or the device has finished something. Device controls are urgent.
 *
 * The queue's lock (synchronization scope) serializes EvtWorkReady and the DPC. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define WARM_UP_MS 5

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFQUEUE Work;
    WDFDPC OperationDone;
    WDFTIMER WarmUp;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtDeviceSelfManagedIoInit;
EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND EvtDeviceSelfManagedIoSuspend;
EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART EvtDeviceSelfManagedIoRestart;
EVT_WDF_TIMER EvtWarm;
EVT_WDF_IO_QUEUE_STATE EvtWorkReady;
EVT_WDF_DPC EvtOperationDone;

static NTSTATUS CreateWorkQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static VOID StartWhilePossible(_In_ PDEVICE_CONTEXT Context);
static NTSTATUS RetrieveUrgentFirst(_In_ WDFQUEUE Work, _Out_ WDFREQUEST* Request);
static VOID CompleteFinished(_In_ PDEVICE_CONTEXT Context);
static VOID CompleteOperation(_In_ WDFREQUEST Request);

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
    WDF_PNPPOWER_EVENT_CALLBACKS powerCallbacks;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&powerCallbacks);
    powerCallbacks.EvtDeviceSelfManagedIoInit = EvtDeviceSelfManagedIoInit;
    powerCallbacks.EvtDeviceSelfManagedIoSuspend = EvtDeviceSelfManagedIoSuspend;
    powerCallbacks.EvtDeviceSelfManagedIoRestart = EvtDeviceSelfManagedIoRestart;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    status = CreateWorkQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateHelpers(device);
}

/* A manual queue that is stopped until the device is warm. */
static NTSTATUS
CreateWorkQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    /* No EvtIoStop: an operation is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &config, &attributes, &context->Work);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WdfIoQueueStop(context->Work, NULL, NULL);
    return WdfIoQueueReadyNotify(context->Work, EvtWorkReady, context);
}

static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_DPC_CONFIG dpcConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    /* A child of the queue: with automatic serialization it runs under the queue's lock. */
    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtOperationDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = context->Work;
    status = WdfDpcCreate(&dpcConfig, &attributes, &context->OperationDone);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* This one only starts the queue, and needs no lock for that. */
    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtWarm);
    timerConfig.AutomaticSerialization = FALSE;
    attributes.ParentObject = Device;
    return WdfTimerCreate(&timerConfig, &attributes, &context->WarmUp);
}

/* ---- Power: the device must warm up before it works ---- */

/* The device is in D0 for the first time. */
NTSTATUS
EvtDeviceSelfManagedIoInit(_In_ WDFDEVICE Device)
{
    (VOID)WdfTimerStart(DeviceGetContext(Device)->WarmUp, WDF_REL_TIMEOUT_IN_MS(WARM_UP_MS));
    return STATUS_SUCCESS;
}

/* The device is in D0 again. */
NTSTATUS
EvtDeviceSelfManagedIoRestart(_In_ WDFDEVICE Device)
{
    return EvtDeviceSelfManagedIoInit(Device);
}

/* Called before the device leaves D0. From now on nothing is retrieved: power-down would not wait
 * for a request that is retrieved while it is under way. */
NTSTATUS
EvtDeviceSelfManagedIoSuspend(_In_ WDFDEVICE Device)
{
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    (VOID)WdfTimerStop(context->WarmUp, TRUE);
    WdfIoQueueStop(context->Work, NULL, NULL);
    return STATUS_SUCCESS;
}

VOID
EvtWarm(_In_ WDFTIMER Timer)
{
    WDFDEVICE device = (WDFDEVICE)WdfTimerGetParentObject(Timer);

    WdfIoQueueStart(DeviceGetContext(device)->Work);
}

/* ---- Work ---- */

/* Something may be waiting. */
VOID
EvtWorkReady(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Queue);

    StartWhilePossible((PDEVICE_CONTEXT)Context);
}

/* The device has interrupted. */
VOID
EvtOperationDone(_In_ WDFDPC Dpc)
{
    WDFQUEUE work = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(work));

    CompleteFinished(context);
    StartWhilePossible(context);
}

/* Retrieves and starts. */
static VOID
StartWhilePossible(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    WDFREQUEST request;
    ULONG channel;

    for (channel = 0; channel < QsDeviceChannelCount(Context->Hardware); channel++) {
        if (!QsChannelIsFree(Context->Hardware, channel)) {
            continue;
        }
        status = RetrieveUrgentFirst(Context->Work, &request);
        if (!NT_SUCCESS(status)) {
            return; /* nothing waits, or the queue is stopped */
        }
        status = QsChannelStart(Context->Hardware, channel, request, 0, Context->OperationDone);
        if (!NT_SUCCESS(status)) {
            WdfRequestComplete(request, status);
        }
    }
}

/* The first device control in the queue, wherever it stands, or else whatever is first. */
static NTSTATUS
RetrieveUrgentFirst(_In_ WDFQUEUE Work, _Out_ WDFREQUEST* Request)
{
    NTSTATUS status;
    WDFREQUEST last = NULL;
    WDFREQUEST found;
    WDF_REQUEST_PARAMETERS parameters;

    do {
        WDF_REQUEST_PARAMETERS_INIT(&parameters);
        status = WdfIoQueueFindRequest(Work, last, NULL, &parameters, &found);
        if (last != NULL) {
            WdfObjectDereference(last);
        }
        last = NULL;
        if (!NT_SUCCESS(status)) {
            continue; /* STATUS_NOT_FOUND: the last one has left, so start over */
        }
        if (parameters.Type != WdfRequestTypeDeviceControl) {
            last = found; /* go on behind it */
            continue;
        }

        /* It may have been canceled since it was found. */
        status = WdfIoQueueRetrieveFoundRequest(Work, found, Request);
        WdfObjectDereference(found);
        if (NT_SUCCESS(status)) {
            return status;
        }
    } while (NT_SUCCESS(status) || status == STATUS_NOT_FOUND);

    return WdfIoQueueRetrieveNextRequest(Work, Request);
}

static VOID
CompleteFinished(_In_ PDEVICE_CONTEXT Context)
{
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(Context->Hardware, &channel, &finished)) {
        CompleteOperation((WDFREQUEST)finished);
    }
}

/* Completes what the device has done, with the number of bytes that it moved. */
static VOID
CompleteOperation(_In_ WDFREQUEST Request)
{
    NTSTATUS status = STATUS_SUCCESS;
    PVOID buffer;
    size_t length = 0;
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);

    if (parameters.Type == WdfRequestTypeRead) {
        status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
        if (NT_SUCCESS(status)) {
            RtlZeroMemory(buffer, length);
        } else {
            length = 0;
        }
    } else if (parameters.Type == WdfRequestTypeWrite) {
        length = parameters.Parameters.Write.Length;
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}
