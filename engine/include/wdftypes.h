/* Handle types and the words every wdf*.h uses. Included by them. */
#ifndef QS_WDFTYPES_H
#define QS_WDFTYPES_H

#include "qs/abi.h"
#include "qs/call.h"
#include "wdm.h"

#define WDF_EXTERN_C
#define WDF_EXTERN_C_START
#define WDF_EXTERN_C_END
#define WDFAPI
#define WDF_NO_OBJECT_ATTRIBUTES NULL
#define WDF_NO_EVENT_CALLBACK NULL
#define WDF_NO_HANDLE NULL
#define WDF_NO_CONTEXT NULL
#define WDF_NO_SEND_OPTIONS NULL

#ifndef KMDF_VERSION_MAJOR
#define KMDF_VERSION_MAJOR 1
#define KMDF_VERSION_MINOR 33
#endif

QS_TYPE(WDF_TRI_STATE);
#define WdfFalse qs_WdfFalse
#define WdfTrue qs_WdfTrue
#define WdfUseDefault qs_WdfUseDefault

typedef PVOID WDFCONTEXT;
typedef WDFOBJECT* PWDFOBJECT;

/* Kinds of object that no simulated call makes. */
QS_HANDLE(WDFIORESLIST);
QS_HANDLE(WDFDMAENABLER);
QS_HANDLE(WDFDMATRANSACTION);
QS_HANDLE(WDFCOMMONBUFFER);
QS_HANDLE(WDFWMIINSTANCE);
QS_HANDLE(WDFWMIPROVIDER);
QS_HANDLE(WDFCOMPANIONTARGET);
QS_HANDLE(WDFCOMPANION);

#endif
