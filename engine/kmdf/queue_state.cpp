// Start, stop, drain, purge, ready-notify and deletion of a queue (rules Q).
#include <algorithm>

#include "kmdf/forward_progress.h"
#include "kmdf/framework.h"

namespace qs::kmdf {

using rt::emit;

void Queue::start() {
  lock.lock(id);
  set_flags((flags & kShutdown ? 0u : uint32_t(kAccept)) | kDispatch, kPurgeLatch);
  if (waiting.count() > 0) set_flags(kReady, kForceReady);
  enter_full_locked();
}

namespace {

// a busy slot, or a queue that is being deleted, is fatal.
void check_slot(Queue* q, const StateSlot& slot, bool wanted) {
  int32_t status = QS_STATUS_SUCCESS;
  if (q->flags & kDeleted)
    status = QS_STATUS_DELETE_PENDING;
  else if (wanted && slot.used)
    status = QS_STATUS_INVALID_DEVICE_REQUEST;
  if (status == QS_STATUS_SUCCESS) return;
  q->lock.unlock();
  bugcheck("V-19", 0xA, uint64_t(q->id.raw), 0, q->id, {}, true);
}

}  // namespace

void Queue::stop(StateSlot slot, bool cancel_requests) {
  lock.lock(id);
  check_slot(this, idle, slot.used);
  if (slot.used) {
    idle = slot;
    set_slots_event();
  }
  set_flags((flags & kShutdown ? 0u : uint32_t(kAccept)) | (cancel_requests ? kPurgeLatch : 0u),
            kDispatch);
  if (cancel_requests) {
    for (Node<Request>* n = waiting.first(); n; n = waiting.after(n))
      if (!n->item->irp->cancelled()) set_canceled_bit(n->item);
    std::vector<Irp*> pended = take_pended_irps(this, nullptr);
    purge_waiting_locked(true);
    purge_cancelable_locked();
    if (!pended.empty()) {
      lock.unlock();
      for (Irp* irp : pended) complete_irp(irp, QS_STATUS_CANCELLED, 0);
      lock.lock(id);
    }
  }
  enter_full_locked();
}

void Queue::drain(StateSlot slot) {
  lock.lock(id);
  check_slot(this, purge, slot.used);
  if (slot.used) purge = slot;
  set_flags(0, kAccept);
  set_slots_event();
  enter_full_locked();
}

// Q-11; `shutdown` for the removal purge of P-31 and for deletion.
void Queue::purge_all(StateSlot slot, bool shutdown) {
  lock.lock(id);
  if (!shutdown) check_slot(this, purge, slot.used);
  if (slot.used) purge = slot;
  bool latch = fw().options.client_minor >= 11;
  set_flags((latch ? kPurgeLatch : 0u) | (shutdown ? kShutdown : 0u), kAccept);
  set_slots_event();
  std::vector<Irp*> pended = take_pended_irps(this, nullptr);
  purge_waiting_locked(false);
  purge_cancelable_locked();
  if (!pended.empty()) {
    lock.unlock();
    for (Irp* irp : pended) complete_irp(irp, QS_STATUS_CANCELLED, 0);
    lock.lock(id);
  }
  enter_full_locked();
}

int32_t Queue::ready_notify(StateCallback fn, void* context) {
  lock.lock(id);
  int32_t status = QS_STATUS_INVALID_DEVICE_REQUEST;
  bool misuse = true;
  if (dispatch_type != Dispatch::Manual) {
  } else if (flags & kDeleted) {
    status = QS_STATUS_DELETE_PENDING;
    misuse = false;
  } else if (fn ? ready.used : !ready.used || dispatches()) {
  } else {
    status = QS_STATUS_SUCCESS;
    misuse = false;
  }
  if (status != QS_STATUS_SUCCESS) {
    lock.unlock();
    if (misuse) verifier_break("V-21", id);
    return status;
  }
  ready.clear();
  if (fn) ready = {fn, context, true, false, CallbackKind::EvtIoQueueReady};
  set_slots_event();
  enter_full_locked();
  return status;
}

// O-10: the deleting thread waits until it is the only one left and nothing is in the queue.
void Queue::dispose() {
  purge_all({}, false);
  lock.lock(id);
  auto& all = device->queues;  // power and file cleanup pass it by from here on
  all.erase(std::remove(all.begin(), all.end(), this), all.end());
  set_flags(kDisposing, 0);
  enter_full_locked();
  delete_gate.wait(lock, WaitReason::QueueDeletion, id, [this] { return flags & kDeleted; });
}

}  // namespace qs::kmdf
