/* For user-mode drivers: their Win32 names over the same types. Not a Win32 kit. */
#ifndef QS_WINDOWS_H
#define QS_WINDOWS_H

/* A user-mode driver: what Microsoft's compiler says of kernel code does not hold. */
#undef _KERNEL_MODE

#include "wdm.h"
#include "winioctl.h"

#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define E_INVALIDARG ((HRESULT)0x80070057)
#define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
#define FAILED(hr) ((HRESULT)(hr) < 0)
#define ERROR_SUCCESS 0
#define ERROR_INSUFFICIENT_BUFFER 122
#define INFINITE 0xFFFFFFFF
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#define HRESULT_FROM_NT(s) ((HRESULT)((s) | 0x10000000))
#define NTSTATUS_FROM_WIN32(e) ((NTSTATUS)((e) ? 0xC0070000 | ((e) & 0xFFFF) : 0))
#define FACILITY_NT_BIT 0x10000000
typedef HANDLE HINSTANCE, HMODULE, HKEY, HWND;
typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME, *PFILETIME;

#define GetProcessHeap() ((HANDLE)1)
#define HEAP_ZERO_MEMORY 0x8
#define HeapAlloc(heap, flags, bytes) \
    ExAllocatePool2(POOL_FLAG_PAGED | ((flags) & HEAP_ZERO_MEMORY ? 0 : POOL_FLAG_UNINITIALIZED), \
                    (bytes), 'paeH')
#define HeapFree(heap, flags, p) (ExFreePool(p), TRUE)
#define OutputDebugStringA(s) DbgPrint("%s", (s))
#define GetLastError() ((DWORD)0)
#define Sleep(ms) qs_sleep(__FILE__, __LINE__, (ms))
QS_INLINE VOID qs_sleep(QS_SITE, ULONG ms)
{
    LARGE_INTEGER interval;
    interval.QuadPart = -(LONGLONG)ms * 10000;
    qs_KeDelayExecutionThread(file, line, KernelMode, FALSE, &interval);
}

#endif
