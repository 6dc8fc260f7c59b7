/* A USB device and its pipes: one prototype for each function that is simulated (see abi_wdf.h).
 * The one device there is has hardware kind "fx2" (kmdf/device/usb.h).
 */
#ifndef QS_ABI_USB_H
#define QS_ABI_USB_H

#include "abi_types.h"

QS_C_BEGIN

QS_HANDLE(WDFUSBDEVICE);
QS_HANDLE(WDFUSBINTERFACE);
QS_HANDLE(WDFUSBPIPE);

typedef struct qs_USB_PIPE_INFORMATION {
    uint32_t Size;
    uint32_t MaximumPacketSize;
    uint8_t EndpointAddress;
    uint8_t Interval;
    uint8_t SettingIndex;
    int32_t PipeType; /* WDF_USB_PIPE_TYPE: 3 bulk, 4 interrupt */
    uint32_t MaximumTransferSize;
} qs_USB_PIPE_INFORMATION;
typedef struct qs_USB_CONTINUOUS_READER_CONFIG {
    uint32_t Size;
    size_t TransferLength;
    size_t HeaderLength;
    size_t TrailerLength;
    uint8_t NumPendingReads;
    qs_WDF_OBJECT_ATTRIBUTES* BufferAttributes;
    void (*EvtUsbTargetPipeReadComplete)(WDFUSBPIPE Pipe, WDFMEMORY Buffer,
            size_t NumBytesTransferred, void* Context);
    void* EvtUsbTargetPipeReadCompleteContext;
    uint8_t (*EvtUsbTargetPipeReadersFailed)(WDFUSBPIPE Pipe, int32_t Status, int32_t UsbdStatus);
} qs_USB_CONTINUOUS_READER_CONFIG;
/* What a completion routine finds in Parameters.Usb.Completion: how it begins for pipes. */
typedef struct qs_USB_COMPLETION {
    int32_t UsbdStatus;
    int32_t Type; /* WDF_USB_REQUEST_TYPE */
    WDFMEMORY Buffer;
    size_t Length;
    size_t Offset;
} qs_USB_COMPLETION;

int32_t qs_WdfUsbTargetDeviceCreate(QS_SITE, WDFDEVICE Device, qs_WDF_OBJECT_ATTRIBUTES* Attributes,
        WDFUSBDEVICE* UsbDevice);
void qs_WdfUsbTargetDeviceGetDeviceDescriptor(QS_SITE, WDFUSBDEVICE UsbDevice,
        void* UsbDeviceDescriptor);
int32_t qs_WdfUsbTargetDeviceRetrieveConfigDescriptor(QS_SITE, WDFUSBDEVICE UsbDevice,
        void* ConfigDescriptor, uint16_t* ConfigDescriptorLength);
int32_t qs_usb_traits(QS_SITE, WDFUSBDEVICE UsbDevice, uint32_t* Traits);
int32_t qs_usb_select_config(QS_SITE, WDFUSBDEVICE UsbDevice, WDFUSBINTERFACE* Interface,
        uint8_t* NumberPipes);
uint8_t qs_WdfUsbTargetDeviceGetNumInterfaces(QS_SITE, WDFUSBDEVICE UsbDevice);
WDFUSBINTERFACE qs_WdfUsbTargetDeviceGetInterface(QS_SITE, WDFUSBDEVICE UsbDevice,
        uint8_t InterfaceIndex);
int32_t qs_WdfUsbTargetDeviceSendControlTransferSynchronously(QS_SITE, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request, qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions, void* SetupPacket,
        qs_WDF_MEMORY_DESCRIPTOR* MemoryDescriptor, uint32_t* BytesTransferred);
int32_t qs_WdfUsbTargetDeviceIsConnectedSynchronous(QS_SITE, WDFUSBDEVICE UsbDevice);
int32_t qs_WdfUsbTargetDeviceResetPortSynchronously(QS_SITE, WDFUSBDEVICE UsbDevice);
int32_t qs_WdfUsbTargetDeviceCyclePortSynchronously(QS_SITE, WDFUSBDEVICE UsbDevice);
uint8_t qs_WdfUsbInterfaceGetInterfaceNumber(QS_SITE, WDFUSBINTERFACE UsbInterface);
uint8_t qs_WdfUsbInterfaceGetNumSettings(QS_SITE, WDFUSBINTERFACE UsbInterface);
uint8_t qs_WdfUsbInterfaceGetNumEndpoints(QS_SITE, WDFUSBINTERFACE UsbInterface,
        uint8_t SettingIndex);
void qs_WdfUsbInterfaceGetEndpointInformation(QS_SITE, WDFUSBINTERFACE UsbInterface,
        uint8_t SettingIndex, uint8_t EndpointIndex, qs_USB_PIPE_INFORMATION* EndpointInfo);
uint8_t qs_WdfUsbInterfaceGetConfiguredSettingIndex(QS_SITE, WDFUSBINTERFACE Interface);
uint8_t qs_WdfUsbInterfaceGetNumConfiguredPipes(QS_SITE, WDFUSBINTERFACE UsbInterface);
WDFUSBPIPE qs_WdfUsbInterfaceGetConfiguredPipe(QS_SITE, WDFUSBINTERFACE UsbInterface,
        uint8_t PipeIndex, qs_USB_PIPE_INFORMATION* PipeInfo);
void qs_WdfUsbTargetPipeGetInformation(QS_SITE, WDFUSBPIPE Pipe,
        qs_USB_PIPE_INFORMATION* PipeInformation);
uint8_t qs_WdfUsbTargetPipeIsInEndpoint(QS_SITE, WDFUSBPIPE Pipe);
uint8_t qs_WdfUsbTargetPipeIsOutEndpoint(QS_SITE, WDFUSBPIPE Pipe);
void qs_WdfUsbTargetPipeSetNoMaximumPacketSizeCheck(QS_SITE, WDFUSBPIPE Pipe);
int32_t qs_WdfUsbTargetPipeFormatRequestForRead(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        WDFMEMORY ReadMemory, qs_WDFMEMORY_OFFSET* ReadOffset);
int32_t qs_WdfUsbTargetPipeFormatRequestForWrite(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        WDFMEMORY WriteMemory, qs_WDFMEMORY_OFFSET* WriteOffset);
int32_t qs_WdfUsbTargetPipeReadSynchronously(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions, qs_WDF_MEMORY_DESCRIPTOR* MemoryDescriptor,
        uint32_t* BytesRead);
int32_t qs_WdfUsbTargetPipeWriteSynchronously(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions, qs_WDF_MEMORY_DESCRIPTOR* MemoryDescriptor,
        uint32_t* BytesWritten);
int32_t qs_WdfUsbTargetPipeConfigContinuousReader(QS_SITE, WDFUSBPIPE Pipe,
        qs_USB_CONTINUOUS_READER_CONFIG* Config);
int32_t qs_WdfUsbTargetPipeAbortSynchronously(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions);
int32_t qs_WdfUsbTargetPipeResetSynchronously(QS_SITE, WDFUSBPIPE Pipe, WDFREQUEST Request,
        qs_WDF_REQUEST_SEND_OPTIONS* RequestOptions);

QS_C_END
#endif
