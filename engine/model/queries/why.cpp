// Why a queue gives the driver nothing, in the order in which its dispatch loop looks (D-05).
#include <fmt/format.h>

#include "model/find.h"
#include "model/queries/queries.h"
#include "trace/events/words.h"

namespace qs::model {

using trace::LoopStep;
using trace::spoken_name;

namespace {

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = char(text[0] - 'a' + 'A');
  return text;
}

// What an owner request is doing, as the end of "R2 is still ...".
std::string doing(const Model& m, const trace::Trace& t, ObjectId request) {
  const RequestView* r = m.request(request);
  if (!r) return "counted";
  switch (request_state(*r)) {
    case trace::RequestState::AtTarget:
      return "at " + spoken_name(t, r->target) + " and counts as owned";
    case trace::RequestState::PendedInTarget:
      return "kept by the stopped target and counts as owned";
    case trace::RequestState::QueueCancelPending:
    case trace::RequestState::QueueCancelDelivered: return "with the driver, canceled";
    case trace::RequestState::Completing:
    case trace::RequestState::Done: return "being completed: the queue is told last";
    default: break;
  }
  if (r->room != trace::CallbackKind::Count && r->owner == Owner::Driver)
    return fmt::format("owned by the driver since {}", trace::callback_name(r->room));
  return "owned by the driver";
}

class Why {
 public:
  Why(const Model& m, const trace::Trace& t, const QueueView& q) : m_(m), t_(t), q_(q) {
    name_ = spoken_name(t, q.id);
  }

  WhyNot answer() {
    if (q_.deleted) return make(LoopStep::Disposal, "O-10", fmt::format("{} is deleted.", name_));
    if (q_.power != trace::QueuePower::On && q_.power != trace::QueuePower::Off)
      return in_transition();
    if (q_.flags & trace::kDisposing)
      return make(LoopStep::Disposal, "O-10", fmt::format("{} is being deleted.", name_));
    if (q_.power == trace::QueuePower::Off)
      return make(LoopStep::PoweredOff, "P-03",
                  fmt::format("{} is power-managed and off: the device is not in D0.", name_),
                  q_.device);
    if (!(q_.flags & trace::kDispatch)) return stopped();
    if (q_.dispatch() == trace::Dispatch::Manual) return manual();
    if (q_.dispatch() == trace::Dispatch::Sequential && q_.owned_count > 0) return sequential();
    if (q_.dispatch() == trace::Dispatch::Parallel && q_.owned_count >= q_.limit) return limit();
    if (q_.waiting.empty())
      return make(LoopStep::NothingToDo, "D-05", fmt::format("Nothing waits in {}.", name_));
    ObjectId next = first_unclaimed();
    if (!next)
      return make(LoopStep::NothingToDo, "D-08",
                  fmt::format("What waits in {} is already taken by a cancel.", name_),
                  q_.waiting.front());
    return deliverable(next);
  }

 private:
  WhyNot make(LoopStep step, const char* rule, std::string sentence, ObjectId blame = {}) {
    WhyNot w;
    w.step = step;
    w.rule = rule;
    w.sentence = capital(std::move(sentence));
    w.blame = blame;
    return w;
  }

  ObjectId first_unclaimed() const {
    for (ObjectId id : q_.waiting) {
      const RequestView* r = m_.request(id);
      if (!r || !r->has(kCancelClaimed)) return id;
    }
    return {};
  }

  WhyNot in_transition() {
    ObjectId holder;
    for (ObjectId id : q_.owned)
      if (const RequestView* r = m_.request(id); r && r->has(kNotified) && !holder) holder = id;
    if (holder) {
      const RequestView* r = m_.request(holder);
      std::string why = r->has(kStopAcked)
                            ? "is acknowledged, but nothing has run the queue's loop since"
                            : "was told and is neither completed nor acknowledged";
      return make(LoopStep::PowerStep, r->has(kStopAcked) ? "P-25" : "P-10",
                  fmt::format("{} is changing power ({}): {} {}.", name_, trace::words(q_.power),
                              spoken_name(t_, holder), why),
                  holder);
    }
    if (q_.power == trace::QueuePower::StartingTransition && q_.depth > 0) {
      ObjectId thread = thread_inside();
      return make(LoopStep::PowerStep, "P-06",
                  fmt::format("{} is held for a power change and waits until {} has left its "
                              "callback.",
                              name_, thread ? spoken_name(t_, thread) : "a callback"),
                  thread);
    }
    return make(LoopStep::PowerStep, "P-15",
                fmt::format("{} is changing power: {}.", name_, trace::words(q_.power)), q_.device);
  }

  WhyNot stopped() {
    const char* how = q_.flags & trace::kShutdown ? "shut down for removal"
                      : q_.flags & trace::kAccept ? "stopped: arrivals wait until WdfIoQueueStart"
                                                  : "stopped and refuses arrivals";
    return make(LoopStep::Stopped, q_.flags & trace::kShutdown ? "P-31" : "Q-06",
                fmt::format("{} is {}.", name_, how));
  }

  WhyNot manual() {
    if (q_.waiting.empty())
      return make(LoopStep::Manual, "D-19",
                  fmt::format("{} is manual, and nothing waits in it.", name_));
    if (!(q_.slots & trace::kSlotReady))
      return make(LoopStep::Manual, "D-19",
                  fmt::format("{} is manual: {} waits until the driver retrieves it.", name_,
                              spoken_name(t_, q_.waiting.front())),
                  q_.waiting.front());
    if (q_.flags & trace::kReady) {
      WhyNot w = deliverable(q_.waiting.front());
      if (!w.delivering) return w;
      return make(LoopStep::Manual, "Q-16",
                  fmt::format("{} is manual; ReadyNotify is due.", name_));
    }
    return make(LoopStep::Manual, "Q-17",
                fmt::format("{} is manual and was announced already: ReadyNotify comes again only "
                            "after it was empty.",
                            name_),
                q_.waiting.front());
  }

  WhyNot sequential() {
    if (q_.owned.empty())
      return make(LoopStep::SequentialLimit, "D-15",
                  fmt::format("{} is sequential, and a request is still counted.", name_));
    ObjectId owner = q_.owned.front();
    std::string more;
    if (q_.owned_count > 1) more = fmt::format(" ({} are owned in all)", q_.owned_count);
    return make(LoopStep::SequentialLimit, "D-15",
                fmt::format("{} is sequential, and {} is {}{}.", name_, spoken_name(t_, owner),
                            doing(m_, t_, owner), more),
                owner);
  }

  WhyNot limit() {
    if (q_.limit == 0)
      return make(LoopStep::ParallelLimit, "D-17",
                  fmt::format("{} is parallel with a limit of 0: it never dispatches.", name_));
    ObjectId owner = q_.owned.empty() ? ObjectId() : q_.owned.front();
    return make(LoopStep::ParallelLimit, "D-16",
                fmt::format("The driver owns {} of {}, and at most {} are presented at a time{}.",
                            q_.owned_count, name_, q_.limit,
                            owner ? "; " + spoken_name(t_, owner) + " is the oldest" : ""),
                owner);
  }

  // DeliverWaiting would have its turn: what keeps the loop from running or going on?
  WhyNot deliverable(ObjectId next) {
    std::string request = spoken_name(t_, next);
    ObjectId holder = lock_holder();
    if (q_.deferred) {
      const char* by = q_.deferred == 2 ? "work item" : "DPC";
      if (q_.defer_reason == trace::DeferReason::PassiveQueue)
        return make(LoopStep::MayNotRunHere, "D-04",
                    fmt::format("{} needs PASSIVE_LEVEL and somebody tried above it: {} waits for "
                                "its {}.",
                                name_, request, by));
      return make(LoopStep::MayNotRunHere, "D-35",
                  fmt::format("{} could not deliver on a thread that holds its lock: {} waits for "
                              "its {}.",
                              name_, request, by),
                  holder);
    }
    if (ObjectId thread = thread_inside(); q_.depth > 0 && thread) {
      const StackFrame* frame = callback_of(thread);
      return make(
          LoopStep::MayNotRunHere, "D-15",
          fmt::format("{} is inside {} of {}: {} is delivered when it returns, or when "
                      "something else runs the loop.",
                      spoken_name(t_, thread),
                      frame ? trace::callback_name(trace::CallbackKind(frame->what)) : "the loop",
                      name_, request),
          thread);
    }
    if (holder)
      return make(LoopStep::MayNotRunHere, "D-33",
                  fmt::format("{} holds the lock that callbacks of {} need.",
                              spoken_name(t_, holder), name_),
                  holder);
    WhyNot w = make(LoopStep::DeliverWaiting, "D-05",
                    fmt::format("{} is about to be delivered.", request), next);
    w.delivering = true;
    return w;
  }

  ObjectId lock_holder() const {
    for (const LockView& l : m_.locks) {
      if (!l.owner) continue;
      bool own = l.of == q_.id;
      bool of_device = l.of == q_.device && q_.scope() == trace::SyncScope::Device;
      if (own || of_device) return l.owner;
    }
    return {};
  }
  const StackFrame* callback_of(ObjectId thread) const {
    const ThreadView* t = m_.thread(thread);
    if (!t) return nullptr;
    for (size_t i = t->stack.size(); i-- > 0;)
      if (const StackFrame& f = t->stack[i]; f.callback && (f.o == q_.id || f.s == q_.id))
        return &f;
    return nullptr;
  }
  ObjectId thread_inside() const {
    for (const ThreadView& t : m_.threads)
      if (callback_of(t.id)) return t.id;
    return {};
  }

  const Model& m_;
  const trace::Trace& t_;
  const QueueView& q_;
  std::string name_;
};

}  // namespace

WhyNot why_not_delivering(const Model& model, const trace::Trace& trace, ObjectId queue) {
  if (const QueueView* q = model.queue(queue)) return Why(model, trace, *q).answer();
  WhyNot w;
  w.sentence = "There is no such queue.";
  return w;
}

}  // namespace qs::model
