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

QS_NOT_SIMULATED(PDEVICE_OBJECT, WdfFdoInitWdmGetPhysicalDevice, PWDFDEVICE_INIT DeviceInit)
#define WdfFdoInitWdmGetPhysicalDevice QS_AT(qs_none_WdfFdoInitWdmGetPhysicalDevice)
QS_NOT_SIMULATED_STATUS(WdfFdoInitOpenRegistryKey, PWDFDEVICE_INIT DeviceInit,
        ULONG DeviceInstanceKeyType, ACCESS_MASK DesiredAccess,
        PWDF_OBJECT_ATTRIBUTES KeyAttributes, WDFKEY* Key)
#define WdfFdoInitOpenRegistryKey QS_AT(qs_none_WdfFdoInitOpenRegistryKey)
QS_NOT_SIMULATED_STATUS(WdfFdoInitQueryProperty, PWDFDEVICE_INIT DeviceInit,
        DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength, PVOID PropertyBuffer,
        PULONG ResultLength)
#define WdfFdoInitQueryProperty QS_AT(qs_none_WdfFdoInitQueryProperty)
QS_NOT_SIMULATED_STATUS(WdfFdoInitAllocAndQueryProperty, PWDFDEVICE_INIT DeviceInit,
        DEVICE_REGISTRY_PROPERTY DeviceProperty, POOL_TYPE PoolType,
        PWDF_OBJECT_ATTRIBUTES PropertyMemoryAttributes, WDFMEMORY* PropertyMemory)
#define WdfFdoInitAllocAndQueryProperty QS_AT(qs_none_WdfFdoInitAllocAndQueryProperty)
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
QS_NOT_SIMULATED_VOID(WdfFdoInitSetDefaultChildListConfig, PWDFDEVICE_INIT DeviceInit,
        PWDF_CHILD_LIST_CONFIG Config, PWDF_OBJECT_ATTRIBUTES DefaultChildListAttributes)
#define WdfFdoInitSetDefaultChildListConfig QS_AT(qs_none_WdfFdoInitSetDefaultChildListConfig)
QS_NOT_SIMULATED_STATUS(WdfFdoQueryForInterface, WDFDEVICE Fdo, LPCGUID InterfaceType,
        PINTERFACE Interface, USHORT Size, USHORT Version, PVOID InterfaceSpecificData)
#define WdfFdoQueryForInterface QS_AT(qs_none_WdfFdoQueryForInterface)
QS_NOT_SIMULATED(WDFCHILDLIST, WdfFdoGetDefaultChildList, WDFDEVICE Fdo)
#define WdfFdoGetDefaultChildList QS_AT(qs_none_WdfFdoGetDefaultChildList)
QS_NOT_SIMULATED_VOID(WdfFdoLockStaticChildListForIteration, WDFDEVICE Fdo)
#define WdfFdoLockStaticChildListForIteration QS_AT(qs_none_WdfFdoLockStaticChildListForIteration)
QS_NOT_SIMULATED(WDFDEVICE, WdfFdoRetrieveNextStaticChild, WDFDEVICE Fdo, WDFDEVICE PreviousChild,
        ULONG Flags)
#define WdfFdoRetrieveNextStaticChild QS_AT(qs_none_WdfFdoRetrieveNextStaticChild)
QS_NOT_SIMULATED_VOID(WdfFdoUnlockStaticChildListFromIteration, WDFDEVICE Fdo)
#define WdfFdoUnlockStaticChildListFromIteration \
    QS_AT(qs_none_WdfFdoUnlockStaticChildListFromIteration)

#endif
