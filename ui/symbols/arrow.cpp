#include "ui/symbols/arrow.h"

#include <array>

namespace qs::ui {
namespace {

constexpr int most_points = 32;

void draw_head(Ui& ui, Point tip, Point direction, Color color, float thickness) {
  const float size = ui.px(6 + 2 * thickness), half = size * 0.45f;
  const float d = length(direction);
  if (d <= 0) return;
  const Point along = direction * (1 / d), across{-along.y, along.x};
  const Point back = tip - along * size;
  const std::array<Point, 3> corners = {tip, back + across * half, back - across * half};
  polygon(ui, corners, color);
}

void draw_path(Ui& ui, std::vector<Point> points, const ArrowStyle& style) {
  if (points.size() < 2) return;
  const Color color = style.color.a ? style.color : ui.theme->arrow;
  const Point tip = points.back();
  const Point direction = tip - points[points.size() - 2];
  const float d = length(direction);
  if (style.head && d > 0) {
    // The line ends inside the head, not at its tip. Drop points that the head covers.
    const float size = ui.px(6 + 2 * style.thickness) * 0.8f;
    while (points.size() > 2 && length(points[points.size() - 2] - tip) < size) {
      points.erase(points.end() - 2);
    }
    const Point before = points[points.size() - 2];
    const float rest = length(tip - before);
    points.back() = rest > size ? mix(tip, before, size / rest) : before;
  }
  const float thickness = std::max(1.0f, ui.px(style.thickness));
  if (style.dashed)
    dashed(ui, points, color, thickness, ui.px(5), ui.px(4.5f));
  else
    polyline(ui, points, color, thickness);
  if (style.head) draw_head(ui, tip, direction, color, style.thickness);
}

Point control_from(Point from, Point to) { return {from.x + (to.x - from.x) * 0.5f, from.y}; }
Point control_to(Point from, Point to) { return {to.x - (to.x - from.x) * 0.5f, to.y}; }

}  // namespace

Point on_curve(Point a, Point b, Point c, Point d, float t) {
  const float u = 1 - t;
  return a * (u * u * u) + b * (3 * u * u * t) + c * (3 * u * t * t) + d * (t * t * t);
}

Point on_route(Point from, Point to, float t) {
  return on_curve(from, control_from(from, to), control_to(from, to), to, t);
}

void way_arrow(Ui& ui, std::span<const Point> way, const ArrowStyle& style) {
  draw_path(ui, {way.begin(), way.end()}, style);
}

void arrow(Ui& ui, Point from, Point to, const ArrowStyle& style) {
  draw_path(ui, {from, mix(from, to, std::clamp(style.drawn, 0.0f, 1.0f))}, style);
}

void curved_arrow(Ui& ui, Point from, Point c1, Point c2, Point to, const ArrowStyle& style) {
  const float end = std::clamp(style.drawn, 0.0f, 1.0f);
  // As many corners as can be seen: one every six pixels; none on a straight line.
  const float along = length(c1 - from) + length(c2 - c1) + length(to - c2);
  const bool straight = from.y == to.y && c1.y == from.y && c2.y == from.y;
  const int count = straight ? 1 : std::clamp(int(along / 6), 6, most_points);
  std::vector<Point> points;
  points.reserve(std::size_t(count) + 1);
  for (int i = 0; i <= count; ++i)
    points.push_back(on_curve(from, c1, c2, to, end * float(i) / float(count)));
  draw_path(ui, std::move(points), style);
}

void route_arrow(Ui& ui, Point from, Point to, const ArrowStyle& style) {
  curved_arrow(ui, from, control_from(from, to), control_to(from, to), to, style);
}

}  // namespace qs::ui
