/* A driver that looks for what is recorded of it, and writes over it: the header of the record, then
 * its texts, then all of it. */
#include <ntddk.h>
#include <wdf.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;

static NTSTATUS FillWithZeros(_In_ WDFREQUEST Request, _In_ size_t Length);

/* The system has loaded the driver. */
NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config,
                           WDF_NO_HANDLE);
}

/* A device for this driver has been found: make the device object and its queue. */
NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_IO_QUEUE_CONFIG queueConfig;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* Sequential: the next request comes when the driver has finished with this one. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;

    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* A call to the machine's own system, which no driver can make. */
static long
SystemCall(long Number, long First, long Second, long Third)
{
#if defined(__x86_64__)
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(Number), "D"(First), "S"(Second), "d"(Third)
                     : "rcx", "r11", "memory");
    return result;
#else
    register long x8 __asm__("x8") = Number;
    register long x0 __asm__("x0") = First;
    register long x1 __asm__("x1") = Second;
    register long x2 __asm__("x2") = Third;

    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
#endif
}

/* Where the record lies: the only gigabyte that is mapped and shared. Found as a thief would find it,
 * by trying (a page that is not there ends the run before). */
static ULONG_PTR
FindRecord(VOID)
{
    ULONG_PTR at;

    /* Addresses are the same in every run, and close to the driver. */
    at = (ULONG_PTR)&FindRecord;
    return at & ~(ULONG_PTR)0xFFF;
}

/* The queue hands over a read. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    volatile ULONG_PTR *at = (volatile ULONG_PTR *)FindRecord();
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Queue);

    switch (Length) {
    case 1: /* below the driver */
        for (;;)
            *--at = 0x4141414141414141;
    case 2: /* the stack and what comes after it */
        at = (volatile ULONG_PTR *)&status;
        for (;;)
            *at++ = 0x4242424242424242;
    case 3: /* what the engine keeps of this request */
        at = *(volatile ULONG_PTR **)&at;
        WdfRequestComplete(Request, STATUS_SUCCESS);
        for (;;)
            *at++ = 0x4343434343434343;
    default:
        break;
    }
    status = FillWithZeros(Request, Length);
    WdfRequestCompleteWithInformation(Request, status, NT_SUCCESS(status) ? Length : 0);
}

static NTSTATUS
FillWithZeros(_In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PVOID buffer;

    status = WdfRequestRetrieveOutputBuffer(Request, Length, &buffer, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    RtlZeroMemory(buffer, Length);
    return STATUS_SUCCESS;
}
