// Layout: points, rectangles and how to divide them. Pure functions, no window, no state.
// Called by every view; all numbers are pixels (multiply design sizes with ui.px()).
//
//   Rect page = screen;
//   Rect bar   = cut_top(page, ui.px(52));                 // page shrinks by what is cut off
//   Rect right = cut_right(page, ui.px(420), ui.px(12));   // with a gap in between
//   auto cells = divide_row(page, {fixed(120), share(1), share(2)}, gap);
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace qs::ui {

struct Point {
  float x = 0, y = 0;
  Point operator+(Point o) const { return {x + o.x, y + o.y}; }
  Point operator-(Point o) const { return {x - o.x, y - o.y}; }
  Point operator*(float k) const { return {x * k, y * k}; }
  bool operator==(const Point&) const = default;
};

inline float length(Point p) { return std::sqrt(p.x * p.x + p.y * p.y); }
inline Point mix(Point a, Point b, float t) { return a + (b - a) * t; }

// std::round() for what fits on a screen, without a call of the library.
inline float whole(float v) { return float(int(v < 0 ? v - 0.5f : v + 0.5f)); }

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  Point center() const { return {x + w / 2, y + h / 2}; }
  Point top_left() const { return {x, y}; }
  bool empty() const { return w <= 0 || h <= 0; }
  bool contains(Point p) const { return p.x >= x && p.x < right() && p.y >= y && p.y < bottom(); }
  // True when `o` lies inside, with `slack` pixels to spare for rounding.
  bool contains(const Rect& o, float slack = 0) const {
    return o.x >= x - slack && o.y >= y - slack && o.right() <= right() + slack &&
           o.bottom() <= bottom() + slack;
  }
  bool operator==(const Rect&) const = default;
};

inline Rect rect_around(Point center, float w, float h) {
  return {center.x - w / 2, center.y - h / 2, w, h};
}
inline Rect moved(Rect r, float dx, float dy) { return {r.x + dx, r.y + dy, r.w, r.h}; }
inline Rect mix(const Rect& a, const Rect& b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.w + (b.w - a.w) * t,
          a.h + (b.h - a.h) * t};
}

// Smaller by `dx` on the left and right and `dy` above and below (never negative in size).
Rect inset(Rect r, float dx, float dy);
inline Rect inset(Rect r, float d) { return inset(r, d, d); }
inline Rect outset(Rect r, float d) { return {r.x - d, r.y - d, r.w + 2 * d, r.h + 2 * d}; }
Rect intersect(const Rect& a, const Rect& b);  // empty when they do not meet
Rect snapped(const Rect& r);                   // edges on whole pixels

// Cut a strip off one side of `r` and return it. `gap` pixels next to it are dropped as well.
Rect cut_left(Rect& r, float width, float gap = 0);
Rect cut_right(Rect& r, float width, float gap = 0);
Rect cut_top(Rect& r, float height, float gap = 0);
Rect cut_bottom(Rect& r, float height, float gap = 0);

// A part of a row or column: so many pixels, or a share of what is left over (but at least
// `least`).
struct Part {
  float pixels = 0, weight = 0, least = 0;
};
inline Part fixed(float pixels) { return {pixels, 0, pixels}; }
inline Part share(float weight, float least = 0) { return {0, weight, least}; }

// Divide `r` from left to right (top to bottom), `gap` pixels apart. Shares divide what the fixed
// parts leave, never below their least; when even that does not fit, all parts shrink alike.
std::vector<Rect> divide_row(const Rect& r, std::initializer_list<Part> parts, float gap = 0);
std::vector<Rect> divide_column(const Rect& r, std::initializer_list<Part> parts, float gap = 0);
std::vector<Rect> divide_row(const Rect& r, const std::vector<Part>& parts, float gap = 0);
std::vector<Rect> divide_column(const Rect& r, const std::vector<Part>& parts, float gap = 0);

// Cell number `index` (row by row) of a grid of columns x rows equal cells.
Rect grid_cell(const Rect& r, int columns, int rows, int index, float gap = 0);
// The most columns (at least 1) such that each is `least` pixels wide.
int columns_that_fit(float width, float least, float gap);

// A w x h rectangle inside `r`: ax, ay from 0 (left, top) over 0.5 (middle) to 1 (right, bottom).
Rect aligned(const Rect& r, float w, float h, float ax, float ay);

// `r` moved (not resized, unless it is larger) so that it lies inside `bounds`: for menus,
// tooltips.
Rect kept_inside(Rect r, const Rect& bounds);

}  // namespace qs::ui
