// Branches, the playhead's moment, and what each command does.
#include "session/session.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "own/own.h"
#include "run/inputs.h"
#include "session/unloading.h"
#include "trace/rules/verdict.h"

namespace qs::session {

using trace::Trace;

Session::Session(run::Program program, sched::Schedule schedule) : program_(std::move(program)) {
  run::Execution execution = run::execute(program_, schedule);
  add_branch(std::move(schedule), std::move(execution), "main");
  here().position = double(ready());
}

Session::Session(const trace::TraceFile& recording) {
  program_ = own::program_to_look_at(recording.sources, recording.program);
  if (recording.sources.empty()) program_.driver = nullptr;
  run::Execution execution;
  execution.trace = std::const_pointer_cast<Trace>(recording.trace);  // nothing here writes to it
  sched::Schedule schedule;
  if (auto parsed = run::read_schedule(recording.schedule)) schedule = std::move(*parsed);
  add_branch(std::move(schedule), std::move(execution), "recording");
  here().position = double(ready());
}

Session::~Session() = default;

void Session::take_program(run::Program program) {
  std::vector<sched::Input> settings;
  for (const sched::Input& input : branch().schedule.inputs)
    if (sched::is_setting(input.kind)) settings.push_back(input);
  sched::Schedule schedule = with_settings(std::move(settings));
  run::Execution execution = run::execute(program, schedule);
  const bool fresh = position() <= double(ready());
  const size_t at = same_moment(*execution.trace);
  const double speed = speed_;
  program_ = std::move(program);
  branches_.clear();
  bookmarks_.clear();
  current_ = 0;
  add_branch(std::move(schedule), std::move(execution), "main");
  speed_ = speed;
  seek(double(fresh ? ready() : at));
}

// --- branches ---

namespace {

bool same_event(const trace::Event& a, const trace::Event& b) {
  return a.code == b.code && a.irql == b.irql && a.thread == b.thread && a.time == b.time &&
         a.s == b.s && a.o == b.o && a.a == b.a && a.b == b.b && a.c == b.c && a.site == b.site;
}

size_t common_prefix(const Trace& a, const Trace& b) {
  size_t n = std::min(a.size(), b.size()), i = 0;
  while (i < n && same_event(a[i], b[i])) ++i;
  return i;
}

}  // namespace

void Session::add_branch(sched::Schedule schedule, run::Execution execution,
                         const std::string& label) {
  auto branch = std::make_unique<Branch>();
  branch->id = branches_.size();
  branch->parent = branches_.empty() ? 0 : current_;
  if (!branches_.empty()) branch->fork_event = uint32_t(common_prefix(trace(), *execution.trace));
  branch->label = label;
  branch->schedule = std::move(schedule);
  branch->execution = std::move(execution);
  branch->timeline =
      std::make_shared<model::Timeline>(std::shared_ptr<const Trace>(branch->execution.trace));
  branches_.push_back(std::move(branch));
  current_ = branches_.size() - 1;
  playing_ = false;
  glide_ = 1;
  passed_verdict_ = 0;
}

// Number of events up to the last one that is not bookkeeping.
size_t Session::last_move() const {
  size_t n = trace().size();
  while (n > 0 && trace::event_level(trace()[n - 1].code) == trace::EventLevel::Meta) --n;
  return n;
}

size_t Session::last_act() const {
  const Trace& t = trace();
  size_t n = last_move();
  if (t.empty() || t.back().code != trace::EventCode::Settled) return n;
  const auto is_remark = [](const trace::Event& e) {
    return e.code == trace::EventCode::Finding || e.code == trace::EventCode::DebugText ||
           (e.code == trace::EventCode::Note && e.b == trace::kReasonNote);
  };
  while (n > 0 && is_remark(t[n - 1])) --n;
  for (size_t i = n; i-- > 0;)
    if (begins_unloading(t[i])) return i;
  return n;
}

// Does the new trace only continue the current one? Then letting the branch grow loses nothing.
bool Session::extends_current(const Trace& longer, size_t from) const {
  size_t end = last_act();
  return from >= end && from <= trace().size() && common_prefix(trace(), longer) >= end;
}

// Executes a schedule and shows it: in the branch that already has this schedule, in the current
// one when it continues from its end, else in a new one. `position`: events applied, kSameMoment or
// kReady. With `last_input_counts`, a last input that was not possible is refused with its reason,
// and nothing changes. With `grow` the run takes the place of the current branch.
std::string Session::show_run(sched::Schedule schedule, const std::string& label, size_t position,
                              bool play, bool last_input_counts, bool grow) {
  auto known = std::find_if(branches_.begin(), branches_.end(),
                            [&](const auto& b) { return b->schedule == schedule; });
  if (known != branches_.end()) {
    if (position == kSameMoment) position = same_moment(*(*known)->execution.trace);
    current_ = size_t(known - branches_.begin());
  } else {
    run::Execution execution = run::execute(program_, schedule);
    if (last_input_counts)
      if (std::string why = refusal(schedule, execution, position); !why.empty()) return why;
    if (position == kSameMoment) position = same_moment(*execution.trace);
    if (last_input_counts && (grow || extends_current(*execution.trace, position))) {
      Branch& b = here();
      b.schedule = std::move(schedule);
      b.execution = std::move(execution);
      b.timeline =
          std::make_shared<model::Timeline>(std::shared_ptr<const Trace>(b.execution.trace));
    } else {
      add_branch(std::move(schedule), std::move(execution), label);
    }
  }
  seek(double(position == kReady ? ready() : position));
  playing_ = play && this->position() < double(trace().size());
  return {};
}

size_t Session::ready() const { return ready_of(trace()); }

size_t ready_of(const Trace& t) {
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i].code == trace::EventCode::Settled) return i + 1;
    if (t[i].code == trace::EventCode::Input) return i;
  }
  return t.size();
}

std::vector<run::InputOutcome> Session::impossible() const {
  std::vector<run::InputOutcome> out;
  for (const run::InputOutcome& o : branch().execution.outcomes)
    if (!o.applied) out.push_back(o);
  return out;
}

std::string Session::schedule_text() const { return branch().schedule.print(); }

// --- the moment ---

Moment Session::moment() {
  Branch& b = here();
  Moment m;
  m.trace = std::shared_ptr<const Trace>(b.execution.trace);
  m.timeline = b.timeline;
  double whole = std::floor(b.position);
  bool between = b.position > whole;
  m.event = size_t(whole) + (between ? 1 : 0);
  m.t = between ? b.position - whole : glide_;
  m.before = b.timeline->keep(m.event > 0 ? m.event - 1 : 0);
  m.after = b.timeline->keep(m.event);
  m.playing = playing_;
  m.at_end = m.event >= last_move() && !between;
  m.stopped_at_verdict = !between && !playing_ && verdict_at(m.event) != passed_verdict_;
  return m;
}

// --- commands ---

std::string Session::apply(const Command& command) {
  struct Visitor {
    Session& s;
    std::string operator()(const cmd::Seek& c) {
      if (!std::isfinite(c.position)) return "That is not a position in the run.";
      s.playing_ = false;
      s.seek(c.position);
      return {};
    }
    std::string operator()(cmd::Home) {
      double ready = double(s.ready());
      s.playing_ = false;
      s.seek(s.position() > ready ? ready : 0);
      return {};
    }
    std::string operator()(cmd::End) {
      s.playing_ = false;
      s.seek(double(s.trace().size()));
      return {};
    }
    std::string operator()(const cmd::Step& c) { return s.step(c); }
    std::string operator()(cmd::Play) { return s.play(); }
    std::string operator()(cmd::Continue) { return s.go_on(); }
    std::string operator()(cmd::Pause) {
      s.playing_ = false;
      return {};
    }
    std::string operator()(cmd::TogglePlay) {
      return s.playing_ ? (*this)(cmd::Pause{}) : s.play();
    }
    std::string operator()(const cmd::WaitForKey& c) {
      s.wait_for_key_ = c.on;
      return {};
    }
    std::string operator()(const cmd::Speed& c) {
      if (!(c.factor > 0) || !std::isfinite(c.factor)) return "That is not a speed.";
      s.speed_ = std::clamp(c.factor, cmd::Speed::kLeast, cmd::Speed::kMost);
      return {};
    }
    std::string operator()(const cmd::RunTo& c) { return s.run_to(c); }
    std::string operator()(const cmd::Do& c) { return s.act(c.input, c.answer); }
    std::string operator()(const cmd::SwitchDispatch& c) { return s.switch_dispatch(c); }
    std::string operator()(const cmd::SetOverride& c) {
      std::string queue = s.trace().name(c.queue);
      return s.set_override(queue, c.text, queue + ": " + c.text);
    }
    std::string operator()(const cmd::SetGraph& c) { return s.set_graph(c); }
    std::string operator()(const cmd::SetWorkload& c) { return s.set_workload(c.workload); }
    std::string operator()(cmd::DropWorkload) { return s.drop_workload(); }
    std::string operator()(const cmd::LoadSetup& c) { return s.load_setup(c.setup); }
    std::string operator()(const cmd::SetOption& c) { return s.set_option(c.text); }
    std::string operator()(const cmd::PickThread& c) { return s.pick_thread(c); }
    std::string operator()(const cmd::ShowBranch& c) { return s.show_branch(c.branch); }
    std::string operator()(const cmd::LoadSchedule& c) {
      return s.load_schedule(c.text, c.label.empty() ? "pasted schedule" : c.label);
    }
    std::string operator()(cmd::ResetRun) {
      return s.load_schedule(sched::Schedule().print(), "start again");
    }
    std::string operator()(const cmd::Bookmark& c) { return s.add_bookmark(c.name); }
  };
  if (!std::holds_alternative<cmd::Speed>(command)) stop_at_ = 0;
  return std::visit(Visitor{*this}, command);
}

std::string Session::show_branch(size_t branch) {
  if (branch >= branches_.size())
    return fmt::format("There is no branch {}; there are {}.", branch, branches_.size());
  current_ = branch;
  playing_ = false;
  glide_ = 1;
  return {};
}

std::string Session::add_bookmark(const std::string& name) {
  size_t event = moment().event;
  const auto same = std::find_if(bookmarks_.begin(), bookmarks_.end(), [&](const BookmarkAt& b) {
    return b.branch == current_ && b.event == event;
  });
  if (same != bookmarks_.end()) {
    bookmarks_.erase(same);
    return {};
  }
  bookmarks_.push_back(
      {name.empty() ? fmt::format("event {}", event) : name, current_, uint32_t(event)});
  return {};
}

// --- names ---

ObjectId find_object(const Trace& trace, std::string_view name, ObjectKind kind) {
  auto rank = [kind](ObjectId id) {
    if (id.kind() == kind) return 0;
    switch (id.kind()) {
      case ObjectKind::Queue: return 1;
      case ObjectKind::Request: return 2;
      case ObjectKind::FileObject: return 3;
      case ObjectKind::App: return 4;
      case ObjectKind::Thread: return 6;
      default: return 5;
    }
  };
  ObjectId best;
  auto offer = [&](ObjectId id) {
    if (!best || rank(id) < rank(best) || (rank(id) == rank(best) && id < best)) best = id;
  };
  for (const auto& [raw, text] : trace.names())
    if (trace.string(text) == name) offer(ObjectId(raw));
  if (best) return best;
  for (size_t i = 0; i < trace.size(); ++i)  // objects without a name of their own: "queue 3"
    if (trace[i].s && !trace.has_name(trace[i].s) && trace.name(trace[i].s) == name)
      offer(trace[i].s);
  return best;
}

}  // namespace qs::session
