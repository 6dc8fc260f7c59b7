/* USB targets. Declared only. Included by wdf.h. */
#ifndef QS_WDFUSB_H
#define QS_WDFUSB_H

#include "wdftypes.h"

#include "usb.h"

typedef union _WDF_USB_CONTROL_SETUP_PACKET {
    struct {
        union {
            struct {
                BYTE Recipient : 2;
                BYTE Reserved : 3;
                BYTE Type : 2;
                BYTE Dir : 1;
            } Request;
            BYTE Byte;
        } bm;
        BYTE bRequest;
        union {
            struct {
                BYTE LowByte;
                BYTE HiByte;
            } Bytes;
            USHORT Value;
        } wValue, wIndex;
        USHORT wLength;
    } Packet;
    struct {
        BYTE Bytes[8];
    } Generic;
} WDF_USB_CONTROL_SETUP_PACKET, *PWDF_USB_CONTROL_SETUP_PACKET;

#define BMREQUEST_HOST_TO_DEVICE 0
#define BMREQUEST_DEVICE_TO_HOST 1
#define BMREQUEST_STANDARD 0
#define BMREQUEST_CLASS 1
#define BMREQUEST_VENDOR 2
#define BMREQUEST_TO_DEVICE 0
#define BMREQUEST_TO_INTERFACE 1
#define BMREQUEST_TO_ENDPOINT 2
#define BMREQUEST_TO_OTHER 3

typedef enum _WDF_USB_REQUEST_TYPE {
    WdfUsbRequestTypeInvalid = 0, WdfUsbRequestTypeNoFormat, WdfUsbRequestTypeDeviceString,
    WdfUsbRequestTypeDeviceControlTransfer, WdfUsbRequestTypeDeviceUrb,
    WdfUsbRequestTypePipeWrite, WdfUsbRequestTypePipeRead, WdfUsbRequestTypePipeAbort,
    WdfUsbRequestTypePipeReset, WdfUsbRequestTypePipeUrb,
} WDF_USB_REQUEST_TYPE, *PWDF_USB_REQUEST_TYPE;

typedef enum _WDF_USB_BMREQUEST_DIRECTION {
    BmRequestHostToDevice = BMREQUEST_HOST_TO_DEVICE,
    BmRequestDeviceToHost = BMREQUEST_DEVICE_TO_HOST,
} WDF_USB_BMREQUEST_DIRECTION;

typedef enum _WDF_USB_BMREQUEST_TYPE {
    BmRequestStandard = BMREQUEST_STANDARD, BmRequestClass = BMREQUEST_CLASS,
    BmRequestVendor = BMREQUEST_VENDOR,
} WDF_USB_BMREQUEST_TYPE;

typedef enum _WDF_USB_BMREQUEST_RECIPIENT {
    BmRequestToDevice = BMREQUEST_TO_DEVICE, BmRequestToInterface = BMREQUEST_TO_INTERFACE,
    BmRequestToEndpoint = BMREQUEST_TO_ENDPOINT, BmRequestToOther = BMREQUEST_TO_OTHER,
} WDF_USB_BMREQUEST_RECIPIENT;

typedef enum _WDF_USB_PIPE_TYPE {
    WdfUsbPipeTypeInvalid = 0, WdfUsbPipeTypeControl, WdfUsbPipeTypeIsochronous,
    WdfUsbPipeTypeBulk, WdfUsbPipeTypeInterrupt,
} WDF_USB_PIPE_TYPE;

typedef enum _WdfUsbTargetDeviceSelectConfigType {
    WdfUsbTargetDeviceSelectConfigTypeInvalid = 0, WdfUsbTargetDeviceSelectConfigTypeDeconfig = 1,
    WdfUsbTargetDeviceSelectConfigTypeSingleInterface = 2,
    WdfUsbTargetDeviceSelectConfigTypeMultiInterface = 3,
    WdfUsbTargetDeviceSelectConfigTypeInterfacesPairs = 4,
    WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor = 5,
    WdfUsbTargetDeviceSelectConfigTypeUrb = 6,
} WdfUsbTargetDeviceSelectConfigType;

typedef enum _WdfUsbTargetDeviceSelectSettingType {
    WdfUsbInterfaceSelectSettingTypeDescriptor = 0x10,
    WdfUsbInterfaceSelectSettingTypeSetting = 0x11, WdfUsbInterfaceSelectSettingTypeUrb = 0x12,
} WdfUsbTargetDeviceSelectSettingType;

typedef enum _WDF_USB_DEVICE_TRAITS {
    WDF_USB_DEVICE_TRAIT_SELF_POWERED = 0x00000001,
    WDF_USB_DEVICE_TRAIT_REMOTE_WAKE_CAPABLE = 0x00000002,
    WDF_USB_DEVICE_TRAIT_AT_HIGH_SPEED = 0x00000004,
} WDF_USB_DEVICE_TRAITS;

#define _WDF_USB_REQUEST_COMPLETION_PARAMS qs_WDF_USB_REQUEST_COMPLETION_PARAMS
typedef struct qs_WDF_USB_REQUEST_COMPLETION_PARAMS {
    USBD_STATUS UsbdStatus;
    WDF_USB_REQUEST_TYPE Type;
    union {
        struct {
            WDFMEMORY Buffer;
            USHORT LangID;
            UCHAR StringIndex;
            UCHAR RequiredSize;
        } DeviceString;
        struct {
            WDFMEMORY Buffer;
            WDF_USB_CONTROL_SETUP_PACKET SetupPacket;
            ULONG Length;
        } DeviceControlTransfer;
        struct {
            WDFMEMORY Buffer;
        } DeviceUrb;
        struct {
            WDFMEMORY Buffer;
            size_t Length;
            size_t Offset;
        } PipeWrite;
        struct {
            WDFMEMORY Buffer;
            size_t Length;
            size_t Offset;
        } PipeRead;
        struct {
            WDFMEMORY Buffer;
        } PipeUrb;
    } Parameters;
} WDF_USB_REQUEST_COMPLETION_PARAMS, *PWDF_USB_REQUEST_COMPLETION_PARAMS;

typedef struct _WDF_USB_DEVICE_INFORMATION {
    ULONG Size;
    USBD_VERSION_INFORMATION UsbdVersionInformation;
    ULONG HcdPortCapabilities;
    ULONG Traits;
} WDF_USB_DEVICE_INFORMATION, *PWDF_USB_DEVICE_INFORMATION;

typedef struct _WDF_USB_INTERFACE_SETTING_PAIR {
    WDFUSBINTERFACE UsbInterface;
    UCHAR SettingIndex;
} WDF_USB_INTERFACE_SETTING_PAIR, *PWDF_USB_INTERFACE_SETTING_PAIR;

typedef struct _WDF_USB_DEVICE_SELECT_CONFIG_PARAMS {
    ULONG Size;
    WdfUsbTargetDeviceSelectConfigType Type;
    union {
        struct {
            PUSB_CONFIGURATION_DESCRIPTOR ConfigurationDescriptor;
            PUSB_INTERFACE_DESCRIPTOR* InterfaceDescriptors;
            ULONG NumInterfaceDescriptors;
        } Descriptor;
        struct {
            PURB Urb;
        } Urb;
        struct {
            UCHAR NumberConfiguredPipes;
            WDFUSBINTERFACE ConfiguredUsbInterface;
        } SingleInterface;
        struct {
            UCHAR NumberInterfaces;
            PWDF_USB_INTERFACE_SETTING_PAIR Pairs;
            UCHAR NumberOfConfiguredInterfaces;
        } MultiInterface;
    } Types;
} WDF_USB_DEVICE_SELECT_CONFIG_PARAMS, *PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS;

typedef struct _WDF_USB_INTERFACE_SELECT_SETTING_PARAMS {
    ULONG Size;
    WdfUsbTargetDeviceSelectSettingType Type;
    union {
        struct {
            PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor;
        } Descriptor;
        struct {
            UCHAR SettingIndex;
        } Interface;
        struct {
            PURB Urb;
        } Urb;
    } Types;
} WDF_USB_INTERFACE_SELECT_SETTING_PARAMS, *PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS;

typedef qs_USB_PIPE_INFORMATION WDF_USB_PIPE_INFORMATION, *PWDF_USB_PIPE_INFORMATION;
#define _WDF_USB_PIPE_INFORMATION qs_USB_PIPE_INFORMATION

typedef struct _WDF_USB_DEVICE_CREATE_CONFIG {
    ULONG Size;
    ULONG USBDClientContractVersion;
} WDF_USB_DEVICE_CREATE_CONFIG, *PWDF_USB_DEVICE_CREATE_CONFIG;

typedef VOID EVT_WDF_USB_READER_COMPLETION_ROUTINE(WDFUSBPIPE Pipe, WDFMEMORY Buffer,
        size_t NumBytesTransferred, WDFCONTEXT Context);
typedef EVT_WDF_USB_READER_COMPLETION_ROUTINE* PFN_WDF_USB_READER_COMPLETION_ROUTINE;
typedef BOOLEAN EVT_WDF_USB_READERS_FAILED(WDFUSBPIPE Pipe, NTSTATUS Status,
        USBD_STATUS UsbdStatus);
typedef EVT_WDF_USB_READERS_FAILED* PFN_WDF_USB_READERS_FAILED;

typedef qs_USB_CONTINUOUS_READER_CONFIG WDF_USB_CONTINUOUS_READER_CONFIG,
    *PWDF_USB_CONTINUOUS_READER_CONFIG;
#define _WDF_USB_CONTINUOUS_READER_CONFIG qs_USB_CONTINUOUS_READER_CONFIG

#define WdfUsbTargetDeviceGetIoTarget(UsbDevice) ((WDFIOTARGET)(UsbDevice))
#define WdfUsbTargetPipeGetIoTarget(Pipe) ((WDFIOTARGET)(Pipe))

QS_INLINE VOID WDF_USB_CONTROL_SETUP_PACKET_INIT(PWDF_USB_CONTROL_SETUP_PACKET Packet,
        WDF_USB_BMREQUEST_DIRECTION Direction, WDF_USB_BMREQUEST_RECIPIENT Recipient, BYTE Request,
        USHORT Value, USHORT Index)
{
    memset(Packet, 0, sizeof *Packet);
    Packet->Packet.bm.Request.Dir = (BYTE)Direction;
    Packet->Packet.bm.Request.Type = (BYTE)BmRequestStandard;
    Packet->Packet.bm.Request.Recipient = (BYTE)Recipient;
    Packet->Packet.bRequest = Request;
    Packet->Packet.wValue.Value = Value;
    Packet->Packet.wIndex.Value = Index;
}

QS_INLINE VOID WDF_USB_CONTROL_SETUP_PACKET_INIT_CLASS(PWDF_USB_CONTROL_SETUP_PACKET Packet,
        WDF_USB_BMREQUEST_DIRECTION Direction, WDF_USB_BMREQUEST_RECIPIENT Recipient, BYTE Request,
        USHORT Value, USHORT Index)
{
    memset(Packet, 0, sizeof *Packet);
    Packet->Packet.bm.Request.Dir = (BYTE)Direction;
    Packet->Packet.bm.Request.Type = (BYTE)BmRequestClass;
    Packet->Packet.bm.Request.Recipient = (BYTE)Recipient;
    Packet->Packet.bRequest = Request;
    Packet->Packet.wValue.Value = Value;
    Packet->Packet.wIndex.Value = Index;
}

QS_INLINE VOID WDF_USB_CONTROL_SETUP_PACKET_INIT_VENDOR(PWDF_USB_CONTROL_SETUP_PACKET Packet,
        WDF_USB_BMREQUEST_DIRECTION Direction, WDF_USB_BMREQUEST_RECIPIENT Recipient, BYTE Request,
        USHORT Value, USHORT Index)
{
    memset(Packet, 0, sizeof *Packet);
    Packet->Packet.bm.Request.Dir = (BYTE)Direction;
    Packet->Packet.bm.Request.Type = (BYTE)BmRequestVendor;
    Packet->Packet.bm.Request.Recipient = (BYTE)Recipient;
    Packet->Packet.bRequest = Request;
    Packet->Packet.wValue.Value = Value;
    Packet->Packet.wIndex.Value = Index;
}

QS_INLINE VOID WDF_USB_CONTROL_SETUP_PACKET_INIT_FEATURE(PWDF_USB_CONTROL_SETUP_PACKET Packet,
        WDF_USB_BMREQUEST_RECIPIENT BmRequestRecipient, USHORT FeatureSelector, USHORT Index,
        BOOLEAN SetFeature)
{
    memset(Packet, 0, sizeof *Packet);
    Packet->Packet.bm.Request.Dir = (BYTE)BmRequestHostToDevice;
    Packet->Packet.bm.Request.Type = (BYTE)BmRequestStandard;
    Packet->Packet.bm.Request.Recipient = (BYTE)BmRequestRecipient;
    Packet->Packet.bRequest = SetFeature ? USB_REQUEST_SET_FEATURE : USB_REQUEST_CLEAR_FEATURE;
    Packet->Packet.wValue.Value = FeatureSelector;
    Packet->Packet.wIndex.Value = Index;
}

QS_INLINE VOID WDF_USB_CONTROL_SETUP_PACKET_INIT_GET_STATUS(PWDF_USB_CONTROL_SETUP_PACKET Packet,
        WDF_USB_BMREQUEST_RECIPIENT BmRequestRecipient, USHORT Index)
{
    memset(Packet, 0, sizeof *Packet);
    Packet->Packet.bm.Request.Dir = (BYTE)BmRequestDeviceToHost;
    Packet->Packet.bm.Request.Type = (BYTE)BmRequestStandard;
    Packet->Packet.bm.Request.Recipient = (BYTE)BmRequestRecipient;
    Packet->Packet.bRequest = USB_REQUEST_GET_STATUS;
    Packet->Packet.wValue.Value = 0;
    Packet->Packet.wIndex.Value = Index;
}

QS_INLINE VOID WDF_USB_CONTINUOUS_READER_CONFIG_INIT(PWDF_USB_CONTINUOUS_READER_CONFIG Config,
        PFN_WDF_USB_READER_COMPLETION_ROUTINE EvtUsbTargetPipeReadComplete,
        WDFCONTEXT EvtUsbTargetPipeReadCompleteContext, size_t TransferLength)
{
    QS_INIT(Config);
    Config->EvtUsbTargetPipeReadComplete = EvtUsbTargetPipeReadComplete;
    Config->EvtUsbTargetPipeReadCompleteContext = EvtUsbTargetPipeReadCompleteContext;
    Config->TransferLength = TransferLength;
}

QS_INLINE VOID WDF_USB_DEVICE_INFORMATION_INIT(PWDF_USB_DEVICE_INFORMATION Udi)
{
    QS_INIT(Udi);
}

QS_INLINE VOID WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_SINGLE_INTERFACE(
        PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params)
{
    QS_INIT(Params);
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeSingleInterface;
}

QS_INLINE VOID WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_MULTIPLE_INTERFACES(
        PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params, UCHAR NumberInterfaces,
        PWDF_USB_INTERFACE_SETTING_PAIR SettingPairs)
{
    QS_INIT(Params);
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeMultiInterface;
    if (SettingPairs == NULL || NumberInterfaces == 0) return;
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeInterfacesPairs;
    Params->Types.MultiInterface.NumberInterfaces = NumberInterfaces;
    Params->Types.MultiInterface.Pairs = SettingPairs;
}

QS_INLINE VOID WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_INTERFACES_DESCRIPTORS(
        PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params, PUSB_CONFIGURATION_DESCRIPTOR ConfigDescriptor,
        PUSB_INTERFACE_DESCRIPTOR* InterfaceDescriptors, ULONG NumInterfaceDescriptors)
{
    QS_INIT(Params);
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeInterfacesDescriptor;
    Params->Types.Descriptor.ConfigurationDescriptor = ConfigDescriptor;
    Params->Types.Descriptor.InterfaceDescriptors = InterfaceDescriptors;
    Params->Types.Descriptor.NumInterfaceDescriptors = NumInterfaceDescriptors;
}

QS_INLINE VOID WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_URB(
        PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params, PURB Urb)
{
    QS_INIT(Params);
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeUrb;
    Params->Types.Urb.Urb = Urb;
}

QS_INLINE VOID WDF_USB_DEVICE_SELECT_CONFIG_PARAMS_INIT_DECONFIG(
        PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params)
{
    QS_INIT(Params);
    Params->Type = WdfUsbTargetDeviceSelectConfigTypeDeconfig;
}

QS_INLINE VOID WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_DESCRIPTOR(
        PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS Params, PUSB_INTERFACE_DESCRIPTOR Interface)
{
    QS_INIT(Params);
    Params->Type = WdfUsbInterfaceSelectSettingTypeDescriptor;
    Params->Types.Descriptor.InterfaceDescriptor = Interface;
}

QS_INLINE VOID WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_URB(
        PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS Params, PURB Urb)
{
    QS_INIT(Params);
    Params->Type = WdfUsbInterfaceSelectSettingTypeUrb;
    Params->Types.Urb.Urb = Urb;
}

QS_INLINE VOID WDF_USB_INTERFACE_SELECT_SETTING_PARAMS_INIT_SETTING(
        PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS Params, UCHAR SettingIndex)
{
    QS_INIT(Params);
    Params->Type = WdfUsbInterfaceSelectSettingTypeSetting;
    Params->Types.Interface.SettingIndex = SettingIndex;
}

QS_INLINE VOID WDF_USB_PIPE_INFORMATION_INIT(PWDF_USB_PIPE_INFORMATION Info)
{
    QS_INIT(Info);
}

QS_INLINE BOOLEAN WDF_USB_PIPE_DIRECTION_IN(UCHAR EndpointAddress)
{
    return (EndpointAddress & USB_ENDPOINT_DIRECTION_MASK) != 0;
}

QS_INLINE BOOLEAN WDF_USB_PIPE_DIRECTION_OUT(UCHAR EndpointAddress)
{
    return !(EndpointAddress & USB_ENDPOINT_DIRECTION_MASK);
}

QS_INLINE VOID WDF_USB_DEVICE_CREATE_CONFIG_INIT(PWDF_USB_DEVICE_CREATE_CONFIG Config,
        ULONG USBDClientContractVersion)
{
    QS_INIT(Config);
    Config->USBDClientContractVersion = USBDClientContractVersion;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

#define WdfUsbTargetDeviceCreate QS_AT(qs_WdfUsbTargetDeviceCreate)
QS_INLINE NTSTATUS qs_usb_create_with(QS_SITE, WDFDEVICE Device,
        PWDF_USB_DEVICE_CREATE_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
        WDFUSBDEVICE* UsbDevice)
{
    (void)Config;
    return qs_WdfUsbTargetDeviceCreate(file, line, Device, Attributes, UsbDevice);
}
#define WdfUsbTargetDeviceCreateWithParameters QS_AT(qs_usb_create_with)
QS_INLINE NTSTATUS qs_usb_information(QS_SITE, WDFUSBDEVICE UsbDevice,
        PWDF_USB_DEVICE_INFORMATION Information)
{
    Information->UsbdVersionInformation.USBDI_Version = 0x600;
    Information->UsbdVersionInformation.Supported_USB_Version = 0x200;
    Information->HcdPortCapabilities = 0;
    return qs_usb_traits(file, line, UsbDevice, &Information->Traits);
}
#define WdfUsbTargetDeviceRetrieveInformation QS_AT(qs_usb_information)
#define WdfUsbTargetDeviceGetDeviceDescriptor QS_AT(qs_WdfUsbTargetDeviceGetDeviceDescriptor)
#define WdfUsbTargetDeviceRetrieveConfigDescriptor \
    QS_AT(qs_WdfUsbTargetDeviceRetrieveConfigDescriptor)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceQueryString, WDFUSBDEVICE UsbDevice, WDFREQUEST Request,
        PWDF_REQUEST_SEND_OPTIONS RequestOptions, PUSHORT String, PUSHORT NumCharacters,
        UCHAR StringIndex, USHORT LangID)
#define WdfUsbTargetDeviceQueryString QS_AT(qs_none_WdfUsbTargetDeviceQueryString)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceAllocAndQueryString, WDFUSBDEVICE UsbDevice,
        PWDF_OBJECT_ATTRIBUTES StringMemoryAttributes, WDFMEMORY* StringMemory,
        PUSHORT NumCharacters, UCHAR StringIndex, USHORT LangID)
#define WdfUsbTargetDeviceAllocAndQueryString QS_AT(qs_none_WdfUsbTargetDeviceAllocAndQueryString)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceFormatRequestForString, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request, WDFMEMORY Memory, PWDFMEMORY_OFFSET Offset, UCHAR StringIndex,
        USHORT LangID)
#define WdfUsbTargetDeviceFormatRequestForString \
    QS_AT(qs_none_WdfUsbTargetDeviceFormatRequestForString)
#define WdfUsbTargetDeviceGetNumInterfaces QS_AT(qs_WdfUsbTargetDeviceGetNumInterfaces)
QS_INLINE NTSTATUS qs_usb_select(QS_SITE, WDFUSBDEVICE UsbDevice,
        PWDF_OBJECT_ATTRIBUTES PipeAttributes, PWDF_USB_DEVICE_SELECT_CONFIG_PARAMS Params)
{
    WDFUSBINTERFACE usb_interface = NULL;
    UCHAR pipes = 0;
    NTSTATUS status = qs_usb_select_config(file, line, UsbDevice, &usb_interface, &pipes);
    (void)PipeAttributes;
    if (!NT_SUCCESS(status)) return status;
    if (Params->Type == WdfUsbTargetDeviceSelectConfigTypeSingleInterface) {
        Params->Types.SingleInterface.NumberConfiguredPipes = pipes;
        Params->Types.SingleInterface.ConfiguredUsbInterface = usb_interface;
    } else if (Params->Type == WdfUsbTargetDeviceSelectConfigTypeMultiInterface) {
        Params->Types.MultiInterface.NumberOfConfiguredInterfaces = 1;
    }
    return status;
}
#define WdfUsbTargetDeviceSelectConfig QS_AT(qs_usb_select)
QS_NOT_SIMULATED(USBD_CONFIGURATION_HANDLE, WdfUsbTargetDeviceWdmGetConfigurationHandle,
        WDFUSBDEVICE UsbDevice)
#define WdfUsbTargetDeviceWdmGetConfigurationHandle \
    QS_AT(qs_none_WdfUsbTargetDeviceWdmGetConfigurationHandle)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceRetrieveCurrentFrameNumber, WDFUSBDEVICE UsbDevice,
        PULONG CurrentFrameNumber)
#define WdfUsbTargetDeviceRetrieveCurrentFrameNumber \
    QS_AT(qs_none_WdfUsbTargetDeviceRetrieveCurrentFrameNumber)
#define WdfUsbTargetDeviceSendControlTransferSynchronously \
    QS_AT(qs_WdfUsbTargetDeviceSendControlTransferSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceFormatRequestForControlTransfer, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request, PWDF_USB_CONTROL_SETUP_PACKET SetupPacket, WDFMEMORY TransferMemory,
        PWDFMEMORY_OFFSET TransferOffset)
#define WdfUsbTargetDeviceFormatRequestForControlTransfer \
    QS_AT(qs_none_WdfUsbTargetDeviceFormatRequestForControlTransfer)
#define WdfUsbTargetDeviceIsConnectedSynchronous QS_AT(qs_WdfUsbTargetDeviceIsConnectedSynchronous)
#define WdfUsbTargetDeviceResetPortSynchronously QS_AT(qs_WdfUsbTargetDeviceResetPortSynchronously)
#define WdfUsbTargetDeviceCyclePortSynchronously QS_AT(qs_WdfUsbTargetDeviceCyclePortSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceFormatRequestForCyclePort, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request)
#define WdfUsbTargetDeviceFormatRequestForCyclePort \
    QS_AT(qs_none_WdfUsbTargetDeviceFormatRequestForCyclePort)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceSendUrbSynchronously, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request, PWDF_REQUEST_SEND_OPTIONS RequestOptions, PURB Urb)
#define WdfUsbTargetDeviceSendUrbSynchronously QS_AT(qs_none_WdfUsbTargetDeviceSendUrbSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceFormatRequestForUrb, WDFUSBDEVICE UsbDevice,
        WDFREQUEST Request, WDFMEMORY UrbMemory, PWDFMEMORY_OFFSET UrbMemoryOffset)
#define WdfUsbTargetDeviceFormatRequestForUrb QS_AT(qs_none_WdfUsbTargetDeviceFormatRequestForUrb)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceQueryUsbCapability, WDFUSBDEVICE UsbDevice,
        const GUID* CapabilityType, ULONG CapabilityBufferLength, PVOID CapabilityBuffer,
        PULONG ResultLength)
#define WdfUsbTargetDeviceQueryUsbCapability QS_AT(qs_none_WdfUsbTargetDeviceQueryUsbCapability)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceCreateUrb, WDFUSBDEVICE UsbDevice,
        PWDF_OBJECT_ATTRIBUTES Attributes, WDFMEMORY* UrbMemory, PURB* Urb)
#define WdfUsbTargetDeviceCreateUrb QS_AT(qs_none_WdfUsbTargetDeviceCreateUrb)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetDeviceCreateIsochUrb, WDFUSBDEVICE UsbDevice,
        PWDF_OBJECT_ATTRIBUTES Attributes, ULONG NumberOfIsochPackets, WDFMEMORY* UrbMemory,
        PURB* Urb)
#define WdfUsbTargetDeviceCreateIsochUrb QS_AT(qs_none_WdfUsbTargetDeviceCreateIsochUrb)
#define WdfUsbTargetPipeGetInformation QS_AT(qs_WdfUsbTargetPipeGetInformation)
#define WdfUsbTargetPipeIsInEndpoint QS_AT(qs_WdfUsbTargetPipeIsInEndpoint)
#define WdfUsbTargetPipeIsOutEndpoint QS_AT(qs_WdfUsbTargetPipeIsOutEndpoint)
QS_INLINE WDF_USB_PIPE_TYPE qs_usb_pipe_type(QS_SITE, WDFUSBPIPE Pipe)
{
    WDF_USB_PIPE_INFORMATION information = {0};
    qs_WdfUsbTargetPipeGetInformation(file, line, Pipe, &information);
    return (WDF_USB_PIPE_TYPE)information.PipeType;
}
#define WdfUsbTargetPipeGetType QS_AT(qs_usb_pipe_type)
#define WdfUsbTargetPipeSetNoMaximumPacketSizeCheck \
    QS_AT(qs_WdfUsbTargetPipeSetNoMaximumPacketSizeCheck)
#define WdfUsbTargetPipeWriteSynchronously QS_AT(qs_WdfUsbTargetPipeWriteSynchronously)
#define WdfUsbTargetPipeFormatRequestForWrite QS_AT(qs_WdfUsbTargetPipeFormatRequestForWrite)
#define WdfUsbTargetPipeReadSynchronously QS_AT(qs_WdfUsbTargetPipeReadSynchronously)
#define WdfUsbTargetPipeFormatRequestForRead QS_AT(qs_WdfUsbTargetPipeFormatRequestForRead)
#define WdfUsbTargetPipeConfigContinuousReader QS_AT(qs_WdfUsbTargetPipeConfigContinuousReader)
#define WdfUsbTargetPipeAbortSynchronously QS_AT(qs_WdfUsbTargetPipeAbortSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetPipeFormatRequestForAbort, WDFUSBPIPE Pipe, WDFREQUEST Request)
#define WdfUsbTargetPipeFormatRequestForAbort QS_AT(qs_none_WdfUsbTargetPipeFormatRequestForAbort)
#define WdfUsbTargetPipeResetSynchronously QS_AT(qs_WdfUsbTargetPipeResetSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetPipeFormatRequestForReset, WDFUSBPIPE Pipe, WDFREQUEST Request)
#define WdfUsbTargetPipeFormatRequestForReset QS_AT(qs_none_WdfUsbTargetPipeFormatRequestForReset)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetPipeSendUrbSynchronously, WDFUSBPIPE Pipe, WDFREQUEST Request,
        PWDF_REQUEST_SEND_OPTIONS RequestOptions, PURB Urb)
#define WdfUsbTargetPipeSendUrbSynchronously QS_AT(qs_none_WdfUsbTargetPipeSendUrbSynchronously)
QS_NOT_SIMULATED_STATUS(WdfUsbTargetPipeFormatRequestForUrb, WDFUSBPIPE PIPE, WDFREQUEST Request,
        WDFMEMORY UrbMemory, PWDFMEMORY_OFFSET UrbMemoryOffset)
#define WdfUsbTargetPipeFormatRequestForUrb QS_AT(qs_none_WdfUsbTargetPipeFormatRequestForUrb)
#define WdfUsbInterfaceGetInterfaceNumber QS_AT(qs_WdfUsbInterfaceGetInterfaceNumber)
#define WdfUsbInterfaceGetNumEndpoints QS_AT(qs_WdfUsbInterfaceGetNumEndpoints)
QS_NOT_SIMULATED_VOID(WdfUsbInterfaceGetDescriptor, WDFUSBINTERFACE UsbInterface,
        UCHAR SettingIndex, PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor)
#define WdfUsbInterfaceGetDescriptor QS_AT(qs_none_WdfUsbInterfaceGetDescriptor)
#define WdfUsbInterfaceGetNumSettings QS_AT(qs_WdfUsbInterfaceGetNumSettings)
QS_INLINE NTSTATUS qs_usb_select_setting(QS_SITE, WDFUSBINTERFACE UsbInterface,
        PWDF_OBJECT_ATTRIBUTES PipesAttributes, PWDF_USB_INTERFACE_SELECT_SETTING_PARAMS Params)
{
    (void)PipesAttributes;
    (void)Params;
    (void)qs_WdfUsbInterfaceGetNumSettings(file, line, UsbInterface);
    return STATUS_SUCCESS; /* the one there is */
}
#define WdfUsbInterfaceSelectSetting QS_AT(qs_usb_select_setting)
#define WdfUsbInterfaceGetEndpointInformation QS_AT(qs_WdfUsbInterfaceGetEndpointInformation)
#define WdfUsbTargetDeviceGetInterface QS_AT(qs_WdfUsbTargetDeviceGetInterface)
#define WdfUsbInterfaceGetConfiguredSettingIndex QS_AT(qs_WdfUsbInterfaceGetConfiguredSettingIndex)
#define WdfUsbInterfaceGetNumConfiguredPipes QS_AT(qs_WdfUsbInterfaceGetNumConfiguredPipes)
#define WdfUsbInterfaceGetConfiguredPipe QS_AT(qs_WdfUsbInterfaceGetConfiguredPipe)
QS_NOT_SIMULATED(USBD_PIPE_HANDLE, WdfUsbTargetPipeWdmGetPipeHandle, WDFUSBPIPE UsbPipe)
#define WdfUsbTargetPipeWdmGetPipeHandle QS_AT(qs_none_WdfUsbTargetPipeWdmGetPipeHandle)

#endif
