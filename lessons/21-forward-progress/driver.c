/* A disk that must go on working when memory is gone:
 *
 *   default   parallel      device controls
 *   reads     parallel(2)   reads, with two requests in reserve; the hardware has two slots
 *
 * The hardware writes into a buffer of the request, from which the DPC copies. */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_GET_VERSION CTL_CODE(FILE_DEVICE_UNKNOWN, 0x801, METHOD_BUFFERED, FILE_ANY_ACCESS)

#define VERSION 3
#define SLOTS 2
#define RESERVE 2
#define SECTOR_BYTES 512
#define BUFFER_TAG 'ffuB'

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

typedef struct _REQUEST_CONTEXT {
    PVOID Sector; /* where the hardware writes */
} REQUEST_CONTEXT, *PREQUEST_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(REQUEST_CONTEXT, RequestGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_ALLOCATE_RESOURCES_FOR_RESERVED_REQUEST EvtIoAllocateResourcesForReservedRequest;
EVT_WDF_IO_ALLOCATE_REQUEST_RESOURCES EvtIoAllocateRequestResources;
EVT_WDF_OBJECT_CONTEXT_CLEANUP EvtRequestContextCleanup;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateDefaultQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateReads(_In_ WDFDEVICE Device, _Out_ WDFQUEUE* Queue);
static NTSTATUS ReserveRequests(_In_ WDFQUEUE Reads);
static NTSTATUS CreateDpc(_In_ WDFQUEUE Reads);
static NTSTATUS AllocateSector(_In_ WDFREQUEST Request);
static VOID StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request);
static VOID CompleteRead(_In_ WDFREQUEST Request);

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
    WDFQUEUE reads;
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, REQUEST_CONTEXT);
    attributes.EvtCleanupCallback = EvtRequestContextCleanup;
    WdfDeviceInitSetRequestAttributes(DeviceInit, &attributes);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    DeviceGetContext(device)->Hardware = QsDeviceOpen(device);
    if (DeviceGetContext(device)->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    status = CreateDefaultQueue(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = CreateReads(device, &reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ReserveRequests(reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateDpc(reads);
}

static NTSTATUS
CreateDefaultQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(Device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

static NTSTATUS
CreateReads(_In_ WDFDEVICE Device, _Out_ WDFQUEUE* Queue)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchParallel);
    queueConfig.Settings.Parallel.NumberOfPresentedRequests = SLOTS;
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.SynchronizationScope = WdfSynchronizationScopeQueue;
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, Queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfDeviceConfigureRequestDispatching(Device, *Queue, WdfRequestTypeRead);
}

/* While there is memory, requests are set aside for the time when there is none. */
static NTSTATUS
ReserveRequests(_In_ WDFQUEUE Reads)
{
    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy;

    WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY_DEFAULT_INIT(&policy, RESERVE);
    policy.EvtIoAllocateResourcesForReservedRequest = EvtIoAllocateResourcesForReservedRequest;
    policy.EvtIoAllocateRequestResources = EvtIoAllocateRequestResources;
    return WdfIoQueueAssignForwardProgressPolicy(Reads, &policy);
}

/* A child of the queue: with automatic serialization it runs under the queue's lock. */
static NTSTATUS
CreateDpc(_In_ WDFQUEUE Reads)
{
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Reads;
    return WdfDpcCreate(&dpcConfig, &attributes,
                        &DeviceGetContext(WdfIoQueueGetDevice(Reads))->TransferDone);
}

/* ---- Memory ---- */

/* Called for each reserved request, while the driver loads. */
NTSTATUS
EvtIoAllocateResourcesForReservedRequest(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    return AllocateSector(Request);
}

/* Called for each ordinary request, when it arrives. */
NTSTATUS
EvtIoAllocateRequestResources(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request)
{
    UNREFERENCED_PARAMETER(Queue);
    return AllocateSector(Request);
}

static NTSTATUS
AllocateSector(_In_ WDFREQUEST Request)
{
    PREQUEST_CONTEXT context = RequestGetContext(Request);

    context->Sector = ExAllocatePool2(POOL_FLAG_NON_PAGED, SECTOR_BYTES, BUFFER_TAG);
    return context->Sector == NULL ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

/* The request object goes. (A reserved one stays, and keeps its buffer.) */
VOID
EvtRequestContextCleanup(_In_ WDFOBJECT Object)
{
    PREQUEST_CONTEXT context = RequestGetContext(Object);

    if (context->Sector != NULL) {
        ExFreePoolWithTag(context->Sector, BUFFER_TAG);
        context->Sector = NULL;
    }
}

/* ---- Device controls ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status;
    PULONG version;

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode != IOCTL_GET_VERSION) {
        WdfRequestComplete(Request, STATUS_INVALID_DEVICE_REQUEST);
        return;
    }

    status = WdfRequestRetrieveOutputBuffer(Request, sizeof(*version), (PVOID*)&version, NULL);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    *version = VERSION;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, sizeof(*version));
}

/* ---- Reads ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    if (Length > SECTOR_BYTES) {
        WdfRequestComplete(Request, STATUS_INVALID_PARAMETER);
        return;
    }
    StartTransfer(DeviceGetContext(WdfIoQueueGetDevice(Queue)), Request);
}

/* On a slot that is free; the queue's limit sees to it that there is one. */
static VOID
StartTransfer(_In_ PDEVICE_CONTEXT Context, _In_ WDFREQUEST Request)
{
    NTSTATUS status = STATUS_DEVICE_BUSY;
    ULONG slot;

    for (slot = 0; slot < SLOTS; slot++) {
        if (QsChannelIsFree(Context->Hardware, slot)) {
            status = QsChannelStart(Context->Hardware, slot, Request, 0, Context->TransferDone);
            break;
        }
    }
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    WDFQUEUE reads = (WDFQUEUE)WdfDpcGetParentObject(Dpc);
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(reads));
    ULONG slot;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &slot, &finished)) {
        CompleteRead((WDFREQUEST)finished);
    }
}

/* This disk is full of zeros. */
static VOID
CompleteRead(_In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PVOID buffer;
    size_t length;

    status = WdfRequestRetrieveOutputBuffer(Request, 1, &buffer, &length);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }

    RtlCopyMemory(buffer, RequestGetContext(Request)->Sector, length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);
}
