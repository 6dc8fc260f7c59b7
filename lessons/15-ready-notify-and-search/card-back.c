/* A manual queue that is emptied in its ready callback. What finds no slot is requeued.
 *
 * A spin lock makes choosing a slot and starting it one step. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define WARM_UP_MS 5

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFQUEUE Work;
    WDFDPC OperationDone;
    WDFTIMER WarmUp;
    WDFSPINLOCK Lock;
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
static VOID StartAll(_In_ PDEVICE_CONTEXT Context);
static BOOLEAN StartOnFreeSlot(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
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
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    /* No EvtIoStop: an operation is short, and power-down waits for it (lesson 6.2). */
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Work);
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

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtOperationDone);
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

    StartAll((PDEVICE_CONTEXT)Context);
}

/* The device has interrupted. */
VOID
EvtOperationDone(_In_ WDFDPC Dpc)
{
    WDFQUEUE work = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(work));

    CompleteFinished(context);
    StartAll(context);
}

/* Retrieves everything, and requeues what it cannot start. */
static VOID
StartAll(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    WDFREQUEST request;

    while (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(Context->Work, &request))) {
        if (StartOnFreeSlot(Context, request)) {
            continue;
        }
        status = WdfRequestRequeue(request);
        if (!NT_SUCCESS(status)) {
            WdfRequestComplete(request, status);
        }
        return;
    }
}

/* FALSE: every slot is taken. */
static BOOLEAN
StartOnFreeSlot(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
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

    return NT_SUCCESS(status);
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
