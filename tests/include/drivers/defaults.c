/* What the INIT functions leave behind (O-06, O-11, T-09,
        S-02): DriverEntry returns the line of the first
 * wrong value, or 0. */
#include <ntddk.h>
#include <wdf.h>

#define EXPECT(e)                   \
    do {                            \
        if (!(e)) return __LINE__;  \
    } while (0)

EVT_WDF_TIMER EvtTimer;
EVT_WDF_DPC EvtDpc;
EVT_WDF_WORKITEM EvtWorkItem;
VOID EvtTimer(WDFTIMER Timer) { UNREFERENCED_PARAMETER(Timer); }
VOID EvtDpc(WDFDPC Dpc) { UNREFERENCED_PARAMETER(Dpc); }
VOID EvtWorkItem(WDFWORKITEM WorkItem) { UNREFERENCED_PARAMETER(WorkItem); }

static NTSTATUS Queues(VOID)
{
    static const WDF_IO_QUEUE_DISPATCH_TYPE types[] = {
        WdfIoQueueDispatchSequential, WdfIoQueueDispatchParallel, WdfIoQueueDispatchManual};
    WDF_IO_QUEUE_CONFIG config;
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy;

    for (ULONG i = 0; i < RTL_NUMBER_OF(types); i++) {
        for (BOOLEAN is_default = FALSE; is_default <= TRUE; is_default++) {
            RtlFillMemory(&config, sizeof(config), 0x55);
            if (is_default)
                WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, types[i]);
            else
                WDF_IO_QUEUE_CONFIG_INIT(&config, types[i]);
            EXPECT(config.Size == sizeof(config) && config.Size == 96);
            EXPECT(config.DispatchType == (LONG)types[i] && config.DispatchType == (LONG)i + 1);
            EXPECT(config.PowerManaged == WdfUseDefault && config.PowerManaged == 2);
            EXPECT(config.AllowZeroLengthRequests == FALSE);
            EXPECT(config.DefaultQueue == is_default);
            EXPECT(config.EvtIoDefault == NULL && config.EvtIoCanceledOnQueue == NULL);
            EXPECT(config.Settings.Parallel.NumberOfPresentedRequests ==
                   (types[i] == WdfIoQueueDispatchParallel ? (ULONG)-1 : 0));
            EXPECT(config.Driver == NULL);
        }
    }
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_DEFAULT_INIT(&policy, 3);
    EXPECT(policy.TotalForwardProgressRequests == 3 && policy.ForwardProgressReservedPolicy == 1);
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_EXAMINE_INIT(&policy, 3, NULL);
    EXPECT(policy.ForwardProgressReservedPolicy == 2);
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_PAGINGIO_INIT(&policy, 3);
    EXPECT(policy.ForwardProgressReservedPolicy == 3 && policy.Size == sizeof(policy));
    return 0;
}

static NTSTATUS States(VOID)
{
    EXPECT(WDF_IO_QUEUE_IDLE(WdfIoQueueNoRequests | WdfIoQueueDriverNoRequests));
    EXPECT(!WDF_IO_QUEUE_IDLE(WdfIoQueueNoRequests));
    EXPECT(WDF_IO_QUEUE_READY(WdfIoQueueAcceptRequests | WdfIoQueueDispatchRequests));
    EXPECT(!WDF_IO_QUEUE_READY(WdfIoQueueAcceptRequests | WdfIoQueueDispatchRequests |
            WdfIoQueuePnpHeld));
    EXPECT(WDF_IO_QUEUE_STOPPED(WdfIoQueueAcceptRequests | WdfIoQueueDriverNoRequests));
    EXPECT(!WDF_IO_QUEUE_STOPPED(WdfIoQueueAcceptRequests));
    EXPECT(WDF_IO_QUEUE_DRAINED(WdfIoQueueDispatchRequests | WdfIoQueueNoRequests |
            WdfIoQueueDriverNoRequests));
    EXPECT(!WDF_IO_QUEUE_DRAINED(WdfIoQueueNoRequests | WdfIoQueueDriverNoRequests));
    EXPECT(WDF_IO_QUEUE_PURGED(WdfIoQueueNoRequests | WdfIoQueueDriverNoRequests));
    EXPECT(!WDF_IO_QUEUE_PURGED(WdfIoQueueAcceptRequests | WdfIoQueueNoRequests |
            WdfIoQueueDriverNoRequests));
    return 0;
}

static NTSTATUS Others(VOID)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG timer;
    WDF_DPC_CONFIG dpc;
    WDF_WORKITEM_CONFIG work;
    WDF_FILEOBJECT_CONFIG files;
    WDF_REQUEST_SEND_OPTIONS options;
    WDF_REQUEST_COMPLETION_PARAMS completion;
    WDF_REQUEST_FORWARD_OPTIONS forward;
    WDF_REQUEST_PARAMETERS parameters;
    WDF_IO_TARGET_OPEN_PARAMS open;
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS idle;
    WDF_MEMORY_DESCRIPTOR memory;
    DECLARE_CONST_UNICODE_STRING(name, L"\\Device\\Other");

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    EXPECT(attributes.ExecutionLevel == WdfExecutionLevelInheritFromParent &&
            attributes.Size == 56);
    EXPECT(attributes.SynchronizationScope == WdfSynchronizationScopeInheritFromParent);
    WDF_TIMER_CONFIG_INIT(&timer, EvtTimer);
    EXPECT(timer.AutomaticSerialization == TRUE && timer.Period == 0 &&
            timer.EvtTimerFunc == EvtTimer);
    WDF_TIMER_CONFIG_INIT_PERIODIC(&timer, EvtTimer, 50);
    EXPECT(timer.AutomaticSerialization == TRUE && timer.Period == 50);
    WDF_DPC_CONFIG_INIT(&dpc, EvtDpc);
    EXPECT(dpc.AutomaticSerialization == TRUE && dpc.EvtDpcFunc == EvtDpc);
    WDF_WORKITEM_CONFIG_INIT(&work, EvtWorkItem);
    EXPECT(work.AutomaticSerialization == TRUE && work.EvtWorkItemFunc == EvtWorkItem);
    WDF_FILEOBJECT_CONFIG_INIT(&files, NULL, NULL, NULL);
    EXPECT(files.AutoForwardCleanupClose == WdfUseDefault && files.FileObjectClass == 4);
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SYNCHRONOUS);
    WDF_REQUEST_SEND_OPTIONS_SET_TIMEOUT(&options, WDF_REL_TIMEOUT_IN_MS(5));
    EXPECT(options.Flags == 3 && options.Timeout == -50000 && options.Size == 16);
    WDF_REQUEST_COMPLETION_PARAMS_INIT(&completion);
    EXPECT(completion.Type == WdfRequestTypeNoFormat);
    WDF_REQUEST_FORWARD_OPTIONS_INIT(&forward);
    EXPECT(forward.Flags == 1);
    WDF_REQUEST_PARAMETERS_INIT(&parameters);
    EXPECT(parameters.Size == 40);
    WDF_IO_TARGET_OPEN_PARAMS_INIT_OPEN_BY_NAME(&open, &name, GENERIC_READ);
    EXPECT(open.Type == WdfIoTargetOpenByName && open.CreateDisposition == FILE_OPEN);
    EXPECT(open.CreateOptions == FILE_NON_DIRECTORY_FILE && open.TargetDeviceName.Length == 26);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&idle, IdleCannotWakeFromS0);
    EXPECT(idle.DxState == PowerDeviceD3 && idle.Enabled == WdfUseDefault && idle.IdleTimeout == 0);
    WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(&idle, IdleCanWakeFromS0);
    EXPECT(idle.DxState == PowerDeviceMaximum);
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&memory, &idle, 7);
    EXPECT(memory.Type == WdfMemoryDescriptorTypeBuffer && memory.u.BufferType.Length == 7);
    EXPECT(WDF_REL_TIMEOUT_IN_SEC(1) == -10000000 && WDF_ABS_TIMEOUT_IN_US(3) == 30);
    return 0;
}

DRIVER_INITIALIZE DriverEntry;
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS wrong = Queues();
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    if (wrong == 0) wrong = States();
    if (wrong == 0) wrong = Others();
    return wrong;
}
