#include "model/timeline/shared_clock.h"

#include <algorithm>
#include <map>

namespace qs::model {
namespace {

// An instant of virtual time, after so many inputs that came in at it.
struct Burst {
  uint32_t time = 0, inputs = 0;
  auto operator<=>(const Burst&) const = default;
};

// What one run does in a burst: after how many events each of its steps is taken, and where it
// ends.
struct Deeds {
  std::vector<uint32_t> steps;
  uint32_t end = 0;
};

bool is_step(const trace::Event& e) {
  return trace::event_level(e.code) == trace::EventLevel::Hop ||
         e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding;
}

std::map<Burst, Deeds> deeds_of(const SharedClock::Source& run) {
  std::map<Burst, Deeds> out;
  const trace::Trace& t = *run.trace;
  Burst now;
  for (size_t i = run.ready; i < t.size(); ++i) {
    const trace::Event& e = t[i];
    if (e.time != now.time || i == run.ready) now = {e.time, 0};
    if (e.code == trace::EventCode::Input) {
      ++now.inputs;
      out[now];
    }
    const auto known = out.find(now);
    if (is_step(e)) out[now].steps.push_back(uint32_t(i) + 1);
    if (known != out.end() || is_step(e)) out[now].end = uint32_t(i) + 1;
  }
  return out;
}

}  // namespace

SharedClock::SharedClock(const std::vector<Source>& runs) : runs_(runs.size()) {
  std::map<Burst, size_t> bursts;  // how many stops each takes
  std::vector<std::map<Burst, Deeds>> all;
  uint32_t first = UINT32_MAX, last = 0;
  size_t total = 0;
  for (const Source& run : runs) {
    all.push_back(deeds_of(run));
    for (const auto& [burst, deeds] : all.back()) {
      size_t& stops = bursts[burst];
      stops = std::max({stops, deeds.steps.size(), size_t(1)});
      first = std::min(first, burst.time);
      last = std::max(last, burst.time);
    }
  }
  for (const auto& [burst, stops] : bursts) total += stops;
  // As much room for the passing of time as for what happens, and a half more.
  const double per_us =
      last > first ? 1.5 * double(std::max(total, size_t(8))) / (last - first) : 0;

  stops_.push_back({0, 0, first == UINT32_MAX ? 0 : first, 0});
  for (const Source& run : runs) events_.push_back(uint32_t(run.ready));
  uint32_t number = 0;
  for (const auto& [burst, count] : bursts) {
    ++number;
    for (size_t k = 0; k < count; ++k) {
      const Stop& before = stops_.back();
      const double gap = k == 0 ? (burst.time - before.time) * per_us : 0;
      stops_.push_back({before.position + gap + 1, gap, burst.time, number});
      for (size_t r = 0; r < runs_; ++r) {
        const uint32_t held = events_[events_.size() - runs_];
        const auto deeds = all[r].find(burst);
        if (deeds == all[r].end()) {
          events_.push_back(held);
          continue;
        }
        const auto& steps = deeds->second.steps;
        const uint32_t to = k + 1 < steps.size() ? steps[k] : deeds->second.end;
        events_.push_back(std::max(held, to));
      }
    }
  }
}

size_t SharedClock::stop_before(double position) const {
  const auto after = std::upper_bound(stops_.begin(), stops_.end(), position + 1e-9,
                                      [](double p, const Stop& s) { return p < s.position; });
  return after == stops_.begin() ? 0 : size_t(after - stops_.begin()) - 1;
}

size_t SharedClock::stop_of(size_t run, size_t event) const {
  size_t low = 0, high = stops_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (events(middle, run) > event)
      high = middle;
    else
      low = middle + 1;
  }
  return std::min(low, stops_.empty() ? 0 : stops_.size() - 1);
}

size_t SharedClock::end_of_burst(size_t stop) const {
  while (stop + 1 < stops_.size() && stops_[stop + 1].burst == stops_[stop].burst) ++stop;
  return stop;
}

SharedClock::At SharedClock::at(double position) const {
  At a;
  if (stops_.empty()) return a;
  a.from = stop_before(position);
  a.time = stops_[a.from].time;
  if (a.from + 1 >= stops_.size()) return a;
  const Stop& to = stops_[a.from + 1];
  const double done = position - stops_[a.from].position;
  if (done <= to.gap) {
    if (to.gap > 0) a.time += uint32_t((to.time - a.time) * (done / to.gap));
    return a;
  }
  a.time = to.time;
  a.t = std::min(1.0, done - to.gap);
  return a;
}

}  // namespace qs::model
