// Arrival, forward and requeue (rules A and F): how requests come into a queue.
#include "kmdf/core/validate.h"

namespace qs::kmdf {

using rt::emit;

// The request is new; the IRP is marked pending by the caller.
int32_t Queue::arrive(Request* r) {
  lock.lock(id);
  if (!accepts()) {
    lock.unlock();
    complete_by_framework(r, QS_STATUS_INVALID_DEVICE_STATE);
    return QS_STATUS_INVALID_DEVICE_STATE;
  }
  r->queue = this;
  emit(trace::EventCode::Bind, r->id, id);
  if (r->reserved && depth != 0) {  // D-03
    insert_new_locked(r);
    lock.unlock();
  } else {
    enter_full_locked(r);
  }
  return QS_STATUS_PENDING;
}

// F-12 steps 2 to 4, A-17. Ownership is the framework's on success.
int32_t Queue::insert_from_forward(Request* r) {
  lock.lock(id);
  if (!accepts()) {
    lock.unlock();
    return QS_STATUS_WDF_BUSY;
  }
  Queue* before = r->queue;
  r->queue = this;
  emit(trace::EventCode::Bind, r->id, id);
  r->vflags &= ~uint32_t(kVDriverOwned | kVTag);
  if (r->has(kVInDispatch) && before) r->vflags |= kVForwarded;
  r->vflags &= ~uint32_t(kVInDispatch);
  if (!insert_locked(r, false)) {
    cancel_for_queue_locked(r);
    lock.lock(id);
  }
  enter_full_locked();
  return QS_STATUS_SUCCESS;
}

// F-12. The request may be gone when this returns.
int32_t Queue::forward(Request* r, Queue* dest) {
  const ObjectId request = r->id;
  if (!lock_for(r)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  // F-12 step 1: it leaves the list, but the queue still counts it.
  unlink_owned_locked(r);
  r->bound = nullptr;
  const bool dispatched = r->dispatched;
  ++leaving;
  emit(trace::EventCode::GiveUp, request, id, uint32_t(trace::GiveUpReason::Forward));
  lock.unlock();
  const int32_t status = dest->insert_from_forward(r);  // F-12 steps 2 to 4
  lock.lock(id);
  --leaving;
  if (status != QS_STATUS_SUCCESS) {
    owned.push_back(r->own, r);
    r->listed_in = RequestList::Owned;
    r->bound = this;
    r->vflags |= kVDriverOwned;
    emit(trace::EventCode::BackToOwned, request, id);
    emit(trace::EventCode::Own, request, id, uint32_t(trace::OwnReason::CallFailed));
    lock.unlock();
    return status;
  }
  QS_HOLDS("I-03", id, owned_count > 0);
  --owned_count;  // F-12 step 5
  dispatched_count -= dispatched;
  emit(trace::EventCode::Uncharge, request, id, owned_count,
       uint32_t(trace::UnchargeReason::Forward));
  enter_guarded_locked();
  return status;
}

// F-03, F-04.
void Queue::requeue(Request* r) {
  if (!lock_for(r)) return;
  uncharge_locked(r, trace::UnchargeReason::Requeue);
  r->vflags &= ~uint32_t(kVDriverOwned | kVInDispatch | kVTag);
  if (purge_latch() || !insert_locked(r, true)) {
    cancel_for_queue_locked(r);
    return enter_full();  // C-08: EvtIoCanceledOnQueue may come inside this call
  }
  enter_full_locked();
}

}  // namespace qs::kmdf
