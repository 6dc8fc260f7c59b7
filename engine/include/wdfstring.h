/* String objects. Included by wdf.h. */
#ifndef QS_WDFSTRING_H
#define QS_WDFSTRING_H

#include "wdftypes.h"

#define WdfStringCreate QS_AT(qs_WdfStringCreate)
#define WdfStringGetUnicodeString QS_AT(qs_WdfStringGetUnicodeString)

#endif
