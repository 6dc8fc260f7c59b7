/* A device with a session, which a write ends. Reads belong to the session.
 *
 *   default    sequential, passive level   everything that arrives
 *   reads      manual, a child of the session   reads until a device control starts them
 *   commands   sequential, passive level, a child of the session   writes
 */
#include <ntddk.h>
#include <wdf.h>
#include <qsdevice.h>

#define IOCTL_START CTL_CODE(FILE_DEVICE_UNKNOWN, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _DEVICE_CONTEXT {
    QSDEVICE Hardware;
    WDFDPC TransferDone;
    WDFOBJECT Session; /* NULL when it has ended */
    WDFQUEUE Reads;    /* a child of Session */
    WDFQUEUE Commands; /* a child of Session */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWriteArrived;
EVT_WDF_IO_QUEUE_IO_WRITE EvtIoWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_DPC EvtTransferDone;

static NTSTATUS CreateDefaultQueue(_In_ WDFDEVICE Device);
static NTSTATUS CreateSession(_In_ WDFDEVICE Device);
static NTSTATUS CreateHelpers(_In_ WDFDEVICE Device);
static VOID SendOn(_In_ WDFREQUEST Request, _In_opt_ WDFQUEUE Queue);
static NTSTATUS StartNextRead(_In_ PDEVICE_CONTEXT Context);
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
    WDF_OBJECT_ATTRIBUTES attributes;

    UNREFERENCED_PARAMETER(Driver);

    WdfDeviceInitSetIoType(DeviceInit, WdfDeviceIoBuffered);

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
    status = CreateSession(device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return CreateHelpers(device);
}

/* No EvtIoStop: what its handlers own is complete, or in a queue, when they return. */
static NTSTATUS
CreateDefaultQueue(_In_ WDFDEVICE Device)
{
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    queueConfig.EvtIoWrite = EvtIoWriteArrived;
    queueConfig.EvtIoDeviceControl = EvtIoDeviceControl;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfIoQueueCreate(Device, &queueConfig, &attributes, WDF_NO_HANDLE);
}

/* No EvtIoStop: a read on the hardware is short, and power-down waits for it (lesson 6.2). */
static NTSTATUS
CreateSession(_In_ WDFDEVICE Device)
{
    NTSTATUS status;
    WDF_IO_QUEUE_CONFIG queueConfig;
    WDF_OBJECT_ATTRIBUTES attributes;
    PDEVICE_CONTEXT context = DeviceGetContext(Device);

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    status = WdfObjectCreate(&attributes, &context->Session);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = context->Session;
    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchManual);
    status = WdfIoQueueCreate(Device, &queueConfig, &attributes, &context->Reads);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoWrite = EvtIoWrite;
    queueConfig.PowerManaged = WdfFalse;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    return WdfIoQueueCreate(Device, &queueConfig, &attributes, &context->Commands);
}

static NTSTATUS
CreateHelpers(_In_ WDFDEVICE Device)
{
    WDF_DPC_CONFIG dpcConfig;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DPC_CONFIG_INIT(&dpcConfig, EvtTransferDone);
    dpcConfig.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    return WdfDpcCreate(&dpcConfig, &attributes, &DeviceGetContext(Device)->TransferDone);
}

/* ---- The session ---- */

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    UNREFERENCED_PARAMETER(Length);

    SendOn(Request, DeviceGetContext(WdfIoQueueGetDevice(Queue))->Reads);
}

/* A write ends the session: it goes to the queue of its commands, and nothing else does anymore. */
VOID
EvtIoWriteArrived(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));
    WDFQUEUE commands = context->Commands;

    UNREFERENCED_PARAMETER(Length);

    context->Reads = context->Commands = NULL;
    SendOn(Request, commands);
}

/* The end of the session. */
VOID
EvtIoWrite(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    PDEVICE_CONTEXT context = DeviceGetContext(WdfIoQueueGetDevice(Queue));

    WdfObjectDelete(context->Session);
    context->Session = NULL;
    WdfRequestCompleteWithInformation(Request, STATUS_SUCCESS, Length);
}

static VOID
SendOn(_In_ WDFREQUEST Request, _In_opt_ WDFQUEUE Queue)
{
    NTSTATUS status = STATUS_INVALID_DEVICE_STATE;

    if (Queue != NULL) {
        status = WdfRequestForwardToIoQueue(Request, Queue);
    }
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
    }
}

/* ---- Transfers ---- */

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);

    if (IoControlCode == IOCTL_START) {
        status = StartNextRead(DeviceGetContext(WdfIoQueueGetDevice(Queue)));
    }
    WdfRequestComplete(Request, status);
}

static NTSTATUS
StartNextRead(_In_ PDEVICE_CONTEXT Context)
{
    NTSTATUS status;
    WDFREQUEST read;

    if (Context->Reads == NULL || !QsChannelIsFree(Context->Hardware, 0)) {
        return STATUS_INVALID_DEVICE_STATE;
    }
    status = WdfIoQueueRetrieveNextRequest(Context->Reads, &read);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = QsChannelStart(Context->Hardware, 0, read, 0, Context->TransferDone);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(read, status);
    }
    return status;
}

VOID
EvtTransferDone(_In_ WDFDPC Dpc)
{
    PDEVICE_CONTEXT context = DeviceGetContext((WDFDEVICE)WdfDpcGetParentObject(Dpc));
    ULONG channel;
    PVOID finished;

    while (QsChannelTakeFinished(context->Hardware, &channel, &finished)) {
        CompleteRead((WDFREQUEST)finished);
    }
}

/* What the device has read: zeros. */
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
