/* STATUS_WDF_*: part of qs/status_list.h, so ntstatus.h has them. */
#include "ntstatus.h"
