/* A device that does not answer: each read waits until its time is up, or it is canceled.
 *
 *   default   sequential, passive level, synchronization scope queue   reads
 */
#include <ntddk.h>
#include <wdf.h>

#define PATIENCE_MS 5 /* a read that takes longer fails with STATUS_IO_TIMEOUT */
#define STOPS_MS 2    /* what the device needs to give up a read */

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timeout;
    WDFREQUEST Current; /* the read that the driver owns */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_TIMER EvtTimeout;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static PDEVICE_CONTEXT ContextOf(_In_ WDFREQUEST Request);
static VOID StopDevice(VOID);

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
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueue(device);
}

/* The queue, and its child the timer: both at passive level, under the queue's lock. */
static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a read takes 5 ms at most, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtTimeout);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->Timeout);
}

/* ---- Reads ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestMarkCancelableEx(Request, EvtRequestCancel);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    context->Current = Request;
    WdfTimerStart(context->Timeout, WDF_REL_TIMEOUT_IN_MS(PATIENCE_MS));
}

/* The sender cancels. */
VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    PDEVICE_CONTEXT context = ContextOf(Request);

    StopDevice();
    WdfTimerStop(context->Timeout, FALSE);
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

VOID
EvtTimeout(_In_ WDFTIMER Timer)
{
    WDFQUEUE queue = (WDFQUEUE)WdfTimerGetParentObject(Timer);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));

    (VOID)WdfRequestUnmarkCancelable(context->Current);
    WdfRequestComplete(context->Current, STATUS_IO_TIMEOUT);
}

static PDEVICE_CONTEXT
ContextOf(_In_ WDFREQUEST Request)
{
    return DeviceGetContext(WdfIoQueueGetDevice(WdfRequestGetIoQueue(Request)));
}

static VOID
StopDevice(VOID)
{
    LARGE_INTEGER time;

    time.QuadPart = WDF_REL_TIMEOUT_IN_MS(STOPS_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &time);
}
