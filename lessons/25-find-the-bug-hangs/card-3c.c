/* A device with a queue in front of another one.
 *
 *   default   parallel, passive level     device controls: forwarded to `back`
 *   back      sequential, passive level   IOCTL_WORK takes 3 ms; IOCTL_RESET empties `default`
 */
#include <ntddk.h>
#include <wdf.h>

#define IOCTL_WORK CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_RESET CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define WORK_MS 3

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Front;
    WDFQUEUE Back;
    WDFTIMER WorkTimer;
    WDFREQUEST Work; /* the IOCTL_WORK that the driver owns, or NULL */
    volatile LONG Purging;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtFrontDeviceControl;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtBackDeviceControl;
EVT_WDF_IO_QUEUE_STATE EvtFrontPurged;
EVT_WDF_TIMER EvtWorkDone;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS CreateTimer(_In_ WDFDEVICE Device);
static VOID Reset(_In_ PDEVICE_CONTEXT Context);

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

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateTimer(device);
}

/* Nothing here needs power: the queues are not power-managed. */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoDeviceControl = EvtFrontDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &context->Front);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoDeviceControl = EvtBackDeviceControl;
    queueConfig.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &queueConfig, &attributes, &context->Back);
}

static NTSTATUS
CreateTimer(_In_ WDFDEVICE Device)
{
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtWorkDone);
    timerConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->WorkTimer);
}

VOID
EvtFrontDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                      _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);

    status = WdfRequestForwardToIoQueue(Request, context->Back);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtBackDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                     _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    switch (IoControlCode) {
    case IOCTL_WORK:
        context->Work = Request;
        WdfTimerStart(context->WorkTimer, WDF_REL_TIMEOUT_IN_MS(WORK_MS));
        break;
    case IOCTL_RESET:
        Reset(context);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        break;
    default:
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        break;
    }
}

/* Everything that is still in front is canceled. */
static VOID
Reset(_In_ PDEVICE_CONTEXT Context)
{
    if (InterlockedExchange(&Context->Purging, TRUE) == FALSE) {
        WdfIoQueuePurge(Context->Front, EvtFrontPurged, WDF_NO_CONTEXT);
    }
}

/* Nothing of the queue is left, and nobody is in its callbacks. */
VOID
EvtFrontPurged(_In_ WDFQUEUE Queue, _In_ WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Context);

    InterlockedExchange(&DeviceGetContext(WdfIoQueueGetDevice(Queue))->Purging, FALSE);
    WdfIoQueueStart(Queue);
}

VOID
EvtWorkDone(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer));
    WDFREQUEST work = context->Work;

    context->Work = NULL;
    if (work != NULL) {
        WdfRequestComplete(work, STATUS_SUCCESS);
    }
}
