/* Base types and macros of the NT kit: 32-bit LONG, 16-bit WCHAR. Included by wdm.h. */
#ifndef QS_NTDEF_H
#define QS_NTDEF_H

#include <limits.h>

#include "guiddef.h"
#include "qs/abi.h"
#include "qs/call.h"
#include "qs/compiler.h"
#include "qs/memory.h"
#include "sal.h"

#ifndef DBG
#define DBG 1
#endif

/* ---- Words ---- */

#define VOID void
#define CONST const
#define IN
#define OUT
#define OPTIONAL
#define NOTHING
#define TRUE 1
#define FALSE 0
#define ANSI_NULL ((CHAR)0)
#define UNICODE_NULL ((WCHAR)0)
#define CRITICAL
#define UNALIGNED
#define RESTRICTED_POINTER
#define POINTER_ALIGNMENT QS_POINTER_ALIGNED
#ifdef __cplusplus
#define EXTERN_C extern "C"
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END }
#else
#define EXTERN_C extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif
#define NTSYSAPI
#define NTKERNELAPI
#define NTHALAPI
#define DECLSPEC_IMPORT
#define DECLSPEC_NORETURN __attribute__((noreturn))
#define DECLSPEC_ALIGN(n) __attribute__((aligned(n)))
#define DECLSPEC_CACHEALIGN DECLSPEC_ALIGN(64)
#define DECLSPEC_SELECTANY __attribute__((weak))
#define DECLSPEC_NOINLINE __attribute__((noinline))

/* ---- Integers ---- */

typedef char CHAR, CCHAR, *PCHAR, *PCCHAR, *LPCH, *PCH, *PSTR, *LPSTR, *PSZ;
typedef const char *PCSTR, *LPCSTR, *PCCH, *LPCCH, *PCSZ;
typedef int8_t INT8, *PINT8;
typedef uint8_t UCHAR, BOOLEAN, BYTE, UINT8, *PUCHAR, *PBOOLEAN, *PBYTE, *LPBYTE, *PUINT8;
typedef const uint8_t* PCUCHAR;
typedef int16_t SHORT, CSHORT, INT16, *PSHORT, *PINT16;
typedef uint16_t USHORT, WORD, UINT16, *PUSHORT, *PWORD, *PUINT16;
typedef qs_WCHAR WCHAR, *PWCHAR, *PWCH, *PWSTR, *LPWSTR, *NWPSTR;
typedef const qs_WCHAR *PCWSTR, *LPCWSTR, *PCWCH, *PCWCHAR;
typedef int32_t INT, LONG, BOOL, INT32, LONG32, *PINT, *PLONG, *PBOOL, *LPBOOL, *PINT32, *PLONG32;
typedef uint32_t UINT, ULONG, DWORD, UINT32, ULONG32, *PUINT, *PULONG, *PDWORD, *LPDWORD;
typedef uint32_t DWORD32, *PUINT32, *PULONG32;
typedef int64_t LONGLONG, LONG64, INT64, *PLONGLONG, *PLONG64, *PINT64;
typedef uint64_t ULONGLONG, ULONG64, DWORD64, DWORDLONG, UINT64, *PULONGLONG, *PULONG64, *PUINT64;
typedef uint64_t* PDWORD64;
typedef intptr_t INT_PTR, LONG_PTR, *PINT_PTR, *PLONG_PTR;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR, KAFFINITY, *PUINT_PTR, *PULONG_PTR, *PDWORD_PTR;
typedef uintptr_t* PKAFFINITY;
typedef size_t SIZE_T, *PSIZE_T;
typedef intptr_t SSIZE_T, *PSSIZE_T;
typedef void *PVOID, *LPVOID, *HANDLE, **PHANDLE;
typedef const void *PCVOID, *LPCVOID;
typedef float FLOAT;
typedef double DOUBLE;
typedef int32_t NTSTATUS, HRESULT, *PNTSTATUS;
typedef ULONG ACCESS_MASK, LCID, LOGICAL, CLONG, *PACCESS_MASK;
typedef UCHAR KIRQL, *PKIRQL;
typedef CCHAR KPROCESSOR_MODE;
typedef LONG KPRIORITY;
typedef USHORT LANGID;

/* ---- Structures ---- */

typedef qs_LARGE_INTEGER LARGE_INTEGER, *PLARGE_INTEGER, PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;
typedef union _ULARGE_INTEGER {
    struct {
        ULONG LowPart;
        ULONG HighPart;
    };
    struct {
        ULONG LowPart;
        ULONG HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;
typedef struct _LUID {
    ULONG LowPart;
    LONG HighPart;
} LUID, *PLUID;
typedef qs_UNICODE_STRING UNICODE_STRING, *PUNICODE_STRING;
typedef const qs_UNICODE_STRING* PCUNICODE_STRING;
typedef qs_STRING STRING, *PSTRING, ANSI_STRING, *PANSI_STRING, OEM_STRING, *POEM_STRING;
typedef const qs_STRING *PCANSI_STRING, *PCOEM_STRING;
typedef qs_LIST_ENTRY LIST_ENTRY, *PLIST_ENTRY;
typedef struct _SINGLE_LIST_ENTRY {
    struct _SINGLE_LIST_ENTRY* Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;
typedef qs_OBJECT_ATTRIBUTES OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;
typedef struct _PROCESSOR_NUMBER {
    USHORT Group;
    UCHAR Number;
    UCHAR Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

typedef enum _EVENT_TYPE { NotificationEvent, SynchronizationEvent } EVENT_TYPE;
typedef enum _TIMER_TYPE { NotificationTimer, SynchronizationTimer } TIMER_TYPE;

/* ---- Limits ---- */

#define MINCHAR 0x80
#define MAXCHAR 0x7f
#define MAXUCHAR 0xff
#define MINSHORT 0x8000
#define MAXSHORT 0x7fff
#define MAXUSHORT 0xffff
#define MINLONG 0x80000000
#define MAXLONG 0x7fffffff
#define MAXULONG 0xffffffffu
#define MAXDWORD 0xffffffffu
#define MAXULONG_PTR UINTPTR_MAX
#define MAXLONGLONG INT64_MAX
#define MAXULONGLONG UINT64_MAX

/* ---- Helpers ---- */

#define NT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#define NT_INFORMATION(Status) (((ULONG)(Status) >> 30) == 1)
#define NT_WARNING(Status) (((ULONG)(Status) >> 30) == 2)
#define NT_ERROR(Status) (((ULONG)(Status) >> 30) == 3)

#define UNREFERENCED_PARAMETER(P) ((void)(P))
#define DBG_UNREFERENCED_PARAMETER(P) ((void)(P))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(V) ((void)(V))
#ifdef __cplusplus
#define _Static_assert static_assert
#endif
#define C_ASSERT(e) _Static_assert(e, #e)

#define FIELD_OFFSET(type, field) ((LONG)offsetof(type, field))
#define UFIELD_OFFSET(type, field) ((ULONG)offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type*)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) (offsetof(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_CONTAINS_FIELD(Struct, Size, Field) \
    ((((PCHAR)(&(Struct)->Field)) + sizeof((Struct)->Field)) <= (((PCHAR)(Struct)) + (Size)))
#define CONTAINING_RECORD(address, type, field) ((type*)((PCHAR)(address) - offsetof(type, field)))
#define RTL_NUMBER_OF(a) (sizeof(a) / sizeof((a)[0]))
#define RTL_NUMBER_OF_FIELD(type, field) RTL_NUMBER_OF(((type*)0)->field)
#define ARRAYSIZE(a) RTL_NUMBER_OF(a)
#define _countof(a) RTL_NUMBER_OF(a)
#define RTL_CONST_CAST(type) (type)
#define ANYSIZE_ARRAY 1

#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#endif
#ifndef max
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#define LOBYTE(w) ((UCHAR)((ULONG_PTR)(w) & 0xff))
#define HIBYTE(w) ((UCHAR)(((ULONG_PTR)(w) >> 8) & 0xff))
#define LOWORD(l) ((USHORT)((ULONG_PTR)(l) & 0xffff))
#define HIWORD(l) ((USHORT)(((ULONG_PTR)(l) >> 16) & 0xffff))
#define MAKEWORD(a, b) ((USHORT)(((UCHAR)(a)) | ((USHORT)((UCHAR)(b)) << 8)))
#define MAKELONG(a, b) ((LONG)(((USHORT)(a)) | ((ULONG)((USHORT)(b)) << 16)))

#define PtrToUlong(p) ((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p) ((LONG)(LONG_PTR)(p))
#define PtrToUint(p) ((UINT)(ULONG_PTR)(p))
#define UlongToPtr(u) ((VOID*)(ULONG_PTR)((ULONG)(u)))
#define ULongToPtr(u) UlongToPtr(u)
#define LongToPtr(l) ((VOID*)(LONG_PTR)((LONG)(l)))
#define HandleToUlong(h) PtrToUlong(h)
#define HandleToULong(h) PtrToUlong(h)
#define ULongToHandle(u) ((HANDLE)UlongToPtr(u))
#define UlongToHandle(u) ULongToHandle(u)

#define InitializeObjectAttributes(p, name, attributes, root, security) \
    ((p)->Length = sizeof(OBJECT_ATTRIBUTES), (p)->RootDirectory = (root), \
     (p)->Attributes = (attributes), (p)->ObjectName = (name), \
     (p)->SecurityDescriptor = (security), (p)->SecurityQualityOfService = NULL)
#define OBJ_INHERIT 0x00000002
#define OBJ_PERMANENT 0x00000010
#define OBJ_EXCLUSIVE 0x00000020
#define OBJ_CASE_INSENSITIVE 0x00000040
#define OBJ_OPENIF 0x00000080
#define OBJ_OPENLINK 0x00000100
#define OBJ_KERNEL_HANDLE 0x00000200
#define OBJ_FORCE_ACCESS_CHECK 0x00000400

#define RTL_CONSTANT_STRING(s) \
    {sizeof(s) - sizeof((s)[0]), sizeof(s), (void*)(s)}
#define DECLARE_CONST_UNICODE_STRING(name, text) \
    const UNICODE_STRING name = {sizeof(text) - sizeof(WCHAR), sizeof(text), (PWCH)(text)}
#define DECLARE_GLOBAL_CONST_UNICODE_STRING(name, text) DECLARE_CONST_UNICODE_STRING(name, text)
#define DECLARE_UNICODE_STRING_SIZE(name, size)   \
    WCHAR name##_buffer[size];                    \
    UNICODE_STRING name = {0, (size) * sizeof(WCHAR), name##_buffer}

_Static_assert(sizeof(L' ') == 2, "drivers are compiled with -fshort-wchar");

#endif
