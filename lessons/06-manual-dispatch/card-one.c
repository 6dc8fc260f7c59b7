/* The same driver without the loop: it retrieves once per tick. What it leaves waits for the next
 * tick. */
#include <ntddk.h>
#include <wdf.h>

#define POLL_PERIOD_MS 5

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Reads;
    WDFTIMER PollTimer;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_D0_ENTRY EvtDeviceD0Entry;
EVT_WDF_DEVICE_D0_EXIT EvtDeviceD0Exit;
EVT_WDF_TIMER EvtTimerFunc;

static NTSTATUS CreateQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateTimer(_In_ WDFDEVICE Device);
static VOID AnswerWithZeros(_In_ WDFREQUEST Request);

/* Time to look: one request is retrieved and completed, however many wait. */
VOID
EvtTimerFunc(_In_ WDFTIMER Timer)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfTimerGetParentObject(Timer));
    WDFREQUEST request;
    NTSTATUS status;

    status = WdfIoQueueRetrieveNextRequest(context->Reads, &request);
    if (NT_SUCCESS(status)) {
        AnswerWithZeros(request);
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
    WDF_PNPPOWER_EVENT_CALLBACKS powerCallbacks;

    UNREFERENCED_PARAMETER(Driver);

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&powerCallbacks);
    powerCallbacks.EvtDeviceD0Entry = EvtDeviceD0Entry;
    powerCallbacks.EvtDeviceD0Exit = EvtDeviceD0Exit;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);
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
    return CreateTimer(device);
}

/* A manual queue must have no handlers: it would never call them. */
static NTSTATUS
CreateQueue(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, context->Reads, WdfRequestTypeRead);
}

static NTSTATUS
CreateTimer(_In_ WDFDEVICE Device)
{
    WDF_TIMER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, EvtTimerFunc, POLL_PERIOD_MS);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfTimerCreate(&config, &attributes, &DeviceGetContext(Device)->PollTimer);
}

/* ---- Power: the timer ticks while the device is in D0 ---- */

NTSTATUS
EvtDeviceD0Entry(_In_ WDFDEVICE Device, _In_ WDF_POWER_DEVICE_STATE PreviousState)
{
    UNREFERENCED_PARAMETER(PreviousState);

    WdfTimerStart(DeviceGetContext(Device)->PollTimer, WDF_REL_TIMEOUT_IN_MS(POLL_PERIOD_MS));
    return STATUS_SUCCESS;
}

NTSTATUS
EvtDeviceD0Exit(_In_ WDFDEVICE Device, _In_ WDF_POWER_DEVICE_STATE TargetState)
{
    UNREFERENCED_PARAMETER(TargetState);

    WdfTimerStop(DeviceGetContext(Device)->PollTimer, TRUE);
    return STATUS_SUCCESS;
}
