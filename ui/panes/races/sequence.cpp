#include "ui/panes/races/sequence.h"

#include <algorithm>
#include <optional>

#include "trace/events/words.h"
#include "trace/export/narrate.h"
#include "verify/explain.h"

namespace qs::ui {

using trace::Event;
using trace::EventCode;
using trace::EventLevel;

namespace {

bool is_report(const Event& e) {
  return e.code == EventCode::Violation || e.code == EventCode::Finding;
}

// How much an event says of its step; less is more, 9 is nothing.
int rank_of(const Event& e) {
  if (is_report(e)) return 0;
  switch (e.code) {
    case EventCode::Input: return 1;
    case EventCode::Completed: return 2;
    case EventCode::Cancelable:
    case EventCode::Uncancelable:
    case EventCode::CancelFlag:
    case EventCode::CancelClaim:
    case EventCode::CancelPending: return 3;
    case EventCode::CallbackEnter: return 3;
    case EventCode::TimerFire:
    case EventCode::HwDone:
    case EventCode::HwEvent:
    case EventCode::DevicePower:
    case EventCode::DevicePnp: return 4;
    case EventCode::ThreadEnd:
    case EventCode::ThreadStart:
    case EventCode::ThreadWait:
    case EventCode::ThreadWake:
    case EventCode::SendReturned: return 9;
    case EventCode::CallEnter: return 5;
    case EventCode::LockAcquire:
    case EventCode::LockRelease: return 6;
    default: break;
  }
  if (trace::event_level(e.code) == EventLevel::Hop) return 4;
  return 9;
}

struct Headline {
  size_t event = RaceSequence::kNone;
  int rank = 9;
};

Headline headline_of(const trace::Trace& t, size_t from, size_t to) {
  Headline best;
  for (size_t i = from; i < to && i < t.size(); ++i)
    if (const int rank = rank_of(t[i]); rank < best.rank) best = {i, rank};
  return best;
}

std::string first_sentence(std::string text) {
  const size_t dot = text.find(". ");
  if (dot != text.npos) text.erase(dot);
  while (!text.empty() && text.back() == '.') text.pop_back();
  return text;
}

std::string text_of(const trace::Trace& t, size_t event, const trace::ShownNames& names) {
  if (event == RaceSequence::kNone) return {};
  const Event& e = t[event];
  if (is_report(e))
    if (const verify::Explanation* why = verify::explain(t.string(e.a)))
      return std::string(why->title);
  if (e.code == EventCode::Input) return std::string(t.string(e.b));
  if (e.code == EventCode::CallEnter && e.s)
    return std::string(trace::fn_name(trace::ApiFn(e.a))) + "(" +
           trace::shown_name(t, e.s, &names) + ")";
  if (e.code == EventCode::CallEnter) return std::string(trace::fn_name(trace::ApiFn(e.a)));
  return first_sentence(trace::narrate(t, event, &names));
}

// Where the driver's code is in that step: at the report, else at the last line of it.
trace::Site site_of(const trace::Trace& t, size_t from, size_t to) {
  trace::Site site;
  for (size_t i = from; i < to && i < t.size(); ++i) {
    if (is_report(t[i]) && t[i].site) return t[i].site;
    if (t[i].site) site = t[i].site;
  }
  return site;
}

bool comes_from_outside(EventCode code) {
  return code == EventCode::TimerFire || code == EventCode::HwDone || code == EventCode::HwEvent;
}

}  // namespace

std::string mover_name(const explore::Route& route, const explore::RouteStep& step,
                       const trace::ShownNames& names) {
  const trace::Trace& t = *route.execution.trace;
  const sched::Move move = step.move();
  if (move.mover == sched::Mover::Thread)
    return trace::shown_name(t, ObjectId(ObjectKind::Thread, move.number), &names);
  // What came from outside: the thread that does it.
  for (size_t i = step.from; i < step.to && i < t.size(); ++i) {
    if (t[i].code == EventCode::ThreadStart || comes_from_outside(t[i].code))
      return trace::shown_name(t, t[i].s, &names);
  }
  return move.mover == sched::Mover::Clock ? "clock" : "system";
}

trace::ShownNames known_before(const explore::Route& there, const explore::RouteStep& step,
                               trace::ShownNames names) {
  const trace::Trace& t = *there.execution.trace;
  for (size_t i = step.from; i < step.to && i < t.size(); ++i)
    if (t[i].code == EventCode::ThreadStart) names.erase(t[i].s);
  return names;
}

std::string deed_of(const explore::Route& route, const explore::RouteStep& step,
                    const trace::ShownNames& names) {
  const trace::Trace& t = *route.execution.trace;
  return text_of(t, headline_of(t, step.from, step.to).event, names);
}

size_t RaceSequence::row_of(size_t step) const {
  for (size_t i = 0; i < rows.size(); ++i)
    if (step < rows[i].end) return i;
  return rows.empty() ? 0 : rows.size() - 1;
}

namespace {

// The thread that makes a step, or that is made by what came from outside; 0: none.
uint32_t thread_of(const explore::Route& route, const explore::RouteStep& step) {
  const sched::Move move = step.move();
  if (move.mover == sched::Mover::Thread) return move.number;
  const trace::Trace& t = *route.execution.trace;
  for (size_t i = step.from; i < step.to && i < t.size(); ++i) {
    if (t[i].code == EventCode::ThreadStart) return t[i].s.serial();
    if (comes_from_outside(t[i].code)) return 0;
  }
  return 0;
}

// Threads of one name share a column, one after the other; those that live at once do not.
class Columns {
 public:
  explicit Columns(std::vector<std::string>& names) : names_(names) {}

  size_t of(const std::string& name, uint32_t thread) {
    size_t same = 0;
    for (size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].name != name) continue;
      ++same;
      if (thread != 0 && all_[i].thread != thread && all_[i].thread != 0) continue;
      if (thread != 0) all_[i].thread = thread;
      return i;
    }
    all_.push_back({name, thread});
    names_.push_back(same == 0 ? name : name + " " + std::to_string(same + 1));
    return all_.size() - 1;
  }
  void ended(uint32_t thread) {
    for (Column& c : all_)
      if (c.thread == thread) c.thread = 0;
  }

 private:
  struct Column {
    std::string name;
    uint32_t thread = 0;  // that has it now; 0: the last one has ended
  };
  std::vector<std::string>& names_;
  std::vector<Column> all_;
};

size_t report_in(const trace::Trace& t, std::string_view rule) {
  size_t any = RaceSequence::kNone;
  for (size_t i = 0; i < t.size(); ++i) {
    if (!is_report(t[i])) continue;
    if (rule.empty() || t.string(t[i].a) == rule) return i;
    if (any == RaceSequence::kNone) any = i;
  }
  return any;
}

}  // namespace

RaceSequence sequence_of(const explore::Route& route, const trace::ShownNames& names,
                         std::string_view rule) {
  RaceSequence out;
  const trace::Trace& t = *route.execution.trace;
  out.verdict = report_in(t, rule);
  if (out.verdict != RaceSequence::kNone) out.rule = t.string(t[out.verdict].a);
  Columns columns(out.columns);
  bool has_words = false;  // the last row has something to tell already
  for (size_t i = 0; i < route.steps.size(); ++i) {
    const explore::RouteStep& s = route.steps[i];
    const size_t column = columns.of(mover_name(route, s, names), thread_of(route, s));
    for (size_t e = s.from; e < s.to && e < t.size(); ++e)
      if (t[e].code == EventCode::ThreadEnd) columns.ended(t[e].s.serial());
    const Headline head = headline_of(t, s.from, s.to);
    const bool wrong = out.verdict >= s.from && out.verdict < s.to;
    const bool goes_on = !out.rows.empty() && out.rows.back().column == column && !s.is_switch;
    const bool tells = head.event != RaceSequence::kNone;
    if (!goes_on || (has_words && tells)) {
      out.rows.push_back({i, i, column, {}, {}, s.is_switch, false});
      has_words = false;
    }
    RaceRow& row = out.rows.back();
    row.end = i + 1;
    row.wrong = row.wrong || wrong;
    if (const trace::Site site = site_of(t, s.from, s.to); site && !(has_words && !wrong))
      row.site = site;
    if (!tells) continue;
    row.text = text_of(t, wrong ? out.verdict : head.event, names);
    has_words = true;
  }
  return out;
}

}  // namespace qs::ui
