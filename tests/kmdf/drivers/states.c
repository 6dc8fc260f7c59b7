/* Answers a device control that carries a WDF_IO_QUEUE_STATE with what the kit's macros say about
 * it, one byte each: idle, ready, stopped, drained, purged. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
static EVT_WDF_DRIVER_DEVICE_ADD EvtDeviceAdd;
static EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
            WDF_NO_HANDLE);
}

static NTSTATUS EvtDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static VOID EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request,
        _In_ size_t OutputBufferLength, _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    WDF_IO_QUEUE_STATE state;
    PVOID in, out;
    UCHAR* answer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    status = WdfRequestRetrieveInputBuffer(Request, 1, &in, NULL);
    if (NT_SUCCESS(status)) status = WdfRequestRetrieveOutputBuffer(Request, 5, &out, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    state = (WDF_IO_QUEUE_STATE) * (UCHAR*)in;
    answer = out;
    answer[0] = WDF_IO_QUEUE_IDLE(state) ? 1 : 0;
    answer[1] = WDF_IO_QUEUE_READY(state) ? 1 : 0;
    answer[2] = WDF_IO_QUEUE_STOPPED(state) ? 1 : 0;
    answer[3] = WDF_IO_QUEUE_DRAINED(state) ? 1 : 0;
    answer[4] = WDF_IO_QUEUE_PURGED(state) ? 1 : 0;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, 5);
}
