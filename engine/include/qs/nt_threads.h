/* Threads of a driver's own, and waiting for several objects: types, and the calls that take them.
 * qs/abi_nt.h says what each call does. Included by qs/nt_calls.h. */
#ifndef QS_NT_THREADS_H
#define QS_NT_THREADS_H

#include "nt_types.h"

typedef enum _WAIT_TYPE { WaitAll, WaitAny } WAIT_TYPE;
typedef struct _KWAIT_BLOCK { ULONG_PTR Reserved[6]; } KWAIT_BLOCK, *PKWAIT_BLOCK, *PRKWAIT_BLOCK;
typedef struct _OBJECT_HANDLE_INFORMATION {
    ULONG HandleAttributes;
    ACCESS_MASK GrantedAccess;
} OBJECT_HANDLE_INFORMATION, *POBJECT_HANDLE_INFORMATION;

#define PsThreadType (&(POBJECT_TYPE const){(POBJECT_TYPE)(ULONG_PTR)QS_THREAD_TYPE})
#define IoFileObjectType (&(POBJECT_TYPE const){(POBJECT_TYPE)(ULONG_PTR)2})
#define ExEventObjectType (&(POBJECT_TYPE const){(POBJECT_TYPE)(ULONG_PTR)3})

/* The name of the function in the source becomes the name of the thread. */
#define PsCreateSystemThread qs_PsCreateSystemThread QS_OPEN __FILE__, __LINE__, QS_THREAD_ARGS
#define QS_THREAD_ARGS(handle, access, attributes, process, client, routine, context) \
    handle, access, attributes, process, client, routine, context, #routine )
#define PsTerminateSystemThread QS_AT(qs_PsTerminateSystemThread)
#define PsGetCurrentThread() ((PETHREAD)KeGetCurrentThread())
#define KeSetPriorityThread(thread, priority) ((void)(thread), (void)(priority), (KPRIORITY)8)
#define KeGetCurrentThread QS_AT0(qs_KeGetCurrentThread)
#define KeWaitForSingleObject QS_AT(qs_KeWaitForSingleObject)
#define KeWaitForMultipleObjects QS_AT(qs_KeWaitForMultipleObjects)
#define ZwWaitForSingleObject QS_AT(qs_ZwWaitForSingleObject)
#define KeDelayExecutionThread QS_AT(qs_KeDelayExecutionThread)
#define ObReferenceObjectByHandle QS_AT(qs_ObReferenceObjectByHandle)
#define ObReferenceObject QS_AT(qs_ObReferenceObject)
#define ObDereferenceObject QS_AT(qs_ObDereferenceObject)

#endif
