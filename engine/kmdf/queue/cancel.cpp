// Cancellation in a queue (rules C): of waiting requests, of cancelable ones, mark and unmark.
#include "kmdf/core/validate.h"

namespace qs::kmdf {

using trace::EventCode;

using rt::emit;

// C-05, C-07. The request is unlinked; the lock is held at the call and dropped at return.
void Queue::cancel_for_queue_locked(Request* r) {
  QS_HOLDS("C-05", r->id, places_of(r) == 0 && !r->completed);
  set_canceled_bit(r);
  r->vflags &= ~uint32_t(kVCancelable | kVTag);
  if (!r->presented || !config.EvtIoCanceledOnQueue) {
    r->queue = this;
    lock.unlock();
    complete_by_framework(r, QS_STATUS_CANCELLED);
    return enter_guarded();
  }
  r->vflags |= kVDriverOwned;
  charge_locked(r, trace::ChargeReason::CanceledOnQueue);
  canceled_on_queue.push_back(r->cancel, r);
  add_ref(r);
  r->on_cancel_list = true;
  emit(EventCode::CanceledOnQueue, r->id, id);
  enter_guarded_locked();
}

// c2 for a waiting request: the canceler has the slot.
void Queue::cancel_waiting(Request* r) {
  lock.lock(id);
  QS_HOLDS("C-05", r->id, r->listed_in == RequestList::Waiting && r->irp->cancelled());
  waiting.remove(r->csq);
  r->listed_in = RequestList::None;
  emit(EventCode::Remove, r->id, id, uint32_t(trace::RemoveReason::Cancel), waiting.count());
  add_ref(r);
  release(r);  // the waiting list's reference
  cancel_for_queue_locked(r);
  release(r);
}

// c2 for a cancelable request, in its two lock holds (C-10).
void Queue::cancel_cancelable(Request* r) {
  lock.lock(id);
  QS_HOLDS("C-10", r->id, r->cancelable_listed && r->cancel_queue == this);
  cancelable.remove(r->csq);
  r->cancelable_listed = false;
  set_canceled_bit(r);
  r->cancel_pending_put = true;
  lock.unlock();
  cancel_driver_listed(r);
}

void Queue::cancel_driver_listed(Request* r) {
  lock.lock(id);
  r->cancel_pending_put = false;
  cancelled.push_back(r->cancel, r);
  r->on_cancel_list = true;
  emit(EventCode::CancelPending, r->id, id);
  enter_guarded_locked();
}

// Another thread may complete the request while this one waits for the lock. Its memory may belong
// to another request by then, so the call must not go on.
bool Queue::lock_for(Request* r) {
  const ObjectId request = r->id;
  lock.lock(id);
  if (fw().find(request) == r && !r->completed) return true;
  lock.unlock();
  undefined_misuse("R-07", request, id);
  return false;
}

// C-20 to C-22. NTSTATUS as of WdfRequestMarkCancelableEx; the checks of the verifier are done.
int32_t Queue::mark_cancelable(Request* r, void (*cb)(WDFREQUEST), bool ex) {
  if (!lock_for(r)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  bool was_cancelled = purge_latch();
  if (!was_cancelled) {
    r->cancel_cb = cb;
    r->cancel_queue = this;
    r->vflags |= kVCancelable;
    cancelable.push_back(r->csq, r);
    r->cancelable_listed = true;
    add_ref(r);
    r->irp->arm(Slot::Cancelable);
    if (!r->irp->cancelled() || r->irp->take_slot() == Slot::Empty) {
      emit(EventCode::Cancelable, r->id, id);
      lock.unlock();
      return QS_STATUS_SUCCESS;
    }
    cancelable.remove(r->csq);
    r->cancelable_listed = false;
    release(r);
  }
  if (ex) {  // C-22
    r->cancel_cb = nullptr;
    r->vflags &= ~uint32_t(kVCancelable);
    QS_HOLDS("I-11", r->id, !r->cancelable_listed && !r->on_cancel_list);
    lock.unlock();
    return QS_STATUS_CANCELLED;
  }
  r->cancel_cb = cb;  // C-21
  r->vflags |= kVCancelable;
  set_canceled_bit(r);
  add_ref(r);
  cancelled.push_back(r->cancel, r);
  r->on_cancel_list = true;
  emit(EventCode::Cancelable, r->id, id);
  emit(EventCode::CancelPending, r->id, id);
  enter_guarded_locked();
  return QS_STATUS_SUCCESS;
}

namespace {

// Takes the cancel slot of one that is marked cancelable. There is no IRP while another thread is
// completing the request although it is marked (K-10, V-07): that thread takes it off the list.
bool take_if_cancelable(Request* r) {
  return r->cancelable_listed && r->irp && r->irp->take_slot() != Slot::Empty;
}

}  // namespace

// C-30, C-31.
int32_t Queue::unmark_cancelable(Request* r) {
  const ObjectId request = r->id;
  lock.lock(id);
  int32_t status = QS_STATUS_CANCELLED;
  if (fw().find(request) != r) {  // its cancel callback has come first, and completed it
    lock.unlock();
    undefined_misuse("R-07", request, id);
    return status;
  }
  if (take_if_cancelable(r)) {
    cancelable.remove(r->csq);
    r->cancelable_listed = false;
    r->cancel_cb = nullptr;
    r->vflags &= ~uint32_t(kVCancelable);
    emit(EventCode::Uncancelable, r->id, id);
    release(r);
    status = QS_STATUS_SUCCESS;
  }
  lock.unlock();
  return status;
}

// L-06 for one queue: every waiting request of that file, from the head, until none is left.
void Queue::flush_by_file(FileObject* file) {
  lock.lock(id);
  for (;;) {
    Request* found = nullptr;
    for (Node<Request>* n = waiting.first(); n && !found; n = waiting.after(n))
      if (n->item->irp->file && n->item->irp->file->identity == file->identity &&
          remove_waiting_locked(n->item, trace::RemoveReason::Cleanup))
        found = n->item;
    if (!found) break;
    cancel_for_queue_locked(found);
    lock.lock(id);
  }
  enter_full_locked();
}

// Q-08 step 4, Q-11 step 3: disposes of waiting requests from the head. With `marked_only` the walk
// ends at the first request that was not waiting when it began.
void Queue::purge_waiting_locked(bool marked_only) {
  for (;;) {
    Request* r = nullptr;
    for (Node<Request>* n = waiting.first(); n && !r; n = waiting.after(n)) {
      Request* candidate = n->item;
      if (marked_only && !candidate->canceled_bit && !candidate->irp->cancelled()) return;
      if (remove_waiting_locked(candidate, trace::RemoveReason::Purge)) r = candidate;
    }
    if (!r) return;
    cancel_for_queue_locked(r);
    lock.lock(id);
  }
}

void Queue::purge_cancelable_locked() {
  for (;;) {
    Request* r = nullptr;
    for (Node<Request>* n = cancelable.first(); n && !r; n = cancelable.after(n))
      if (take_if_cancelable(n->item)) r = n->item;
    if (!r) return;
    cancelable.remove(r->csq);
    r->cancelable_listed = false;
    set_canceled_bit(r);
    emit(EventCode::CancelClaim, r->id, id);
    r->cancel_pending_put = true;
    lock.unlock();
    cancel_driver_listed(r);
    lock.lock(id);
  }
}

}  // namespace qs::kmdf
