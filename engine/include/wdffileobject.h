/* File objects: one for each open handle. Included by wdf.h. */
#ifndef QS_WDFFILEOBJECT_H
#define QS_WDFFILEOBJECT_H

#include "wdftypes.h"

#define WdfFileObjectGetFileName QS_AT(qs_WdfFileObjectGetFileName)
#define WdfFileObjectGetFlags QS_AT(qs_WdfFileObjectGetFlags)
#define WdfFileObjectGetDevice QS_AT(qs_WdfFileObjectGetDevice)
#define WdfFileObjectGetInitiatorProcessId QS_AT(qs_WdfFileObjectGetInitiatorProcessId)
#define WdfFileObjectWdmGetFileObject QS_AT(qs_WdfFileObjectWdmGetFileObject)

#endif
