/* Function and filter devices. Included by wdf.h. */
#ifndef QS_WDFFDO_H
#define QS_WDFFDO_H

#include "wdftypes.h"

typedef NTSTATUS EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS(WDFDEVICE Device,
        WDFIORESREQLIST IoResourceRequirementsList);
typedef EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS* PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS;
typedef NTSTATUS EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES(WDFDEVICE Device, WDFCMRESLIST ResourcesRaw,
        WDFCMRESLIST ResourcesTranslated);
typedef EVT_WDF_DEVICE_REMOVE_ADDED_RESOURCES* PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES;

typedef struct _WDF_FDO_EVENT_CALLBACKS {
    ULONG Size;
    PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS EvtDeviceFilterAddResourceRequirements;
    PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS EvtDeviceFilterRemoveResourceRequirements;
    PFN_WDF_DEVICE_REMOVE_ADDED_RESOURCES EvtDeviceRemoveAddedResources;
} WDF_FDO_EVENT_CALLBACKS, *PWDF_FDO_EVENT_CALLBACKS;

#define WdfFdoInitSetFilter QS_AT(qs_WdfFdoInitSetFilter)
#define WdfFdoAddStaticChild QS_AT(qs_WdfFdoAddStaticChild)

QS_INLINE VOID WDF_FDO_EVENT_CALLBACKS_INIT(PWDF_FDO_EVENT_CALLBACKS Callbacks)
{
    QS_INIT(Callbacks);
}

/* Not simulated, or accepted without effect: see qs/call.h. */

#define WdfFdoInitWdmGetPhysicalDevice QS_AT(qs_WdfFdoInitWdmGetPhysicalDevice)
#define WdfFdoInitOpenRegistryKey QS_AT(qs_WdfFdoInitOpenRegistryKey)
#define WdfFdoInitQueryProperty QS_AT(qs_WdfFdoInitQueryProperty)
#define WdfFdoInitAllocAndQueryProperty QS_AT(qs_WdfFdoInitAllocAndQueryProperty)
QS_NOT_SIMULATED_STATUS(WdfFdoInitQueryPropertyEx, PWDFDEVICE_INIT DeviceInit,
        PWDF_DEVICE_PROPERTY_DATA DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
        PULONG ResultLength, PDEVPROPTYPE Type)
#define WdfFdoInitQueryPropertyEx QS_AT(qs_none_WdfFdoInitQueryPropertyEx)
QS_NOT_SIMULATED_STATUS(WdfFdoInitAllocAndQueryPropertyEx, PWDFDEVICE_INIT DeviceInit,
        PWDF_DEVICE_PROPERTY_DATA DeviceProperty, POOL_TYPE PoolType,
        PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY* PropertyMemory,
        PDEVPROPTYPE Type)
#define WdfFdoInitAllocAndQueryPropertyEx QS_AT(qs_none_WdfFdoInitAllocAndQueryPropertyEx)
QS_NOTED_VOID(WdfFdoInitSetEventCallbacks, PWDFDEVICE_INIT DeviceInit,
        PWDF_FDO_EVENT_CALLBACKS FdoEventCallbacks)
#define WdfFdoInitSetEventCallbacks QS_AT(qs_none_WdfFdoInitSetEventCallbacks)
#define WdfFdoInitSetDefaultChildListConfig QS_AT(qs_WdfFdoInitSetDefaultChildListConfig)
#define WdfFdoQueryForInterface QS_AT(qs_WdfFdoQueryForInterface)
#define WdfFdoGetDefaultChildList QS_AT(qs_WdfFdoGetDefaultChildList)
#define WdfFdoLockStaticChildListForIteration QS_AT(qs_WdfFdoLockStaticChildListForIteration)
#define WdfFdoRetrieveNextStaticChild QS_AT(qs_WdfFdoRetrieveNextStaticChild)
#define WdfFdoUnlockStaticChildListFromIteration QS_AT(qs_WdfFdoUnlockStaticChildListFromIteration)

#endif
