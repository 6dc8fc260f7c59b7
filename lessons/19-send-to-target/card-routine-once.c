/* The same driver; the completion routine of the piece is set when a read begins.
 *
 *   default   sequential   reads: the driver owns one, and sends its pieces one after another
 */
#include <ntddk.h>
#include <wdf.h>

#define PIECE_BYTES 8192

typedef struct _DEVICE_CONTEXT {
    WDFREQUEST Piece;    /* the driver's own request, made once */
    WDFREQUEST Read;     /* the read that the driver owns */
    WDFMEMORY Buffer;    /* of that read */
    size_t Length, Done; /* bytes: of the read, and of the pieces that came back */
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceGetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtPieceDone;

static VOID SendPiece(_In_ PDEVICE_CONTEXT Context, _In_ WDFIOTARGET Target);
static NTSTATUS PreparePiece(_In_ PDEVICE_CONTEXT Context, _In_ WDFIOTARGET Target);
static NTSTATUS ReusePiece(_In_ PDEVICE_CONTEXT Context);
static VOID FinishRead(_In_ PDEVICE_CONTEXT Context, _In_ NTSTATUS Status);

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

    /* A child of the device: deleted with it. */
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    status = WdfRequestCreate(&attributes, WdfDeviceGetIoTarget(device),
                              &DeviceGetContext(device)->Piece);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&queueConfig, WdfIoQueueDispatchSequential);
    queueConfig.EvtIoRead = EvtIoRead;
    /* No EvtIoStop: power-down waits until the driver below has finished (lesson 6.2). */
    return WdfIoQueueCreate(device, &queueConfig, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtIoRead(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t Length)
{
    NTSTATUS status;
    WDFDEVICE device = WdfIoQueueGetDevice(Queue);
    PDEVICE_CONTEXT context = DeviceGetContext(device);

    context->Read = Request;
    context->Length = Length;
    context->Done = 0;
    status = WdfRequestRetrieveOutputMemory(Request, &context->Buffer);
    if (!NT_SUCCESS(status)) {
        WdfRequestComplete(Request, status);
        return;
    }
    WdfRequestSetCompletionRoutine(context->Piece, EvtPieceDone, context);
    SendPiece(context, WdfDeviceGetIoTarget(device));
}

/* The next piece goes down, or the read fails. */
static VOID
SendPiece(_In_ PDEVICE_CONTEXT Context, _In_ WDFIOTARGET Target)
{
    NTSTATUS status;

    status = PreparePiece(Context, Target);
    if (!NT_SUCCESS(status)) {
        FinishRead(Context, status);
        return;
    }
    if (!WdfRequestSend(Context->Piece, Target, WDF_NO_SEND_OPTIONS)) {
        FinishRead(Context, WdfRequestGetStatus(Context->Piece));
    }
}

static NTSTATUS
PreparePiece(_In_ PDEVICE_CONTEXT Context, _In_ WDFIOTARGET Target)
{
    NTSTATUS status;
    WDFMEMORY_OFFSET part;
    LONGLONG position = (LONGLONG)Context->Done;

    status = ReusePiece(Context);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    part.BufferOffset = Context->Done;
    part.BufferLength = min(Context->Length - Context->Done, PIECE_BYTES);
    status = WdfIoTargetFormatRequestForRead(Target, Context->Piece, Context->Buffer, &part,
                                             &position);
    if (!NT_SUCCESS(status)) {
        return status;
    }

    return STATUS_SUCCESS;
}

/* Makes the piece as good as new. */
static NTSTATUS
ReusePiece(_In_ PDEVICE_CONTEXT Context)
{
    WDF_REQUEST_REUSE_PARAMS reuse;

    WDF_REQUEST_REUSE_PARAMS_INIT(&reuse, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    return WdfRequestReuse(Context->Piece, &reuse);
}

/* A piece has come back. */
VOID
EvtPieceDone(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
             _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT Context)
{
    PDEVICE_CONTEXT context = Context;

    UNREFERENCED_PARAMETER(Request);

    if (!NT_SUCCESS(Params->IoStatus.Status)) {
        FinishRead(context, Params->IoStatus.Status);
        return;
    }

    context->Done += Params->IoStatus.Information;
    if (Params->IoStatus.Information == 0 || context->Done >= context->Length) {
        FinishRead(context, STATUS_SUCCESS);
    } else {
        SendPiece(context, Target);
    }
}

/* All pieces are back, or one has failed. */
static VOID
FinishRead(_In_ PDEVICE_CONTEXT Context, _In_ NTSTATUS Status)
{
    (VOID)ReusePiece(Context);
    WdfRequestCompleteWithInformation(Context->Read, Status,
                                      NT_SUCCESS(Status) ? Context->Done : 0);
}
