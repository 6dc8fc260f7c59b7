/* A device that fills a buffer of its caller, which takes 4 ms.
 *
 *   default   sequential   device controls: METHOD_NEITHER
 */
#include <ntddk.h>
#include <wdf.h>

#define IOCTL_FILL CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_NEITHER, FILE_ANY_ACCESS)

#define TAKES_MS 4

typedef struct _DEVICE_CONTEXT {
    WDFTIMER Timer;
    WDFREQUEST Current;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

typedef struct _REQUEST_CONTEXT {
    WDFMEMORY Memory; /* the caller's buffer, locked */
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_IN_CALLER_CONTEXT EvtIoInCallerContext;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_TIMER EvtFilled;

static NTSTATUS CreateTimer(_In_ WDFDEVICE Device);
static NTSTATUS LockBuffer(_In_ WDFREQUEST Request);

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
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);
    WdfDeviceInitSetIoInCallerContextCallback(DeviceInit, EvtIoInCallerContext);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    /* No EvtIoStop: 4 ms are short, and power-down waits for them (lesson 6.2). */
    status = WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateTimer(device);
}

static NTSTATUS
CreateTimer(_In_ WDFDEVICE Device)
{
    WDF_TIMER_CONFIG timerConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_TIMER_CONFIG_INIT(&timerConfig, EvtFilled);
    timerConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfTimerCreate(&timerConfig, &attributes, &DeviceGetContext(Device)->Timer);
}

/* On the caller's thread, before any queue; called for every request. */
VOID
EvtIoInCallerContext(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    NTSTATUS status = STATUS_SUCCESS;
    WDF_REQUEST_PARAMETERS parameters;

    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    WdfRequestGetParameters(Request, &parameters);
    if (parameters.Type == WdfRequestTypeDeviceControl &&
        parameters.Parameters.DeviceIoControl.IoControlCode == IOCTL_FILL) {
        status = LockBuffer(Request);
    }
    if (NT_SUCCESS(status)) {
        status = WdfDeviceEnqueueRequest(Device, Request);
    }
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

static NTSTATUS
LockBuffer(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID address;
    size_t length;

    status = WdfRequestRetrieveUnsafeUserOutputBuffer(Request, 1, &address, &length);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfRequestProbeAndLockUserBufferForWrite(Request, address, length,
                                                    &RequestGetContext(Request)->Memory);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDEVICE_CONTEXT device = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode != IOCTL_FILL) {
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }
    device->Current = Request;
    WdfTimerStart(device->Timer, WDF_REL_TIMEOUT_IN_MS(TAKES_MS));
}

VOID
EvtFilled(_In_ WDFTIMER Timer)
{
    WDFREQUEST request = DeviceGetContext((WDFDEVICE)WdfTimerGetParentObject(Timer))->Current;
    PREQUEST_CONTEXT context = RequestGetContext(request);
    size_t length;
    PVOID buffer = WdfMemoryGetBuffer(context->Memory, &length);

    RtlFillMemory(buffer, length, 0x2A);
    WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, length);
}
