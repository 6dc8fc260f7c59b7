/* A filter between a keyboard's class and port driver: it hooks the connection, drops one key from
 * what is reported, and passes all else on. */
#include <ntddk.h>
#include <kbdmou.h>
#include <ntdd8042.h>
#include <wdf.h>
#include <initguid.h>
#include <devguid.h>

typedef struct _FILTER_CONTEXT {
    CONNECT_DATA Above;
    ULONG Reported;
    WDFQUEUE Apart;
} FILTER_CONTEXT, *PFILTER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FILTER_CONTEXT, FilterGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD FilterDeviceAdd;
EVT_WDF_IO_QUEUE_IO_INTERNAL_DEVICE_CONTROL FilterInternalControl;
EVT_WDF_REQUEST_COMPLETION_ROUTINE FilterAttributesBack;

#define UNWANTED_KEY 0x3A

static VOID FilterService(PDEVICE_OBJECT Device, PKEYBOARD_INPUT_DATA First,
        PKEYBOARD_INPUT_DATA Behind, PULONG Consumed)
{
    PFILTER_CONTEXT context = FilterGetContext(WdfWdmDeviceGetWdfDeviceHandle(Device));
    PKEYBOARD_INPUT_DATA datum;

    for (datum = First; datum < Behind; datum++)
        if (datum->MakeCode != UNWANTED_KEY) context->Reported++;
    (*(PSERVICE_CALLBACK_ROUTINE)context->Above.ClassService)(context->Above.ClassDeviceObject,
            First, Behind, Consumed);
}

VOID FilterAttributesBack(WDFREQUEST Request, WDFIOTARGET Target,
        PWDF_REQUEST_COMPLETION_PARAMS Params, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    DbgPrint("attributes %x", Params->IoStatus.Status);
    WdfRequestComplete(Request, Params->IoStatus.Status);
}

VOID FilterInternalControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength,
        size_t InputLength, ULONG Code)
{
    WDFDEVICE device = WdfIoQueueGetDevice(Queue);
    PFILTER_CONTEXT context = FilterGetContext(device);
    WDF_REQUEST_SEND_OPTIONS options;
    PCONNECT_DATA connect;
    NTSTATUS status = STATUS_SUCCESS;
    BOOLEAN sent;

    UNREFERENCED_PARAMETER(OutputLength);
    UNREFERENCED_PARAMETER(InputLength);
    switch (Code) {
    case IOCTL_INTERNAL_KEYBOARD_CONNECT:
        if (context->Above.ClassService != NULL) {
            status = STATUS_SHARING_VIOLATION;
            break;
        }
        status = WdfRequestRetrieveInputBuffer(Request, sizeof(CONNECT_DATA), (PVOID*)&connect,
                                               NULL);
        if (!NT_SUCCESS(status)) break;
        context->Above = *connect;
        connect->ClassDeviceObject = WdfDeviceWdmGetDeviceObject(device);
        connect->ClassService = (PVOID)(ULONG_PTR)FilterService;
        break;
    case IOCTL_INTERNAL_KEYBOARD_DISCONNECT: status = STATUS_NOT_IMPLEMENTED; break;
    case IOCTL_KEYBOARD_QUERY_ATTRIBUTES:
        WdfRequestFormatRequestUsingCurrentType(Request);
        WdfRequestSetCompletionRoutine(Request, FilterAttributesBack, NULL);
        if (!WdfRequestSend(Request, WdfDeviceGetIoTarget(device), WDF_NO_SEND_OPTIONS))
            WdfRequestComplete(Request, WdfRequestGetStatus(Request));
        return;
    default: break;
    }
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET);
    sent = WdfRequestSend(Request, WdfDeviceGetIoTarget(device), &options);
    if (!sent) WdfRequestComplete(Request, WdfRequestGetStatus(Request));
}

NTSTATUS FilterDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WdfFdoInitSetFilter(DeviceInit);
    WdfDeviceInitSetDeviceType(DeviceInit, FILE_DEVICE_KEYBOARD);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FILTER_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoInternalDeviceControl = FilterInternalControl;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES,
                            &FilterGetContext(device)->Apart);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, FilterDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
}
