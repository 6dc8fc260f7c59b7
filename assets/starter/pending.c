/* A driver that keeps a request for a while: EvtIoRead returns, and a timer completes it later
 * (lesson 8.2). Nothing goes on for other requests meanwhile, for the queue is sequential.
 *
 * Try: cancel the read while the driver holds it. It comes too late; lesson 4.2 says what to do. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timer;
    WDFREQUEST Current; /* the read that is under way; NULL: none */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_TIMER EvtTimer;

#define DURATION_MS 5

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static VOID AnswerWithZeros(_In_ WDFREQUEST Request);

/* The system has loaded the driver: say which function makes its devices. */
NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

/* A device has been found: make the device object and its queue. */
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

static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFQUEUE queue;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a read is done in a moment, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* The timer's parent is the queue, so its callback runs under the queue's lock (2.4). */
    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtTimer);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = queue;
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->Timer);
}

/* The queue delivers a read. The driver owns it, also after this function has returned. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    context->Current = Request;
    WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_MS(DURATION_MS));
}

/* The time is over: the read can be completed. */
VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    WDFQUEUE queue = (WDFQUEUE)WdfTimerGetParentObject(Timer);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));
    WDFREQUEST request = context->Current;

    context->Current = NULL;
    if (request != NULL) {
        AnswerWithZeros(request);
    }
}

/* Completes a request with zeros for all that its sender has room for. It is gone afterward. */
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
