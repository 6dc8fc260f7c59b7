/* Reads are done by a thread of the driver.
 *
 *   default   parallel   reads: forwarded to `work`
 *   work      manual     reads that wait for the thread
 */
#include <ntddk.h>
#include <wdf.h>

#define WORK_MS 4 /* what one read takes */

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE Work;
    KEVENT Wake;
    volatile LONG End; /* TRUE: the thread has to end */
    PVOID Thread;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanup;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
static KSTART_ROUTINE Worker;

static NTSTATUS CreateQueues(_In_ WDFDEVICE Device);
static NTSTATUS StartThread(_In_ PDEVICE_CONTEXT Context);
static VOID DoRead(_In_ WDFREQUEST Request);

/* ---- Loading ---- */

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

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    attributes.EvtCleanupCallback = EvtCleanup;
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = CreateQueues(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return StartThread(DeviceGetContext(device));
}

/* The work needs no power. No EvtIoStop: a read takes 4 ms, and a removal waits for it. */
static NTSTATUS
CreateQueues(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.PowerManaged = WdfFalse;
    status = WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    queueConfig.PowerManaged = WdfFalse;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES,
                            &DeviceGetContext(Device)->Work);
}

static NTSTATUS
StartThread(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    HANDLE handle;

    KeInitializeEvent(&Context->Wake, SynchronizationEvent, FALSE);
    status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, Worker, Context);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, *PsThreadType, KernelMode,
                                       &Context->Thread, NULL);
    if (!NT_SUCCESS(status)) {
        /* The device will go, and the thread must go before it. */
        InterlockedExchange(&Context->End, TRUE);
        KeSetEvent(&Context->Wake, IO_NO_INCREMENT, FALSE);
        (VOID)ZwWaitForSingleObject(handle, FALSE, NULL);
    }
    ZwClose(handle);
    return status;
}

/* The device is going. */
VOID
EvtCleanup(_In_ WDFOBJECT Object)
{
    PDEVICE_CONTEXT context = DeviceGetContext(Object);

    if (context->Thread == NULL) {
        return;
    }
    InterlockedExchange(&context->End, TRUE);
    KeSetEvent(&context->Wake, IO_NO_INCREMENT, FALSE);
    ObDereferenceObject(context->Thread);
}

/* ---- Reads: done by the thread ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);

    status = WdfRequestForwardToIoQueue(Request, context->Work);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    KeSetEvent(&context->Wake, IO_NO_INCREMENT, FALSE);
}

static VOID
Worker(_In_ PVOID StartContext)
{
    PDEVICE_CONTEXT context = (PDEVICE_CONTEXT)StartContext;
    WDFREQUEST read;

    while (!InterlockedCompareExchange(&context->End, FALSE, FALSE)) {
        KeWaitForSingleObject(&context->Wake, Executive, KernelMode, FALSE, NULL);
        while (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(context->Work, &read))) {
            DoRead(read);
        }
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

/* The work: zeros, after a while. */
static VOID
DoRead(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length;
    LARGE_INTEGER time;

    time.QuadPart = WDF_REL_TIMEOUT_IN_MS(WORK_MS);
    KeDelayExecutionThread(KernelMode, FALSE, &time);

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    RtlZeroMemory(buffer, length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);
}
