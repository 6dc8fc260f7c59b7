/* Devices: creation, names, I/O types, Plug and Play and power callbacks. Included by wdf.h. */
#ifndef QS_WDFDEVICE_H
#define QS_WDFDEVICE_H

#include "wdftypes.h"

typedef LONG WDF_DEVICE_PNP_STATE, WDF_DEVICE_POWER_STATE, WDF_DEVICE_POWER_POLICY_STATE;
#define IdleTimeoutDefaultValue ((ULONG)0)
#define IdleTimeoutDefaultConstant 0
typedef const struct _WDF_DEVICE_PNP_NOTIFICATION_DATA* PCWDF_DEVICE_PNP_NOTIFICATION_DATA;
typedef const struct _WDF_DEVICE_POWER_NOTIFICATION_DATA* PCWDF_DEVICE_POWER_NOTIFICATION_DATA;
typedef const struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA*
    PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA;

QS_TYPE(WDF_POWER_POLICY_S0_IDLE_CAPABILITIES);
#define IdleCapsInvalid qs_IdleCapsInvalid
#define IdleCannotWakeFromS0 qs_IdleCannotWakeFromS0
#define IdleCanWakeFromS0 qs_IdleCanWakeFromS0
#define IdleUsbSelectiveSuspend qs_IdleUsbSelectiveSuspend

QS_TYPE(WDF_POWER_POLICY_S0_IDLE_USER_CONTROL);
#define IdleUserControlInvalid qs_IdleUserControlInvalid
#define IdleDoNotAllowUserControl qs_IdleDoNotAllowUserControl
#define IdleAllowUserControl qs_IdleAllowUserControl

QS_TYPE(WDF_POWER_POLICY_SX_WAKE_USER_CONTROL);
#define WakeUserControlInvalid qs_WakeUserControlInvalid
#define WakeDoNotAllowUserControl qs_WakeDoNotAllowUserControl
#define WakeAllowUserControl qs_WakeAllowUserControl

QS_TYPE(WDF_POWER_DEVICE_STATE);
#define WdfPowerDeviceInvalid qs_WdfPowerDeviceInvalid
#define WdfPowerDeviceD0 qs_WdfPowerDeviceD0
#define WdfPowerDeviceD1 qs_WdfPowerDeviceD1
#define WdfPowerDeviceD2 qs_WdfPowerDeviceD2
#define WdfPowerDeviceD3 qs_WdfPowerDeviceD3
#define WdfPowerDeviceD3Final qs_WdfPowerDeviceD3Final
#define WdfPowerDevicePrepareForHibernation qs_WdfPowerDevicePrepareForHibernation
#define WdfPowerDeviceMaximum qs_WdfPowerDeviceMaximum

QS_TYPE(WDF_SPECIAL_FILE_TYPE);
#define WdfSpecialFileUndefined qs_WdfSpecialFileUndefined
#define WdfSpecialFilePaging qs_WdfSpecialFilePaging
#define WdfSpecialFileHibernation qs_WdfSpecialFileHibernation
#define WdfSpecialFileDump qs_WdfSpecialFileDump
#define WdfSpecialFileBoot qs_WdfSpecialFileBoot
#define WdfSpecialFilePostDisplay qs_WdfSpecialFilePostDisplay
#define WdfSpecialFileGuestAssigned qs_WdfSpecialFileGuestAssigned
#define WdfSpecialFileMax qs_WdfSpecialFileMax

QS_TYPE(WDF_DEVICE_IO_TYPE);
#define WdfDeviceIoUndefined qs_WdfDeviceIoUndefined
#define WdfDeviceIoNeither qs_WdfDeviceIoNeither
#define WdfDeviceIoBuffered qs_WdfDeviceIoBuffered
#define WdfDeviceIoDirect qs_WdfDeviceIoDirect
#define WdfDeviceIoBufferedOrDirect qs_WdfDeviceIoBufferedOrDirect
#define WdfDeviceIoMaximum qs_WdfDeviceIoMaximum

QS_TYPE(WDF_FILEOBJECT_CLASS);
#define WdfFileObjectInvalid qs_WdfFileObjectInvalid
#define WdfFileObjectNotRequired qs_WdfFileObjectNotRequired
#define WdfFileObjectWdfCanUseFsContext qs_WdfFileObjectWdfCanUseFsContext
#define WdfFileObjectWdfCanUseFsContext2 qs_WdfFileObjectWdfCanUseFsContext2
#define WdfFileObjectWdfCannotUseFsContexts qs_WdfFileObjectWdfCannotUseFsContexts
#define WdfFileObjectCanBeOptional qs_WdfFileObjectCanBeOptional

QS_TYPE(WDF_DEVICE_FAILED_ACTION);
#define WdfDeviceFailedUndefined qs_WdfDeviceFailedUndefined
#define WdfDeviceFailedAttemptRestart qs_WdfDeviceFailedAttemptRestart
#define WdfDeviceFailedNoRestart qs_WdfDeviceFailedNoRestart

QS_TYPE(WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE);
#define DriverManagedIdleTimeout qs_DriverManagedIdleTimeout
#define SystemManagedIdleTimeout qs_SystemManagedIdleTimeout
#define SystemManagedIdleTimeoutWithHint qs_SystemManagedIdleTimeoutWithHint

typedef enum _WDF_STATE_NOTIFICATION_TYPE {
    StateNotificationInvalid = 0x0000, StateNotificationEnterState = 0x0001,
    StateNotificationPostProcessState = 0x0002, StateNotificationLeaveState = 0x0004,
    StateNotificationAllStates = StateNotificationEnterState | StateNotificationPostProcessState |
        StateNotificationLeaveState,
} WDF_STATE_NOTIFICATION_TYPE;

typedef enum _WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS {
    WDF_DISPATCH_IRP_TO_IO_QUEUE_NO_FLAGS = 0x00000000,
    WDF_DISPATCH_IRP_TO_IO_QUEUE_INVOKE_INCALLERCTX_CALLBACK = 0x00000001,
    WDF_DISPATCH_IRP_TO_IO_QUEUE_PREPROCESSED_IRP = 0x00000002,
} WDF_DISPATCH_IRP_TO_IO_QUEUE_FLAGS;

typedef enum _WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE {
    WdfReleaseHardwareOrderOnFailureInvalid = 0, WdfReleaseHardwareOrderOnFailureEarly,
    WdfReleaseHardwareOrderOnFailureAfterDescendants,
} WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE, *PWDF_RELEASE_HARDWARE_ORDER_ON_FAILURE;

typedef enum _WDF_REMOVE_LOCK_OPTIONS_FLAGS {
    WDF_REMOVE_LOCK_OPTION_ACQUIRE_FOR_IO = 0x00000001,
} WDF_REMOVE_LOCK_OPTIONS_FLAGS;

QS_TYPE(WDF_FILEOBJECT_CONFIG);
QS_TYPE(WDF_PNPPOWER_EVENT_CALLBACKS);
QS_TYPE(WDF_POWER_POLICY_EVENT_CALLBACKS);
QS_TYPE(WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS);
QS_TYPE(WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS);
QS_TYPE(WDF_DEVICE_STATE);
QS_TYPE(WDF_DEVICE_PNP_CAPABILITIES);
QS_TYPE(WDF_DEVICE_POWER_CAPABILITIES);
QS_TYPE(WDF_REMOVE_LOCK_OPTIONS);
QS_TYPE(WDF_IO_TYPE_CONFIG);

QS_CALLBACK(WDF_DEVICE_FILE_CREATE);
QS_CALLBACK(WDF_FILE_CLOSE);
QS_CALLBACK(WDF_FILE_CLEANUP);
QS_CALLBACK(WDF_DEVICE_D0_ENTRY);
QS_CALLBACK(WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED);
QS_CALLBACK(WDF_DEVICE_D0_EXIT);
QS_CALLBACK(WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED);
QS_CALLBACK(WDF_DEVICE_PREPARE_HARDWARE);
QS_CALLBACK(WDF_DEVICE_RELEASE_HARDWARE);
QS_CALLBACK(WDF_DEVICE_SELF_MANAGED_IO_CLEANUP);
QS_CALLBACK(WDF_DEVICE_SELF_MANAGED_IO_FLUSH);
QS_CALLBACK(WDF_DEVICE_SELF_MANAGED_IO_INIT);
QS_CALLBACK(WDF_DEVICE_SELF_MANAGED_IO_SUSPEND);
QS_CALLBACK(WDF_DEVICE_SELF_MANAGED_IO_RESTART);
QS_CALLBACK(WDF_DEVICE_QUERY_STOP);
QS_CALLBACK(WDF_DEVICE_QUERY_REMOVE);
QS_CALLBACK(WDF_DEVICE_SURPRISE_REMOVAL);
QS_CALLBACK(WDF_DEVICE_USAGE_NOTIFICATION);
QS_CALLBACK(WDF_DEVICE_USAGE_NOTIFICATION_EX);
QS_CALLBACK(WDF_DEVICE_RELATIONS_QUERY);
QS_CALLBACK(WDF_DEVICE_ARM_WAKE_FROM_S0);
QS_CALLBACK(WDF_DEVICE_ARM_WAKE_FROM_SX);
QS_CALLBACK(WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON);
QS_CALLBACK(WDF_DEVICE_DISARM_WAKE_FROM_S0);
QS_CALLBACK(WDF_DEVICE_DISARM_WAKE_FROM_SX);
QS_CALLBACK(WDF_DEVICE_WAKE_FROM_S0_TRIGGERED);
QS_CALLBACK(WDF_DEVICE_WAKE_FROM_SX_TRIGGERED);
QS_CALLBACK(WDF_IO_IN_CALLER_CONTEXT);

typedef struct _WDF_DEVICE_PNP_NOTIFICATION_DATA {
    WDF_STATE_NOTIFICATION_TYPE Type;
    union {
        struct {
            WDF_DEVICE_PNP_STATE CurrentState;
            WDF_DEVICE_PNP_STATE NewState;
        } EnterState;
        struct {
            WDF_DEVICE_PNP_STATE CurrentState;
        } PostProcessState;
        struct {
            WDF_DEVICE_PNP_STATE CurrentState;
            WDF_DEVICE_PNP_STATE NewState;
        } LeaveState;
    } Data;
} WDF_DEVICE_PNP_NOTIFICATION_DATA;

typedef struct _WDF_DEVICE_POWER_NOTIFICATION_DATA {
    WDF_STATE_NOTIFICATION_TYPE Type;
    union {
        struct {
            WDF_DEVICE_POWER_STATE CurrentState;
            WDF_DEVICE_POWER_STATE NewState;
        } EnterState;
        struct {
            WDF_DEVICE_POWER_STATE CurrentState;
        } PostProcessState;
        struct {
            WDF_DEVICE_POWER_STATE CurrentState;
            WDF_DEVICE_POWER_STATE NewState;
        } LeaveState;
    } Data;
} WDF_DEVICE_POWER_NOTIFICATION_DATA;

typedef struct _WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA {
    WDF_STATE_NOTIFICATION_TYPE Type;
    union {
        struct {
            WDF_DEVICE_POWER_POLICY_STATE CurrentState;
            WDF_DEVICE_POWER_POLICY_STATE NewState;
        } EnterState;
        struct {
            WDF_DEVICE_POWER_POLICY_STATE CurrentState;
        } PostProcessState;
        struct {
            WDF_DEVICE_POWER_POLICY_STATE CurrentState;
            WDF_DEVICE_POWER_POLICY_STATE NewState;
        } LeaveState;
    } Data;
} WDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA;

typedef struct _WDF_DEVICE_PROPERTY_DATA {
    ULONG Size;
    const DEVPROPKEY* PropertyKey;
    LCID Lcid;
    ULONG Flags;
} WDF_DEVICE_PROPERTY_DATA, *PWDF_DEVICE_PROPERTY_DATA;

typedef VOID EVT_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION(WDFDEVICE Device,
        PCWDF_DEVICE_PNP_NOTIFICATION_DATA NotificationData);
typedef EVT_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION* PFN_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION;
typedef VOID EVT_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION(WDFDEVICE Device,
        PCWDF_DEVICE_POWER_NOTIFICATION_DATA NotificationData);
typedef EVT_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION*
    PFN_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION;
typedef VOID EVT_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION(WDFDEVICE Device,
        PCWDF_DEVICE_POWER_POLICY_NOTIFICATION_DATA NotificationData);
typedef EVT_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION*
    PFN_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION;
typedef NTSTATUS EVT_WDF_DEVICE_D0_ENTRY_POST_HARDWARE_ENABLED(WDFDEVICE Device,
        WDF_POWER_DEVICE_STATE PreviousState);
typedef EVT_WDF_DEVICE_D0_ENTRY_POST_HARDWARE_ENABLED*
    PFN_WDF_DEVICE_D0_ENTRY_POST_HARDWARE_ENABLED;
typedef NTSTATUS EVT_WDF_DEVICE_D0_EXIT_PRE_HARDWARE_DISABLED(WDFDEVICE Device,
        WDF_POWER_DEVICE_STATE TargetState);
typedef EVT_WDF_DEVICE_D0_EXIT_PRE_HARDWARE_DISABLED* PFN_WDF_DEVICE_D0_EXIT_PRE_HARDWARE_DISABLED;
typedef NTSTATUS EVT_WDFDEVICE_WDM_IRP_PREPROCESS(WDFDEVICE Device, PIRP Irp);
typedef EVT_WDFDEVICE_WDM_IRP_PREPROCESS* PFN_WDFDEVICE_WDM_IRP_PREPROCESS;
typedef NTSTATUS EVT_WDFDEVICE_WDM_IRP_DISPATCH(WDFDEVICE Device, UCHAR MajorFunction,
        UCHAR MinorFunction, ULONG Code, WDFCONTEXT DriverContext, PIRP Irp,
        WDFCONTEXT DispatchContext);
typedef EVT_WDFDEVICE_WDM_IRP_DISPATCH* PFN_WDFDEVICE_WDM_IRP_DISPATCH;
typedef NTSTATUS EVT_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE(WDFDEVICE Device, POHANDLE PoHandle);
typedef EVT_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE* PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE;
typedef VOID EVT_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE(WDFDEVICE Device, POHANDLE PoHandle);
typedef EVT_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE*
    PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE;

typedef struct _WDF_POWER_FRAMEWORK_SETTINGS {
    ULONG Size;
    PFN_WDFDEVICE_WDM_POST_PO_FX_REGISTER_DEVICE EvtDeviceWdmPostPoFxRegisterDevice;
    PFN_WDFDEVICE_WDM_PRE_PO_FX_UNREGISTER_DEVICE EvtDeviceWdmPrePoFxUnregisterDevice;
    PPO_FX_COMPONENT Component;
    PPO_FX_COMPONENT_ACTIVE_CONDITION_CALLBACK ComponentActiveConditionCallback;
    PPO_FX_COMPONENT_IDLE_CONDITION_CALLBACK ComponentIdleConditionCallback;
    PPO_FX_COMPONENT_IDLE_STATE_CALLBACK ComponentIdleStateCallback;
    PPO_FX_POWER_CONTROL_CALLBACK PowerControlCallback;
    PVOID PoFxDeviceContext;
    ULONGLONG PoFxDeviceFlags;
    WDF_TRI_STATE DirectedPoFxEnabled;
} WDF_POWER_FRAMEWORK_SETTINGS, *PWDF_POWER_FRAMEWORK_SETTINGS;

#define WdfDeviceGetDeviceState QS_AT(qs_WdfDeviceGetDeviceState)
#define WdfWdmDeviceGetWdfDeviceHandle QS_AT(qs_WdfWdmDeviceGetWdfDeviceHandle)
#define WdfDeviceWdmGetDeviceObject QS_AT(qs_WdfDeviceWdmGetDeviceObject)
#define WdfDeviceWdmGetAttachedDevice QS_AT(qs_WdfDeviceWdmGetAttachedDevice)
#define WdfDeviceWdmGetPhysicalDevice QS_AT(qs_WdfDeviceWdmGetPhysicalDevice)
#define WdfDeviceGetDriver QS_AT(qs_WdfDeviceGetDriver)
#define WdfDeviceRetrieveDeviceName QS_AT(qs_WdfDeviceRetrieveDeviceName)
#define WdfDeviceGetIoTarget QS_AT(qs_WdfDeviceGetIoTarget)
#define WdfDeviceAssignS0IdleSettings QS_AT(qs_WdfDeviceAssignS0IdleSettings)
#define WdfDeviceInitFree QS_AT(qs_WdfDeviceInitFree)
#define WdfDeviceInitSetPnpPowerEventCallbacks QS_AT(qs_WdfDeviceInitSetPnpPowerEventCallbacks)
#define WdfDeviceInitSetExclusive QS_AT(qs_WdfDeviceInitSetExclusive)
#define WdfDeviceInitSetIoType QS_AT(qs_WdfDeviceInitSetIoType)
#define WdfDeviceInitAssignName QS_AT(qs_WdfDeviceInitAssignName)
#define WdfDeviceInitSetFileObjectConfig QS_AT(qs_WdfDeviceInitSetFileObjectConfig)
#define WdfDeviceInitSetRequestAttributes QS_AT(qs_WdfDeviceInitSetRequestAttributes)
#define WdfDeviceInitSetIoInCallerContextCallback \
    QS_AT(qs_WdfDeviceInitSetIoInCallerContextCallback)
#define WdfDeviceCreate QS_AT(qs_WdfDeviceCreate)
#define WdfDeviceCreateDeviceInterface QS_AT(qs_WdfDeviceCreateDeviceInterface)
#define WdfDeviceCreateSymbolicLink QS_AT(qs_WdfDeviceCreateSymbolicLink)
#define WdfDeviceSetFailed QS_AT(qs_WdfDeviceSetFailed)
#define WdfDeviceGetFileObject QS_AT(qs_WdfDeviceGetFileObject)
#define WdfDeviceEnqueueRequest QS_AT(qs_WdfDeviceEnqueueRequest)
#define WdfDeviceGetDefaultQueue QS_AT(qs_WdfDeviceGetDefaultQueue)
#define WdfDeviceConfigureRequestDispatching QS_AT(qs_WdfDeviceConfigureRequestDispatching)
#define WdfDeviceInitSetIoTypeEx QS_AT(qs_WdfDeviceInitSetIoTypeEx)
#define WdfDeviceStopIdle(Device, WaitForD0) \
    qs_WdfDeviceStopIdle(__FILE__, __LINE__, (Device), (WaitForD0), NULL)
#define WdfDeviceStopIdleWithTag(Device, WaitForD0, Tag) \
    qs_WdfDeviceStopIdle(__FILE__, __LINE__, (Device), (WaitForD0), (PVOID)(Tag))
#define WdfDeviceResumeIdle(Device) qs_WdfDeviceResumeIdle(__FILE__, __LINE__, (Device), NULL)
#define WdfDeviceResumeIdleWithTag(Device, Tag) \
    qs_WdfDeviceResumeIdle(__FILE__, __LINE__, (Device), (PVOID)(Tag))
#define WdfDeviceStopIdleNoTrack WdfDeviceStopIdle
#define WdfDeviceResumeIdleNoTrack WdfDeviceResumeIdle

QS_INLINE VOID WDF_FILEOBJECT_CONFIG_INIT(PWDF_FILEOBJECT_CONFIG FileEventCallbacks,
        PFN_WDF_DEVICE_FILE_CREATE EvtDeviceFileCreate, PFN_WDF_FILE_CLOSE EvtFileClose,
        PFN_WDF_FILE_CLEANUP EvtFileCleanup)
{
    QS_INIT(FileEventCallbacks);
    FileEventCallbacks->EvtDeviceFileCreate = EvtDeviceFileCreate;
    FileEventCallbacks->EvtFileClose = EvtFileClose;
    FileEventCallbacks->EvtFileCleanup = EvtFileCleanup;
    FileEventCallbacks->FileObjectClass = WdfFileObjectWdfCannotUseFsContexts;
    FileEventCallbacks->AutoForwardCleanupClose = WdfUseDefault;
}

QS_INLINE VOID WDF_POWER_POLICY_EVENT_CALLBACKS_INIT(PWDF_POWER_POLICY_EVENT_CALLBACKS Callbacks)
{
    QS_INIT(Callbacks);
}

QS_INLINE VOID WDF_PNPPOWER_EVENT_CALLBACKS_INIT(PWDF_PNPPOWER_EVENT_CALLBACKS Callbacks)
{
    QS_INIT(Callbacks);
}

QS_INLINE VOID WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS_INIT(
        PWDF_DEVICE_POWER_POLICY_IDLE_SETTINGS Settings,
        WDF_POWER_POLICY_S0_IDLE_CAPABILITIES IdleCaps)
{
    QS_INIT(Settings);
    Settings->IdleCaps = IdleCaps;
    Settings->IdleTimeout = IdleTimeoutDefaultValue;
    Settings->IdleTimeoutType = DriverManagedIdleTimeout;
    Settings->UserControlOfIdleSettings = IdleAllowUserControl;
    Settings->Enabled = WdfUseDefault;
    Settings->PowerUpIdleDeviceOnSystemWake = WdfUseDefault;
    Settings->ExcludeD3Cold = WdfUseDefault;
    /* A device that can wake goes to the deepest state it can wake from. */
    if (IdleCaps == IdleCannotWakeFromS0)
        Settings->DxState = PowerDeviceD3;
    else if (IdleCaps == IdleCanWakeFromS0 || IdleCaps == IdleUsbSelectiveSuspend)
        Settings->DxState = PowerDeviceMaximum;
}

QS_INLINE VOID WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS_INIT(
        PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings)
{
    QS_INIT(Settings);
    Settings->Enabled = WdfUseDefault;
    Settings->DxState = PowerDeviceMaximum;
    Settings->UserControlOfWakeSettings = WakeAllowUserControl;
}

QS_INLINE VOID WDF_DEVICE_STATE_INIT(PWDF_DEVICE_STATE PnpDeviceState)
{
    QS_INIT(PnpDeviceState);
    PnpDeviceState->Disabled = WdfUseDefault;
    PnpDeviceState->DontDisplayInUI = WdfUseDefault;
    PnpDeviceState->Failed = WdfUseDefault;
    PnpDeviceState->NotDisableable = WdfUseDefault;
    PnpDeviceState->Removed = WdfUseDefault;
    PnpDeviceState->ResourcesChanged = WdfUseDefault;
    PnpDeviceState->AssignedToGuest = WdfUseDefault;
}

QS_INLINE VOID WDF_DEVICE_PNP_CAPABILITIES_INIT(PWDF_DEVICE_PNP_CAPABILITIES Caps)
{
    QS_INIT(Caps);
    Caps->LockSupported = WdfUseDefault;
    Caps->EjectSupported = WdfUseDefault;
    Caps->Removable = WdfUseDefault;
    Caps->DockDevice = WdfUseDefault;
    Caps->UniqueID = WdfUseDefault;
    Caps->SilentInstall = WdfUseDefault;
    Caps->SurpriseRemovalOK = WdfUseDefault;
    Caps->HardwareDisabled = WdfUseDefault;
    Caps->NoDisplayInUI = WdfUseDefault;
    Caps->Address = (ULONG)-1;
    Caps->UINumber = (ULONG)-1;
}

QS_INLINE VOID WDF_DEVICE_POWER_CAPABILITIES_INIT(PWDF_DEVICE_POWER_CAPABILITIES Caps)
{
    QS_INIT(Caps);
    Caps->DeviceD1 = Caps->DeviceD2 = WdfUseDefault;
    Caps->WakeFromD0 = Caps->WakeFromD1 = WdfUseDefault;
    Caps->WakeFromD2 = Caps->WakeFromD3 = WdfUseDefault;
    for (ULONG i = 0; i < RTL_NUMBER_OF(Caps->DeviceState); i++)
        Caps->DeviceState[i] = PowerDeviceMaximum;
    Caps->DeviceWake = PowerDeviceMaximum;
    Caps->SystemWake = PowerSystemMaximum;
    Caps->D1Latency = Caps->D2Latency = Caps->D3Latency = (ULONG)-1;
    Caps->IdealDxStateForSx = PowerDeviceMaximum;
}

QS_INLINE VOID WDF_REMOVE_LOCK_OPTIONS_INIT(PWDF_REMOVE_LOCK_OPTIONS RemoveLockOptions, ULONG Flags)
{
    QS_INIT(RemoveLockOptions);
    RemoveLockOptions->Flags = Flags;
}

QS_INLINE VOID WDF_POWER_FRAMEWORK_SETTINGS_INIT(
        PWDF_POWER_FRAMEWORK_SETTINGS PowerFrameworkSettings)
{
    QS_INIT(PowerFrameworkSettings);
    PowerFrameworkSettings->DirectedPoFxEnabled = WdfUseDefault;
}

QS_INLINE VOID WDF_IO_TYPE_CONFIG_INIT(PWDF_IO_TYPE_CONFIG IoTypeConfig)
{
    QS_INIT(IoTypeConfig);
    IoTypeConfig->ReadWriteIoType = WdfDeviceIoBuffered;
    IoTypeConfig->DeviceControlIoType = WdfDeviceIoBuffered;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOTED_VOID(WdfDeviceSetDeviceState, WDFDEVICE Device, PWDF_DEVICE_STATE DeviceState)
#define WdfDeviceSetDeviceState QS_AT(qs_none_WdfDeviceSetDeviceState)
QS_NOT_SIMULATED_STATUS(WdfDeviceWdmDispatchPreprocessedIrp, WDFDEVICE Device, PIRP Irp)
#define WdfDeviceWdmDispatchPreprocessedIrp QS_AT(qs_none_WdfDeviceWdmDispatchPreprocessedIrp)
QS_NOT_SIMULATED_STATUS(WdfDeviceWdmDispatchIrp, WDFDEVICE Device, PIRP Irp,
        WDFCONTEXT DispatchContext)
#define WdfDeviceWdmDispatchIrp QS_AT(qs_none_WdfDeviceWdmDispatchIrp)
QS_NOT_SIMULATED_STATUS(WdfDeviceWdmDispatchIrpToIoQueue, WDFDEVICE Device, PIRP Irp,
        WDFQUEUE Queue, ULONG Flags)
#define WdfDeviceWdmDispatchIrpToIoQueue QS_AT(qs_none_WdfDeviceWdmDispatchIrpToIoQueue)
QS_NOT_SIMULATED_STATUS(WdfDeviceAddDependentUsageDeviceObject, WDFDEVICE Device,
        PDEVICE_OBJECT DependentDevice)
#define WdfDeviceAddDependentUsageDeviceObject QS_AT(qs_none_WdfDeviceAddDependentUsageDeviceObject)
QS_NOT_SIMULATED_VOID(WdfDeviceRemoveDependentUsageDeviceObject, WDFDEVICE Device,
        PDEVICE_OBJECT DependentDevice)
#define WdfDeviceRemoveDependentUsageDeviceObject \
    QS_AT(qs_none_WdfDeviceRemoveDependentUsageDeviceObject)
QS_NOT_SIMULATED_STATUS(WdfDeviceAddRemovalRelationsPhysicalDevice, WDFDEVICE Device,
        PDEVICE_OBJECT PhysicalDevice)
#define WdfDeviceAddRemovalRelationsPhysicalDevice \
    QS_AT(qs_none_WdfDeviceAddRemovalRelationsPhysicalDevice)
QS_NOT_SIMULATED_VOID(WdfDeviceRemoveRemovalRelationsPhysicalDevice, WDFDEVICE Device,
        PDEVICE_OBJECT PhysicalDevice)
#define WdfDeviceRemoveRemovalRelationsPhysicalDevice \
    QS_AT(qs_none_WdfDeviceRemoveRemovalRelationsPhysicalDevice)
QS_NOT_SIMULATED_VOID(WdfDeviceClearRemovalRelationsDevices, WDFDEVICE Device)
#define WdfDeviceClearRemovalRelationsDevices QS_AT(qs_none_WdfDeviceClearRemovalRelationsDevices)
QS_NOTED_STATUS(WdfDeviceAssignMofResourceName, WDFDEVICE Device, PCUNICODE_STRING MofResourceName)
#define WdfDeviceAssignMofResourceName QS_AT(qs_none_WdfDeviceAssignMofResourceName)
QS_NOT_SIMULATED(WDF_DEVICE_PNP_STATE, WdfDeviceGetDevicePnpState, WDFDEVICE Device)
#define WdfDeviceGetDevicePnpState QS_AT(qs_none_WdfDeviceGetDevicePnpState)
QS_NOT_SIMULATED(WDF_DEVICE_POWER_STATE, WdfDeviceGetDevicePowerState, WDFDEVICE Device)
#define WdfDeviceGetDevicePowerState QS_AT(qs_none_WdfDeviceGetDevicePowerState)
QS_NOT_SIMULATED(WDF_DEVICE_POWER_POLICY_STATE, WdfDeviceGetDevicePowerPolicyState,
        WDFDEVICE Device)
#define WdfDeviceGetDevicePowerPolicyState QS_AT(qs_none_WdfDeviceGetDevicePowerPolicyState)
QS_NOTED_STATUS(WdfDeviceAssignSxWakeSettings, WDFDEVICE Device,
        PWDF_DEVICE_POWER_POLICY_WAKE_SETTINGS Settings)
#define WdfDeviceAssignSxWakeSettings QS_AT(qs_none_WdfDeviceAssignSxWakeSettings)
#define WdfDeviceOpenRegistryKey QS_AT(qs_WdfDeviceOpenRegistryKey)
#define WdfDeviceOpenDevicemapKey QS_AT(qs_WdfDeviceOpenDevicemapKey)
QS_NOTED_VOID(WdfDeviceSetSpecialFileSupport, WDFDEVICE Device, WDF_SPECIAL_FILE_TYPE FileType,
        BOOLEAN FileTypeIsSupported)
#define WdfDeviceSetSpecialFileSupport QS_AT(qs_none_WdfDeviceSetSpecialFileSupport)
QS_NOTED_VOID(WdfDeviceSetCharacteristics, WDFDEVICE Device, ULONG DeviceCharacteristics)
#define WdfDeviceSetCharacteristics QS_AT(qs_none_WdfDeviceSetCharacteristics)
QS_NOT_SIMULATED(ULONG, WdfDeviceGetCharacteristics, WDFDEVICE Device)
#define WdfDeviceGetCharacteristics QS_AT(qs_none_WdfDeviceGetCharacteristics)
QS_NOT_SIMULATED(ULONG, WdfDeviceGetAlignmentRequirement, WDFDEVICE Device)
#define WdfDeviceGetAlignmentRequirement QS_AT(qs_none_WdfDeviceGetAlignmentRequirement)
QS_NOTED_VOID(WdfDeviceSetAlignmentRequirement, WDFDEVICE Device, ULONG AlignmentRequirement)
#define WdfDeviceSetAlignmentRequirement QS_AT(qs_none_WdfDeviceSetAlignmentRequirement)
QS_NOTED_VOID(WdfDeviceInitSetPowerPolicyEventCallbacks, PWDFDEVICE_INIT DeviceInit,
        PWDF_POWER_POLICY_EVENT_CALLBACKS PowerPolicyEventCallbacks)
#define WdfDeviceInitSetPowerPolicyEventCallbacks \
    QS_AT(qs_none_WdfDeviceInitSetPowerPolicyEventCallbacks)
QS_NOTED_VOID(WdfDeviceInitSetPowerPolicyOwnership, PWDFDEVICE_INIT DeviceInit,
        BOOLEAN IsPowerPolicyOwner)
#define WdfDeviceInitSetPowerPolicyOwnership QS_AT(qs_none_WdfDeviceInitSetPowerPolicyOwnership)
QS_NOT_SIMULATED_STATUS(WdfDeviceInitRegisterPnpStateChangeCallback, PWDFDEVICE_INIT DeviceInit,
        WDF_DEVICE_PNP_STATE PnpState,
        PFN_WDF_DEVICE_PNP_STATE_CHANGE_NOTIFICATION EvtDevicePnpStateChange, ULONG CallbackTypes)
#define WdfDeviceInitRegisterPnpStateChangeCallback \
    QS_AT(qs_none_WdfDeviceInitRegisterPnpStateChangeCallback)
QS_NOT_SIMULATED_STATUS(WdfDeviceInitRegisterPowerStateChangeCallback, PWDFDEVICE_INIT DeviceInit,
        WDF_DEVICE_POWER_STATE PowerState,
        PFN_WDF_DEVICE_POWER_STATE_CHANGE_NOTIFICATION EvtDevicePowerStateChange,
        ULONG CallbackTypes)
#define WdfDeviceInitRegisterPowerStateChangeCallback \
    QS_AT(qs_none_WdfDeviceInitRegisterPowerStateChangeCallback)
QS_NOT_SIMULATED_STATUS(WdfDeviceInitRegisterPowerPolicyStateChangeCallback,
        PWDFDEVICE_INIT DeviceInit, WDF_DEVICE_POWER_POLICY_STATE PowerPolicyState,
        PFN_WDF_DEVICE_POWER_POLICY_STATE_CHANGE_NOTIFICATION EvtDevicePowerPolicyStateChange,
        ULONG CallbackTypes)
#define WdfDeviceInitRegisterPowerPolicyStateChangeCallback \
    QS_AT(qs_none_WdfDeviceInitRegisterPowerPolicyStateChangeCallback)
QS_NOTED_VOID(WdfDeviceInitSetPowerNotPageable, PWDFDEVICE_INIT DeviceInit)
#define WdfDeviceInitSetPowerNotPageable QS_AT(qs_none_WdfDeviceInitSetPowerNotPageable)
QS_NOTED_VOID(WdfDeviceInitSetPowerPageable, PWDFDEVICE_INIT DeviceInit)
#define WdfDeviceInitSetPowerPageable QS_AT(qs_none_WdfDeviceInitSetPowerPageable)
QS_NOTED_VOID(WdfDeviceInitSetPowerInrush, PWDFDEVICE_INIT DeviceInit)
#define WdfDeviceInitSetPowerInrush QS_AT(qs_none_WdfDeviceInitSetPowerInrush)
QS_NOTED_VOID(WdfDeviceInitSetDeviceType, PWDFDEVICE_INIT DeviceInit, DEVICE_TYPE DeviceType)
#define WdfDeviceInitSetDeviceType QS_AT(qs_none_WdfDeviceInitSetDeviceType)
QS_NOTED_STATUS(WdfDeviceInitAssignSDDLString, PWDFDEVICE_INIT DeviceInit,
        PCUNICODE_STRING SDDLString)
#define WdfDeviceInitAssignSDDLString QS_AT(qs_none_WdfDeviceInitAssignSDDLString)
QS_NOTED_VOID(WdfDeviceInitSetDeviceClass, PWDFDEVICE_INIT DeviceInit, const GUID* DeviceClassGuid)
#define WdfDeviceInitSetDeviceClass QS_AT(qs_none_WdfDeviceInitSetDeviceClass)
QS_NOTED_VOID(WdfDeviceInitSetCharacteristics, PWDFDEVICE_INIT DeviceInit,
        ULONG DeviceCharacteristics, BOOLEAN OrInValues)
#define WdfDeviceInitSetCharacteristics QS_AT(qs_none_WdfDeviceInitSetCharacteristics)
QS_NOTED_STATUS(WdfDeviceInitAssignWdmIrpPreprocessCallback, PWDFDEVICE_INIT DeviceInit,
        PFN_WDFDEVICE_WDM_IRP_PREPROCESS EvtDeviceWdmIrpPreprocess, UCHAR MajorFunction,
        PUCHAR MinorFunctions, ULONG NumMinorFunctions)
#define WdfDeviceInitAssignWdmIrpPreprocessCallback \
    QS_AT(qs_none_WdfDeviceInitAssignWdmIrpPreprocessCallback)
QS_NOTED_VOID(WdfDeviceInitSetRemoveLockOptions, PWDFDEVICE_INIT DeviceInit,
        PWDF_REMOVE_LOCK_OPTIONS Options)
#define WdfDeviceInitSetRemoveLockOptions QS_AT(qs_none_WdfDeviceInitSetRemoveLockOptions)
QS_NOTED_VOID(WdfDeviceSetStaticStopRemove, WDFDEVICE Device, BOOLEAN Stoppable)
#define WdfDeviceSetStaticStopRemove QS_AT(qs_none_WdfDeviceSetStaticStopRemove)
QS_NOTED_VOID(WdfDeviceSetDeviceInterfaceState, WDFDEVICE Device, const GUID* InterfaceClassGUID,
        PCUNICODE_STRING ReferenceString, BOOLEAN IsInterfaceEnabled)
#define WdfDeviceSetDeviceInterfaceState QS_AT(qs_none_WdfDeviceSetDeviceInterfaceState)
QS_NOTED_VOID(WdfDeviceSetDeviceInterfaceStateEx, WDFDEVICE Device, const GUID* InterfaceClassGUID,
        PCUNICODE_STRING ReferenceString, BOOLEAN IsInterfaceEnabled)
#define WdfDeviceSetDeviceInterfaceStateEx QS_AT(qs_none_WdfDeviceSetDeviceInterfaceStateEx)
#define WdfDeviceRetrieveDeviceInterfaceString QS_AT(qs_WdfDeviceRetrieveDeviceInterfaceString)
#define WdfDeviceQueryProperty QS_AT(qs_WdfDeviceQueryProperty)
#define WdfDeviceAllocAndQueryProperty QS_AT(qs_WdfDeviceAllocAndQueryProperty)
QS_NOTED_VOID(WdfDeviceSetPnpCapabilities, WDFDEVICE Device,
        PWDF_DEVICE_PNP_CAPABILITIES PnpCapabilities)
#define WdfDeviceSetPnpCapabilities QS_AT(qs_none_WdfDeviceSetPnpCapabilities)
QS_NOTED_VOID(WdfDeviceSetPowerCapabilities, WDFDEVICE Device,
        PWDF_DEVICE_POWER_CAPABILITIES PowerCapabilities)
#define WdfDeviceSetPowerCapabilities QS_AT(qs_none_WdfDeviceSetPowerCapabilities)
QS_NOTED_VOID(WdfDeviceSetBusInformationForChildren, WDFDEVICE Device,
        PPNP_BUS_INFORMATION BusInformation)
#define WdfDeviceSetBusInformationForChildren QS_AT(qs_none_WdfDeviceSetBusInformationForChildren)
QS_NOT_SIMULATED_STATUS(WdfDeviceIndicateWakeStatus, WDFDEVICE Device, NTSTATUS WaitWakeStatus)
#define WdfDeviceIndicateWakeStatus QS_AT(qs_none_WdfDeviceIndicateWakeStatus)
QS_NOT_SIMULATED_STATUS(WdfDeviceConfigureWdmIrpDispatchCallback, WDFDEVICE Device,
        WDFDRIVER Driver, UCHAR MajorFunction,
        PFN_WDFDEVICE_WDM_IRP_DISPATCH EvtDeviceWdmIrpDispatch, WDFCONTEXT DriverContext)
#define WdfDeviceConfigureWdmIrpDispatchCallback \
    QS_AT(qs_none_WdfDeviceConfigureWdmIrpDispatchCallback)
QS_NOT_SIMULATED(POWER_ACTION, WdfDeviceGetSystemPowerAction, WDFDEVICE Device)
#define WdfDeviceGetSystemPowerAction QS_AT(qs_none_WdfDeviceGetSystemPowerAction)
QS_NOTED_STATUS(WdfDeviceWdmAssignPowerFrameworkSettings, WDFDEVICE Device,
        PWDF_POWER_FRAMEWORK_SETTINGS PowerFrameworkSettings)
#define WdfDeviceWdmAssignPowerFrameworkSettings \
    QS_AT(qs_none_WdfDeviceWdmAssignPowerFrameworkSettings)
QS_NOTED_VOID(WdfDeviceInitSetReleaseHardwareOrderOnFailure, PWDFDEVICE_INIT DeviceInit,
        WDF_RELEASE_HARDWARE_ORDER_ON_FAILURE ReleaseHardwareOrderOnFailure)
#define WdfDeviceInitSetReleaseHardwareOrderOnFailure \
    QS_AT(qs_none_WdfDeviceInitSetReleaseHardwareOrderOnFailure)
QS_NOT_SIMULATED_STATUS(WdfDeviceQueryPropertyEx, WDFDEVICE Device,
        PWDF_DEVICE_PROPERTY_DATA DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
        PULONG RequiredSize, PDEVPROPTYPE Type)
#define WdfDeviceQueryPropertyEx QS_AT(qs_none_WdfDeviceQueryPropertyEx)
QS_NOT_SIMULATED_STATUS(WdfDeviceAllocAndQueryPropertyEx, WDFDEVICE Device,
        PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
        PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY* PropertyMemory,
        PDEVPROPTYPE Type)
#define WdfDeviceAllocAndQueryPropertyEx QS_AT(qs_none_WdfDeviceAllocAndQueryPropertyEx)
QS_NOT_SIMULATED_STATUS(WdfDeviceAssignProperty, WDFDEVICE Device,
        PWDF_DEVICE_PROPERTY_DATA DeviceProperty, DEVPROPTYPE Type, ULONG Size, PVOID Data)
#define WdfDeviceAssignProperty QS_AT(qs_none_WdfDeviceAssignProperty)
QS_NOT_SIMULATED_STATUS(WdfDeviceRetrieveCompanionTarget, WDFDEVICE Device,
        WDFCOMPANIONTARGET* CompanionTarget)
#define WdfDeviceRetrieveCompanionTarget QS_AT(qs_none_WdfDeviceRetrieveCompanionTarget)

/* Of user-mode drivers only. */

typedef struct _WDF_DEVICE_INTERFACE_PROPERTY_DATA {
    ULONG Size;
    const GUID* InterfaceClassGUID;
    PCUNICODE_STRING ReferenceString;
    const DEVPROPKEY* PropertyKey;
    LCID Lcid;
    ULONG Flags;
} WDF_DEVICE_INTERFACE_PROPERTY_DATA, *PWDF_DEVICE_INTERFACE_PROPERTY_DATA;

QS_INLINE VOID WDF_DEVICE_INTERFACE_PROPERTY_DATA_INIT(PWDF_DEVICE_INTERFACE_PROPERTY_DATA Data,
        const GUID* InterfaceClassGUID, const DEVPROPKEY* PropertyKey)
{
    QS_INIT(Data);
    Data->InterfaceClassGUID = InterfaceClassGUID;
    Data->PropertyKey = PropertyKey;
}

QS_NOTED_STATUS(WdfDeviceAssignInterfaceProperty, WDFDEVICE Device,
        PWDF_DEVICE_INTERFACE_PROPERTY_DATA PropertyData, DEVPROPTYPE Type, ULONG BufferLength,
        PVOID PropertyBuffer)
#define WdfDeviceAssignInterfaceProperty QS_AT(qs_none_WdfDeviceAssignInterfaceProperty)

#endif
