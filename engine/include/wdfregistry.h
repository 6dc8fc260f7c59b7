/* Registry keys. Declared only. Included by wdf.h. */
#ifndef QS_WDFREGISTRY_H
#define QS_WDFREGISTRY_H

#include "wdftypes.h"

#define WDF_REGKEY_DEVICE_SUBKEY 0x100
#define WDF_REGKEY_DRIVER_SUBKEY 0x200

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfRegistryOpenKey, WDFKEY ParentKey, PCUNICODE_STRING KeyName,
        ACCESS_MASK DesiredAccess, PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY* Key)
#define WdfRegistryOpenKey QS_AT(qs_none_WdfRegistryOpenKey)
QS_NOT_SIMULATED_STATUS(WdfRegistryCreateKey, WDFKEY ParentKey, PCUNICODE_STRING KeyName,
        ACCESS_MASK DesiredAccess, ULONG CreateOptions, PULONG CreateDisposition,
        PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY* Key)
#define WdfRegistryCreateKey QS_AT(qs_none_WdfRegistryCreateKey)
QS_NOT_SIMULATED_VOID(WdfRegistryClose, WDFKEY Key)
#define WdfRegistryClose QS_AT(qs_none_WdfRegistryClose)
QS_NOT_SIMULATED(HANDLE, WdfRegistryWdmGetHandle, WDFKEY Key)
#define WdfRegistryWdmGetHandle QS_AT(qs_none_WdfRegistryWdmGetHandle)
QS_NOT_SIMULATED_STATUS(WdfRegistryRemoveKey, WDFKEY Key)
#define WdfRegistryRemoveKey QS_AT(qs_none_WdfRegistryRemoveKey)
QS_NOT_SIMULATED_STATUS(WdfRegistryRemoveValue, WDFKEY Key, PCUNICODE_STRING ValueName)
#define WdfRegistryRemoveValue QS_AT(qs_none_WdfRegistryRemoveValue)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryValue, WDFKEY Key, PCUNICODE_STRING ValueName,
        ULONG ValueLength, PVOID Value, PULONG ValueLengthQueried, PULONG ValueType)
#define WdfRegistryQueryValue QS_AT(qs_none_WdfRegistryQueryValue)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryMemory, WDFKEY Key, PCUNICODE_STRING ValueName,
        POOL_TYPE PoolType, PWDF_OBJECT_ATTRIBUTES MemoryAttributes, WDFMEMORY* Memory,
        PULONG ValueType)
#define WdfRegistryQueryMemory QS_AT(qs_none_WdfRegistryQueryMemory)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryMultiString, WDFKEY Key, PCUNICODE_STRING ValueName,
        PWDF_OBJECT_ATTRIBUTES StringsAttributes, WDFCOLLECTION Collection)
#define WdfRegistryQueryMultiString QS_AT(qs_none_WdfRegistryQueryMultiString)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryUnicodeString, WDFKEY Key, PCUNICODE_STRING ValueName,
        PUSHORT ValueByteLength, PUNICODE_STRING Value)
#define WdfRegistryQueryUnicodeString QS_AT(qs_none_WdfRegistryQueryUnicodeString)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryString, WDFKEY Key, PCUNICODE_STRING ValueName,
        WDFSTRING String)
#define WdfRegistryQueryString QS_AT(qs_none_WdfRegistryQueryString)
QS_NOT_SIMULATED_STATUS(WdfRegistryQueryULong, WDFKEY Key, PCUNICODE_STRING ValueName, PULONG Value)
#define WdfRegistryQueryULong QS_AT(qs_none_WdfRegistryQueryULong)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignValue, WDFKEY Key, PCUNICODE_STRING ValueName,
        ULONG ValueType, ULONG ValueLength, PVOID Value)
#define WdfRegistryAssignValue QS_AT(qs_none_WdfRegistryAssignValue)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignMemory, WDFKEY Key, PCUNICODE_STRING ValueName,
        ULONG ValueType, WDFMEMORY Memory, PWDFMEMORY_OFFSET MemoryOffsets)
#define WdfRegistryAssignMemory QS_AT(qs_none_WdfRegistryAssignMemory)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignMultiString, WDFKEY Key, PCUNICODE_STRING ValueName,
        WDFCOLLECTION StringsCollection)
#define WdfRegistryAssignMultiString QS_AT(qs_none_WdfRegistryAssignMultiString)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignUnicodeString, WDFKEY Key, PCUNICODE_STRING ValueName,
        PCUNICODE_STRING Value)
#define WdfRegistryAssignUnicodeString QS_AT(qs_none_WdfRegistryAssignUnicodeString)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignString, WDFKEY Key, PCUNICODE_STRING ValueName,
        WDFSTRING String)
#define WdfRegistryAssignString QS_AT(qs_none_WdfRegistryAssignString)
QS_NOT_SIMULATED_STATUS(WdfRegistryAssignULong, WDFKEY Key, PCUNICODE_STRING ValueName, ULONG Value)
#define WdfRegistryAssignULong QS_AT(qs_none_WdfRegistryAssignULong)

#endif
