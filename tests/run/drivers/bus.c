/* A bus with sockets: as many children as its registry says are plugged in at the start; controls
 * plug one in and pull one out. */
#include <ntddk.h>
#include <initguid.h>
#include <wdf.h>

DEFINE_GUID(GUID_BUS_DATA, 0x31c5a9f0, 0x6f53, 0x4a0e, 0x9a, 0x51, 0x10, 0x5e, 0x5e, 0x0c, 0x2f,
            0x77);

#define CODE_PLUG 4
#define CODE_PULL 8

typedef struct _SOCKET {
    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Header;
    ULONG Number;
} SOCKET, *PSOCKET;

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD BusDeviceAdd;
EVT_WDF_CHILD_LIST_CREATE_DEVICE BusCreateChild;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL BusControl;
EVT_WDF_DEVICE_D0_ENTRY ChildD0Entry;

NTSTATUS ChildD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Previous)
{
    SOCKET socket;

    UNREFERENCED_PARAMETER(Previous);
    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER_INIT(&socket.Header, sizeof(socket));
    if (NT_SUCCESS(WdfPdoRetrieveIdentificationDescription(Device, &socket.Header)))
        DbgPrint("socket %u has power", socket.Number);
    return STATUS_SUCCESS;
}

NTSTATUS BusCreateChild(WDFCHILDLIST List,
        PWDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER Identification, PWDFDEVICE_INIT Init)
{
    DECLARE_CONST_UNICODE_STRING(id, L"Bus\\Socket");
    WDF_PNPPOWER_EVENT_CALLBACKS power;
    WDFDEVICE device;
    NTSTATUS status;

    DbgPrint("socket %u of %p", CONTAINING_RECORD(Identification, SOCKET, Header)->Number,
             WdfChildListGetDevice(List));
    status = WdfPdoInitAssignDeviceID(Init, &id);
    if (!NT_SUCCESS(status)) return status;
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&power);
    power.EvtDeviceD0Entry = ChildD0Entry;
    WdfDeviceInitSetPnpPowerEventCallbacks(Init, &power);
    return WdfDeviceCreate(&Init, WDF_NO_OBJECT_ATTRIBUTES, &device);
}

/* What the bus tells of itself, to whoever asks. */
static NTSTATUS BusRegisterWmi(WDFDEVICE Bus)
{
    WDF_WMI_PROVIDER_CONFIG provider;
    WDF_WMI_INSTANCE_CONFIG config;
    WDFWMIINSTANCE instance;
    NTSTATUS status;

    WDF_WMI_PROVIDER_CONFIG_INIT(&provider, &GUID_BUS_DATA);
    provider.MinInstanceBufferSize = sizeof(ULONG);
    WDF_WMI_INSTANCE_CONFIG_INIT_PROVIDER_CONFIG(&config, &provider);
    config.Register = TRUE;
    status = WdfWmiInstanceCreate(Bus, &config, WDF_NO_OBJECT_ATTRIBUTES, &instance);
    if (NT_SUCCESS(status) && WdfWmiInstanceGetDevice(instance) == Bus) DbgPrint("WMI is there");
    return status;
}

static NTSTATUS Plug(WDFDEVICE Bus, ULONG Number, BOOLEAN In)
{
    SOCKET socket;

    WDF_CHILD_IDENTIFICATION_DESCRIPTION_HEADER_INIT(&socket.Header, sizeof(socket));
    socket.Number = Number;
    if (!In)
        return WdfChildListUpdateChildDescriptionAsMissing(WdfFdoGetDefaultChildList(Bus),
                                                           &socket.Header);
    return WdfChildListAddOrUpdateChildDescriptionAsPresent(WdfFdoGetDefaultChildList(Bus),
                                                            &socket.Header, NULL);
}

VOID BusControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength,
        ULONG Code)
{
    UNREFERENCED_PARAMETER(OutputLength);
    WdfRequestComplete(Request, Plug(WdfIoQueueGetDevice(Queue), (ULONG)InputLength,
                                     Code == CODE_PLUG));
}

NTSTATUS BusDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(socketsName, L"Sockets");
    WDF_CHILD_LIST_CONFIG list;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    WDFKEY key;
    ULONG sockets = 0, i;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WdfDeviceInitSetDeviceType(DeviceInit, FILE_DEVICE_BUS_EXTENDER);
    WDF_CHILD_LIST_CONFIG_INIT(&list, sizeof(SOCKET), BusCreateChild);
    WdfFdoInitSetDefaultChildListConfig(DeviceInit, &list, WDF_NO_OBJECT_ATTRIBUTES);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = BusControl;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    if (!NT_SUCCESS(status)) return status;
    status = BusRegisterWmi(device);
    if (!NT_SUCCESS(status)) return status;
    status = WdfDeviceOpenRegistryKey(device, PLUGPLAY_REGKEY_DEVICE, KEY_READ,
                                      WDF_NO_OBJECT_ATTRIBUTES, &key);
    if (!NT_SUCCESS(status)) return status;
    if (!NT_SUCCESS(WdfRegistryQueryULong(key, &socketsName, &sockets))) sockets = 1;
    WdfRegistryClose(key);
    for (i = 1; i <= sockets && NT_SUCCESS(status); i++) status = Plug(device, i, TRUE);
    return status;
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, BusDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
}
