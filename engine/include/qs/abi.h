/* The plain C border between drivers and the engine, includable from C11 and C++.
 *
 * A driver includes ntddk.h and wdf.h; their macros turn WdfRequestComplete(R, S) into
 * qs_WdfRequestComplete(__FILE__, __LINE__, R, S). The engine includes this file and defines those
 * functions; it never includes wdf.h. Nothing here uses a name without qs_ or QS_ but the handle
 * types, and no macro but QS_*.
 */
#ifndef QS_ABI_H
#define QS_ABI_H

#include "abi_base.h"
#include "abi_device.h"
#include "abi_device_types.h"
#include "abi_interrupt.h"
#include "abi_nt.h"
#include "abi_order.h"
#include "abi_registry.h"
#include "abi_setup.h"
#include "abi_status.h"
#include "abi_types.h"
#include "abi_usb.h"
#include "abi_wdf.h"

#endif
