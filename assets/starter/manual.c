/* A driver that takes requests when it wants them: they wait in a manual queue, and a timer looks
 * for them (lesson 2.3).
 *
 * Try: take one at each tick instead of all; or WdfIoQueueReadyNotify, not the timer (5.3). */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Waiting;
    WDFTIMER Timer;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_TIMER EvtTimer;

#define PERIOD_MS 5

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

/* A manual queue calls no handler. Requests of every type wait in this one. */
static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchManual);
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Waiting);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_TIMER_CONFIG_INIT_PERIODIC(&timerConfig, EvtTimer, PERIOD_MS);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfTimerCreate(&timerConfig, &attributes, &context->Timer);
    if (NT_SUCCESS(status)) {
        WdfTimerStart(context->Timer, WDF_REL_TIMEOUT_IN_MS(PERIOD_MS));
    }
    return status;
}

/* Time to look: a request that is retrieved belongs to the driver. */
VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request;
    WDF_REQUEST_PARAMETERS parameters;

    while (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(context->Waiting, &request))) {
        WDF_REQUEST_PARAMETERS_INIT(&parameters);
        WdfRequestGetParameters(request, &parameters);
        if (parameters.Type == WdfRequestTypeRead) {
            AnswerWithZeros(request);
        } else if (parameters.Type == WdfRequestTypeWrite) {
            WdfRequestCompleteWithInformation(request, STATUS_SUCCESS,
                                              parameters.Parameters.Write.Length);
        } else {
            WdfRequestComplete(request, STATUS_INVALID_DEVICE_REQUEST);
        }
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
