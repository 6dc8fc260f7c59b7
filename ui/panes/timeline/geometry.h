// Where things stand on the timeline: its axis, zoom, ticks and marks. Pure functions and values,
// no drawing. Called by the timeline, its overview bar and tests.
//
// The axis counts events, since virtual time stands still for most of them. Position p means "p
// events have happened": event number i (from 0) happens at position i + 1, and what it made so
// begins there. That is also the playhead's unit (cmd::Seek).
#pragma once
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "model/timeline/timeline.h"
#include "session/session.h"
#include "ui/toolkit/core/layout.h"

namespace qs::ui {

inline double position_of_event(size_t event) { return double(event) + 1; }
// The playhead of a moment, with the progress of the motion as fraction.
inline double position_of(const session::Moment& m) {
  return m.event == 0 ? 0 : double(m.event - 1) + std::clamp(m.t, 0.0, 1.0);
}

// The part of the run that is in view, in positions.
struct EventRange {
  double from = 0, to = 0;
  double size() const { return to - from; }
  bool empty() const { return !(to > from); }
  // But for rounding.
  bool operator==(const EventRange& o) const {
    return std::abs(from - o.from) < 1e-6 && std::abs(to - o.to) < 1e-6;
  }
};

inline constexpr double kLeastSpan = 4;  // events; no closer zoom

EventRange fitted(size_t events);  // all of it, with a little room behind
// What is shown at first: everything after the set-up of `ready` events.
EventRange home_view(size_t events, size_t ready);
EventRange kept_inside(EventRange view, size_t events);  // same size, moved or cut to what there is
EventRange zoomed(EventRange view, size_t events, double at,
                  double factor);  // factor > 1 shows more events
EventRange panned(EventRange view, size_t events, double by);
// `view`, moved so that `position` can be seen: unchanged if it can, else a page further.
EventRange following(EventRange view, size_t events, double position);

struct Axis {
  EventRange view;
  float left = 0, width = 1;  // pixels
  bool operator==(const Axis&) const = default;

  float x(double position) const {
    return left + float((position - view.from) / view.size() * double(width));
  }
  double position(float px) const {
    return view.from + double(px - left) / double(width) * view.size();
  }
  float per_event() const { return float(double(width) / view.size()); }
  float right() const { return left + width; }
  // Events whose spans can touch the view: [first, end).
  uint32_t first_event() const { return view.from <= 1 ? 0 : uint32_t(view.from - 1); }
  uint32_t end_event(size_t events) const {
    return uint32_t(std::clamp(view.to + 1, 0.0, double(events)));
  }
};

// The event that happened last at the place x, or kNoEvent before the first.
int64_t event_near(const Axis& axis, float x, size_t events);

// Where the virtual clock moves. `label`: far enough from the last label for a text.
struct Tick {
  double position = 0;
  uint32_t time = 0;  // microseconds, from here on
  bool label = false;
};
// At most width / line_gap ticks; labels at least label_gap pixels apart.
std::vector<Tick> time_ticks(const model::Timeline& timeline, const Axis& axis, float line_gap,
                             float label_gap);

// Signs above the lanes. Those that would touch are one sign with a count.
struct Mark {
  enum Kind : uint8_t { Verdict = 1, Bookmark = 2, Decision = 4 };
  float x = 0;
  uint32_t first = 0, last = 0;  // events
  uint32_t count = 0;
  uint8_t kinds = 0;
};
struct MarkSource {
  Mark::Kind kind;
  std::span<const uint32_t> events;  // ascending
};
// Signs for the events in view, at least `gap` pixels apart, in order. Costs no more for a million
// events than for a hundred.
std::vector<Mark> marks_in_view(std::span<const MarkSource> sources, const Axis& axis, float gap);

// The longest stretch of equal pixels that spans may be merged to, so that `rows` lanes together
// draw about `budget` shapes.
size_t spans_a_row(float width, size_t rows, size_t budget);

}  // namespace qs::ui
