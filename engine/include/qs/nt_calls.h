/* NT calls as drivers write them; qs/abi_nt.h says what each does. Included by wdm.h. */
#ifndef QS_NT_CALLS_H
#define QS_NT_CALLS_H

#include "nt_threads.h"

/* ---- Simulated ---- */

#define ExAllocatePool2 QS_AT(qs_ExAllocatePool2)
#define ExFreePool QS_AT(qs_ExFreePool)
#define ExFreePoolWithTag QS_AT(qs_ExFreePoolWithTag)
#define KeBugCheckEx QS_AT(qs_KeBugCheckEx)
#define InterlockedIncrement QS_AT(qs_InterlockedIncrement)
#define InterlockedDecrement QS_AT(qs_InterlockedDecrement)
#define InterlockedAdd QS_AT(qs_InterlockedAdd)
#define InterlockedExchange QS_AT(qs_InterlockedExchange)
#define InterlockedExchangeAdd QS_AT(qs_InterlockedExchangeAdd)
#define InterlockedCompareExchange QS_AT(qs_InterlockedCompareExchange)
#define InterlockedAnd QS_AT(qs_InterlockedAnd)
#define InterlockedOr QS_AT(qs_InterlockedOr)
#define InterlockedXor QS_AT(qs_InterlockedXor)
#define InterlockedBitTestAndSet QS_AT(qs_InterlockedBitTestAndSet)
#define InterlockedBitTestAndReset QS_AT(qs_InterlockedBitTestAndReset)
#define InterlockedIncrement64 QS_AT(qs_InterlockedIncrement64)
#define InterlockedDecrement64 QS_AT(qs_InterlockedDecrement64)
#define InterlockedExchange64 QS_AT(qs_InterlockedExchange64)
#define InterlockedExchangeAdd64 QS_AT(qs_InterlockedExchangeAdd64)
#define InterlockedCompareExchange64 QS_AT(qs_InterlockedCompareExchange64)
#define InterlockedExchangePointer QS_AT(qs_InterlockedExchangePointer)
#define InterlockedCompareExchangePointer QS_AT(qs_InterlockedCompareExchangePointer)
#define KeRaiseIrql QS_AT(qs_KeRaiseIrql)
#define KeLowerIrql QS_AT(qs_KeLowerIrql)
#define KeInitializeSpinLock QS_AT(qs_KeInitializeSpinLock)
#define KeAcquireSpinLock QS_AT(qs_KeAcquireSpinLock)
#define KeReleaseSpinLock QS_AT(qs_KeReleaseSpinLock)
#define KeAcquireSpinLockAtDpcLevel QS_AT(qs_KeAcquireSpinLockAtDpcLevel)
#define KeReleaseSpinLockFromDpcLevel QS_AT(qs_KeReleaseSpinLockFromDpcLevel)
#define KeInitializeEvent QS_AT(qs_KeInitializeEvent)
#define KeSetEvent QS_AT(qs_KeSetEvent)
#define KeResetEvent QS_AT(qs_KeResetEvent)
#define KeClearEvent QS_AT(qs_KeClearEvent)
#define KeReadStateEvent QS_AT(qs_KeReadStateEvent)
#define KeQuerySystemTime QS_AT(qs_KeQuerySystemTime)
#define KeQueryInterruptTime QS_AT0(qs_KeQueryInterruptTime)
#define KeQueryTickCount QS_AT(qs_KeQueryTickCount)
#define KeQueryPerformanceCounter QS_AT(qs_KeQueryPerformanceCounter)
#define KeQueryTimeIncrement QS_AT0(qs_KeQueryTimeIncrement)
#define KeStallExecutionProcessor QS_AT(qs_KeStallExecutionProcessor)
#define ZwCreateFile QS_AT(qs_ZwCreateFile)
#define ZwReadFile QS_AT(qs_ZwReadFile)
#define ZwWriteFile QS_AT(qs_ZwWriteFile)
#define ZwQueryInformationFile QS_AT(qs_ZwQueryInformationFile)
#define ZwSetInformationFile QS_AT(qs_ZwSetInformationFile)
#define ZwClose QS_AT(qs_ZwClose)
#define KeGetCurrentIrql QS_AT0(qs_KeGetCurrentIrql)

/* ---- Registry and properties: qs/abi_registry.h ---- */

#define RtlQueryRegistryValues QS_AT(qs_RtlQueryRegistryValues)
#define RtlWriteRegistryValue QS_AT(qs_RtlWriteRegistryValue)
#define RtlDeleteRegistryValue QS_AT(qs_RtlDeleteRegistryValue)
#define RtlCheckRegistryKey QS_AT(qs_RtlCheckRegistryKey)
#define RtlCreateRegistryKey QS_AT(qs_RtlCreateRegistryKey)
#define ZwOpenKey QS_AT(qs_ZwOpenKey)
#define ZwCreateKey QS_AT(qs_ZwCreateKey)
#define ZwQueryValueKey QS_AT(qs_ZwQueryValueKey)
#define ZwSetValueKey QS_AT(qs_ZwSetValueKey)
#define ZwDeleteValueKey QS_AT(qs_ZwDeleteValueKey)
#define ZwDeleteKey QS_AT(qs_ZwDeleteKey)
#define IoOpenDeviceRegistryKey QS_AT(qs_IoOpenDeviceRegistryKey)
#define IoGetDeviceProperty QS_AT(qs_IoGetDeviceProperty)

/* ---- The same under other names ---- */

#define ExAllocatePoolWithTag QS_AT(qs_ExAllocatePoolWithTag)
#define ExAllocatePoolZero(type, n, tag) \
    ExAllocatePoolWithTag((type) | POOL_ZERO_ALLOCATION, n, tag)
#define ExAllocatePoolUninitialized(type, n, tag) ExAllocatePoolWithTag(type, n, tag)
#define ExAllocatePoolQuotaZero(type, n, tag) ExAllocatePoolZero(type, n, tag)
#define ExAllocatePool(type, n) ExAllocatePoolWithTag(type, n, 'enoN')
#define ExInitializeDriverRuntime(flags) ((void)(flags))
#define DrvRtPoolNxOptIn 1
#define KfRaiseIrql(level) qs_raise_irql(__FILE__, __LINE__, (level))
QS_INLINE KIRQL qs_raise_irql(QS_SITE, KIRQL level)
{
    KIRQL old;
    qs_KeRaiseIrql(file, line, level, &old);
    return old;
}
#define KeAcquireInStackQueuedSpinLock(lock, handle) \
    ((handle)->Lock = (lock), KeAcquireSpinLock((lock), &(handle)->OldIrql))
#define KeReleaseInStackQueuedSpinLock(handle) KeReleaseSpinLock((handle)->Lock, (handle)->OldIrql)
#define KeReleaseSpinLockFromDpcLevelEx KeReleaseSpinLockFromDpcLevel
#define KeQuerySystemTimePrecise KeQuerySystemTime
#define ZwOpenFile(h, access, oa, iosb, share, options) \
    ZwCreateFile((h), (access), (oa), (iosb), NULL, 0, (share), FILE_OPEN, (options), NULL, 0)
#define InterlockedExchangeAddSizeT(p, n) InterlockedExchangeAdd64((volatile LONG64*)(p), (n))
#define InterlockedAnd8(p, n) __atomic_fetch_and((p), (n), __ATOMIC_SEQ_CST)
#define InterlockedOr8(p, n) __atomic_fetch_or((p), (n), __ATOMIC_SEQ_CST)
#define KeMemoryBarrier() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define MemoryBarrier() KeMemoryBarrier()
#define YieldProcessor() ((void)0)
#define ReadNoFence(p) (*(const volatile LONG*)(p))
#define ReadAcquire(p) ReadNoFence(p)
#define WriteNoFence(p, v) ((void)(*(volatile LONG*)(p) = (v)))
#define WriteRelease(p, v) WriteNoFence(p, v)
#define ReadBooleanNoFence(p) (*(const volatile BOOLEAN*)(p))

/* ---- Debugging. DbgPrint takes its arguments in brackets of its own from KdPrint ---- */

#define DbgPrint QS_AT(qs_DbgPrint)
#define DbgPrintEx QS_AT(qs_DbgPrintEx)
#define vDbgPrintEx QS_AT(qs_vDbgPrintEx)
#define vDbgPrintExWithPrefix QS_AT(qs_vDbgPrintExWithPrefix)
#define DbgBreakPoint QS_AT0(qs_DbgBreakPoint)
#define DbgRaiseAssertionFailure DbgBreakPoint
#define KdBreakPoint DbgBreakPoint
#define KdPrint(arguments) DbgPrint arguments
#define KdPrintEx(arguments) DbgPrintEx arguments
#define KeBugCheck(code) KeBugCheckEx((code), 0, 0, 0, 0)
#define RtlAssert(text, file_name, line_number, message) \
    ((void)(file_name), (void)(line_number), (void)(message), \
     qs_AssertFailed(__FILE__, __LINE__, (const char*)(text)))
#define ASSERT(e) ((e) ? (void)0 : qs_AssertFailed(__FILE__, __LINE__, #e))
#define ASSERTMSG(message, e) ((e) ? (void)0 : qs_AssertFailed(__FILE__, __LINE__, message))
#define NT_ASSERT(e) ASSERT(e)
#define NT_ASSERTMSG(message, e) ASSERTMSG(message, e)
#define NT_VERIFY(e) ASSERT(e)
#define NT_FRE_ASSERT(e) ASSERT(e)
#define PAGED_CODE() qs_PagedCode(__FILE__, __LINE__, __func__)
#define PAGED_CODE_LOCKED() ((void)0)
#define DPFLTR_DEFAULT_ID 101
#define DPFLTR_IHVDRIVER_ID 77
#define DPFLTR_IHVBUS_ID 82
#define DPFLTR_POWER_ID 123
#define DPFLTR_ERROR_LEVEL 0
#define DPFLTR_WARNING_LEVEL 1
#define DPFLTR_TRACE_LEVEL 2
#define DPFLTR_INFO_LEVEL 3

#endif
