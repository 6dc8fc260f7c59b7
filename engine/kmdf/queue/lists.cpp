// Links of the queue's lists and the counters that go with them. Every change of a field that a
// learner could ask about emits its event here, in the same function.
#include "kmdf/core/validate.h"

namespace qs::kmdf {

using trace::CallbackKind;

using rt::emit;

void Queue::set_flags(uint32_t set, uint32_t clear) {
  uint32_t now = (flags & ~clear) | set;
  if (now == flags) return;
  flags = now;
  set_slots_event();
}

void Queue::set_slots_event() {
  uint32_t slots = (idle.used ? uint32_t(trace::kSlotIdle) : 0) |
                   (purge.used ? uint32_t(trace::kSlotPurge) : 0) |
                   (ready.used ? uint32_t(trace::kSlotReady) : 0);
  emit(trace::EventCode::QueueFlags, id, {}, flags, slots);
}

void Queue::set_power(trace::QueuePower p) {
  if (power == p) return;
  QS_HOLDS("I-21", id, p != trace::QueuePower::Off || (to_notify.empty() && notified.empty()));
  power = p;
  emit(trace::EventCode::QueuePower, id, {}, uint32_t(p));
}

// Q-16, P-04: the queue is no longer empty.
void Queue::note_not_empty_locked() {
  set_flags(trace::kReady, 0);
  if (!device->power_policy_owner || !power_managed || power_ref) return;
  power_ref = device->may_reference_power();  // a stopped device gives none, nor later (P-04)
  if (!power_ref) return;
  emit(trace::EventCode::PowerRef, id, {}, 1);
  device->take_power_ref(this);
}

// C-02: links and arms; false when the IRP is already canceled (then it is not linked).
bool Queue::insert_locked(Request* r, bool head) {
  QS_HOLDS("I-02", r->id, places_of(r) == 0 && !r->completed && r->irp && r->irp->request == r);
  QS_HOLDS("I-22", r->id, head || accepts());
  if (head)
    waiting.push_front(r->csq, r);
  else
    waiting.push_back(r->csq, r);
  r->irp->arm(Slot::Waiting);
  if (r->irp->cancelled() && r->irp->take_slot() != Slot::Empty) {
    waiting.remove(r->csq);
    return false;
  }
  add_ref(r);
  r->queue = this;
  r->listed_in = RequestList::Waiting;
  emit(trace::EventCode::Insert, r->id, id, head ? 1 : 0, waiting.count());
  if (waiting.count() == 1 || (flags & trace::kForceReady)) {
    set_flags(0, trace::kForceReady);
    note_not_empty_locked();
  }
  return true;
}

// C-03: false when a canceler has taken the slot; the entry is left to it.
bool Queue::remove_waiting_locked(Request* r, trace::RemoveReason why) {
  QS_HOLDS("I-02", r->id, r->listed_in == RequestList::Waiting && r->queue == this);
  if (r->irp->take_slot() == Slot::Empty) return false;
  waiting.remove(r->csq);
  r->listed_in = RequestList::None;
  emptied = why == trace::RemoveReason::Retrieve && waiting.empty();
  emit(trace::EventCode::Remove, r->id, id, uint32_t(why), waiting.count());
  release(r);
  return true;
}

void Queue::charge_locked(Request* r, trace::ChargeReason why) {
  QS_HOLDS("I-03", r->id, places_of(r) == 0 && !r->bound && !r->completed);
  ++owned_count;
  owned.push_back(r->own, r);
  r->listed_in = RequestList::Owned;
  r->bound = this;
  r->dispatched = why == trace::ChargeReason::Dispatch;
  if (r->dispatched) {
    ++dispatched_count;
    const uint32_t most = most_dispatched();
    QS_HOLDS("I-04", id,
             dispatches() && dispatch_type != trace::Dispatch::Manual && owned_count <= most);
    QS_HOLDS("I-04 I-19", id, power == trace::QueuePower::On && depth > 0);
  }
  emit(trace::EventCode::Charge, r->id, id, owned_count, uint32_t(why));
}

void Queue::unlink_owned_locked(Request* r) {
  switch (r->listed_in) {
    case RequestList::Owned: owned.remove(r->own); break;
    case RequestList::ToNotify: to_notify.remove(r->own); break;
    case RequestList::Notified: notified.remove(r->own); break;
    default: return;
  }
  r->listed_in = RequestList::None;
}

void Queue::uncharge_locked(Request* r, trace::UnchargeReason why) {
  QS_HOLDS("I-03", r->id, r->bound == this && owned_count > 0);
  unlink_owned_locked(r);
  --owned_count;
  dispatched_count -= r->dispatched;
  r->bound = nullptr;
  emit(trace::EventCode::Uncharge, r->id, id, owned_count, uint32_t(why));
}

// K-05 step 7.
void Queue::uncharge(Request* r, trace::UnchargeReason why) {
  lock.lock(id);
  if (verifier() && r->on_cancel_list) {
    lock.unlock();
    verifier_break("V-08", r->id, id);
    lock.lock(id);
  }
  if (r->cancelable_listed && !r->on_cancel_list) {  // completed while cancelable (V-07)
    if (r->irp->take_slot() != Slot::Empty) {
      cancelable.remove(r->csq);
      r->cancelable_listed = false;
      release(r);
    }
  }
  r->vflags &= ~(kVDriverOwned | kVInCallerContext);
  uncharge_locked(r, why);
  enter_guarded_locked();
}

uint32_t Queue::state_bits() const {
  uint32_t bits = flags & (trace::kAccept | trace::kDispatch);
  if (waiting.count() == 0) bits |= 0x04;
  if (owned_count == 0) bits |= 0x08;
  if (power_managed && power != trace::QueuePower::On) bits |= 0x10;
  return bits;
}

uint64_t Queue::callback_bits() const {
  uint64_t bits = 0;
  auto add = [&](bool there, CallbackKind kind) {
    if (there) bits |= uint64_t(1) << unsigned(kind);
  };
  add(config.EvtIoDefault, CallbackKind::EvtIoDefault);
  add(config.EvtIoRead, CallbackKind::EvtIoRead);
  add(config.EvtIoWrite, CallbackKind::EvtIoWrite);
  add(config.EvtIoDeviceControl, CallbackKind::EvtIoDeviceControl);
  add(config.EvtIoInternalDeviceControl, CallbackKind::EvtIoInternalDeviceControl);
  add(config.EvtIoStop, CallbackKind::EvtIoStop);
  add(config.EvtIoResume, CallbackKind::EvtIoResume);
  add(config.EvtIoCanceledOnQueue, CallbackKind::EvtIoCanceledOnQueue);
  return bits;
}

}  // namespace qs::kmdf
