/* Memory objects. Included by wdf.h. */
#ifndef QS_WDFMEMORY_H
#define QS_WDFMEMORY_H

#include "wdftypes.h"

QS_TYPE(WDF_MEMORY_DESCRIPTOR_TYPE);
#define WdfMemoryDescriptorTypeInvalid qs_WdfMemoryDescriptorTypeInvalid
#define WdfMemoryDescriptorTypeBuffer qs_WdfMemoryDescriptorTypeBuffer
#define WdfMemoryDescriptorTypeMdl qs_WdfMemoryDescriptorTypeMdl
#define WdfMemoryDescriptorTypeHandle qs_WdfMemoryDescriptorTypeHandle

QS_TYPE(WDFMEMORY_OFFSET);
QS_TYPE(WDF_MEMORY_DESCRIPTOR);

#define WdfMemoryCreate QS_AT(qs_WdfMemoryCreate)
#define WdfMemoryCreatePreallocated QS_AT(qs_WdfMemoryCreatePreallocated)
#define WdfMemoryGetBuffer QS_AT(qs_WdfMemoryGetBuffer)
#define WdfMemoryAssignBuffer QS_AT(qs_WdfMemoryAssignBuffer)
#define WdfMemoryCopyToBuffer QS_AT(qs_WdfMemoryCopyToBuffer)
#define WdfMemoryCopyFromBuffer QS_AT(qs_WdfMemoryCopyFromBuffer)
#define WdfLookasideListCreate QS_AT(qs_WdfLookasideListCreate)
#define WdfMemoryCreateFromLookaside QS_AT(qs_WdfMemoryCreateFromLookaside)

QS_INLINE VOID WDF_MEMORY_DESCRIPTOR_INIT_BUFFER(PWDF_MEMORY_DESCRIPTOR Descriptor, PVOID Buffer,
        ULONG BufferLength)
{
    memset(Descriptor, 0, sizeof *Descriptor);
    Descriptor->Type = WdfMemoryDescriptorTypeBuffer;
    Descriptor->u.BufferType.Buffer = Buffer;
    Descriptor->u.BufferType.Length = BufferLength;
}

QS_INLINE VOID WDF_MEMORY_DESCRIPTOR_INIT_HANDLE(PWDF_MEMORY_DESCRIPTOR Descriptor,
        WDFMEMORY Memory, PWDFMEMORY_OFFSET Offsets)
{
    memset(Descriptor, 0, sizeof *Descriptor);
    Descriptor->Type = WdfMemoryDescriptorTypeHandle;
    Descriptor->u.HandleType.Memory = Memory;
    Descriptor->u.HandleType.Offsets = Offsets;
}

QS_INLINE VOID WDF_MEMORY_DESCRIPTOR_INIT_MDL(PWDF_MEMORY_DESCRIPTOR Descriptor, PMDL Mdl,
        ULONG BufferLength)
{
    memset(Descriptor, 0, sizeof *Descriptor);
    Descriptor->Type = WdfMemoryDescriptorTypeMdl;
    Descriptor->u.MdlType.Mdl = Mdl;
    Descriptor->u.MdlType.BufferLength = BufferLength;
}

#endif
