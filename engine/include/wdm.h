/* The NT kit's driver header, as far as I/O queue drivers need it. ntddk.h is the same. */
#ifndef QS_WDM_H
#define QS_WDM_H

#include "ntdef.h"
#include "ntstatus.h"
#include "devioctl.h"
#include "qs/nt_types.h"
#include "devpropdef.h"
#include "qs/nt_hardware.h"
#include "qs/nt_calls.h"
#include "qs/rtl.h"
#include "qs/nt_none.h"
#include "wdmsec.h"

#endif
