/* Companion targets. Declared only. Included by wdf.h. */
#ifndef QS_WDFCOMPANIONTARGET_H
#define QS_WDFCOMPANIONTARGET_H

#include "wdftypes.h"

typedef enum _WDF_TASK_SEND_OPTIONS_FLAGS {
    WDF_TASK_SEND_OPTION_TIMEOUT = 0x00000001, WDF_TASK_SEND_OPTION_SYNCHRONOUS = 0x00000002,
} WDF_TASK_SEND_OPTIONS_FLAGS;

typedef struct _WDF_TASK_SEND_OPTIONS {
    ULONG Size;
    ULONG Flags;
    LONGLONG Timeout;
} WDF_TASK_SEND_OPTIONS, *PWDF_TASK_SEND_OPTIONS;

QS_INLINE VOID WDF_TASK_SEND_OPTIONS_INIT(PWDF_TASK_SEND_OPTIONS Options, ULONG Flags)
{
    QS_INIT(Options);
    Options->Flags = Flags;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfCompanionTargetSendTaskSynchronously, WDFCOMPANIONTARGET CompanionTarget,
        USHORT TaskQueueIdentifier, ULONG TaskOperationCode, PWDF_MEMORY_DESCRIPTOR InputBuffer,
        PWDF_MEMORY_DESCRIPTOR OutputBuffer, PWDF_TASK_SEND_OPTIONS TaskOptions,
        PULONG_PTR BytesReturned)
#define WdfCompanionTargetSendTaskSynchronously \
    QS_AT(qs_none_WdfCompanionTargetSendTaskSynchronously)
QS_NOT_SIMULATED(PEPROCESS, WdfCompanionTargetWdmGetCompanionProcess,
        WDFCOMPANIONTARGET CompanionTarget)
#define WdfCompanionTargetWdmGetCompanionProcess \
    QS_AT(qs_none_WdfCompanionTargetWdmGetCompanionProcess)

#endif
