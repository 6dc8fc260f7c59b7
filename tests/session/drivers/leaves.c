/* What a driver may leave behind: pool that EvtDriverUnload gives back, pool that nobody does, and
 * a reference to a memory object below the driver. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DRIVER_UNLOAD EvtDriverUnload;

typedef struct _KEPT {
    PVOID GivenBack;
} KEPT, *PKEPT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(KEPT, GetKept)

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    WDFDRIVER driver;
    WDFMEMORY memory;
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    config.EvtDriverUnload = EvtDriverUnload;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, KEPT);
    status = WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, &driver);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    GetKept(driver)->GivenBack = ExAllocatePool2(POOL_FLAG_NON_PAGED, 16, 'kcaB');
    if (ExAllocatePool2(POOL_FLAG_NON_PAGED, 24, 'tsoL') == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 'meM', 8, &memory, NULL);
    if (NT_SUCCESS(status)) {
        WdfObjectReference(memory);
    }
    return status;
}

VOID
EvtDriverUnload(_In_ WDFDRIVER Driver)
{
    ExFreePool(GetKept(Driver)->GivenBack);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    WDFDEVICE device;

    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
}
