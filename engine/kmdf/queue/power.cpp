// The power steps of a queue (10.2 to 10.5).
#include "kmdf/core/validate.h"

namespace qs::kmdf {

using trace::QueuePower;

using rt::emit;

namespace {

constexpr uint32_t kActionSuspend = 0x01, kActionPurge = 0x02, kActionCancelable = 0x10000000;

}  // namespace

// D-05 step 6, by state (P-15). True: restart the loop; false: leave it.
bool Queue::power_step_locked() {
  switch (power) {
    case QueuePower::StartingTransition:
      if (depth == 1 && !power_idle) {
        power_idle = true;
        power_gate.signal(id);
      }
      return false;
    case QueuePower::Stopping:
    case QueuePower::Purge:
    case QueuePower::Restarting:
      while (Request* r = owned.front()) {
        owned.remove(r->own);
        to_notify.push_back(r->own, r);
        r->listed_in = RequestList::ToNotify;
        emit(trace::EventCode::ToNotify, r->id, id);
      }
      set_power(power == QueuePower::Stopping ? QueuePower::StoppingNotifyingDriver
                : power == QueuePower::Purge  ? QueuePower::PurgeNotifyingDriver
                                              : QueuePower::RestartingNotifyingDriver);
      return true;
    case QueuePower::StoppingNotifyingDriver:
    case QueuePower::PurgeNotifyingDriver:
      if (to_notify.empty())
        set_power(power == QueuePower::StoppingNotifyingDriver ? QueuePower::StoppingDriverNotified
                                                               : QueuePower::PurgeDriverNotified);
      else
        stop_notify_one_locked();
      return true;
    case QueuePower::StoppingDriverNotified:
    case QueuePower::PurgeDriverNotified: {
      bool some = process_acks_locked();
      if (notified.empty() && depth == 1) {
        set_power(QueuePower::Off);
        power_idle = true;
        power_gate.signal(id);
        return true;
      }
      return some;
    }
    case QueuePower::RestartingNotifyingDriver:
      if (to_notify.empty())
        set_power(QueuePower::RestartingDriverNotified);
      else
        resume_notify_one_locked();
      return true;
    case QueuePower::RestartingDriverNotified:
      set_power(QueuePower::On);
      power_idle = true;
      power_gate.signal(id);
      return false;
    default: return false;
  }
}

// P-10 step 2.
void Queue::stop_notify_one_locked() {
  Request* r = to_notify.front();
  to_notify.remove(r->own);
  notified.push_back(r->own, r);
  r->listed_in = RequestList::Notified;
  emit(trace::EventCode::Notified, r->id, id);
  bool purging = power == QueuePower::PurgeNotifyingDriver;
  if (purging) r->stop_ack = StopAck::None;  // it acknowledged an earlier EvtIoStop
  if (!config.EvtIoStop || r->canceled_bit) return;
  uint32_t action = purging ? kActionPurge : kActionSuspend;
  if (r->cancelable_listed) action |= kActionCancelable;
  r->vflags |= kVInEvtIoStop;
  add_ref(r);
  QS_HOLDS("I-19", r->id, power != QueuePower::Off && r->bound == this);
  lock.unlock();
  {
    LockedCallback locked(callback_lock);
    DriverCall call(trace::CallbackKind::EvtIoStop, r->id, id, action);
    config.EvtIoStop(h(this), h(r), action);
  }
  release(r);
  lock.lock(id);
}

// P-26: back to owned, and EvtIoResume if due.
void Queue::resume_notify_one_locked() {
  Request* r = to_notify.front();
  to_notify.remove(r->own);
  owned.push_back(r->own, r);
  r->listed_in = RequestList::Owned;
  emit(trace::EventCode::BackToOwned, r->id, id);
  if (!config.EvtIoResume || r->canceled_bit) return;
  QS_HOLDS("I-19", r->id, power != QueuePower::Off && r->bound == this);
  add_ref(r);
  lock.unlock();
  {
    LockedCallback locked(callback_lock);
    DriverCall call(trace::CallbackKind::EvtIoResume, r->id, id);
    config.EvtIoResume(h(this), h(r));
  }
  release(r);
  lock.lock(id);
}

// P-10 step 3: all acknowledged requests first leave the notified list, then each is handled (P-21,
// P-22).
bool Queue::process_acks_locked() {
  // The lock is dropped on the way: what is completed meanwhile may be another request by then.
  std::vector<std::pair<ObjectId, Request*>> acked;
  for (Node<Request>* n = notified.first(); n;) {
    Request* r = n->item;
    n = notified.after(n);
    if (r->stop_ack == StopAck::None) continue;
    notified.remove(r->own);
    owned.push_back(r->own, r);
    r->listed_in = RequestList::Owned;
    acked.emplace_back(r->id, r);
  }
  for (const auto& [request, r] : acked) {
    if (fw().find(request) != r || r->completed) continue;
    if (r->listed_in != RequestList::Owned || r->bound != this) continue;
    StopAck ack = r->stop_ack;
    if (ack == StopAck::None) continue;
    r->stop_ack = StopAck::None;
    r->vflags &= ~uint32_t(kVInEvtIoStop);
    if (ack == StopAck::Acknowledged) {
      emit(trace::EventCode::BackToOwned, r->id, id);
      continue;
    }
    if (r->cancelable_listed || r->cancel_pending_put || r->on_cancel_list) {
      lock.unlock();
      undefined_misuse("V-15", r->id, id);
      lock.lock(id);
    }
    if (r->target || r->completed) {  // sent on, or being completed, after the answer
      lock.unlock();
      undefined_misuse("F-31", r->id, id);
      lock.lock(id);
      continue;
    }
    r->vflags &= ~uint32_t(kVDriverOwned | kVInDispatch);
    emit(trace::EventCode::GiveUp, r->id, id, uint32_t(trace::GiveUpReason::StopAck));
    uncharge_locked(r, trace::UnchargeReason::StopAck);
    if (purge_latch() || !insert_locked(r, true)) {
      cancel_for_queue_locked(r);
      lock.lock(id);
    }
  }
  return !acked.empty();
}

void Queue::hold_for_power() {
  lock.lock(id);
  if (flags & trace::kDeleted) return lock.unlock();
  set_power(QueuePower::StartingTransition);
  power_idle = false;
  enter_full_locked();
  power_gate.wait(lock, trace::WaitReason::PowerDown, id, [this] { return power_idle; });
}

void Queue::stop_for_power() {
  lock.lock(id);
  if (flags & trace::kDeleted) return lock.unlock();
  set_power(QueuePower::Stopping);
  power_idle = false;
  enter_full_locked();
  power_gate.wait(lock, trace::WaitReason::PowerDown, id, [this] { return power_idle; });
}

// P-31: shutdown and purge, then the stop step with the purge action for everything still owned.
void Queue::purge_for_removal() {
  if (flags & trace::kDeleted) return;
  purge_all({}, true);
  lock.lock(id);
  if (flags & trace::kDeleted) return lock.unlock();
  set_power(QueuePower::Purge);
  power_idle = false;
  enter_full_locked();
  power_gate.wait(lock, trace::WaitReason::Removal, id, [this] { return power_idle; });
}

void Queue::resume_for_power() {
  lock.lock(id);
  if (flags & trace::kDeleted) return lock.unlock();
  if (flags & trace::kShutdown) set_flags(trace::kAccept, trace::kShutdown);
  if (power == QueuePower::On) return lock.unlock();
  delivery_due = true;
  set_power(QueuePower::Restarting);
  power_idle = false;
  enter_full_locked();
  power_gate.wait(lock, trace::WaitReason::PowerUp, id, [this] { return power_idle; });
}

void Queue::deliver_after_resume() {
  lock.lock(id);
  delivery_due = false;
  if (waiting.count() > 0) set_flags(trace::kReady, trace::kForceReady);
  enter_full_locked();
}

}  // namespace qs::kmdf
