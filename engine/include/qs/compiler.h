/* Words of Microsoft's compiler, for gcc and clang. Included by ntdef.h. */
#ifndef QS_COMPILER_H
#define QS_COMPILER_H

#undef __cdecl
#undef __stdcall
#undef __fastcall
#define __cdecl
#define __stdcall
#define __fastcall
#define _cdecl
#define _stdcall
#define NTAPI
#define STDCALL
#define FASTCALL
#define WINAPI
#define APIENTRY
#define CALLBACK
#define DDKAPI

#undef __int8
#undef __int16
#undef __int32
#undef __int64
#define __int8 char
#define __int16 short
#define __int32 int
#ifdef __LP64__
#define __int64 long
#else
#define __int64 long long
#endif

/* FORCEINLINE functions keep their enter and leave marks; __inline may be written with or without
 * static, so it can only be expanded in place. */
#define FORCEINLINE static inline __attribute__((unused))
#define CFORCEINLINE FORCEINLINE
#undef __forceinline
#define __forceinline __inline
#undef __inline
#define __inline inline __attribute__((always_inline, no_instrument_function))
#define _inline __inline

#undef __declspec
#define __declspec(x) QS_DECLSPEC_##x
#define QS_DECLSPEC_selectany __attribute__((weak))
#define QS_DECLSPEC_align(n) __attribute__((aligned(n)))
#define QS_DECLSPEC_noreturn __attribute__((noreturn))
#define QS_DECLSPEC_noinline __attribute__((noinline))
#define QS_DECLSPEC_deprecated __attribute__((deprecated))
#define QS_DECLSPEC_dllimport
#define QS_DECLSPEC_dllexport
#define QS_DECLSPEC_nothrow
#define QS_DECLSPEC_novtable
#define QS_DECLSPEC_restrict
#define QS_DECLSPEC_noalias
#define QS_DECLSPEC_allocator
#define QS_DECLSPEC_code_seg(s)
#define QS_DECLSPEC_allocate(s)
#define QS_DECLSPEC_uuid(s)

/* Structured exceptions do not happen here: the guarded block runs, the handler never does. */
#undef __try
#undef __except
#undef __finally
#define __try if (1)
#define __except(filter) else if ((void)(filter), 0)
#define __finally
#define try_except __try
#define EXCEPTION_EXECUTE_HANDLER 1
#define EXCEPTION_CONTINUE_SEARCH 0
#define EXCEPTION_CONTINUE_EXECUTION (-1)
#define GetExceptionCode() ((NTSTATUS)0)
#define GetExceptionInformation() ((void*)0)

#ifndef __clang__
#define __pragma(...)
#endif
#define __FUNCSIG__ __func__
#define __assume(e) ((void)0)
#define __debugbreak() DbgBreakPoint()
#define _ReturnAddress() __builtin_return_address(0)
#define _alloca __builtin_alloca
#define __noop(...) ((void)0)
#define _AMD64_ 1
#define _WIN64 1
#define _M_AMD64 100
#define _M_X64 100

#endif
