#include "kmdf/queue/forward_progress.h"

#include <algorithm>

#include "kmdf/core/validate.h"
#include "kmdf/request/wdm_view.h"

namespace qs::kmdf {

using rt::emit;

namespace {

constexpr int kAlways = 1, kExamine = 2, kPagingIo = 3;  // S-02
constexpr int kActionFail = 1, kActionUseReserved = 2;

int32_t allocate_resources(Queue* q, Request* r, bool at_setup) {
  auto& policy = q->progress->policy;
  auto fn = at_setup ? policy.EvtIoAllocateResourcesForReservedRequest
                     : policy.EvtIoAllocateRequestResources;
  if (!fn) return QS_STATUS_SUCCESS;
  set_presented(r, q);  // R-05 (d)
  DriverCall call(at_setup ? trace::CallbackKind::EvtIoAllocateResourcesForReservedRequest
                           : trace::CallbackKind::EvtIoAllocateRequestResources,
                  r->id, q->id);
  return fn(h(q), h(r));
}

bool use_reserved(Queue* q, Irp* irp) {
  auto& policy = q->progress->policy;
  switch (int(policy.ForwardProgressReservedPolicy)) {
    case kPagingIo: return irp->paging;
    case kExamine: {
      DriverCall call(trace::CallbackKind::EvtIoWdmIrpForForwardProgress, irp->id, q->id);
      int action = int(policy.ForwardProgressReservePolicySettings.Policy.ExaminePolicy
                           .EvtIoWdmIrpForForwardProgress(h(q), wdm_view(irp)));
      if (action == kActionUseReserved) return true;
      if (action != kActionFail) {
        because("the examine callback returned " + std::to_string(action) + ", which is no action");
        verifier_break("V-46", irp->id, q->id);
      }
      return false;
    }
    default: return true;
  }
}

void attach(Request* r, Irp* irp, Queue* q) {
  r->irp = irp;
  irp->request = r;
  r->completed = r->canceled_bit = false;
  r->vflags = 0;
  r->queue = q;
  r->stop_ack = StopAck::None;
}

}  // namespace

Request* allocate_request(Device* device, Queue* q, Irp* irp) {
  bool failed = fw().allocation_fails();
  if (!failed) {
    Request* r = make_request(irp, device);
    if (!q || !q->progress || NT_OK(allocate_resources(q, r, false))) return r;
    irp->request = nullptr;
    r->irp = nullptr;
    release(r);
  }
  if (!q || !q->progress) {
    complete_irp(irp, QS_STATUS_INSUFFICIENT_RESOURCES, 0);
    return nullptr;
  }
  if (!use_reserved(q, irp)) {
    complete_irp(irp, QS_STATUS_UNSUCCESSFUL, 0);
    return nullptr;
  }
  irp->pending_marked = true;
  q->lock.lock(q->id);
  auto& pool = q->progress->free;
  if (pool.empty()) {
    irp->arm(Slot::PendedIrp);
    if (irp->cancelled() && irp->take_slot() != Slot::Empty) {
      q->lock.unlock();
      complete_irp(irp, QS_STATUS_CANCELLED, 0);
      return nullptr;
    }
    q->progress->pended.push_back(irp);
    emit(trace::EventCode::PendIrp, irp->id, q->id);
    q->lock.unlock();
    return nullptr;
  }
  Request* r = pool.front();
  pool.erase(pool.begin());
  ++q->progress->in_use;
  q->lock.unlock();
  attach(r, irp, q);
  emit(trace::EventCode::Reserved, irp->id, q->id, 1, r->id.raw);
  return r;
}

void return_to_pool(Request* r) {
  QS_HOLDS("I-25", r->id, r->home && places_of(r) == 0);
  Queue* home = r->home;
  home->lock.lock(home->id);
  ForwardProgress& p = *home->progress;
  Irp* next = nullptr;
  while (!p.pended.empty() && !next) {
    Irp* irp = p.pended.front();
    p.pended.erase(p.pended.begin());
    if (irp->take_slot() != Slot::Empty) next = irp;
  }
  if (!next) {
    p.free.push_back(r);
    --p.in_use;
  }
  home->lock.unlock();
  emit(trace::EventCode::Reserved, r->id, home->id, 0);
  if (!next) return;
  attach(r, next, home);
  emit(trace::EventCode::Reserved, next->id, home->id, 1, r->id.raw);
  home->arrive(r);
}

std::vector<Irp*> take_pended_irps(Queue* q, FileObject* file) {
  std::vector<Irp*> out;
  if (!q->progress) return out;
  auto& pended = q->progress->pended;
  for (size_t i = 0; i < pended.size();) {
    Irp* irp = pended[i];
    bool wanted = !file || (irp->file && irp->file->identity == file->identity);
    if (wanted && irp->take_slot() != Slot::Empty) {
      out.push_back(irp);
      pended.erase(pended.begin() + long(i));
    } else {
      ++i;
    }
  }
  return out;
}

void cancel_pended_irp(Irp* irp) {
  for (Device* d : fw().devices)
    for (Queue* q : d->queues) {
      if (!q->progress) continue;
      q->lock.lock(q->id);
      auto& pended = q->progress->pended;
      auto it = std::find(pended.begin(), pended.end(), irp);
      bool here = it != pended.end();
      if (here) pended.erase(it);
      q->lock.unlock();
      if (here) return complete_irp(irp, QS_STATUS_CANCELLED, 0);
    }
}

void free_reserved_requests(Queue* q) {
  if (!q->progress) return;
  std::vector<Request*> free;
  free.swap(q->progress->free);
  q->progress->total -= std::min(q->progress->total, uint32_t(free.size()));
  for (Request* r : free) {
    r->reserved = false;  // it does not come back
    r->callbacks_wanted = r->presented;
    delete_object(r);
  }
}

int32_t assign_policy(Queue* q, const qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY* policy) {
  if (verifier() && rt::irql() > sched::kPassiveLevel) {
    verifier_break("U-05", q->id);
    return QS_STATUS_INVALID_DEVICE_REQUEST;
  }
  if (q->progress) {
    because("the queue has a policy already");
    verifier_break("V-46", q->id);
    return QS_STATUS_INVALID_PARAMETER;
  }
  if (policy->Size != sizeof(*policy)) return QS_STATUS_INFO_LENGTH_MISMATCH;
  if (int(policy->ForwardProgressReservedPolicy) == kExamine &&
      !policy->ForwardProgressReservePolicySettings.Policy.ExaminePolicy
           .EvtIoWdmIrpForForwardProgress)
    return QS_STATUS_INVALID_PARAMETER;
  if (policy->TotalForwardProgressRequests == 0) return QS_STATUS_INVALID_PARAMETER;
  auto* progress = new (fw().arena.allocate(sizeof(ForwardProgress))) ForwardProgress;
  progress->policy = *policy;
  q->progress = progress;
  for (uint32_t i = 0; i < policy->TotalForwardProgressRequests; ++i) {
    Request* r = fw().new_request(fw().next_id(ObjectKind::Request));
    fw().remember(r);
    r->reserved = true;
    r->home = q;
    emit(trace::EventCode::Create, r->id, q->id);
    if (q->device->init.request_attributes_set)
      attach_context(r, &q->device->init.request_attributes, nullptr, false);
    int32_t status = allocate_resources(q, r, true);
    if (!NT_OK(status)) {  // everything is freed again
      progress->free.push_back(r);
      free_reserved_requests(q);
      q->progress = nullptr;
      return status;
    }
    progress->free.push_back(r);
    ++progress->total;
  }
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf
