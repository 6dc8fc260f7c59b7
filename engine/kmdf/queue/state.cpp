// Start, stop, drain, purge, ready-notify and deletion of a queue (rules Q).
#include <algorithm>

#include "kmdf/core/facts.h"
#include "kmdf/queue/forward_progress.h"

namespace qs::kmdf {

using rt::emit;

void Queue::start() {
  lock.lock(id);
  set_flags((flags & trace::kShutdown ? 0u : uint32_t(trace::kAccept)) | trace::kDispatch,
            trace::kPurgeLatch);
  if (waiting.count() > 0) set_flags(trace::kReady, trace::kForceReady);
  enter_full_locked();
}

namespace {

// a busy slot, or a deleted queue, is fatal. Under the lock.
void check_slot(Queue* q, trace::Act act, bool wanted) {
  law::Facts facts = call_facts(q);
  facts.caller.irql = sched::kPassiveLevel;  // judged before the lock was taken (V-20)
  law::Call call{act};
  call.callback = wanted;
  const law::Ruling ruling = law::on_queue_change(facts, call);
  if (!ruling.reported()) return;
  q->lock.unlock();
  carry_out(ruling, q->id);
}

}  // namespace

void Queue::stop(StateSlot slot, bool cancel_requests) {
  lock.lock(id);
  check_slot(this, cancel_requests ? trace::Act::QueueStopAndPurge : trace::Act::QueueStop,
             slot.used);
  if (slot.used) {
    idle = slot;
    set_slots_event();
  }
  set_flags((flags & trace::kShutdown ? 0u : uint32_t(trace::kAccept)) |
                (cancel_requests ? trace::kPurgeLatch : 0u),
            trace::kDispatch);
  if (cancel_requests) {
    for (Node<Request>* n = waiting.first(); n; n = waiting.after(n))
      if (!n->item->irp->cancelled()) set_canceled_bit(n->item);
    cancel_all_locked(true);
  }
  enter_full_locked();
}

// Those of a StopAndPurge are chosen before anything is canceled (Q-08 step 3), those of a purge
// when that is done (Q-11 step 5): a reserved request that comes free meanwhile takes one.
void Queue::cancel_all_locked(bool marked_only) {
  std::vector<Irp*> pended;
  if (marked_only) pended = take_pended_irps(this, nullptr);
  purge_waiting_locked(marked_only);
  purge_cancelable_locked();
  if (!marked_only) pended = take_pended_irps(this, nullptr);
  cancel_pended_locked(pended);
}

void Queue::cancel_pended_locked(const std::vector<Irp*>& pended) {
  if (pended.empty()) return;
  lock.unlock();
  for (Irp* irp : pended) complete_irp(irp, QS_STATUS_CANCELLED, 0);
  lock.lock(id);
}

void Queue::drain(StateSlot slot) {
  lock.lock(id);
  check_slot(this, trace::Act::QueueDrain, slot.used);
  if (slot.used) purge = slot;
  set_flags(0, trace::kAccept);
  set_slots_event();
  cancel_pended_locked(take_pended_irps(this, nullptr));  // S-08
  enter_full_locked();
}

// Q-11; `shutdown` for the removal purge of P-31 and for deletion.
void Queue::purge_all(StateSlot slot, bool shutdown) {
  lock.lock(id);
  if (!shutdown) check_slot(this, trace::Act::QueuePurge, slot.used);
  if (slot.used) purge = slot;
  bool latch = fw().options.client_minor >= 11;
  set_flags((latch ? trace::kPurgeLatch : 0u) | (shutdown ? trace::kShutdown : 0u), trace::kAccept);
  set_slots_event();
  cancel_all_locked(false);
  enter_full_locked();
}

int32_t Queue::ready_notify(StateCallback fn, void* context) {
  lock.lock(id);
  const law::Ruling ruling = law::on_ready_notify(call_facts(this), fn != nullptr);
  if (ruling.reported() || ruling.status_known) {
    lock.unlock();
    carry_out(ruling, id);
    return ruling.status;
  }
  ready.clear();
  if (fn) ready = {fn, context, true, false, trace::CallbackKind::EvtIoQueueReady};
  set_slots_event();
  enter_full_locked();
  return QS_STATUS_SUCCESS;
}

// O-10: the deleting thread waits until it is the only one left and nothing is in the queue.
void Queue::dispose() {
  purge_all({}, false);
  lock.lock(id);
  auto& all = device->queues;  // no longer seen by power changes and file cleanup
  all.erase(std::remove(all.begin(), all.end(), this), all.end());
  set_flags(trace::kDisposing, 0);
  enter_full_locked();
  delete_gate.wait(lock, trace::WaitReason::QueueDeletion, id,
                   [this] { return flags & trace::kDeleted; });
  free_reserved_requests(this);
}

}  // namespace qs::kmdf
