#include "ui/panes/timeline/geometry.h"

#include <cmath>

#include "ui/panes/ui_state.h"

namespace qs::ui {
namespace {

double room_behind(size_t events) { return std::max(1.0, double(events) * 0.02); }

}  // namespace

EventRange fitted(size_t events) {
  return {0, std::max(kLeastSpan, double(events) + room_behind(events))};
}

EventRange home_view(size_t events, size_t ready) {
  const EventRange all = fitted(events);
  if (ready + size_t(kLeastSpan) >= events) return all;
  const double before = std::max(1.0, double(events - ready) * 0.02);
  return {std::max(0.0, double(ready) - before), all.to};
}

EventRange kept_inside(EventRange view, size_t events) {
  const EventRange all = fitted(events);
  const double size = std::clamp(view.size(), std::min(kLeastSpan, all.size()), all.size());
  const double from = std::clamp(view.from, 0.0, all.to - size);
  return {from, from + size};
}

EventRange zoomed(EventRange view, size_t events, double at, double factor) {
  const double most = fitted(events).size();
  const double size = std::clamp(view.size() * factor, std::min(kLeastSpan, most), most);
  const double share = view.empty() ? 0.5 : (at - view.from) / view.size();
  return kept_inside({at - share * size, at + (1 - share) * size}, events);
}

EventRange panned(EventRange view, size_t events, double by) {
  return kept_inside({view.from + by, view.to + by}, events);
}

EventRange following(EventRange view, size_t events, double position) {
  if (position >= view.from && position <= view.to) return view;
  const double size = view.size();
  const double from = position > view.to ? position - size * 0.15 : position - size * 0.85;
  return kept_inside({from, from + size}, events);
}

int64_t event_near(const Axis& axis, float x, size_t events) {
  const double p = std::round(axis.position(x));
  if (p < 1 || events == 0) return kNoEvent;
  return std::min(int64_t(p), int64_t(events)) - 1;
}

std::vector<Tick> time_ticks(const model::Timeline& timeline, const Axis& axis, float line_gap,
                             float label_gap) {
  std::vector<Tick> out;
  const size_t events = timeline.size();
  if (events == 0 || axis.width <= 0) return out;
  float last_line = -1e9f, last_label = -1e9f;
  size_t e = axis.first_event();
  // The first moment in view has a time even when the clock does not move there.
  e = std::min(e, events - 1);
  out.push_back({axis.view.from, timeline.trace()[e].time, true});
  last_line = last_label = axis.left;
  while (e < events) {
    const uint32_t time = timeline.trace()[e].time;
    size_t next = timeline.event_at_time(time + 1);
    if (next >= events) break;
    // Skip what would be too near to the last line, but stay on a moment where the clock moves.
    const double least = axis.position(last_line + line_gap) - 1;
    if (double(next) < least) {
      const size_t far = std::min(events - 1, size_t(std::ceil(least)));
      next = timeline.event_at_time(timeline.trace()[far].time);
      if (double(next) < least) {
        e = far;
        continue;
      }
    }
    const double position = position_of_event(next);
    if (position > axis.view.to) break;
    const float x = axis.x(position);
    e = next;
    if (position < axis.view.from) continue;
    const bool label = x - last_label >= label_gap && x + label_gap * 0.5f <= axis.right();
    out.push_back({position, timeline.trace()[next].time, label});
    last_line = x;
    if (label) last_label = x;
  }
  return out;
}

namespace {

size_t count_before(std::span<const uint32_t> events, double position) {
  const auto at = std::lower_bound(events.begin(), events.end(), position,
                                   [](uint32_t e, double p) { return position_of_event(e) < p; });
  return size_t(at - events.begin());
}

void add(std::vector<Mark>& out, const Mark& m, float gap) {
  if (!out.empty() && m.x - out.back().x < gap) {
    Mark& last = out.back();
    last.last = std::max(last.last, m.last);
    last.first = std::min(last.first, m.first);
    last.count += m.count;
    last.kinds |= m.kinds;
    return;
  }
  out.push_back(m);
}

}  // namespace

std::vector<Mark> marks_in_view(std::span<const MarkSource> sources, const Axis& axis, float gap) {
  std::vector<Mark> out;
  if (axis.view.empty() || axis.width <= 0) return out;
  // Buckets of a power of two of events stay put while the view is moved.
  double bucket = 1;
  while (bucket * double(axis.per_event()) < double(gap)) bucket *= 2;
  const double first = std::floor(axis.view.from / bucket) * bucket;
  for (double at = first; at <= axis.view.to; at += bucket) {
    Mark m;
    for (const MarkSource& s : sources) {
      const size_t from = count_before(s.events, std::max(at, axis.view.from));
      const size_t to = count_before(s.events, std::min(at + bucket, axis.view.to + 1e-9));
      if (from >= to) continue;
      m.first = m.count ? std::min(m.first, s.events[from]) : s.events[from];
      m.last = std::max(m.last, s.events[to - 1]);
      m.count += uint32_t(to - from);
      m.kinds |= s.kind;
    }
    if (m.count == 0) continue;
    m.x = axis.x((position_of_event(m.first) + position_of_event(m.last)) / 2);
    add(out, m, gap);
  }
  return out;
}

size_t spans_a_row(float width, size_t rows, size_t budget) {
  const size_t by_width = size_t(std::max(8.0f, width / 3));
  const size_t by_budget = std::max<size_t>(8, budget / std::max<size_t>(1, rows));
  return std::min(by_width, by_budget);
}

}  // namespace qs::ui
