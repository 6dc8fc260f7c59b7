/* NT calls that compile and are not simulated: they report their name where they are called.
 * Included by wdm.h. */
#ifndef QS_NT_NONE_H
#define QS_NT_NONE_H

#include "nt_types.h"
#include "../ntstatus.h"

QS_C_BEGIN
void qs_not_simulated(QS_SITE, const char* name);
void qs_noted(QS_SITE, const char* name);
QS_C_END

/* Arguments are not evaluated, only seen by the compiler, so that these need no prototype each. */
int qs_use(int, ...);

/* ---- Taken in and never called back: nothing here changes power settings, plugs devices in or
 * loads boot drivers. What is given out only stands for the registration. ---- */

QS_INLINE PVOID qs_registration(QS_SITE, const char* name)
{
    qs_noted(file, line, name);
    return (PVOID)0x51;
}
QS_INLINE NTSTATUS qs_registered(QS_SITE, const char* name, PVOID* registration)
{
    PVOID made = qs_registration(file, line, name);
    if (registration != NULL) *registration = made;
    return STATUS_SUCCESS;
}
#define IoRegisterPlugPlayNotification(category, flags, data, driver, routine, context, entry)     \
    ((void)sizeof(qs_use(0, category, flags, data, driver, routine, context)),                     \
     qs_registered(__FILE__, __LINE__, "IoRegisterPlugPlayNotification", (entry)))
#define IoUnregisterPlugPlayNotification(entry) \
    qs_registered(__FILE__, __LINE__, "IoUnregisterPlugPlayNotification", \
                  ((void)(entry), (PVOID*)0))
#define IoUnregisterPlugPlayNotificationEx(entry) IoUnregisterPlugPlayNotification(entry)
#define PoRegisterPowerSettingCallback(device, guid, callback, context, handle)                    \
    ((void)sizeof(qs_use(0, device, guid, callback, context)),                                     \
     qs_registered(__FILE__, __LINE__, "PoRegisterPowerSettingCallback", (handle)))
#define PoUnregisterPowerSettingCallback(handle) \
    qs_registered(__FILE__, __LINE__, "PoUnregisterPowerSettingCallback", \
                  ((void)(handle), (PVOID*)0))
#define IoRegisterBootDriverCallback(callback, context)                                            \
    ((void)sizeof(qs_use(0, callback, context)),                                                   \
     qs_registration(__FILE__, __LINE__, "IoRegisterBootDriverCallback"))
#define IoUnregisterBootDriverCallback(handle) \
    ((void)(handle), qs_noted(__FILE__, __LINE__, "IoUnregisterBootDriverCallback"))

/* No routine is found by its name. */
#define MmGetSystemRoutineAddress(name) \
    (qs_noted(__FILE__, __LINE__, "MmGetSystemRoutineAddress"), (void)(name), (PVOID)NULL)
#define IoWMIRegistrationControl(device, action)                                                   \
    ((void)(device), (void)(action),                                                               \
     qs_registered(__FILE__, __LINE__, "IoWMIRegistrationControl", (PVOID*)0))
#define IoWMIOpenBlock(guid, access, block)                                                        \
    ((void)(guid), (void)(access), qs_registered(__FILE__, __LINE__, "IoWMIOpenBlock", (block)))
#define IoWMISetNotificationCallback(block, callback, context)                                     \
    ((void)sizeof(qs_use(0, block, callback, context)),                                            \
     qs_registered(__FILE__, __LINE__, "IoWMISetNotificationCallback", (PVOID*)0))
#define IoWMIDeviceObjectToProviderId(device) ((void)(device), (ULONG)1)
/* The event is the system's from here on. */
#define IoWMIWriteEvent(event)                                                                     \
    (qs_noted(__FILE__, __LINE__, "IoWMIWriteEvent"),                                              \
     qs_ExFreePool(__FILE__, __LINE__, (event)), (NTSTATUS)STATUS_SUCCESS)

#define QS_NONE(name, ...) \
    ((void)sizeof(qs_use(0, ##__VA_ARGS__)), qs_not_simulated(__FILE__, __LINE__, #name))
#define QS_NONE_STATUS(name, ...) (QS_NONE(name, ##__VA_ARGS__), (NTSTATUS)STATUS_NOT_SUPPORTED)
#define QS_NONE_VALUE(type, name, ...) (QS_NONE(name, ##__VA_ARGS__), (type)0)

#define IoGetDeviceInterfaces(...) QS_NONE_STATUS(IoGetDeviceInterfaces, ##__VA_ARGS__)
#define IoCallDriver(...) QS_NONE_STATUS(IoCallDriver, ##__VA_ARGS__)
#define IofCallDriver(...) QS_NONE_STATUS(IofCallDriver, ##__VA_ARGS__)
#define IoGetDeviceObjectPointer(...) QS_NONE_STATUS(IoGetDeviceObjectPointer, ##__VA_ARGS__)
#define IoSetDeviceInterfaceState(...) QS_NONE_STATUS(IoSetDeviceInterfaceState, ##__VA_ARGS__)
#define IoGetDevicePropertyData(...) QS_NONE_STATUS(IoGetDevicePropertyData, ##__VA_ARGS__)
#define IoSetDevicePropertyData(...) QS_NONE_STATUS(IoSetDevicePropertyData, ##__VA_ARGS__)
#define IoSetDeviceInterfacePropertyData(...) \
    QS_NONE_STATUS(IoSetDeviceInterfacePropertyData, ##__VA_ARGS__)
#define ObOpenObjectByPointer(...) QS_NONE_STATUS(ObOpenObjectByPointer, ##__VA_ARGS__)
#define PoFxRegisterDevice(...) QS_NONE_STATUS(PoFxRegisterDevice, ##__VA_ARGS__)
#define PoFxPowerControl(...) QS_NONE_STATUS(PoFxPowerControl, ##__VA_ARGS__)
#define ExCreateCallback(...) QS_NONE_STATUS(ExCreateCallback, ##__VA_ARGS__)
#define ExInitializeLookasideListEx(...) QS_NONE_STATUS(ExInitializeLookasideListEx, ##__VA_ARGS__)
#define RtlUnicodeStringToAnsiString(...) \
    QS_NONE_STATUS(RtlUnicodeStringToAnsiString, ##__VA_ARGS__)
#define RtlAnsiStringToUnicodeString(...) \
    QS_NONE_STATUS(RtlAnsiStringToUnicodeString, ##__VA_ARGS__)
#define RtlStringFromGUID(...) QS_NONE_STATUS(RtlStringFromGUID, ##__VA_ARGS__)
#define RtlGUIDFromString(...) QS_NONE_STATUS(RtlGUIDFromString, ##__VA_ARGS__)
#define RtlUnicodeToMultiByteN(...) QS_NONE_STATUS(RtlUnicodeToMultiByteN, ##__VA_ARGS__)
#define RtlUnicodeStringToInteger(...) QS_NONE_STATUS(RtlUnicodeStringToInteger, ##__VA_ARGS__)
#define RtlIntegerToUnicodeString(...) QS_NONE_STATUS(RtlIntegerToUnicodeString, ##__VA_ARGS__)
#define KeWaitForMutexObject(...) QS_NONE_STATUS(KeWaitForMutexObject, ##__VA_ARGS__)
#define EtwRegister(...) QS_NONE_STATUS(EtwRegister, ##__VA_ARGS__)
#define EtwUnregister(...) QS_NONE_STATUS(EtwUnregister, ##__VA_ARGS__)
#define EtwWrite(...) QS_NONE_STATUS(EtwWrite, ##__VA_ARGS__)
#define IoAcquireRemoveLock(...) QS_NONE_STATUS(IoAcquireRemoveLock, ##__VA_ARGS__)
#define IoCreateSymbolicLink(...) QS_NONE_STATUS(IoCreateSymbolicLink, ##__VA_ARGS__)
#define IoDeleteSymbolicLink(...) QS_NONE_STATUS(IoDeleteSymbolicLink, ##__VA_ARGS__)
#define IoAttachDevice(...) QS_NONE_STATUS(IoAttachDevice, ##__VA_ARGS__)
#define RtlGetVersion(...) QS_NONE_STATUS(RtlGetVersion, ##__VA_ARGS__)
#define RtlVerifyVersionInfo(...) QS_NONE_STATUS(RtlVerifyVersionInfo, ##__VA_ARGS__)
#define IoQueryFullDriverPath(...) QS_NONE_STATUS(IoQueryFullDriverPath, ##__VA_ARGS__)
#define ExUuidCreate(...) QS_NONE_STATUS(ExUuidCreate, ##__VA_ARGS__)
#define SeQueryInformationToken(...) QS_NONE_STATUS(SeQueryInformationToken, ##__VA_ARGS__)
#define IoWMIQueryAllData(...) QS_NONE_STATUS(IoWMIQueryAllData, ##__VA_ARGS__)
#define PoRequestPowerIrp(...) QS_NONE_STATUS(PoRequestPowerIrp, ##__VA_ARGS__)
#define IoCreateDevice(...) QS_NONE_STATUS(IoCreateDevice, ##__VA_ARGS__)
#define WmiCompleteRequest(...) QS_NONE_STATUS(WmiCompleteRequest, ##__VA_ARGS__)
#define WmiSystemControl(...) QS_NONE_STATUS(WmiSystemControl, ##__VA_ARGS__)
#define ZwQueryInformationProcess(...) QS_NONE_STATUS(ZwQueryInformationProcess, ##__VA_ARGS__)
#define RtlUpcaseUnicodeString(...) QS_NONE_STATUS(RtlUpcaseUnicodeString, ##__VA_ARGS__)

#define PoCreatePowerLimitRequest(...) QS_NONE_STATUS(PoCreatePowerLimitRequest, ##__VA_ARGS__)
#define PoQueryPowerLimitAttributes(...) QS_NONE_STATUS(PoQueryPowerLimitAttributes, ##__VA_ARGS__)
#define PoQueryPowerLimitValue(...) QS_NONE_STATUS(PoQueryPowerLimitValue, ##__VA_ARGS__)
#define PoSetPowerLimitValue(...) QS_NONE_STATUS(PoSetPowerLimitValue, ##__VA_ARGS__)
#define PoDeletePowerLimitRequest(...) QS_NONE(PoDeletePowerLimitRequest, ##__VA_ARGS__)

#define PsSetLoadImageNotifyRoutine(...) QS_NONE_STATUS(PsSetLoadImageNotifyRoutine, ##__VA_ARGS__)
#define PsRemoveLoadImageNotifyRoutine(...) \
    QS_NONE_STATUS(PsRemoveLoadImageNotifyRoutine, ##__VA_ARGS__)
#define PsSetCreateProcessNotifyRoutineEx(...) \
    QS_NONE_STATUS(PsSetCreateProcessNotifyRoutineEx, ##__VA_ARGS__)

#define IoCompleteRequest(...) QS_NONE(IoCompleteRequest, ##__VA_ARGS__)
#define IofCompleteRequest(...) QS_NONE(IofCompleteRequest, ##__VA_ARGS__)
#define IoFreeMdl(...) QS_NONE(IoFreeMdl, ##__VA_ARGS__)
#define IoFreeIrp(...) QS_NONE(IoFreeIrp, ##__VA_ARGS__)
#define IoSetCompletionRoutine(...) QS_NONE(IoSetCompletionRoutine, ##__VA_ARGS__)
#define IoDetachDevice(...) QS_NONE(IoDetachDevice, ##__VA_ARGS__)
#define IoDeleteDevice(...) QS_NONE(IoDeleteDevice, ##__VA_ARGS__)
#define IoQueueWorkItem(...) QS_NONE(IoQueueWorkItem, ##__VA_ARGS__)
#define IoQueueWorkItemEx(...) QS_NONE(IoQueueWorkItemEx, ##__VA_ARGS__)
#define IoInitializeWorkItem(...) QS_NONE(IoInitializeWorkItem, ##__VA_ARGS__)
#define IoUninitializeWorkItem(...) QS_NONE(IoUninitializeWorkItem, ##__VA_ARGS__)
#define IoFreeWorkItem(...) QS_NONE(IoFreeWorkItem, ##__VA_ARGS__)
#define IoWriteErrorLogEntry(...) QS_NONE(IoWriteErrorLogEntry, ##__VA_ARGS__)
#define IoBuildPartialMdl(...) QS_NONE(IoBuildPartialMdl, ##__VA_ARGS__)
#define IoReleaseRemoveLock(...) QS_NONE(IoReleaseRemoveLock, ##__VA_ARGS__)
#define IoReleaseRemoveLockAndWait(...) QS_NONE(IoReleaseRemoveLockAndWait, ##__VA_ARGS__)
#define IoInitializeRemoveLock(...) QS_NONE(IoInitializeRemoveLock, ##__VA_ARGS__)
#define IoInvalidateDeviceRelations(...) QS_NONE(IoInvalidateDeviceRelations, ##__VA_ARGS__)
#define IoInvalidateDeviceState(...) QS_NONE(IoInvalidateDeviceState, ##__VA_ARGS__)
#define IoRequestDeviceEject(...) QS_NONE(IoRequestDeviceEject, ##__VA_ARGS__)
#define IoReuseIrp(...) QS_NONE(IoReuseIrp, ##__VA_ARGS__)
#define MmBuildMdlForNonPagedPool(...) QS_NONE(MmBuildMdlForNonPagedPool, ##__VA_ARGS__)
#define MmProbeAndLockPages(...) QS_NONE(MmProbeAndLockPages, ##__VA_ARGS__)
#define MmUnlockPages(...) QS_NONE(MmUnlockPages, ##__VA_ARGS__)
#define MmUnmapIoSpace(...) QS_NONE(MmUnmapIoSpace, ##__VA_ARGS__)
#define MmUnmapLockedPages(...) QS_NONE(MmUnmapLockedPages, ##__VA_ARGS__)
#define MmPrepareMdlForReuse(...) QS_NONE(MmPrepareMdlForReuse, ##__VA_ARGS__)
#define ObfDereferenceObject(...) QS_NONE(ObfDereferenceObject, ##__VA_ARGS__)
#define KeFlushIoBuffers(...) QS_NONE(KeFlushIoBuffers, ##__VA_ARGS__)
#define KeInitializeTimer(...) QS_NONE(KeInitializeTimer, ##__VA_ARGS__)
#define KeInitializeTimerEx(...) QS_NONE(KeInitializeTimerEx, ##__VA_ARGS__)
#define KeInitializeDpc(...) QS_NONE(KeInitializeDpc, ##__VA_ARGS__)
#define KeInitializeMutex(...) QS_NONE(KeInitializeMutex, ##__VA_ARGS__)
#define KeInitializeSemaphore(...) QS_NONE(KeInitializeSemaphore, ##__VA_ARGS__)
#define KeSetTargetProcessorDpc(...) QS_NONE(KeSetTargetProcessorDpc, ##__VA_ARGS__)
#define KeEnterCriticalRegion(...) QS_NONE(KeEnterCriticalRegion, ##__VA_ARGS__)
#define KeLeaveCriticalRegion(...) QS_NONE(KeLeaveCriticalRegion, ##__VA_ARGS__)
#define KeFlushQueuedDpcs(...) QS_NONE(KeFlushQueuedDpcs, ##__VA_ARGS__)
#define ExInitializeFastMutex(...) QS_NONE(ExInitializeFastMutex, ##__VA_ARGS__)
#define ExAcquireFastMutex(...) QS_NONE(ExAcquireFastMutex, ##__VA_ARGS__)
#define ExReleaseFastMutex(...) QS_NONE(ExReleaseFastMutex, ##__VA_ARGS__)
#define ExAcquireFastMutexUnsafe(...) QS_NONE(ExAcquireFastMutexUnsafe, ##__VA_ARGS__)
#define ExReleaseFastMutexUnsafe(...) QS_NONE(ExReleaseFastMutexUnsafe, ##__VA_ARGS__)
#define ExDeleteLookasideListEx(...) QS_NONE(ExDeleteLookasideListEx, ##__VA_ARGS__)
#define ExFreeToLookasideListEx(...) QS_NONE(ExFreeToLookasideListEx, ##__VA_ARGS__)
#define ExNotifyCallback(...) QS_NONE(ExNotifyCallback, ##__VA_ARGS__)
#define ExUnregisterCallback(...) QS_NONE(ExUnregisterCallback, ##__VA_ARGS__)
#define RtlFreeUnicodeString(...) QS_NONE(RtlFreeUnicodeString, ##__VA_ARGS__)
#define RtlFreeAnsiString(...) QS_NONE(RtlFreeAnsiString, ##__VA_ARGS__)
#define RtlTimeToTimeFields(...) QS_NONE(RtlTimeToTimeFields, ##__VA_ARGS__)
#define RtlTimeFieldsToTime(...) QS_NONE(RtlTimeFieldsToTime, ##__VA_ARGS__)
#define ExSystemTimeToLocalTime(...) QS_NONE(ExSystemTimeToLocalTime, ##__VA_ARGS__)
#define ExLocalTimeToSystemTime(...) QS_NONE(ExLocalTimeToSystemTime, ##__VA_ARGS__)
#define PoFxActivateComponent(...) QS_NONE(PoFxActivateComponent, ##__VA_ARGS__)
#define PoFxIdleComponent(...) QS_NONE(PoFxIdleComponent, ##__VA_ARGS__)
#define PoFxCompleteIdleState(...) QS_NONE(PoFxCompleteIdleState, ##__VA_ARGS__)
#define PoFxCompleteIdleCondition(...) QS_NONE(PoFxCompleteIdleCondition, ##__VA_ARGS__)
#define PoFxCompleteDevicePowerNotRequired(...) \
    QS_NONE(PoFxCompleteDevicePowerNotRequired, ##__VA_ARGS__)
#define PoFxReportDevicePoweredOn(...) QS_NONE(PoFxReportDevicePoweredOn, ##__VA_ARGS__)
#define PoFxSetComponentLatency(...) QS_NONE(PoFxSetComponentLatency, ##__VA_ARGS__)
#define PoFxSetComponentResidency(...) QS_NONE(PoFxSetComponentResidency, ##__VA_ARGS__)
#define PoFxSetComponentWake(...) QS_NONE(PoFxSetComponentWake, ##__VA_ARGS__)
#define PoFxSetDeviceIdleTimeout(...) QS_NONE(PoFxSetDeviceIdleTimeout, ##__VA_ARGS__)
#define PoFxStartDevicePowerManagement(...) QS_NONE(PoFxStartDevicePowerManagement, ##__VA_ARGS__)
#define PoFxUnregisterDevice(...) QS_NONE(PoFxUnregisterDevice, ##__VA_ARGS__)
#define PoSetSystemState(...) QS_NONE(PoSetSystemState, ##__VA_ARGS__)
#define PoStartNextPowerIrp(...) QS_NONE(PoStartNextPowerIrp, ##__VA_ARGS__)
#define ProbeForRead(...) QS_NONE(ProbeForRead, ##__VA_ARGS__)
#define ProbeForWrite(...) QS_NONE(ProbeForWrite, ##__VA_ARGS__)
#define WRITE_REGISTER_UCHAR(...) QS_NONE(WRITE_REGISTER_UCHAR, ##__VA_ARGS__)
#define WRITE_REGISTER_USHORT(...) QS_NONE(WRITE_REGISTER_USHORT, ##__VA_ARGS__)
#define WRITE_REGISTER_ULONG(...) QS_NONE(WRITE_REGISTER_ULONG, ##__VA_ARGS__)
#define WRITE_REGISTER_BUFFER_UCHAR(...) QS_NONE(WRITE_REGISTER_BUFFER_UCHAR, ##__VA_ARGS__)
#define WRITE_PORT_UCHAR(...) QS_NONE(WRITE_PORT_UCHAR, ##__VA_ARGS__)
#define WRITE_PORT_USHORT(...) QS_NONE(WRITE_PORT_USHORT, ##__VA_ARGS__)
#define WRITE_PORT_ULONG(...) QS_NONE(WRITE_PORT_ULONG, ##__VA_ARGS__)
#define WRITE_PORT_BUFFER_UCHAR(...) QS_NONE(WRITE_PORT_BUFFER_UCHAR, ##__VA_ARGS__)
#define READ_PORT_BUFFER_UCHAR(...) QS_NONE(READ_PORT_BUFFER_UCHAR, ##__VA_ARGS__)
#define READ_REGISTER_BUFFER_UCHAR(...) QS_NONE(READ_REGISTER_BUFFER_UCHAR, ##__VA_ARGS__)

#define IoAllocateErrorLogEntry(...) QS_NONE_VALUE(PVOID, IoAllocateErrorLogEntry, ##__VA_ARGS__)
#define MmMapIoSpace(...) QS_NONE_VALUE(PVOID, MmMapIoSpace, ##__VA_ARGS__)
#define MmMapIoSpaceEx(...) QS_NONE_VALUE(PVOID, MmMapIoSpaceEx, ##__VA_ARGS__)
#define MmMapLockedPagesSpecifyCache(...) \
    QS_NONE_VALUE(PVOID, MmMapLockedPagesSpecifyCache, ##__VA_ARGS__)
#define MmAllocateContiguousMemory(...) \
    QS_NONE_VALUE(PVOID, MmAllocateContiguousMemory, ##__VA_ARGS__)
#define ExAllocateFromLookasideListEx(...) \
    QS_NONE_VALUE(PVOID, ExAllocateFromLookasideListEx, ##__VA_ARGS__)
#define ExRegisterCallback(...) QS_NONE_VALUE(PVOID, ExRegisterCallback, ##__VA_ARGS__)
#define IoAllocateMdl(...) QS_NONE_VALUE(PMDL, IoAllocateMdl, ##__VA_ARGS__)
#define IoAllocateIrp(...) QS_NONE_VALUE(PIRP, IoAllocateIrp, ##__VA_ARGS__)
#define IoBuildDeviceIoControlRequest(...) \
    QS_NONE_VALUE(PIRP, IoBuildDeviceIoControlRequest, ##__VA_ARGS__)
#define IoBuildSynchronousFsdRequest(...) \
    QS_NONE_VALUE(PIRP, IoBuildSynchronousFsdRequest, ##__VA_ARGS__)
#define IoCancelIrp(...) QS_NONE_VALUE(BOOLEAN, IoCancelIrp, ##__VA_ARGS__)
#define IoSetCancelRoutine(...) QS_NONE_VALUE(PDRIVER_CANCEL, IoSetCancelRoutine, ##__VA_ARGS__)
#define IoGetRelatedDeviceObject(...) \
    QS_NONE_VALUE(PDEVICE_OBJECT, IoGetRelatedDeviceObject, ##__VA_ARGS__)
#define IoGetAttachedDeviceReference(...) \
    QS_NONE_VALUE(PDEVICE_OBJECT, IoGetAttachedDeviceReference, ##__VA_ARGS__)
#define IoAttachDeviceToDeviceStack(...) \
    QS_NONE_VALUE(PDEVICE_OBJECT, IoAttachDeviceToDeviceStack, ##__VA_ARGS__)
#define IoGetConfigurationInformation(...) \
    QS_NONE_VALUE(PCONFIGURATION_INFORMATION, IoGetConfigurationInformation, ##__VA_ARGS__)
#define IoAllocateWorkItem(...) QS_NONE_VALUE(PIO_WORKITEM, IoAllocateWorkItem, ##__VA_ARGS__)
#define IoSizeofWorkItem(...) QS_NONE_VALUE(ULONG, IoSizeofWorkItem, ##__VA_ARGS__)
#define IoGetCurrentProcess(...) QS_NONE_VALUE(PEPROCESS, IoGetCurrentProcess, ##__VA_ARGS__)
#define PsGetCurrentProcess(...) QS_NONE_VALUE(PEPROCESS, PsGetCurrentProcess, ##__VA_ARGS__)
#define PsGetCurrentProcessId(...) QS_NONE_VALUE(HANDLE, PsGetCurrentProcessId, ##__VA_ARGS__)
#define PsGetCurrentThreadId(...) QS_NONE_VALUE(HANDLE, PsGetCurrentThreadId, ##__VA_ARGS__)
#define KeQueryActiveProcessorCount(...) \
    QS_NONE_VALUE(ULONG, KeQueryActiveProcessorCount, ##__VA_ARGS__)
#define KeGetCurrentProcessorNumber(...) \
    QS_NONE_VALUE(ULONG, KeGetCurrentProcessorNumber, ##__VA_ARGS__)
#define KeGetCurrentProcessorNumberEx(...) \
    QS_NONE_VALUE(ULONG, KeGetCurrentProcessorNumberEx, ##__VA_ARGS__)
#define KeSetTimer(...) QS_NONE_VALUE(BOOLEAN, KeSetTimer, ##__VA_ARGS__)
#define KeSetTimerEx(...) QS_NONE_VALUE(BOOLEAN, KeSetTimerEx, ##__VA_ARGS__)
#define KeCancelTimer(...) QS_NONE_VALUE(BOOLEAN, KeCancelTimer, ##__VA_ARGS__)
#define KeInsertQueueDpc(...) QS_NONE_VALUE(BOOLEAN, KeInsertQueueDpc, ##__VA_ARGS__)
#define KeReleaseMutex(...) QS_NONE_VALUE(LONG, KeReleaseMutex, ##__VA_ARGS__)
#define KeReleaseSemaphore(...) QS_NONE_VALUE(LONG, KeReleaseSemaphore, ##__VA_ARGS__)
#define ExAcquireResourceExclusiveLite(...) \
    QS_NONE_VALUE(BOOLEAN, ExAcquireResourceExclusiveLite, ##__VA_ARGS__)
#define ExTryToAcquireFastMutex(...) QS_NONE_VALUE(BOOLEAN, ExTryToAcquireFastMutex, ##__VA_ARGS__)
#define ExIsProcessorFeaturePresent(...) \
    QS_NONE_VALUE(BOOLEAN, ExIsProcessorFeaturePresent, ##__VA_ARGS__)
#define MmQuerySystemSize(...) QS_NONE_VALUE(ULONG, MmQuerySystemSize, ##__VA_ARGS__)
#define MmIsAddressValid(...) QS_NONE_VALUE(BOOLEAN, MmIsAddressValid, ##__VA_ARGS__)
#define READ_REGISTER_UCHAR(...) QS_NONE_VALUE(UCHAR, READ_REGISTER_UCHAR, ##__VA_ARGS__)
#define READ_REGISTER_USHORT(...) QS_NONE_VALUE(USHORT, READ_REGISTER_USHORT, ##__VA_ARGS__)
#define READ_REGISTER_ULONG(...) QS_NONE_VALUE(ULONG, READ_REGISTER_ULONG, ##__VA_ARGS__)
#define READ_PORT_UCHAR(...) QS_NONE_VALUE(UCHAR, READ_PORT_UCHAR, ##__VA_ARGS__)
#define READ_PORT_USHORT(...) QS_NONE_VALUE(USHORT, READ_PORT_USHORT, ##__VA_ARGS__)
#define READ_PORT_ULONG(...) QS_NONE_VALUE(ULONG, READ_PORT_ULONG, ##__VA_ARGS__)
#define RtlRandomEx(...) QS_NONE_VALUE(ULONG, RtlRandomEx, ##__VA_ARGS__)
#define HalGetInterruptVector(...) QS_NONE_VALUE(ULONG, HalGetInterruptVector, ##__VA_ARGS__)
#define SeSinglePrivilegeCheck(...) QS_NONE_VALUE(BOOLEAN, SeSinglePrivilegeCheck, ##__VA_ARGS__)
#define ExInterlockedPopEntrySList(...) \
    QS_NONE_VALUE(PVOID, ExInterlockedPopEntrySList, ##__VA_ARGS__)
#define RtlNtStatusToDosError(...) QS_NONE_VALUE(ULONG, RtlNtStatusToDosError, ##__VA_ARGS__)

#define MmGetPhysicalAddress(p) \
    (QS_NONE(MmGetPhysicalAddress), (PHYSICAL_ADDRESS){.QuadPart = (LONG64)(LONG_PTR)(p)})

#endif
