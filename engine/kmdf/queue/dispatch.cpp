// The dispatch loop (4.2 to 4.6): who is called next, and on which thread.
#include "kmdf/core/validate.h"

namespace qs::kmdf {

using trace::CallbackKind;
using trace::EventCode;
using trace::LoopStep;
using trace::QueuePower;

using rt::emit;

namespace {
// ReadyNotify calls in a row, at one instant, that leave the same request first in the queue: after
// so many it is taken for endless (D-14).
constexpr uint32_t kEndlessReady = 1000;
}  // namespace

void Queue::set_depth(int change) {
  QS_HOLDS("D-02", id, change > 0 || depth > 0);
  depth = uint32_t(int(depth) + change);
  emptied = false;
  emit(EventCode::QueueDepth, id, {}, depth);
}

void Queue::leave_locked(LoopStep step) {
  set_depth(-1);
  emit(EventCode::LoopLeave, id, {}, uint32_t(step));
  lock.unlock();
}

bool Queue::notifying_driver() const {
  return power == QueuePower::StoppingNotifyingDriver ||
         power == QueuePower::PurgeNotifyingDriver ||
         power == QueuePower::RestartingNotifyingDriver;
}

// D-04: may this thread call the driver here and now? If not, a DPC or work item is posted that
// will.
bool Queue::can_dispatch_here_locked() {
  if (passive && rt::irql() > sched::kPassiveLevel) {
    defer_locked(true, trace::DeferReason::PassiveQueue);
    return false;
  }
  if (own_lock && own_lock->owned_by_me()) {
    defer_locked(passive, trace::DeferReason::LockHeldByThread);
    return false;
  }
  if (callback_lock && callback_lock != own_lock && callback_lock->owned_by_me()) {
    defer_locked(passive, trace::DeferReason::LockHeldByThread);
    return false;
  }
  return true;
}

void Queue::defer_locked(bool work_item, trace::DeferReason why) {
  QS_HOLDS("D-04", id, work_item || !passive);
  repost = true;
  bool& posted = work_item ? work_posted : dpc_posted;
  if (posted) return;
  posted = true;
  emit(EventCode::Defer, id, {}, work_item ? 1 : 0, uint32_t(why));
  add_ref(this);
  if (work_item)
    rt::spawn(trace::ThreadKind::WorkItem, "queue work item", id, [this] { deferred_entry(true); });
  else
    rt::post_dpc("queue DPC", id, [this] { deferred_entry(false); });
}

void Queue::deferred_entry(bool work_item) {
  lock.lock(id);
  repost = false;
  enter_full_locked();
  lock.lock(id);
  (work_item ? work_posted : dpc_posted) = false;
  if (repost && !(flags & trace::kDeleted))
    defer_locked(work_item, work_item ? trace::DeferReason::PassiveQueue
                                      : trace::DeferReason::LockHeldByThread);
  lock.unlock();
  release(this);
}

void Queue::enter_guarded_locked() {
  if (depth == 0)
    enter_full_locked();
  else
    lock.unlock();
}

// Links a new request that has to wait. When its IRP is already canceled the lock is
// dropped, the request completed and the lock taken again. Clears `fresh`; false: it was canceled.
bool Queue::insert_new_locked(Request*& fresh) {
  Request* r = fresh;
  fresh = nullptr;
  if (!r) return true;
  if (insert_locked(r, false)) return true;
  lock.unlock();
  set_canceled_bit(r);
  complete_by_framework(r, QS_STATUS_CANCELLED);
  lock.lock(id);
  return false;
}

// The steps and their order: D-05; each is named as in LoopStep. The lock is held at entry and
// dropped at exit.
void Queue::enter_full_locked(Request* fresh) {
  if (flags & trace::kDeleted) return lock.unlock();
  if (!can_dispatch_here_locked()) {
    insert_new_locked(fresh);
    lock.unlock();
    return;
  }
  set_depth(+1);
  for (;;) {
    uint32_t total = waiting.count() + owned_count + (fresh ? 1 : 0);

    if (!cancelled.empty() && !notifying_driver()) {  // CancelCallbacks
      if (!insert_new_locked(fresh)) continue;
      process_cancelled_locked();
      continue;
    }
    // CanceledOnQueueCallbacks
    if (!canceled_on_queue.empty() && !notifying_driver()) {
      if (!insert_new_locked(fresh)) continue;
      process_canceled_on_queue_locked();
      continue;
    }
    if (idle.used && depth == 1 && owned_count == 0) {  // StopComplete
      insert_new_locked(fresh);  // it may be canceled, and others come meanwhile: D-05 goes on
      process_state_callback_locked(idle);
      continue;
    }
    if (purge.used && depth == 1 && total == 0) {  // PurgeComplete
      insert_new_locked(fresh);
      process_state_callback_locked(purge);
      continue;
    }
    if (device->power_policy_owner && power_managed && power_ref && total == 0 &&
        depth == 1) {  // PowerRelease
      release_power_ref_locked();
      continue;
    }
    if (power != QueuePower::On && power != QueuePower::Off) {  // PowerStep
      if (!insert_new_locked(fresh)) continue;
      if (power_step_locked()) continue;
      return leave_locked(LoopStep::PowerStep);
    }
    // Disposal
    if ((flags & trace::kDisposing) && total == 0 && depth == 1) return end_disposal_locked();
    if (power == QueuePower::Off || !dispatches()) {
      if (!insert_new_locked(fresh)) continue;
      return leave_locked(power == QueuePower::Off ? LoopStep::PoweredOff : LoopStep::Stopped);
    }
    if (dispatch_type == trace::Dispatch::Manual) {
      if (!insert_new_locked(fresh)) continue;
      if (ready.used && (flags & trace::kReady)) {
        process_ready_locked();
        continue;
      }
      return leave_locked(LoopStep::Manual);
    }
    const bool sequential = dispatch_type == trace::Dispatch::Sequential;
    if (sequential ? owned_count > 0 : owned_count >= limit) {
      if (!insert_new_locked(fresh)) continue;
      return leave_locked(sequential ? LoopStep::SequentialLimit : LoopStep::ParallelLimit);
    }
    Request* next = take_to_deliver_locked(fresh);  // DeliverWaiting, DeliverNew
    if (!next) return leave_locked(LoopStep::NothingToDo);
    lock.unlock();
    dispatch_to_driver(next);
    lock.lock(id);
  }
}

// The power reference of an empty queue (P-04). Drops the lock meanwhile.
void Queue::release_power_ref_locked() {
  power_ref = false;
  emit(EventCode::PowerRef, id, {}, 0);
  lock.unlock();
  device->drop_power_ref(this);
  lock.lock(id);
}

// The last thread to leave a queue that is being deleted wakes the one that deletes it (O-10).
// Drops the lock.
void Queue::end_disposal_locked() {
  set_flags(trace::kDeleted, 0);
  set_depth(-1);
  lock.unlock();
  delete_gate.signal(id);
}

// The request to hand to the driver, charged: one that waits, or else the new one. A new one that
// is not handed over is put into the waiting list.
Request* Queue::take_to_deliver_locked(Request*& fresh) {
  Request* next = take_next_locked();
  if (next) {
    // D-09: the tiny window is not modelled: the taken request is charged before the lock can
    // drop.
    charge_locked(next, trace::ChargeReason::Dispatch);
    if (fresh) insert_new_locked(fresh);
  } else if (fresh) {
    next = fresh;
    fresh = nullptr;
    next->queue = this;
    note_not_empty_locked();
    charge_locked(next, trace::ChargeReason::Dispatch);
  }
  return next;
}

// Takes the first waiting request whose cancel slot can be disarmed (D-08).
Request* Queue::take_next_locked() {
  for (Node<Request>* n = waiting.first(); n; n = waiting.after(n))
    if (remove_waiting_locked(n->item, trace::RemoveReason::Dispatch)) return n->item;
  return nullptr;
}

namespace {

CallbackKind handler_kind(const Queue& q, const Irp& irp) {
  switch (irp.type) {
    case trace::RequestType::Read:
      if (q.config.EvtIoRead) return CallbackKind::EvtIoRead;
      break;
    case trace::RequestType::Write:
      if (q.config.EvtIoWrite) return CallbackKind::EvtIoWrite;
      break;
    case trace::RequestType::DeviceControl:
      if (q.config.EvtIoDeviceControl) return CallbackKind::EvtIoDeviceControl;
      break;
    case trace::RequestType::InternalControl:
      if (q.config.EvtIoInternalDeviceControl) return CallbackKind::EvtIoInternalDeviceControl;
      break;
    default: break;
  }
  return q.config.EvtIoDefault ? CallbackKind::EvtIoDefault : CallbackKind::Count;
}

void call_handler(Queue* q, Request* r, CallbackKind kind) {
  WDFQUEUE hq = h(q);
  WDFREQUEST hr = h(r);
  const Irp& irp = *r->irp;
  switch (kind) {
    case CallbackKind::EvtIoRead: return q->config.EvtIoRead(hq, hr, irp.length);
    case CallbackKind::EvtIoWrite: return q->config.EvtIoWrite(hq, hr, irp.length);
    case CallbackKind::EvtIoDeviceControl:
      return q->config.EvtIoDeviceControl(hq, hr, irp.out_length, irp.length, irp.code);
    case CallbackKind::EvtIoInternalDeviceControl:
      return q->config.EvtIoInternalDeviceControl(hq, hr, irp.out_length, irp.length, irp.code);
    default: return q->config.EvtIoDefault(hq, hr);
  }
}

}  // namespace

bool Queue::can_handle(trace::RequestType type) const {
  Irp probe;
  probe.type = type;
  return handler_kind(*this, probe) != CallbackKind::Count;
}

// D-20 to D-22, with the lock dropped.
void Queue::dispatch_to_driver(Request* r) {
  QS_HOLDS("I-03", r->id, r->bound == this && r->queue == this);
  QS_HOLDS("I-14", id, !passive || rt::irql() == sched::kPassiveLevel);
  CallbackKind kind = handler_kind(*this, *r->irp);
  if (kind == CallbackKind::Count)
    return complete_by_framework(r, QS_STATUS_INVALID_DEVICE_REQUEST);
  bool counts =
      r->irp->type == trace::RequestType::Read || r->irp->type == trace::RequestType::Write;
  if (counts && r->irp->length == 0 && !config.AllowZeroLengthRequests)
    return complete_by_framework(r, QS_STATUS_SUCCESS);
  bool keep = verifier();
  // a reference is held until the handler has returned with the verifier on, otherwise only
  // while this thread waits for the lock.
  if (keep || callback_lock) add_ref(r);
  r->vflags = (r->vflags | kVDriverOwned | kVInDispatch) & ~kVForwarded;
  set_presented(r, this);
  {
    LockedCallback locked(callback_lock);
    // While this thread waited for the lock somebody may have completed what the driver had not
    // been given.
    bool gone = r->completed;
    if (gone) undefined_misuse("K-12", r->id, id);
    if (!keep && callback_lock) release(r);
    if (!gone) {
      emit(EventCode::Own, r->id, id, uint32_t(trace::OwnReason::Delivered));
      DriverCall call(kind, r->id, id, r->irp->length, r->irp->out_length);
      call_handler(this, r, kind);
    }
  }
  if (keep) {
    if (!r->has(kVForwarded)) r->vflags &= ~uint32_t(kVInDispatch);
    release(r);
  }
}

void Queue::process_cancelled_locked() {
  // C-11: in list order, one lock drop per callback; entries added meanwhile are taken too, also
  // once the power has changed (P-11).
  QS_HOLDS("P-11", id, !notifying_driver());
  while (Request* r = cancelled.front()) {
    QS_HOLDS("I-14", id, !passive || rt::irql() == sched::kPassiveLevel);
    QS_HOLDS("I-08 I-09", r->id, r->cancel_cb && r->canceled_bit && !r->cancelable_listed);
    cancelled.remove(r->cancel);
    r->on_cancel_list = false;
    auto cb = r->cancel_cb;
    r->cancel_cb = nullptr;
    r->vflags |= kVCancelled;
    emit(EventCode::CancelTaken, r->id, id, 0);
    lock.unlock();
    if (r->completed && verifier()) verifier_break("V-08", r->id, id);
    if (cb) {
      LockedCallback locked(callback_lock);
      emit(EventCode::CancelDelivered, r->id, id, 0);
      DriverCall call(CallbackKind::EvtRequestCancel, r->id, id);
      cb(h(r));
    }
    release(r);  // the cancelable list's reference (C-13)
    lock.lock(id);
  }
}

void Queue::process_canceled_on_queue_locked() {
  while (Request* r = canceled_on_queue.front()) {
    QS_HOLDS("I-07 I-10", r->id, r->presented && r->canceled_bit && config.EvtIoCanceledOnQueue);
    canceled_on_queue.remove(r->cancel);
    r->on_cancel_list = false;
    r->vflags |= kVCancelled;
    emit(EventCode::CancelTaken, r->id, id, 1);
    lock.unlock();
    if (r->completed && verifier()) verifier_break("V-08", r->id, id);
    {
      LockedCallback locked(callback_lock);
      emit(EventCode::CancelDelivered, r->id, id, 1);
      DriverCall call(CallbackKind::EvtIoCanceledOnQueue, r->id, id);
      config.EvtIoCanceledOnQueue(h(this), h(r));
    }
    release(r);  // this list's reference
    lock.lock(id);
  }
}

// StopComplete and PurgeComplete: the callback of Stop or of Drain/Purge, which frees its slot
// first (Q-09, E-08).
void Queue::process_state_callback_locked(StateSlot& slot) {
  QS_HOLDS("I-15", id, slot.used);
  QS_HOLDS("I-16", id, &slot != &purge || (depth == 1 && owned_count == 0 && waiting.empty()));
  set_flags(0, trace::kPurgeLatch);
  StateSlot call = slot;
  slot.clear();
  set_slots_event();
  lock.unlock();
  {
    bool takes_lock = call.kind != CallbackKind::EvtIoQueueStopComplete;
    LockedCallback locked(takes_lock ? callback_lock : nullptr);
    if (call.internal) {  // of a synchronous form; with the lock all the same
      call.fn(h(this), call.context);
    } else {
      DriverCall driver(call.kind, id, device->id);
      call.fn(h(this), call.context);
    }
  }
  lock.lock(id);
}

void Queue::process_ready_locked() {
  QS_HOLDS("I-18 I-19", id, ready.used && power == QueuePower::On && dispatches());
  set_flags(0, trace::kReady);  // cleared only here
  StateSlot call = ready;
  const ObjectId first = waiting.empty() ? ObjectId() : waiting.front()->id;
  const uint32_t time = rt::now();
  lock.unlock();
  {
    LockedCallback locked(callback_lock);
    DriverCall driver(CallbackKind::EvtIoQueueReady, id, device->id);
    call.fn(h(this), call.context);
  }
  lock.lock(id);
  const bool in_vain = (flags & trace::kReady) && first && !waiting.empty() &&
                       waiting.front()->id == first && rt::now() == time;
  ready_in_vain = in_vain ? ready_in_vain + 1 : 0;
  if (ready_in_vain < kEndlessReady) return;
  lock.unlock();
  finding("D-14", id);
  end_run(trace::RunEnd::Endless);
}

}  // namespace qs::kmdf
