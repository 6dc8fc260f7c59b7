/* Status values; the list is qs/status_list.h. */
#ifndef QS_NTSTATUS_H
#define QS_NTSTATUS_H

#include "qs/abi_status.h"

enum {
#define QS_STATUS(name, value) name = (int32_t)value##u,
#include "qs/status_list.h"
#undef QS_STATUS
};

#define STATUS_SEVERITY_SUCCESS 0x0
#define STATUS_SEVERITY_INFORMATIONAL 0x1
#define STATUS_SEVERITY_WARNING 0x2
#define STATUS_SEVERITY_ERROR 0x3

#endif
