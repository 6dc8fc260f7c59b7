/* NT helpers that need no engine: memory, counted strings, lists, MDL fields. Included by wdm.h. */
#ifndef QS_RTL_H
#define QS_RTL_H

#include "../ntdef.h"
#include "../ntstatus.h"
#include "nt_types.h"

/* ---- Memory ---- */

#define RtlZeroMemory(p, n) memset((p), 0, (n))
#define RtlSecureZeroMemory(p, n) memset((p), 0, (n))
#define SecureZeroMemory(p, n) memset((p), 0, (n))
#define ZeroMemory(p, n) memset((p), 0, (n))
#define RtlFillMemory(p, n, value) memset((p), (value), (n))
#define FillMemory(p, n, value) memset((p), (value), (n))
#define RtlCopyMemory(to, from, n) memcpy((to), (from), (n))
#define CopyMemory(to, from, n) memcpy((to), (from), (n))
#define RtlCopyBytes(to, from, n) memcpy((to), (from), (n))
#define RtlMoveMemory(to, from, n) memmove((to), (from), (n))
#define MoveMemory(to, from, n) memmove((to), (from), (n))
#define RtlEqualMemory(a, b, n) (memcmp((a), (b), (n)) == 0)

QS_INLINE SIZE_T RtlCompareMemory(const VOID* a, const VOID* b, SIZE_T length)
{
    SIZE_T i = 0;
    while (i < length && ((const UCHAR*)a)[i] == ((const UCHAR*)b)[i]) i++;
    return i;
}

QS_INLINE USHORT RtlUshortByteSwap(USHORT v) { return __builtin_bswap16(v); }
QS_INLINE ULONG RtlUlongByteSwap(ULONG v) { return __builtin_bswap32(v); }
QS_INLINE ULONGLONG RtlUlonglongByteSwap(ULONGLONG v) { return __builtin_bswap64(v); }
QS_INLINE CCHAR RtlFindLeastSignificantBit(ULONGLONG v)
{
    return (CCHAR)(v ? __builtin_ctzll(v) : -1);
}
QS_INLINE CCHAR RtlFindMostSignificantBit(ULONGLONG v)
{
    return (CCHAR)(v ? 63 - __builtin_clzll(v) : -1);
}
#define RtlIsNtDdiVersionAvailable(version) ((version) <= NTDDI_VERSION)

/* ---- 16-bit text ---- */

QS_INLINE SIZE_T qs_wcslen(const WCHAR* s)
{
    SIZE_T n = 0;
    while (s[n]) n++;
    return n;
}
QS_INLINE int qs_wcsncmp(const WCHAR* a, const WCHAR* b, SIZE_T n)
{
    for (; n; n--, a++, b++) {
        if (*a != *b) return *a < *b ? -1 : 1;
        if (!*a) return 0;
    }
    return 0;
}
QS_INLINE WCHAR qs_towupper(WCHAR c) { return c >= 'a' && c <= 'z' ? (WCHAR)(c - 32) : c; }
QS_INLINE int qs_wcsnicmp(const WCHAR* a, const WCHAR* b, SIZE_T n)
{
    for (; n; n--, a++, b++) {
        WCHAR x = qs_towupper(*a), y = qs_towupper(*b);
        if (x != y) return x < y ? -1 : 1;
        if (!x) return 0;
    }
    return 0;
}
QS_INLINE WCHAR* qs_wcscpy(WCHAR* to, const WCHAR* from)
{
    WCHAR* p = to;
    while ((*p++ = *from++)) {}
    return to;
}
QS_INLINE WCHAR* qs_wcschr(const WCHAR* s, WCHAR c)
{
    for (;; s++) {
        if (*s == c) return (WCHAR*)s;
        if (!*s) return NULL;
    }
}
QS_INLINE WCHAR* qs_wcsrchr(const WCHAR* s, WCHAR c)
{
    WCHAR* last = NULL;
    for (;; s++) {
        if (*s == c) last = (WCHAR*)s;
        if (!*s) return last;
    }
}
/* 0 when it fits; else 34 (ERANGE), and an empty text. */
typedef int errno_t;
QS_INLINE errno_t qs_wcscat_s(WCHAR* to, SIZE_T capacity, SIZE_T at, const WCHAR* from)
{
    SIZE_T length = qs_wcslen(from);
    if (at + length >= capacity) {
        if (capacity) to[0] = 0;
        return 34;
    }
    memcpy(to + at, from, (length + 1) * sizeof(WCHAR));
    return 0;
}
#define wcscpy_s(to, capacity, from) qs_wcscat_s((to), (capacity), 0, (from))
#define wcscat_s(to, capacity, from) qs_wcscat_s((to), (capacity), qs_wcslen(to), (from))
#define wcslen qs_wcslen
#define wcscpy qs_wcscpy
#define wcscmp(a, b) qs_wcsncmp((a), (b), (SIZE_T)-1)
#define wcsncmp qs_wcsncmp
#define _wcsicmp(a, b) qs_wcsnicmp((a), (b), (SIZE_T)-1)
#define _wcsnicmp qs_wcsnicmp
#define wcschr qs_wcschr
#define wcsrchr qs_wcsrchr
#define _stricmp strcasecmp
#define _strnicmp strncasecmp
#define RtlUpcaseUnicodeChar qs_towupper

/* ---- Counted strings ---- */

QS_INLINE VOID RtlInitUnicodeString(PUNICODE_STRING to, PCWSTR from)
{
    to->Length = (USHORT)(from ? qs_wcslen(from) * sizeof(WCHAR) : 0);
    to->MaximumLength = (USHORT)(from ? to->Length + sizeof(WCHAR) : 0);
    to->Buffer = (PWSTR)from;
}
QS_INLINE VOID RtlInitAnsiString(PANSI_STRING to, PCSZ from)
{
    to->Length = (USHORT)(from ? strlen(from) : 0);
    to->MaximumLength = (USHORT)(from ? to->Length + 1 : 0);
    to->Buffer = (PCHAR)from;
}
#define RtlInitString RtlInitAnsiString
QS_INLINE VOID RtlInitEmptyUnicodeString(PUNICODE_STRING to, PWSTR buffer, USHORT bytes)
{
    to->Length = 0;
    to->MaximumLength = bytes;
    to->Buffer = buffer;
}
QS_INLINE VOID RtlCopyUnicodeString(PUNICODE_STRING to, PCUNICODE_STRING from)
{
    to->Length = 0;
    if (!from) return;
    to->Length = from->Length < to->MaximumLength ? from->Length : to->MaximumLength;
    memcpy(to->Buffer, from->Buffer, to->Length);
    if (to->Length + sizeof(WCHAR) <= to->MaximumLength) to->Buffer[to->Length / sizeof(WCHAR)] = 0;
}
QS_INLINE NTSTATUS qs_append(PUNICODE_STRING to, const WCHAR* from, SIZE_T bytes)
{
    if (to->Length + bytes > to->MaximumLength) return STATUS_BUFFER_TOO_SMALL;
    memmove((PCHAR)to->Buffer + to->Length, from, bytes);
    to->Length = (USHORT)(to->Length + bytes);
    if (to->Length + sizeof(WCHAR) <= to->MaximumLength) to->Buffer[to->Length / sizeof(WCHAR)] = 0;
    return STATUS_SUCCESS;
}
QS_INLINE NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING to, PCUNICODE_STRING from)
{
    return qs_append(to, from->Buffer, from->Length);
}
QS_INLINE NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING to, PCWSTR from)
{
    return from ? qs_append(to, from, qs_wcslen(from) * sizeof(WCHAR)) : STATUS_SUCCESS;
}
QS_INLINE LONG RtlCompareUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b, BOOLEAN ignore_case)
{
    USHORT shorter = a->Length < b->Length ? a->Length : b->Length;
    for (USHORT i = 0; i < shorter / sizeof(WCHAR); i++) {
        WCHAR x = a->Buffer[i], y = b->Buffer[i];
        if (ignore_case) x = qs_towupper(x), y = qs_towupper(y);
        if (x != y) return (LONG)x - (LONG)y;
    }
    return (LONG)a->Length - (LONG)b->Length;
}
QS_INLINE BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b, BOOLEAN ignore_case)
{
    return a->Length == b->Length && RtlCompareUnicodeString(a, b, ignore_case) == 0;
}
QS_INLINE BOOLEAN RtlPrefixUnicodeString(
        PCUNICODE_STRING a, PCUNICODE_STRING b, BOOLEAN ignore_case)
{
    UNICODE_STRING head = *b;
    if (a->Length > b->Length) return FALSE;
    head.Length = a->Length;
    return RtlEqualUnicodeString(a, &head, ignore_case);
}

/* ---- Lists ---- */

QS_INLINE VOID InitializeListHead(PLIST_ENTRY head) { head->Flink = head->Blink = head; }
QS_INLINE BOOLEAN IsListEmpty(const LIST_ENTRY* head) { return head->Flink == head; }
QS_INLINE BOOLEAN RemoveEntryList(PLIST_ENTRY entry)
{
    PLIST_ENTRY next = entry->Flink, before = entry->Blink;
    before->Flink = next;
    next->Blink = before;
    return next == before;
}
QS_INLINE PLIST_ENTRY RemoveHeadList(PLIST_ENTRY head)
{
    PLIST_ENTRY entry = head->Flink;
    RemoveEntryList(entry);
    return entry;
}
QS_INLINE PLIST_ENTRY RemoveTailList(PLIST_ENTRY head)
{
    PLIST_ENTRY entry = head->Blink;
    RemoveEntryList(entry);
    return entry;
}
QS_INLINE VOID qs_insert(PLIST_ENTRY entry, PLIST_ENTRY before, PLIST_ENTRY after)
{
    entry->Blink = before;
    entry->Flink = after;
    before->Flink = entry;
    after->Blink = entry;
}
QS_INLINE VOID InsertHeadList(PLIST_ENTRY head, PLIST_ENTRY entry)
{
    qs_insert(entry, head, head->Flink);
}
QS_INLINE VOID InsertTailList(PLIST_ENTRY head, PLIST_ENTRY entry)
{
    qs_insert(entry, head->Blink, head);
}
QS_INLINE VOID AppendTailList(PLIST_ENTRY head, PLIST_ENTRY other)
{
    PLIST_ENTRY last = head->Blink;
    head->Blink->Flink = other;
    head->Blink = other->Blink;
    other->Blink->Flink = head;
    other->Blink = last;
}
QS_INLINE VOID PushEntryList(PSINGLE_LIST_ENTRY head, PSINGLE_LIST_ENTRY entry)
{
    entry->Next = head->Next;
    head->Next = entry;
}
QS_INLINE PSINGLE_LIST_ENTRY PopEntryList(PSINGLE_LIST_ENTRY head)
{
    PSINGLE_LIST_ENTRY first = head->Next;
    if (first) head->Next = first->Next;
    return first;
}

/* ---- Fields of MDLs and IRPs ---- */

#define MmGetMdlByteCount(mdl) ((mdl)->ByteCount)
#define MmGetMdlByteOffset(mdl) ((mdl)->ByteOffset)
#define MmGetMdlVirtualAddress(mdl) ((PVOID)((PCHAR)(mdl)->StartVa + (mdl)->ByteOffset))
#define MmGetSystemAddressForMdlSafe(mdl, priority) ((void)(priority), (mdl)->MappedSystemVa)
#define MmGetSystemAddressForMdl(mdl) ((mdl)->MappedSystemVa)
#define IoGetCurrentIrpStackLocation(irp) ((irp)->Tail.Overlay.CurrentStackLocation)
#define IoGetNextIrpStackLocation(irp) ((irp)->Tail.Overlay.CurrentStackLocation - 1)
#define IoSetNextIrpStackLocation(irp) \
    ((irp)->CurrentLocation--, (irp)->Tail.Overlay.CurrentStackLocation--)
#define IoSkipCurrentIrpStackLocation(irp) \
    ((irp)->CurrentLocation++, (irp)->Tail.Overlay.CurrentStackLocation++)
#define IoCopyCurrentIrpStackLocationToNext(irp) \
    (*IoGetNextIrpStackLocation(irp) = *IoGetCurrentIrpStackLocation(irp), \
     IoGetNextIrpStackLocation(irp)->Control = 0)
#define IoMarkIrpPending(irp) (IoGetCurrentIrpStackLocation(irp)->Control |= SL_PENDING_RETURNED)

#endif
