/* Each write has a work item of its own, which writes a log about it.
 *
 *   default   sequential, passive level   writes
 */
#include <ntddk.h>
#include <wdf.h>

#define LOG_MS 1

typedef struct _DEVICE_CONTEXT {
    WDFWAITLOCK LogLock;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_WORKITEM EvtLogItem;

static NTSTATUS CreateQueueAndLock(_In_ WDFDEVICE Device);
static NTSTATUS LogLater(_In_ WDFREQUEST Request);
static VOID LogNow(VOID);

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
    return CreateQueueAndLock(device);
}

static NTSTATUS
CreateQueueAndLock(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfWaitLockCreate(&attributes, &DeviceGetContext(Device)->LogLock);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    queueConfig.PowerManaged = WdfFalse; /* the log is not on this device */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfIoQueueCreate(Device, &queueConfig, &attributes, WDF_NO_HANDLE);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    WdfWaitLockAcquire(context->LogLock, NULL);
    status = LogLater(Request);
    LogNow();
    if (NT_SUCCESS(status)) {
        WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
    } else {
        WdfRequestComplete(Request, status);
    }
    WdfWaitLockRelease(context->LogLock);
}

/* The rest of the log is written by a work item, a child of the request. */
static NTSTATUS
LogLater(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    WDF_WORKITEM_CONFIG itemConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFWORKITEM item;

    WDF_WORKITEM_CONFIG_INIT(&itemConfig, EvtLogItem);
    itemConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Request;
    status = WdfWorkItemCreate(&itemConfig, &attributes, &item);
    if (NT_SUCCESS(status)) {
        WdfWorkItemEnqueue(item);
    }
    return status;
}

VOID
EvtLogItem(_In_ WDFWORKITEM WorkItem)
{
    WDFQUEUE queue = WdfRequestGetIoQueue((WDFREQUEST)WdfWorkItemGetParentObject(WorkItem));
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(queue));

    WdfWaitLockAcquire(context->LogLock, NULL);
    LogNow();
    WdfWaitLockRelease(context->LogLock);
}

/* Waits until the entry is on the disk. */
static VOID
LogNow(VOID)
{
    LARGE_INTEGER interval;

    interval.QuadPart = WDF_REL_TIMEOUT_IN_MS(LOG_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
}
