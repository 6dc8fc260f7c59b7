/* Prints what it is told by the IRPs that it gets its hands on, and refuses every second open. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
    ULONG Opens;
    WDFQUEUE Reads;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, GetContext)

typedef struct _FILE_CONTEXT {
    ULONG Number;
} FILE_CONTEXT, *PFILE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FILE_CONTEXT, GetFileContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_DEVICE_FILE_CREATE EvtDeviceFileCreate;
EVT_WDF_FILE_CLEANUP EvtFileCleanup;
EVT_WDF_FILE_CLOSE EvtFileClose;
EVT_WDF_OBJECT_CONTEXT_CLEANUP EvtFileObjectCleanup;
EVT_WDF_OBJECT_CONTEXT_DESTROY EvtFileObjectDestroy;
EVT_WDF_IO_IN_CALLER_CONTEXT EvtIoInCallerContext;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_WDM_IRP_FOR_FORWARD_PROGRESS EvtIoWdmIrpForForwardProgress;

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG config;
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoWrite = EvtIoWrite;
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = EvtIoRead;
    status = WdfIoQueueCreate(Device, &config, WDF_NO_OBJECT_ATTRIBUTES,
                              &GetContext(Device)->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_EXAMINE_INIT(&policy, 1, EvtIoWdmIrpForForwardProgress);
    status = WdfIoQueueAssignForwardProgressPolicy(GetContext(Device)->Reads, &policy);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, GetContext(Device)->Reads,
                                                WdfRequestTypeRead);
}

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
    WDF_FILEOBJECT_CONFIG files;

    UNREFERENCED_PARAMETER(Driver);
    WDF_FILEOBJECT_CONFIG_INIT(&files, EvtDeviceFileCreate, EvtFileClose, EvtFileCleanup);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FILE_CONTEXT);
    attributes.EvtCleanupCallback = EvtFileObjectCleanup;
    attributes.EvtDestroyCallback = EvtFileObjectDestroy;
    WdfDeviceInitSetFileObjectConfig(DeviceInit, &files, &attributes);
    WdfDeviceInitSetIoInCallerContextCallback(DeviceInit, EvtIoInCallerContext);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

static VOID
PrintIrp(_In_ PCSTR Where, _In_ WDFDEVICE Device, _In_ PIRP Irp)
{
    PIO_STACK_LOCATION at = IoGetCurrentIrpStackLocation(Irp);

    DbgPrint("%s: major %x, device %s, file %s", Where, at->MajorFunction,
             at->DeviceObject == WdfDeviceWdmGetDeviceObject(Device) ? "ours" : "another",
             at->FileObject && at->FileObject == Irp->Tail.Overlay.OriginalFileObject ? "there"
                                                                                     : "none");
    switch (at->MajorFunction) {
    case IRP_MJ_READ:
        DbgPrint("%s: read %u at %d", Where, at->Parameters.Read.Length,
                 (LONG)at->Parameters.Read.ByteOffset.QuadPart);
        break;
    case IRP_MJ_WRITE:
        DbgPrint("%s: write %u of %c", Where, at->Parameters.Write.Length,
                 *(PCHAR)Irp->AssociatedIrp.SystemBuffer);
        break;
    case IRP_MJ_DEVICE_CONTROL:
        DbgPrint("%s: code %x in %u out %u, buffers %d %d %d", Where,
                 at->Parameters.DeviceIoControl.IoControlCode,
                 at->Parameters.DeviceIoControl.InputBufferLength,
                 at->Parameters.DeviceIoControl.OutputBufferLength,
                 Irp->AssociatedIrp.SystemBuffer != NULL, Irp->MdlAddress != NULL,
                 Irp->UserBuffer != NULL);
        break;
    case IRP_MJ_CREATE:
        DbgPrint("%s: disposition %x", Where, at->Parameters.Create.Options >> 24);
        break;
    default:
        break;
    }
}

VOID
EvtDeviceFileCreate(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request, _In_ WDFFILEOBJECT FileObject)
{
    WDFQUEUE queue;
    WDF_IO_QUEUE_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    PrintIrp("create", Device, WdfRequestWdmGetIrp(Request));
    GetFileContext(FileObject)->Number = ++GetContext(Device)->Opens;
    if (GetContext(Device)->Opens % 2 == 0) {
        WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
        attributes.ParentObject = FileObject;
        WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
        WdfIoQueueCreate(Device, &config, &attributes, &queue);
        WdfRequestComplete(Request, STATUS_ACCESS_DENIED);
        DbgPrint("refused");
        return;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

VOID
EvtFileCleanup(_In_ WDFFILEOBJECT FileObject)
{
    DbgPrint("EvtFileCleanup of %u", GetFileContext(FileObject)->Number);
}

VOID
EvtFileClose(_In_ WDFFILEOBJECT FileObject)
{
    DbgPrint("EvtFileClose of %u", GetFileContext(FileObject)->Number);
}

VOID
EvtFileObjectCleanup(_In_ WDFOBJECT Object)
{
    DbgPrint("cleanup of file object %u", GetFileContext(Object)->Number);
}

VOID
EvtFileObjectDestroy(_In_ WDFOBJECT Object)
{
    DbgPrint("destroy of file object %u", GetFileContext(Object)->Number);
}

VOID
EvtIoInCallerContext(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    PrintIrp("caller", Device, WdfRequestWdmGetIrp(Request));
    if (!NT_SUCCESS(WdfDeviceEnqueueRequest(Device, Request))) {
        WdfRequestComplete(Request, STATUS_UNSUCCESSFUL);
    }
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PrintIrp("read", WdfIoQueueGetDevice(Queue), WdfRequestWdmGetIrp(Request));
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PIRP irp = WdfRequestWdmGetIrp(Request);
    PIO_STACK_LOCATION next;

    PrintIrp("write", WdfIoQueueGetDevice(Queue), irp);
    WdfRequestFormatRequestUsingCurrentType(Request);
    irp = WdfRequestWdmGetIrp(Request);
    next = IoGetNextIrpStackLocation(irp);
    DbgPrint("write: next %x, %u bytes", next->MajorFunction, next->Parameters.Write.Length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
    PrintIrp("control", WdfIoQueueGetDevice(Queue), WdfRequestWdmGetIrp(Request));
    WdfRequestComplete(Request, STATUS_SUCCESS);
}

WDF_IO_FORWARD_PROGRESS_ACTION
EvtIoWdmIrpForForwardProgress(_In_ WDFQUEUE Queue, _In_ PIRP Irp)
{
    PrintIrp("examined", WdfIoQueueGetDevice(Queue), Irp);
    return WdfIoForwardProgressActionUseReservedRequest;
}
