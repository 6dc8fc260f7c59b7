// Comparing: what is compared, who plays a part in it, and where the playhead is.
#include "ui/panes/compare/compare.h"

#include <algorithm>
#include <unordered_map>

#include "ui/panes/compare/parts.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

std::vector<session::ComparedMode> wanted_modes(const CompareState& st) {
  std::vector<session::ComparedMode> modes;
  if (st.on[0]) modes.push_back({trace::Dispatch::Sequential});
  if (st.on[1]) modes.push_back({trace::Dispatch::Parallel, st.limit ? st.limit : trace::kNoLimit});
  if (st.on[2]) modes.push_back({trace::Dispatch::Manual});
  return modes;
}

template <class T>
void add(std::vector<T>& list, const T& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

void compare::rerun(CompareState& st, const session::Session& session) {
  const double length = st.comparison.clock.length();
  const double share = length > 0 ? st.position / length : 0;
  auto made = session::compare_modes(session, st.queue, wanted_modes(st));
  st.error.clear();
  if (!made) {
    st.error = made.error().message;
    st.comparison = session::Comparison();
    st.cast = CompareCast();
    return;
  }
  st.comparison = std::move(*made);
  st.cast = compare_cast(st.comparison);
  for (auto& counted : st.counted) counted = {};
  st.position = share * st.comparison.clock.length();
  st.playing = false;
  st.until = -1;
}

namespace {

using Requests = std::unordered_map<std::string, size_t>;  // by name, their place in the cast

void look_at(CompareCast& cast, Requests& known, const trace::Trace& t, size_t run, size_t ready) {
  for (size_t i = ready; i < t.size(); ++i) {
    const trace::Event& e = t[i];
    const bool request = e.s.kind() == ObjectKind::Request;
    if (e.code == trace::EventCode::Send && trace::RequestType(e.a) != trace::RequestType::Create) {
      const auto [at, fresh] = known.emplace(t.name(e.s), cast.requests.size());
      if (fresh) cast.requests.push_back({at->first, trace::RequestType(e.a), {}});
      cast.requests[at->second].in[run] = e.s;
    }
    if (e.code == trace::EventCode::CallbackEnter && request)
      add(cast.rooms, trace::CallbackKind(e.a));
    if (e.code == trace::EventCode::Insert && e.o.kind() == ObjectKind::Queue)
      add(cast.queues, e.o);
    if (e.code == trace::EventCode::Own && trace::OwnReason(e.a) == trace::OwnReason::Retrieved)
      cast.own_code = true;
    if (e.code == trace::EventCode::SendTarget || e.code == trace::EventCode::PendTarget)
      cast.target = true;
  }
}

}  // namespace

CompareCast compare_cast(const session::Comparison& c) {
  CompareCast cast;
  if (c.runs.empty()) return cast;
  cast.queues.push_back(
      session::find_object(*c.runs.front().execution.trace, c.queue, ObjectKind::Queue));
  Requests known;
  for (size_t r = 0; r < c.runs.size(); ++r) {
    const trace::Trace& trace = *c.runs[r].execution.trace;
    look_at(cast, known, trace, r, c.clock.events(0, r));
    cast.last_done[r] = model::last_done_time(trace);
  }
  return cast;
}

void begin_compare(CompareState& st, const session::Session& session, ObjectId queue) {
  st = CompareState();
  const auto queues = session::comparable_queues(session);
  const session::ComparableQueue* chosen = nullptr;
  for (const session::ComparableQueue& q : queues)
    if (q.reason.empty() && (!chosen || q.id == queue)) chosen = &q;
  if (!chosen) {
    st.error = tr(session.view_only() ? "compare.recording" : "compare.no_queue");
    return;
  }
  st.queue = chosen->name;
  if (chosen->now.dispatch == trace::Dispatch::Parallel)
    st.limit = chosen->now.limit == trace::kNoLimit ? 0 : chosen->now.limit;
  compare::rerun(st, session);
  const model::SharedClock& clock = st.comparison.clock;
  for (size_t r = 0; r < st.comparison.runs.size(); ++r)
    if (st.comparison.runs[r].present) {
      const auto events = size_t(session.position());
      st.position = events > clock.events(0, r) ? clock.position(clock.stop_of(r, events - 1)) : 0;
    }
}

void go_to_difference(CompareState& st) {
  if (!st.comparison.difference) return;
  const model::SharedClock& clock = st.comparison.clock;
  st.playing = false;
  st.until = -1;
  st.position = clock.position(clock.end_of_burst(st.comparison.difference->stop));
  st.reveal = st.comparison.difference->request;
}

void steer_compare(CompareState& st, const session::Command& command, bool reduced) {
  const model::SharedClock& clock = st.comparison.clock;
  if (clock.stops() == 0) return;
  const auto go = [&](double position) {
    st.position = std::clamp(position, 0.0, clock.length());
    st.playing = false;
    st.until = -1;
  };
  const auto play = [&] {
    if (st.position >= clock.length()) st.position = 0;
    st.until = -1;
    st.playing = clock.length() > 0;
  };
  if (std::get_if<session::cmd::Home>(&command)) return go(0);
  if (std::get_if<session::cmd::End>(&command)) return go(clock.length());
  if (std::get_if<session::cmd::Pause>(&command)) return go(st.position);
  if (std::get_if<session::cmd::Play>(&command)) return play();
  if (std::get_if<session::cmd::TogglePlay>(&command)) return st.playing ? go(st.position) : play();
  const auto* step = std::get_if<session::cmd::Step>(&command);
  if (!step) return;
  if (st.until >= 0) go(st.until);  // a second press does not wait for the first motion
  const size_t here = clock.stop_before(st.position);
  if (step->back) {
    const bool between = st.position > clock.position(here) + 1e-6;
    return go(clock.position(between || here == 0 ? here : here - 1));
  }
  if (here + 1 >= clock.stops()) return;
  const double to = clock.position(here + 1);
  if (reduced) return go(to);
  st.position = std::max(st.position, to - 1);
  st.until = to;
  st.playing = true;
}

bool tick_compare(CompareState& st, double seconds, double speed) {
  if (!st.playing) return false;
  constexpr double kStep = 0.35;  // seconds a step at 1x, as on the stage
  const double end = st.until >= 0 ? st.until : st.comparison.clock.length();
  st.position += seconds * speed / kStep;
  if (st.position >= end) {
    st.position = end;
    st.playing = false;
    st.until = -1;
  }
  return true;
}

namespace compare {

bool CompareFrame::at_difference() const {
  const auto& d = comparison().difference;
  if (!d) return false;
  const size_t stop = at.t > 0 ? at.from + 1 : at.from;
  return stop >= d->stop && stop <= clock().end_of_burst(d->stop);
}

std::string mode_tag(const session::ComparedMode& mode) {
  switch (mode.dispatch) {
    case trace::Dispatch::Sequential: return tr("stage.seq");
    case trace::Dispatch::Manual: return tr("stage.man");
    default: break;
  }
  if (mode.limit == trace::kNoLimit) return tr("stage.par");
  return std::string(tr("stage.par")) + " " + std::to_string(mode.limit);
}

}  // namespace compare

}  // namespace qs::ui
