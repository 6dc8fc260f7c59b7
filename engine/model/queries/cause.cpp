// Why did this happen: from an event back to the input or call that set it off.
#include "model/queries/queries.h"
#include "trace/export/narrate.h"

namespace qs::model {

using trace::ApiFn;
using trace::CallbackKind;
using trace::Event;
using trace::EventCode;

namespace {

constexpr size_t kNone = size_t(-1);

class Chain {
 public:
  explicit Chain(const trace::Trace& trace) : t_(trace) {}

  // The event that caused event i, or kNone.
  size_t cause(size_t i) const {
    const Event& e = t_[i];
    size_t found = of_kind(i, e);
    return found != kNone && found < i ? found : kNone;
  }

 private:
  // The nearest event before i that `test` likes.
  template <class Test>
  size_t before(size_t i, Test test) const {
    while (i-- > 0)
      if (test(t_[i])) return i;
    return kNone;
  }
  size_t last(size_t i, EventCode code, ObjectId s) const {
    return before(i, [&](const Event& e) { return e.code == code && e.s == s; });
  }
  template <class... Codes>
  size_t last_of(size_t i, ObjectId s, Codes... codes) const {
    return before(i, [&](const Event& e) { return e.s == s && ((e.code == codes) || ...); });
  }
  size_t last_input(size_t i) const {
    return before(i, [](const Event& e) { return e.code == EventCode::Input; });
  }
  static size_t or_else(size_t a, size_t b) { return a != kNone ? a : b; }

  // The call or callback that event i happened in, on its thread; else the input before it.
  size_t enclosing(size_t i) const {
    uint32_t thread = t_[i].thread;
    if (thread == 0) return last_input(i);
    int depth = 0;
    size_t found = before(i, [&](const Event& e) {
      if (e.thread != thread) return false;
      if (e.code == EventCode::CallLeave || e.code == EventCode::CallbackLeave) ++depth;
      if (e.code != EventCode::CallEnter && e.code != EventCode::CallbackEnter) return false;
      return depth-- == 0;
    });
    return found != kNone ? found : thread_start(i, thread);
  }
  size_t thread_start(size_t i, uint32_t thread) const {
    size_t start = last(i, EventCode::ThreadStart, ObjectId(ObjectKind::Thread, thread));
    return or_else(start, last_input(i));
  }

  size_t of_kind(size_t i, const Event& e) const {
    switch (e.code) {
      case EventCode::Program:
      case EventCode::Input: return kNone;
      case EventCode::Completed: return or_else(last(i, EventCode::Completing, e.s), enclosing(i));
      case EventCode::Completing: return completing(i, e);
      case EventCode::CallbackEnter: return callback(i, e);
      case EventCode::Own: return owned(i, e);
      case EventCode::CancelPending:
      case EventCode::CanceledOnQueue:
      case EventCode::CanceledBit: return cancelled(i, e.s);
      case EventCode::CancelClaim:
        return or_else(last(i, EventCode::CancelFlag, e.s), enclosing(i));
      case EventCode::CancelDelivered:
        return or_else(last_of(i, e.s, EventCode::CancelPending, EventCode::CanceledOnQueue),
                       enclosing(i));
      case EventCode::Arrive: return or_else(last(i, EventCode::Send, e.s), enclosing(i));
      case EventCode::TargetBack:
        return or_else(last_of(i, e.s, EventCode::SendTarget, EventCode::CancelFlag), enclosing(i));
      case EventCode::HwDone:
      case EventCode::HwCancel: return or_else(last(i, EventCode::HwStart, e.s), enclosing(i));
      case EventCode::TimerFire: return or_else(last(i, EventCode::TimerArm, e.s), enclosing(i));
      case EventCode::Uncharge:
        return or_else(last_of(i, e.s, EventCode::Completed, EventCode::GiveUp), enclosing(i));
      case EventCode::Insert:
      case EventCode::Charge: return inserted(i, e);
      case EventCode::ThreadStart: return thread_made(i, e);
      case EventCode::Clock:
      case EventCode::DevicePower:
      case EventCode::DevicePnp:
      case EventCode::PowerPhase: return or_else(last_input(i), enclosing(i));
      case EventCode::ToNotify:
      case EventCode::Notified:
      case EventCode::QueuePower:
        return or_else(before(i, [](const Event& x) { return x.code == EventCode::PowerPhase; }),
                       enclosing(i));
      case EventCode::CallLeave: return leave(i, e, EventCode::CallEnter);
      case EventCode::CallbackLeave: return leave(i, e, EventCode::CallbackEnter);
      default: return enclosing(i);
    }
  }

  size_t leave(size_t i, const Event& e, EventCode enter) const {
    return before(i, [&](const Event& x) {
      return x.code == enter && x.thread == e.thread && x.a == e.a && x.s == e.s;
    });
  }

  // A cancel comes from the sender, or from a call that cancels many (purge, cleanup of a handle).
  size_t cancelled(size_t i, ObjectId request) const {
    size_t flag = last(i, EventCode::CancelFlag, request);
    return or_else(flag, or_else(sweep(i), enclosing(i)));
  }
  size_t sweep(size_t i) const {
    uint32_t thread = t_[i].thread;
    return before(i, [&](const Event& e) {
      if (e.code == EventCode::FileCleanup) return true;
      if (e.code != EventCode::CallEnter || e.thread != thread) return false;
      auto fn = ApiFn(e.a);
      return fn == ApiFn::WdfIoQueuePurge || fn == ApiFn::WdfIoQueuePurgeSynchronously ||
             fn == ApiFn::WdfIoQueueStopAndPurge ||
             fn == ApiFn::WdfIoQueueStopAndPurgeSynchronously;
    });
  }

  size_t completing(size_t i, const Event& e) const {
    constexpr uint32_t kCancelled = 0xC0000120u;
    if (e.c == 0) return enclosing(i);
    if (e.a == kCancelled) return cancelled(i, e.s);
    return or_else(last_of(i, e.s, EventCode::Insert, EventCode::Arrive, EventCode::Charge),
                   enclosing(i));
  }

  size_t callback(size_t i, const Event& e) const {
    size_t by = kNone;
    switch (CallbackKind(e.a)) {
      case CallbackKind::EvtRequestCancel: by = last(i, EventCode::CancelPending, e.s); break;
      case CallbackKind::EvtIoCanceledOnQueue: by = last(i, EventCode::CanceledOnQueue, e.s); break;
      case CallbackKind::EvtIoStop:
      case CallbackKind::EvtIoResume:
        by = last_of(i, e.s, EventCode::Notified, EventCode::BackToOwned, EventCode::ToNotify);
        break;
      case CallbackKind::EvtTimerFunc: by = last(i, EventCode::TimerFire, e.s); break;
      case CallbackKind::EvtDpcFunc:
      case CallbackKind::EvtWorkItem: by = last(i, EventCode::Post, e.s); break;
      case CallbackKind::EvtHardwareEvent:
        by = last_of(i, e.s, EventCode::HwDone, EventCode::HwEvent);
        break;
      case CallbackKind::CompletionRoutine: by = last(i, EventCode::TargetBack, e.s); break;
      case CallbackKind::EvtIoQueueReady: by = insert_into(i, queue_of(e)); break;
      case CallbackKind::EvtIoQueueStopComplete:
      case CallbackKind::EvtIoQueuePurgeComplete:
      case CallbackKind::EvtIoQueueDrainComplete: by = state_call(i, queue_of(e)); break;
      case CallbackKind::EvtFileCleanup: by = last(i, EventCode::FileCleanup, e.s); break;
      case CallbackKind::EvtFileClose: by = last(i, EventCode::FileClose, e.s); break;
      case CallbackKind::EvtIoDefault:
      case CallbackKind::EvtIoRead:
      case CallbackKind::EvtIoWrite:
      case CallbackKind::EvtIoDeviceControl:
      case CallbackKind::EvtIoInternalDeviceControl:
      case CallbackKind::EvtIoInCallerContext: by = last(i, EventCode::Own, e.s); break;
      default: by = last_input(i); break;
    }
    return or_else(by, enclosing(i));
  }
  static ObjectId queue_of(const Event& e) { return e.s.kind() == ObjectKind::Queue ? e.s : e.o; }
  size_t insert_into(size_t i, ObjectId queue) const {
    return before(i, [&](const Event& e) { return e.code == EventCode::Insert && e.o == queue; });
  }
  size_t state_call(size_t i, ObjectId queue) const {
    return before(i, [&](const Event& e) {
      return e.code == EventCode::CallEnter && e.s == queue &&
             ApiFn(e.a) >= ApiFn::WdfIoQueueStop &&
             ApiFn(e.a) <= ApiFn::WdfIoQueuePurgeSynchronously;
    });
  }

  // Delivery: what made room in the queue since the request came in, or its coming in.
  size_t owned(size_t i, const Event& e) const {
    switch (trace::OwnReason(e.a)) {
      case trace::OwnReason::BackFromTarget: return last(i, EventCode::TargetBack, e.s);
      case trace::OwnReason::CanceledOnQueue: return cancelled(i, e.s);
      case trace::OwnReason::Delivered: break;
      default: return enclosing(i);
    }
    size_t came = last_of(i, e.s, EventCode::Insert, EventCode::Arrive);
    size_t insert = last(i, EventCode::Insert, e.s);
    if (insert == kNone || insert != came) return or_else(came, enclosing(i));
    size_t room = before(i, [&](const Event& x) {
      return (x.code == EventCode::Uncharge && x.o == e.o) ||
             ((x.code == EventCode::QueueFlags || x.code == EventCode::QueuePower) && x.s == e.o);
    });
    return room != kNone && room > insert ? room : insert;
  }

  size_t inserted(size_t i, const Event& e) const {
    size_t call = enclosing(i);
    size_t arrived = last(i, EventCode::Arrive, e.s);
    return call != kNone && (arrived == kNone || call > arrived) ? call : arrived;
  }

  // A thread of an application comes from an input, one of the system from what it works for.
  size_t thread_made(size_t i, const Event& e) const {
    switch (trace::ThreadKind(e.a)) {
      case trace::ThreadKind::App:
      case trace::ThreadKind::Pnp: return last_input(i);
      default: return or_else(last_of(i, e.o, EventCode::Post, EventCode::Defer), last_input(i));
    }
  }

  const trace::Trace& t_;
};

}  // namespace

std::vector<Cause> cause_chain(const trace::Trace& trace, size_t event, size_t max_steps) {
  std::vector<Cause> out;
  if (event >= trace.size()) return out;
  Chain chain(trace);
  for (size_t i = event; i != kNone && out.size() < max_steps; i = chain.cause(i))
    out.push_back({i, trace::narrate(trace, i)});
  return out;
}

std::string call_of(const trace::Trace& trace, const Verdict& verdict) {
  if (verdict.event > 0 && trace[verdict.event - 1].code == EventCode::NotSimulated)
    return std::string(trace.string(trace[verdict.event - 1].a));
  return verdict.call != ApiFn::Count ? trace::fn_name(verdict.call) : "";
}

}  // namespace qs::model
