#include "ui/toolkit/core/draw.h"

#include <array>
#include <cmath>

#include "ui/toolkit/core/shapes.h"

namespace qs::ui {
namespace {

constexpr float pi = 3.14159265f;

void stroke(Ui& ui, std::span<const Point> points, bool closed, Color color, float thickness) {
  if (color.a > 0) shapes::stroke(ui.draw, points, closed, thickness, color);
}

Point on_circle(Point c, float radius, float turns) {
  const float angle = (turns - 0.25f) * 2 * pi;
  return {c.x + std::cos(angle) * radius, c.y + std::sin(angle) * radius};
}

}  // namespace

void fill(Ui& ui, const Rect& rect, Color color, float radius) {
  if (color.a == 0 || rect.empty()) return;
  shapes::rounded(ui.draw, snapped(rect), radius, color);
}

void fill_moving(Ui& ui, const Rect& rect, Color color, float radius) {
  if (color.a > 0 && !rect.empty()) shapes::rounded(ui.draw, rect, radius, color);
}

void fill_all(Ui& ui, std::span<const Rect> rects, Color color) {
  if (color.a == 0 || rects.empty()) return;
  shapes::plain(ui.draw, rects, color);
}

void box(Ui& ui, const Rect& rect, Color inside, Color border, float radius, float thickness) {
  if (thickness <= 0) thickness = ui.line();
  if (inside.a < 255) {
    // Two fills would show the border through: draw it as a line instead.
    fill(ui, rect, inside, radius);
    outline(ui, rect, border, radius, thickness);
    return;
  }
  if (border.a == 0) {
    fill(ui, rect, inside, radius);
    return;
  }
  if (rect.empty()) return;
  shapes::bordered(ui.draw, snapped(rect), radius, inside, border, thickness);
}

void outline(Ui& ui, const Rect& rect, Color color, float radius, float thickness) {
  if (color.a == 0 || rect.empty()) return;
  if (thickness <= 0) thickness = ui.line();
  const Rect r = snapped(rect);
  radius = std::min(radius, std::min(r.w, r.h) / 2);
  if (radius < 1) {
    fill(ui, {r.x, r.y, r.w, thickness}, color);
    fill(ui, {r.x, r.bottom() - thickness, r.w, thickness}, color);
    fill(ui, {r.x, r.y + thickness, thickness, r.h - 2 * thickness}, color);
    fill(ui, {r.right() - thickness, r.y + thickness, thickness, r.h - 2 * thickness}, color);
    return;
  }
  shapes::frame(ui.draw, r, radius, thickness, color);
}

void shadow(Ui& ui, const Rect& rect, float radius, float size) {
  const Color base = ui.theme->shadow;
  if (base.a == 0) return;
  constexpr int steps = 4;
  for (int i = steps; i > 0; --i) {
    const float grow = size * float(i) / steps;
    fill(ui, moved(outset(rect, grow), 0, size * 0.35f), base.faded(0.30f / float(i)),
         radius + grow);
  }
}

void hline(Ui& ui, float x0, float x1, float y, Color color, float thickness) {
  if (thickness <= 0) thickness = ui.line();
  fill(ui, {x0, std::round(y - thickness / 2), x1 - x0, thickness}, color);
}

void vline(Ui& ui, float x, float y0, float y1, Color color, float thickness) {
  if (thickness <= 0) thickness = ui.line();
  fill(ui, {std::round(x - thickness / 2), y0, thickness, y1 - y0}, color);
}

void dashed_vline(Ui& ui, float x, float y0, float y1, Color color, float thickness, float dash,
                  float gap) {
  for (float y = y0; y < y1; y += dash + gap)
    vline(ui, x, y, std::min(y + dash, y1), color, thickness);
}

void line(Ui& ui, Point a, Point b, Color color, float thickness) {
  if (a.y == b.y) return hline(ui, std::min(a.x, b.x), std::max(a.x, b.x), a.y, color, thickness);
  if (a.x == b.x) return vline(ui, a.x, std::min(a.y, b.y), std::max(a.y, b.y), color, thickness);
  stroke(ui, std::array{a, b}, false, color, thickness);
}

void polyline(Ui& ui, std::span<const Point> points, Color color, float thickness, bool closed) {
  stroke(ui, points, closed, color, thickness);
}

void dashed(Ui& ui, std::span<const Point> points, Color color, float thickness, float dash,
            float gap) {
  std::vector<Point> piece;
  bool on = true;
  float left = dash;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Point at = points[i];
    const Point to = points[i + 1];
    if (on && piece.empty()) piece.push_back(at);
    for (float rest = length(to - at); rest > 0;) {
      const float step = std::min(rest, left);
      at = mix(at, to, step / rest);
      rest -= step;
      left -= step;
      if (on) piece.push_back(at);
      if (left <= 0.001f) {
        if (on) stroke(ui, piece, false, color, thickness);
        piece.clear();
        on = !on;
        left = on ? dash : gap;
        if (on) piece.push_back(at);
      }
      if (rest < 0.001f) break;
    }
  }
  if (on) stroke(ui, piece, false, color, thickness);
}

void disc(Ui& ui, Point center, float radius, Color color) {
  if (color.a == 0 || radius <= 0) return;
  // Corners so many that none can be seen (deviation about 0.08 pixel).
  const int corners = std::clamp(int(8 + radius * 1.35f), 12, 96);
  shapes::disc(ui.draw, center, radius, corners, color);
}

void ring(Ui& ui, Point center, float radius, Color color, float thickness) {
  if (color.a == 0 || radius <= 0) return;
  const int corners = std::clamp(int(16 + radius * 1.6f), 3, 96);
  shapes::ring(ui.draw, center, radius, corners, thickness, color);
}

void arc(Ui& ui, Point center, float radius, float from, float to, Color color, float thickness) {
  if (radius <= 0 || to <= from) return;
  const bool whole = to - from >= 1;
  std::array<Point, 97> points;
  const int count = std::clamp(int((to - from) * (16 + radius * 1.6f)), 3, 96);
  for (int i = 0; i <= count; ++i) {
    points[std::size_t(i)] =
        on_circle(center, radius, from + (to - from) * float(i) / float(count));
  }
  stroke(ui, std::span(points).first(std::size_t(whole ? count : count + 1)), whole, color,
         thickness);
}

void dashed_ring(Ui& ui, Point center, float radius, Color color, float thickness, int dashes) {
  for (int i = 0; i < dashes; ++i) {
    const float from = float(i) / float(dashes);
    arc(ui, center, radius, from, from + 0.56f / float(dashes), color, thickness);
  }
}

void polygon(Ui& ui, std::span<const Point> corners, Color color) {
  if (color.a > 0) shapes::polygon(ui.draw, corners, color);
}

float text_width(const Font& font, std::string_view text) { return compat::text_width(font, text); }

void draw_text(Ui& ui, Point top_left, const Font& font, Color color, std::string_view text) {
  compat::add_text(ui.draw, font, whole(top_left.x), whole(top_left.y), color.u32(), text);
}

void draw_text(Ui& ui, const Rect& rect, const Font& font, Color color, std::string_view text,
               Align align) {
  float x = rect.x;
  if (align != Align::left) {
    const float spare = rect.w - text_width(font, text);
    x += align == Align::center ? spare / 2 : spare;
  }
  draw_text(ui, Point{x, rect.y + (rect.h - font.size) / 2}, font, color, text);
}

void draw_text_centered(Ui& ui, Point center, const Font& font, Color color,
                        std::string_view text) {
  draw_text(ui, Point{center.x - text_width(font, text) / 2, center.y - font.size / 2}, font, color,
            text);
}

void focus_ring(Ui& ui, const Rect& rect, float radius) {
  const float thickness = ui.line(2);
  const float away = thickness + ui.px(1);
  outline(ui, outset(rect, away), ui.theme->focus_ring, radius + away, thickness);
}

}  // namespace qs::ui
