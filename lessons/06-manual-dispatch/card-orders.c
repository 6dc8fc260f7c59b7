/* The loop with you inside: at each tick, you decide what the driver asks of its queue and how it
 * completes what it got. A visit ends when the queue has nothing to give. */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

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
static NTSTATUS CarryOut(_In_ PQS_ORDER Order);

/* Time to look. The next visit begins five milliseconds after this one has ended. */
VOID
EvtTimerFunc(_In_ WDFTIMER Timer)
{
    QS_ORDER order;
    NTSTATUS status = STATUS_SUCCESS;

    while (NT_SUCCESS(status) && QsAsk(NULL, NULL, &order)) {
        status = CarryOut(&order);
    }
    WdfTimerStart(Timer, WDF_REL_TIMEOUT_IN_MS(POLL_PERIOD_MS));
}

/* Makes the call that was ordered. Only the status of a retrieval can end the loop. */
static NTSTATUS
CarryOut(_In_ PQS_ORDER Order)
{
    NTSTATUS status = STATUS_SUCCESS;
    WDFREQUEST request = NULL;

    switch (Order->Verb) {
    case QsOrderRetrieveNext:
        status = WdfIoQueueRetrieveNextRequest(Order->Queue, &request);
        QsAskResult(Order, status, (ULONG_PTR)request);
        break;
    case QsOrderComplete:
        WdfRequestComplete(Order->Request, Order->Status);
        break;
    case QsOrderCompleteWithInformation:
        WdfRequestCompleteWithInformation(Order->Request, Order->Status, Order->Information);
        break;
    case QsOrderQueueStop:
        WdfIoQueueStop(Order->Queue, WDF_NO_EVENT_CALLBACK, NULL);
        break;
    case QsOrderQueueStart:
        WdfIoQueueStart(Order->Queue);
        break;
    default:
        QsAskResult(Order, STATUS_NOT_SUPPORTED, 0);
        break;
    }
    return status;
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

/* No handlers: it is manual. No EvtIoStop: power-down waits for what you own (lesson 6.2). */
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

    /* At PASSIVE_LEVEL, where it may wait for you, and without a callback lock: lesson 2.4. */
    WDF_TIMER_CONFIG_INIT(&config, EvtTimerFunc);
    config.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
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
