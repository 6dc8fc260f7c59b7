// Interrupts of virtual hardware: the ISR at its device IRQL or, with passive handling, on a
// thread, then its DPC or work item. Owns: Interrupt, a WDFINTERRUPT. Called by api/interrupt.cpp,
// by device/hardware.cpp when the hardware has something to say, and by device/power.cpp, which
// connects and disconnects them.
#pragma once
#include <vector>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Device;

// Of every interrupt that is not handled at PASSIVE_LEVEL.
constexpr uint8_t kDeviceIrql = 5;

struct Interrupt final : Object {
  explicit Interrupt(ObjectId i) : Object(i) {}
  Device* device = nullptr;
  qs_INTERRUPT_CONFIG config{};
  CallbackLock* serialization = nullptr;  // of its DPC and work item (AutomaticSerialization)
  bool connected = false;
  bool enabled = true;  // by WdfInterruptEnable and Disable
  bool dpc_queued = false, work_queued = false;
  // The interrupt lock: held by the ISR, and by hand.
  rt::Thread* owner = nullptr;
  uint8_t old_irql = 0;
  sched::WaitList waiters;

  bool passive() const { return config.PassiveHandling; }
  void acquire();
  void release();
  void closing() override { connected = false; }
};

// The hardware of that device interrupts: every connected interrupt's ISR runs, in the order in
// which the driver made them, until one says that it was its own. From inside or outside a thread.
void raise_interrupts(Device* device);
// EvtInterruptEnable, after EvtDeviceD0Entry; its NTSTATUS. EvtInterruptDisable, before
// EvtDeviceD0Exit.
int32_t connect_interrupts(Device* device);
void disconnect_interrupts(Device* device);

// FALSE: it is queued already.
bool queue_interrupt_dpc(Interrupt* i);
bool queue_interrupt_work(Interrupt* i);

}  // namespace qs::kmdf
