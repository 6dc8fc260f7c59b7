// The world around the queues: device power, hardware, timers, targets, the run itself and its
// verdicts.
#include "model/apply/apply.h"
#include "model/find.h"
#include "trace/events/board.h"

namespace qs::model {

using trace::EventCode;

namespace {

void hardware(Model& m, const trace::Event& e) {
  ChannelView* c = find_in(m.channels, e.s);
  if (!c) return;
  ObjectId request = e.code == EventCode::HwStart ? e.o : c->request;
  if (e.code == EventCode::HwStart) {
    c->request = e.o;
    c->started = e.time;
    c->due = e.time + e.a;
  } else {
    c->request = {};
  }
  if (RequestView* r = find_in(m.requests, request)) {
    if (e.code == EventCode::HwStart)
      r->channel = e.s;
    else if (r->channel == e.s)
      r->channel = {};
  }
}

void timer(Model& m, const trace::Event& e) {
  TimerView* t = find_in(m.timers, e.s);
  if (!t) return;
  switch (e.code) {
    case EventCode::TimerArm:
      t->armed = true;
      t->due = e.a;
      t->period = e.b;
      break;
    case EventCode::TimerFire:
      t->armed = t->period != 0;
      if (t->armed) t->due = e.time + t->period;
      break;
    default: t->armed = false; break;
  }
}

void option(Model& m, const trace::Event& e) {
  constexpr size_t kOptions = size_t(trace::RunOption::BreakOnError) + 1;
  if (e.a >= kOptions) return;
  if (m.options.size() < kOptions) m.options.resize(kOptions);
  m.options[e.a] = e.b;
}

// The innermost call the thread is in, if it is in none of its callbacks there.
trace::ApiFn call_in(const Model& m, const trace::Event& e) {
  const bool about_thread = e.thread == 0 && e.o.kind() == ObjectKind::Thread;
  const ThreadView* t = m.thread(about_thread ? e.o : ObjectId(ObjectKind::Thread, e.thread));
  if (!t || t->stack.empty() || t->stack.back().callback) return trace::ApiFn::Count;
  return trace::ApiFn(t->stack.back().what);
}

void verdict(Model& m, const trace::Event& e) {
  Verdict v;
  v.event = m.events;
  v.finding = e.code == EventCode::Finding;
  v.rule = e.a;
  v.severity = e.b;
  v.code = e.c;
  v.call = call_in(m, e);
  v.s = e.s;
  v.o = e.o;
  v.site = e.site;
  (e.code == EventCode::Hint ? m.hints : m.verdicts).push_back(v);
}

}  // namespace

void apply_device(Model& m, const trace::Event& e) {
  switch (e.code) {
    case EventCode::Option: option(m, e); break;
    case EventCode::Settled: m.settled = true; break;
    case EventCode::RunEnd:
      m.ended = true;
      m.end = trace::RunEnd(e.a);
      break;
    case EventCode::DevicePower:
      if (DeviceView* d = find_in(m.devices, e.s)) d->power = trace::DevicePower(e.a);
      break;
    case EventCode::DevicePnp:
      if (DeviceView* d = find_in(m.devices, e.s)) d->pnp = trace::DevicePnp(e.a);
      break;
    case EventCode::PowerPhase:
      if (DeviceView* d = find_in(m.devices, e.s)) d->phase = e.a;
      break;
    case EventCode::HwStart:
    case EventCode::HwDone:
    case EventCode::HwCancel: hardware(m, e); break;
    case EventCode::TimerArm:
    case EventCode::TimerFire:
    case EventCode::TimerStop: timer(m, e); break;
    case EventCode::Post:
      if (!contains(m.posted, e.s)) m.posted.push_back(e.s);
      break;
    case EventCode::MemoryShort: m.memory = trace::MemoryMode(e.a); break;
    case EventCode::TargetState:
      if (TargetView* t = find_in(m.targets, e.s)) t->state = trace::TargetState(e.a);
      break;
    // A source takes no time: what it shows stands in the place of that.
    case EventCode::HwEvent:
      if (ChannelView* c = find_in(m.channels, e.s); c && c->kind == trace::kSourceChannel)
        c->duration = e.a;
      break;
    case EventCode::Violation:
    case EventCode::Finding:
    case EventCode::Hint: verdict(m, e); break;
    default: break;  // Program, Clock, Input, Choice, Note, DebugText, NotSimulated: only told
  }
}

}  // namespace qs::model
