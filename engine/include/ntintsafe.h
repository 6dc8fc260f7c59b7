/* Integer arithmetic that reports overflow: STATUS_INTEGER_OVERFLOW, and all ones as the result. */
#ifndef QS_NTINTSAFE_H
#define QS_NTINTSAFE_H

#include "wdm.h"

#define NTSTATUS_INTEGER_OVERFLOW STATUS_INTEGER_OVERFLOW
#define ULONG_ERROR 0xffffffffu
#define USHORT_ERROR 0xffff

#define QS_SAFE(name, type, builtin)                                   \
    QS_INLINE NTSTATUS name(type a, type b, type* result)              \
    {                                                                  \
        if (!builtin(a, b, result)) return STATUS_SUCCESS;             \
        *result = (type)-1;                                            \
        return STATUS_INTEGER_OVERFLOW;                                \
    }
#define QS_SAFE_SET(prefix, type)                                      \
    QS_SAFE(prefix##Add, type, __builtin_add_overflow)                 \
    QS_SAFE(prefix##Sub, type, __builtin_sub_overflow)                 \
    QS_SAFE(prefix##Mult, type, __builtin_mul_overflow)
QS_SAFE_SET(RtlULong, ULONG)
QS_SAFE_SET(RtlUShort, USHORT)
QS_SAFE_SET(RtlUInt, UINT)
QS_SAFE_SET(RtlULongLong, ULONGLONG)
QS_SAFE_SET(RtlULongPtr, ULONG_PTR)
QS_SAFE_SET(RtlSizeT, SIZE_T)
QS_SAFE_SET(RtlLong, LONG)
QS_SAFE_SET(RtlLongLong, LONGLONG)
QS_SAFE_SET(RtlUInt8, UCHAR)

#define QS_NARROW(name, from, to)                                      \
    QS_INLINE NTSTATUS name(from value, to* result)                    \
    {                                                                  \
        *result = (to)value;                                           \
        if (!__builtin_add_overflow(value, 0, result)) return STATUS_SUCCESS; \
        *result = (to)-1;                                              \
        return STATUS_INTEGER_OVERFLOW;                                \
    }
QS_NARROW(RtlSizeTToULong, SIZE_T, ULONG)
QS_NARROW(RtlSizeTToUInt, SIZE_T, UINT)
QS_NARROW(RtlSizeTToUInt32, SIZE_T, UINT32)
QS_NARROW(RtlSizeTToUShort, SIZE_T, USHORT)
QS_NARROW(RtlSizeTToLong, SIZE_T, LONG)
QS_NARROW(RtlULongToUShort, ULONG, USHORT)
QS_NARROW(RtlULongToUChar, ULONG, UCHAR)
QS_NARROW(RtlULongToUInt8, ULONG, UCHAR)
QS_NARROW(RtlULongToLong, ULONG, LONG)
QS_NARROW(RtlULongLongToULong, ULONGLONG, ULONG)
QS_NARROW(RtlULongLongToLong, ULONGLONG, LONG)
QS_NARROW(RtlULongLongToLongLong, ULONGLONG, LONGLONG)
QS_NARROW(RtlULongPtrToULong, ULONG_PTR, ULONG)
QS_NARROW(RtlLongToULong, LONG, ULONG)
QS_NARROW(RtlLongLongToULong, LONGLONG, ULONG)
QS_NARROW(RtlUShortToUChar, USHORT, UCHAR)
QS_NARROW(RtlIntToUShort, INT, USHORT)
QS_NARROW(RtlLongToUShort, LONG, USHORT)

#endif
