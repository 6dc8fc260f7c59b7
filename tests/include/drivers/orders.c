/* How a sandbox driver takes orders: compiles, and each verb is at hand. */
#include <ntddk.h>
#include <wdf.h>
#include <qsask.h>
#include <qsdevice.h>

EVT_WDF_IO_QUEUE_IO_DEFAULT EvtIoDefault;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_DPC EvtDpc;

VOID EvtRequestCancel(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

VOID EvtIoDefault(WDFQUEUE Queue, WDFREQUEST Request)
{
    QS_ORDER order;
    while (QsAsk(Queue, Request, &order)) {
        switch (order.Verb) {
        case QsOrderComplete:
            WdfRequestComplete(order.Request, order.Status);
            break;
        case QsOrderForward:
            QsAskResult(&order, WdfRequestForwardToIoQueue(order.Request, order.Queue), 0);
            break;
        case QsOrderMarkCancelable:
            WdfRequestMarkCancelable(order.Request, EvtRequestCancel);
            break;
        default:
            break;
        }
    }
}

VOID EvtDpc(WDFDPC Dpc)
{
    QSDEVICE hardware = QsDeviceOpen(WdfDpcGetParentObject(Dpc));
    ULONG channel, value;
    PVOID context;
    while (QsChannelTakeFinished(hardware, &channel, &context))
        WdfRequestComplete((WDFREQUEST)context, STATUS_SUCCESS);
    while (QsEventTake(hardware, QS_EVENT_BUTTON, &value)) {
        if (QsChannelIsFree(hardware, 0))
            (VOID)QsChannelStart(hardware, 0, NULL, 4000, Dpc);
        else if (!QsChannelCancel(hardware, 0))
            QsDeviceReset(hardware);
    }
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    EvtIoDefault(NULL, NULL);
    EvtDpc(NULL);
    return STATUS_SUCCESS;
}
