#include "tests/reference/invariants.h"

#include <fmt/format.h>

#include "kmdf/core/framework.h"

namespace qs::test {

using trace::EventCode;

using namespace kmdf;

namespace {

constexpr size_t kMostReports = 5;
// Flags of a request that the live objects have too.
constexpr uint32_t kCompared =
    model::kPresented | model::kCancelFlag | model::kCanceledBit | model::kCharged;

}  // namespace

std::string Invariants::name(ObjectId id) const {
  return trace_ ? std::string(trace_->name(id)) : "?";
}

void Invariants::fail(const char* rule, const std::string& what) {
  if (broken_.size() < kMostReports)
    broken_.push_back(fmt::format("{}: {} (event {})", rule, what, at_));
}

void Invariants::at_decision(run::World& world) {
  ++decisions_;
  fold(world);
  compare(world);
}

void Invariants::at_rest(run::World& world) {
  fold(world);
  compare(world);
  for (ObjectId id : ready_) fail("I-18", name(id) + " is ready and was not filled");
  ready_.clear();
}

void Invariants::fold(run::World& world) {
  trace_ = world.trace.get();
  for (; at_ < trace_->size(); ++at_) {
    const trace::Event& e = (*trace_)[at_];
    before(e);
    model::apply(model_, e);
  }
}

// --- what an event may do, in the state before it ---

void Invariants::before(const trace::Event& e) {
  switch (e.code) {
    case EventCode::Remove: return before_remove(e);
    case EventCode::Insert:
      for (const model::QueueView& other : model_.queues)
        for (ObjectId id : other.waiting)
          if (id == e.s) fail("I-02", name(e.s) + " waits twice");
      stays_[e.s] = {};
      return;
    case EventCode::Cancelable: marks_[e.s] = {true, false, false}; return;
    case EventCode::Uncancelable: marks_[e.s] = {false, true, false}; return;
    case EventCode::CancelDelivered: {
      const model::RequestView* r = model_.request(e.s);
      if (e.a == 0) {
        if (!marks_[e.s].open)
          fail("I-08 I-09", name(e.s) + " is told of a cancel twice or unmarked");
        marks_[e.s].open = false;
        return;
      }
      if (r && !r->has(model::kPresented))
        fail("I-07 I-10", name(e.s) + " was never shown to the driver");
      if (stays_[e.s].told) fail("I-10", name(e.s) + " is told twice in one stay");
      stays_[e.s].told = true;
      return;
    }
    case EventCode::Completed:
      if (++completed_[e.s] > 1) fail("I-01", name(e.s) + " is completed twice");
      return;
    case EventCode::GiveUp:
      stays_[e.s] = {};  // it may be cancelled where it is going before it is linked there
      return;
    case EventCode::QueueFlags: {
      const model::QueueView* q = model_.queue(e.s);
      const bool latched = q && (e.a & trace::kReady) && !(q->flags & trace::kReady);
      if (latched && q->waiting.empty()) ready_.insert(e.s);  // then one is delivered directly
      return;
    }
    case EventCode::Charge: ready_.erase(e.o); return;
    case EventCode::CallbackEnter: return on_callback(e);
    case EventCode::QueuePower: return on_power(e);
    default: return;
  }
}

// I-06: what leaves by dispatch or plain retrieval is the first that nobody has claimed.
void Invariants::before_remove(const trace::Event& e) {
  const model::QueueView* q = model_.queue(e.o);
  if (!q || trace::RemoveReason(e.a) != trace::RemoveReason::Dispatch) return;
  for (ObjectId id : q->waiting) {
    if (id == e.s) return;
    const model::RequestView* r = model_.request(id);
    if (r && !r->has(model::kCancelClaimed | model::kCancelFlag)) {
      fail("I-06", name(e.s) + " leaves " + name(e.o) + " before " + name(id));
      return;
    }
  }
}

void Invariants::on_callback(const trace::Event& e) {
  auto kind = trace::CallbackKind(e.a);
  if (trace::is_handler(kind) && completed_[e.s] > 0)
    fail("I-01", name(e.s) + " is delivered after it was completed");
  if (kind == trace::CallbackKind::EvtIoStop && !asked_.insert(e.s).second)
    fail("I-20", name(e.s) + " gets EvtIoStop twice in one power-down");
  if (kind == trace::CallbackKind::EvtIoResume && !resumed_.insert(e.s).second)
    fail("I-20", name(e.s) + " gets EvtIoResume twice in one power-up");
}

void Invariants::on_power(const trace::Event& e) {
  const model::QueueView* q = model_.queue(e.s);
  auto to = trace::QueuePower(e.a);
  if (!q) return;
  bool begins = to == trace::QueuePower::Stopping || to == trace::QueuePower::Purge;
  if (begins || to == trace::QueuePower::Restarting)
    for (ObjectId id : q->owned) (begins ? asked_ : resumed_).erase(id);
}

// --- the live objects ---

// The model folded from the trace and the live objects say the same.
void Invariants::compare(run::World& world) {
  for (const Device* d : world.framework.devices)
    for (const Queue* q : d->queues) {
      const model::QueueView* f = model_.queue(q->id);
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
  for (const Device* d : world.framework.devices)
    for (const Queue* q : d->queues)
      if (q->leaving > 0) compared &= ~uint32_t(model::kCharged);
  for (const Object* o : world.framework.alive(ObjectKind::Request)) {
    auto* r = static_cast<const Request*>(o);
    const model::RequestView* f = model_.request(r->id);
    if (!f || !r->irp || r->completed || r->irp->request != r) continue;
    uint32_t live = (r->presented ? uint32_t(model::kPresented) : 0) |
                    (r->irp->cancelled() ? uint32_t(model::kCancelFlag) : 0) |
                    (r->canceled_bit ? uint32_t(model::kCanceledBit) : 0) |
                    (r->bound ? uint32_t(model::kCharged) : 0);
    if ((f->flags & compared) != (live & compared) && f->place != model::Place::Driver &&
        f->place != model::Place::Completing)
      fail("model", fmt::format("{} has flags {:#x}, by the trace {:#x}", name(r->id), live,
                                f->flags & kCompared));
  }
}

}  // namespace qs::test
