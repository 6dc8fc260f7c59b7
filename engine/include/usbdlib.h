/* USB driver library. Not simulated. */
#ifndef QS_USBDLIB_H
#define QS_USBDLIB_H

#include "wdm.h"
#include "usb.h"

typedef struct _USBD_INTERFACE_LIST_ENTRY {
    PUSB_INTERFACE_DESCRIPTOR InterfaceDescriptor;
    PUSBD_INTERFACE_INFORMATION Interface;
} USBD_INTERFACE_LIST_ENTRY, *PUSBD_INTERFACE_LIST_ENTRY;
#define USBD_ParseConfigurationDescriptorEx(...) \
    QS_NONE_VALUE(PUSB_INTERFACE_DESCRIPTOR, USBD_ParseConfigurationDescriptorEx)
#define USBD_CreateConfigurationRequestEx(...) \
    QS_NONE_VALUE(PURB, USBD_CreateConfigurationRequestEx)
#define USBD_AssignUrbToIoStackLocation(...) QS_NONE(USBD_AssignUrbToIoStackLocation)

#endif
