/* Creates the queues that were asked for. What is not allowed is tried all the same: the status
 * that the framework returns ends the set-up of the device.
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>

#include "orders.h"
#include "queues.h"

static VOID SetHandlers(_Inout_ PWDF_IO_QUEUE_CONFIG Config, _In_ ULONG Handlers);
static NTSTATUS ConfigureRoutes(_In_ WDFDEVICE Device, _In_ WDFQUEUE Queue, _In_ ULONG Routes);

NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    QS_QUEUE_SETUP setup;

    while (QsNextQueue(Device, &setup)) {
        if (setup.DefaultQueue) {
            WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(
                &config, (WDF_IO_QUEUE_DISPATCH_TYPE)setup.DispatchType);
        } else {
            WDF_IO_QUEUE_CONFIG_INIT(&config, (WDF_IO_QUEUE_DISPATCH_TYPE)setup.DispatchType);
        }
        config.Settings.Parallel.NumberOfPresentedRequests = setup.NumberOfPresentedRequests;
        config.AllowZeroLengthRequests = setup.AllowZeroLengthRequests;
        config.PowerManaged = (WDF_TRI_STATE)setup.PowerManaged;
        SetHandlers(&config, setup.Handlers);

        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.SynchronizationScope = (WDF_SYNCHRONIZATION_SCOPE)setup.SynchronizationScope;
        attributes.ExecutionLevel = (WDF_EXECUTION_LEVEL)setup.ExecutionLevel;

        status = WdfIoQueueCreate(Device, &config, &attributes, &queue);
        if (!NT_SUCCESS(status)) {
            return status;
        }
        status = ConfigureRoutes(Device, queue, setup.Routes);
        if (!NT_SUCCESS(status)) {
            return status;
        }
    }
    return STATUS_SUCCESS;
}

static VOID
SetHandlers(_Inout_ PWDF_IO_QUEUE_CONFIG Config, _In_ ULONG Handlers)
{
    if (Handlers & QsHandlerRead) {
        Config->EvtIoRead = EvtIoRead;
    }
    if (Handlers & QsHandlerWrite) {
        Config->EvtIoWrite = EvtIoWrite;
    }
    if (Handlers & QsHandlerDeviceControl) {
        Config->EvtIoDeviceControl = EvtIoDeviceControl;
    }
    if (Handlers & QsHandlerInternalDeviceControl) {
        Config->EvtIoInternalDeviceControl = EvtIoInternalDeviceControl;
    }
    if (Handlers & QsHandlerDefault) {
        Config->EvtIoDefault = EvtIoDefault;
    }
    if (Handlers & QsHandlerStop) {
        Config->EvtIoStop = EvtIoStop;
    }
    if (Handlers & QsHandlerResume) {
        Config->EvtIoResume = EvtIoResume;
    }
    if (Handlers & QsHandlerCanceledOnQueue) {
        Config->EvtIoCanceledOnQueue = EvtIoCanceledOnQueue;
    }
}

static NTSTATUS
ConfigureRoutes(_In_ WDFDEVICE Device, _In_ WDFQUEUE Queue, _In_ ULONG Routes)
{
    static const struct {
        ULONG Bit;
        WDF_REQUEST_TYPE Type;
    } types[] = {
        {QsRouteCreate, WdfRequestTypeCreate},
        {QsRouteRead, WdfRequestTypeRead},
        {QsRouteWrite, WdfRequestTypeWrite},
        {QsRouteDeviceControl, WdfRequestTypeDeviceControl},
        {QsRouteDeviceControlInternal, WdfRequestTypeDeviceControlInternal},
    };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < ARRAYSIZE(types) && NT_SUCCESS(status); i++) {
        if (Routes & types[i].Bit) {
            status = WdfDeviceConfigureRequestDispatching(Device, Queue, types[i].Type);
        }
    }
    return status;
}
