#include "ui/toolkit/core/shapes.h"

#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "ui/toolkit/core/compat.h"

namespace qs::ui::shapes {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kEdge = 0.5f;  // pixels on either side of an edge, over which it fades

// A place with the place of plain white in the atlas, or a way with nothing: as a vertex has them,
// and as a processor adds them, four numbers at a time.
typedef float Four __attribute__((vector_size(16)));
static_assert(sizeof(ImDrawVert) == sizeof(Four) + sizeof(ImU32));

// As many numbers of points.
typedef ImDrawIdx Indices __attribute__((vector_size(16)));
constexpr std::size_t kAtOnce = sizeof(Indices) / sizeof(ImDrawIdx);

Four way(Point p) { return Four{p.x, p.y, 0, 0}; }
Four place(Point p, ImVec2 white) { return Four{p.x, p.y, white.x, white.y}; }

void put(ImDrawVert* v, Four at, ImU32 color) {
  std::memcpy(static_cast<void*>(v), &at, sizeof at);
  v->col = color;
}

// A corner of a shape with its direction outwards, long enough that edges stay parallel.
struct Corner {
  Four at, out;
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
    const Point out = between(normal(point(i - 1), point(i)), normal(point(i), point(i + 1)));
    t.points.push_back({way(point(i) - center), way(out)});
  }
  draw->PathClear();
  return t;
}

// Corners of a circle of radius 1 around 0, from the right, clockwise; `grow`: how much farther out
// they are than the middles of the sides.
struct Circle {
  std::vector<Four> corners;
  float grow = 1;
};
const Circle& circle_of(int corners) {
  static std::array<Circle, 97> tables;
  Circle& t = tables[std::size_t(corners)];
  if (t.corners.empty()) {
    t.grow = 1 / std::cos(kPi / float(corners));
    for (int i = 0; i < corners; ++i) {
      const float a = float(i) * 2 * kPi / float(corners);
      t.corners.push_back(way({std::cos(a), std::sin(a)}));
    }
  }
  return t;
}

enum class Form {
  solid,   // the innermost loop is filled
  hollow,  // it is not
  open,    // nor do the loops close: a line with two ends
};

// The corners of the triangles between `loops` of `count` points each. Points lie in the order in
// which they are written: all loops of the first corner, outermost first, then those of the next.
std::vector<ImDrawIdx> triangles(unsigned count, unsigned loops, Form form) {
  std::vector<ImDrawIdx> out;
  const auto put = [&](unsigned a, unsigned b, unsigned c) {
    out.insert(out.end(),
               {static_cast<ImDrawIdx>(a), static_cast<ImDrawIdx>(b), static_cast<ImDrawIdx>(c)});
  };
  const unsigned inner = loops - 1, sides = form == Form::open ? count - 1 : count;
  if (form == Form::solid)
    for (unsigned i = 2; i < count; ++i) put(inner, (i - 1) * loops + inner, i * loops + inner);
  for (unsigned i = 0; i < sides; ++i) {
    const unsigned here = i * loops, next = i + 1 < count ? here + loops : 0;
    for (unsigned k = 0; k < inner; ++k) {
      put(next + k, here + k, here + k + 1);
      put(next + k, here + k + 1, next + k + 1);
    }
  }
  return out;
}

// The same for each form once: a shape only adds where its points begin.
const std::vector<ImDrawIdx>& triangles_of(unsigned count, unsigned loops, Form form) {
  constexpr unsigned kMost = 129;
  static std::array<std::vector<ImDrawIdx>, 3 * 3 * kMost> tables;
  static std::vector<ImDrawIdx> large;
  if (count >= kMost) return large = triangles(count, loops, form);
  auto& t = tables[(unsigned(form) * 3 + loops - 2) * kMost + count];
  if (t.empty()) t = triangles(count, loops, form);
  return t;
}

// Writes loops of points, one inside the other, and the triangles between them.
class Mesh {
 public:
  // `loops` of `count` points each: two to four.
  Mesh(ImDrawList* draw, int count, int loops, Form form)
      : draw_(draw), white_(ImGui::GetFontTexUvWhitePixel()) {
    const auto& all = triangles_of(unsigned(count), unsigned(loops), form);
    draw->PrimReserve(int(all.size()), count * loops);
    const ImDrawIdx base = static_cast<ImDrawIdx>(draw->_VtxCurrentIdx);
    const ImDrawIdx* from = all.data();
    ImDrawIdx* to = draw->_IdxWritePtr;
    std::size_t left = all.size();
    for (; left >= kAtOnce; left -= kAtOnce, from += kAtOnce, to += kAtOnce) {
      Indices some;
      std::memcpy(&some, from, sizeof some);
      some += base;
      std::memcpy(to, &some, sizeof some);
    }
    for (std::size_t i = 0; i < left; ++i) to[i] = static_cast<ImDrawIdx>(from[i] + base);
    draw->_IdxWritePtr = to + left;
    draw->_VtxCurrentIdx += unsigned(count * loops);
    next_ = draw->_VtxWritePtr;
  }
  ~Mesh() { draw_->_VtxWritePtr = next_; }
  Mesh(const Mesh&) = delete;
  Mesh& operator=(const Mesh&) = delete;

  Four at(Point p) const { return place(p, white_); }
  void point(Four at, ImU32 color) { put(next_++, at, color); }

 private:
  ImDrawList* draw_;
  ImDrawVert* next_ = nullptr;
  ImVec2 white_;
};

ImU32 faded_out(Color c) { return c.u32() & ~IM_COL32_A_MASK; }

// A line along points: solid within, fading over its edges. Of a line of one pixel only the two
// fading edges are left: they share their middle.
class Line {
 public:
  // `form`: hollow or open.
  Line(ImDrawList* draw, int count, Form form, float thickness, Color color)
      : half_(std::max(thickness, 1.0f) / 2),
        hair_(half_ <= kEdge),
        solid_(color.u32()),
        none_(faded_out(color)),
        mesh_(draw, count, hair_ ? 3 : 4, form) {}
  Four at(Point p) const { return mesh_.at(p); }
  // `out`: as in Corner.
  void point(Four at, Four out) {
    const Four faint = out * (half_ + kEdge);
    mesh_.point(at + faint, none_);
    if (hair_) {
      mesh_.point(at, solid_);
    } else {
      const Four full = out * (half_ - kEdge);
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

// Calls point(corner, center, what the table has) for each point of the four corners.
template <class Target, class EachPoint>
void around(const RoundCorners& t, const Target& target, const std::array<Point, 4>& center,
            EachPoint point) {
  const Corner* next = t.points.data();
  for (int corner = 0; corner < 4; ++corner) {
    const Four c = target.at(center[std::size_t(corner)]);
    for (int i = 0; i < t.each; ++i, ++next) point(corner, c, *next);
  }
}

}  // namespace

void plain(ImDrawList* draw, std::span<const Rect> rects, Color color) {
  const ImU32 ink = color.u32();
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  draw->PrimReserve(6 * int(rects.size()), 4 * int(rects.size()));
  ImDrawVert* v = draw->_VtxWritePtr;
  ImDrawIdx* i = draw->_IdxWritePtr;
  unsigned at = draw->_VtxCurrentIdx;
  for (const Rect& rect : rects) {
    const float left = whole(rect.x), right = whole(rect.right());
    const float top = whole(rect.y), bottom = whole(rect.bottom());
    put(v, place({left, top}, white), ink);
    put(v + 1, place({right, top}, white), ink);
    put(v + 2, place({right, bottom}, white), ink);
    put(v + 3, place({left, bottom}, white), ink);
    i[0] = static_cast<ImDrawIdx>(at), i[1] = static_cast<ImDrawIdx>(at + 1),
    i[2] = static_cast<ImDrawIdx>(at + 2);
    i[3] = static_cast<ImDrawIdx>(at), i[4] = static_cast<ImDrawIdx>(at + 2),
    i[5] = static_cast<ImDrawIdx>(at + 3);
    v += 4, i += 6, at += 4;
  }
  draw->_VtxWritePtr = v;
  draw->_IdxWritePtr = i;
  draw->_VtxCurrentIdx = at;
}

void rounded(ImDrawList* draw, const Rect& rect, float radius, Color color) {
  radius = fitting(rect, radius);
  if (radius <= kEdge) return square(draw, rect, color);
  const RoundCorners& t = corners_of(draw, radius);
  const auto center = centers(rect, radius);
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, int(t.points.size()), 2, Form::solid);
  around(t, mesh, center, [&](int, Four c, const Corner& k) {
    const Four p = c + k.at, out = k.out * kEdge;
    mesh.point(p + out, none);
    mesh.point(p - out, solid);
  });
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
  Mesh mesh(draw, int(t.points.size()), hair ? 3 : 4, Form::solid);
  std::array<Four, 4> shift;
  for (std::size_t i = 0; i < 4; ++i)
    shift[i] = way({i == 0 || i == 3 ? more : -more, i < 2 ? more : -more});
  around(t, mesh, center, [&](int corner, Four c, const Corner& k) {
    const Four out = k.out * kEdge, p = c + k.at;
    const Four q = c + k.at * inner + shift[std::size_t(corner)];
    mesh.point(p + out, none);
    mesh.point(p - out, edge);
    if (!hair) mesh.point(q + out, edge);
    mesh.point(q - out, ground);
  });
}

void frame(ImDrawList* draw, const Rect& rect, float radius, float thickness, Color color) {
  const Rect middle = inset(rect, thickness / 2);
  radius = fitting(middle, radius - thickness / 2);
  if (radius <= kEdge) radius = 0;
  const RoundCorners& t = corners_of(draw, radius);
  const auto center = centers(middle, radius);
  Line line(draw, int(t.points.size()), Form::hollow, thickness, color);
  around(t, line, center, [&](int, Four c, const Corner& k) { line.point(c + k.at, k.out); });
}

void polygon(ImDrawList* draw, std::span<const Point> corners, Color color) {
  if (corners.size() < 3) return;
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, int(corners.size()), 2, Form::solid);
  Point before = normal(corners.back(), corners.front());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point after = normal(corners[i], corners[i + 1 < corners.size() ? i + 1 : 0]);
    const Four at = mesh.at(corners[i]), out = way(between(before, after) * kEdge);
    mesh.point(at + out, none);
    mesh.point(at - out, solid);
    before = after;
  }
}

void stroke(ImDrawList* draw, std::span<const Point> points, bool closed, float thickness,
            Color color) {
  const std::size_t n = points.size();
  if (n < 2) return;
  Line line(draw, int(n), closed ? Form::hollow : Form::open, thickness, color);
  Point before = closed ? normal(points[n - 1], points[0]) : normal(points[0], points[1]);
  for (std::size_t i = 0; i < n; ++i) {
    const bool last = i + 1 == n;
    const Point after = last && !closed ? before : normal(points[i], points[last ? 0 : i + 1]);
    line.point(line.at(points[i]), way(between(before, after)));
    before = after;
  }
}

void disc(ImDrawList* draw, Point center, float radius, int corners, Color color) {
  const Circle& unit = circle_of(corners);
  const float edge = kEdge * unit.grow;
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, corners, 2, Form::solid);
  const Four c = mesh.at(center);
  for (const Four& u : unit.corners) {
    mesh.point(c + u * (radius + edge), none);
    mesh.point(c + u * (radius - edge), solid);
  }
}

void ring(ImDrawList* draw, Point center, float radius, int corners, float thickness, Color color) {
  const Circle& unit = circle_of(corners);
  const float grow = unit.grow;
  const float half = std::max(thickness, 1.0f) / 2;
  const float full = std::max(0.0f, half - kEdge) * grow, faint = (half + kEdge) * grow;
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, corners, 4, Form::hollow);
  const Four c = mesh.at(center);
  for (const Four& u : unit.corners) {
    mesh.point(c + u * (radius + faint), none);
    mesh.point(c + u * (radius + full), solid);
    mesh.point(c + u * std::max(0.0f, radius - full), solid);
    mesh.point(c + u * std::max(0.0f, radius - faint), none);
  }
}

}  // namespace qs::ui::shapes
