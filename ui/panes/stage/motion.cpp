#include "ui/panes/stage/motion.h"

#include <algorithm>
#include <cmath>

#include "ui/symbols/arrow.h"
#include "ui/toolkit/core/motion.h"

namespace qs::ui {
namespace {

MoveKind kind_of(Station from, Station to) {
  switch (to.kind) {
    case StationKind::done: return MoveKind::done;
    case StationKind::target: return MoveKind::send;
    case StationKind::room: return MoveKind::deliver;
    case StationKind::tube:
      return from.kind == StationKind::room || from.kind == StationKind::target ||
                     from.kind == StationKind::tube
                 ? MoveKind::back
                 : MoveKind::arrive;
    default: return MoveKind::arrive;
  }
}

// The piece of a curve between two of its times (de Casteljau).
MovePath piece(const MovePath& p, float t0, float t1) {
  const auto left = [](const MovePath& q, float t) {
    const Point ab = mix(q.a, q.c1, t), bc = mix(q.c1, q.c2, t), cd = mix(q.c2, q.b, t);
    const Point abc = mix(ab, bc, t), bcd = mix(bc, cd, t);
    return MovePath{q.a, ab, abc, mix(abc, bcd, t)};
  };
  const auto flipped = [](const MovePath& q) { return MovePath{q.b, q.c2, q.c1, q.a}; };
  const MovePath first = left(p, t1);
  const float rest = t1 > 0 ? t0 / t1 : 0;
  return flipped(left(flipped(first), 1 - rest));
}

}  // namespace

Point MovePath::at(float t) const { return on_curve(a, c1, c2, b, t); }

MovePath path_between(const StageLayout& layout, Station from, Point a, Station to, Point b) {
  const float dx = b.x - a.x, dy = b.y - a.y;
  const float u = layout.scale;
  if (layout.arrange == Arrange::stacked && std::abs(dy) > 60 * u) {
    // Bands are stacked: leave and arrive vertically.
    return {a, {a.x, a.y + dy * 0.5f}, {b.x, b.y - dy * 0.5f}, b};
  }
  if (dx > 30 * u) return {a, {a.x + dx * 0.5f, a.y}, {b.x - dx * 0.5f, b.y}, b};
  if (from.kind == StationKind::room && to.kind == StationKind::tube) {
    // Back to a queue: out of the room on its left, along the gap, into the queue from the right.
    // To the head of the queue horizontally; behind others from below, where the arrow's tip is
    // seen.
    const float x = layout.gap_x;
    const Rect card = layout.card_of(to);
    const bool behind = b.x < card.right() - 90 * u;
    if (behind) return {a, {x - 10 * u, a.y + dy * 0.5f}, {b.x + 80 * u, b.y + 90 * u}, b};
    return {a, {x - 10 * u, a.y}, {x + 30 * u, b.y}, b};
  }
  if (std::abs(dx) <= 30 * u) {
    // One above the other: curve to the left, in the first column to the right.
    float bow = std::min(60 * u, std::abs(dy) * 0.35f) + 10 * u;
    if (std::min(a.x, b.x) - bow < layout.apps.x) bow = -bow;
    return {a, {a.x - bow, a.y + dy * 0.3f}, {b.x - bow, b.y - dy * 0.3f}, b};
  }
  return {a, {a.x + dx * 0.4f, a.y}, {b.x - dx * 0.4f, b.y}, b};
}

MovePath trimmed(const MovePath& path, float off_start, float off_end) {
  constexpr int steps = 64;
  float t0 = 0, t1 = 1;
  for (int i = 0; i <= steps; ++i) {
    t0 = float(i) / steps;
    if (length(path.at(t0) - path.a) >= off_start) break;
  }
  for (int i = steps; i >= 0; --i) {
    t1 = float(i) / steps;
    if (length(path.at(t1) - path.b) >= off_end) break;
  }
  if (t0 >= t1) return {path.b, path.b, path.b, path.b};
  return piece(path, t0, t1);
}

StagePicture picture_between(const StageLayout& before, const StageLayout& after, float t) {
  StagePicture out;
  const float travel = ease_in_out(stages(t).travel);
  // What only makes room moves in the second half: one thing at a time.
  const float follow = ease_in_out(std::clamp((t - 0.45f) / 0.5f, 0.0f, 1.0f));
  auto old = before.tokens.begin();  // both are in the order of ids
  for (const TokenSpot& now : after.tokens) {
    while (old != before.tokens.end() && old->id < now.id) ++old;
    const TokenSpot* was = old != before.tokens.end() && old->id == now.id ? &*old : nullptr;
    // Of many most lie in a pile and stay there.
    if (!now.shown && was && !was->shown && was->at == now.at) continue;
    ShownToken s;
    s.id = now.id;
    s.at = now.at;
    s.order = now.order;
    s.center = now.center;
    s.size = now.size;
    s.arriving = true;
    bool seen = now.shown;
    if (!was) {
      s.alpha = std::max(0.15f, ease_out(t));
    } else if (!(was->at == now.at)) {
      Move move{now.id, was->at, now.at, kind_of(was->at, now.at), {}, was->size, now.size};
      move.path = path_between(after, was->at, was->center, now.at, now.center);
      s.center = move.path.at(travel);
      s.size = was->size + (now.size - was->size) * travel;
      s.moving = t < 1 && travel < 1;
      s.arriving = travel >= 0.5f;
      seen = seen || (s.moving && (was->shown || now.shown));
      if (was->shown || now.shown) out.moves.push_back(move);
    } else if (!(was->center == now.center) && now.at.kind != StationKind::room) {
      // (On a card of the driver it stays where it is on the card.)
      s.center = mix(was->center, now.center, follow);
      s.size = was->size + (now.size - was->size) * follow;
      seen = now.shown || (was->shown && follow < 0.5f);
    }
    if (seen) out.tokens.push_back(s);
  }
  return out;
}

}  // namespace qs::ui
