#include "ui/widgets/shapes.h"

#include <array>
#include <cmath>
#include <vector>

#include "ui/widgets/compat.h"

namespace qs::ui::shapes {
namespace {

constexpr float kPi = 3.14159265f;
constexpr float kEdge = 0.5f;  // pixels on either side of an edge, over which it fades

// A corner of a shape with its direction outwards, long enough that edges stay parallel.
struct Corner {
  Point at, out;
};

// The four round corners of a rectangle, clockwise from the upper left, around their centres.
struct RoundCorners {
  float radius = -1;
  int each = 0;  // points in one corner
  std::vector<Corner> points;
};

Point out_of(Point before, Point here, Point after) {
  const auto normal = [](Point a, Point b) {
    const Point d = b - a;
    const float l = length(d);
    return l > 0 ? Point{d.y / l, -d.x / l} : Point{};
  };
  const Point sum = (normal(before, here) + normal(here, after)) * 0.5f;
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
    t.points.push_back({point(i) - center, out_of(point(i - 1), point(i), point(i + 1))});
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
  // `loops` of `count` points each; the innermost is filled when `solid`.
  Mesh(ImDrawList* draw, int count, int loops, bool solid)
      : draw_(draw),
        count_(unsigned(count)),
        loops_(unsigned(loops)),
        white_(ImGui::GetFontTexUvWhitePixel()) {
    const int fan = solid ? 3 * (count - 2) : 0;
    draw->PrimReserve(6 * count * (loops - 1) + fan, count * loops);
    base_ = draw->_VtxCurrentIdx;
    triangles(solid);
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
  void triangles(bool solid) {
    ImDrawIdx* out = draw_->_IdxWritePtr;
    const auto put = [&](unsigned a, unsigned b, unsigned c) {
      out[0] = ImDrawIdx(base_ + a), out[1] = ImDrawIdx(base_ + b), out[2] = ImDrawIdx(base_ + c);
      out += 3;
    };
    const unsigned inner = loops_ - 1;
    if (solid)
      for (unsigned i = 2; i < count_; ++i)
        put(inner, (i - 1) * loops_ + inner, i * loops_ + inner);
    for (unsigned i = 0; i < count_; ++i) {
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

float fitting(const Rect& r, float radius) { return std::min({radius, r.w / 2 - 1, r.h / 2 - 1}); }

void square(ImDrawList* draw, const Rect& r, Color color) {
  draw->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()}, color.u32());
}

// The centres of the four corners.
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
  Mesh mesh(draw, int(t.points.size()), 2, true);
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
  Mesh mesh(draw, int(t.points.size()), hair ? 3 : 4, true);
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

void disc(ImDrawList* draw, Point center, float radius, int corners, Color color) {
  const std::vector<Point>& unit = circle_of(corners);
  const float edge = kEdge / std::cos(kPi / float(corners));
  const ImU32 solid = color.u32(), none = faded_out(color);
  Mesh mesh(draw, corners, 2, true);
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
  Mesh mesh(draw, corners, 4, false);
  for (const Point& u : unit) {
    mesh.point(center + u * (radius + faint), none);
    mesh.point(center + u * (radius + full), solid);
    mesh.point(center + u * std::max(0.0f, radius - full), solid);
    mesh.point(center + u * std::max(0.0f, radius - faint), none);
  }
}

}  // namespace qs::ui::shapes
