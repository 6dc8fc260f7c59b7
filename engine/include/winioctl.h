/* I/O control codes: see devioctl.h. */
#include "ntdef.h"
#include "devioctl.h"
#include "qs/guid_serial.h"
