/* Property keys of devices that sample drivers name. */
#ifndef QS_DEVPKEY_H
#define QS_DEVPKEY_H

#include "devpropdef.h"

DEFINE_DEVPROPKEY(DEVPKEY_DeviceInterface_Restricted, 0x026e516e, 0xb814, 0x414b, 0x83, 0xcd, 0x85,
                  0x6d, 0x6f, 0xef, 0x48, 0x22, 6);
DEFINE_DEVPROPKEY(DEVPKEY_DeviceInterface_UnrestrictedAppCapabilities, 0x026e516e, 0xb814, 0x414b,
                  0x83, 0xcd, 0x85, 0x6d, 0x6f, 0xef, 0x48, 0x22, 8);

#endif
