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

void add_sent(const List<Request>& list, std::vector<Request*>& to) {
  for (Node<Request>* n = list.first(); n; n = list.after(n)) {
    add_ref(n->item);
    to.push_back(n->item);
  }
}

void fail_all(const std::vector<Request*>& pended) {
  for (Request* r : pended) {
    fail_pended(r, QS_STATUS_WDF_DEVICE_REMOVED_NOT_SENT);
    release(r);
  }
}

void cancel_all(const std::vector<Request*>& sent) {
  for (Request* r : sent) {
    cancel_sent_request(r);
    release(r);
  }
}

// T-19: there is one event for all who wait, and the first of them takes it.
void wait_for_event(IoTarget* t) {
  t->lock.lock(t->id);
  const bool is_set = std::exchange(t->sent_event, false);
  const uint32_t turn = is_set ? 0 : t->event_waits++;
  t->lock.unlock();
  if (is_set) return;
  t->idle_gate.wait(t->lock, trace::WaitReason::TargetIo, t->id,
                    [t, turn] { return turn < t->event_wakes; });
}

// Who does not wait sets the event, and so lets one go that waits already.
void set_waits_locked(IoTarget* t, bool waits) {
  t->waits_for_sent = waits;
  t->sent_event = false;
  if (!waits) set_sent_event_locked(t);
}

void wait_for_sent_io(IoTarget* t) {
  wait_for_event(t);
  t->lock.lock(t->id);
  t->waits_for_sent = false;
  t->lock.unlock();
}

// T-21: what a start sends again. Who is just timing out or being canceled comes back canceled.
std::vector<Request*> take_pended_locked(IoTarget* t, std::vector<Request*>& lost) {
  std::vector<Request*> again;
  for (Request* r : claim_pended_locked(t)) {
    t->pended.remove(r->sent);
    (withdraw_send(r) ? again : lost).push_back(r);
  }
  return again;
}

}  // namespace

void set_sent_event_locked(IoTarget* t) {
  if (t->event_wakes < t->event_waits)
    ++t->event_wakes;  // the first takes it, even if it runs later
  else
    t->sent_event = true;
}

int32_t start_target(IoTarget* t) {  // T-21, T-19
  t->lock.lock(t->id);
  while (t->state != State::Deleted && t->waits_for_sent) {
    t->lock.unlock();
    wait_for_event(t);
    t->lock.lock(t->id);
  }
  if (t->state == State::Deleted) {
    t->lock.unlock();
    return QS_STATUS_INVALID_DEVICE_STATE;
  }
  set_target_state(t, State::Started);
  t->waits_for_sent = t->sent_event = false;
  std::vector<Request*> lost;
  const std::vector<Request*> again = take_pended_locked(t, lost);
  t->lock.unlock();
  for (Request* r : lost) {
    request_back(r, QS_STATUS_CANCELLED, 0);
    release(r);
  }
  for (Request* r : again) {
    submit_again(r, t);
    release(r);
  }
  return QS_STATUS_SUCCESS;
}

void stop_target(IoTarget* t, bool cancel_sent, bool wait) {  // T-19
  std::vector<Request*> sent;
  t->lock.lock(t->id);
  if (t->state == State::Started || t->state == State::Purged) set_target_state(t, State::Stopped);
  const bool waits = wait && (t->waits_for_sent || !t->sent.empty());
  if (cancel_sent) add_sent(t->sent, sent);
  set_waits_locked(t, waits);
  t->lock.unlock();
  t->idle_gate.signal(t->id);
  cancel_all(sent);
  if (waits) wait_for_sent_io(t);
}

void purge_target(IoTarget* t, bool wait) {  // T-20
  std::vector<Request*> sent;
  t->lock.lock(t->id);
  if (t->state == State::Started || t->state == State::Stopped) set_target_state(t, State::Purged);
  const std::vector<Request*> pended = claim_pended_locked(t);
  const bool waits = wait && (t->waits_for_sent || !t->sent.empty());
  add_sent(t->sent, sent);
  set_waits_locked(t, waits);
  t->lock.unlock();
  t->idle_gate.signal(t->id);
  fail_all(pended);
  cancel_all(sent);
  if (waits) wait_for_sent_io(t);
}

void close_target(IoTarget* t, State state) {
  std::vector<Request*> sent;
  t->lock.lock(t->id);
  if (state == State::ClosedForQueryRemove && !t->open) state = State::Closed;
  t->open = false;
  if (t->waits_for_sent) {
    t->lock.unlock();
    wait_for_event(t);
    t->lock.lock(t->id);
  }
  set_target_state(t, state);
  const std::vector<Request*> pended = claim_pended_locked(t);
  add_sent(t->ignoring, sent);  // these first
  add_sent(t->sent, sent);
  t->removing = !sent.empty();
  t->sent_event = false;
  if (!t->removing) set_sent_event_locked(t);
  t->lock.unlock();
  t->idle_gate.signal(t->id);
  fail_all(pended);
  cancel_all(sent);
  if (rt::irql() > sched::kPassiveLevel) return;  // V-47: nobody can wait here
  if (!sent.empty()) wait_for_event(t);
  if (state != State::Deleted) {
    t->sent_event = false;
    return;
  }
  t->idle_gate.wait(t->lock, trace::WaitReason::TargetIo, t->id, [t] {
    return t->sent.empty() && t->ignoring.empty() && t->pended.empty() && t->in_routine == 0;
  });
}

// T-20: the driver's EvtCleanupCallback comes first, and may wait for what is sent itself.
void IoTarget::closed() {
  if (state != State::Deleted) close_target(this, State::Deleted);
}

}  // namespace qs::kmdf
