/* One prototype for every NT function that is simulated; see abi_wdf.h. Plain string and list
 * helpers (RtlInitUnicodeString, InsertTailList, ...) need no engine: they stand in qs/rtl.h.
 */
#ifndef QS_ABI_NT_H
#define QS_ABI_NT_H

#include "abi_base.h"

QS_C_BEGIN

/* ---- Pool. NULL when the run fails this allocation. Flags: POOL_FLAG_*, type: POOL_TYPE ---- */

void* qs_ExAllocatePool2(QS_SITE, uint64_t Flags, size_t NumberOfBytes, uint32_t Tag);
void* qs_ExAllocatePoolWithTag(QS_SITE, int32_t PoolType, size_t NumberOfBytes, uint32_t Tag);
void qs_ExFreePool(QS_SITE, void* P);
void qs_ExFreePoolWithTag(QS_SITE, void* P, uint32_t Tag);

/* ---- Debug output. Formats: C's, %wZ %Z %Iu %Id %Ix %I64d %ws %S %hs; WPP also %!NAME! ---- */

uint32_t qs_DbgPrint(QS_SITE, const char* Format, ...);
uint32_t qs_DbgPrintEx(QS_SITE, uint32_t ComponentId, uint32_t Level, const char* Format, ...);
uint32_t qs_vDbgPrintEx(QS_SITE, uint32_t ComponentId, uint32_t Level, const char* Format,
        va_list Arguments);
uint32_t qs_vDbgPrintExWithPrefix(QS_SITE, const char* Prefix, uint32_t ComponentId,
        uint32_t Level, const char* Format, va_list Arguments);
void qs_WppTrace(QS_SITE, const char* Format, ...);
void qs_DbgBreakPoint(QS_SITE);
void qs_AssertFailed(QS_SITE, const char* Expression);
void qs_PagedCode(QS_SITE, const char* Function); /* PAGED_CODE(): not at DISPATCH_LEVEL */
void qs_KeBugCheckEx(QS_SITE, uint32_t Code, uintptr_t P1, uintptr_t P2, uintptr_t P3,
        uintptr_t P4);

/* The same formatter for RtlStringCbPrintf and its family. Writes at most capacity units with a
 * terminator (capacity may be 0); returns the length of the whole text, without terminator. */
size_t qs_FormatA(char* buffer, size_t capacity, const char* format, va_list arguments);
size_t qs_FormatW(qs_WCHAR* buffer, size_t capacity, const qs_WCHAR* format, va_list arguments);

/* ---- Interlocked. Increment, Decrement, Add: the new value. The others: the old one ---- */

int32_t qs_InterlockedIncrement(QS_SITE, volatile int32_t* Addend);
int32_t qs_InterlockedDecrement(QS_SITE, volatile int32_t* Addend);
int32_t qs_InterlockedAdd(QS_SITE, volatile int32_t* Addend, int32_t Value);
int32_t qs_InterlockedExchange(QS_SITE, volatile int32_t* Target, int32_t Value);
int32_t qs_InterlockedExchangeAdd(QS_SITE, volatile int32_t* Addend, int32_t Value);
int32_t qs_InterlockedCompareExchange(
        QS_SITE, volatile int32_t* Destination, int32_t Exchange, int32_t Comparand);
int32_t qs_InterlockedAnd(QS_SITE, volatile int32_t* Destination, int32_t Value);
int32_t qs_InterlockedOr(QS_SITE, volatile int32_t* Destination, int32_t Value);
int32_t qs_InterlockedXor(QS_SITE, volatile int32_t* Destination, int32_t Value);
uint8_t qs_InterlockedBitTestAndSet(QS_SITE, volatile int32_t* Base, int32_t Bit);
uint8_t qs_InterlockedBitTestAndReset(QS_SITE, volatile int32_t* Base, int32_t Bit);
int64_t qs_InterlockedIncrement64(QS_SITE, volatile int64_t* Addend);
int64_t qs_InterlockedDecrement64(QS_SITE, volatile int64_t* Addend);
int64_t qs_InterlockedExchange64(QS_SITE, volatile int64_t* Target, int64_t Value);
int64_t qs_InterlockedExchangeAdd64(QS_SITE, volatile int64_t* Addend, int64_t Value);
int64_t qs_InterlockedCompareExchange64(
        QS_SITE, volatile int64_t* Destination, int64_t Exchange, int64_t Comparand);
void* qs_InterlockedExchangePointer(QS_SITE, void* volatile* Target, void* Value);
void* qs_InterlockedCompareExchangePointer(
        QS_SITE, void* volatile* Destination, void* Exchange, void* Comparand);

/* ---- IRQL and spin locks (KSPIN_LOCK is uintptr_t) ---- */

uint8_t qs_KeGetCurrentIrql(QS_SITE);
void qs_KeRaiseIrql(QS_SITE, uint8_t NewIrql, uint8_t* OldIrql);
void qs_KeLowerIrql(QS_SITE, uint8_t NewIrql);
void qs_KeInitializeSpinLock(QS_SITE, uintptr_t* SpinLock);
void qs_KeAcquireSpinLock(QS_SITE, uintptr_t* SpinLock, uint8_t* OldIrql);
void qs_KeReleaseSpinLock(QS_SITE, uintptr_t* SpinLock, uint8_t NewIrql);
void qs_KeAcquireSpinLockAtDpcLevel(QS_SITE, uintptr_t* SpinLock);
void qs_KeReleaseSpinLockFromDpcLevel(QS_SITE, uintptr_t* SpinLock);

/* ---- Events, waiting, time. Timeouts: 100 ns units, negative is relative, NULL for ever ---- */

void qs_KeInitializeEvent(QS_SITE, qs_KEVENT* Event, int32_t Type, uint8_t State);
int32_t qs_KeSetEvent(QS_SITE, qs_KEVENT* Event, int32_t Increment, uint8_t Wait);
int32_t qs_KeResetEvent(QS_SITE, qs_KEVENT* Event);
void qs_KeClearEvent(QS_SITE, qs_KEVENT* Event);
int32_t qs_KeReadStateEvent(QS_SITE, qs_KEVENT* Event);
int32_t qs_KeWaitForSingleObject(QS_SITE, void* Object, int32_t WaitReason, char WaitMode,
        uint8_t Alertable, qs_LARGE_INTEGER* Timeout);
int32_t qs_KeWaitForMultipleObjects(QS_SITE, uint32_t Count, void** Objects, int32_t WaitType,
        int32_t WaitReason, char WaitMode, uint8_t Alertable, qs_LARGE_INTEGER* Timeout,
        void* WaitBlockArray);
int32_t qs_ZwWaitForSingleObject(
        QS_SITE, void* Handle, uint8_t Alertable, qs_LARGE_INTEGER* Timeout);
int32_t qs_KeDelayExecutionThread(
        QS_SITE, char WaitMode, uint8_t Alertable, qs_LARGE_INTEGER* Interval);
void qs_KeQuerySystemTime(QS_SITE, qs_LARGE_INTEGER* CurrentTime);
uint64_t qs_KeQueryInterruptTime(QS_SITE);
void qs_KeQueryTickCount(QS_SITE, qs_LARGE_INTEGER* TickCount);
qs_LARGE_INTEGER qs_KeQueryPerformanceCounter(QS_SITE, qs_LARGE_INTEGER* Frequency);
uint32_t qs_KeQueryTimeIncrement(QS_SITE);
void qs_KeStallExecutionProcessor(QS_SITE, uint32_t MicroSeconds);
void* qs_KeGetCurrentThread(QS_SITE);

/* ---- Threads of the driver. Routine: the words that stand for StartRoutine in the source ---- */

int32_t qs_PsCreateSystemThread(QS_SITE, void** ThreadHandle, uint32_t DesiredAccess,
        qs_OBJECT_ATTRIBUTES* ObjectAttributes, void* ProcessHandle, void* ClientId,
        void (*StartRoutine)(void*), void* StartContext, const char* Routine);
int32_t qs_PsTerminateSystemThread(QS_SITE, int32_t ExitStatus);
int32_t qs_ObReferenceObjectByHandle(QS_SITE, void* Handle, uint32_t DesiredAccess,
        const void* ObjectType, char AccessMode, void** Object, void* HandleInformation);
/* The new count of references, as far as it is known. */
intptr_t qs_ObReferenceObject(QS_SITE, void* Object);
intptr_t qs_ObDereferenceObject(QS_SITE, void* Object);

/* ---- Files, in a small file system of the run's own ---- */

int32_t qs_ZwCreateFile(QS_SITE, void** FileHandle, uint32_t DesiredAccess,
        qs_OBJECT_ATTRIBUTES* ObjectAttributes, qs_IO_STATUS_BLOCK* IoStatusBlock,
        qs_LARGE_INTEGER* AllocationSize, uint32_t FileAttributes, uint32_t ShareAccess,
        uint32_t CreateDisposition, uint32_t CreateOptions, void* EaBuffer, uint32_t EaLength);
int32_t qs_ZwReadFile(QS_SITE, void* FileHandle, void* Event, void* ApcRoutine, void* ApcContext,
        qs_IO_STATUS_BLOCK* IoStatusBlock, void* Buffer, uint32_t Length,
        qs_LARGE_INTEGER* ByteOffset, uint32_t* Key);
int32_t qs_ZwWriteFile(QS_SITE, void* FileHandle, void* Event, void* ApcRoutine, void* ApcContext,
        qs_IO_STATUS_BLOCK* IoStatusBlock, void* Buffer, uint32_t Length,
        qs_LARGE_INTEGER* ByteOffset, uint32_t* Key);
int32_t qs_ZwQueryInformationFile(QS_SITE, void* FileHandle, qs_IO_STATUS_BLOCK* IoStatusBlock,
        void* FileInformation, uint32_t Length, int32_t FileInformationClass);
int32_t qs_ZwSetInformationFile(QS_SITE, void* FileHandle, qs_IO_STATUS_BLOCK* IoStatusBlock,
        void* FileInformation, uint32_t Length, int32_t FileInformationClass);
int32_t qs_ZwClose(QS_SITE, void* Handle);

QS_C_END
#endif
