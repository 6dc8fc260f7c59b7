/* Bounded string functions. Cb counts bytes, Cch characters; all terminate what they write.
 * STATUS_BUFFER_OVERFLOW: the text was cut off to fit. */
#ifndef QS_NTSTRSAFE_H
#define QS_NTSTRSAFE_H

#include "wdm.h"

#define NTSTRSAFE_MAX_CCH 2147483647
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH 0x7fff
#define STRSAFE_MAX_CCH NTSTRSAFE_MAX_CCH
typedef PSTR NTSTRSAFE_PSTR;
typedef PCSTR NTSTRSAFE_PCSTR;
typedef PWSTR NTSTRSAFE_PWSTR;
typedef PCWSTR NTSTRSAFE_PCWSTR;

/* ---- Printing ---- */

QS_INLINE NTSTATUS RtlStringCchVPrintfA(PSTR to, size_t capacity, PCSTR format, va_list arguments)
{
    if (capacity == 0 || capacity > NTSTRSAFE_MAX_CCH) return STATUS_INVALID_PARAMETER;
    return qs_FormatA(to, capacity, format, arguments) < capacity ? STATUS_SUCCESS
                                                                  : STATUS_BUFFER_OVERFLOW;
}
QS_INLINE NTSTATUS RtlStringCchVPrintfW(PWSTR to, size_t capacity, PCWSTR format, va_list arguments)
{
    if (capacity == 0 || capacity > NTSTRSAFE_MAX_CCH) return STATUS_INVALID_PARAMETER;
    return qs_FormatW(to, capacity, format, arguments) < capacity ? STATUS_SUCCESS
                                                                  : STATUS_BUFFER_OVERFLOW;
}
QS_INLINE NTSTATUS RtlStringCchPrintfA(PSTR to, size_t capacity, PCSTR format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NTSTATUS status = RtlStringCchVPrintfA(to, capacity, format, arguments);
    va_end(arguments);
    return status;
}
QS_INLINE NTSTATUS RtlStringCchPrintfW(PWSTR to, size_t capacity, PCWSTR format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NTSTATUS status = RtlStringCchVPrintfW(to, capacity, format, arguments);
    va_end(arguments);
    return status;
}
#define RtlStringCbVPrintfA(to, bytes, format, arguments) \
    RtlStringCchVPrintfA((to), (bytes), (format), (arguments))
#define RtlStringCbVPrintfW(to, bytes, format, arguments) \
    RtlStringCchVPrintfW((to), (bytes) / sizeof(WCHAR), (format), (arguments))
#define RtlStringCbPrintfA(to, bytes, ...) RtlStringCchPrintfA((to), (bytes), __VA_ARGS__)
#define RtlStringCbPrintfW(to, bytes, ...) \
    RtlStringCchPrintfW((to), (bytes) / sizeof(WCHAR), __VA_ARGS__)

QS_INLINE NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING to, PCWSTR format, va_list arguments)
{
    size_t capacity = to->MaximumLength / sizeof(WCHAR), length;
    va_list again;
    if (!to->Buffer) return STATUS_INVALID_PARAMETER;
    va_copy(again, arguments);
    length = qs_FormatW(NULL, 0, format, again);
    va_end(again);
    /* A counted string needs no terminator, so a text that just fits is not cut off. */
    if (length < capacity) {
        qs_FormatW(to->Buffer, capacity, format, arguments);
        to->Length = (USHORT)(length * sizeof(WCHAR));
        return STATUS_SUCCESS;
    }
    WCHAR* whole = (WCHAR*)__builtin_alloca((length + 1) * sizeof(WCHAR));
    qs_FormatW(whole, length + 1, format, arguments);
    memcpy(to->Buffer, whole, capacity * sizeof(WCHAR));
    to->Length = (USHORT)(capacity * sizeof(WCHAR));
    return length == capacity ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
}
QS_INLINE NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING to, PCWSTR format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    NTSTATUS status = RtlUnicodeStringVPrintf(to, format, arguments);
    va_end(arguments);
    return status;
}

/* ---- Copying, appending, measuring, for both character sizes ---- */

#define QS_STRSAFE(A, CHAR_T, PC)                                                                \
    QS_INLINE NTSTATUS RtlStringCchLength##A(const CHAR_T* s, size_t capacity, size_t* length)   \
    {                                                                                            \
        size_t n = 0;                                                                            \
        while (s && n < capacity && s[n]) n++;                                                   \
        if (length) *length = s && n < capacity ? n : 0;                                         \
        return s && n < capacity ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;                    \
    }                                                                                            \
    QS_INLINE NTSTATUS RtlStringCchCopyN##A(                                                     \
            CHAR_T* to, size_t capacity, const CHAR_T* from, size_t count)                       \
    {                                                                                            \
        size_t n = 0;                                                                            \
        if (capacity == 0 || capacity > NTSTRSAFE_MAX_CCH) return STATUS_INVALID_PARAMETER;      \
        while (n < capacity - 1 && n < count && from[n]) to[n] = from[n], n++;                   \
        to[n] = 0;                                                                               \
        return n < count && from[n] ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;                   \
    }                                                                                            \
    QS_INLINE NTSTATUS RtlStringCchCopy##A(CHAR_T* to, size_t capacity, const CHAR_T* from)      \
    {                                                                                            \
        return RtlStringCchCopyN##A(to, capacity, from, (size_t)-1);                             \
    }                                                                                            \
    QS_INLINE NTSTATUS RtlStringCchCatN##A(                                                      \
            CHAR_T* to, size_t capacity, const CHAR_T* from, size_t count)                       \
    {                                                                                            \
        size_t n;                                                                                \
        NTSTATUS status = RtlStringCchLength##A(to, capacity, &n);                               \
        return NT_SUCCESS(status) ? RtlStringCchCopyN##A(to + n, capacity - n, from, count)      \
                                  : status;                                                      \
    }                                                                                            \
    QS_INLINE NTSTATUS RtlStringCchCat##A(CHAR_T* to, size_t capacity, const CHAR_T* from)       \
    {                                                                                            \
        return RtlStringCchCatN##A(to, capacity, from, (size_t)-1);                              \
    }                                                                                            \
    QS_INLINE NTSTATUS RtlStringCbLength##A(const CHAR_T* s, size_t bytes, size_t* length)       \
    {                                                                                            \
        NTSTATUS status = RtlStringCchLength##A(s, bytes / sizeof(CHAR_T), length);              \
        if (length) *length *= sizeof(CHAR_T);                                                   \
        return status;                                                                           \
    }
QS_STRSAFE(A, CHAR, PCSTR)
QS_STRSAFE(W, WCHAR, PCWSTR)

#define RtlStringCbCopyA(to, bytes, from) RtlStringCchCopyA((to), (bytes), (from))
#define RtlStringCbCopyW(to, bytes, from) RtlStringCchCopyW((to), (bytes) / sizeof(WCHAR), (from))
#define RtlStringCbCopyNA(to, bytes, from, n) RtlStringCchCopyNA((to), (bytes), (from), (n))
#define RtlStringCbCopyNW(to, bytes, from, n) \
    RtlStringCchCopyNW((to), (bytes) / sizeof(WCHAR), (from), (n) / sizeof(WCHAR))
#define RtlStringCbCatA(to, bytes, from) RtlStringCchCatA((to), (bytes), (from))
#define RtlStringCbCatW(to, bytes, from) RtlStringCchCatW((to), (bytes) / sizeof(WCHAR), (from))
#define RtlStringCbCatNW(to, bytes, from, n) \
    RtlStringCchCatNW((to), (bytes) / sizeof(WCHAR), (from), (n) / sizeof(WCHAR))

QS_INLINE NTSTATUS RtlStringCbCopyUnicodeString(PWSTR to, size_t bytes, PCUNICODE_STRING from)
{
    return RtlStringCchCopyNW(
            to, bytes / sizeof(WCHAR), from->Buffer, from->Length / sizeof(WCHAR));
}
#define RtlStringCchCopyUnicodeString(to, capacity, from) \
    RtlStringCbCopyUnicodeString((to), (capacity) * sizeof(WCHAR), (from))
#define RtlUnicodeStringInit(to, from) (RtlInitUnicodeString((to), (from)), STATUS_SUCCESS)
QS_INLINE NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING to, PCUNICODE_STRING from)
{
    RtlCopyUnicodeString(to, from);
    return to->Length == from->Length ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
}
QS_INLINE NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING to, PCWSTR from)
{
    UNICODE_STRING text;
    RtlInitUnicodeString(&text, from);
    return RtlUnicodeStringCopy(to, &text);
}
#define RtlUnicodeStringCat RtlAppendUnicodeStringToString
#define RtlUnicodeStringCatString RtlAppendUnicodeToString

#endif
