#include "kmdf/async/interrupt.h"

#include "kmdf/api/common.h"
#include "kmdf/core/locks.h"

namespace qs::kmdf {

using rt::emit;

void Interrupt::acquire() {
  const uint8_t before = rt::irql();
  if (!passive() && before < kDeviceIrql) rt::raise_irql(kDeviceIrql);
  rt::yield(sched::Op::DriverLock, id);
  while (owner) {
    note_lock_wait(id, owner);
    rt::sched().wait_on(waiters, trace::WaitReason::LockHeld, id);
  }
  owner = rt::self();
  set_lock_owner(id, owner);
  old_irql = before;
  emit(trace::EventCode::LockAcquire, id, device->id, rt::irql());
}

void Interrupt::release() {
  const uint8_t before = old_irql;
  owner = nullptr;
  set_lock_owner(id, nullptr);
  emit(trace::EventCode::LockRelease, id, device->id, before);
  rt::sched().wake_all(waiters, id);
  if (!passive() && before < rt::irql()) rt::lower_irql(before);
}

namespace {

// TRUE: the driver claims the interrupt.
bool run_isr(Interrupt* i) {
  bool own = false;
  i->acquire();
  if (i->connected && i->enabled) {
    DriverCall call(trace::CallbackKind::EvtInterruptIsr, i->id, i->device->id);
    own = i->config.EvtInterruptIsr(handle<WDFINTERRUPT>(i), 0);
  }
  i->release();
  return own;
}

// What the DPC and the work item have in common.
void run_deferred(Interrupt* i, trace::CallbackKind kind, void (*fn)(WDFINTERRUPT, WDFOBJECT)) {
  LockedCallback locked(i->serialization);
  DriverCall call(kind, i->id, i->device->id);
  fn(handle<WDFINTERRUPT>(i), handle<WDFOBJECT>(i->device));
}

}  // namespace

void raise_interrupts(Device* device) {
  bool any = false;
  for (const Interrupt* i : device->interrupts) any |= i->connected && i->enabled;
  if (!any) return;
  // The processor is interrupted: the ISR has a thread of its own in what is seen.
  rt::sched().spawn(trace::ThreadKind::Hardware, "interrupt", device->id, sched::kPassiveLevel,
                    rt::bind_to_run([device] {
                      for (size_t n = 0; n < device->interrupts.size(); ++n)
                        if (run_isr(device->interrupts[n])) break;
                    }));
}

int32_t connect_interrupts(Device* device) {
  for (Interrupt* i : device->interrupts) {
    if (i->delete_called || i->connected) continue;
    i->connected = true;
    if (!i->config.EvtInterruptEnable) continue;
    i->acquire();
    int32_t status;
    {
      DriverCall call(trace::CallbackKind::EvtInterruptEnable, i->id, device->id);
      status = i->config.EvtInterruptEnable(handle<WDFINTERRUPT>(i), h(device));
    }
    i->release();
    if (!NT_OK(status)) return status;
  }
  return QS_STATUS_SUCCESS;
}

void disconnect_interrupts(Device* device) {
  for (Interrupt* i : device->interrupts) {
    if (!i->connected) continue;
    if (i->config.EvtInterruptDisable) {
      i->acquire();
      {
        DriverCall call(trace::CallbackKind::EvtInterruptDisable, i->id, device->id);
        i->config.EvtInterruptDisable(handle<WDFINTERRUPT>(i), h(device));
      }
      i->release();
    }
    i->connected = false;
  }
}

bool queue_interrupt_dpc(Interrupt* i) {
  if (i->dpc_queued || !i->config.EvtInterruptDpc) return false;
  i->dpc_queued = true;
  add_ref(i);
  rt::sched().post_dpc("interrupt DPC", i->id, rt::bind_to_run([i] {
                         i->dpc_queued = false;
                         run_deferred(i, trace::CallbackKind::EvtInterruptDpc,
                                      i->config.EvtInterruptDpc);
                         qs::kmdf::release(i);
                       }));
  return true;
}

bool queue_interrupt_work(Interrupt* i) {
  if (i->work_queued || !i->config.EvtInterruptWorkItem) return false;
  i->work_queued = true;
  add_ref(i);
  rt::spawn(trace::ThreadKind::WorkItem, "interrupt work item", i->id, [i] {
    i->work_queued = false;
    run_deferred(i, trace::CallbackKind::EvtInterruptWorkItem, i->config.EvtInterruptWorkItem);
    qs::kmdf::release(i);
  });
  return true;
}

}  // namespace qs::kmdf
