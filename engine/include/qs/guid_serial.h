/* The GUIDs of serial ports, which ntddser.h and winioctl.h both have. */
#ifndef QS_GUID_SERIAL_H
#define QS_GUID_SERIAL_H

#include "../guiddef.h"

QS_GUID(GUID_DEVINTERFACE_COMPORT, 0x86e0d1e0, 0x8089, 0x11d0, 0x9c, 0xe4, 0x08, 0x00, 0x3e,
            0x30, 0x1f, 0x73);
QS_GUID(GUID_DEVINTERFACE_SERENUM_BUS_ENUMERATOR, 0x4d36e978, 0xe325, 0x11ce, 0xbf, 0xc1, 0x08,
            0x00, 0x2b, 0xe1, 0x03, 0x18);
#define GUID_CLASS_COMPORT GUID_DEVINTERFACE_COMPORT
#define GUID_SERENUM_BUS_ENUMERATOR GUID_DEVINTERFACE_SERENUM_BUS_ENUMERATOR

#endif
