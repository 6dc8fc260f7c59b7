// Stands in for the engine: writes down every call and returns zero. Called by the test drivers.
//
// The functions are defined without their real prototypes (abi.h is not included): only the first
// two arguments are looked at, which C calling conventions allow.
#include "include/fake_engine.h"

#include <cstring>

std::vector<Call>& calls() {
  static std::vector<Call> all;
  return all;
}

std::vector<std::uintptr_t>& pcs() {
  static std::vector<std::uintptr_t> all;
  return all;
}

std::vector<const qs_DRIVER_LINES*>& line_tables() {
  static std::vector<const qs_DRIVER_LINES*> all;
  return all;
}

static std::uintptr_t note(const char* name, const char* file, int line) {
  calls().push_back({name, file, line});
  return 0;
}

extern "C" {

void qs_add_driver_lines(const qs_DRIVER_LINES* lines) { line_tables().push_back(lines); }

void __sanitizer_cov_trace_pc() {
  pcs().push_back(reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)));
}
void __cyg_profile_func_enter(void*, void*) {}
void __cyg_profile_func_exit(void*, void*) {}

// Before each access of a driver to memory.
void __tsan_init() {}
void __tsan_read1(void*) {}
void __tsan_read2(void*) {}
void __tsan_read4(void*) {}
void __tsan_read8(void*) {}
void __tsan_read16(void*) {}
void __tsan_write1(void*) {}
void __tsan_write2(void*) {}
void __tsan_write4(void*) {}
void __tsan_write8(void*) {}
void __tsan_write16(void*) {}
void __tsan_unaligned_read2(void*) {}
void __tsan_unaligned_read4(void*) {}
void __tsan_unaligned_read8(void*) {}
void __tsan_unaligned_write2(void*) {}
void __tsan_unaligned_write4(void*) {}
void __tsan_unaligned_write8(void*) {}
void __tsan_read_range(void*, unsigned long) {}
void __tsan_write_range(void*, unsigned long) {}
void* __tsan_memcpy(void* to, const void* from, unsigned long n) {
  return std::memcpy(to, from, n);
}
void* __tsan_memmove(void* to, const void* from, unsigned long n) {
  return std::memmove(to, from, n);
}
void* __tsan_memset(void* at, int value, unsigned long n) { return std::memset(at, value, n); }
int __tsan_memcmp(const void* a, const void* b, unsigned long n) { return std::memcmp(a, b, n); }

void qs_not_simulated(const char* file, int line, const char* name) {
  calls().push_back({std::string("none ") + name, file, line});
}
void qs_noted(const char* file, int line, const char* name) {
  calls().push_back({std::string("noted ") + name, file, line});
}
std::uint32_t qs_DbgPrint(const char* file, int line, const char* format, ...) {
  calls().push_back({std::string("DbgPrint ") + format, file, line});
  return 0;
}
void qs_WppTrace(const char* file, int line, const char* format, ...) {
  calls().push_back({std::string("WppTrace ") + format, file, line});
}
std::size_t qs_FormatA(char* buffer, std::size_t capacity, const char* format,
                       std::va_list arguments) {
  return std::size_t(std::vsnprintf(buffer, capacity, format, arguments));
}

// As the driver wrote it, with the name of what the handle goes to.
std::uintptr_t qs_WdfIoQueueCreateInto(const char* file, int line) {
  return note("WdfIoQueueCreate", file, line);
}
#define FAKE(name) \
  std::uintptr_t qs_##name(const char* file, int line) { return note(#name, file, line); }
FAKE(WdfVerifierDbgBreakPoint) FAKE(WdfVerifierKeBugCheck) FAKE(WdfObjectAllocateContext)
FAKE(WdfObjectGetTypedContextWorker) FAKE(WdfObjectContextGetObject) FAKE(WdfObjectReference)
FAKE(WdfObjectDereference) FAKE(WdfObjectCreate) FAKE(WdfObjectDelete) FAKE(WdfObjectAcquireLock)
FAKE(WdfObjectReleaseLock) FAKE(WdfWaitLockCreate) FAKE(WdfWaitLockAcquire)
FAKE(WdfWaitLockRelease) FAKE(WdfSpinLockCreate) FAKE(WdfSpinLockAcquire) FAKE(WdfSpinLockRelease)
FAKE(WdfDriverCreate) FAKE(WdfGetDriver) FAKE(WdfDriverGetRegistryPath)
FAKE(WdfDriverWdmGetDriverObject) FAKE(WdfDriverRetrieveVersionString)
FAKE(WdfDriverIsVersionAvailable) FAKE(WdfFileObjectGetFileName) FAKE(WdfFileObjectGetFlags)
FAKE(WdfFileObjectGetDevice) FAKE(WdfFileObjectGetInitiatorProcessId)
FAKE(WdfFileObjectWdmGetFileObject) FAKE(WdfDeviceGetDeviceState)
FAKE(WdfWdmDeviceGetWdfDeviceHandle) FAKE(WdfDeviceWdmGetDeviceObject)
FAKE(WdfDeviceWdmGetAttachedDevice) FAKE(WdfDeviceWdmGetPhysicalDevice) FAKE(WdfDeviceGetDriver)
FAKE(WdfDeviceRetrieveDeviceName) FAKE(WdfDeviceGetIoTarget) FAKE(WdfDeviceAssignS0IdleSettings)
FAKE(WdfDeviceInitFree) FAKE(WdfDeviceInitSetPnpPowerEventCallbacks)
FAKE(WdfDeviceInitSetExclusive) FAKE(WdfDeviceInitSetIoType) FAKE(WdfDeviceInitAssignName)
FAKE(WdfDeviceInitSetFileObjectConfig) FAKE(WdfDeviceInitSetRequestAttributes)
FAKE(WdfDeviceInitSetIoInCallerContextCallback) FAKE(WdfDeviceCreate)
FAKE(WdfDeviceCreateDeviceInterface) FAKE(WdfDeviceCreateSymbolicLink) FAKE(WdfDeviceSetFailed)
FAKE(WdfDeviceStopIdle) FAKE(WdfDeviceResumeIdle) FAKE(WdfDeviceGetFileObject)
FAKE(WdfDeviceEnqueueRequest) FAKE(WdfDeviceGetDefaultQueue)
FAKE(WdfDeviceConfigureRequestDispatching) FAKE(WdfDeviceInitSetIoTypeEx)
FAKE(WdfCollectionCreate) FAKE(WdfCollectionGetCount) FAKE(WdfCollectionAdd)
FAKE(WdfCollectionRemove) FAKE(WdfCollectionRemoveItem) FAKE(WdfCollectionGetItem)
FAKE(WdfCollectionGetFirstItem) FAKE(WdfCollectionGetLastItem) FAKE(WdfMemoryCreate)
FAKE(WdfMemoryCreatePreallocated) FAKE(WdfMemoryGetBuffer) FAKE(WdfMemoryAssignBuffer)
FAKE(WdfMemoryCopyToBuffer) FAKE(WdfMemoryCopyFromBuffer) FAKE(WdfLookasideListCreate)
FAKE(WdfMemoryCreateFromLookaside) FAKE(WdfRequestCreate) FAKE(WdfRequestGetRequestorProcessId)
FAKE(WdfRequestCreateFromIrp) FAKE(WdfRequestReuse) FAKE(WdfRequestChangeTarget)
FAKE(WdfRequestFormatRequestUsingCurrentType) FAKE(WdfRequestWdmFormatUsingStackLocation)
FAKE(WdfRequestSend) FAKE(WdfRequestGetStatus) FAKE(WdfRequestMarkCancelable)
FAKE(WdfRequestMarkCancelableEx) FAKE(WdfRequestUnmarkCancelable) FAKE(WdfRequestIsCanceled)
FAKE(WdfRequestCancelSentRequest) FAKE(WdfRequestIsFrom32BitProcess)
FAKE(WdfRequestSetCompletionRoutine) FAKE(WdfRequestGetCompletionParams)
FAKE(WdfRequestAllocateTimer) FAKE(WdfRequestComplete) FAKE(WdfRequestCompleteWithPriorityBoost)
FAKE(WdfRequestCompleteWithInformation) FAKE(WdfRequestGetParameters)
FAKE(WdfRequestRetrieveInputMemory) FAKE(WdfRequestRetrieveOutputMemory)
FAKE(WdfRequestRetrieveInputBuffer) FAKE(WdfRequestRetrieveOutputBuffer)
FAKE(WdfRequestRetrieveInputWdmMdl) FAKE(WdfRequestRetrieveOutputWdmMdl)
FAKE(WdfRequestRetrieveUnsafeUserInputBuffer) FAKE(WdfRequestRetrieveUnsafeUserOutputBuffer)
FAKE(WdfRequestSetInformation) FAKE(WdfRequestGetInformation) FAKE(WdfRequestGetFileObject)
FAKE(WdfRequestProbeAndLockUserBufferForRead) FAKE(WdfRequestProbeAndLockUserBufferForWrite)
FAKE(WdfRequestGetRequestorMode) FAKE(WdfRequestForwardToIoQueue) FAKE(WdfRequestGetIoQueue)
FAKE(WdfRequestRequeue) FAKE(WdfRequestStopAcknowledge) FAKE(WdfRequestWdmGetIrp)
FAKE(WdfRequestIsReserved) FAKE(WdfRequestForwardToParentDeviceIoQueue) FAKE(WdfDpcCreate)
FAKE(WdfDpcEnqueue) FAKE(WdfDpcCancel) FAKE(WdfDpcGetParentObject) FAKE(WdfTimerCreate)
FAKE(WdfTimerStart) FAKE(WdfTimerStop) FAKE(WdfTimerGetParentObject) FAKE(WdfWorkItemCreate)
FAKE(WdfWorkItemEnqueue) FAKE(WdfWorkItemGetParentObject) FAKE(WdfWorkItemFlush)
FAKE(WdfStringCreate) FAKE(WdfStringGetUnicodeString) FAKE(WdfIoTargetCreate)
FAKE(WdfIoTargetOpen) FAKE(WdfIoTargetCloseForQueryRemove) FAKE(WdfIoTargetClose)
FAKE(WdfIoTargetStart) FAKE(WdfIoTargetStop) FAKE(WdfIoTargetPurge) FAKE(WdfIoTargetGetState)
FAKE(WdfIoTargetGetDevice) FAKE(WdfIoTargetSendReadSynchronously)
FAKE(WdfIoTargetFormatRequestForRead) FAKE(WdfIoTargetSendWriteSynchronously)
FAKE(WdfIoTargetFormatRequestForWrite) FAKE(WdfIoTargetSendIoctlSynchronously)
FAKE(WdfIoTargetFormatRequestForIoctl) FAKE(WdfIoTargetSendInternalIoctlSynchronously)
FAKE(WdfIoTargetFormatRequestForInternalIoctl) FAKE(WdfIoQueueCreate) FAKE(WdfIoQueueGetState)
FAKE(WdfIoQueueStart) FAKE(WdfIoQueueStop) FAKE(WdfIoQueueStopSynchronously)
FAKE(WdfIoQueueGetDevice) FAKE(WdfIoQueueRetrieveNextRequest)
FAKE(WdfIoQueueRetrieveRequestByFileObject) FAKE(WdfIoQueueFindRequest)
FAKE(WdfIoQueueRetrieveFoundRequest) FAKE(WdfIoQueueDrainSynchronously) FAKE(WdfIoQueueDrain)
FAKE(WdfIoQueuePurgeSynchronously) FAKE(WdfIoQueuePurge) FAKE(WdfIoQueueReadyNotify)
FAKE(WdfIoQueueAssignForwardProgressPolicy) FAKE(WdfIoQueueStopAndPurge)
FAKE(WdfIoQueueStopAndPurgeSynchronously) FAKE(WdfControlDeviceInitAllocate)
FAKE(WdfControlDeviceInitSetShutdownNotification) FAKE(WdfControlFinishInitializing)
FAKE(WdfFdoInitSetFilter) FAKE(WdfFdoAddStaticChild) FAKE(WdfPdoInitAllocate)
FAKE(WdfPdoInitAllowForwardingRequestToParent) FAKE(WdfPdoGetParent) FAKE(WdfPdoMarkMissing)
FAKE(ExAllocatePool2) FAKE(ExAllocatePoolWithTag) FAKE(ExFreePool) FAKE(ExFreePoolWithTag)
FAKE(DbgBreakPoint) FAKE(AssertFailed) FAKE(PagedCode) FAKE(KeBugCheckEx)
FAKE(InterlockedIncrement) FAKE(InterlockedDecrement) FAKE(InterlockedAdd)
FAKE(InterlockedExchange) FAKE(InterlockedExchangeAdd) FAKE(InterlockedCompareExchange)
FAKE(InterlockedAnd) FAKE(InterlockedOr) FAKE(InterlockedXor) FAKE(InterlockedBitTestAndSet)
FAKE(InterlockedBitTestAndReset) FAKE(InterlockedIncrement64) FAKE(InterlockedDecrement64)
FAKE(InterlockedExchange64) FAKE(InterlockedExchangeAdd64) FAKE(InterlockedCompareExchange64)
FAKE(InterlockedExchangePointer) FAKE(InterlockedCompareExchangePointer) FAKE(KeGetCurrentIrql)
FAKE(KeRaiseIrql) FAKE(KeLowerIrql) FAKE(KeInitializeSpinLock) FAKE(KeAcquireSpinLock)
FAKE(KeReleaseSpinLock) FAKE(KeAcquireSpinLockAtDpcLevel) FAKE(KeReleaseSpinLockFromDpcLevel)
FAKE(KeInitializeEvent) FAKE(KeSetEvent) FAKE(KeResetEvent) FAKE(KeClearEvent)
FAKE(KeReadStateEvent) FAKE(KeWaitForSingleObject) FAKE(KeDelayExecutionThread)
FAKE(KeWaitForMultipleObjects) FAKE(ZwWaitForSingleObject) FAKE(PsCreateSystemThread)
FAKE(PsTerminateSystemThread) FAKE(ObReferenceObjectByHandle) FAKE(ObReferenceObject)
FAKE(ObDereferenceObject)
FAKE(KeQuerySystemTime) FAKE(KeQueryInterruptTime) FAKE(KeQueryTickCount)
FAKE(KeQueryPerformanceCounter) FAKE(KeQueryTimeIncrement) FAKE(KeStallExecutionProcessor)
FAKE(KeGetCurrentThread) FAKE(ZwCreateFile) FAKE(ZwReadFile) FAKE(ZwWriteFile)
FAKE(ZwQueryInformationFile) FAKE(ZwSetInformationFile) FAKE(ZwClose) FAKE(AskNext)
FAKE(NextQueue) FAKE(DeviceSetup)
FAKE(AskResult) FAKE(QsDeviceOpen) FAKE(QsDeviceReset) FAKE(QsDeviceChannelCount)
FAKE(QsChannelStart) FAKE(QsChannelCancel) FAKE(QsChannelIsFree) FAKE(QsChannelBusyContext)
FAKE(QsChannelTakeFinished) FAKE(QsEventConnect) FAKE(QsEventCount) FAKE(QsEventTake)

}  // extern "C"
