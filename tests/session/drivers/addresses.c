/* Prints and answers with addresses of everything that it can lay its hands on. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

typedef struct _CONTEXT {
    ULONG First;
    ULONG Second;
} CONTEXT, *PCONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CONTEXT, GetContext)

typedef struct _DUMP {
    char* Bytes;
    short Length;
} DUMP;

/* As software tracing writes a line, without its preprocessor. */
#define Trace(...) qs_WppTrace(__FILE__, __LINE__, __VA_ARGS__)

static const char Text[] = "a text of the driver";

/* Locals that nobody has written: what calls before have left on the stack must not show. */
static VOID
PrintNeverWritten(void)
{
    ULONG_PTR never[64];
    struct {
        PVOID Pointer;
        UCHAR Small;
    } alsoNever;

    for (ULONG i = 0; i < ARRAYSIZE(never); ++i) {
        DbgPrint("never written: %Ix\n", never[i]);
    }
    for (ULONG i = 0; i < sizeof(alsoNever); ++i) {
        DbgPrint("never written: %x\n", ((PUCHAR)&alsoNever)[i]);
    }
}

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    WDF_DRIVER_CONFIG config;
    WDFDRIVER driver;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                             &driver);
    DbgPrint("driver %p, object %p, path %p, entry %p\n", driver, DriverObject, RegistryPath,
             DriverEntry);
    return status;
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDFQUEUE queue;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;

    DbgPrint("init %p, local %p\n", DeviceInit, &status);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &queue);
    DbgPrint("driver %p, device %p, queue %p, context %p\n", Driver, device, queue,
             GetContext(device));
    return status;
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PCONTEXT context = GetContext(WdfIoQueueGetDevice(Queue));
    PVOID pool = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'rddA');
    PVOID big = ExAllocatePool2(POOL_FLAG_NON_PAGED, 300000, 'gibA');
    PVOID* out;
    PVOID addresses[4];
    DUMP dump;
    NTSTATUS status = WdfRequestRetrieveOutputBuffer(Request, sizeof(addresses), (PVOID*)&out,
                                                     NULL);

    if (!NT_SUCCESS(status) || !pool || !big) {
        WdfRequestComplete(Request, STATUS_INSUFFICIENT_RESOURCES);
        return;
    }
    addresses[0] = pool;
    addresses[1] = context;
    addresses[2] = &dump;
    addresses[3] = (PVOID)EvtIoDeviceControl;
    dump.Bytes = (char*)addresses;
    dump.Length = sizeof(addresses);
    DbgPrint("request %p, buffer %p, pool %p, big %p + 8 = %p, context %p + 4 = %p\n", Request, out,
             pool, big, (PUCHAR)big + 8, context, &context->Second);
    DbgPrint("stack %p, code %p, text %p, thread %p\n", &dump, EvtIoDeviceControl, Text,
             KeGetCurrentThread());
    DbgPrint("as numbers: %llx %I64x %Ix %zu %x %d %lu\n", (ULONGLONG)(ULONG_PTR)pool,
             (ULONGLONG)(ULONG_PTR)&dump, (ULONG_PTR)out, (size_t)(ULONG_PTR)context, pool, &dump,
             EvtIoDeviceControl);
    DbgPrint("no addresses: %p %p %p\n", NULL, (PVOID)(ULONG_PTR)0x1234, (PVOID)(LONG_PTR)-1);
    Trace("%!FUNC! hex %!HEXDUMP! of %!MYTYPE! %p", dump, pool, context);
    PrintNeverWritten();
    RtlCopyMemory(out, addresses, sizeof(addresses));
    ExFreePool(pool);
    ExFreePool(big);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(addresses));
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    UNREFERENCED_PARAMETER(IoControlCode);
}
