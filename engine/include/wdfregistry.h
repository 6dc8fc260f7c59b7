/* Registry keys; qs/abi_registry.h says what each call does. Included by wdf.h. */
#ifndef QS_WDFREGISTRY_H
#define QS_WDFREGISTRY_H

#include "wdftypes.h"

#define WDF_REGKEY_DEVICE_SUBKEY 0x100
#define WDF_REGKEY_DRIVER_SUBKEY 0x200

#define WdfRegistryOpenKey QS_AT(qs_WdfRegistryOpenKey)
#define WdfRegistryCreateKey QS_AT(qs_WdfRegistryCreateKey)
#define WdfRegistryClose QS_AT(qs_WdfRegistryClose)
#define WdfRegistryWdmGetHandle QS_AT(qs_WdfRegistryWdmGetHandle)
#define WdfRegistryRemoveKey QS_AT(qs_WdfRegistryRemoveKey)
#define WdfRegistryRemoveValue QS_AT(qs_WdfRegistryRemoveValue)
#define WdfRegistryQueryValue QS_AT(qs_WdfRegistryQueryValue)
#define WdfRegistryQueryMemory QS_AT(qs_WdfRegistryQueryMemory)
#define WdfRegistryQueryMultiString QS_AT(qs_WdfRegistryQueryMultiString)
#define WdfRegistryQueryUnicodeString QS_AT(qs_WdfRegistryQueryUnicodeString)
#define WdfRegistryQueryString QS_AT(qs_WdfRegistryQueryString)
#define WdfRegistryQueryULong QS_AT(qs_WdfRegistryQueryULong)
#define WdfRegistryAssignValue QS_AT(qs_WdfRegistryAssignValue)
#define WdfRegistryAssignMemory QS_AT(qs_WdfRegistryAssignMemory)
#define WdfRegistryAssignMultiString QS_AT(qs_WdfRegistryAssignMultiString)
#define WdfRegistryAssignUnicodeString QS_AT(qs_WdfRegistryAssignUnicodeString)
#define WdfRegistryAssignString QS_AT(qs_WdfRegistryAssignString)
#define WdfRegistryAssignULong QS_AT(qs_WdfRegistryAssignULong)

#endif
