/* Status values for the engine: QS_STATUS_CANCELLED and so on; see status_list.h. */
#ifndef QS_ABI_STATUS_H
#define QS_ABI_STATUS_H

#include <stdint.h>

enum {
#define QS_STATUS(name, value) QS_##name = (int32_t)value##u,
#include "status_list.h"
#undef QS_STATUS
};

#define QS_NT_SUCCESS(status) ((int32_t)(status) >= 0)

#endif
