// Targets and their states (12.1, 12.4).
#include "kmdf/target/io_target.h"

#include <utility>

#include "kmdf/api/common.h"

namespace qs::kmdf {

using rt::emit;
using State = ::qs::trace::TargetState;

IoTarget* make_local_target(Device* device) {  // T-01
  IoTarget* t = make_target(device, false);
  link_child(device, t);
  device->local_target = t;
  return t;
}

void set_target_state(IoTarget* t, State state) {
  if (t->state == state) return;
  t->state = state;
  emit(trace::EventCode::TargetState, t->id, t->device ? t->device->id : ObjectId(),
       uint32_t(state));
}

namespace {

// The pended requests whose slot nobody else has, each with a reference; they stay linked.
std::vector<Request*> claim_pended_locked(IoTarget* t) {
  std::vector<Request*> claimed;
  for (Node<Request>* n = t->pended.first(); n; n = t->pended.after(n))
    if (n->item->irp->take_slot() == Slot::Target) {
      add_ref(n->item);
      claimed.push_back(n->item);
    }
  return claimed;
}

void cancel_all_sent(IoTarget* t) {
  t->lock.lock(t->id);
  std::vector<Request*> sent;
  for (Node<Request>* n = t->sent.first(); n; n = t->sent.after(n)) {
    add_ref(n->item);
    sent.push_back(n->item);
  }
  t->lock.unlock();
  for (Request* r : sent) {
    cancel_sent_request(r);
    release(r);
  }
}

// Waits until everything sent has come back; completion routines may still run. All threads that
// wait share one event, and the last request to come back wakes only one of them (T-19).
void wait_for_sent_io(IoTarget* t) {
  t->lock.lock(t->id);
  bool waits = t->outstanding != 0;
  if (waits) t->somebody_waits = true;
  t->lock.unlock();
  if (!waits) return;
  t->idle_gate.wait(t->lock, trace::WaitReason::TargetIo, t->id,
                    [t] { return std::exchange(t->all_back, false); });
}

// A target that is closed or deleted waits until its own requests are back; one that is deleted,
// also until their completion routines have returned.
void wait_until_idle(IoTarget* t, bool routines) {
  t->idle_gate.wait(t->lock, trace::WaitReason::TargetIo, t->id, [t, routines] {
    return t->outstanding == 0 && (!routines || t->in_routine == 0);
  });
}

// Not closed or deleted.
bool may_purge(const IoTarget* t, State to) {
  bool gone = t->state == State::Closed || t->state == State::Deleted ||
              t->state == State::ClosedForQueryRemove;
  return !gone || to == State::Deleted || to == State::Closed;
}

}  // namespace

int32_t start_target(IoTarget* t) {  // T-21, T-19
  t->lock.lock(t->id);
  if (t->state == State::Deleted) {
    t->lock.unlock();
    return QS_STATUS_INVALID_DEVICE_STATE;
  }
  if (t->somebody_waits) {
    t->lock.unlock();
    wait_for_sent_io(t);
    t->lock.lock(t->id);
  }
  set_target_state(t, State::Started);
  std::vector<Request*> again = claim_pended_locked(t);
  for (Request* r : again) {
    t->pended.remove(r->sent);
    r->pended_in_target = false;
    t->sent.push_back(r->sent, r);
    ++t->outstanding;
    emit(trace::EventCode::SendTarget, r->id, t->id, work_of(r).send_flags);
  }
  t->lock.unlock();
  for (Request* r : again) {
    lower_receives(r->irp, r, t);
    release(r);
  }
  return QS_STATUS_SUCCESS;
}

void stop_target(IoTarget* t, bool cancel_sent, bool wait) {  // T-19
  t->lock.lock(t->id);
  if (t->state == State::Started || t->state == State::Purged) set_target_state(t, State::Stopped);
  t->lock.unlock();
  if (cancel_sent) cancel_all_sent(t);
  if (wait) wait_for_sent_io(t);
}

void purge_target(IoTarget* t, bool wait, State state) {  // T-20
  t->lock.lock(t->id);
  if (may_purge(t, state)) set_target_state(t, state);
  std::vector<Request*> pended = claim_pended_locked(t);
  t->lock.unlock();
  for (Request* r : pended) {
    fail_pended(r, QS_STATUS_WDF_DEVICE_REMOVED_NOT_SENT);
    release(r);
  }
  cancel_all_sent(t);
  if (wait) wait_for_sent_io(t);
}

void close_target(IoTarget* t, State state) {
  purge_target(t, false, state);
  t->open = false;
  if (rt::irql() == sched::kPassiveLevel) wait_until_idle(t, false);
}

void IoTarget::closing() {
  if (state != State::Deleted) purge_target(this, false, State::Deleted);
}

void IoTarget::closed() {
  if (rt::irql() == sched::kPassiveLevel) wait_until_idle(this, true);
}

}  // namespace qs::kmdf
