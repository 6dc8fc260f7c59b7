/* One prototype for every WDF function that is simulated: the real name with qs_ before it, and the
 * real arguments after the two of QS_SITE. Called by drivers through the macros of wdf*.h; defined
 * in engine/kmdf. NTSTATUS is int32_t, BOOLEAN is uint8_t.
 */
#ifndef QS_ABI_WDF_H
#define QS_ABI_WDF_H

#include "abi_device_types.h"
#include "abi_types.h"

QS_C_BEGIN

/* ---- Verifier ---- */

void qs_WdfVerifierDbgBreakPoint(QS_SITE);
void qs_WdfVerifierKeBugCheck(QS_SITE, uint32_t BugCheckCode, uintptr_t BugCheckParameter1,
        uintptr_t BugCheckParameter2, uintptr_t BugCheckParameter3, uintptr_t BugCheckParameter4);

/* ---- Objects ---- */

int32_t qs_WdfObjectAllocateContext(QS_SITE, WDFOBJECT Handle,
        qs_WDF_OBJECT_ATTRIBUTES* ContextAttributes, void** Context);
void* qs_WdfObjectGetTypedContextWorker(
        QS_SITE, WDFOBJECT Handle, const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* TypeInfo);
WDFOBJECT qs_WdfObjectContextGetObject(QS_SITE, void* ContextPointer);
void qs_WdfObjectReference(QS_SITE, WDFOBJECT Handle, void* Tag);
void qs_WdfObjectDereference(QS_SITE, WDFOBJECT Handle, void* Tag);
int32_t qs_WdfObjectCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* Attributes, WDFOBJECT* Object);
void qs_WdfObjectDelete(QS_SITE, WDFOBJECT Object);

/* ---- Locks ---- */

void qs_WdfObjectAcquireLock(QS_SITE, WDFOBJECT Object);
void qs_WdfObjectReleaseLock(QS_SITE, WDFOBJECT Object);
int32_t qs_WdfWaitLockCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* LockAttributes, WDFWAITLOCK* Lock);
int32_t qs_WdfWaitLockAcquire(QS_SITE, WDFWAITLOCK Lock, int64_t* Timeout);
void qs_WdfWaitLockRelease(QS_SITE, WDFWAITLOCK Lock);
int32_t qs_WdfSpinLockCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* SpinLockAttributes,
        WDFSPINLOCK* SpinLock);
void qs_WdfSpinLockAcquire(QS_SITE, WDFSPINLOCK SpinLock);
void qs_WdfSpinLockRelease(QS_SITE, WDFSPINLOCK SpinLock);

/* ---- Driver ---- */

void qs_DriverIsUserMode(QS_SITE);  /* said by the headers, before the driver is created */
int32_t qs_WdfDriverCreate(QS_SITE, qs_DRIVER_OBJECT* DriverObject,
        const qs_UNICODE_STRING* RegistryPath, qs_WDF_OBJECT_ATTRIBUTES* DriverAttributes,
        qs_WDF_DRIVER_CONFIG* DriverConfig, WDFDRIVER* Driver);
WDFDRIVER qs_WdfGetDriver(QS_SITE);
qs_WCHAR* qs_WdfDriverGetRegistryPath(QS_SITE, WDFDRIVER Driver);
qs_DRIVER_OBJECT* qs_WdfDriverWdmGetDriverObject(QS_SITE, WDFDRIVER Driver);
int32_t qs_WdfDriverRetrieveVersionString(QS_SITE, WDFDRIVER Driver, WDFSTRING String);
uint8_t qs_WdfDriverIsVersionAvailable(QS_SITE, WDFDRIVER Driver,
        qs_WDF_DRIVER_VERSION_AVAILABLE_PARAMS* VersionAvailableParams);

/* ---- File objects ---- */

qs_UNICODE_STRING* qs_WdfFileObjectGetFileName(QS_SITE, WDFFILEOBJECT FileObject);
uint32_t qs_WdfFileObjectGetFlags(QS_SITE, WDFFILEOBJECT FileObject);
WDFDEVICE qs_WdfFileObjectGetDevice(QS_SITE, WDFFILEOBJECT FileObject);
uint32_t qs_WdfFileObjectGetInitiatorProcessId(QS_SITE, WDFFILEOBJECT FileObject);
qs_FILE_OBJECT* qs_WdfFileObjectWdmGetFileObject(QS_SITE, WDFFILEOBJECT FileObject);

/* ---- Device and device init ---- */

void qs_WdfDeviceGetDeviceState(QS_SITE, WDFDEVICE Device, qs_WDF_DEVICE_STATE* DeviceState);
WDFDEVICE qs_WdfWdmDeviceGetWdfDeviceHandle(QS_SITE, qs_DEVICE_OBJECT* DeviceObject);
qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetDeviceObject(QS_SITE, WDFDEVICE Device);
qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetAttachedDevice(QS_SITE, WDFDEVICE Device);
qs_DEVICE_OBJECT* qs_WdfDeviceWdmGetPhysicalDevice(QS_SITE, WDFDEVICE Device);
WDFDRIVER qs_WdfDeviceGetDriver(QS_SITE, WDFDEVICE Device);
int32_t qs_WdfDeviceRetrieveDeviceName(QS_SITE, WDFDEVICE Device, WDFSTRING String);
WDFIOTARGET qs_WdfDeviceGetIoTarget(QS_SITE, WDFDEVICE Device);
int32_t qs_WdfDeviceAssignS0IdleSettings(QS_SITE, WDFDEVICE Device,
        qs_WDF_DEVICE_POWER_POLICY_IDLE_SETTINGS* Settings);
void qs_WdfDeviceInitFree(QS_SITE, PWDFDEVICE_INIT DeviceInit);
void qs_WdfDeviceInitSetPnpPowerEventCallbacks(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_WDF_PNPPOWER_EVENT_CALLBACKS* PnpPowerEventCallbacks);
void qs_WdfDeviceInitSetExclusive(QS_SITE, PWDFDEVICE_INIT DeviceInit, uint8_t IsExclusive);
void qs_WdfDeviceInitSetIoType(QS_SITE, PWDFDEVICE_INIT DeviceInit, qs_WDF_DEVICE_IO_TYPE IoType);
int32_t qs_WdfDeviceInitAssignName(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        const qs_UNICODE_STRING* DeviceName);
void qs_WdfDeviceInitSetFileObjectConfig(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_WDF_FILEOBJECT_CONFIG* FileObjectConfig, qs_WDF_OBJECT_ATTRIBUTES* FileObjectAttributes);
void qs_WdfDeviceInitSetRequestAttributes(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_WDF_OBJECT_ATTRIBUTES* RequestAttributes);
void qs_WdfDeviceInitSetIoInCallerContextCallback(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_EVT_WDF_IO_IN_CALLER_CONTEXT* EvtIoInCallerContext);
int32_t qs_WdfDeviceCreate(QS_SITE, PWDFDEVICE_INIT* DeviceInit,
        qs_WDF_OBJECT_ATTRIBUTES* DeviceAttributes, WDFDEVICE* Device);
int32_t qs_WdfDeviceCreateDeviceInterface(QS_SITE, WDFDEVICE Device,
        const qs_GUID* InterfaceClassGUID, const qs_UNICODE_STRING* ReferenceString);
int32_t qs_WdfDeviceCreateSymbolicLink(QS_SITE, WDFDEVICE Device,
        const qs_UNICODE_STRING* SymbolicLinkName);
void qs_WdfDeviceSetFailed(QS_SITE, WDFDEVICE Device, qs_WDF_DEVICE_FAILED_ACTION FailedAction);
int32_t qs_WdfDeviceStopIdle(QS_SITE, WDFDEVICE Device, uint8_t WaitForD0, void* Tag);
void qs_WdfDeviceResumeIdle(QS_SITE, WDFDEVICE Device, void* Tag);
WDFFILEOBJECT qs_WdfDeviceGetFileObject(QS_SITE, WDFDEVICE Device, qs_FILE_OBJECT* FileObject);
int32_t qs_WdfDeviceEnqueueRequest(QS_SITE, WDFDEVICE Device, WDFREQUEST Request);
WDFQUEUE qs_WdfDeviceGetDefaultQueue(QS_SITE, WDFDEVICE Device);
int32_t qs_WdfDeviceConfigureRequestDispatching(QS_SITE, WDFDEVICE Device, WDFQUEUE Queue,
        qs_WDF_REQUEST_TYPE RequestType);
void qs_WdfDeviceInitSetIoTypeEx(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_WDF_IO_TYPE_CONFIG* IoTypeConfig);

/* ---- Collections ---- */

int32_t qs_WdfCollectionCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* CollectionAttributes,
        WDFCOLLECTION* Collection);
uint32_t qs_WdfCollectionGetCount(QS_SITE, WDFCOLLECTION Collection);
int32_t qs_WdfCollectionAdd(QS_SITE, WDFCOLLECTION Collection, WDFOBJECT Object);
void qs_WdfCollectionRemove(QS_SITE, WDFCOLLECTION Collection, WDFOBJECT Item);
void qs_WdfCollectionRemoveItem(QS_SITE, WDFCOLLECTION Collection, uint32_t Index);
WDFOBJECT qs_WdfCollectionGetItem(QS_SITE, WDFCOLLECTION Collection, uint32_t Index);
WDFOBJECT qs_WdfCollectionGetFirstItem(QS_SITE, WDFCOLLECTION Collection);
WDFOBJECT qs_WdfCollectionGetLastItem(QS_SITE, WDFCOLLECTION Collection);

/* ---- Memory ---- */

int32_t qs_WdfMemoryCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* Attributes, int32_t PoolType,
        uint32_t PoolTag, size_t BufferSize, WDFMEMORY* Memory, void** Buffer);
int32_t qs_WdfMemoryCreatePreallocated(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* Attributes, void* Buffer,
        size_t BufferSize, WDFMEMORY* Memory);
void* qs_WdfMemoryGetBuffer(QS_SITE, WDFMEMORY Memory, size_t* BufferSize);
int32_t qs_WdfMemoryAssignBuffer(QS_SITE, WDFMEMORY Memory, void* Buffer, size_t BufferSize);
int32_t qs_WdfMemoryCopyToBuffer(QS_SITE, WDFMEMORY SourceMemory, size_t SourceOffset, void* Buffer,
        size_t NumBytesToCopyTo);
int32_t qs_WdfMemoryCopyFromBuffer(QS_SITE, WDFMEMORY DestinationMemory, size_t DestinationOffset,
        void* Buffer, size_t NumBytesToCopyFrom);
int32_t qs_WdfLookasideListCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* LookasideAttributes,
        size_t BufferSize, int32_t PoolType, qs_WDF_OBJECT_ATTRIBUTES* MemoryAttributes,
        uint32_t PoolTag, WDFLOOKASIDE* Lookaside);
int32_t qs_WdfMemoryCreateFromLookaside(QS_SITE, WDFLOOKASIDE Lookaside, WDFMEMORY* Memory);

/* ---- Requests ---- */

int32_t qs_WdfRequestCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* RequestAttributes,
        WDFIOTARGET IoTarget, WDFREQUEST* Request);
uint32_t qs_WdfRequestGetRequestorProcessId(QS_SITE, WDFREQUEST Request);
int32_t qs_WdfRequestCreateFromIrp(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* RequestAttributes,
        qs_IRP* Irp, uint8_t RequestFreesIrp, WDFREQUEST* Request);
int32_t qs_WdfRequestReuse(QS_SITE, WDFREQUEST Request, qs_WDF_REQUEST_REUSE_PARAMS* ReuseParams);
int32_t qs_WdfRequestChangeTarget(QS_SITE, WDFREQUEST Request, WDFIOTARGET IoTarget);
void qs_WdfRequestFormatRequestUsingCurrentType(QS_SITE, WDFREQUEST Request);
void qs_WdfRequestWdmFormatUsingStackLocation(QS_SITE, WDFREQUEST Request,
        qs_IO_STACK_LOCATION* Stack);
uint8_t qs_WdfRequestSend(QS_SITE, WDFREQUEST Request, WDFIOTARGET Target,
        qs_WDF_REQUEST_SEND_OPTIONS* Options);
int32_t qs_WdfRequestGetStatus(QS_SITE, WDFREQUEST Request);
void qs_WdfRequestMarkCancelable(QS_SITE, WDFREQUEST Request,
        qs_EVT_WDF_REQUEST_CANCEL* EvtRequestCancel);
int32_t qs_WdfRequestMarkCancelableEx(QS_SITE, WDFREQUEST Request,
        qs_EVT_WDF_REQUEST_CANCEL* EvtRequestCancel);
int32_t qs_WdfRequestUnmarkCancelable(QS_SITE, WDFREQUEST Request);
uint8_t qs_WdfRequestIsCanceled(QS_SITE, WDFREQUEST Request);
uint8_t qs_WdfRequestCancelSentRequest(QS_SITE, WDFREQUEST Request);
uint8_t qs_WdfRequestIsFrom32BitProcess(QS_SITE, WDFREQUEST Request);
void qs_WdfRequestSetCompletionRoutine(QS_SITE, WDFREQUEST Request,
        qs_EVT_WDF_REQUEST_COMPLETION_ROUTINE* CompletionRoutine, void* CompletionContext);
void qs_WdfRequestGetCompletionParams(QS_SITE, WDFREQUEST Request,
        qs_WDF_REQUEST_COMPLETION_PARAMS* Params);
int32_t qs_WdfRequestAllocateTimer(QS_SITE, WDFREQUEST Request);
void qs_WdfRequestComplete(QS_SITE, WDFREQUEST Request, int32_t Status);
void qs_WdfRequestCompleteWithPriorityBoost(QS_SITE, WDFREQUEST Request, int32_t Status,
        char PriorityBoost);
void qs_WdfRequestCompleteWithInformation(QS_SITE, WDFREQUEST Request, int32_t Status,
        uintptr_t Information);
void qs_WdfRequestGetParameters(QS_SITE, WDFREQUEST Request, qs_WDF_REQUEST_PARAMETERS* Parameters);
int32_t qs_WdfRequestRetrieveInputMemory(QS_SITE, WDFREQUEST Request, WDFMEMORY* Memory);
int32_t qs_WdfRequestRetrieveOutputMemory(QS_SITE, WDFREQUEST Request, WDFMEMORY* Memory);
int32_t qs_WdfRequestRetrieveInputBuffer(QS_SITE, WDFREQUEST Request, size_t MinimumRequiredLength,
        void** Buffer, size_t* Length);
int32_t qs_WdfRequestRetrieveOutputBuffer(QS_SITE, WDFREQUEST Request, size_t MinimumRequiredSize,
        void** Buffer, size_t* Length);
int32_t qs_WdfRequestRetrieveInputWdmMdl(QS_SITE, WDFREQUEST Request, qs_MDL** Mdl);
int32_t qs_WdfRequestRetrieveOutputWdmMdl(QS_SITE, WDFREQUEST Request, qs_MDL** Mdl);
int32_t qs_WdfRequestRetrieveUnsafeUserInputBuffer(QS_SITE, WDFREQUEST Request,
        size_t MinimumRequiredLength, void** InputBuffer, size_t* Length);
int32_t qs_WdfRequestRetrieveUnsafeUserOutputBuffer(QS_SITE, WDFREQUEST Request,
        size_t MinimumRequiredLength, void** OutputBuffer, size_t* Length);
void qs_WdfRequestSetInformation(QS_SITE, WDFREQUEST Request, uintptr_t Information);
uintptr_t qs_WdfRequestGetInformation(QS_SITE, WDFREQUEST Request);
WDFFILEOBJECT qs_WdfRequestGetFileObject(QS_SITE, WDFREQUEST Request);
int32_t qs_WdfRequestProbeAndLockUserBufferForRead(QS_SITE, WDFREQUEST Request, void* Buffer,
        size_t Length, WDFMEMORY* MemoryObject);
int32_t qs_WdfRequestProbeAndLockUserBufferForWrite(QS_SITE, WDFREQUEST Request, void* Buffer,
        size_t Length, WDFMEMORY* MemoryObject);
char qs_WdfRequestGetRequestorMode(QS_SITE, WDFREQUEST Request);
int32_t qs_WdfRequestForwardToIoQueue(QS_SITE, WDFREQUEST Request, WDFQUEUE DestinationQueue);
WDFQUEUE qs_WdfRequestGetIoQueue(QS_SITE, WDFREQUEST Request);
int32_t qs_WdfRequestRequeue(QS_SITE, WDFREQUEST Request);
void qs_WdfRequestStopAcknowledge(QS_SITE, WDFREQUEST Request, uint8_t Requeue);
qs_IRP* qs_WdfRequestWdmGetIrp(QS_SITE, WDFREQUEST Request);
uint8_t qs_WdfRequestIsReserved(QS_SITE, WDFREQUEST Request);
int32_t qs_WdfRequestForwardToParentDeviceIoQueue(QS_SITE, WDFREQUEST Request,
        WDFQUEUE ParentDeviceQueue, qs_WDF_REQUEST_FORWARD_OPTIONS* ForwardOptions);

/* ---- DPCs ---- */

int32_t qs_WdfDpcCreate(QS_SITE, qs_WDF_DPC_CONFIG* Config, qs_WDF_OBJECT_ATTRIBUTES* Attributes,
        WDFDPC* Dpc);
uint8_t qs_WdfDpcEnqueue(QS_SITE, WDFDPC Dpc);
uint8_t qs_WdfDpcCancel(QS_SITE, WDFDPC Dpc, uint8_t Wait);
WDFOBJECT qs_WdfDpcGetParentObject(QS_SITE, WDFDPC Dpc);

/* ---- Timers ---- */

int32_t qs_WdfTimerCreate(QS_SITE, qs_WDF_TIMER_CONFIG* Config,
        qs_WDF_OBJECT_ATTRIBUTES* Attributes, WDFTIMER* Timer);
uint8_t qs_WdfTimerStart(QS_SITE, WDFTIMER Timer, int64_t DueTime);
uint8_t qs_WdfTimerStop(QS_SITE, WDFTIMER Timer, uint8_t Wait);
WDFOBJECT qs_WdfTimerGetParentObject(QS_SITE, WDFTIMER Timer);

/* ---- Work items ---- */

int32_t qs_WdfWorkItemCreate(QS_SITE, qs_WDF_WORKITEM_CONFIG* Config,
        qs_WDF_OBJECT_ATTRIBUTES* Attributes, WDFWORKITEM* WorkItem);
void qs_WdfWorkItemEnqueue(QS_SITE, WDFWORKITEM WorkItem);
WDFOBJECT qs_WdfWorkItemGetParentObject(QS_SITE, WDFWORKITEM WorkItem);
void qs_WdfWorkItemFlush(QS_SITE, WDFWORKITEM WorkItem);

/* ---- Strings ---- */

int32_t qs_WdfStringCreate(QS_SITE, const qs_UNICODE_STRING* UnicodeString,
        qs_WDF_OBJECT_ATTRIBUTES* StringAttributes, WDFSTRING* String);
void qs_WdfStringGetUnicodeString(QS_SITE, WDFSTRING String, qs_UNICODE_STRING* UnicodeString);

/* ---- I/O targets ---- */

int32_t qs_WdfIoTargetCreate(QS_SITE, WDFDEVICE Device,
        qs_WDF_OBJECT_ATTRIBUTES* IoTargetAttributes, WDFIOTARGET* IoTarget);
int32_t qs_WdfIoTargetOpen(QS_SITE, WDFIOTARGET IoTarget, qs_WDF_IO_TARGET_OPEN_PARAMS* OpenParams);
void qs_WdfIoTargetCloseForQueryRemove(QS_SITE, WDFIOTARGET IoTarget);
void qs_WdfIoTargetClose(QS_SITE, WDFIOTARGET IoTarget);
int32_t qs_WdfIoTargetStart(QS_SITE, WDFIOTARGET IoTarget);
void qs_WdfIoTargetStop(QS_SITE, WDFIOTARGET IoTarget, qs_WDF_IO_TARGET_SENT_IO_ACTION Action);
void qs_WdfIoTargetPurge(QS_SITE, WDFIOTARGET IoTarget, qs_WDF_IO_TARGET_PURGE_IO_ACTION Action);
qs_WDF_IO_TARGET_STATE qs_WdfIoTargetGetState(QS_SITE, WDFIOTARGET IoTarget);
WDFDEVICE qs_WdfIoTargetGetDevice(QS_SITE, WDFIOTARGET IoTarget);
int32_t qs_WdfIoTargetSendReadSynchronously(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        qs_WDF_MEMORY_DESCRIPTOR* OutputBuffer, int64_t* DeviceOffset,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions, uintptr_t* BytesRead);
int32_t qs_WdfIoTargetFormatRequestForRead(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        WDFMEMORY OutputBuffer, qs_WDFMEMORY_OFFSET* OutputBufferOffset, int64_t* DeviceOffset);
int32_t qs_WdfIoTargetSendWriteSynchronously(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        qs_WDF_MEMORY_DESCRIPTOR* InputBuffer, int64_t* DeviceOffset,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions, uintptr_t* BytesWritten);
int32_t qs_WdfIoTargetFormatRequestForWrite(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        WDFMEMORY InputBuffer, qs_WDFMEMORY_OFFSET* InputBufferOffset, int64_t* DeviceOffset);
int32_t qs_WdfIoTargetSendIoctlSynchronously(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        uint32_t IoctlCode, qs_WDF_MEMORY_DESCRIPTOR* InputBuffer,
        qs_WDF_MEMORY_DESCRIPTOR* OutputBuffer, qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions,
        uintptr_t* BytesReturned);
int32_t qs_WdfIoTargetFormatRequestForIoctl(QS_SITE, WDFIOTARGET IoTarget, WDFREQUEST Request,
        uint32_t IoctlCode, WDFMEMORY InputBuffer, qs_WDFMEMORY_OFFSET* InputBufferOffset,
        WDFMEMORY OutputBuffer, qs_WDFMEMORY_OFFSET* OutputBufferOffset);
int32_t qs_WdfIoTargetSendInternalIoctlSynchronously(QS_SITE, WDFIOTARGET IoTarget,
        WDFREQUEST Request, uint32_t IoctlCode, qs_WDF_MEMORY_DESCRIPTOR* InputBuffer,
        qs_WDF_MEMORY_DESCRIPTOR* OutputBuffer, qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions,
        uintptr_t* BytesReturned);
int32_t qs_WdfIoTargetFormatRequestForInternalIoctl(QS_SITE, WDFIOTARGET IoTarget,
        WDFREQUEST Request, uint32_t IoctlCode, WDFMEMORY InputBuffer,
        qs_WDFMEMORY_OFFSET* InputBufferOffset, WDFMEMORY OutputBuffer,
        qs_WDFMEMORY_OFFSET* OutputBufferOffset);

/* ---- Queues ---- */

int32_t qs_WdfIoQueueCreate(QS_SITE, WDFDEVICE Device, qs_WDF_IO_QUEUE_CONFIG* Config,
        qs_WDF_OBJECT_ATTRIBUTES* QueueAttributes, WDFQUEUE* Queue);
/* The same; Into: the last argument as the driver wrote it. */
int32_t qs_WdfIoQueueCreateInto(QS_SITE, WDFDEVICE Device, qs_WDF_IO_QUEUE_CONFIG* Config,
        qs_WDF_OBJECT_ATTRIBUTES* QueueAttributes, WDFQUEUE* Queue,
                               const char* Into);
qs_WDF_IO_QUEUE_STATE qs_WdfIoQueueGetState(QS_SITE, WDFQUEUE Queue, uint32_t* QueueRequests,
        uint32_t* DriverRequests);
void qs_WdfIoQueueStart(QS_SITE, WDFQUEUE Queue);
void qs_WdfIoQueueStop(QS_SITE, WDFQUEUE Queue, qs_EVT_WDF_IO_QUEUE_STATE* StopComplete,
        void* Context);
void qs_WdfIoQueueStopSynchronously(QS_SITE, WDFQUEUE Queue);
WDFDEVICE qs_WdfIoQueueGetDevice(QS_SITE, WDFQUEUE Queue);
int32_t qs_WdfIoQueueRetrieveNextRequest(QS_SITE, WDFQUEUE Queue, WDFREQUEST* OutRequest);
int32_t qs_WdfIoQueueRetrieveRequestByFileObject(QS_SITE, WDFQUEUE Queue, WDFFILEOBJECT FileObject,
        WDFREQUEST* OutRequest);
int32_t qs_WdfIoQueueFindRequest(QS_SITE, WDFQUEUE Queue, WDFREQUEST FoundRequest,
        WDFFILEOBJECT FileObject, qs_WDF_REQUEST_PARAMETERS* Parameters, WDFREQUEST* OutRequest);
int32_t qs_WdfIoQueueRetrieveFoundRequest(QS_SITE, WDFQUEUE Queue, WDFREQUEST FoundRequest,
        WDFREQUEST* OutRequest);
void qs_WdfIoQueueDrainSynchronously(QS_SITE, WDFQUEUE Queue);
void qs_WdfIoQueueDrain(QS_SITE, WDFQUEUE Queue, qs_EVT_WDF_IO_QUEUE_STATE* DrainComplete,
        void* Context);
void qs_WdfIoQueuePurgeSynchronously(QS_SITE, WDFQUEUE Queue);
void qs_WdfIoQueuePurge(QS_SITE, WDFQUEUE Queue, qs_EVT_WDF_IO_QUEUE_STATE* PurgeComplete,
        void* Context);
int32_t qs_WdfIoQueueReadyNotify(QS_SITE, WDFQUEUE Queue, qs_EVT_WDF_IO_QUEUE_STATE* QueueReady,
        void* Context);
int32_t qs_WdfIoQueueAssignForwardProgressPolicy(QS_SITE, WDFQUEUE Queue,
        qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY* ForwardProgressPolicy);
void qs_WdfIoQueueStopAndPurge(QS_SITE, WDFQUEUE Queue,
        qs_EVT_WDF_IO_QUEUE_STATE* StopAndPurgeComplete, void* Context);
void qs_WdfIoQueueStopAndPurgeSynchronously(QS_SITE, WDFQUEUE Queue);

/* ---- Control devices ---- */

PWDFDEVICE_INIT qs_WdfControlDeviceInitAllocate(QS_SITE, WDFDRIVER Driver,
        const qs_UNICODE_STRING* SDDLString);
void qs_WdfControlDeviceInitSetShutdownNotification(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        qs_EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION* Notification, uint8_t Flags);
void qs_WdfControlFinishInitializing(QS_SITE, WDFDEVICE Device);

/* ---- Filters and child devices ---- */

void qs_WdfFdoInitSetFilter(QS_SITE, PWDFDEVICE_INIT DeviceInit);
int32_t qs_WdfFdoAddStaticChild(QS_SITE, WDFDEVICE Fdo, WDFDEVICE Child);
PWDFDEVICE_INIT qs_WdfPdoInitAllocate(QS_SITE, WDFDEVICE ParentDevice);
void qs_WdfPdoInitAllowForwardingRequestToParent(QS_SITE, PWDFDEVICE_INIT DeviceInit);
WDFDEVICE qs_WdfPdoGetParent(QS_SITE, WDFDEVICE Device);
int32_t qs_WdfPdoMarkMissing(QS_SITE, WDFDEVICE Device);

/* ---- The others ---- */

/* A declared function with nothing behind it was called: report it. The caller's stand-in then
 * returns STATUS_NOT_SUPPORTED, NULL or zero. */
void qs_not_simulated(QS_SITE, const char* name);
/* The same of a function that no header of the kit declares: From is where its call returns to. */
void qs_missing(const char* name, void* From);

/* A setting that has no visible effect here (names, capabilities, wake-up) was made: it succeeds.
 */
void qs_noted(QS_SITE, const char* name);

QS_C_END
#endif
