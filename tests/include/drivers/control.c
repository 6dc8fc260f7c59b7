/* A driver without Plug and Play: a named control device, files, the three buffering methods, a
 * pre-queue callback, a log file, tracing. */
#include <ntddk.h>
#include <wdf.h>
#include <ntstrsafe.h>
#include <wdmsec.h>

#include "control.tmh"

#define IOCTL_BUFFERED CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_NEITHER CTL_CODE(FILE_DEVICE_UNKNOWN, 0x901, METHOD_NEITHER, FILE_ANY_ACCESS)

/* What %!HEXDUMP! takes. */
typedef struct xstr {
    char* _buf;
    short _len;
} xstr_t;
static xstr_t log_xstr(void* p, short l)
{
    xstr_t x = {p, l};
    return x;
}

typedef struct _REQUEST_CONTEXT {
    WDFMEMORY Input;
    WDFMEMORY Output;
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

typedef struct _CONTROL_CONTEXT {
    HANDLE Log;
} CONTROL_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CONTROL_CONTEXT, ControlGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD EvtUnload;
EVT_WDF_DEVICE_CONTEXT_CLEANUP EvtDriverCleanup;
EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION EvtShutdown;
EVT_WDF_DEVICE_FILE_CREATE EvtFileCreate;
EVT_WDF_FILE_CLOSE EvtFileClose;
EVT_WDF_IO_IN_CALLER_CONTEXT EvtInCallerContext;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

static NTSTATUS AddDevice(_In_ WDFDRIVER Driver, _In_ PWDFDEVICE_INIT DeviceInit)
{
    DECLARE_CONST_UNICODE_STRING(name, L"\\Device\\Control");
    DECLARE_CONST_UNICODE_STRING(link, L"\\DosDevices\\Control");
    WDF_FILEOBJECT_CONFIG files;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    WDFQUEUE queue;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    PAGED_CODE();
    WdfDeviceInitSetExclusive(DeviceInit, TRUE);
    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);
    status = WdfDeviceInitAssignName(DeviceInit, &name);
    if (!NT_SUCCESS(status)) goto fail;
    WdfControlDeviceInitSetShutdownNotification(DeviceInit, EvtShutdown, WdfDeviceShutdown);
    WDF_FILEOBJECT_CONFIG_INIT(&files, EvtFileCreate, EvtFileClose, WDF_NO_EVENT_CALLBACK);
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &files, WDF_NO_OBJECT_ATTRIBUTES);
    WdfDeviceInitSetIoInCallerContextCallback(DeviceInit, EvtInCallerContext);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CONTROL_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) goto fail;
    status = WdfDeviceCreateSymbolicLink(device, &link);
    if (!NT_SUCCESS(status)) goto fail;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchSequential);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    status = WdfIoQueueCreate(device, &config, &attributes, &queue);
    if (!NT_SUCCESS(status)) goto fail;
    WdfControlFinishInitializing(device);

fail:
    if (DeviceInit != NULL) WdfDeviceInitFree(DeviceInit);
    return status;
}

NTSTATUS DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFDRIVER driver;
    PWDFDEVICE_INIT init;
    NTSTATUS status;

    WPP_INIT_TRACING(DriverObject, RegistryPath);
    TraceEvents(TRACE_LEVEL_VERBOSE, DBG_INIT, "control device %!STATUS!", STATUS_SUCCESS);
    WDF_DRIVER_CONFIG_INIT(&config, WDF_NO_EVENT_CALLBACK);
    config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    config.EvtDriverUnload = EvtUnload;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.EvtCleanupCallback = EvtDriverCleanup;
    status = WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, &driver);
    if (!NT_SUCCESS(status)) return status;
    init = WdfControlDeviceInitAllocate(driver, &SDDL_DEVOBJ_SYS_ALL_ADM_RWX_WORLD_RW_RES_R);
    if (init == NULL) return STATUS_INSUFFICIENT_RESOURCES;
    return AddDevice(driver, init);
}

VOID EvtDriverCleanup(_In_ WDFOBJECT Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    WPP_CLEANUP(WdfDriverWdmGetDriverObject((WDFDRIVER)Driver));
}

VOID EvtUnload(_In_ WDFDRIVER Driver) { UNREFERENCED_PARAMETER(Driver); }

VOID EvtShutdown(_In_ WDFDEVICE Device)
{
    CONTROL_CONTEXT* context = ControlGetContext(Device);
    if (context->Log != NULL) ZwClose(context->Log);
}

VOID EvtFileCreate(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request, _In_ WDFFILEOBJECT FileObject)
{
    PUNICODE_STRING file_name = WdfFileObjectGetFileName(FileObject);
    UNICODE_STRING path, root;
    WCHAR space[128];
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK io;
    FILE_POSITION_INFORMATION position;
    HANDLE file;
    CHAR line[32];
    NTSTATUS status;

    RtlInitUnicodeString(&root, L"\\SystemRoot\\Temp");
    path.Buffer = space;
    path.Length = 0;
    path.MaximumLength = sizeof(space);
    status = RtlAppendUnicodeStringToString(&path, &root);
    if (NT_SUCCESS(status)) status = RtlAppendUnicodeStringToString(&path, file_name);
    if (!NT_SUCCESS(status)) goto done;

    InitializeObjectAttributes(&attributes, &path, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL,
            NULL);
    status = ZwCreateFile(&file, SYNCHRONIZE | GENERIC_WRITE | GENERIC_READ, &attributes, &io, NULL,
                          FILE_ATTRIBUTE_NORMAL, FILE_SHARE_READ, FILE_OPEN_IF,
                          FILE_SYNCHRONOUS_IO_NONALERT | FILE_NON_DIRECTORY_FILE, NULL, 0);
    if (!NT_SUCCESS(status)) goto done;
    ControlGetContext(Device)->Log = file;
    status = RtlStringCbPrintfA(line, sizeof(line), "opened %d", 1);
    if (NT_SUCCESS(status))
        status = ZwWriteFile(file, NULL, NULL, NULL, &io, line, (ULONG)strlen(line), NULL, NULL);
    position.CurrentByteOffset.QuadPart = 0;
    if (NT_SUCCESS(status))
        status = ZwSetInformationFile(file, &io, &position, sizeof(position),
                FilePositionInformation);
    if (NT_SUCCESS(status))
        status = ZwReadFile(file, NULL, NULL, NULL, &io, line, sizeof(line), NULL, NULL);
    if (NT_SUCCESS(status)) status = io.Information ? io.Status : STATUS_UNSUCCESSFUL;
done:
    WdfRequestComplete(Request, status);
}

VOID EvtFileClose(_In_ WDFFILEOBJECT FileObject)
{
    WDFDEVICE device = WdfFileObjectGetDevice(FileObject);
    ControlGetContext(device)->Log = NULL;
}

VOID EvtInCallerContext(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    WDF_REQUEST_PARAMETERS params;
    WDF_OBJECT_ATTRIBUTES attributes;
    PREQUEST_CONTEXT context;
    PVOID in, out, block;
    size_t in_length, out_length;
    NTSTATUS status;

    WDF_REQUEST_PARAMETERS_INIT(&params);
    WdfRequestGetParameters(Request, &params);
    if (params.Type == WdfRequestTypeDeviceControl &&
        params.Parameters.DeviceIoControl.IoControlCode == IOCTL_NEITHER) {
        status = WdfRequestRetrieveUnsafeUserInputBuffer(Request, 0, &in, &in_length);
        if (!NT_SUCCESS(status)) goto fail;
        status = WdfRequestRetrieveUnsafeUserOutputBuffer(Request, 0, &out, &out_length);
        if (!NT_SUCCESS(status)) goto fail;
        WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
        status = WdfObjectAllocateContext(Request, &attributes, &block);
        if (!NT_SUCCESS(status)) goto fail;
        context = block;
        status = WdfRequestProbeAndLockUserBufferForRead(Request, in, in_length, &context->Input);
        if (!NT_SUCCESS(status)) goto fail;
        status = WdfRequestProbeAndLockUserBufferForWrite(Request, out, out_length,
                &context->Output);
        if (!NT_SUCCESS(status)) goto fail;
    }
    status = WdfDeviceEnqueueRequest(Device, Request);
    if (NT_SUCCESS(status)) return;
fail:
    WdfRequestComplete(Request, status);
}

VOID EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request,
        _In_ size_t OutputBufferLength,
                        _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PVOID in, out;
    size_t length = 0;
    NTSTATUS status = STATUS_SUCCESS;

    if (!OutputBufferLength || !InputBufferLength || WdfIoQueueGetDevice(Queue) == NULL) {
        WdfRequestComplete(Request, STATUS_INVALID_PARAMETER);
        return;
    }
    switch (IoControlCode) {
    case IOCTL_BUFFERED:
        status = WdfRequestRetrieveInputBuffer(Request, 0, &in, &length);
        if (!NT_SUCCESS(status)) break;
        Hexdump((TRACE_LEVEL_VERBOSE, DBG_IOCTL, "input %!HEXDUMP!\n", log_xstr(in,
                (USHORT)length)));
        status = WdfRequestRetrieveOutputBuffer(Request, 0, &out, &length);
        if (NT_SUCCESS(status)) RtlCopyMemory(out, "answer", min(length, 6));
        break;
    case IOCTL_NEITHER:
        out = WdfMemoryGetBuffer(RequestGetContext(Request)->Output, &length);
        __analysis_assume(out != NULL);
        RtlZeroMemory(out, length);
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}
