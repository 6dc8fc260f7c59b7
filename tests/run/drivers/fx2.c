/* The USB board that courses use: reads come from its bulk pipe, writes go to it, its switches are
 * read continuously, and a control sets its bar graph. */
#include <ntddk.h>
#include <usbdi.h>
#include <usbdlib.h>
#include <wdf.h>
#include <wdfusb.h>

#define CODE_SET_BARS 4
#define CODE_WAIT_FOR_SWITCH 8
#define VENDOR_SET_BARS 0xD8

typedef struct _BOARD {
    WDFUSBDEVICE Usb;
    WDFUSBPIPE Switches, In, Out;
    WDFQUEUE Waiting;
} BOARD, *PBOARD;
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(BOARD, GetBoard)

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD BoardDeviceAdd;
EVT_WDF_DEVICE_PREPARE_HARDWARE BoardPrepare;
EVT_WDF_DEVICE_D0_ENTRY BoardD0Entry;
EVT_WDF_DEVICE_D0_EXIT BoardD0Exit;
EVT_WDF_IO_QUEUE_IO_READ BoardRead;
EVT_WDF_IO_QUEUE_IO_WRITE BoardWrite;
EVT_WDF_IO_QUEUE_IO_DEVICE_CONTROL BoardControl;
EVT_WDF_REQUEST_COMPLETION_ROUTINE BoardBack;
EVT_WDF_USB_READER_COMPLETION_ROUTINE BoardSwitched;

VOID BoardSwitched(WDFUSBPIPE Pipe, WDFMEMORY Buffer, size_t Bytes, WDFCONTEXT Context)
{
    PUCHAR switches = WdfMemoryGetBuffer(Buffer, NULL);
    WDFREQUEST request;

    UNREFERENCED_PARAMETER(Pipe);
    DbgPrint("%u byte, switches %x, IRQL %u", (ULONG)Bytes, *switches, KeGetCurrentIrql());
    if (NT_SUCCESS(WdfIoQueueRetrieveNextRequest(GetBoard((WDFDEVICE)Context)->Waiting, &request)))
        WdfRequestCompleteWithInformation(request, STATUS_SUCCESS, *switches);
}

VOID BoardBack(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params,
        WDFCONTEXT Context)
{
    PWDF_USB_REQUEST_COMPLETION_PARAMS usb = Params->Parameters.Usb.Completion;
    size_t bytes = usb->Type == WdfUsbRequestTypePipeRead ? usb->Parameters.PipeRead.Length
                                                          : usb->Parameters.PipeWrite.Length;

    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    DbgPrint("back with %x, %x, %u bytes", Params->IoStatus.Status, usb->UsbdStatus, (ULONG)bytes);
    WdfRequestCompleteWithInformation(Request, Params->IoStatus.Status, bytes);
}

static void SendTo(WDFUSBPIPE Pipe, WDFREQUEST Request, WDFMEMORY Memory, BOOLEAN Read)
{
    NTSTATUS status = Read ? WdfUsbTargetPipeFormatRequestForRead(Pipe, Request, Memory, NULL)
                           : WdfUsbTargetPipeFormatRequestForWrite(Pipe, Request, Memory, NULL);
    if (NT_SUCCESS(status)) {
        WdfRequestSetCompletionRoutine(Request, BoardBack, NULL);
        if (WdfRequestSend(Request, WdfUsbTargetPipeGetIoTarget(Pipe), WDF_NO_SEND_OPTIONS)) return;
        status = WdfRequestGetStatus(Request);
    }
    WdfRequestComplete(Request, status);
}

VOID BoardRead(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    WDFMEMORY memory;
    NTSTATUS status = WdfRequestRetrieveOutputMemory(Request, &memory);

    UNREFERENCED_PARAMETER(Length);
    if (NT_SUCCESS(status))
        SendTo(GetBoard(WdfIoQueueGetDevice(Queue))->In, Request, memory, TRUE);
    else
        WdfRequestComplete(Request, status);
}

VOID BoardWrite(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    WDFMEMORY memory;
    NTSTATUS status = WdfRequestRetrieveInputMemory(Request, &memory);

    UNREFERENCED_PARAMETER(Length);
    if (NT_SUCCESS(status))
        SendTo(GetBoard(WdfIoQueueGetDevice(Queue))->Out, Request, memory, FALSE);
    else
        WdfRequestComplete(Request, status);
}

VOID BoardControl(WDFQUEUE Queue, WDFREQUEST Request, size_t OutputLength, size_t InputLength,
        ULONG Code)
{
    PBOARD board = GetBoard(WdfIoQueueGetDevice(Queue));
    WDF_USB_CONTROL_SETUP_PACKET packet;
    WDF_MEMORY_DESCRIPTOR descriptor;
    UCHAR bars = (UCHAR)InputLength;
    ULONG bytes = 0;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(OutputLength);
    if (Code == CODE_WAIT_FOR_SWITCH) {
        status = WdfRequestForwardToIoQueue(Request, board->Waiting);
        if (!NT_SUCCESS(status)) WdfRequestComplete(Request, status);
        return;
    }
    WDF_USB_CONTROL_SETUP_PACKET_INIT_VENDOR(&packet, BmRequestHostToDevice, BmRequestToDevice,
                                             VENDOR_SET_BARS, 0, 0);
    WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(&descriptor, &bars, sizeof(bars));
    status = WdfUsbTargetDeviceSendControlTransferSynchronously(board->Usb, WDF_NO_HANDLE, NULL,
                                                                &packet, &descriptor, &bytes);
    WdfRequestCompleteWithInformation(Request, status, bytes);
}

static NTSTATUS ReadSwitches(WDFDEVICE Device)
{
    WDF_USB_CONTINUOUS_READER_CONFIG config;

    WDF_USB_CONTINUOUS_READER_CONFIG_INIT(&config, BoardSwitched, Device, sizeof(UCHAR));
    return WdfUsbTargetPipeConfigContinuousReader(GetBoard(Device)->Switches, &config);
}

NTSTATUS BoardPrepare(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS select;
    WDF_USB_DEVICE_CREATE_CONFIG create;
    PBOARD board = GetBoard(Device);
    USB_DEVICE_DESCRIPTOR about;
    NTSTATUS status;
    UCHAR i;

    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    if (board->Usb != NULL) return STATUS_SUCCESS;
    WDF_USB_DEVICE_CREATE_CONFIG_INIT(&create, USBD_CLIENT_CONTRACT_VERSION_602);
    status = WdfUsbTargetDeviceCreateWithParameters(Device, &create, WDF_NO_OBJECT_ATTRIBUTES,
                                                    &board->Usb);
    if (!NT_SUCCESS(status)) return status;
    WdfUsbTargetDeviceGetDeviceDescriptor(board->Usb, &about);
    DbgPrint("vendor %x product %x", about.idVendor, about.idProduct);
    WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(&select);
    status = WdfUsbTargetDeviceSelectConfig(board->Usb, WDF_NO_OBJECT_ATTRIBUTES, &select);
    if (!NT_SUCCESS(status)) return status;
    for (i = 0; i < select.Types.SingleInterface.NumberConfiguredPipes; i++) {
        WDF_USB_PIPE_INFORMATION about_pipe;
        WDFUSBPIPE pipe;
        WDF_USB_PIPE_INFORMATION_INIT(&about_pipe);
        pipe = WdfUsbInterfaceGetConfiguredPipe(select.Types.SingleInterface.ConfiguredUsbInterface,
                                                i, &about_pipe);
        WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(pipe);
        if (about_pipe.PipeType == WdfUsbPipeTypeInterrupt) board->Switches = pipe;
        else if (WdfUsbTargetPipeIsInEndpoint(pipe)) board->In = pipe;
        else board->Out = pipe;
    }
    return ReadSwitches(Device);
}

NTSTATUS BoardD0Entry(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Previous)
{
    UNREFERENCED_PARAMETER(Previous);
    return WdfIoTargetStart(WdfUsbTargetPipeGetIoTarget(GetBoard(Device)->Switches));
}

NTSTATUS BoardD0Exit(WDFDEVICE Device, WDF_POWER_DEVICE_STATE Target)
{
    UNREFERENCED_PARAMETER(Target);
    WdfIoTargetStop(WdfUsbTargetPipeGetIoTarget(GetBoard(Device)->Switches),
                    WdfIoTargetCancelSentIo);
    return STATUS_SUCCESS;
}

NTSTATUS BoardDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS power;
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&power);
    power.EvtDevicePrepareHardware = BoardPrepare;
    power.EvtDeviceD0Entry = BoardD0Entry;
    power.EvtDeviceD0Exit = BoardD0Exit;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &power);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, BOARD);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = BoardRead;
    config.EvtIoWrite = BoardWrite;
    config.EvtIoDeviceControl = BoardControl;
    status = WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, NULL);
    if (!NT_SUCCESS(status)) return status;
    WDF_IO_QUEUE_CONFIG_INIT(&config, WdfIoQueueDispatchManual);
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, &GetBoard(device)->Waiting);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, BoardDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, NULL);
}
