/* The same driver; EvtTimeout holds the lock while it cancels.
 *
 *   default   sequential   reads
 *
 * Lock guards Sent and Deadline: EvtReadDone and EvtTimeout can run at the same time. */
#include <ntddk.h>
#include <wdf.h>

#define TIMEOUT_MS 15
#define UNITS_PER_MS 10000ULL
#define LOG_MS 2 /* the log is on a disk */

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timeout;
    WDFSPINLOCK Lock;
    WDFREQUEST Sent;    /* the read that is with the driver below, or NULL */
    ULONGLONG Deadline; /* of Sent, in units of 100 ns */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtReadDone;
EVT_WDF_TIMER EvtTimeout;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateLockAndTimer(_In_ WDFDEVICE Device);
static VOID SetSent(_In_ PDEVICE_CONTEXT Context, _In_opt_ WDFREQUEST Request);
static VOID WriteToLog(VOID);

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

    status = CreateQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateLockAndTimer(device);
}

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.EvtIoStop = EvtIoStop;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* The timer runs at PASSIVE_LEVEL, because EvtTimeout waits for the log. */
static NTSTATUS
CreateLockAndTimer(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfSpinLockCreate(&attributes, &context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtTimeout);
    timerConfig.AutomaticSerialization = FALSE;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfTimerCreate(&timerConfig, &attributes, &context->Timeout);
}

/* ---- Reads ---- */

/* Lends the read to the driver below, for 15 ms. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    WDFDEVICE device = WdfIoQueueGetDevice(Queue);
    PDEVICE_CONTEXT context = DeviceGetContext(device);

    UNREFERENCED_PARAMETER(Length);

    WdfRequestFormatRequestUsingCurrentType(Request);
    WdfRequestSetCompletionRoutine(Request, EvtReadDone, context);

    SetSent(context, Request);
    WdfTimerStart(context->Timeout, WDF_REL_TIMEOUT_IN_MS(TIMEOUT_MS));
    if (!WdfRequestSend(Request, WdfDeviceGetIoTarget(device), WDF_NO_SEND_OPTIONS)) {
        SetSent(context, NULL);
        WdfRequestComplete(Request, WdfRequestGetStatus(Request));
    }
}

/* The read is back. */
VOID
EvtReadDone(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
            _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);

    SetSent(Context, NULL);
    WdfRequestCompleteWithInformation(Request, Params->IoStatus.Status,
                                      Params->IoStatus.Information);
}

static VOID
SetSent(_In_ PDEVICE_CONTEXT Context, _In_opt_ WDFREQUEST Request)
{
    WdfSpinLockAcquire(Context->Lock);
    Context->Sent = Request;
    Context->Deadline = KeQueryInterruptTime() + TIMEOUT_MS * UNITS_PER_MS;
    WdfSpinLockRelease(Context->Lock);
}

/* 15 ms are over: for Sent, or for a read that was back just before. */
VOID
EvtTimeout(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer));

    WriteToLog();
    WdfSpinLockAcquire(context->Lock);
    if (context->Sent != NULL && KeQueryInterruptTime() >= context->Deadline) {
        (VOID)WdfRequestCancelSentRequest(context->Sent);
    }
    WdfSpinLockRelease(context->Lock);
}

/* Waits until the entry is on the disk. */
static VOID
WriteToLog(VOID)
{
    LARGE_INTEGER interval;

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(LOG_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

/* ---- Power ---- */

/* Below, the read does not touch our hardware: it can stay there while the device sleeps. On
 * removal it must come back. */
VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    UNREFERENCED_PARAMETER(Queue);

    if (ActionFlags & WdfRequestStopActionPurge) {
        (VOID)WdfRequestCancelSentRequest(Request);
    } else {
        WdfRequestStopAcknowledge(Request, FALSE);
    }
}
