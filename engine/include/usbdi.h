/* See usb.h. */
#include "wdm.h"
#include "usb.h"
