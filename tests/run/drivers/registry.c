/* Reads its settings as drivers do, in each way there is, and says what it found. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD RegistryDeviceAdd;

static void ReadText(WDFKEY Key)
{
    DECLARE_CONST_UNICODE_STRING(nameName, L"Name");
    DECLARE_UNICODE_STRING_SIZE(small, 2);
    DECLARE_UNICODE_STRING_SIZE(large, 32);
    WDFSTRING string;
    USHORT needed = 0;
    NTSTATUS status;

    status = WdfRegistryQueryUnicodeString(Key, &nameName, &needed, &small);
    DbgPrint("small %x %u", status, needed);
    status = WdfRegistryQueryUnicodeString(Key, &nameName, NULL, &large);
    DbgPrint("large %x %wZ", status, &large);
    status = WdfStringCreate(NULL, WDF_NO_OBJECT_ATTRIBUTES, &string);
    if (!NT_SUCCESS(status)) return;
    status = WdfRegistryQueryString(Key, &nameName, string);
    WdfStringGetUnicodeString(string, &large);
    DbgPrint("string %x %wZ", status, &large);
    WdfObjectDelete(string);
}

static void ReadLists(WDFKEY Key)
{
    DECLARE_CONST_UNICODE_STRING(namesName, L"Names");
    DECLARE_CONST_UNICODE_STRING(bytesName, L"Bytes");
    WDFCOLLECTION names;
    WDFMEMORY memory;
    ULONG type = 0, i;
    size_t size = 0;
    PUCHAR bytes;

    if (!NT_SUCCESS(WdfCollectionCreate(WDF_NO_OBJECT_ATTRIBUTES, &names))) return;
    if (!NT_SUCCESS(WdfRegistryQueryMultiString(Key, &namesName, WDF_NO_OBJECT_ATTRIBUTES, names)))
        return;
    for (i = 0; i < WdfCollectionGetCount(names); i++) {
        UNICODE_STRING text;
        WdfStringGetUnicodeString((WDFSTRING)WdfCollectionGetItem(names, i), &text);
        DbgPrint("name %u %wZ", i, &text);
    }
    if (!NT_SUCCESS(WdfRegistryQueryMemory(Key, &bytesName, PagedPool, WDF_NO_OBJECT_ATTRIBUTES,
                                           &memory, &type)))
        return;
    bytes = WdfMemoryGetBuffer(memory, &size);
    DbgPrint("bytes %u of type %u, the last %u", (ULONG)size, type, bytes[size - 1]);
    WdfObjectDelete(names);
    WdfObjectDelete(memory);
}

/* The key below, and what is written is read again. */
static void WriteAndReadAgain(WDFKEY Key)
{
    DECLARE_CONST_UNICODE_STRING(subName, L"sub");
    DECLARE_CONST_UNICODE_STRING(depthName, L"DEPTH");
    DECLARE_CONST_UNICODE_STRING(textName, L"Text");
    WDFKEY sub;
    ULONG value = 0;
    NTSTATUS status = WdfRegistryOpenKey(Key, &subName, KEY_READ | KEY_WRITE,
                                         WDF_NO_OBJECT_ATTRIBUTES, &sub);
    if (!NT_SUCCESS(status)) return;
    status = WdfRegistryQueryULong(sub, &depthName, &value);
    DbgPrint("depth %x %u", status, value);
    status = WdfRegistryAssignULong(sub, &depthName, value + 1);
    if (NT_SUCCESS(status)) status = WdfRegistryQueryULong(sub, &depthName, &value);
    DbgPrint("then %x %u", status, value);
    status = WdfRegistryAssignUnicodeString(sub, &textName, &subName);
    if (NT_SUCCESS(status)) status = WdfRegistryQueryULong(sub, &textName, &value);
    DbgPrint("text as number %x", status);
    status = WdfRegistryRemoveValue(sub, &textName);
    if (NT_SUCCESS(status)) status = WdfRegistryQueryULong(sub, &textName, &value);
    DbgPrint("removed %x", status);
    WdfRegistryClose(sub);
}

static void ReadWithoutFramework(PUNICODE_STRING Path)
{
    RTL_QUERY_REGISTRY_TABLE table[3];
    ULONG limit = 0, missing = 0, usual = 7, length;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE key;
    UCHAR room[sizeof(KEY_VALUE_PARTIAL_INFORMATION) + 16];
    WCHAR service[128];
    NTSTATUS status;

    RtlZeroMemory(table, sizeof(table));
    RtlZeroMemory(service, sizeof(service));
    if (Path->Length + sizeof(L"\\Parameters") > sizeof(service)) return;
    RtlCopyMemory(service, Path->Buffer, Path->Length);
    RtlCopyMemory(service + Path->Length / sizeof(WCHAR), L"\\Parameters", sizeof(L"\\Parameters"));
    table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    table[0].Name = (PWSTR)L"Limit";
    table[0].EntryContext = &limit;
    table[1].Flags = RTL_QUERY_REGISTRY_DIRECT;
    table[1].Name = (PWSTR)L"Missing";
    table[1].EntryContext = &missing;
    table[1].DefaultType = REG_DWORD;
    table[1].DefaultData = &usual;
    table[1].DefaultLength = sizeof(usual);
    status = RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, service, table, NULL, NULL);
    DbgPrint("direct %x %u, by default %u", status, limit, missing);

    RtlInitUnicodeString(&name, service);
    InitializeObjectAttributes(&attributes, &name, OBJ_KERNEL_HANDLE, NULL, NULL);
    if (!NT_SUCCESS(ZwOpenKey(&key, KEY_READ, &attributes))) return;
    RtlInitUnicodeString(&name, L"Limit");
    status = ZwQueryValueKey(key, &name, KeyValuePartialInformation, room, sizeof(room), &length);
    DbgPrint("partial %x %u bytes, %u", status, length,
             *(ULONG*)((PKEY_VALUE_PARTIAL_INFORMATION)room)->Data);
    ZwClose(key);
}

NTSTATUS RegistryDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(limitName, L"Limit");
    DECLARE_CONST_UNICODE_STRING(missingName, L"Missing");
    WDFDEVICE device;
    WDFMEMORY memory;
    WDFKEY key;
    ULONG value = 0;
    size_t size = 0;
    NTSTATUS status;

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) return status;
    status = WdfDriverOpenParametersRegistryKey(Driver, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key);
    if (!NT_SUCCESS(status)) return status;
    status = WdfRegistryQueryULong(key, &limitName, &value);
    DbgPrint("limit %x %u", status, value);
    DbgPrint("missing %x", WdfRegistryQueryULong(key, &missingName, &value));
    ReadText(key);
    ReadLists(key);
    WriteAndReadAgain(key);
    WdfRegistryClose(key);

    status = WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_READ,
                                      WDF_NO_OBJECT_ATTRIBUTES, &key);
    if (!NT_SUCCESS(status)) return status;
    status = WdfRegistryQueryULong(key, &limitName, &value);
    DbgPrint("of the device %x %u", status, value);
    WdfRegistryClose(key);

    status = WdfDeviceAllocAndQueryProperty(device, DevicePropertyFriendlyName, NonPagedPoolNx,
                                            WDF_NO_OBJECT_ATTRIBUTES, &memory);
    if (!NT_SUCCESS(status)) return status;
    DbgPrint("called %ws", (PWSTR)WdfMemoryGetBuffer(memory, &size));
    status = WdfDeviceQueryProperty(device, DevicePropertyManufacturer, 0, NULL, &value);
    DbgPrint("needs %x %u", status, value);
    return STATUS_SUCCESS;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, RegistryDeviceAdd);
    ReadWithoutFramework(RegistryPath);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
}
