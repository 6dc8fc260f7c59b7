/* One mistake for each control code: a thread that waits for what never comes. Reads wait in a
 * manual queue until a write takes the oldest of them out. */
#include <ntddk.h>
#include <wdf.h>

typedef enum _MISTAKE {
    EventNeverSet = 1,
    LockLeftTaken,
    TimerWantsLock,
    WorkItemWantsLock,
    WorkItemWaits,
    QueueDeleted,
    QueueStopped,
    SendToStopped,
    OwnThread,
    ThreadWaits,
    TwoThreads,
    ThreeWaits,
    AnyNeverSet,
    AllNeverSet,
    WaitWithLimit,
    LocksCrossed,
    HandleForObject,
    WorkerLeft = 32,
    PollerLeft,
    WorkerToldOnly,
    WorkerJoined,
    WorkerKept,
    WorkerReturns
} MISTAKE;

typedef struct _DRIVER_CONTEXT {
    MISTAKE Mistake;
    WDFQUEUE Waiting, Second;
    WDFIOTARGET Target;
    WDFWAITLOCK Lock, Other;
    WDFTIMER Timer;
    WDFWORKITEM WorkItem;
    WDFREQUEST Held;
    KEVENT Event, Started;
    HANDLE Handle;
    PVOID Thread, SecondThread;
    BOOLEAN End;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DRIVER_UNLOAD EvtDriverUnload;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtSecondControl;
EVT_WDF_TIMER EvtTimer;
EVT_WDF_WORKITEM EvtWorkItem;
static NTSTATUS CreateQueues(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context);
static NTSTATUS CreateObjects(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context);
static KSTART_ROUTINE WorkerMain, JoinMain, FlushMain, PollMain, ShortMain;

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
    config.EvtDriverUnload = EvtDriverUnload;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    return WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = CreateQueues(device, GetContext(Driver));
    return NT_SUCCESS(status) ? CreateObjects(device, GetContext(Driver)) : status;
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoWrite = EvtIoWrite;
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    config.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &Context->Waiting);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtSecondControl;
    return WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, &Context->Second);
}

static NTSTATUS
CreateObjects(_In_ WDFDEVICE Device, _In_ PDRIVER_CONTEXT Context)
{
    NTSTATUS status;
    WDF_TIMER_CONFIG timer;
    WDF_WORKITEM_CONFIG item;
    WDF_OBJECT_ATTRIBUTES attributes;

    Context->Target = WdfDeviceGetIoTarget(Device);
    KeInitializeEvent(&Context->Event, SynchronizationEvent, FALSE);
    KeInitializeEvent(&Context->Started, NotificationEvent, FALSE);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfWaitLockCreate(&attributes, &Context->Lock);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = WdfWaitLockCreate(&attributes, &Context->Other);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_WORKITEM_CONFIG_INIT(&item, EvtWorkItem);
    status = WdfWorkItemCreate(&item, &attributes, &Context->WorkItem);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timer, EvtTimer);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfTimerCreate(&timer, &attributes, &Context->Timer);
}

VOID
EvtDriverUnload(_In_ WDFDRIVER Driver)
{
    PDRIVER_CONTEXT context = GetContext(Driver);

    if (context->Mistake == WorkerToldOnly || context->Mistake >= WorkerJoined) {
        context->End = TRUE;
        KeSetEvent(&context->Event, IO_NO_INCREMENT, FALSE);
    }
    if (context->Mistake >= WorkerJoined) {
        KeWaitForSingleObject(context->Thread, Executive, KernelMode, FALSE, NULL);
    }
    if (context->Mistake == WorkerJoined || context->Mistake == WorkerReturns) {
        ObDereferenceObject(context->Thread);
        ZwClose(context->Handle);
    }
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(Length);
    status = WdfRequestForwardToIoQueue(Request, Context()->Waiting);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    WDFREQUEST oldest;

    UNREFERENCED_PARAMETER(Queue);
    if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(Context()->Waiting, &oldest))) {
        WdfRequestCompleteWithInformation(oldest, STATUS_SUCCESS, 16);
    }
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

static PVOID
StartWorker(_In_ PDRIVER_CONTEXT Context)
{
    PVOID thread = NULL;

    if (NT_SUCCESS(PsCreateSystemThread(&Context->Handle, THREAD_ALL_ACCESS, NULL, NULL, NULL,
                                        WorkerMain, Context))) {
        ObReferenceObjectByHandle(Context->Handle, THREAD_ALL_ACCESS, *PsThreadType, KernelMode,
                                  &thread, NULL);
    }
    return thread;
}

static VOID
Nap(_In_ LONG Milliseconds)
{
    LARGE_INTEGER time;

    time.QuadPart = -10000LL * Milliseconds;
    KeDelayExecutionThread(KernelMode, FALSE, &time);
}

static VOID
WaitForever(_In_ PVOID Object)
{
    KeWaitForSingleObject(Object, Executive, KernelMode, FALSE, NULL);
}

/* Threads among themselves. */
static VOID
JoinThreads(_In_ PDRIVER_CONTEXT Context)
{
    HANDLE handle;

    if (Context->Mistake == TwoThreads || Context->Mistake == OwnThread) {
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, JoinMain, Context);
    } else {
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, FlushMain, Context);
    }
    ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, *PsThreadType, KernelMode,
                              &Context->Thread, NULL);
    ZwClose(handle);
    if (Context->Mistake == TwoThreads) {
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, JoinMain, Context);
        ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, *PsThreadType, KernelMode,
                                  &Context->SecondThread, NULL);
        ZwClose(handle);
    }
}

static VOID
JoinMain(_In_ PVOID StartContext)
{
    PDRIVER_CONTEXT context = (PDRIVER_CONTEXT)StartContext;
    PVOID me = PsGetCurrentThread();

    WaitForever(context->Mistake == OwnThread || me != context->Thread ? context->Thread
                                                                       : context->SecondThread);
}

static VOID
FlushMain(_In_ PVOID StartContext)
{
    WdfWorkItemFlush(((PDRIVER_CONTEXT)StartContext)->WorkItem);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID
WorkerMain(_In_ PVOID StartContext)
{
    PDRIVER_CONTEXT context = (PDRIVER_CONTEXT)StartContext;

    KeSetEvent(&context->Started, IO_NO_INCREMENT, FALSE);
    while (!context->End) {
        WaitForever(&context->Event);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID
PollMain(_In_ PVOID StartContext)
{
    while (!((PDRIVER_CONTEXT)StartContext)->End) {
        Nap(10);
    }
}

static VOID
ShortMain(_In_ PVOID StartContext)
{
    UNREFERENCED_PARAMETER(StartContext);
}

VOID
EvtTimer(_In_ WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    WdfWaitLockAcquire(Context()->Lock, NULL);
    WdfWaitLockRelease(Context()->Lock);
}

VOID
EvtWorkItem(_In_ WDFWORKITEM WorkItem)
{
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(WorkItem);
    if (context->Mistake == WorkItemWaits) {
        WaitForever(&context->Event);
    } else if (context->Mistake == LocksCrossed) {
        WdfWaitLockAcquire(context->Other, NULL);
        Nap(2);
        WdfWaitLockAcquire(context->Lock, NULL);
    } else {
        WdfWaitLockAcquire(context->Lock, NULL);
        WdfWaitLockRelease(context->Lock);
    }
}

VOID
EvtSecondControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                 _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    Context()->Held = Request;
    if (Context()->Mistake == QueueStopped) {
        WdfIoQueueStopSynchronously(Queue);
    }
}

/* Mistakes about queues and targets: true when one of them is meant. */
static BOOLEAN
IsAboutQueues(_In_ PDRIVER_CONTEXT Context, _In_ WDFREQUEST Request)
{
    switch (Context->Mistake) {
    case QueueDeleted:
        if (Context->Held == NULL) {
            WdfRequestForwardToIoQueue(Request, Context->Second);
            return TRUE;
        }
        WdfObjectDelete(Context->Second);
        break;
    case QueueStopped:
        WdfRequestForwardToIoQueue(Request, Context->Second);
        return TRUE;
    case SendToStopped:
        WdfIoTargetStop(Context->Target, WdfIoTargetLeaveSentIoPending);
        WdfIoTargetSendIoctlSynchronously(Context->Target, NULL, 0x222000, NULL, NULL, NULL, NULL);
        break;
    default:
        return FALSE;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
    return TRUE;
}

/* Mistakes about locks, timers and work items. */
static VOID
WaitWithLock(_In_ PDRIVER_CONTEXT Context)
{
    switch (Context->Mistake) {
    case LockLeftTaken:
        WdfWaitLockAcquire(Context->Lock, NULL); /* and never given back */
        break;
    case TimerWantsLock:
        WdfWaitLockAcquire(Context->Lock, NULL);
        WdfTimerStart(Context->Timer, WDF_REL_TIMEOUT_IN_MS(1));
        Nap(3);
        WdfTimerStop(Context->Timer, TRUE);
        break;
    case WorkItemWantsLock:
        WdfWaitLockAcquire(Context->Lock, NULL);
        WdfWorkItemEnqueue(Context->WorkItem);
        WdfWorkItemFlush(Context->WorkItem);
        break;
    case WorkItemWaits:
        WdfWorkItemEnqueue(Context->WorkItem);
        WdfWorkItemFlush(Context->WorkItem);
        break;
    case LocksCrossed:
        WdfWaitLockAcquire(Context->Lock, NULL);
        WdfWorkItemEnqueue(Context->WorkItem);
        Nap(1);
        WdfWaitLockAcquire(Context->Other, NULL);
        break;
    case ThreeWaits:
        WdfWaitLockAcquire(Context->Lock, NULL);
        WdfWorkItemEnqueue(Context->WorkItem);
        JoinThreads(Context);
        WaitForever(Context->Thread);
        break;
    default:
        break;
    }
}

static VOID
WaitForSeveral(_In_ PDRIVER_CONTEXT Context)
{
    PVOID objects[2] = {&Context->Event, &Context->Started};
    LARGE_INTEGER limit;

    limit.QuadPart = -10000LL * 5;
    if (Context->Mistake == AnyNeverSet) {
        KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
    } else if (Context->Mistake == AllNeverSet) {
        KeSetEvent(&Context->Event, IO_NO_INCREMENT, FALSE);
        KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, NULL, NULL);
    } else if (KeWaitForMultipleObjects(2, objects, WaitAll, Executive, KernelMode, FALSE, &limit,
                                        NULL) != STATUS_TIMEOUT) {
        KeBugCheck(1);
    }
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    HANDLE handle;
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    context->Mistake = (MISTAKE)(IoControlCode >> 2);
    if (IsAboutQueues(context, Request)) {
        return;
    }
    switch (context->Mistake) {
    case EventNeverSet:
        WaitForever(&context->Event);
        break;
    case AnyNeverSet:
    case AllNeverSet:
    case WaitWithLimit:
        WaitForSeveral(context);
        break;
    case OwnThread:
    case TwoThreads:
        JoinThreads(context);
        break;
    case ThreadWaits:
        context->Thread = StartWorker(context);
        WaitForever(context->Thread);
        break;
    case HandleForObject:
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, ShortMain, context);
        WaitForever(handle);
        break;
    case PollerLeft:
        PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, PollMain, context);
        ZwClose(handle);
        break;
    case WorkerReturns:
        context->End = TRUE;
        context->Thread = StartWorker(context);
        break;
    case WorkerLeft:
    case WorkerToldOnly:
    case WorkerJoined:
    case WorkerKept:
        context->Thread = StartWorker(context);
        WaitForever(&context->Started);
        break;
    default:
        WaitWithLock(context);
        break;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
