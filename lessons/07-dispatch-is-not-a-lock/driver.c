/* A log in memory. Two queues deliver what is added to it.
 *
 *   writes    sequential   EvtIoWrite            a line
 *   default   sequential   EvtIoDeviceControl    a page break; how long the log is
 */
#include <ntddk.h>
#include <wdf.h>

#define IOCTL_LOG_BREAK CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_LOG_READ CTL_CODE(FILE_DEVICE_UNKNOWN, 0x802, METHOD_BUFFERED, FILE_READ_ACCESS)

#define LOG_SIZE 256
#define FLUSH_MS 4

typedef struct _DEVICE_CONTEXT {
    UCHAR Log[LOG_SIZE];
    size_t Used; /* so many bytes of Log */
    ULONG Lines; /* that were written */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS Append(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request, _Out_ size_t *Length);
static NTSTATUS ReadLog(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request,
                        _Out_ size_t *Length);
static VOID Flush(VOID);
static VOID CountLine(_In_ PDEVICE_CONTEXT Context);

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

    UNREFERENCED_PARAMETER(Driver);

    /* EvtIoDeviceControl waits, so callbacks must be called at PASSIVE_LEVEL. */
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateQueues(device);
}

static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDFQUEUE writes;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, &writes);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, writes, WdfRequestTypeWrite);
}

/* A line. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    size_t length;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = Append(context, Request, &length);
    WdfRequestCompleteWithInformation(Request, status, length);

    CountLine(context); /* the sender need not wait for this */
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;
    size_t length = 0;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode == IOCTL_LOG_BREAK) {
        status = Append(context, Request, &length);
        Flush();
        length = 0; /* nothing goes back */
    } else if (IoControlCode == IOCTL_LOG_READ) {
        status = ReadLog(context, Request, &length);
    }
    WdfRequestCompleteWithInformation(Request, status, length);
}

/* Adds the text of a request to the end of the log. */
static NTSTATUS
Append(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request, _Out_ size_t *Length)
{
    NTSTATUS status;
    PVOID text;
    size_t end = Context->Used;

    *Length = 0;
    status = WdfRequestRetrieveInputBuffer(Request, 1, &text, Length);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    if (*Length > LOG_SIZE - end) {
        *Length = 0;
        return STATUS_DISK_FULL;
    }

    RtlCopyMemory(Context->Log + end, text, *Length);
    Context->Used = end + *Length;
    return STATUS_SUCCESS;
}

/* Copies the log into the output buffer. */
static NTSTATUS
ReadLog(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request, _Out_ size_t *Length)
{
    NTSTATUS status;
    PVOID buffer;

    *Length = 0;
    status = WdfRequestRetrieveOutputBuffer(Request, LOG_SIZE, &buffer, NULL);
    if (NT_SUCCESS(status)) {
        *Length = Context->Used;
        RtlCopyMemory(buffer, Context->Log, *Length);
    }
    return status;
}

/* The disk takes its time. */
static VOID
Flush(VOID)
{
    LARGE_INTEGER time;

    time.QuadPart = WDF_REL_TIMEOUT_IN_MS(FLUSH_MS);
    (VOID)KeDelayExecutionThread(KernelMode, FALSE, &time);
}

static VOID
CountLine(_In_ PDEVICE_CONTEXT Context)
{
    ULONG lines = Context->Lines + 1;

    KdPrint(("line %u\n", lines));
    Context->Lines = lines;
}
