/* Interrupts: virtual hardware raises them (qsdevice.h). Included by wdf.h. */
#ifndef QS_WDFINTERRUPT_H
#define QS_WDFINTERRUPT_H

#include "wdftypes.h"

typedef enum _WDF_INTERRUPT_POLARITY {
    WdfInterruptPolarityUnknown = 0, WdfInterruptActiveHigh, WdfInterruptActiveLow,
} WDF_INTERRUPT_POLARITY, *PWDF_INTERRUPT_POLARITY;

typedef enum _WDF_INTERRUPT_POLICY {
    WdfIrqPolicyMachineDefault = 0, WdfIrqPolicyAllCloseProcessors, WdfIrqPolicyOneCloseProcessor,
    WdfIrqPolicyAllProcessorsInMachine, WdfIrqPolicySpecifiedProcessors,
    WdfIrqPolicySpreadMessagesAcrossAllProcessors,
} WDF_INTERRUPT_POLICY, *PWDF_INTERRUPT_POLICY;

typedef enum _WDF_INTERRUPT_PRIORITY {
    WdfIrqPriorityUndefined = 0, WdfIrqPriorityLow, WdfIrqPriorityNormal, WdfIrqPriorityHigh,
} WDF_INTERRUPT_PRIORITY, *PWDF_INTERRUPT_PRIORITY;

typedef struct _WDF_INTERRUPT_INFO {
    ULONG Size;
    ULONG64 Reserved1;
    KAFFINITY TargetProcessorSet;
    ULONG Reserved2;
    ULONG MessageNumber;
    ULONG Vector;
    KIRQL Irql;
    KINTERRUPT_MODE Mode;
    WDF_INTERRUPT_POLARITY Polarity;
    BOOLEAN MessageSignaled;
    UCHAR ShareDisposition;
    DECLSPEC_ALIGN(8) USHORT Group;
} WDF_INTERRUPT_INFO, *PWDF_INTERRUPT_INFO;

typedef struct _WDF_INTERRUPT_EXTENDED_POLICY {
    ULONG Size;
    WDF_INTERRUPT_POLICY Policy;
    WDF_INTERRUPT_PRIORITY Priority;
    GROUP_AFFINITY TargetProcessorSetAndGroup;
} WDF_INTERRUPT_EXTENDED_POLICY, *PWDF_INTERRUPT_EXTENDED_POLICY;

typedef BOOLEAN EVT_WDF_INTERRUPT_ISR(WDFINTERRUPT Interrupt, ULONG MessageID);
typedef EVT_WDF_INTERRUPT_ISR* PFN_WDF_INTERRUPT_ISR;
typedef BOOLEAN EVT_WDF_INTERRUPT_SYNCHRONIZE(WDFINTERRUPT Interrupt, WDFCONTEXT Context);
typedef EVT_WDF_INTERRUPT_SYNCHRONIZE* PFN_WDF_INTERRUPT_SYNCHRONIZE;
typedef VOID EVT_WDF_INTERRUPT_DPC(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
typedef EVT_WDF_INTERRUPT_DPC* PFN_WDF_INTERRUPT_DPC;
typedef VOID EVT_WDF_INTERRUPT_WORKITEM(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
typedef EVT_WDF_INTERRUPT_WORKITEM* PFN_WDF_INTERRUPT_WORKITEM;
typedef NTSTATUS EVT_WDF_INTERRUPT_ENABLE(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
typedef EVT_WDF_INTERRUPT_ENABLE* PFN_WDF_INTERRUPT_ENABLE;
typedef NTSTATUS EVT_WDF_INTERRUPT_DISABLE(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
typedef EVT_WDF_INTERRUPT_DISABLE* PFN_WDF_INTERRUPT_DISABLE;

typedef qs_INTERRUPT_CONFIG WDF_INTERRUPT_CONFIG, *PWDF_INTERRUPT_CONFIG;
#define _WDF_INTERRUPT_CONFIG qs_INTERRUPT_CONFIG

QS_INLINE VOID WDF_INTERRUPT_CONFIG_INIT(PWDF_INTERRUPT_CONFIG Configuration,
        PFN_WDF_INTERRUPT_ISR EvtInterruptIsr, PFN_WDF_INTERRUPT_DPC EvtInterruptDpc)
{
    QS_INIT(Configuration);
    Configuration->ShareVector = WdfUseDefault;
    Configuration->EvtInterruptIsr = EvtInterruptIsr;
    Configuration->EvtInterruptDpc = EvtInterruptDpc;
    Configuration->ReportInactiveOnPowerDown = WdfUseDefault;
}

QS_INLINE VOID WDF_INTERRUPT_INFO_INIT(PWDF_INTERRUPT_INFO Info)
{
    QS_INIT(Info);
}

QS_INLINE VOID WDF_INTERRUPT_EXTENDED_POLICY_INIT(PWDF_INTERRUPT_EXTENDED_POLICY ExtendedPolicy)
{
    QS_INIT(ExtendedPolicy);
    ExtendedPolicy->Policy = WdfIrqPolicyMachineDefault;
    ExtendedPolicy->Priority = WdfIrqPriorityUndefined;
}

/* Not simulated, or accepted without effect: see qs/call.h. */

#define WdfInterruptCreate QS_AT(qs_WdfInterruptCreate)
#define WdfInterruptQueueDpcForIsr QS_AT(qs_WdfInterruptQueueDpcForIsr)
#define WdfInterruptQueueWorkItemForIsr QS_AT(qs_WdfInterruptQueueWorkItemForIsr)
#define WdfInterruptSynchronize QS_AT(qs_WdfInterruptSynchronize)
#define WdfInterruptAcquireLock QS_AT(qs_WdfInterruptAcquireLock)
#define WdfInterruptReleaseLock QS_AT(qs_WdfInterruptReleaseLock)
#define WdfInterruptEnable QS_AT(qs_WdfInterruptEnable)
#define WdfInterruptDisable QS_AT(qs_WdfInterruptDisable)
QS_NOT_SIMULATED(PKINTERRUPT, WdfInterruptWdmGetInterrupt, WDFINTERRUPT Interrupt)
#define WdfInterruptWdmGetInterrupt QS_AT(qs_none_WdfInterruptWdmGetInterrupt)
QS_NOT_SIMULATED_VOID(WdfInterruptGetInfo, WDFINTERRUPT Interrupt, PWDF_INTERRUPT_INFO Info)
#define WdfInterruptGetInfo QS_AT(qs_none_WdfInterruptGetInfo)
QS_NOTED_VOID(WdfInterruptSetPolicy, WDFINTERRUPT Interrupt, WDF_INTERRUPT_POLICY Policy,
        WDF_INTERRUPT_PRIORITY Priority, KAFFINITY TargetProcessorSet)
#define WdfInterruptSetPolicy QS_AT(qs_none_WdfInterruptSetPolicy)
QS_NOTED_VOID(WdfInterruptSetExtendedPolicy, WDFINTERRUPT Interrupt,
        PWDF_INTERRUPT_EXTENDED_POLICY PolicyAndGroup)
#define WdfInterruptSetExtendedPolicy QS_AT(qs_none_WdfInterruptSetExtendedPolicy)
#define WdfInterruptGetDevice QS_AT(qs_WdfInterruptGetDevice)
QS_NOT_SIMULATED(BOOLEAN, WdfInterruptTryToAcquireLock, WDFINTERRUPT Interrupt)
#define WdfInterruptTryToAcquireLock QS_AT(qs_none_WdfInterruptTryToAcquireLock)
QS_NOTED_VOID(WdfInterruptReportActive, WDFINTERRUPT Interrupt)
#define WdfInterruptReportActive QS_AT(qs_none_WdfInterruptReportActive)
QS_NOTED_VOID(WdfInterruptReportInactive, WDFINTERRUPT Interrupt)
#define WdfInterruptReportInactive QS_AT(qs_none_WdfInterruptReportInactive)

#endif
