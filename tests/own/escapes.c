/* A driver that tries to leave its box, another way for each length of a read. */
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

#if defined(__x86_64__)
#define CALL_WRITE 1
#define CALL_SOCKET 41
#define CALL_FORK 57
#define CALL_KILL 62
#define CALL_OPEN 257
#define CALL_EXIT 231
#else
#define CALL_WRITE 64
#define CALL_SOCKET 198
#define CALL_FORK 220
#define CALL_KILL 129
#define CALL_OPEN 56
#define CALL_EXIT 94
#endif

/* The queue hands over a read. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Queue);

    switch (Length) {
    case 1:
        SystemCall(CALL_WRITE, 2, (long)"hello\n", 6);
        break;
    case 2:
        SystemCall(CALL_SOCKET, 2, 1, 0);
        break;
    case 3:
        SystemCall(CALL_FORK, 17, 0, 0);
        break;
    case 4:
        SystemCall(CALL_KILL, -1, 9, 0);
        break;
    case 5:
        SystemCall(CALL_OPEN, -100, (long)"/etc/passwd", 0);
        break;
    case 6:
        SystemCall(CALL_EXIT, 0, 0, 0);
        break;
    case 7:
        __builtin_memset((PVOID)(ULONG_PTR)0x5000, 0, Length * 4096);
        break;
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
