/* A log: each write is kept by a work item of its own.
 *
 *   default   parallel   writes
 */
#include <ntddk.h>
#include <wdf.h>

typedef struct _ITEM_CONTEXT {
    WDFREQUEST Request;
    size_t Length;
} ITEM_CONTEXT, *PITEM_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(ITEM_CONTEXT, ItemGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_WORKITEM EvtKeepWrite;

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

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoWrite = EvtIoWrite;
    /* No EvtIoStop: a write is kept at once, and power-down waits for it (lesson 6.2). */
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    WDFWORKITEM item;
    WDF_WORKITEM_CONFIG itemConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_WORKITEM_CONFIG_INIT(&itemConfig, EvtKeepWrite);
    itemConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, ITEM_CONTEXT);
    attributes.ParentObject = WdfIoQueueGetDevice(Queue);
    status = WdfWorkItemCreate(&itemConfig, &attributes, &item);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    ItemGetContext(item)->Request = Request;
    ItemGetContext(item)->Length = Length;
    WdfWorkItemEnqueue(item);
}

VOID
EvtKeepWrite(_In_ WDFWORKITEM WorkItem)
{
    PITEM_CONTEXT context = ItemGetContext(WorkItem);

    WdfRequestCompleteWithInformation(context->Request, STATUS_SUCCESS, context->Length);
    WdfObjectDelete(WorkItem);
}
