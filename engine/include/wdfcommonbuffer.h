/* DMA buffers. Declared only. Included by wdf.h. */
#ifndef QS_WDFCOMMONBUFFER_H
#define QS_WDFCOMMONBUFFER_H

#include "wdftypes.h"

typedef struct _WDF_COMMON_BUFFER_CONFIG {
    ULONG Size;
    ULONG AlignmentRequirement;
} WDF_COMMON_BUFFER_CONFIG, *PWDF_COMMON_BUFFER_CONFIG;

QS_INLINE VOID WDF_COMMON_BUFFER_CONFIG_INIT(PWDF_COMMON_BUFFER_CONFIG Config,
        ULONG AlignmentRequirement)
{
    QS_INIT(Config);
    Config->AlignmentRequirement = AlignmentRequirement;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfCommonBufferCreate, WDFDMAENABLER DmaEnabler, size_t Length,
        PWDF_OBJECT_ATTRIBUTES Attributes, WDFCOMMONBUFFER* CommonBuffer)
#define WdfCommonBufferCreate QS_AT(qs_none_WdfCommonBufferCreate)
QS_NOT_SIMULATED_STATUS(WdfCommonBufferCreateWithConfig, WDFDMAENABLER DmaEnabler, size_t Length,
        PWDF_COMMON_BUFFER_CONFIG Config, PWDF_OBJECT_ATTRIBUTES Attributes,
        WDFCOMMONBUFFER* CommonBuffer)
#define WdfCommonBufferCreateWithConfig QS_AT(qs_none_WdfCommonBufferCreateWithConfig)
QS_NOT_SIMULATED(PVOID, WdfCommonBufferGetAlignedVirtualAddress, WDFCOMMONBUFFER CommonBuffer)
#define WdfCommonBufferGetAlignedVirtualAddress \
    QS_AT(qs_none_WdfCommonBufferGetAlignedVirtualAddress)
QS_NOT_SIMULATED(PHYSICAL_ADDRESS, WdfCommonBufferGetAlignedLogicalAddress,
        WDFCOMMONBUFFER CommonBuffer)
#define WdfCommonBufferGetAlignedLogicalAddress \
    QS_AT(qs_none_WdfCommonBufferGetAlignedLogicalAddress)
QS_NOT_SIMULATED(size_t, WdfCommonBufferGetLength, WDFCOMMONBUFFER CommonBuffer)
#define WdfCommonBufferGetLength QS_AT(qs_none_WdfCommonBufferGetLength)

#endif
