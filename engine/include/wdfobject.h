/* Object attributes, contexts, references and deletion. Included by wdf.h. */
#ifndef QS_WDFOBJECT_H
#define QS_WDFOBJECT_H

#include "wdftypes.h"

QS_TYPE(WDF_EXECUTION_LEVEL);
#define WdfExecutionLevelInvalid qs_WdfExecutionLevelInvalid
#define WdfExecutionLevelInheritFromParent qs_WdfExecutionLevelInheritFromParent
#define WdfExecutionLevelPassive qs_WdfExecutionLevelPassive
#define WdfExecutionLevelDispatch qs_WdfExecutionLevelDispatch

QS_TYPE(WDF_SYNCHRONIZATION_SCOPE);
#define WdfSynchronizationScopeInvalid qs_WdfSynchronizationScopeInvalid
#define WdfSynchronizationScopeInheritFromParent qs_WdfSynchronizationScopeInheritFromParent
#define WdfSynchronizationScopeDevice qs_WdfSynchronizationScopeDevice
#define WdfSynchronizationScopeQueue qs_WdfSynchronizationScopeQueue
#define WdfSynchronizationScopeNone qs_WdfSynchronizationScopeNone

QS_TYPE(WDF_OBJECT_ATTRIBUTES);

QS_CALLBACK(WDF_OBJECT_CONTEXT_CLEANUP);
QS_CALLBACK(WDF_OBJECT_CONTEXT_DESTROY);

typedef struct _WDF_CUSTOM_TYPE_CONTEXT {
    ULONG Size;
    ULONG_PTR Data;
} WDF_CUSTOM_TYPE_CONTEXT, *PWDF_CUSTOM_TYPE_CONTEXT;

#define WdfObjectAllocateContext QS_AT(qs_WdfObjectAllocateContext)
#define WdfObjectCreate QS_AT(qs_WdfObjectCreate)
#define WdfObjectDelete QS_AT(qs_WdfObjectDelete)
#define WdfObjectGetTypedContextWorker QS_AT(qs_WdfObjectGetTypedContextWorker)
#define WdfObjectContextGetObject QS_AT(qs_WdfObjectContextGetObject)
#define WdfObjectReference(Handle) qs_WdfObjectReference(__FILE__, __LINE__, (Handle), NULL)
#define WdfObjectReferenceWithTag(Handle, Tag) \
    qs_WdfObjectReference(__FILE__, __LINE__, (Handle), (PVOID)(Tag))
#define WdfObjectDereference(Handle) qs_WdfObjectDereference(__FILE__, __LINE__, (Handle), NULL)
#define WdfObjectDereferenceWithTag(Handle, Tag) \
    qs_WdfObjectDereference(__FILE__, __LINE__, (Handle), (PVOID)(Tag))

/* ---- Contexts ----
 *
 * WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(T, GetT) makes a descriptor of T and the accessor
 * T* GetT(WDFOBJECT). The descriptor is weak, so a header that several files of one driver include
 * may hold the declaration; its address is the identity of the type. */

QS_TYPE(WDF_OBJECT_CONTEXT_TYPE_INFO);
typedef const qs_WDF_OBJECT_CONTEXT_TYPE_INFO* PCWDF_OBJECT_CONTEXT_TYPE_INFO;

#define WDF_TYPE_NAME_TO_TYPE_INFO(type) _WDF_##type##_TYPE_INFO
#define WDF_TYPE_NAME_POINTER_TYPE(type) WDF_POINTER_TYPE_##type
#define WDF_GET_CONTEXT_TYPE_INFO(type) (WDF_TYPE_NAME_TO_TYPE_INFO(type).UniqueType)

#define QS_CONTEXT_TYPE(type)                                                              \
    typedef type* WDF_TYPE_NAME_POINTER_TYPE(type);                                        \
    extern const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(type)             \
            __attribute__((weak));                                                         \
    const WDF_OBJECT_CONTEXT_TYPE_INFO WDF_TYPE_NAME_TO_TYPE_INFO(type) = {                \
        sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO), #type, sizeof(type),                         \
        &WDF_TYPE_NAME_TO_TYPE_INFO(type), NULL};

#define QS_CONTEXT_ACCESSOR(type, function)                                                \
    QS_INLINE WDF_TYPE_NAME_POINTER_TYPE(type) function(WDFOBJECT Handle)                  \
    {                                                                                      \
        return (type*)qs_WdfObjectGetTypedContextWorker(                                   \
                __FILE__, __LINE__, Handle, WDF_GET_CONTEXT_TYPE_INFO(type));              \
    }

#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, function) \
    QS_CONTEXT_TYPE(type) QS_CONTEXT_ACCESSOR(type, function)
#define WDF_DECLARE_CONTEXT_TYPE(type) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, WdfObjectGet_##type)
#define WDF_DECLARE_SHARED_CONTEXT_TYPE_WITH_NAME(type, function) \
    WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(type, function)
#define WdfObjectGetTypedContext(handle, type)                        \
    ((type*)qs_WdfObjectGetTypedContextWorker(                        \
            __FILE__, __LINE__, (handle), WDF_GET_CONTEXT_TYPE_INFO(type)))

#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, type) \
    ((attributes)->ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(type))
#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, type) \
    (WDF_OBJECT_ATTRIBUTES_INIT(attributes), \
     WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, type))

QS_INLINE VOID WDF_OBJECT_ATTRIBUTES_INIT(PWDF_OBJECT_ATTRIBUTES Attributes)
{
    QS_INIT(Attributes);
    Attributes->ExecutionLevel = WdfExecutionLevelInheritFromParent;
    Attributes->SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfObjectQuery, WDFOBJECT Object, const GUID* Guid, ULONG QueryBufferLength,
        PVOID QueryBuffer)
#define WdfObjectQuery QS_AT(qs_none_WdfObjectQuery)

#endif
