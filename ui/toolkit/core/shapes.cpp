#include "ui/toolkit/core/shapes.h"

#include <array>
#include <cmath>
#include <vector>

#include "ui/toolkit/core/compat.h"

namespace qs::ui::shapes {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kEdge = 0.5f;  // pixels on either side of an edge, over which it fades

// A corner of a shape with its direction outwards, long enough that edges stay parallel.
struct Corner {
  Point at, out;
};

// The four round corners of a rectangle, clockwise from the upper left, around their centers.
struct RoundCorners {
  float radius = -1;
  int each = 0;  // points in one corner
  std::vector<Corner> points;
};

// To the left of the way from a to b, which is outwards where corners go clockwise on screen. By
// an exact root: processors differ in the quick estimate of 1/sqrt() that Dear ImGui takes.
Point normal(Point a, Point b) {
  const Point d = b - a;
  const float square = d.x * d.x + d.y * d.y;
  if (square <= 0) return {};
  const float k = 1 / std::sqrt(square);
  return {d.y * k, -d.x * k};
}

// The direction of a corner between two sides, given theirs; not endless where they double back. A
// side without length has none.
Point between(Point n0, Point n1) {
  const bool both = n0 != Point{} && n1 != Point{};
  const Point sum = (n0 + n1) * (both ? 0.5f : 1.0f);
  const float square = sum.x * sum.x + sum.y * sum.y;
  return square > 0.000001f ? sum * (1 / std::max(square, 0.01f)) : sum;
}

const RoundCorners& corners_of(ImDrawList* draw, float radius) {
  static std::array<RoundCorners, 32> tables;
  static std::size_t next = 0;
  for (const RoundCorners& t : tables)
    if (t.radius == radius) return t;
  RoundCorners& t = tables[next++ % tables.size()];
  t.radius = radius;
  t.points.clear();
  const float side = 2 * radius + 8;  // with straight pieces between the corners
  draw->PathClear();
  draw->PathRect({0, 0}, {side, side}, radius);
  const ImVector<ImVec2>& path = draw->_Path;
  const int n = path.Size;
  t.each = n / 4;
  for (int i = 0; i < n; ++i) {
    const auto point = [&](int k) {
      const ImVec2& p = path.Data[(k + n) % n];
      return Point{p.x, p.y};
    };
    const Point center{point(i).x < side / 2 ? radius : side - radius,
                       point(i).y < side / 2 ? radius : side - radius};
    t.points.push_back({point(i) - center,
                        between(normal(point(i - 1), point(i)), normal(point(i), point(i + 1)))});
  }
  draw->PathClear();
  return t;
}

// Corners of a circle of radius 1 around 0, from the right, clockwise.
const std::vector<Point>& circle_of(int corners) {
  static std::array<std::vector<Point>, 97> tables;
  std::vector<Point>& t = tables[std::size_t(corners)];
  if (t.empty())
    for (int i = 0; i < corners; ++i) {
      const float a = float(i) * 2 * kPi / float(corners);
      t.push_back({std::cos(a), std::sin(a)});
    }
  return t;
}

// Writes loops of points, one inside the other, and the triangles between them.
class Mesh {
 public:
  enum Form {
    solid,   // the innermost loop is filled
    hollow,  // it is not
    open,    // nor do the loops close: a line with two ends
  };
  // `loops` of `count` points each.
  Mesh(ImDrawList* draw, int count, int loops, Form form)
      : draw_(draw),
        count_(unsigned(count)),
        loops_(unsigned(loops)),
        white_(ImGui::GetFontTexUvWhitePixel()) {
    const int fan = form == solid ? 3 * (count - 2) : 0;
    const int sides = form == open ? count - 1 : count;
    draw->PrimReserve(6 * sides * (loops - 1) + fan, count * loops);
    base_ = draw->_VtxCurrentIdx;
    triangles(form, unsigned(sides));
    draw->_VtxCurrentIdx += count_ * loops_;
  }
  void point(Point p, ImU32 color) {
    ImDrawVert* v = draw_->_VtxWritePtr++;
    v->pos = {p.x, p.y};
    v->uv = white_;
    v->col = color;
  }

 private:
  // Points lie in the order in which they are written: all loops of the first corner, outermost
  // first, then those of the next.
  void triangles(Form form, unsigned sides) {
    ImDrawIdx* out = draw_->_IdxWritePtr;
    const auto put = [&](unsigned a, unsigned b, unsigned c) {
      out[0] = ImDrawIdx(base_ + a), out[1] = ImDrawIdx(base_ + b), out[2] = ImDrawIdx(base_ + c);
      out += 3;
    };
    const unsigned inner = loops_ - 1;
    if (form == solid)
      for (unsigned i = 2; i < count_; ++i)
        put(inner, (i - 1) * loops_ + inner, i * loops_ + inner);
    for (unsigned i = 0; i < sides; ++i) {
      const unsigned here = i * loops_, next = i + 1 < count_ ? here + loops_ : 0;
      for (unsigned k = 0; k < inner; ++k) {
        put(next + k, here + k, here + k + 1);
        put(next + k, here + k + 1, next + k + 1);
      }
    }
    draw_->_IdxWritePtr = out;
  }

  ImDrawList* draw_;
  unsigned count_, loops_, base_ = 0;
  ImVec2 white_;
};

ImU32 faded_out(Color c) { return c.u32() & ~IM_COL32_A_MASK; }

// A line along points: solid within, fading over its edges. Of a line of one pixel only the two
// fading edges are left: they share their middle.
class Line {
 public:
  // `form`: hollow or open.
  Line(ImDrawList* draw, int count, Mesh::Form form, float thickness, Color color)
      : half_(std::max(thickness, 1.0f) / 2),
        hair_(half_ <= kEdge),
        solid_(color.u32()),
        none_(faded_out(color)),
        mesh_(draw, count, hair_ ? 3 : 4, form) {}
  // `out`: as in Corner.
  void point(Point at, Point out) {
    const Point faint = out * (half_ + kEdge);
    mesh_.point(at + faint, none_);
    if (hair_) {
      mesh_.point(at, solid_);
    } else {
      const Point full = out * (half_ - kEdge);
      mesh_.point(at + full, solid_);
      mesh_.point(at - full, solid_);
    }
    mesh_.point(at - faint, none_);
  }

 private:
  float half_;
  bool hair_;
  ImU32 solid_, none_;
  Mesh mesh_;
};

float fitting(const Rect& r, float radius) { return std::min({radius, r.w / 2 - 1, r.h / 2 - 1}); }

void square(ImDrawList* draw, const Rect& r, Color color) {
  draw->PrimReserve(6, 4);
  draw->PrimRect({r.x, r.y}, {r.right(), r.bottom()}, color.u32());
}

// The centers of the four corners.
std::array<Point, 4> centers(const Rect& r, float radius) {
  const float left = r.x + radius, right = r.right() - radius;
  const float top = r.y + radius, bottom = r.bottom() - radius;
  return {Point{left, top}, Point{right, top}, Point{right, bottom}, Point{left, bottom}};
}

}  // namespace

void rounded(ImDrawList* draw, const Rect& rect, float radius, Color color) {
  radius = fitting(rect, radius);
  if (radius <= kEdge) return square(draw, rect, color);
  const RoundCorners& t = corners_of(draw, radius);
  const auto center = centers(rect, radius);
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, int(t.points.size()), 2, Mesh::solid);
  for (std::size_t i = 0; i < t.points.size(); ++i) {
    const Point p = center[i / std::size_t(t.each)] + t.points[i].at, out = t.points[i].out * kEdge;
    mesh.point(p + out, none);
    mesh.point(p - out, solid);
  }
}

void bordered(ImDrawList* draw, const Rect& rect, float radius, Color inside, Color border,
              float thickness) {
  radius = fitting(rect, radius);
  if (radius <= kEdge || rect.w <= 2 * thickness + 2 || rect.h <= 2 * thickness + 2) {
    square(draw, rect, border);
    if (rect.w > 2 * thickness && rect.h > 2 * thickness)
      square(draw, inset(rect, thickness), inside);
    return;
  }
  const RoundCorners& t = corners_of(draw, radius);
  const auto center = centers(rect, radius);
  const ImU32 edge = border.u32(), none = faded_out(border), ground = inside.u32();
  // Inside the border the corners are as much rounder as it is thick; square where it is thicker
  // than they are round.
  const float inner = std::max(0.0f, radius - thickness) / radius;
  const float more = std::max(0.0f, thickness - radius);
  // Of a border of one pixel only its two fading edges are left: they share their middle.
  const bool hair = thickness <= 2 * kEdge;
  Mesh mesh(draw, int(t.points.size()), hair ? 3 : 4, Mesh::solid);
  for (std::size_t i = 0; i < t.points.size(); ++i) {
    const std::size_t corner = i / std::size_t(t.each);
    const Point c = center[corner], out = t.points[i].out * kEdge, at = t.points[i].at;
    const Point shift{corner == 0 || corner == 3 ? more : -more, corner < 2 ? more : -more};
    const Point p = c + at, q = c + at * inner + shift;
    mesh.point(p + out, none);
    mesh.point(p - out, edge);
    if (!hair) mesh.point(q + out, edge);
    mesh.point(q - out, ground);
  }
}

void frame(ImDrawList* draw, const Rect& rect, float radius, float thickness, Color color) {
  const Rect middle = inset(rect, thickness / 2);
  radius = fitting(middle, radius - thickness / 2);
  if (radius <= kEdge) radius = 0;
  const RoundCorners& t = corners_of(draw, radius);
  const auto center = centers(middle, radius);
  Line line(draw, int(t.points.size()), Mesh::hollow, thickness, color);
  for (std::size_t i = 0; i < t.points.size(); ++i)
    line.point(center[i / std::size_t(t.each)] + t.points[i].at, t.points[i].out);
}

void polygon(ImDrawList* draw, std::span<const Point> corners, Color color) {
  if (corners.size() < 3) return;
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, int(corners.size()), 2, Mesh::solid);
  Point before = normal(corners.back(), corners.front());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point after = normal(corners[i], corners[i + 1 < corners.size() ? i + 1 : 0]);
    const Point out = between(before, after) * kEdge;
    mesh.point(corners[i] + out, none);
    mesh.point(corners[i] - out, solid);
    before = after;
  }
}

void stroke(ImDrawList* draw, std::span<const Point> points, bool closed, float thickness,
            Color color) {
  const std::size_t n = points.size();
  if (n < 2) return;
  Line line(draw, int(n), closed ? Mesh::hollow : Mesh::open, thickness, color);
  Point before = closed ? normal(points[n - 1], points[0]) : normal(points[0], points[1]);
  for (std::size_t i = 0; i < n; ++i) {
    const bool last = i + 1 == n;
    const Point after = last && !closed ? before : normal(points[i], points[last ? 0 : i + 1]);
    line.point(points[i], between(before, after));
    before = after;
  }
}

void disc(ImDrawList* draw, Point center, float radius, int corners, Color color) {
  const std::vector<Point>& unit = circle_of(corners);
  const float edge = kEdge / std::cos(kPi / float(corners));
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, corners, 2, Mesh::solid);
  for (const Point& u : unit) {
    mesh.point(center + u * (radius + edge), none);
    mesh.point(center + u * (radius - edge), solid);
  }
}

void ring(ImDrawList* draw, Point center, float radius, int corners, float thickness, Color color) {
  const std::vector<Point>& unit = circle_of(corners);
  const float grow = 1 / std::cos(kPi / float(corners));
  const float half = std::max(thickness, 1.0f) / 2;
  const float full = std::max(0.0f, half - kEdge) * grow, faint = (half + kEdge) * grow;
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, corners, 4, Mesh::hollow);
  for (const Point& u : unit) {
    mesh.point(center + u * (radius + faint), none);
    mesh.point(center + u * (radius + full), solid);
    mesh.point(center + u * std::max(0.0f, radius - full), solid);
    mesh.point(center + u * std::max(0.0f, radius - faint), none);
  }
}

}  // namespace qs::ui::shapes
