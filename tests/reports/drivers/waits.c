/* Locks, threads, timers and the hardware: one mistake for each control code. */
#include <ntddk.h>
#include <qsdevice.h>
#include <wdf.h>

#include "mistakes.h"

typedef enum _QUEUE_MISTAKE MISTAKE;

typedef struct _DRIVER_CONTEXT {
    WDFSPINLOCK Spin;
    WDFWAITLOCK First, Other;
    WDFTIMER Timer, Passive;
    WDFWORKITEM WorkItem;
    WDFOBJECT Plain;
    QSDEVICE Hardware;
    KEVENT Event;
    MISTAKE Mistake;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_STOP EvtIoStop;
EVT_WDF_TIMER EvtTimer;
EVT_WDF_TIMER EvtPassiveTimer;
EVT_WDF_WORKITEM EvtWorkItem;
static NTSTATUS CreateObjects(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context);
static KSTART_ROUTINE PollMain;

static PDRIVER_CONTEXT
Context(void)
{
    return GetContext(WdfGetDriver());
}

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    return WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_IO_QUEUE_CONFIG config;

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    GetContext(Driver)->Hardware = QsDeviceOpen(device);
    KeInitializeEvent(&GetContext(Driver)->Event, NotificationEvent, FALSE);
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    config.EvtIoStop = EvtIoStop;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    return NT_SUCCESS(status) ? CreateObjects(device, GetContext(Driver)) : status;
}

static NTSTATUS
CreateObjects(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context)
{
    NTSTATUS status;
    WDF_TIMER_CONFIG timer;
    WDF_WORKITEM_CONFIG item;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    WdfObjectCreate(&attributes, &Context->Plain);
    WdfWaitLockCreate(&attributes, &Context->First);
    WdfWaitLockCreate(&attributes, &Context->Other);
    status = WdfSpinLockCreate(&attributes, &Context->Spin);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WORKITEM_CONFIG_INIT(&item, EvtWorkItem);
    status = WdfWorkItemCreate(&item, &attributes, &Context->WorkItem);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtTimer);
    status = WdfTimerCreate(&timer, &attributes, &Context->Timer);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtPassiveTimer);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfTimerCreate(&timer, &attributes, &Context->Passive);
}

VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    WdfTimerStop(Timer, TRUE);
}

VOID
EvtPassiveTimer(_In_ WDFTIMER Timer)
{
    if (Context()->Mistake == TimerDeletesItself) {
        WdfObjectDelete(Timer);
    } else {
        QsChannelStart(Context()->Hardware, 0, NULL, 0, NULL);
    }
}

static VOID
Nap(_In_ LONG Milliseconds)
{
    LARGE_INTEGER time;

    time.QuadPart = -10000LL * Milliseconds;
    KeDelayExecutionThread(KernelMode, FALSE, &time);
}

VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    WdfWaitLockAcquire(Context()->Other, NULL);
    Nap(2);
    WdfWaitLockAcquire(Context()->First, NULL);
}

static VOID
PollMain(_In_ PVOID StartContext)
{
    UNREFERENCED_PARAMETER(StartContext);
    for (;;) {
        Nap(10);
    }
}

VOID
EvtIoStop(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ ULONG ActionFlags)
{
    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(ActionFlags);
    WdfRequestStopAcknowledge(Request, FALSE);
}

static VOID
UseWrongly(_In_ PDRIVER_CONTEXT Context, _In_ WDFREQUEST Request)
{
    HANDLE handle;
    volatile LONG* nowhere = NULL;

    switch (Context->Mistake) {
    case TimerStopsItself:
        WdfTimerStart(Context->Timer, WDF_REL_TIMEOUT_IN_MS(1));
        break;
    case TimerDeletesItself:
        WdfTimerStart(Context->Passive, WDF_REL_TIMEOUT_IN_MS(1));
        break;
    case StartedDeleted:
        WdfObjectReference(Context->Timer);
        WdfObjectDelete(Context->Timer);
        WdfTimerStart(Context->Timer, WDF_REL_TIMEOUT_IN_MS(1));
        WdfObjectDereference(Context->Timer);
        break;
    case ChannelInLowPower:
        WdfTimerStart(Context->Passive, WDF_REL_TIMEOUT_IN_MS(9));
        break;
    case Crashed:
        *nowhere = 1; /* reported */
        break;
    case NotSimulated:
        WdfRequestCreateFromIrp(WDF_NO_OBJECT_ATTRIBUTES, NULL, FALSE, &Request);
        break;
    case Endless:
        for (;;) {
        }
    case ChannelBusy:
        QsChannelStart(Context->Hardware, 0, Request, 5000, NULL);
        QsChannelStart(Context->Hardware, 0, Request, 5000, NULL);
        break;
    case ThreadLeft:
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, PollMain, NULL);
        ZwClose(handle);
        break;
    case WrongIrql:
        WdfSpinLockAcquire(Context->Spin);
        WdfWorkItemFlush(Context->WorkItem);
        WdfSpinLockRelease(Context->Spin);
        break;
    default:
        break;
    }
}

static VOID
LockWrongly(_In_ PDRIVER_CONTEXT Context, _In_ WDFQUEUE Queue)
{
    switch (Context->Mistake) {
    case LockedTwice:
        WdfObjectAcquireLock(Queue);
        WdfObjectAcquireLock(Queue);
        break;
    case LockOfNothing:
        WdfObjectAcquireLock(Context->Plain);
        break;
    case LockKept:
        WdfSpinLockAcquire(Context->Spin);
        break;
    case SpinLockTwice:
        WdfSpinLockAcquire(Context->Spin);
        WdfSpinLockAcquire(Context->Spin);
        break;
    case ReleasedUntaken:
        WdfSpinLockRelease(Context->Spin);
        break;
    case WaitedAtDispatch:
        WdfSpinLockAcquire(Context->Spin);
        KeWaitForSingleObject(&Context->Event, Executive, KernelMode, FALSE, NULL);
        WdfSpinLockRelease(Context->Spin);
        break;
    case NobodySets:
        KeWaitForSingleObject(&Context->Event, Executive, KernelMode, FALSE, NULL);
        break;
    case CrossedLocks:
        WdfWaitLockAcquire(Context->First, NULL);
        WdfWorkItemEnqueue(Context->WorkItem);
        Nap(1);
        WdfWaitLockAcquire(Context->Other, NULL);
        break;
    default:
        break;
    }
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    context->Mistake = (MISTAKE)(IoControlCode >> 2);
    UseWrongly(context, Request);
    LockWrongly(context, Queue);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
