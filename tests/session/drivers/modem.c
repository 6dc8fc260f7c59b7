/* Reads what a write or a device control brings, and answers: a control with "AT" gets "OK", a read
 * gets what was written last. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

typedef struct _MODEM {
    size_t Length;
    UCHAR Kept[512];
} MODEM, *PMODEM;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(MODEM, GetModem)

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, MODEM);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoRead = EvtIoRead;
    config.EvtIoWrite = EvtIoWrite;
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PMODEM modem = GetModem(WdfIoQueueGetDevice(Queue));
    size_t count = min(Length, modem->Length);
    PVOID buffer;
    NTSTATUS status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, NULL);

    if (NT_SUCCESS(status)) {
        RtlCopyMemory(buffer, modem->Kept, count);
    }
    WdfRequestCompleteWithInformation(Request, status, count);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PMODEM modem = GetModem(WdfIoQueueGetDevice(Queue));
    PVOID buffer;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, 1, &buffer, NULL);

    if (NT_SUCCESS(status)) {
        modem->Length = min(Length, sizeof(modem->Kept));
        RtlCopyMemory(modem->Kept, buffer, modem->Length);
    }
    WdfRequestCompleteWithInformation(Request, status, Length);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PUCHAR in, out;
    BOOLEAN asked;
    NTSTATUS status = WdfRequestRetrieveInputBuffer(Request, 2, (PVOID*)&in, NULL);

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    asked = NT_SUCCESS(status) && in[0] == 'A' && in[1] == 'T';
    if (!asked) {
        WdfRequestComplete(Request, STATUS_INVALID_PARAMETER);
        return;
    }
    status = WdfRequestRetrieveOutputBuffer(Request, 4, (PVOID*)&out, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    RtlCopyMemory(out, "OK\r\n", 4);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 4);
}
