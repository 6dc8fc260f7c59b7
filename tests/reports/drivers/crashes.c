/* One way to crash for each control code: in the driver's own code, or in what it calls. */
#include <ntddk.h>
#include <wdf.h>

#include "mistakes.h"

typedef struct _DRIVER_CONTEXT {
    ULONG Depth;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

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
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static ULONG
Deeper(_In_ ULONG Depth)
{
    return Depth == MAXULONG ? 0 : Deeper(Depth + 1) + 1;
}

static ULONG
DeeperThroughCalls(_In_ WDFDEVICE Device, _In_ ULONG Depth)
{
    GetContext(Device)->Depth = Depth;
    WdfDeviceGetDefaultQueue(Device);
    return Depth == MAXULONG ? 0 : DeeperThroughCalls(Device, Depth + 1) + 1;
}

static ULONG
Large(void)
{
    volatile UCHAR table[900000];

    table[0] = 1;
    return table[0];
}

/* GCC sees that nobody sets them, which is the mistake. */
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"

static VOID
Crash(_In_ WDFDEVICE Device, _In_ ULONG Way)
{
    volatile LONG zero = 0;
    volatile LONG* pointer;
    PWDF_IO_QUEUE_CONFIG volatile config;
    UCHAR bytes[64];
    PVOID volatile nowhere = NULL;
    volatile size_t length = sizeof(bytes);

    switch (Way) {
    case CalledItself:
        Deeper(0);
        break;
    case CalledItselfThroughCalls:
        DeeperThroughCalls(Device, 0);
        break;
    case LargeLocal:
        Large();
        break;
    case Divided:
        zero = 7 / zero;
        break;
    case UsedUnset:
        *pointer = 1;
        break;
    case CopiedFromNull:
        RtlCopyMemory(bytes, nowhere, length);
        break;
    case GaveUnset:
        WdfIoQueueCreate(Device, config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
        break;
    default:
        break;
    }
}

/* Uses memory that is not the driver's, which no processor minds. */
static VOID
Misuse(_In_ WDFDEVICE Device, _In_ ULONG Way)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDFOBJECT object;
    WDFMEMORY memory;
    PDRIVER_CONTEXT context;
    UCHAR bytes[64];
    PUCHAR block = ExAllocatePool2(POOL_FLAG_NON_PAGED, 20, 'kcos');
    ULONG i;

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    attributes.ParentObject = Device;
    switch (Way) {
    case WroteBehindPool:
        for (i = 0; i <= 20; i++) {
            block[i] = (UCHAR)i;
        }
        break;
    case ReadFreedPool:
        ExFreePoolWithTag(block, 'kcos');
        bytes[0] = block[3];
        return;
    case ClearedTooMuch:
        context = GetContext(Device);
        RtlZeroMemory(context, sizeof(bytes));
        break;
    case UsedGoneContext:
        WdfObjectCreate(&attributes, &object);
        context = GetContext(object);
        context->Depth = 1;
        WdfObjectDelete(object);
        context->Depth = 2;
        break;
    case UsedGoneMemory:
        WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 8, &memory, (PVOID*)&block);
        WdfObjectDelete(memory);
        block[7]++;
        break;
    case CopiedTooMuch:
        WdfMemoryCreate(&attributes, NonPagedPoolNx, 0, 64, &memory, NULL);
        WdfMemoryCopyToBuffer(memory, 0, block, 64);
        break;
    default:
        break;
    }
    ExFreePoolWithTag(block, 'kcos');
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    Crash(WdfIoQueueGetDevice(Queue), IoControlCode >> 2);
    Misuse(WdfIoQueueGetDevice(Queue), IoControlCode >> 2);
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
