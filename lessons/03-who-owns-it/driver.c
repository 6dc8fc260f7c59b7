/* Reads go through hardware that does one transfer at a time, of at most MAX_READ bytes.
 *
 *   default   sequential   EvtIoRead
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define MAX_READ 4096 /* bytes that the hardware can read at once */

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS OpenHardware(_In_ WDFDEVICE Device);
static VOID StartTransfer(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request);
static VOID CompleteRead(_In_ WDFREQUEST Request);

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
    WDF_IO_QUEUE_CONFIG queueConfig;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DEVICE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    status = OpenHardware(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    /* The hardware does one transfer at a time, and so does this queue. */
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: a transfer is short, and power-down waits for it (lesson 6.2). */
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

/* The hardware, and the DPC that runs when it has finished something. */
static NTSTATUS
OpenHardware(_In_ WDFDEVICE Device)
{
    PDEVICE_CONTEXT context = DeviceGetContext(Device);
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    context->Hardware = QsDeviceOpen(Device);
    if (context->Hardware == NULL) {
        return STATUS_NO_SUCH_DEVICE;
    }

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&dpcConfig, &attributes, &context->TransferDone);
}

/* From here on, the driver owns the request. */
VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    if (Length > MAX_READ) {
        return;
    }

    StartTransfer(WdfIoQueueGetDevice(Queue), Request);
}

/* Returns at once; EvtTransferDone completes the request later. */
static VOID
StartTransfer(_In_ WDFDEVICE Device, _In_ WDFREQUEST Request)
{
    NTSTATUS status;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    status = QsChannelStart(context->Hardware, 0, Request, 0, context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* The hardware has finished. The driver gives the request up by completing it. */
VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID request;

    while (QsChannelTakeFinished(context->Hardware, &channel, &request)) {
        CompleteRead((WDFREQUEST)request);
    }
}

/* What the hardware has read: zeros. */
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

    RtlZeroMemory(buffer, length);
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, length);
}
