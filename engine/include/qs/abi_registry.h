/* The registry, device properties, resources, WMI and interfaces: one prototype for each function
 * that is simulated (see abi_wdf.h). Defined in engine/kmdf/api.
 */
#ifndef QS_ABI_REGISTRY_H
#define QS_ABI_REGISTRY_H

#include "abi_types.h"

QS_C_BEGIN

/* ---- Registry keys ---- */

int32_t qs_WdfDriverOpenParametersRegistryKey(QS_SITE, WDFDRIVER Driver, uint32_t DesiredAccess,
        qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
int32_t qs_WdfDeviceOpenRegistryKey(QS_SITE, WDFDEVICE Device, uint32_t DeviceInstanceKeyType,
        uint32_t DesiredAccess, qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
int32_t qs_WdfDeviceOpenDevicemapKey(QS_SITE, WDFDEVICE Device, const qs_UNICODE_STRING* KeyName,
        uint32_t DesiredAccess, qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
int32_t qs_WdfFdoInitOpenRegistryKey(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        uint32_t DeviceInstanceKeyType, uint32_t DesiredAccess,
        qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
int32_t qs_WdfRegistryOpenKey(QS_SITE, WDFKEY ParentKey, const qs_UNICODE_STRING* KeyName,
        uint32_t DesiredAccess, qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
int32_t qs_WdfRegistryCreateKey(QS_SITE, WDFKEY ParentKey, const qs_UNICODE_STRING* KeyName,
        uint32_t DesiredAccess, uint32_t CreateOptions, uint32_t* CreateDisposition,
        qs_WDF_OBJECT_ATTRIBUTES* KeyAttributes, WDFKEY* Key);
void qs_WdfRegistryClose(QS_SITE, WDFKEY Key);
void* qs_WdfRegistryWdmGetHandle(QS_SITE, WDFKEY Key);
int32_t qs_WdfRegistryRemoveKey(QS_SITE, WDFKEY Key);
int32_t qs_WdfRegistryRemoveValue(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName);
int32_t qs_WdfRegistryQueryValue(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint32_t ValueLength, void* Value, uint32_t* ValueLengthQueried, uint32_t* ValueType);
int32_t qs_WdfRegistryQueryMemory(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        int32_t PoolType, qs_WDF_OBJECT_ATTRIBUTES* MemoryAttributes, WDFMEMORY* Memory,
        uint32_t* ValueType);
int32_t qs_WdfRegistryQueryMultiString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        qs_WDF_OBJECT_ATTRIBUTES* StringsAttributes, WDFCOLLECTION Collection);
int32_t qs_WdfRegistryQueryUnicodeString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint16_t* ValueByteLength, qs_UNICODE_STRING* Value);
int32_t qs_WdfRegistryQueryString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        WDFSTRING String);
int32_t qs_WdfRegistryQueryULong(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint32_t* Value);
int32_t qs_WdfRegistryAssignValue(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint32_t ValueType, uint32_t ValueLength, void* Value);
int32_t qs_WdfRegistryAssignMemory(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint32_t ValueType, WDFMEMORY Memory, qs_WDFMEMORY_OFFSET* MemoryOffsets);
int32_t qs_WdfRegistryAssignMultiString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        WDFCOLLECTION StringsCollection);
int32_t qs_WdfRegistryAssignUnicodeString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        const qs_UNICODE_STRING* Value);
int32_t qs_WdfRegistryAssignString(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        WDFSTRING String);
int32_t qs_WdfRegistryAssignULong(QS_SITE, WDFKEY Key, const qs_UNICODE_STRING* ValueName,
        uint32_t Value);

/* The same without the framework. */
typedef struct qs_RTL_QUERY_REGISTRY_TABLE {
    int32_t (*QueryRoutine)(qs_WCHAR* ValueName, uint32_t ValueType, void* ValueData,
            uint32_t ValueLength, void* Context, void* EntryContext);
    uint32_t Flags;
    qs_WCHAR* Name;
    void* EntryContext;
    uint32_t DefaultType;
    void* DefaultData;
    uint32_t DefaultLength;
} qs_RTL_QUERY_REGISTRY_TABLE;
int32_t qs_RtlQueryRegistryValues(QS_SITE, uint32_t RelativeTo, const qs_WCHAR* Path,
        qs_RTL_QUERY_REGISTRY_TABLE* QueryTable, void* Context, void* Environment);
int32_t qs_RtlWriteRegistryValue(QS_SITE, uint32_t RelativeTo, const qs_WCHAR* Path,
        const qs_WCHAR* ValueName, uint32_t ValueType, void* ValueData, uint32_t ValueLength);
int32_t qs_RtlDeleteRegistryValue(QS_SITE, uint32_t RelativeTo, const qs_WCHAR* Path,
        const qs_WCHAR* ValueName);
int32_t qs_RtlCheckRegistryKey(QS_SITE, uint32_t RelativeTo, qs_WCHAR* Path);
int32_t qs_RtlCreateRegistryKey(QS_SITE, uint32_t RelativeTo, qs_WCHAR* Path);
int32_t qs_ZwOpenKey(QS_SITE, void** KeyHandle, uint32_t DesiredAccess,
        qs_OBJECT_ATTRIBUTES* ObjectAttributes);
int32_t qs_ZwCreateKey(QS_SITE, void** KeyHandle, uint32_t DesiredAccess,
        qs_OBJECT_ATTRIBUTES* ObjectAttributes, uint32_t TitleIndex, qs_UNICODE_STRING* Class,
        uint32_t CreateOptions, uint32_t* Disposition);
int32_t qs_ZwQueryValueKey(QS_SITE, void* KeyHandle, qs_UNICODE_STRING* ValueName,
        int32_t KeyValueInformationClass, void* KeyValueInformation, uint32_t Length,
        uint32_t* ResultLength);
int32_t qs_ZwSetValueKey(QS_SITE, void* KeyHandle, qs_UNICODE_STRING* ValueName,
        uint32_t TitleIndex, uint32_t Type, void* Data, uint32_t DataSize);
int32_t qs_ZwDeleteValueKey(QS_SITE, void* KeyHandle, qs_UNICODE_STRING* ValueName);
int32_t qs_ZwDeleteKey(QS_SITE, void* KeyHandle);
int32_t qs_IoOpenDeviceRegistryKey(QS_SITE, qs_DEVICE_OBJECT* DeviceObject,
        uint32_t DevInstKeyType, uint32_t DesiredAccess, void** DeviceRegKey);

/* ---- Device properties: DEVICE_REGISTRY_PROPERTY ---- */

int32_t qs_WdfDeviceQueryProperty(QS_SITE, WDFDEVICE Device, int32_t DeviceProperty,
        uint32_t BufferLength, void* PropertyBuffer, uint32_t* ResultLength);
int32_t qs_WdfDeviceAllocAndQueryProperty(QS_SITE, WDFDEVICE Device, int32_t DeviceProperty,
        int32_t PoolType, qs_WDF_OBJECT_ATTRIBUTES* PropertyMemoryAttributes,
        WDFMEMORY* PropertyMemory);
int32_t qs_WdfFdoInitQueryProperty(QS_SITE, PWDFDEVICE_INIT DeviceInit, int32_t DeviceProperty,
        uint32_t BufferLength, void* PropertyBuffer, uint32_t* ResultLength);
int32_t qs_WdfFdoInitAllocAndQueryProperty(QS_SITE, PWDFDEVICE_INIT DeviceInit,
        int32_t DeviceProperty, int32_t PoolType,
        qs_WDF_OBJECT_ATTRIBUTES* PropertyMemoryAttributes, WDFMEMORY* PropertyMemory);
int32_t qs_IoGetDeviceProperty(QS_SITE, qs_DEVICE_OBJECT* DeviceObject, int32_t DeviceProperty,
        uint32_t BufferLength, void* PropertyBuffer, uint32_t* ResultLength);
int32_t qs_WdfDeviceRetrieveDeviceInterfaceString(QS_SITE, WDFDEVICE Device,
        const qs_GUID* InterfaceClassGUID, const qs_UNICODE_STRING* ReferenceString,
        WDFSTRING String);
int32_t qs_WdfFdoQueryForInterface(QS_SITE, WDFDEVICE Fdo, const qs_GUID* InterfaceType,
        void* Interface, uint16_t Size, uint16_t Version, void* InterfaceSpecificData);
qs_DEVICE_OBJECT* qs_WdfFdoInitWdmGetPhysicalDevice(QS_SITE, PWDFDEVICE_INIT DeviceInit);

/* ---- Hardware resources; descriptors are CM_PARTIAL_RESOURCE_DESCRIPTOR, 20 bytes ---- */

uint32_t qs_WdfCmResourceListGetCount(QS_SITE, WDFCMRESLIST List);
void* qs_WdfCmResourceListGetDescriptor(QS_SITE, WDFCMRESLIST List, uint32_t Index);

/* ---- WMI: providers and instances exist, nobody asks them ---- */

int32_t qs_WdfWmiProviderCreate(QS_SITE, WDFDEVICE Device, void* WmiProviderConfig,
        qs_WDF_OBJECT_ATTRIBUTES* ProviderAttributes, void* WmiProvider);
int32_t qs_wmi_instance(QS_SITE, WDFDEVICE Device, WDFOBJECT Provider, void* ProviderConfig,
        uint8_t Register, qs_WDF_OBJECT_ATTRIBUTES* InstanceAttributes, void* Instance);
WDFDEVICE qs_WdfWmiProviderGetDevice(QS_SITE, void* WmiProvider);
uint8_t qs_WdfWmiProviderIsEnabled(QS_SITE, void* WmiProvider, int32_t ProviderControl);
uint64_t qs_WdfWmiProviderGetTracingHandle(QS_SITE, void* WmiProvider);
int32_t qs_WdfWmiInstanceRegister(QS_SITE, void* WmiInstance);
void qs_WdfWmiInstanceDeregister(QS_SITE, void* WmiInstance);
WDFDEVICE qs_WdfWmiInstanceGetDevice(QS_SITE, void* WmiInstance);
void* qs_WdfWmiInstanceGetProvider(QS_SITE, void* WmiInstance);
int32_t qs_WdfWmiInstanceFireEvent(QS_SITE, void* WmiInstance, uint32_t EventDataSize,
        void* EventData);

/* ---- Child lists. Descriptions begin with their size; configurations are the kit's ---- */

typedef struct qs_CHILD_LIST_CONFIG {
    uint32_t Size;
    uint32_t IdentificationDescriptionSize;
    uint32_t AddressDescriptionSize;
    int32_t (*EvtChildListCreateDevice)(WDFCHILDLIST ChildList, void* Identification,
            PWDFDEVICE_INIT ChildInit);
    void (*EvtChildListScanForChildren)(WDFCHILDLIST ChildList);
    void (*EvtIdentificationCopy)(WDFCHILDLIST ChildList, void* Source, void* Destination);
    int32_t (*EvtIdentificationDuplicate)(WDFCHILDLIST ChildList, void* Source, void* Destination);
    void (*EvtIdentificationCleanup)(WDFCHILDLIST ChildList, void* Identification);
    uint8_t (*EvtIdentificationCompare)(WDFCHILDLIST ChildList, void* First, void* Second);
    void (*EvtAddressCopy)(WDFCHILDLIST ChildList, void* Source, void* Destination);
    int32_t (*EvtAddressDuplicate)(WDFCHILDLIST ChildList, void* Source, void* Destination);
    void (*EvtAddressCleanup)(WDFCHILDLIST ChildList, void* Address);
    uint8_t (*EvtChildListDeviceReenumerated)(WDFCHILDLIST ChildList, WDFDEVICE OldDevice,
            void* OldAddress, void* NewAddress);
} qs_CHILD_LIST_CONFIG;
typedef struct qs_CHILD_RETRIEVE_INFO {
    uint32_t Size;
    void* IdentificationDescription;
    void* AddressDescription;
    int32_t Status; /* 1 success, 2 not yet created, 3 no such device */
    uint8_t (*EvtIdentificationCompare)(WDFCHILDLIST ChildList, void* First, void* Second);
} qs_CHILD_RETRIEVE_INFO;
typedef struct qs_CHILD_LIST_ITERATOR {
    uint32_t Size;
    uint32_t Flags; /* 1 present, 2 missing, 4 pending */
    void* Reserved[4];
} qs_CHILD_LIST_ITERATOR;

void qs_WdfFdoInitSetDefaultChildListConfig(QS_SITE, PWDFDEVICE_INIT DeviceInit, void* Config,
        qs_WDF_OBJECT_ATTRIBUTES* DefaultChildListAttributes);
WDFCHILDLIST qs_WdfFdoGetDefaultChildList(QS_SITE, WDFDEVICE Fdo);
int32_t qs_WdfChildListCreate(QS_SITE, WDFDEVICE Device, void* Config,
        qs_WDF_OBJECT_ATTRIBUTES* ChildListAttributes, WDFCHILDLIST* ChildList);
WDFDEVICE qs_WdfChildListGetDevice(QS_SITE, WDFCHILDLIST ChildList);
WDFDEVICE qs_WdfChildListRetrievePdo(QS_SITE, WDFCHILDLIST ChildList, void* RetrieveInfo);
int32_t qs_WdfChildListRetrieveAddressDescription(QS_SITE, WDFCHILDLIST ChildList,
        void* IdentificationDescription, void* AddressDescription);
void qs_WdfChildListBeginScan(QS_SITE, WDFCHILDLIST ChildList);
void qs_WdfChildListEndScan(QS_SITE, WDFCHILDLIST ChildList);
void qs_WdfChildListBeginIteration(QS_SITE, WDFCHILDLIST ChildList, void* Iterator);
int32_t qs_WdfChildListRetrieveNextDevice(QS_SITE, WDFCHILDLIST ChildList, void* Iterator,
        WDFDEVICE* Device, void* Info);
void qs_WdfChildListEndIteration(QS_SITE, WDFCHILDLIST ChildList, void* Iterator);
int32_t qs_WdfChildListAddOrUpdateChildDescriptionAsPresent(QS_SITE, WDFCHILDLIST ChildList,
        void* IdentificationDescription, void* AddressDescription);
int32_t qs_WdfChildListUpdateChildDescriptionAsMissing(QS_SITE, WDFCHILDLIST ChildList,
        void* IdentificationDescription);
void qs_WdfChildListUpdateAllChildDescriptionsAsPresent(QS_SITE, WDFCHILDLIST ChildList);
uint8_t qs_WdfChildListRequestChildEject(QS_SITE, WDFCHILDLIST ChildList,
        void* IdentificationDescription);
int32_t qs_WdfPdoRetrieveIdentificationDescription(QS_SITE, WDFDEVICE Device,
        void* IdentificationDescription);
int32_t qs_WdfPdoRetrieveAddressDescription(QS_SITE, WDFDEVICE Device, void* AddressDescription);
void qs_WdfPdoRequestEject(QS_SITE, WDFDEVICE Device);
void qs_WdfFdoLockStaticChildListForIteration(QS_SITE, WDFDEVICE Fdo);
WDFDEVICE qs_WdfFdoRetrieveNextStaticChild(QS_SITE, WDFDEVICE Fdo, WDFDEVICE PreviousChild,
        uint32_t Flags);
void qs_WdfFdoUnlockStaticChildListFromIteration(QS_SITE, WDFDEVICE Fdo);

QS_C_END
#endif
