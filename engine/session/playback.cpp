// The playhead: seeking, stepping, playing.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "language/pattern.h"
#include "session/session.h"
#include "trace/rules/rules.h"

namespace qs::session {

using trace::EventLevel;

namespace {

constexpr double kHop = 0.35, kCallback = 0.25, kCall = 0.15, kLine = 0.12, kState = 0.1;

constexpr const char* kNoFurther = "What comes next is shown later.";

bool is_verdict(const trace::Event& e) {
  return e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding ||
         e.code == trace::EventCode::RunEnd;
}

bool stops(const trace::Event& e, cmd::By by) {
  if (by == cmd::By::Detail || is_verdict(e)) return true;
  EventLevel level = trace::event_level(e.code);
  bool hop = level == EventLevel::Hop, callback = level == EventLevel::Callback,
       call = level == EventLevel::Call;
  switch (by) {
    case cmd::By::Hop: return hop;
    case cmd::By::Callback: return callback;
    case cmd::By::Call: return call || callback;
    case cmd::By::Line:
      if (level == EventLevel::Line) return true;
      [[fallthrough]];
    default: return hop || callback || call || level == EventLevel::State;
  }
}

}  // namespace

double Session::event_duration(size_t event) const {
  if (event >= trace().size()) return 0;
  switch (trace::event_level(trace()[event].code)) {
    case EventLevel::Hop: return kHop;
    case EventLevel::Callback: return kCallback;
    case EventLevel::Call: return kCall;
    case EventLevel::Line: return kLine;
    case EventLevel::State: return kState;
    default: return 0;
  }
}

void Session::seek(double position) {
  Branch& b = here();
  b.position = std::clamp(position, 0.0, double(std::min(trace().size(), b.limit)));
  glide_ = 1;
  if (size_t(b.position) < passed_verdict_) passed_verdict_ = 0;
}

void Session::limit(size_t events) {
  here().limit = events;
  if (position() <= double(events)) return;
  playing_ = false;
  seek(double(events));
}

// The number of applied events at the break or bug check that the playhead is on, or else
// passed_verdict_: playback is held up exactly when the two differ.
size_t Session::verdict_at(size_t event) const {
  bool violation = event > 0 && trace()[event - 1].code == trace::EventCode::Violation;
  return violation ? event : passed_verdict_;
}

std::string Session::step(cmd::Step s) {
  playing_ = false;
  const trace::Trace& t = trace();
  double whole = std::floor(position());
  if (s.back) {
    size_t i = size_t(std::ceil(position()));
    if (i == 0) return "This is the beginning of the run.";
    for (--i; i > 0 && !stops(t[i - 1], s.by);) --i;
    seek(double(i));
    return {};
  }
  size_t i = size_t(whole);
  if (i >= t.size()) return "This is the end of the run.";
  if (i >= limit()) return kNoFurther;
  while (i < t.size() && !stops(t[i], s.by)) ++i;
  bool moves = i < t.size() && event_duration(i) > 0;
  seek(double(std::min(i + 1, t.size())));
  glide_ = moves ? 0 : 1;
  return {};
}

std::string Session::run_to(const cmd::RunTo& c) {
  auto event = language::parse_pattern(c.event);
  if (!event) return event.error().text();
  size_t from = c.back ? size_t(std::ceil(position())) : size_t(position());
  size_t found = language::find(trace(), *event, from, c.back);
  if (found == language::kNone || found > limit())
    return fmt::format("No {} event of this run is \"{}\".", c.back ? "earlier" : "later", c.event);
  playing_ = false;
  seek(double(found));
  return {};
}

std::string Session::play() {
  size_t event = size_t(position());
  if (position() >= double(last_move()))
    return "This is the end of the run: go back, or do something.";
  if (double(event) == position()) passed_verdict_ = verdict_at(event);
  if (position() >= double(limit())) return kNoFurther;
  playing_ = true;
  return {};
}

std::string Session::go_on() {
  Moment m = moment();
  if (m.after->ended)
    return "The run has ended here; step back to before it and do something else.";
  if (!m.stopped_at_verdict) return "Nothing is held up here.";
  return play();
}

// The motion that a step began; position and model are already at its end.
bool Session::glide(double seconds) {
  if (glide_ >= 1) return false;
  size_t event = size_t(position());
  double duration = event > 0 ? event_duration(event - 1) : 0;
  glide_ = duration > 0 ? std::min(1.0, glide_ + seconds * speed_ / duration) : 1;
  return true;
}

bool Session::tick(double seconds) {
  if (!(seconds > 0)) return playing_ || glide_ < 1;
  if (!playing_) return glide(seconds);
  glide_ = 1;
  Branch& b = here();
  const trace::Trace& t = trace();
  double left = seconds * speed_;
  while (playing_ && b.position < double(t.size())) {
    size_t event = size_t(b.position);
    double duration = event_duration(event);
    double needed = (double(event + 1) - b.position) * duration;
    if (needed > left) {
      b.position += left / duration;
      break;
    }
    left -= needed;
    b.position = double(event + 1);
    if (verdict_at(event + 1) != passed_verdict_) playing_ = false;
    if (b.position == double(stop_at_)) playing_ = false;
    if (event + 1 >= b.limit) playing_ = false;
    if (wait_for_key_ && trace::event_level(t[event].code) == EventLevel::Hop) playing_ = false;
  }
  if (b.position >= double(t.size())) playing_ = false;
  if (!playing_) stop_at_ = 0;
  return true;
}

}  // namespace qs::session
