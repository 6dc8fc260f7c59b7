#include "tests/session/law_outcome.h"

#include <cstdio>
#include <cstdlib>

#include "trace/events/words.h"

namespace qs::test {

using trace::Act;
using trace::DevicePnp;
using trace::Event;
using trace::EventCode;
using trace::Trace;

namespace {

std::optional<int32_t> status_in(const std::string& reason) {
  const size_t at = reason.find("STATUS_");
  if (at == std::string::npos) return {};
  return trace::status_value(reason.substr(at, reason.find_first_of(" .,:;)", at) - at));
}

// What the asking thread was told and what its call returned, from its order on.
void read_order(const Trace& t, size_t from, const Trial& trial, Outcome& out) {
  size_t i = from;
  while (i < t.size() && t[i].code != EventCode::Answer) ++i;
  if (i == t.size()) return;
  const uint16_t thread = t[i].thread;
  const trace::ApiFn fn = trace::act_row(trial.said.act).fn;
  int depth = 0;
  for (; i < t.size(); ++i) {
    const Event& ev = t[i];
    if (ev.thread != thread) continue;
    // A dead handle is found out before the call is entered.
    out.made = out.made || ev.code == EventCode::CallEnter || ev.code == EventCode::Violation;
    if (ev.code == EventCode::CallbackEnter) ++depth;
    if (ev.code == EventCode::CallbackLeave) --depth;
    if (depth != 0) continue;
    // A ring of waiting threads is no matter of one call: legal calls can close it.
    const bool ring = ev.code == EventCode::Finding && t.string(ev.a) == "U-03";
    const bool told = ev.code == EventCode::Violation || ev.code == EventCode::Finding;
    if (told && !ring) out.reported.emplace_back(t.string(ev.a));
    if (ev.code == EventCode::CallLeave && trace::ApiFn(ev.a) == fn) {
      out.has_status = ev.c == 1;
      out.status = int32_t(ev.b);
      return;
    }
  }
  out.hangs = true;
}

// The first event of that kind about that object.
const Event* find(const Trace& t, size_t from, EventCode code, ObjectId s) {
  for (size_t i = from; i < t.size(); ++i)
    if (t[i].code == code && (!s || t[i].s == s)) return &t[i];
  return nullptr;
}

std::string cancel_effect(const Trace& t, size_t from, const Trial& trial) {
  const std::string rule = trial.said.rule;
  const ObjectId r = trial.object;
  const Event* flag = find(t, from, EventCode::CancelFlag, r);
  const bool late = trial.said.reason.find("too late") == 0;
  if (late) return flag ? "the flag is set of one that is complete" : "";
  if (!flag) return "the flag is not set";
  const bool taken = flag->a != 0;
  if ((rule == "C-05" || rule == "C-07" || rule == "C-10") != taken && rule != "C-60" &&
      rule != "C-01")
    return taken ? "a cancel routine was called" : "no cancel routine was called";
  const bool due = find(t, from, EventCode::CancelPending, r);
  const bool queue_due = find(t, from, EventCode::CanceledOnQueue, r);
  const bool done = find(t, from, EventCode::Completed, r);
  if (rule == "C-05" && (!done || queue_due)) return "it was not canceled without the driver";
  if (rule == "C-07" && !done && !queue_due) return "it was not canceled";
  if (rule == "C-10" && !due) return "EvtRequestCancel is not due";
  if ((rule == "C-15" || rule == "C-50") && (due || queue_due)) return "the driver is told";
  return {};
}

std::optional<DevicePnp> pnp_after(Act act) {
  switch (act) {
    case Act::PnpStart:
    case Act::PnpCancelQuery: return DevicePnp::Started;
    case Act::PnpQueryStop: return DevicePnp::QueryStop;
    case Act::PnpQueryRemove: return DevicePnp::QueryRemove;
    case Act::PnpStop: return DevicePnp::Stopped;
    case Act::SurpriseRemove: return DevicePnp::SurpriseRemoved;
    case Act::Remove: return DevicePnp::Removed;
    default: return {};
  }
}

// What the PnP or power manager asks has come to its end, or a thread stands in it; or the run is
// over.
std::string device_effect(const Trace& t, size_t from, const Trial& trial, bool ended) {
  const Act act = trial.said.act;
  if (act == Act::FireIdleTimers) {
    const Event* e = find(t, from, EventCode::PowerPhase, trial.object);
    return e && trace::PowerPhase(e->a) == trace::PowerPhase::IdleExpired
               ? ""
               : "the idle timer did not expire";
  }
  if (!find(t, from, EventCode::ActBegins, trial.object)) return "it was not asked for";
  if (!find(t, from, EventCode::ActEnds, trial.object))
    return ended || find(t, from, EventCode::ThreadWait, {}) ? "" : "it neither ends nor waits";
  const auto pnp = pnp_after(act);
  const Event* e = find(t, from, EventCode::DevicePnp, trial.object);
  if (pnp && !(e && DevicePnp(e->a) == *pnp)) {
    const Event* failed = find(t, from, EventCode::CallbackLeave, trial.object);
    return act == Act::PnpStart && failed ? "" : "the device is not in that state";
  }
  const Event* power = find(t, from, EventCode::DevicePower, trial.object);
  const bool stays = !trial.said.reason.empty();
  if (act == Act::PowerDown &&
      stays == (power && trace::DevicePower(power->a) != trace::DevicePower::D0))
    return stays ? "it left D0" : "it did not leave D0";
  return {};
}

std::string app_effect(const Trace& t, size_t from, const Trial& trial, bool ended) {
  const bool may_wait = ended || find(t, from, EventCode::ThreadWait, {});
  switch (trial.said.act) {
    case Act::Send: return may_wait || find(t, from, EventCode::Send, {}) ? "" : "nothing was sent";
    case Act::CloseHandle:
      return may_wait || find(t, from, EventCode::FileCleanup, trial.object) ? "" : "no cleanup";
    case Act::AppExit:
      return may_wait || find(t, from, EventCode::AppExit, trial.object) ? "" : "it did not exit";
    case Act::OpenHandle: {
      if (!find(t, from, EventCode::FileOpen, {})) return may_wait ? "" : "nothing was opened";
      const auto status = status_in(trial.said.reason);
      const Event* done = find(t, from, EventCode::Completed, {});
      return !status || (done && int32_t(done->a) == *status) ? "" : "it was not refused";
    }
    default: return {};
  }
}

std::string outside_effect(const Trace& t, size_t from, const Trial& trial, bool ended) {
  switch (trace::act_row(trial.said.act).subject) {
    case trace::ActSubject::Request: return cancel_effect(t, from, trial);
    case trace::ActSubject::Device: return device_effect(t, from, trial, ended);
    default: return app_effect(t, from, trial, ended);
  }
}

// A new run in which the queue is created otherwise.
void read_switch(const Trace& t, const std::string& queue, const Trial& trial, Outcome& out) {
  const ObjectId id = t.named(queue, ObjectKind::Queue);
  const Event* e = id ? find(t, 0, EventCode::QueueConfig, id) : nullptr;
  if (!e) return;
  const auto dispatch = trace::Dispatch(e->a & trace::kConfigDispatchMask);
  const Act act = trial.said.act;
  const bool as_said =
      act == Act::SwitchSequential ? dispatch == trace::Dispatch::Sequential
      : act == Act::SwitchParallel ? dispatch == trace::Dispatch::Parallel
      : act == Act::SwitchManual   ? dispatch == trace::Dispatch::Manual
      : act == Act::SetLimit       ? e->b == 2
      : act == Act::SetScope
          ? trace::SyncScope(e->a >> trace::kConfigScopeShift & 3) == trace::SyncScope::None
          : (e->a & trace::kConfigPassive) != 0;
  out.applied = as_said;
}

std::string order_difference(const Trial& trial, const Outcome& o) {
  const model::LegalCall& said = trial.said;
  const std::string rule = said.rule;
  if (!o.applied) return "said possible, refused: " + o.problem;
  if (!o.made) return "no call was made";
  const std::string first = o.reported.empty() ? "" : o.reported.front();
  if (rule == "Q-14" || (rule == "O-10" && said.legality == model::Legality::Illegal))
    return o.hangs ? "" : "said to wait for ever, it returned";
  switch (said.legality) {
    case model::Legality::Illegal:
      if (first != rule) return "said illegal by " + rule + ", reported '" + first + "'";
      return "";
    case model::Legality::Discouraged:
      if (!first.empty() && first != rule) return "said " + rule + ", reported " + first;
      break;
    default:
      if (!first.empty()) return "said legal by " + rule + ", reported " + first;
  }
  const auto status = status_in(said.reason);
  if (status && o.has_status && *status != o.status)
    return "said " + trace::status_text(*status) + ", returned " + trace::status_text(o.status);
  return "";
}

}  // namespace

Outcome outcome_of(const run::Program& program, sched::Schedule schedule, const Trial& trial) {
  schedule.inputs.push_back(trial.input);
  if (std::getenv("QS_LAW_LOG"))  // the last one is what crashed
    std::fprintf(stderr, "%s %s\n", program.name.c_str(), schedule.print().c_str());
  const run::Execution e = run::execute(program, schedule);
  const Trace& t = *e.trace;
  Outcome out;
  if (trial.input.kind == sched::InputKind::Override) {
    read_switch(t, trial.input.subject, trial, out);
    return out;
  }
  const run::InputOutcome* mine = nullptr;
  for (const run::InputOutcome& o : e.outcomes)
    if (o.from_schedule) mine = &o;
  if (!mine) return out;
  out.applied = mine->applied;
  out.problem = mine->problem;
  out.rule = mine->rule;
  out.why = mine->why;
  if (trace::is_order(trial.said.act))
    read_order(t, mine->event, trial, out);
  else if (out.applied)
    out.effect = outside_effect(t, mine->event, trial, e.ended);
  return out;
}

std::string difference(const Trial& trial, const Outcome& o) {
  const model::LegalCall& said = trial.said;
  if (trace::is_order(said.act)) return order_difference(trial, o);
  const bool possible = said.legality != model::Legality::Impossible;
  if (possible != o.applied)
    return (possible ? "said possible, refused: " : "said impossible, done: ") +
           (possible ? o.problem : said.reason);
  if (trial.input.kind == sched::InputKind::Override) return "";
  if (o.rule != said.rule || said.reason.find(o.why) != 0)
    return std::string("said ") + said.rule + " '" + said.reason + "', the engine " + o.rule +
           " '" + o.why + "'";
  return o.effect.empty() ? "" : std::string("said ") + said.rule + ": " + o.effect;
}

}  // namespace qs::test
