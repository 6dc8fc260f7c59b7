/* USB driver library: descriptors are walked, URBs are not made. */
#ifndef QS_USBDLIB_H
#define QS_USBDLIB_H

#include "wdm.h"
#include "usb.h"

typedef struct _USBD_INTERFACE_LIST_ENTRY {
    PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor;
    PUSBD_INTERFACE_INFORMATION Interface;
} USBD_INTERFACE_LIST_ENTRY, *PUSBD_INTERFACE_LIST_ENTRY;

/* A configuration descriptor whose parts lie within it, each with a length of its own. */
QS_INLINE USBD_STATUS USBD_ValidateConfigurationDescriptor(PUSB_CONFIGURATION_DESCRIPTOR ConfigDesc,
        ULONG BufferLength, USHORT Level, PUCHAR* Offset, ULONG Tag)
{
    PUCHAR at = (PUCHAR)ConfigDesc;
    PUCHAR end = at + BufferLength;
    (void)Level;
    (void)Tag;
    if (Offset != NULL) *Offset = at;
    if (BufferLength < sizeof *ConfigDesc || ConfigDesc->bLength < sizeof *ConfigDesc ||
        ConfigDesc->bDescriptorType != 2 || ConfigDesc->wTotalLength > BufferLength)
        return USBD_STATUS_BAD_DESCRIPTOR;
    end = at + ConfigDesc->wTotalLength;
    for (; at < end; at += at[0]) {
        if (Offset != NULL) *Offset = at;
        if (end - at < 2 || at[0] < 2 || at[0] > end - at) return USBD_STATUS_BAD_DESCRIPTOR;
    }
    if (Offset != NULL) *Offset = NULL;
    return USBD_STATUS_SUCCESS;
}

/* The first interface with these numbers; -1: whatever it is. */
QS_INLINE PUSB_INTERFACE_DESCRIPTOR USBD_ParseConfigurationDescriptorEx(
        PUSB_CONFIGURATION_DESCRIPTOR ConfigDesc, PVOID StartPosition, LONG InterfaceNumber,
        LONG AlternateSetting, LONG InterfaceClass, LONG InterfaceSubClass, LONG InterfaceProtocol)
{
    PUCHAR at = (PUCHAR)StartPosition;
    PUCHAR end = (PUCHAR)ConfigDesc + ConfigDesc->wTotalLength;
    for (; end - at >= 9 && at[0] >= 2; at += at[0])
        if (at[1] == 4 && (InterfaceNumber == -1 || InterfaceNumber == at[2]) &&
            (AlternateSetting == -1 || AlternateSetting == at[3]) &&
            (InterfaceClass == -1 || InterfaceClass == at[5]) &&
            (InterfaceSubClass == -1 || InterfaceSubClass == at[6]) &&
            (InterfaceProtocol == -1 || InterfaceProtocol == at[7]))
            return (PUSB_INTERFACE_DESCRIPTOR)at;
    return NULL;
}
#define USBD_CreateConfigurationRequestEx(...) \
    QS_NONE_VALUE(PURB, USBD_CreateConfigurationRequestEx)
#define USBD_AssignUrbToIoStackLocation(...) QS_NONE(USBD_AssignUrbToIoStackLocation)

#endif
