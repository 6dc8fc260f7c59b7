/* Enums, callbacks and structures of objects, requests, queues, timers and targets, as wdf.h has
 * them but for the prefix qs_. Drivers see the real names (wdfobject.h, wdfio.h, ...), the engine
 * these. Enum-valued fields are int32_t: a driver may store anything there, and the engine must
 * check it.
 */
#ifndef QS_ABI_TYPES_H
#define QS_ABI_TYPES_H

#include "abi_base.h"

QS_C_BEGIN

/* ---- Objects ---- */

typedef enum qs_WDF_TRI_STATE {
    qs_WdfFalse = 0, qs_WdfTrue = 1, qs_WdfUseDefault = 2,
} qs_WDF_TRI_STATE;

typedef enum qs_WDF_EXECUTION_LEVEL {
    qs_WdfExecutionLevelInvalid = 0, qs_WdfExecutionLevelInheritFromParent = 1,
    qs_WdfExecutionLevelPassive = 2, qs_WdfExecutionLevelDispatch = 3,
} qs_WDF_EXECUTION_LEVEL;

typedef enum qs_WDF_SYNCHRONIZATION_SCOPE {
    qs_WdfSynchronizationScopeInvalid = 0, qs_WdfSynchronizationScopeInheritFromParent = 1,
    qs_WdfSynchronizationScopeDevice = 2, qs_WdfSynchronizationScopeQueue = 3,
    qs_WdfSynchronizationScopeNone = 4,
} qs_WDF_SYNCHRONIZATION_SCOPE;

typedef void qs_EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT Object);
typedef void qs_EVT_WDF_OBJECT_CONTEXT_DESTROY(WDFOBJECT Object);

typedef struct qs_WDF_OBJECT_CONTEXT_TYPE_INFO {
    uint32_t Size;
    const char* ContextName;
    size_t ContextSize;
    const struct qs_WDF_OBJECT_CONTEXT_TYPE_INFO* UniqueType;
    const struct qs_WDF_OBJECT_CONTEXT_TYPE_INFO* (*EvtDriverGetUniqueContextType)(void);
} qs_WDF_OBJECT_CONTEXT_TYPE_INFO;

typedef struct qs_WDF_OBJECT_ATTRIBUTES {
    uint32_t Size;
    qs_EVT_WDF_OBJECT_CONTEXT_CLEANUP* EvtCleanupCallback;
    qs_EVT_WDF_OBJECT_CONTEXT_DESTROY* EvtDestroyCallback;
    int32_t ExecutionLevel;
    int32_t SynchronizationScope;
    WDFOBJECT ParentObject;
    size_t ContextSizeOverride;
    const struct qs_WDF_OBJECT_CONTEXT_TYPE_INFO* ContextTypeInfo;
} qs_WDF_OBJECT_ATTRIBUTES;

/* ---- Driver ---- */

typedef enum qs_WDF_DRIVER_INIT_FLAGS {
    qs_WdfDriverInitNonPnpDriver = 1, qs_WdfDriverInitNoDispatchOverride = 2, qs_WdfVerifyOn = 4,
    qs_WdfVerifierOn = 8, qs_WdfDriverInitCompanion = 0x10,
} qs_WDF_DRIVER_INIT_FLAGS;

typedef int32_t qs_EVT_WDF_DRIVER_DEVICE_ADD(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit);
typedef void qs_EVT_WDF_DRIVER_UNLOAD(WDFDRIVER Driver);

typedef struct qs_WDF_DRIVER_CONFIG {
    uint32_t Size;
    qs_EVT_WDF_DRIVER_DEVICE_ADD* EvtDriverDeviceAdd;
    qs_EVT_WDF_DRIVER_UNLOAD* EvtDriverUnload;
    uint32_t DriverInitFlags;
    uint32_t DriverPoolTag;
} qs_WDF_DRIVER_CONFIG;

typedef struct qs_WDF_DRIVER_VERSION_AVAILABLE_PARAMS {
    uint32_t Size;
    uint32_t MajorVersion;
    uint32_t MinorVersion;
} qs_WDF_DRIVER_VERSION_AVAILABLE_PARAMS;

/* ---- Requests ---- */

typedef enum qs_WDF_REQUEST_TYPE {
    qs_WdfRequestTypeCreate = 0, qs_WdfRequestTypeCreateNamedPipe = 1, qs_WdfRequestTypeClose = 2,
    qs_WdfRequestTypeRead = 3, qs_WdfRequestTypeWrite = 4, qs_WdfRequestTypeQueryInformation = 5,
    qs_WdfRequestTypeSetInformation = 6, qs_WdfRequestTypeQueryEA = 7, qs_WdfRequestTypeSetEA = 8,
    qs_WdfRequestTypeFlushBuffers = 9, qs_WdfRequestTypeQueryVolumeInformation = 10,
    qs_WdfRequestTypeSetVolumeInformation = 11, qs_WdfRequestTypeDirectoryControl = 12,
    qs_WdfRequestTypeFileSystemControl = 13, qs_WdfRequestTypeDeviceControl = 14,
    qs_WdfRequestTypeDeviceControlInternal = 15, qs_WdfRequestTypeShutdown = 0x10,
    qs_WdfRequestTypeLockControl = 0x11, qs_WdfRequestTypeCleanup = 0x12,
    qs_WdfRequestTypeCreateMailSlot = 0x13, qs_WdfRequestTypeQuerySecurity = 0x14,
    qs_WdfRequestTypeSetSecurity = 0x15, qs_WdfRequestTypePower = 0x16,
    qs_WdfRequestTypeSystemControl = 0x17, qs_WdfRequestTypeDeviceChange = 0x18,
    qs_WdfRequestTypeQueryQuota = 0x19, qs_WdfRequestTypeSetQuota = 0x1a,
    qs_WdfRequestTypePnp = 0x1b, qs_WdfRequestTypeOther = 0x1c, qs_WdfRequestTypeUsb = 0x40,
    qs_WdfRequestTypeNoFormat = 0xff, qs_WdfRequestTypeMax = 0x100,
} qs_WDF_REQUEST_TYPE;

typedef enum qs_WDF_REQUEST_REUSE_FLAGS {
    qs_WDF_REQUEST_REUSE_NO_FLAGS = 0, qs_WDF_REQUEST_REUSE_SET_NEW_IRP = 1,
} qs_WDF_REQUEST_REUSE_FLAGS;

typedef enum qs_WDF_REQUEST_STOP_ACTION_FLAGS {
    qs_WdfRequestStopActionInvalid = 0, qs_WdfRequestStopActionSuspend = 1,
    qs_WdfRequestStopActionPurge = 2, qs_WdfRequestStopRequestCancelable = 0x10000000,
} qs_WDF_REQUEST_STOP_ACTION_FLAGS;

typedef enum qs_WDF_REQUEST_SEND_OPTIONS_FLAGS {
    qs_WDF_REQUEST_SEND_OPTION_TIMEOUT = 1, qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS = 2,
    qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE = 4,
    qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET = 8,
    qs_WDF_REQUEST_SEND_OPTION_IMPERSONATE_CLIENT = 0x10000,
    qs_WDF_REQUEST_SEND_OPTION_IMPERSONATION_IGNORE_FAILURE = 0x20000,
} qs_WDF_REQUEST_SEND_OPTIONS_FLAGS;

typedef enum qs_WDF_REQUEST_FORWARD_OPTIONS_FLAGS {
    qs_WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET = 1,
} qs_WDF_REQUEST_FORWARD_OPTIONS_FLAGS;

typedef struct qs_WDFMEMORY_OFFSET {
    size_t BufferOffset;
    size_t BufferLength;
} qs_WDFMEMORY_OFFSET;

typedef enum qs_WDF_MEMORY_DESCRIPTOR_TYPE {
    qs_WdfMemoryDescriptorTypeInvalid = 0, qs_WdfMemoryDescriptorTypeBuffer = 1,
    qs_WdfMemoryDescriptorTypeMdl = 2, qs_WdfMemoryDescriptorTypeHandle = 3,
} qs_WDF_MEMORY_DESCRIPTOR_TYPE;

typedef struct qs_WDF_MEMORY_DESCRIPTOR {
    int32_t Type;
    union {
        struct {
            void* Buffer;
            uint32_t Length;
        } BufferType;
        struct {
            qs_MDL* Mdl;
            uint32_t BufferLength;
        } MdlType;
        struct {
            WDFMEMORY Memory;
            qs_WDFMEMORY_OFFSET* Offsets;
        } HandleType;
    } u;
} qs_WDF_MEMORY_DESCRIPTOR;

typedef struct qs_WDF_REQUEST_PARAMETERS {
    uint16_t Size;
    uint8_t MinorFunction;
    int32_t Type;
    union {
        struct {
            struct qs_IO_SECURITY_CONTEXT* SecurityContext;
            uint32_t Options;
            QS_POINTER_ALIGNED uint16_t FileAttributes;
            uint16_t ShareAccess;
            QS_POINTER_ALIGNED uint32_t EaLength;
        } Create;
        struct {
            size_t Length;
            QS_POINTER_ALIGNED uint32_t Key;
            int64_t DeviceOffset;
        } Read;
        struct {
            size_t Length;
            QS_POINTER_ALIGNED uint32_t Key;
            int64_t DeviceOffset;
        } Write;
        struct {
            size_t OutputBufferLength;
            QS_POINTER_ALIGNED size_t InputBufferLength;
            QS_POINTER_ALIGNED uint32_t IoControlCode;
            void* Type3InputBuffer;
        } DeviceIoControl;
        struct {
            void* Arg1;
            void* Arg2;
            QS_POINTER_ALIGNED uint32_t IoControlCode;
            void* Arg4;
        } Others;
    } Parameters;
} qs_WDF_REQUEST_PARAMETERS;

typedef struct qs_WDF_REQUEST_COMPLETION_PARAMS {
    uint32_t Size;
    int32_t Type;
    qs_IO_STATUS_BLOCK IoStatus;
    union {
        struct {
            WDFMEMORY Buffer;
            size_t Length;
            size_t Offset;
        } Write;
        struct {
            WDFMEMORY Buffer;
            size_t Length;
            size_t Offset;
        } Read;
        struct {
            uint32_t IoControlCode;
            struct {
                WDFMEMORY Buffer;
                size_t Offset;
            } Input;
            struct {
                WDFMEMORY Buffer;
                size_t Offset;
                size_t Length;
            } Output;
        } Ioctl;
        struct {
            union {
                void* Ptr;
                uintptr_t Value;
            } Argument1;
            union {
                void* Ptr;
                uintptr_t Value;
            } Argument2;
            union {
                void* Ptr;
                uintptr_t Value;
            } Argument3;
            union {
                void* Ptr;
                uintptr_t Value;
            } Argument4;
        } Others;
        struct {
            struct qs_WDF_USB_REQUEST_COMPLETION_PARAMS* Completion;
        } Usb;
    } Parameters;
} qs_WDF_REQUEST_COMPLETION_PARAMS;

typedef struct qs_WDF_REQUEST_REUSE_PARAMS {
    uint32_t Size;
    uint32_t Flags;
    int32_t Status;
    qs_IRP* NewIrp;
} qs_WDF_REQUEST_REUSE_PARAMS;

typedef struct qs_WDF_REQUEST_SEND_OPTIONS {
    uint32_t Size;
    uint32_t Flags;
    int64_t Timeout;
} qs_WDF_REQUEST_SEND_OPTIONS;

typedef struct qs_WDF_REQUEST_FORWARD_OPTIONS {
    uint32_t Size;
    uint32_t Flags;
} qs_WDF_REQUEST_FORWARD_OPTIONS;

typedef void qs_EVT_WDF_REQUEST_CANCEL(WDFREQUEST Request);
typedef void qs_EVT_WDF_REQUEST_COMPLETION_ROUTINE(WDFREQUEST Request, WDFIOTARGET Target,
        qs_WDF_REQUEST_COMPLETION_PARAMS* Params, void* Context);

/* ---- Queues ---- */

typedef enum qs_WDF_IO_QUEUE_DISPATCH_TYPE {
    qs_WdfIoQueueDispatchInvalid = 0, qs_WdfIoQueueDispatchSequential = 1,
    qs_WdfIoQueueDispatchParallel = 2, qs_WdfIoQueueDispatchManual = 3,
    qs_WdfIoQueueDispatchMax = 4,
} qs_WDF_IO_QUEUE_DISPATCH_TYPE;

typedef enum qs_WDF_IO_QUEUE_STATE {
    qs_WdfIoQueueAcceptRequests = 1, qs_WdfIoQueueDispatchRequests = 2,
    qs_WdfIoQueueNoRequests = 4, qs_WdfIoQueueDriverNoRequests = 8, qs_WdfIoQueuePnpHeld = 0x10,
} qs_WDF_IO_QUEUE_STATE;

typedef enum qs_WDF_IO_FORWARD_PROGRESS_ACTION {
    qs_WdfIoForwardProgressActionInvalid = 0, qs_WdfIoForwardProgressActionFailRequest = 1,
    qs_WdfIoForwardProgressActionUseReservedRequest = 2,
} qs_WDF_IO_FORWARD_PROGRESS_ACTION;

typedef enum qs_WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY {
    qs_WdfIoForwardProgressInvalidPolicy = 0,
    qs_WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest = 1,
    qs_WdfIoForwardProgressReservedPolicyUseExamine = 2,
    qs_WdfIoForwardProgressReservedPolicyPagingIO = 3,
} qs_WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY;

typedef void qs_EVT_WDF_IO_QUEUE_IO_DEFAULT(WDFQUEUE Queue, WDFREQUEST Request);
typedef void qs_EVT_WDF_IO_QUEUE_IO_STOP(WDFQUEUE Queue, WDFREQUEST Request, uint32_t ActionFlags);
typedef void qs_EVT_WDF_IO_QUEUE_IO_RESUME(WDFQUEUE Queue, WDFREQUEST Request);
typedef void qs_EVT_WDF_IO_QUEUE_IO_READ(WDFQUEUE Queue, WDFREQUEST Request, size_t Length);
typedef void qs_EVT_WDF_IO_QUEUE_IO_WRITE(WDFQUEUE Queue, WDFREQUEST Request, size_t Length);
typedef void qs_EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL(WDFQUEUE Queue, WDFREQUEST Request,
        size_t OutputBufferLength, size_t InputBufferLength, uint32_t IoControlCode);
typedef void qs_EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL(WDFQUEUE Queue, WDFREQUEST Request,
        size_t OutputBufferLength, size_t InputBufferLength, uint32_t IoControlCode);
typedef void qs_EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE(WDFQUEUE Queue, WDFREQUEST Request);
typedef void qs_EVT_WDF_IO_QUEUE_STATE(WDFQUEUE Queue, void* Context);
typedef int32_t qs_EVT_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST(WDFQUEUE Queue,
        WDFREQUEST Request);
typedef int32_t qs_EVT_WDF_IO_ALLOCATE_REQUEST_RESOURCES(WDFQUEUE Queue, WDFREQUEST Request);
typedef qs_WDF_IO_FORWARD_PROGRESS_ACTION qs_EVT_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS(WDFQUEUE Queue,
        qs_IRP* Irp);

typedef struct qs_WDF_IO_QUEUE_CONFIG {
    uint32_t Size;
    int32_t DispatchType;
    int32_t PowerManaged;
    uint8_t AllowZeroLengthRequests;
    uint8_t DefaultQueue;
    qs_EVT_WDF_IO_QUEUE_IO_DEFAULT* EvtIoDefault;
    qs_EVT_WDF_IO_QUEUE_IO_READ* EvtIoRead;
    qs_EVT_WDF_IO_QUEUE_IO_WRITE* EvtIoWrite;
    qs_EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL* EvtIoDeviceControl;
    qs_EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL* EvtIoInternalDeviceControl;
    qs_EVT_WDF_IO_QUEUE_IO_STOP* EvtIoStop;
    qs_EVT_WDF_IO_QUEUE_IO_RESUME* EvtIoResume;
    qs_EVT_WDF_IO_QUEUE_IO_CANCELED_ON_QUEUE* EvtIoCanceledOnQueue;
    union {
        struct {
            uint32_t NumberOfPresentedRequests;
        } Parallel;
    } Settings;
    WDFDRIVER Driver;
} qs_WDF_IO_QUEUE_CONFIG;

typedef struct qs_WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS {
    union {
        struct {
            qs_EVT_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS* EvtIoWdmIrpForForwardProgress;
        } ExaminePolicy;
    } Policy;
} qs_WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS;

typedef struct qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY {
    uint32_t Size;
    uint32_t TotalForwardProgressRequests;
    int32_t ForwardProgressReservedPolicy;
    qs_WDF_IO_FORWARD_PROGRESS_RESERVED_POLICY_SETTINGS ForwardProgressReservePolicySettings;
    qs_EVT_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST* EvtIoAllocateResourcesForReservedRequest;
    qs_EVT_WDF_IO_ALLOCATE_REQUEST_RESOURCES* EvtIoAllocateRequestResources;
} qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY;

/* ---- Timers, DPCs, work items ---- */

typedef void qs_EVT_WDF_TIMER(WDFTIMER Timer);
typedef void qs_EVT_WDF_DPC(WDFDPC Dpc);
typedef void qs_EVT_WDF_WORKITEM(WDFWORKITEM WorkItem);

typedef struct qs_WDF_TIMER_CONFIG {
    uint32_t Size;
    qs_EVT_WDF_TIMER* EvtTimerFunc;
    uint32_t Period;
    uint8_t AutomaticSerialization;
    uint32_t TolerableDelay;
    QS_ALIGNED_8 uint8_t UseHighResolutionTimer;
} qs_WDF_TIMER_CONFIG;

typedef struct qs_WDF_DPC_CONFIG {
    uint32_t Size;
    qs_EVT_WDF_DPC* EvtDpcFunc;
    uint8_t AutomaticSerialization;
} qs_WDF_DPC_CONFIG;

typedef struct qs_WDF_WORKITEM_CONFIG {
    uint32_t Size;
    qs_EVT_WDF_WORKITEM* EvtWorkItemFunc;
    uint8_t AutomaticSerialization;
} qs_WDF_WORKITEM_CONFIG;

/* ---- I/O targets ---- */

typedef enum qs_WDF_IO_TARGET_STATE {
    qs_WdfIoTargetStateUndefined = 0, qs_WdfIoTargetStarted = 1, qs_WdfIoTargetStopped = 2,
    qs_WdfIoTargetClosedForQueryRemove = 3, qs_WdfIoTargetClosed = 4, qs_WdfIoTargetDeleted = 5,
    qs_WdfIoTargetPurged = 6,
} qs_WDF_IO_TARGET_STATE;

typedef enum qs_WDF_IO_TARGET_OPEN_TYPE {
    qs_WdfIoTargetOpenUndefined = 0, qs_WdfIoTargetOpenUseExistingDevice = 1,
    qs_WdfIoTargetOpenByName = 2, qs_WdfIoTargetOpenReopen = 3,
    qs_WdfIoTargetOpenLocalTargetByFile = 4,
} qs_WDF_IO_TARGET_OPEN_TYPE;

typedef enum qs_WDF_IO_TARGET_SENT_IO_ACTION {
    qs_WdfIoTargetSentIoUndefined = 0, qs_WdfIoTargetCancelSentIo = 1,
    qs_WdfIoTargetWaitForSentIoToComplete = 2, qs_WdfIoTargetLeaveSentIoPending = 3,
} qs_WDF_IO_TARGET_SENT_IO_ACTION;

typedef enum qs_WDF_IO_TARGET_PURGE_IO_ACTION {
    qs_WdfIoTargetPurgeIoUndefined = 0, qs_WdfIoTargetPurgeIoAndWait = 1,
    qs_WdfIoTargetPurgeIo = 2,
} qs_WDF_IO_TARGET_PURGE_IO_ACTION;

typedef int32_t qs_EVT_WDF_IO_TARGET_QUERY_REMOVE(WDFIOTARGET IoTarget);
typedef void qs_EVT_WDF_IO_TARGET_REMOVE_CANCELED(WDFIOTARGET IoTarget);
typedef void qs_EVT_WDF_IO_TARGET_REMOVE_COMPLETE(WDFIOTARGET IoTarget);

typedef struct qs_WDF_IO_TARGET_OPEN_PARAMS {
    uint32_t Size;
    int32_t Type;
    qs_EVT_WDF_IO_TARGET_QUERY_REMOVE* EvtIoTargetQueryRemove;
    qs_EVT_WDF_IO_TARGET_REMOVE_CANCELED* EvtIoTargetRemoveCanceled;
    qs_EVT_WDF_IO_TARGET_REMOVE_COMPLETE* EvtIoTargetRemoveComplete;
    qs_DEVICE_OBJECT* TargetDeviceObject;
    qs_FILE_OBJECT* TargetFileObject;
    qs_UNICODE_STRING TargetDeviceName;
    uint32_t DesiredAccess;
    uint32_t ShareAccess;
    uint32_t FileAttributes;
    uint32_t CreateDisposition;
    uint32_t CreateOptions;
    void* EaBuffer;
    uint32_t EaBufferLength;
    int64_t* AllocationSize;
    uint32_t FileInformation;
    qs_UNICODE_STRING FileName;
} qs_WDF_IO_TARGET_OPEN_PARAMS;

QS_C_END
#endif
