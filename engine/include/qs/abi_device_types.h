/* Enums, callbacks and structures of devices: files, Plug and Play, power. See abi_types.h. */
#ifndef QS_ABI_DEVICE_TYPES_H
#define QS_ABI_DEVICE_TYPES_H

#include "abi_types.h"

QS_C_BEGIN

/* ---- Device ---- */

typedef enum qs_WDF_POWER_DEVICE_STATE {
    qs_WdfPowerDeviceInvalid = 0, qs_WdfPowerDeviceD0 = 1, qs_WdfPowerDeviceD1 = 2,
    qs_WdfPowerDeviceD2 = 3, qs_WdfPowerDeviceD3 = 4, qs_WdfPowerDeviceD3Final = 5,
    qs_WdfPowerDevicePrepareForHibernation = 6, qs_WdfPowerDeviceMaximum = 7,
} qs_WDF_POWER_DEVICE_STATE;

typedef enum qs_WDF_SPECIAL_FILE_TYPE {
    qs_WdfSpecialFileUndefined = 0, qs_WdfSpecialFilePaging = 1, qs_WdfSpecialFileHibernation = 2,
    qs_WdfSpecialFileDump = 3, qs_WdfSpecialFileBoot = 4, qs_WdfSpecialFilePostDisplay = 5,
    qs_WdfSpecialFileGuestAssigned = 6, qs_WdfSpecialFileMax = 7,
} qs_WDF_SPECIAL_FILE_TYPE;

typedef enum qs_WDF_DEVICE_IO_TYPE {
    qs_WdfDeviceIoUndefined = 0, qs_WdfDeviceIoNeither = 1, qs_WdfDeviceIoBuffered = 2,
    qs_WdfDeviceIoDirect = 3, qs_WdfDeviceIoBufferedOrDirect = 4, qs_WdfDeviceIoMaximum = 5,
} qs_WDF_DEVICE_IO_TYPE;

typedef enum qs_WDF_FILEOBJECT_CLASS {
    qs_WdfFileObjectInvalid = 0, qs_WdfFileObjectNotRequired = 1,
    qs_WdfFileObjectWdfCanUseFsContext = 2, qs_WdfFileObjectWdfCanUseFsContext2 = 3,
    qs_WdfFileObjectWdfCannotUseFsContexts = 4, qs_WdfFileObjectCanBeOptional = 0x80000000u,
} qs_WDF_FILEOBJECT_CLASS;

typedef enum qs_WDF_DEVICE_FAILED_ACTION {
    qs_WdfDeviceFailedUndefined = 0, qs_WdfDeviceFailedAttemptRestart = 1,
    qs_WdfDeviceFailedNoRestart = 2,
} qs_WDF_DEVICE_FAILED_ACTION;

typedef enum qs_WDF_DEVICE_SHUTDOWN_FLAGS {
    qs_WdfDeviceShutdown = 1, qs_WdfDeviceLastChanceShutdown = 2,
} qs_WDF_DEVICE_SHUTDOWN_FLAGS;

typedef enum qs_WDF_POWER_POLICY_S0_IDLE_CAPABILITIES {
    qs_IdleCapsInvalid = 0, qs_IdleCannotWakeFromS0 = 1, qs_IdleCanWakeFromS0 = 2,
    qs_IdleUsbSelectiveSuspend = 3,
} qs_WDF_POWER_POLICY_S0_IDLE_CAPABILITIES;

typedef enum qs_WDF_POWER_POLICY_S0_IDLE_USER_CONTROL {
    qs_IdleUserControlInvalid = 0, qs_IdleDoNotAllowUserControl = 1, qs_IdleAllowUserControl = 2,
} qs_WDF_POWER_POLICY_S0_IDLE_USER_CONTROL;

typedef enum qs_WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE {
    qs_DriverManagedIdleTimeout = 0, qs_SystemManagedIdleTimeout = 1,
    qs_SystemManagedIdleTimeoutWithHint = 2,
} qs_WDF_POWER_POLICY_IDLE_TIMEOUT_TYPE;

typedef enum qs_WDF_POWER_POLICY_SX_WAKE_USER_CONTROL {
    qs_WakeUserControlInvalid = 0, qs_WakeDoNotAllowUserControl = 1, qs_WakeAllowUserControl = 2,
} qs_WDF_POWER_POLICY_SX_WAKE_USER_CONTROL;

typedef void qs_EVT_WDF_DEVICE_FILE_CREATE(WDFDEVICE Device, WDFREQUEST Request,
        WDFFILEOBJECT FileObject);
typedef void qs_EVT_WDF_FILE_CLOSE(WDFFILEOBJECT FileObject);
typedef void qs_EVT_WDF_FILE_CLEANUP(WDFFILEOBJECT FileObject);
typedef void qs_EVT_WDF_IO_IN_CALLER_CONTEXT(WDFDEVICE Device, WDFREQUEST Request);
typedef void qs_EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_D0_ENTRY(WDFDEVICE Device,
        qs_WDF_POWER_DEVICE_STATE PreviousState);
typedef int32_t qs_EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED(WDFDEVICE Device,
        qs_WDF_POWER_DEVICE_STATE PreviousState);
typedef int32_t qs_EVT_WDF_DEVICE_D0_EXIT(WDFDEVICE Device, qs_WDF_POWER_DEVICE_STATE TargetState);
typedef int32_t qs_EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED(WDFDEVICE Device,
        qs_WDF_POWER_DEVICE_STATE TargetState);
typedef int32_t qs_EVT_WDF_DEVICE_PREPARE_HARDWARE(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw,
        WDFCMRESLIST ResourcesTranslated);
typedef int32_t qs_EVT_WDF_DEVICE_RELEASE_HARDWARE(WDFDEVICE Device,
        WDFCMRESLIST ResourcesTranslated);
typedef void qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_SURPRISE_REMOVAL(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_QUERY_REMOVE(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_QUERY_STOP(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_USAGE_NOTIFICATION(WDFDEVICE Device,
        qs_WDF_SPECIAL_FILE_TYPE NotificationType, uint8_t IsInNotificationPath);
typedef void qs_EVT_WDF_DEVICE_RELATIONS_QUERY(WDFDEVICE Device, int32_t RelationType);
typedef int32_t qs_EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX(WDFDEVICE Device,
        qs_WDF_SPECIAL_FILE_TYPE NotificationType, uint8_t IsInNotificationPath);
typedef int32_t qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_S0(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_SX(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX(WDFDEVICE Device);
typedef void qs_EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED(WDFDEVICE Device);
typedef int32_t qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON(WDFDEVICE Device,
        uint8_t DeviceWakeEnabled, uint8_t ChildrenArmedForWake);

typedef struct qs_WDF_FILEOBJECT_CONFIG {
    uint32_t Size;
    qs_EVT_WDF_DEVICE_FILE_CREATE* EvtDeviceFileCreate;
    qs_EVT_WDF_FILE_CLOSE* EvtFileClose;
    qs_EVT_WDF_FILE_CLEANUP* EvtFileCleanup;
    int32_t AutoForwardCleanupClose;
    int32_t FileObjectClass;
} qs_WDF_FILEOBJECT_CONFIG;

typedef struct qs_WDF_PNPPOWER_EVENT_CALLBACKS {
    uint32_t Size;
    qs_EVT_WDF_DEVICE_D0_ENTRY* EvtDeviceD0Entry;
    qs_EVT_WDF_DEVICE_D0_ENTRY_POST_INTERRUPTS_ENABLED* EvtDeviceD0EntryPostInterruptsEnabled;
    qs_EVT_WDF_DEVICE_D0_EXIT* EvtDeviceD0Exit;
    qs_EVT_WDF_DEVICE_D0_EXIT_PRE_INTERRUPTS_DISABLED* EvtDeviceD0ExitPreInterruptsDisabled;
    qs_EVT_WDF_DEVICE_PREPARE_HARDWARE* EvtDevicePrepareHardware;
    qs_EVT_WDF_DEVICE_RELEASE_HARDWARE* EvtDeviceReleaseHardware;
    qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_CLEANUP* EvtDeviceSelfManagedIoCleanup;
    qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_FLUSH* EvtDeviceSelfManagedIoFlush;
    qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_INIT* EvtDeviceSelfManagedIoInit;
    qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_SUSPEND* EvtDeviceSelfManagedIoSuspend;
    qs_EVT_WDF_DEVICE_SELF_MANAGED_IO_RESTART* EvtDeviceSelfManagedIoRestart;
    qs_EVT_WDF_DEVICE_SURPRISE_REMOVAL* EvtDeviceSurpriseRemoval;
    qs_EVT_WDF_DEVICE_QUERY_REMOVE* EvtDeviceQueryRemove;
    qs_EVT_WDF_DEVICE_QUERY_STOP* EvtDeviceQueryStop;
    qs_EVT_WDF_DEVICE_USAGE_NOTIFICATION* EvtDeviceUsageNotification;
    qs_EVT_WDF_DEVICE_RELATIONS_QUERY* EvtDeviceRelationsQuery;
    qs_EVT_WDF_DEVICE_USAGE_NOTIFICATION_EX* EvtDeviceUsageNotificationEx;
} qs_WDF_PNPPOWER_EVENT_CALLBACKS;

typedef struct qs_WDF_POWER_POLICY_EVENT_CALLBACKS {
    uint32_t Size;
    qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_S0* EvtDeviceArmWakeFromS0;
    qs_EVT_WDF_DEVICE_DISARM_WAKE_FROM_S0* EvtDeviceDisarmWakeFromS0;
    qs_EVT_WDF_DEVICE_WAKE_FROM_S0_TRIGGERED* EvtDeviceWakeFromS0Triggered;
    qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_SX* EvtDeviceArmWakeFromSx;
    qs_EVT_WDF_DEVICE_DISARM_WAKE_FROM_SX* EvtDeviceDisarmWakeFromSx;
    qs_EVT_WDF_DEVICE_WAKE_FROM_SX_TRIGGERED* EvtDeviceWakeFromSxTriggered;
    qs_EVT_WDF_DEVICE_ARM_WAKE_FROM_SX_WITH_REASON* EvtDeviceArmWakeFromSxWithReason;
} qs_WDF_POWER_POLICY_EVENT_CALLBACKS;

typedef struct qs_WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS {
    uint32_t Size;
    int32_t IdleCaps;
    int32_t DxState;
    uint32_t IdleTimeout;
    int32_t UserControlOfIdleSettings;
    int32_t Enabled;
    int32_t PowerUpIdleDeviceOnSystemWake;
    int32_t IdleTimeoutType;
    int32_t ExcludeD3Cold;
} qs_WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS;

typedef struct qs_WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS {
    uint32_t Size;
    int32_t DxState;
    int32_t UserControlOfWakeSettings;
    int32_t Enabled;
    uint8_t ArmForWakeIfChildrenAreArmedForWake;
    uint8_t IndicateChildWakeOnParentWake;
} qs_WDF_DEVICE_POWER_POLICY_WAKE_SETTINGS;

typedef struct qs_WDF_DEVICE_STATE {
    uint32_t Size;
    int32_t Disabled;
    int32_t DontDisplayInUI;
    int32_t Failed;
    int32_t NotDisableable;
    int32_t Removed;
    int32_t ResourcesChanged;
    int32_t AssignedToGuest;
} qs_WDF_DEVICE_STATE;

typedef struct qs_WDF_DEVICE_PNP_CAPABILITIES {
    uint32_t Size;
    int32_t LockSupported;
    int32_t EjectSupported;
    int32_t Removable;
    int32_t DockDevice;
    int32_t UniqueID;
    int32_t SilentInstall;
    int32_t SurpriseRemovalOK;
    int32_t HardwareDisabled;
    int32_t NoDisplayInUI;
    uint32_t Address;
    uint32_t UINumber;
} qs_WDF_DEVICE_PNP_CAPABILITIES;

typedef struct qs_WDF_DEVICE_POWER_CAPABILITIES {
    uint32_t Size;
    int32_t DeviceD1;
    int32_t DeviceD2;
    int32_t WakeFromD0;
    int32_t WakeFromD1;
    int32_t WakeFromD2;
    int32_t WakeFromD3;
    int32_t DeviceState[7];
    int32_t DeviceWake;
    int32_t SystemWake;
    uint32_t D1Latency;
    uint32_t D2Latency;
    uint32_t D3Latency;
    int32_t IdealDxStateForSx;
} qs_WDF_DEVICE_POWER_CAPABILITIES;

typedef struct qs_WDF_REMOVE_LOCK_OPTIONS {
    uint32_t Size;
    uint32_t Flags;
} qs_WDF_REMOVE_LOCK_OPTIONS;

typedef struct qs_WDF_IO_TYPE_CONFIG {
    uint32_t Size;
    int32_t ReadWriteIoType;
    int32_t DeviceControlIoType;
    uint32_t DirectTransferThreshold;
} qs_WDF_IO_TYPE_CONFIG;

QS_C_END
#endif
