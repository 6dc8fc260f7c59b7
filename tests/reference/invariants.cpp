#include "tests/reference/invariants.h"

#include <fmt/format.h>

#include "kmdf/framework.h"

namespace qs::test {

using namespace kmdf;

namespace {

constexpr size_t kMostReports = 5;
// Flags of a request that the live objects have too.
constexpr uint32_t kCompared = kPresented | kCancelFlag | kCanceledBit | kCharged;

bool is_handler(CallbackKind kind) { return kind <= CallbackKind::EvtIoInternalDeviceControl; }

// The callbacks of a queue that take its presentation lock (1.6).
bool is_serialized(CallbackKind kind) {
  switch (kind) {
    case CallbackKind::EvtIoStop:
    case CallbackKind::EvtIoResume:
    case CallbackKind::EvtIoCanceledOnQueue:
    case CallbackKind::EvtRequestCancel:
    case CallbackKind::EvtIoQueueReady:
    case CallbackKind::EvtIoQueuePurgeComplete:
    case CallbackKind::EvtIoQueueDrainComplete: return true;
    default: return is_handler(kind);
  }
}

bool is_state_callback(CallbackKind kind) {
  return kind == CallbackKind::EvtIoQueueStopComplete ||
         kind == CallbackKind::EvtIoQueuePurgeComplete ||
         kind == CallbackKind::EvtIoQueueDrainComplete || kind == CallbackKind::EvtIoQueueReady;
}

bool asks_driver(QueuePower p) {
  return p == QueuePower::StoppingNotifyingDriver || p == QueuePower::PurgeNotifyingDriver ||
         p == QueuePower::RestartingNotifyingDriver;
}

}  // namespace

std::string Invariants::name(ObjectId id) const {
  return trace_ ? std::string(trace_->name(id)) : "?";
}

void Invariants::fail(const char* rule, const std::string& what) {
  if (broken_.size() < kMostReports)
    broken_.push_back(fmt::format("{}: {} (event {})", rule, what, at_));
}

void Invariants::at_decision(World& world) {
  ++decisions_;
  fold(world);
  compare(world);
  lists(world);
}

void Invariants::at_rest(World& world) {
  fold(world);
  compare(world);
  lists(world);
  nothing_overdue(world);
}

void Invariants::fold(World& world) {
  trace_ = world.trace.get();
  for (; at_ < trace_->size(); ++at_) {
    const Event& e = (*trace_)[at_];
    before(e);
    apply(model_, e);
    after(e);
  }
}

// --- what an event may do, in the state before it ---

void Invariants::before(const Event& e) {
  const QueueView* q = model_.queue(e.o);
  switch (e.code) {
    case EventCode::Remove: return before_remove(e);
    case EventCode::QueueFlags: {
      const QueueView* of = model_.queue(e.s);
      if (!of) return;
      uint32_t gone = of->slots & ~e.b;
      if ((gone & kSlotIdle) && (of->owned_count != 0 || of->depth != 1))
        fail("I-15", name(e.s) + " lets StopComplete go while requests are owned or others inside");
      if ((gone & kSlotPurge) && (of->owned_count != 0 || !of->waiting.empty() || of->depth != 1))
        fail("I-16", name(e.s) + " lets PurgeComplete go while it still has requests");
      return;
    }
    case EventCode::Insert:
      if (q && !(q->flags & kAccept) && e.a == 0)
        fail("I-22", name(e.s) + " is put at the tail of " + name(e.o) + ", which does not accept");
      for (const QueueView& other : model_.queues)
        for (ObjectId id : other.waiting)
          if (id == e.s) fail("I-02", name(e.s) + " waits twice");
      stays_[e.s] = {};
      return;
    case EventCode::Cancelable: marks_[e.s] = {true, false, false}; return;
    case EventCode::Uncancelable: marks_[e.s] = {false, true, false}; return;
    case EventCode::CancelDelivered: {
      const RequestView* r = model_.request(e.s);
      if (e.a == 0) {
        if (!marks_[e.s].open)
          fail("I-08 I-09", name(e.s) + " is told of a cancel twice or unmarked");
        marks_[e.s].open = false;
        return;
      }
      if (r && !r->has(kPresented)) fail("I-07 I-10", name(e.s) + " was never shown to the driver");
      if (stays_[e.s].told) fail("I-10", name(e.s) + " is told twice in one stay");
      stays_[e.s].told = true;
      return;
    }
    case EventCode::Completed:
      if (++completed_[e.s] > 1) fail("I-01", name(e.s) + " is completed twice");
      return;
    case EventCode::GiveUp:
      if (GiveUpReason(e.a) == GiveUpReason::Forward) ++forwarding_[e.o];
      stays_[e.s] = {};  // it may be cancelled where it is going before it is linked there
      return;
    case EventCode::CallbackEnter: return on_callback(e);
    case EventCode::QueueDepth: emptied_.erase(e.s); return;
    case EventCode::LockAcquire:
      if (lock_holders_.count(e.s)) fail("I-13", name(e.s) + " is taken by two threads at once");
      lock_holders_[e.s] = ObjectId(ObjectKind::Thread, e.thread);
      return;
    case EventCode::LockRelease: lock_holders_.erase(e.s); return;
    case EventCode::QueuePower: return on_power(e);
    default: return;
  }
}

// I-06: what leaves by dispatch or plain retrieval is the first that nobody has claimed.
void Invariants::before_remove(const Event& e) {
  const QueueView* q = model_.queue(e.o);
  if (RemoveReason(e.a) == RemoveReason::Retrieve && e.b == 0) emptied_.insert(e.o);
  if (!q || RemoveReason(e.a) != RemoveReason::Dispatch) return;
  for (ObjectId id : q->waiting) {
    if (id == e.s) return;
    const RequestView* r = model_.request(id);
    if (r && !r->has(kCancelClaimed | kCancelFlag)) {
      fail("I-06", name(e.s) + " leaves " + name(e.o) + " before " + name(id));
      return;
    }
  }
}

void Invariants::on_callback(const Event& e) {
  auto kind = CallbackKind(e.a);
  bool own = is_state_callback(kind);
  const QueueView* q = model_.queue(own ? e.s : e.o);
  if (!q || !(is_serialized(kind) || own)) return;
  if ((q->config & kConfigPassive) && e.irql != 0)
    fail("I-14",
         fmt::format("{} of {} runs above PASSIVE_LEVEL", callback_name(kind), name(q->id)));
  if (is_handler(kind) && completed_[e.s] > 0)
    fail("I-01", name(e.s) + " is delivered after it was completed");
  if (kind == CallbackKind::EvtIoStop && !asked_.insert(e.s).second)
    fail("I-20", name(e.s) + " gets EvtIoStop twice in one power-down");
  if (kind == CallbackKind::EvtIoResume && !resumed_.insert(e.s).second)
    fail("I-20", name(e.s) + " gets EvtIoResume twice in one power-up");
}

void Invariants::on_power(const Event& e) {
  const QueueView* q = model_.queue(e.s);
  auto to = QueuePower(e.a);
  if (!q) return;
  bool begins = to == QueuePower::Stopping || to == QueuePower::Purge;
  if (begins || to == QueuePower::Restarting)
    for (ObjectId id : q->owned) (begins ? asked_ : resumed_).erase(id);
  if (to != QueuePower::Off || q->power == QueuePower::On) return;
  for (ObjectId id : q->owned) {
    const RequestView* r = model_.request(id);
    if (r && r->has(kNotified))
      fail("I-21", name(id) + " has not answered, and " + name(e.s) + " is off");
  }
}

// --- what must hold just after an event ---

void Invariants::after(const Event& e) {
  const QueueView* q = model_.queue(e.o);
  if (e.code == EventCode::Uncharge && UnchargeReason(e.b) == UnchargeReason::Forward)
    --forwarding_[e.o];
  if (e.code == EventCode::Own && OwnReason(e.a) == OwnReason::CallFailed && forwarding_[e.o] > 0)
    --forwarding_[e.o];
  if (e.code != EventCode::Charge || !q || ChargeReason(e.b) != ChargeReason::Dispatch) return;
  bool sequential = q->dispatch() == Dispatch::Sequential;
  if (!(q->flags & kDispatch) || q->dispatch() == Dispatch::Manual)
    fail("I-04", name(q->id) + " dispatches though it is stopped or manual");
  if (q->power != QueuePower::On) fail("I-04 I-19", name(q->id) + " dispatches without power");
  if (q->owned_count > (sequential ? 1 : q->limit))
    fail("I-04", name(q->id) + " dispatches beyond its limit");
}

// --- the live objects ---

// The model folded from the trace and the live objects say the same.
void Invariants::compare(World& world) {
  for (const Device* d : world.framework.devices)
    for (const Queue* q : d->queues) {
      const QueueView* f = model_.queue(q->id);
      if (!f) {
        fail("model", name(q->id) + " is missing");
        continue;
      }
      bool same = f->flags == q->flags && f->power == q->power && f->power_ref == q->power_ref &&
                  f->depth == q->depth && f->owned_count == q->owned_count &&
                  f->waiting.size() == q->waiting.count();
      size_t i = 0;
      for (Node<Request>* n = q->waiting.first(); n && same; n = q->waiting.after(n))
        same = f->waiting[i++] == n->item->id;
      if (!same) fail("model", name(q->id) + " is not what the trace says");
    }
  // In the middle of a forward the source still counts what is on its way (F-13).
  uint32_t compared = kCompared;
  for (const auto& [queue, moving] : forwarding_)
    if (moving > 0) compared &= ~uint32_t(kCharged);
  for (const Object* o : world.framework.alive(ObjectKind::Request)) {
    auto* r = static_cast<const Request*>(o);
    const RequestView* f = model_.request(r->id);
    if (!f || !r->irp || r->completed || r->irp->request != r) continue;
    uint32_t live = (r->presented ? uint32_t(kPresented) : 0) |
                    (r->irp->cancelled() ? uint32_t(kCancelFlag) : 0) |
                    (r->canceled_bit ? uint32_t(kCanceledBit) : 0) |
                    (r->bound ? uint32_t(kCharged) : 0);
    if ((f->flags & compared) != (live & compared) && f->place != Place::Driver &&
        f->place != Place::Completing)
      fail("model", fmt::format("{} has flags {:#x}, by the trace {:#x}", name(r->id), live,
                                f->flags & kCompared));
  }
}

void Invariants::lists(World& world) {
  for (const Device* d : world.framework.devices)
    for (const Queue* q : d->queues) {
      uint32_t listed = q->owned.count() + q->to_notify.count() + q->notified.count();
      uint32_t moving = forwarding_[q->id] > 0 ? uint32_t(forwarding_[q->id]) : 0;
      if (listed > q->owned_count || q->owned_count > listed + moving)
        fail("I-03",
             fmt::format("{} counts {} owned and lists {}", name(q->id), q->owned_count, listed));
      for (Node<Request>* n = q->waiting.first(); n; n = q->waiting.after(n))
        if (n->item->holder != Holder::Waiting || n->item->queue != q || n->item->completed)
          fail("I-02", name(n->item->id) + " waits in " + name(q->id) + " and is elsewhere, too");
      for (Node<Request>* n = q->owned.first(); n; n = q->owned.after(n))
        if (n->item->holder != Holder::Owned)
          fail("I-02", name(n->item->id) + " is owned through " + name(q->id) + " and elsewhere");
    }
  for (ObjectKind kind : {ObjectKind::Request, ObjectKind::Queue, ObjectKind::FileObject})
    for (const Object* o : world.framework.alive(kind))
      if (o->refs.load() < 0) fail("I-24", name(o->id) + " was released once too often");
}

// I-17: at rest, a queue nobody is inside of has nothing left to tell its driver.
void Invariants::nothing_overdue(World& world) {
  if (world.ended()) return;
  for (const Device* d : world.framework.devices)
    for (const Queue* q : d->queues) {
      if (q->depth != 0 || q->dpc_posted || q->work_posted || asks_driver(q->power)) continue;
      if (!q->cancelled.empty() || !q->canceled_on_queue.empty())
        fail("I-17", name(q->id) + " has not told its driver of a cancel");
      if (q->idle.used && q->owned_count == 0) fail("I-17", name(q->id) + " owes a StopComplete");
      // Retrieval does not run the loop (G-06), not even when it completes the last request (G-05).
      bool emptied = emptied_.count(q->id) != 0;
      if (q->purge.used && q->owned_count == 0 && q->waiting.empty() && !emptied)
        fail("I-17", name(q->id) + " owes a PurgeComplete");
      if (q->power != QueuePower::On || !q->dispatches()) continue;
      if (q->dispatch_type == Dispatch::Manual) {
        if (q->ready.used && (q->flags & kReady))
          fail("I-17 I-18", name(q->id) + " is ready, untold");
        continue;
      }
      uint32_t limit = q->dispatch_type == Dispatch::Sequential ? 1 : q->limit;
      if (q->owned_count < limit && !q->waiting.empty())
        fail("I-17", name(q->id) + " could deliver, and does not");
    }
}

}  // namespace qs::test
