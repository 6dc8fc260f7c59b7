/* Devices that a bus driver makes for its children. Included by wdf.h. */
#ifndef QS_WDFPDO_H
#define QS_WDFPDO_H

#include "wdftypes.h"

typedef NTSTATUS EVT_WDF_DEVICE_RESOURCES_QUERY(WDFDEVICE Device, WDFCMRESLIST Resources);
typedef EVT_WDF_DEVICE_RESOURCES_QUERY* PFN_WDF_DEVICE_RESOURCES_QUERY;
typedef NTSTATUS EVT_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY(WDFDEVICE Device,
        WDFIORESREQLIST IoResourceRequirementsList);
typedef EVT_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY* PFN_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY;
typedef NTSTATUS EVT_WDF_DEVICE_EJECT(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_EJECT* PFN_WDF_DEVICE_EJECT;
typedef NTSTATUS EVT_WDF_DEVICE_SET_LOCK(WDFDEVICE Device, BOOLEAN IsLocked);
typedef EVT_WDF_DEVICE_SET_LOCK* PFN_WDF_DEVICE_SET_LOCK;
typedef NTSTATUS EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS(WDFDEVICE Device, SYSTEM_POWER_STATE PowerState);
typedef EVT_WDF_DEVICE_ENABLE_WAKE_AT_BUS* PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS;
typedef VOID EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_DISABLE_WAKE_AT_BUS* PFN_WDF_DEVICE_DISABLE_WAKE_AT_BUS;
typedef VOID EVT_WDF_DEVICE_REPORTED_MISSING(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_REPORTED_MISSING* PFN_WDF_DEVICE_REPORTED_MISSING;

typedef struct _WDF_PDO_EVENT_CALLBACKS {
    ULONG Size;
    PFN_WDF_DEVICE_RESOURCES_QUERY EvtDeviceResourcesQuery;
    PFN_WDF_DEVICE_RESOURCE_REQUIREMENTS_QUERY EvtDeviceResourceRequirementsQuery;
    PFN_WDF_DEVICE_EJECT EvtDeviceEject;
    PFN_WDF_DEVICE_SET_LOCK EvtDeviceSetLock;
    PFN_WDF_DEVICE_ENABLE_WAKE_AT_BUS EvtDeviceEnableWakeAtBus;
    PFN_WDF_DEVICE_DISABLE_WAKE_AT_BUS EvtDeviceDisableWakeAtBus;
    PFN_WDF_DEVICE_REPORTED_MISSING EvtDeviceReportedMissing;
} WDF_PDO_EVENT_CALLBACKS, *PWDF_PDO_EVENT_CALLBACKS;

#define WdfPdoInitAllocate QS_AT(qs_WdfPdoInitAllocate)
#define WdfPdoInitAllowForwardingRequestToParent QS_AT(qs_WdfPdoInitAllowForwardingRequestToParent)
#define WdfPdoMarkMissing QS_AT(qs_WdfPdoMarkMissing)
#define WdfPdoGetParent QS_AT(qs_WdfPdoGetParent)

QS_INLINE VOID WDF_PDO_EVENT_CALLBACKS_INIT(PWDF_PDO_EVENT_CALLBACKS Callbacks)
{
    QS_INIT(Callbacks);
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOTED_VOID(WdfPdoInitSetEventCallbacks, PWDFDEVICE_INIT DeviceInit,
        PWDF_PDO_EVENT_CALLBACKS DispatchTable)
#define WdfPdoInitSetEventCallbacks QS_AT(qs_none_WdfPdoInitSetEventCallbacks)
QS_NOTED_STATUS(WdfPdoInitAssignDeviceID, PWDFDEVICE_INIT DeviceInit, PCUNICODE_STRING DeviceID)
#define WdfPdoInitAssignDeviceID QS_AT(qs_none_WdfPdoInitAssignDeviceID)
QS_NOTED_STATUS(WdfPdoInitAssignInstanceID, PWDFDEVICE_INIT DeviceInit, PCUNICODE_STRING InstanceID)
#define WdfPdoInitAssignInstanceID QS_AT(qs_none_WdfPdoInitAssignInstanceID)
QS_NOTED_STATUS(WdfPdoInitAddHardwareID, PWDFDEVICE_INIT DeviceInit, PCUNICODE_STRING HardwareID)
#define WdfPdoInitAddHardwareID QS_AT(qs_none_WdfPdoInitAddHardwareID)
QS_NOTED_STATUS(WdfPdoInitAddCompatibleID, PWDFDEVICE_INIT DeviceInit,
        PCUNICODE_STRING CompatibleID)
#define WdfPdoInitAddCompatibleID QS_AT(qs_none_WdfPdoInitAddCompatibleID)
QS_NOTED_STATUS(WdfPdoInitAssignContainerID, PWDFDEVICE_INIT DeviceInit,
        PCUNICODE_STRING ContainerID)
#define WdfPdoInitAssignContainerID QS_AT(qs_none_WdfPdoInitAssignContainerID)
QS_NOTED_STATUS(WdfPdoInitAddDeviceText, PWDFDEVICE_INIT DeviceInit,
        PCUNICODE_STRING DeviceDescription, PCUNICODE_STRING DeviceLocation, LCID LocaleId)
#define WdfPdoInitAddDeviceText QS_AT(qs_none_WdfPdoInitAddDeviceText)
QS_NOTED_VOID(WdfPdoInitSetDefaultLocale, PWDFDEVICE_INIT DeviceInit, LCID LocaleId)
#define WdfPdoInitSetDefaultLocale QS_AT(qs_none_WdfPdoInitSetDefaultLocale)
QS_NOTED_STATUS(WdfPdoInitAssignRawDevice, PWDFDEVICE_INIT DeviceInit, const GUID* DeviceClassGuid)
#define WdfPdoInitAssignRawDevice QS_AT(qs_none_WdfPdoInitAssignRawDevice)
#define WdfPdoRequestEject QS_AT(qs_WdfPdoRequestEject)
#define WdfPdoRetrieveIdentificationDescription QS_AT(qs_WdfPdoRetrieveIdentificationDescription)
#define WdfPdoRetrieveAddressDescription QS_AT(qs_WdfPdoRetrieveAddressDescription)
QS_NOT_SIMULATED_STATUS(WdfPdoUpdateAddressDescription, WDFDEVICE Device,
        PWDF_CHILD_ADDRESS_DESCRIPTION_HEADER AddressDescription)
#define WdfPdoUpdateAddressDescription QS_AT(qs_none_WdfPdoUpdateAddressDescription)
QS_NOT_SIMULATED_STATUS(WdfPdoAddEjectionRelationsPhysicalDevice, WDFDEVICE Device,
        PDEVICE_OBJECT PhysicalDevice)
#define WdfPdoAddEjectionRelationsPhysicalDevice \
    QS_AT(qs_none_WdfPdoAddEjectionRelationsPhysicalDevice)
QS_NOT_SIMULATED_VOID(WdfPdoRemoveEjectionRelationsPhysicalDevice, WDFDEVICE Device,
        PDEVICE_OBJECT PhysicalDevice)
#define WdfPdoRemoveEjectionRelationsPhysicalDevice \
    QS_AT(qs_none_WdfPdoRemoveEjectionRelationsPhysicalDevice)
QS_NOT_SIMULATED_VOID(WdfPdoClearEjectionRelationsDevices, WDFDEVICE Device)
#define WdfPdoClearEjectionRelationsDevices QS_AT(qs_none_WdfPdoClearEjectionRelationsDevices)
QS_NOTED_VOID(WdfPdoInitRemovePowerDependencyOnParent, PWDFDEVICE_INIT DeviceInit)
#define WdfPdoInitRemovePowerDependencyOnParent \
    QS_AT(qs_none_WdfPdoInitRemovePowerDependencyOnParent)

#endif
