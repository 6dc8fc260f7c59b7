/* The length of a read picks a misdeed: loops without an end, and allocations without an end. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;

#define MEGABYTE (1u << 20)

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
    WDF_IO_QUEUE_CONFIG queueConfig;

    UNREFERENCED_PARAMETER(Driver);

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* It neither calls nor returns. */
static VOID
SpinOnOneLine(VOID)
{
    volatile int never = 0;

    while (never == 0)
        ;
}

/* The same over several lines, each of which is an event. */
static VOID
SpinOverLines(VOID)
{
    volatile int x = 0;

    for (;;) {
        x++;
        x--;
    }
}

/* Nothing of the framework is called here. */
static VOID
SpinWithKernelCalls(VOID)
{
    LARGE_INTEGER now;

    do {
        KeQuerySystemTime(&now);
    } while (now.QuadPart != 0);
}

static VOID
MakeMemory(VOID)
{
    WDFMEMORY memory;

    for (;;) {
        (VOID)WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 1, 200 * MEGABYTE, &memory,
                              NULL);
    }
}

static VOID
TakePool(VOID)
{
    for (;;) {
        (VOID)ExAllocatePool2(POOL_FLAG_NON_PAGED, 100 * MEGABYTE, 'loop');
    }
}

/* No call of these takes much. */
static VOID
MakeMany(VOID)
{
    WDFMEMORY memory;

    for (;;) {
        (VOID)WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 1, 64, &memory, NULL);
    }
}

/* As much as is wanted for a whole megabyte, byte by byte: that is no misdeed. */
static VOID
FillMegabyte(VOID)
{
    PUCHAR bytes = ExAllocatePool2(POOL_FLAG_NON_PAGED, MEGABYTE, 'fill');
    ULONG i;

    if (bytes != NULL) {
        for (i = 0; i < MEGABYTE; i++) {
            bytes[i] = (UCHAR)i;
        }
        ExFreePool(bytes);
    }
}

/* The compiler counts no turn of these three: their bodies have no statement. */
static VOID
SpinForEver(VOID)
{
    for (;;)
        ;
}

static VOID
SpinInBraces(VOID)
{
    while (1) {
    }
}

static VOID
SpinInsideALoop(VOID)
{
    for (;;) {
        do {
            break;
        } while (TRUE);
    }
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    switch (Length) {
    case 1:
        SpinOnOneLine();
        break;
    case 2:
        SpinOverLines();
        break;
    case 3:
        SpinWithKernelCalls();
        break;
    case 4:
        for (;;)
            WdfIoQueueGetDevice(Queue);
    case 5:
        MakeMemory();
        break;
    case 6:
        TakePool();
        break;
    case 7:
        MakeMany();
        break;
    case 8:
        FillMegabyte();
        break;
    case 9:
        SpinForEver();
        break;
    case 10:
        SpinInBraces();
        break;
    case 11:
        SpinInsideALoop();
        break;
    default:
        break;
    }
    WdfRequestComplete(Request, STATUS_SUCCESS);
}
