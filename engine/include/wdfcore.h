/* Times and pointer arithmetic. Included by wdf.h. */
#ifndef QS_WDFCORE_H
#define QS_WDFCORE_H

#include "wdftypes.h"

/* One second, millisecond, microsecond in units of 100 ns. */
#define WDF_TIMEOUT_TO_SEC ((LONGLONG)10000000)
#define WDF_TIMEOUT_TO_MS ((LONGLONG)10000)
#define WDF_TIMEOUT_TO_US ((LONGLONG)10)

/* Relative times are negative, absolute ones positive. */
QS_INLINE LONGLONG WDF_REL_TIMEOUT_IN_SEC(ULONGLONG Time)
{
    return -(LONGLONG)Time * WDF_TIMEOUT_TO_SEC;
}
QS_INLINE LONGLONG WDF_ABS_TIMEOUT_IN_SEC(ULONGLONG Time)
{
    return (LONGLONG)Time * WDF_TIMEOUT_TO_SEC;
}
QS_INLINE LONGLONG WDF_REL_TIMEOUT_IN_MS(ULONGLONG Time)
{
    return -(LONGLONG)Time * WDF_TIMEOUT_TO_MS;
}
QS_INLINE LONGLONG WDF_ABS_TIMEOUT_IN_MS(ULONGLONG Time)
{
    return (LONGLONG)Time * WDF_TIMEOUT_TO_MS;
}
QS_INLINE LONGLONG WDF_REL_TIMEOUT_IN_US(ULONGLONG Time)
{
    return -(LONGLONG)Time * WDF_TIMEOUT_TO_US;
}
QS_INLINE LONGLONG WDF_ABS_TIMEOUT_IN_US(ULONGLONG Time)
{
    return (LONGLONG)Time * WDF_TIMEOUT_TO_US;
}

QS_INLINE size_t WDF_ALIGN_SIZE_DOWN(size_t Length, size_t AlignTo)
{
    return Length & ~(AlignTo - 1);
}
QS_INLINE size_t WDF_ALIGN_SIZE_UP(size_t Length, size_t AlignTo)
{
    return WDF_ALIGN_SIZE_DOWN(Length + AlignTo - 1, AlignTo);
}

#define WDF_PTR_ADD_OFFSET_TYPE(p, offset, type) ((type)((PUCHAR)(p) + (offset)))
#define WDF_PTR_ADD_OFFSET(p, offset) WDF_PTR_ADD_OFFSET_TYPE(p, offset, PVOID)
#define WDF_PTR_GET_OFFSET(base, p) ((ULONG)((PUCHAR)(p) - (PUCHAR)(base)))

#define WDF_STRUCTURE_SIZE(name) ((ULONG)sizeof(name))
#define WDF_IS_FUNCTION_AVAILABLE(name) TRUE
#define WDF_IS_STRUCTURE_AVAILABLE(name) TRUE
#define WDF_IS_FIELD_AVAILABLE(name, field) TRUE

#define WDFVERIFY(e) ((e) ? (void)0 : qs_AssertFailed(__FILE__, __LINE__, #e))

#endif
