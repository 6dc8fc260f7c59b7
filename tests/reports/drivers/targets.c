/* One mistake with an I/O target for each control code. */
#include <ntddk.h>
#include <wdf.h>

#include "mistakes.h"

typedef enum _TARGET_MISTAKE MISTAKE;

typedef struct _DRIVER_CONTEXT {
    WDFIOTARGET Target, Remote;
    BOOLEAN Sent;
    MISTAKE Mistake;
} DRIVER_CONTEXT, *PDRIVER_CONTEXT;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DRIVER_CONTEXT, GetContext)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD EvtDriverDeviceAdd;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL EvtIoDeviceControl;
EVT_WDF_REQUEST_CANCEL EvtRequestCancel;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtCompletion;
EVT_WDF_REQUEST_COMPLETION_ROUTINE EvtOwnCompletion;

static PDRIVER_CONTEXT
Context(void)
{
    return GetContext(WdfGetDriver());
}

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    WDF_OBJECT_ATTRIBUTES attributes;

    WDF_DRIVER_CONFIG_INIT(&config, EvtDriverDeviceAdd);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, DRIVER_CONTEXT);
    return WdfDriverCreate(DriverObject, RegistryPath, &attributes, &config, WDF_NO_HANDLE);
}

NTSTATUS
EvtDriverDeviceAdd(_In_ WDFDRIVER Driver, _Inout_ PWDFDEVICE_INIT DeviceInit)
{
    NTSTATUS status;
    WDFDEVICE device;
    WDF_IO_QUEUE_CONFIG config;

    status = WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    GetContext(Driver)->Target = WdfDeviceGetIoTarget(device);
    status = WdfIoTargetCreate(device, WDF_NO_OBJECT_ATTRIBUTES, &GetContext(Driver)->Remote);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoDeviceControl = EvtIoDeviceControl;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

VOID
EvtRequestCancel(_In_ WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}

VOID
EvtCompletion(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
              _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT CompletionContext)
{
    UNREFERENCED_PARAMETER(CompletionContext);
    if (Context()->Mistake == StoppedInRoutine) {
        WdfIoTargetStop(Target, WdfIoTargetWaitForSentIoToComplete);
    }
    WdfRequestComplete(Request, Params->IoStatus.Status);
}

VOID
EvtOwnCompletion(_In_ WDFREQUEST Request, _In_ WDFIOTARGET Target,
                 _In_ PWDF_REQUEST_COMPLETION_PARAMS Params, _In_ WDFCONTEXT CompletionContext)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Params);
    UNREFERENCED_PARAMETER(CompletionContext);
    WdfObjectDelete(Request);
}

/* The request with its format and routine, as it should be sent. */
static VOID
Prepare(_In_ WDFREQUEST Request)
{
    WdfRequestFormatRequestUsingCurrentType(Request);
    WdfRequestSetCompletionRoutine(Request, EvtCompletion, NULL);
}

/* True: the request is not the driver's anymore, or will come back. */
static BOOLEAN
SendWrongly(_In_ PDRIVER_CONTEXT Context, _In_ WDFREQUEST Request)
{
    WDF_REQUEST_SEND_OPTIONS options;

    switch (Context->Mistake) {
    case SentUnformatted:
        WdfRequestSetCompletionRoutine(Request, EvtCompletion, NULL);
        return WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
    case SentTwice:
        Prepare(Request);
        WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
        return WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
    case SentWithoutRoutine:
        WdfRequestFormatRequestUsingCurrentType(Request);
        return WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
    case SentAndForgotten:
        WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET |
                                                    WDF_REQUEST_SEND_OPTION_TIMEOUT);
        return WdfRequestSend(Request, Context->Target, &options);
    case WrongOptions:
        Prepare(Request);
        WDF_REQUEST_SEND_OPTIONS_INIT(&options, WDF_REQUEST_SEND_OPTION_TIMEOUT);
        options.Size = 1;
        return WdfRequestSend(Request, Context->Target, &options);
    case SentToNobody:
        Prepare(Request);
        return WdfRequestSend(Request, Context->Remote, WDF_NO_SEND_OPTIONS);
    case SentCancelable:
        WdfRequestMarkCancelable(Request, EvtRequestCancel);
        Prepare(Request);
        return WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
    default:
        return FALSE;
    }
}

/* True: the request is out. */
static BOOLEAN
UseSent(_In_ PDRIVER_CONTEXT Context, _In_ WDFREQUEST Request)
{
    switch (Context->Mistake) {
    case FormattedSent:
    case CompletedSent:
    case StoppedInRoutine:
    case CanceledTooLate:
        Prepare(Request);
        break;
    default:
        return FALSE;
    }
    WdfObjectReference(Request);
    WdfRequestSend(Request, Context->Target, WDF_NO_SEND_OPTIONS);
    if (Context->Mistake == FormattedSent) {
        WdfRequestFormatRequestUsingCurrentType(Request);
    } else if (Context->Mistake == CompletedSent) {
        WdfRequestComplete(Request, STATUS_SUCCESS);
    } else if (Context->Mistake == CanceledTooLate) {
        WdfRequestCancelSentRequest(Request);
        WdfRequestCancelSentRequest(Request);
    }
    WdfObjectDereference(Request);
    return TRUE;
}

/* Requests of the driver's own. */
static VOID
UseOwn(_In_ PDRIVER_CONTEXT Context)
{
    WDFREQUEST own;
    WDF_REQUEST_REUSE_PARAMS reuse;

    WdfRequestCreate(WDF_NO_OBJECT_ATTRIBUTES, Context->Target, &own);
    WdfIoTargetFormatRequestForIoctl(Context->Target, own, 0x222000, NULL, NULL, NULL, NULL);
    WdfRequestSetCompletionRoutine(own, EvtOwnCompletion, NULL);
    WdfRequestSend(own, Context->Target, WDF_NO_SEND_OPTIONS);
    WDF_REQUEST_REUSE_PARAMS_INIT(&reuse, WDF_REQUEST_REUSE_NO_FLAGS, STATUS_SUCCESS);
    WdfRequestReuse(own, &reuse);
}

VOID
EvtIoDeviceControl(_In_ WDFQUEUE Queue, _In_ WDFREQUEST Request, _In_ size_t OutputBufferLength,
                   _In_ size_t InputBufferLength, _In_ ULONG IoControlCode)
{
    PDRIVER_CONTEXT context = Context();

    UNREFERENCED_PARAMETER(Queue);
    UNREFERENCED_PARAMETER(OutputBufferLength);
    UNREFERENCED_PARAMETER(InputBufferLength);
    context->Mistake = (MISTAKE)(IoControlCode >> 2);
    if (SendWrongly(context, Request) || UseSent(context, Request)) {
        return;
    }
    switch (context->Mistake) {
    case StoppedByTwo: /* the first request is out, two more wait for it */
        if (!context->Sent) {
            context->Sent = TRUE;
            Prepare(Request);
            WdfRequestSend(Request, context->Target, WDF_NO_SEND_OPTIONS);
            return;
        }
        WdfIoTargetStop(context->Target, WdfIoTargetWaitForSentIoToComplete);
        break;
    case FormattedCompleted:
        WdfObjectReference(Request);
        WdfRequestComplete(Request, STATUS_SUCCESS);
        WdfRequestFormatRequestUsingCurrentType(Request);
        return;
    case DeletedSenders:
        WdfObjectDelete(Request);
        break;
    case ReusedSent:
        UseOwn(context);
        break;
    default:
        break;
    }
    WdfRequestComplete(Request, STATUS_UNSUCCESSFUL);
}
