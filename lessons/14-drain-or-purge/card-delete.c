/* Which queues may a driver delete?
 *
 *   controls   sequential, default   IOCTL_...
 *   parked     manual                what IOCTL_PARK forwards to it; nothing is routed there */
#include <ntddk.h>
#include <wdf.h>

#define QUEUE_CONTROL(Function) \
    CTL_CODE(FILE_DEVICE_UNKNOWN, (Function), METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_PARK QUEUE_CONTROL(0x801)
#define IOCTL_DELETE_CONTROLS QUEUE_CONTROL(0x802)
#define IOCTL_DELETE_PARKED QUEUE_CONTROL(0x803)

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Parked; /* NULL once it is deleted; only the handler of `controls` touches it */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS Park(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);

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

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    /* Deleting a queue waits for what is in it, so the handler that does it runs at PASSIVE_LEVEL.
     * The queue's lock keeps it from running twice at once. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &config, &attributes, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES,
                            &DeviceGetContext(Device)->Parked);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status = STATUS_SUCCESS;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    switch (IoControlCode) {
    case IOCTL_PARK:
        status = Park(context, Request);
        if (NT_SUCCESS(status)) {
            return; /* the framework owns it now */
        }
        break;
    case IOCTL_DELETE_CONTROLS:
        WdfObjectDelete(Queue);
        break;
    case IOCTL_DELETE_PARKED:
        if (context->Parked != NULL) {
            WdfObjectDelete(context->Parked);
            context->Parked = NULL;
        }
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    WdfRequestComplete(Request, status);
}

static NTSTATUS
Park(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    if (Context->Parked == NULL) {
        return STATUS_DELETE_PENDING;
    }
    return WdfRequestForwardToIoQueue(Request, Context->Parked);
}
