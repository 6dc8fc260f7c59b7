/* A driver that takes orders: whoever watches the run decides what it does with each request.
 *
 * Each callback asks with QsAsk and makes the call that was chosen, on a line of its own. A request
 * that is still held when its callback has returned is served by the worker, a work item.
 *
 * It also asks which queues it is to create (queues.c): change them in the panel beside the stage.
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

#include "orders.h"
#include "queues.h"

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT EvtDeviceSelfManagedIoInit;
EVT_WDF_IO_IN_CALLER_CONTEXT EvtIoInCallerContext;
EVT_WDF_WORKITEM EvtWorkItem;

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
    WDF_FILEOBJECT_CONFIG fileConfig;
    WDF_PNPPOWER_EVENT_CALLBACKS powerCallbacks;
    WDF_WORKITEM_CONFIG workerConfig;
    QS_DEVICE_SETUP setup;

    UNREFERENCED_PARAMETER(Driver);

    QsDeviceSetup(&setup);
    if (setup.Filter) {
        WdfFdoInitSetFilter(DeviceInit);
    }
    if (setup.InCallerContext) {
        WdfDeviceInitSetIoInCallerContextCallback(DeviceInit, EvtIoInCallerContext);
    }

    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&powerCallbacks);
    powerCallbacks.EvtDeviceSelfManagedIoInit = EvtDeviceSelfManagedIoInit;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &powerCallbacks);

    /* File objects, so that requests can be looked for by the handle they came through. */
    WDF_FILEOBJECT_CONFIG_INIT(&fileConfig, WDF_NO_EVENT_CALLBACK, WDF_NO_EVENT_CALLBACK,
                               WDF_NO_EVENT_CALLBACK);
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &fileConfig, WDF_NO_OBJECT_ATTRIBUTES);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    attributes.SynchronizationScope = (WDF_SYNCHRONIZATION_SCOPE)setup.SynchronizationScope;
    attributes.ExecutionLevel = (WDF_EXECUTION_LEVEL)setup.ExecutionLevel;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_WORKITEM_CONFIG_INIT(&workerConfig, EvtWorkItem);
    workerConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    return WdfWorkItemCreate(&workerConfig, &attributes, &DeviceGetContext(device)->Worker);
}

/* The device works for the first time: from now on the worker waits for orders. */
NTSTATUS
EvtDeviceSelfManagedIoInit(_In_ WDFDEVICE Device)
{
    WdfWorkItemEnqueue(DeviceGetContext(Device)->Worker);
    return STATUS_SUCCESS;
}

/* ---- Callbacks of the queues: each asks ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    AskAbout(Queue, Request);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);
    AskAbout(Queue, Request);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    AskAbout(Queue, Request);
}

VOID
EvtIoInternalDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request,
                           _In_ size_t OutputBufferLength, _In_ size_t InputBufferLength,
                           _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    AskAbout(Queue, Request);
}

VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    UNREFERENCED_PARAMETER(ActionFlags);
    AskAbout(Queue, Request);
}

VOID
EvtIoResume(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    AskAbout(Queue, Request);
}

VOID
EvtIoCanceledOnQueue(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    AskAbout(Queue, Request);
}

VOID
EvtIoDefault(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    AskAbout(Queue, Request);
}

/* Called before any queue has seen the request, in the thread of who sent it. */
VOID
EvtIoInCallerContext(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    QS_ORDER order;

    while (QsAsk(NULL, Request, &order)) {
        if (CarryOutFor(Device, &order) && order.Request == Request) {
            return;
        }
    }
}

/* ---- The worker ---- */

/* Carrying out an order may call other callbacks on this thread, and they may wait for orders of
 * their own: the item is queued again first, so that somebody always listens. */
VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    QS_ORDER order;

    if (QsAsk(NULL, NULL, &order)) {
        WdfWorkItemEnqueue(WorkItem);
        CarryOutFor((WDFDEVICE)WdfWorkItemGetParentObject(WorkItem), &order);
    }
}
