/* Interrupts of virtual hardware: one prototype for each function that is simulated (abi_wdf.h).
 */
#ifndef QS_ABI_INTERRUPT_H
#define QS_ABI_INTERRUPT_H

#include "abi_types.h"

QS_C_BEGIN

QS_HANDLE(WDFINTERRUPT);

/* WDF_INTERRUPT_CONFIG. */
typedef struct qs_INTERRUPT_CONFIG {
    uint32_t Size;
    WDFSPINLOCK SpinLock;
    int32_t ShareVector;
    uint8_t FloatingSave;
    uint8_t AutomaticSerialization;
    uint8_t (*EvtInterruptIsr)(WDFINTERRUPT Interrupt, uint32_t MessageID);
    void (*EvtInterruptDpc)(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
    int32_t (*EvtInterruptEnable)(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
    int32_t (*EvtInterruptDisable)(WDFINTERRUPT Interrupt, WDFDEVICE AssociatedDevice);
    void (*EvtInterruptWorkItem)(WDFINTERRUPT Interrupt, WDFOBJECT AssociatedObject);
    void* InterruptRaw;
    void* InterruptTranslated;
    WDFWAITLOCK WaitLock;
    uint8_t PassiveHandling;
    int32_t ReportInactiveOnPowerDown;
    uint8_t CanWakeDevice;
} qs_INTERRUPT_CONFIG;

int32_t qs_WdfInterruptCreate(QS_SITE, WDFDEVICE Device, qs_INTERRUPT_CONFIG* Configuration,
        qs_WDF_OBJECT_ATTRIBUTES* Attributes, WDFINTERRUPT* Interrupt);
uint8_t qs_WdfInterruptQueueDpcForIsr(QS_SITE, WDFINTERRUPT Interrupt);
uint8_t qs_WdfInterruptQueueWorkItemForIsr(QS_SITE, WDFINTERRUPT Interrupt);
uint8_t qs_WdfInterruptSynchronize(QS_SITE, WDFINTERRUPT Interrupt,
        uint8_t (*Callback)(WDFINTERRUPT Interrupt, void* Context), void* Context);
void qs_WdfInterruptAcquireLock(QS_SITE, WDFINTERRUPT Interrupt);
void qs_WdfInterruptReleaseLock(QS_SITE, WDFINTERRUPT Interrupt);
void qs_WdfInterruptEnable(QS_SITE, WDFINTERRUPT Interrupt);
void qs_WdfInterruptDisable(QS_SITE, WDFINTERRUPT Interrupt);
WDFDEVICE qs_WdfInterruptGetDevice(QS_SITE, WDFINTERRUPT Interrupt);

QS_C_END
#endif
