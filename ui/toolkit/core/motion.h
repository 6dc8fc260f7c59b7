// Motion: where a thing is at a moment, as pure functions of time. No state: pause, seek and
// reverse are exact because nothing is remembered. Called by panes that draw a Moment{before,
// after, t}.
//
// Rules of the house: motion only for a change of place or owner; 350 ms a hop at normal speed;
// when more than 8 hops a second would be shown, or motion is reduced, things jump and a trail
// shows the way.
#pragma once

#include <algorithm>

#include "ui/toolkit/core/layout.h"

namespace qs::ui {

inline constexpr float feedback_seconds = 0.120f;  // buttons, hover
inline constexpr float panel_seconds = 0.220f;     // things that open

// t from 0 to 1 throughout; values outside are clamped.
inline float ease_out(float t) {
  t = 1 - std::clamp(t, 0.0f, 1.0f);
  return 1 - t * t * t;
}
inline float ease_in_out(float t) {
  t = std::clamp(t, 0.0f, 1.0f);
  return t < 0.5f ? 4 * t * t * t : 1 - 4 * (1 - t) * (1 - t) * (1 - t);
}

// How far a motion of `seconds` that began at `start` is at `now`: 0..1, at once 1 when it is a
// jump.
inline float progress(double start, double now, float seconds) {
  if (seconds <= 0) return 1;
  return std::clamp(float((now - start) / double(seconds)), 0.0f, 1.0f);
}

// On the way from `a` to `b` along a bow that rises `lift` pixels to the left of the direction of
// travel (0: straight). `t` is eased already.
inline Point on_arc(Point a, Point b, float t, float lift = 0) {
  const Point straight = mix(a, b, t);
  const float d = length(b - a);
  if (d <= 0 || lift == 0) return straight;
  const Point left{(b.y - a.y) / d, -(b.x - a.x) / d};
  return straight + left * (lift * 4 * t * (1 - t));
}

// A hop: eased, with a bow that grows with the distance (at most `most` pixels).
inline Point hop(Point a, Point b, float t, float most = 28) {
  const float lift = std::min(most, length(b - a) * 0.12f);
  return on_arc(a, b, ease_in_out(t), lift);
}

// A value that changes in three stages of one step, so that one causal thing happens at a time: the
// source lights (t < 0.2), the thing travels, the target accepts (t > 0.85).
struct Stages {
  float source = 0, travel = 0, target = 0;
};
inline Stages stages(float t) {
  const auto part = [t](float from, float to) {
    return std::clamp((t - from) / (to - from), 0.0f, 1.0f);
  };
  return {part(0, 0.2f), part(0.12f, 0.88f), part(0.8f, 1)};
}

}  // namespace qs::ui
