// The invariants of section 15.2 that live objects can show. Those about the order of
// events (I-06 to I-11, I-20) are in tests/reference, which folds the trace.
#include "kmdf/core/validate.h"

#include <algorithm>

#include "base/look.h"
#include "base/misuse.h"
#include "kmdf/core/crash.h"
#include "kmdf/queue/forward_progress.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

namespace {

bool in_owned_list(RequestList h) {
  return h == RequestList::Owned || h == RequestList::ToNotify || h == RequestList::Notified;
}

// Decisions between two checks of all objects, for so many objects: few where every decision is
// checked; where only moments of rest are, so many that it does not show in the cost of an input.
uint64_t decisions_for(uint64_t things) {
  return looks_after_every_decision() ? things / 16 : things * 4;
}

uint64_t decision_of_this_run() { return rt::tls_scheduler ? rt::tls_scheduler->ordinal() : 0; }

void end_if_misused(const Broken& broken) {
  if (rt::tls_scheduler && rt::self() && fw().misused && !fw().ended) end_ruined_run(broken.text());
}
[[maybe_unused]] const bool registered =
    (decisions_from(decision_of_this_run), misuse_ends_run(end_if_misused), true);

}  // namespace

uint32_t places_of(const Request* r) {
  uint32_t places = 0;
  if (r->listed_in == RequestList::Waiting) places |= kInWaiting;
  if (in_owned_list(r->listed_in)) places |= kInOwned;
  if (r->cancelable_listed) places |= kInCancelable;
  if (r->on_cancel_list) places |= kInCancelList;
  if (r->target) places |= kInTarget;
  return places;
}

trace::RequestState state_of(const Request* r) {
  using S = trace::RequestState;
  const bool claimed = r->irp && r->irp->slot == Slot::Empty;
  // K-10 and V-08: a request that the driver completed although it should not stays on that list
  // for a while.
  if (r->completed) return r->bound ? S::Completing : S::Done;
  switch (places_of(r)) {
    case 0: return r->has(kVInCallerContext) ? S::CallerContext : S::New;
    case kInWaiting: return claimed ? S::WaitingClaimed : S::Waiting;
    case kInOwned:
      if (r->cancel_pending_put) return S::CancelClaimed;
      return r->has(kVCancelled) ? S::CancelDelivered : S::Owned;
    case kInOwned | kInCancelable: return claimed ? S::CancelClaimed : S::Cancelable;
    case kInOwned | kInCancelList: return r->cancel_cb ? S::CancelPending : S::QueueCancelPending;
    case kInTarget:
    case kInTarget | kInOwned: return r->pended_in_target ? S::PendedInTarget : S::AtTarget;
    default: return S::Count;
  }
}

// The list membership, the slot, the count and the marks of a request agree (2.2).
void Request::validate() const {
  const uint32_t places = places_of(this);
  const bool waits = places & kInWaiting, cancelable = places & kInCancelable;
  QS_HOLDS("I-02", id, state_of(this) != trace::RequestState::Count);
  QS_HOLDS("I-02", id, csq.linked() == (waits || cancelable));
  QS_HOLDS("I-02", id, cancel.linked() == on_cancel_list);
  QS_HOLDS("I-02", id, !sent.linked() || target);
  QS_HOLDS("I-03", id, own.linked() == in_owned_list(listed_in));
  QS_HOLDS("I-03", id, own.linked() == (bound != nullptr));
  // Each list has a reference, and the creation one goes with the completion. Callbacks and calls
  // on the stack have others.
  const int32_t listed =
      waits + (cancelable || on_cancel_list || cancel_pending_put) + (target != nullptr);
  const int32_t created = completed || delete_called ? 0 : 1;
  QS_HOLDS("I-24", id, refs >= created + listed + driver_refs);
  if (!completed) {
    QS_HOLDS("I-02", id, !waits || queue);
    QS_HOLDS("I-07", id, !on_cancel_list || presented);
    QS_HOLDS("R-08", id, !on_cancel_list || canceled_bit);
    QS_HOLDS("I-23", id, !pended_in_target || target);
    QS_HOLDS("I-23", id, !target || driver_created || bound || has(kVInCallerContext));
  }
  if (!irp || irp->request != this || completed) return;
  switch (irp->slot) {
    case Slot::Empty: break;
    case Slot::Waiting: QS_HOLDS("C-02", id, waits); break;
    case Slot::Cancelable: QS_HOLDS("C-20", id, cancelable); break;
    case Slot::Target: QS_HOLDS("T-10", id, pended_in_target); break;
    case Slot::LowerDriver: QS_HOLDS("T-12", id, target); break;
    case Slot::PendedIrp: QS_HOLDS("S-05", id, irp->slot != Slot::PendedIrp);
  }
}

// What can be checked without walking the lists.
void Queue::validate_counts() const {
  const uint32_t listed = owned.count() + to_notify.count() + notified.count();
  QS_HOLDS("I-03", id, owned_count == listed + leaving);
  // Requests above the limit were not delivered by the loop: they were retrieved, or canceled in
  // the queue (D-18).
  QS_HOLDS("I-05", id, dispatched_count <= owned_count && dispatched_count <= most_dispatched());
  QS_HOLDS("P-01", id, power_managed || power == trace::QueuePower::On || device->queues_purged);
  QS_HOLDS("P-04", id, !power_ref || (power_managed && device->power_policy_owner));
  QS_HOLDS("P-11", id, to_notify.empty() || notifying_driver());
  QS_HOLDS("I-21", id,
           notified.empty() || (power != trace::QueuePower::Off && power != trace::QueuePower::On));
  QS_HOLDS("Q-13", id, !idle.used || idle.fn);
  QS_HOLDS("Q-13", id, !purge.used || purge.fn);
  QS_HOLDS("Q-15", id, !ready.used || (ready.fn && dispatch_type == trace::Dispatch::Manual));
  QS_HOLDS("D-04", id, !repost || dpc_posted || work_posted || (flags & trace::kDeleted));
  QS_HOLDS("Q-02", id, !(flags & trace::kShutdown) || !accepts());
  QS_HOLDS("O-10", id,
           !(flags & trace::kDeleted) ||
               (waiting.empty() && owned_count == 0 && (flags & trace::kDisposing)));
  if (!progress) return;
  QS_HOLDS("I-25", id, progress->free.size() + progress->in_use == progress->total);
  QS_HOLDS("S-05", id, progress->pended.empty() || progress->free.empty());
}

// Includes every request in the lists. Returns how many were checked.
size_t Queue::validate() const {
  validate_counts();
  size_t seen = 0;
  auto each = [&](const List<Request>& list, auto&& belongs) {
    uint32_t count = 0;
    for (const Node<Request>* n = list.first(); n; n = list.after(n)) {
      n->item->validate();
      QS_HOLDS("I-02", n->item->id, belongs(n->item));
      ++count;
    }
    QS_HOLDS("I-02", id, count == list.count());
    seen += count;
  };
  auto held = [this](RequestList listed_in) {
    return [this, listed_in](const Request* r) {
      return r->listed_in == listed_in && r->bound == this;
    };
  };
  each(waiting, [this](const Request* r) {
    return r->listed_in == RequestList::Waiting && r->queue == this && !r->completed;
  });
  each(owned, held(RequestList::Owned));
  each(to_notify, held(RequestList::ToNotify));
  each(notified, held(RequestList::Notified));
  uint32_t dispatched = 0;
  for (const List<Request>* list : {&owned, &to_notify, &notified})
    for (const Node<Request>* n = list->first(); n; n = list->after(n))
      dispatched += n->item->dispatched;
  QS_HOLDS("I-05", id, dispatched <= dispatched_count && dispatched_count <= dispatched + leaving);
  each(cancelable,
       [this](const Request* r) { return r->cancelable_listed && r->cancel_queue == this; });
  each(cancelled, [](const Request* r) { return r->on_cancel_list; });
  each(canceled_on_queue, [](const Request* r) { return r->on_cancel_list && r->presented; });
  return seen;
}

// I-17: no thread is inside, so nothing may be left to report to the driver or to deliver.
void Queue::validate_at_rest() const {
  if (depth != 0 || dpc_posted || work_posted || notifying_driver()) return;
  QS_HOLDS("I-17", id, cancelled.empty() && canceled_on_queue.empty());
  QS_HOLDS("I-17", id, !idle.used || owned_count > 0);
  // A retrieval does not run the loop (G-06), not even when it completes the last one (G-05).
  QS_HOLDS("I-17", id, !purge.used || owned_count > 0 || !waiting.empty() || emptied);
  if (power != trace::QueuePower::On || !dispatches() || delivery_due) return;
  if (dispatch_type == trace::Dispatch::Manual) {
    QS_HOLDS("I-17 I-18", id, !ready.used || !(flags & trace::kReady));
    return;
  }
  if (owned_count >= most_dispatched()) return;
  for (const Node<Request>* n = waiting.first(); n; n = waiting.after(n))
    QS_HOLDS("I-17", n->item->id, n->item->irp->slot == Slot::Empty);  // claimed
}

void Device::validate() const {
  QS_HOLDS("P-26", id, !queues_on || in_d0() || control());
  QS_HOLDS("P-04", id, !idle_armed || (s0_idle && in_d0() && power_refs == 0));
  QS_HOLDS("P-04", id, (idle_clock != 0) == idle_armed);
  QS_HOLDS("P-26", id, power_steps.empty() || power_busy);
  QS_HOLDS("L-08", id, removed || size_t(open_count) == files.size());
  for (const Queue* q : queues)
    QS_HOLDS("O-10", q->id, q->device == this && !(q->flags & trace::kDeleted));
}

void IoTarget::validate() const {
  QS_HOLDS("I-23", id, uint32_t(outstanding) == sent.count());
  QS_HOLDS("T-06", id, in_routine >= 0);
  auto each = [&](const List<Request>& list, bool pends) {
    uint32_t count = 0;
    for (const Node<Request>* n = list.first(); n; n = list.after(n), ++count) {
      n->item->validate();
      QS_HOLDS("I-23", n->item->id, n->item->target == this && n->item->pended_in_target == pends);
    }
    QS_HOLDS("I-02", id, count == list.count());
  };
  each(sent, false);
  each(ignoring, false);
  each(pended, true);
}

namespace {

// An object and all below it. Returns how many they are.
size_t validate_tree(const Object* o) {
  // The creation reference goes when the object has been disposed of.
  QS_HOLDS("I-24", o->id, o->refs >= (o->delete_called ? 0 : 1) + o->driver_refs);
  if (o->kind() == ObjectKind::IoTarget) static_cast<const IoTarget*>(o)->validate();
  size_t seen = 1;
  for (const Object* child = o->first_child; child; child = child->next_sibling) {
    QS_HOLDS("O-12a", child->id, child->parent == o);
    if (child->kind() != ObjectKind::Request) seen += validate_tree(child);
  }
  return seen;
}

}  // namespace

void validate_all() {
  size_t seen = 0;
  if (fw().driver) seen += validate_tree(fw().driver);
  for (const Device* d : fw().devices) {
    ++seen;
    d->validate();
    for (const Queue* q : d->queues) seen += 1 + q->validate();
    if (d->removed) continue;
    if (d->create_queue) seen += 1 + d->create_queue->validate();
    if (!fw().driver) seen += validate_tree(d);
  }
  rt::sched().validate();
  fw().validate_at = rt::sched().ordinal() + decisions_for(seen);
}

void validate_step(ObjectId about) {
  if (fw().misused || fw().ended) return;
  if (about.kind() == ObjectKind::Request || about.kind() == ObjectKind::Queue) {
    if (const Object* o = fw().find(about)) {
      const bool request = about.kind() == ObjectKind::Request;
      if (request) static_cast<const Request*>(o)->validate();
      const Queue* q =
          request ? static_cast<const Request*>(o)->bound : static_cast<const Queue*>(o);
      if (q) q->validate_counts();
    }
  }
  if (rt::sched().ordinal() >= fw().validate_at) validate_all();
}

void validate_at_rest() {
  if (!kChecks || fw().misused || fw().ended) return;
  if (rt::sched().ordinal() >= fw().validate_at) validate_all();
  for (const Device* d : fw().devices)
    for (const Queue* q : d->queues) q->validate_at_rest();
}

}  // namespace qs::kmdf
