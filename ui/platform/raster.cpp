#include "ui/platform/raster.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/toolkit/core/compat.h"

namespace qs::ui {
namespace {

constexpr int unit = 256;  // corners count in 1/256 pixel
constexpr int half = unit / 2;

struct Box {
  int x0, y0, x1, y1;  // x1, y1 exclusive
};

struct Corner {
  std::int64_t x, y;  // 1/256 pixel
  std::uint32_t color;
};

std::int64_t fixed_point(float v) { return std::int64_t(std::lround(v * unit)); }

// The first pixel whose center is at or after a position.
int first_center(std::int64_t v) { return int((v + half - 1) >> 8); }

// Dear ImGui has red in the lowest byte, we have blue there.
std::uint32_t swapped(std::uint32_t c) {
  return (c & 0xFF00FF00u) | ((c & 0xFFu) << 16) | ((c >> 16) & 0xFFu);
}

std::uint32_t over(std::uint32_t ground, std::uint32_t color, std::uint32_t alpha) {
  if (alpha >= 255) return color;
  const std::uint32_t a = alpha + (alpha >> 7);  // 0..256
  const std::uint32_t rb = (ground & 0xFF00FFu) * (256 - a) + (color & 0xFF00FFu) * a;
  const std::uint32_t g = (ground & 0x00FF00u) * (256 - a) + (color & 0x00FF00u) * a;
  return ((rb >> 8) & 0xFF00FFu) | ((g >> 8) & 0x00FF00u);
}

void span(std::uint32_t* row, int x0, int x1, std::uint32_t color) {
  const std::uint32_t alpha = color >> 24;
  if (alpha == 255) return void(std::fill(row + x0, row + x1, color));
  for (int x = x0; x < x1; ++x) row[x] = over(row[x], color, alpha);
}

// ---- rectangles: solid ones, and glyphs

void solid_rect(const RasterTarget& t, const Box& clip, const Box& r, std::uint32_t color) {
  const int x0 = std::max(clip.x0, r.x0), x1 = std::min(clip.x1, r.x1);
  if (x0 >= x1) return;
  for (int y = std::max(clip.y0, r.y0); y < std::min(clip.y1, r.y1); ++y) {
    span(t.pixels + std::ptrdiff_t(y) * t.stride, x0, x1, color);
  }
}

struct Sampler {
  const compat::Texture& texture;

  std::uint32_t at(int x, int y) const {
    x = std::clamp(x, 0, texture.width - 1);
    y = std::clamp(y, 0, texture.height - 1);
    return texture.coverage(x, y);
  }
  // Between texels: u and v in 1/65536 texel, from texel centers.
  std::uint32_t between(std::int64_t u, std::int64_t v) const {
    const int x = int(u >> 16), y = int(v >> 16);
    const std::uint32_t fx = std::uint32_t(u >> 8) & 0xFF, fy = std::uint32_t(v >> 8) & 0xFF;
    const std::uint32_t top = at(x, y) * (256 - fx) + (fx ? at(x + 1, y) * fx : 0);
    if (fy == 0) return top >> 8;
    const std::uint32_t bottom = at(x, y + 1) * (256 - fx) + (fx ? at(x + 1, y + 1) * fx : 0);
    return (top * (256 - fy) + bottom * fy) >> 16;
  }
};

void textured_rect(const RasterTarget& t, const Box& clip, const Sampler& sampler,
                   const ImDrawVert& a, const ImDrawVert& b, std::uint32_t color) {
  const std::int64_t x0 = fixed_point(a.pos.x), x1 = fixed_point(b.pos.x);
  const std::int64_t y0 = fixed_point(a.pos.y), y1 = fixed_point(b.pos.y);
  if (x1 <= x0 || y1 <= y0) return;
  const auto texels = [](float uv, int size) {
    return std::int64_t(std::lround(double(uv) * size * 65536.0));
  };
  const std::int64_t u0 = texels(a.uv.x, sampler.texture.width),
                     u1 = texels(b.uv.x, sampler.texture.width);
  const std::int64_t v0 = texels(a.uv.y, sampler.texture.height),
                     v1 = texels(b.uv.y, sampler.texture.height);
  const std::int64_t du = (u1 - u0) * unit / (x1 - x0), dv = (v1 - v0) * unit / (y1 - y0);
  const int left = std::max(clip.x0, first_center(x0)), right = std::min(clip.x1, first_center(x1));
  const int top = std::max(clip.y0, first_center(y0)), bottom = std::min(clip.y1, first_center(y1));
  const std::uint32_t alpha = color >> 24;
  for (int y = top; y < bottom; ++y) {
    const std::int64_t v = v0 + ((std::int64_t(y) * unit + half - y0) * dv) / unit - 32768;
    std::int64_t u = u0 + ((std::int64_t(left) * unit + half - x0) * du) / unit - 32768;
    std::uint32_t* row = t.pixels + std::ptrdiff_t(y) * t.stride;
    for (int x = left; x < right; ++x, u += du) {
      const std::uint32_t cover = sampler.between(u, v);
      if (cover) row[x] = over(row[x], color, cover * alpha / 255);
    }
  }
}

// ---- triangles

// One side of a triangle: inside where value(x, y) >= 0. Top and left sides belong to a triangle,
// others do not, so that neighbors neither overlap nor leave gaps. Walks down the rows, keeping
// the first pixel (left sides) or the first pixel no more (right sides) without dividing in every
// row.
class Side {
 public:
  Side(const Corner& a, const Corner& b, int x0, int y0) : x0_(x0) {
    const std::int64_t dx = b.x - a.x, dy = b.y - a.y;
    const std::int64_t px = std::int64_t(x0) * unit + half, py = std::int64_t(y0) * unit + half;
    std::int64_t value = dx * (py - a.y) - dy * (px - a.x);
    const bool owned = dy < 0 || (dy == 0 && dx > 0);
    if (!owned) value -= 1;
    across_ = -dy * unit;
    const std::int64_t down = dx * unit;
    if (across_ == 0) {  // level: a row is in or out as a whole
      offset_ = value;
      step_ = down;
      return;
    }
    // Left: first n with value + n * across >= 0, that is ceil(-value / across).
    // Right: first n with value - n * |across| < 0, that is floor(value / |across|) + 1.
    const std::int64_t d = across_ > 0 ? across_ : -across_;
    const std::int64_t top = across_ > 0 ? -value + d - 1 : value + d;
    const std::int64_t grow = across_ > 0 ? -down : down;
    offset_ = floor_div(top, d);
    rest_ = top - offset_ * d;
    step_ = floor_div(grow, d);
    rest_step_ = grow - step_ * d;
    divisor_ = d;
  }

  void clip_row(std::int64_t& from, std::int64_t& to) const {
    if (across_ > 0)
      from = std::max(from, x0_ + offset_);
    else if (across_ < 0)
      to = std::min(to, x0_ + offset_);
    else if (offset_ < 0)
      to = from;
  }
  void next_row() {
    offset_ += step_;
    rest_ += rest_step_;
    if (rest_ >= divisor_) {
      rest_ -= divisor_;
      ++offset_;
    }
  }

 private:
  static std::int64_t floor_div(std::int64_t n, std::int64_t d) {
    const std::int64_t q = n / d;
    return q * d > n ? q - 1 : q;
  }
  std::int64_t x0_, across_ = 0, offset_ = 0, step_ = 0, rest_ = 0, rest_step_ = 0;
  std::int64_t divisor_ = INT64_MAX;
};

// One color channel over a triangle, in 1/65536.
struct Ramp {
  std::int64_t value = 0, step_x = 0, step_y = 0;

  Ramp(const Corner& a, const Corner& b, const Corner& c, int shift, std::int64_t area,
       std::int64_t px, std::int64_t py) {
    const auto channel = [shift](const Corner& k) {
      return std::int64_t((k.color >> shift) & 0xFF);
    };
    const std::int64_t ab = channel(b) - channel(a), ac = channel(c) - channel(a);
    const std::int64_t gx = ab * (c.y - a.y) - ac * (b.y - a.y);
    const std::int64_t gy = ac * (b.x - a.x) - ab * (c.x - a.x);
    step_x = gx * unit * 65536 / area;
    step_y = gy * unit * 65536 / area;
    value = channel(a) * 65536 + (gx * (px - a.x) + gy * (py - a.y)) * 65536 / area;
  }
  static std::uint32_t byte(std::int64_t v) {
    return std::uint32_t(std::clamp<std::int64_t>((v + 32768) >> 16, 0, 255));
  }
};

void triangle(const RasterTarget& t, const Box& clip, Corner a, Corner b, Corner c) {
  std::int64_t area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
  if (area == 0) return;
  if (area < 0) {
    std::swap(b, c);
    area = -area;
  }
  const int x0 = std::max(clip.x0, first_center(std::min({a.x, b.x, c.x})));
  const int x1 = std::min(clip.x1, first_center(std::max({a.x, b.x, c.x}) + 1));
  const int y0 = std::max(clip.y0, first_center(std::min({a.y, b.y, c.y})));
  const int y1 = std::min(clip.y1, first_center(std::max({a.y, b.y, c.y}) + 1));
  if (x0 >= x1 || y0 >= y1) return;
  const std::int64_t px = std::int64_t(x0) * unit + half, py = std::int64_t(y0) * unit + half;
  Side ab(a, b, x0, y0), bc(b, c, x0, y0), ca(c, a, x0, y0);
  const bool flat = a.color == b.color && b.color == c.color;
  const bool same_hue =
      ((a.color ^ b.color) & 0xFFFFFF) == 0 && ((b.color ^ c.color) & 0xFFFFFF) == 0;
  if (flat && (a.color >> 24) == 0) return;
  Ramp alpha(a, b, c, 24, area, px, py);
  std::uint32_t* row = t.pixels + std::ptrdiff_t(y0) * t.stride;
  for (int y = y0; y < y1; ++y, row += t.stride) {
    std::int64_t first = x0, beyond = x1;
    ab.clip_row(first, beyond);
    bc.clip_row(first, beyond);
    ca.clip_row(first, beyond);
    if (first < beyond) {
      const int from = int(first), to = int(beyond);
      if (flat) {
        span(row, from, to, a.color);
      } else if (same_hue) {
        std::int64_t v = alpha.value + alpha.step_x * (from - x0);
        for (int x = from; x < to; ++x, v += alpha.step_x) {
          row[x] = over(row[x], a.color, Ramp::byte(v));
        }
      } else {
        const Ramp r(a, b, c, 16, area, px, py), g(a, b, c, 8, area, px, py),
            bl(a, b, c, 0, area, px, py);
        for (int x = from; x < to; ++x) {
          const auto at = [&](const Ramp& k) {
            return Ramp::byte(k.value + k.step_x * (x - x0) + k.step_y * (y - y0));
          };
          const std::uint32_t color = at(r) << 16 | at(g) << 8 | at(bl) | 0xFF000000u;
          row[x] = over(row[x], color, Ramp::byte(alpha.value + alpha.step_x * (x - x0)));
        }
      }
    }
    ab.next_row();
    bc.next_row();
    ca.next_row();
    alpha.value += alpha.step_y;
  }
}

bool same_uv(const ImDrawVert& a, const ImDrawVert& b) {
  return a.uv.x == b.uv.x && a.uv.y == b.uv.y;
}

// Dear ImGui writes boxes and glyphs as corners 0 1 2, 0 2 3 of an upright rectangle in one color.
bool is_rect(const ImDrawVert* v, const ImDrawIdx* i) {
  if (i[0] != i[3] || i[2] != i[4]) return false;
  const ImDrawVert &a = v[i[0]], &b = v[i[1]], &c = v[i[2]], &d = v[i[5]];
  return a.pos.y == b.pos.y && b.pos.x == c.pos.x && c.pos.y == d.pos.y && d.pos.x == a.pos.x &&
         a.pos.x <= c.pos.x && a.pos.y <= c.pos.y && a.col == b.col && b.col == c.col &&
         c.col == d.col;
}

Corner corner(const ImDrawVert& v) {
  return {fixed_point(v.pos.x), fixed_point(v.pos.y), swapped(v.col)};
}

void command(const ImDrawCmd& cmd, const ImDrawList& list, const RasterTarget& target) {
  const Box clip{std::max(0, int(cmd.ClipRect.x)), std::max(0, int(cmd.ClipRect.y)),
                 std::min(target.width, int(cmd.ClipRect.z)),
                 std::min(target.height, int(cmd.ClipRect.w))};
  if (clip.x0 >= clip.x1 || clip.y0 >= clip.y1) return;
  const compat::Texture texture = compat::texture_of(cmd);
  const ImDrawVert* v = list.VtxBuffer.Data + cmd.VtxOffset;
  const ImDrawIdx* i = list.IdxBuffer.Data + cmd.IdxOffset;
  const ImDrawIdx* end = i + cmd.ElemCount;
  while (i < end) {
    if (end - i >= 6 && is_rect(v, i)) {
      const ImDrawVert &a = v[i[0]], &c = v[i[2]];
      i += 6;
      const std::uint32_t color = swapped(a.col);
      if (color >> 24 == 0) continue;
      if (same_uv(a, c)) {
        const Box r{first_center(fixed_point(a.pos.x)), first_center(fixed_point(a.pos.y)),
                    first_center(fixed_point(c.pos.x)), first_center(fixed_point(c.pos.y))};
        solid_rect(target, clip, r, color);
      } else if (texture.pixels) {
        textured_rect(target, clip, Sampler{texture}, a, c, color);
      }
    } else {
      triangle(target, clip, corner(v[i[0]]), corner(v[i[1]]), corner(v[i[2]]));
      i += 3;
    }
  }
}

}  // namespace

void rasterise(const ImDrawData& data, const RasterTarget& target) {
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    for (const ImDrawCmd& cmd : list.CmdBuffer) {
      if (!cmd.UserCallback) command(cmd, list, target);
    }
  }
}

}  // namespace qs::ui
