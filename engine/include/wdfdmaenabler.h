/* DMA enablers. Declared only. Included by wdf.h. */
#ifndef QS_WDFDMAENABLER_H
#define QS_WDFDMAENABLER_H

#include "wdftypes.h"

#define WDF_DMA_ENABLER_UNLIMITED_FRAGMENTS ((ULONG)-1)

typedef enum _WDF_DMA_PROFILE {
    WdfDmaProfileInvalid = 0, WdfDmaProfilePacket, WdfDmaProfileScatterGather,
    WdfDmaProfilePacket64, WdfDmaProfileScatterGather64, WdfDmaProfileScatterGatherDuplex,
    WdfDmaProfileScatterGather64Duplex, WdfDmaProfileSystem, WdfDmaProfileSystemDuplex,
} WDF_DMA_PROFILE;

typedef enum _WDF_DMA_DIRECTION {
    WdfDmaDirectionReadFromDevice = FALSE, WdfDmaDirectionWriteToDevice = TRUE,
} WDF_DMA_DIRECTION;

typedef enum _WDF_DMA_ENABLER_CONFIG_FLAGS {
    WDF_DMA_ENABLER_CONFIG_NO_SGLIST_PREALLOCATION = 0x00000001,
    WDF_DMA_ENABLER_CONFIG_REQUIRE_SINGLE_TRANSFER = 0x00000002,
} WDF_DMA_ENABLER_CONFIG_FLAGS;

typedef struct _WDF_DMA_SYSTEM_PROFILE_CONFIG {
    ULONG Size;
    BOOLEAN DemandMode;
    BOOLEAN LoopedTransfer;
    DMA_WIDTH DmaWidth;
    PHYSICAL_ADDRESS DeviceAddress;
    PCM_PARTIAL_RESOURCE_DESCRIPTOR DmaDescriptor;
} WDF_DMA_SYSTEM_PROFILE_CONFIG, *PWDF_DMA_SYSTEM_PROFILE_CONFIG;

typedef NTSTATUS EVT_WDF_DMA_ENABLER_FILL(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FILL* PFN_WDF_DMA_ENABLER_FILL;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_FLUSH(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_FLUSH* PFN_WDF_DMA_ENABLER_FLUSH;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_ENABLE(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_ENABLE* PFN_WDF_DMA_ENABLER_ENABLE;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_DISABLE(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_DISABLE* PFN_WDF_DMA_ENABLER_DISABLE;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_START* PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START;
typedef NTSTATUS EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP(WDFDMAENABLER DmaEnabler);
typedef EVT_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP* PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP;

typedef struct _WDF_DMA_ENABLER_CONFIG {
    ULONG Size;
    WDF_DMA_PROFILE Profile;
    size_t MaximumLength;
    PFN_WDF_DMA_ENABLER_FILL EvtDmaEnablerFill;
    PFN_WDF_DMA_ENABLER_FLUSH EvtDmaEnablerFlush;
    PFN_WDF_DMA_ENABLER_DISABLE EvtDmaEnablerDisable;
    PFN_WDF_DMA_ENABLER_ENABLE EvtDmaEnablerEnable;
    PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_START EvtDmaEnablerSelfManagedIoStart;
    PFN_WDF_DMA_ENABLER_SELFMANAGED_IO_STOP EvtDmaEnablerSelfManagedIoStop;
    ULONG AddressWidthOverride;
    ULONG WdmDmaVersionOverride;
    ULONG Flags;
} WDF_DMA_ENABLER_CONFIG, *PWDF_DMA_ENABLER_CONFIG;

QS_INLINE VOID WDF_DMA_ENABLER_CONFIG_INIT(PWDF_DMA_ENABLER_CONFIG Config, WDF_DMA_PROFILE Profile,
        size_t MaximumLength)
{
    QS_INIT(Config);
    Config->Profile = Profile;
    Config->MaximumLength = MaximumLength;
}

QS_INLINE VOID WDF_DMA_SYSTEM_PROFILE_CONFIG_INIT(PWDF_DMA_SYSTEM_PROFILE_CONFIG DmaConfig,
        PHYSICAL_ADDRESS Address, DMA_WIDTH DmaWidth, PCM_PARTIAL_RESOURCE_DESCRIPTOR DmaDescriptor)
{
    QS_INIT(DmaConfig);
    DmaConfig->DeviceAddress = Address;
    DmaConfig->DmaWidth = DmaWidth;
    DmaConfig->DmaDescriptor = DmaDescriptor;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

QS_NOT_SIMULATED_STATUS(WdfDmaEnablerCreate, WDFDEVICE Device, PWDF_DMA_ENABLER_CONFIG Config,
        PWDF_OBJECT_ATTRIBUTES Attributes, WDFDMAENABLER* DmaEnablerHandle)
#define WdfDmaEnablerCreate QS_AT(qs_none_WdfDmaEnablerCreate)
QS_NOT_SIMULATED_STATUS(WdfDmaEnablerConfigureSystemProfile, WDFDMAENABLER DmaEnabler,
        PWDF_DMA_SYSTEM_PROFILE_CONFIG ProfileConfig, WDF_DMA_DIRECTION ConfigDirection)
#define WdfDmaEnablerConfigureSystemProfile QS_AT(qs_none_WdfDmaEnablerConfigureSystemProfile)
QS_NOT_SIMULATED(size_t, WdfDmaEnablerGetMaximumLength, WDFDMAENABLER DmaEnabler)
#define WdfDmaEnablerGetMaximumLength QS_AT(qs_none_WdfDmaEnablerGetMaximumLength)
QS_NOT_SIMULATED(size_t, WdfDmaEnablerGetMaximumScatterGatherElements, WDFDMAENABLER DmaEnabler)
#define WdfDmaEnablerGetMaximumScatterGatherElements \
    QS_AT(qs_none_WdfDmaEnablerGetMaximumScatterGatherElements)
QS_NOT_SIMULATED_VOID(WdfDmaEnablerSetMaximumScatterGatherElements, WDFDMAENABLER DmaEnabler,
        size_t MaximumFragments)
#define WdfDmaEnablerSetMaximumScatterGatherElements \
    QS_AT(qs_none_WdfDmaEnablerSetMaximumScatterGatherElements)
QS_NOT_SIMULATED(size_t, WdfDmaEnablerGetFragmentLength, WDFDMAENABLER DmaEnabler,
        WDF_DMA_DIRECTION DmaDirection)
#define WdfDmaEnablerGetFragmentLength QS_AT(qs_none_WdfDmaEnablerGetFragmentLength)
QS_NOT_SIMULATED(PDMA_ADAPTER, WdfDmaEnablerWdmGetDmaAdapter, WDFDMAENABLER DmaEnabler,
        WDF_DMA_DIRECTION DmaDirection)
#define WdfDmaEnablerWdmGetDmaAdapter QS_AT(qs_none_WdfDmaEnablerWdmGetDmaAdapter)

#endif
