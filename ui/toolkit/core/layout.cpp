#include "ui/toolkit/core/layout.h"

namespace qs::ui {
namespace {

// Lengths of the parts along one axis.
std::vector<float> lengths(float total, const std::vector<Part>& parts, float gap) {
  const float room = std::max(0.0f, total - gap * float(parts.empty() ? 0 : parts.size() - 1));
  std::vector<float> out(parts.size(), 0.0f);
  std::vector<bool> settled(parts.size(), false);
  float left = room, weight = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].weight <= 0) {
      out[i] = parts[i].pixels;
      left -= out[i];
      settled[i] = true;
    } else {
      weight += parts[i].weight;
    }
  }
  // A share that would fall below its least takes its least, and the others divide the rest.
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (settled[i]) continue;
      if (weight > 0 && left * parts[i].weight / weight < parts[i].least) {
        out[i] = parts[i].least;
        left -= out[i];
        weight -= parts[i].weight;
        settled[i] = true;
        again = true;
      }
    }
  }
  float used = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!settled[i]) out[i] = weight > 0 ? std::max(0.0f, left * parts[i].weight / weight) : 0;
    used += out[i];
  }
  if (used > room && used > 0) {
    for (float& l : out) l *= room / used;
  }
  return out;
}

}  // namespace

Rect inset(Rect r, float dx, float dy) {
  return {r.x + dx, r.y + dy, std::max(0.0f, r.w - 2 * dx), std::max(0.0f, r.h - 2 * dy)};
}

Rect intersect(const Rect& a, const Rect& b) {
  const float x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const float r = std::min(a.right(), b.right()), d = std::min(a.bottom(), b.bottom());
  return {x, y, std::max(0.0f, r - x), std::max(0.0f, d - y)};
}

Rect snapped(const Rect& r) {
  const float x = whole(r.x), y = whole(r.y);
  return {x, y, whole(r.right()) - x, whole(r.bottom()) - y};
}

Rect cut_left(Rect& r, float width, float gap) {
  width = std::clamp(width, 0.0f, r.w);
  const Rect cut{r.x, r.y, width, r.h};
  const float step = std::min(r.w, width + gap);
  r.x += step;
  r.w -= step;
  return cut;
}

Rect cut_right(Rect& r, float width, float gap) {
  width = std::clamp(width, 0.0f, r.w);
  const Rect cut{r.right() - width, r.y, width, r.h};
  r.w -= std::min(r.w, width + gap);
  return cut;
}

Rect cut_top(Rect& r, float height, float gap) {
  height = std::clamp(height, 0.0f, r.h);
  const Rect cut{r.x, r.y, r.w, height};
  const float step = std::min(r.h, height + gap);
  r.y += step;
  r.h -= step;
  return cut;
}

Rect cut_bottom(Rect& r, float height, float gap) {
  height = std::clamp(height, 0.0f, r.h);
  const Rect cut{r.x, r.bottom() - height, r.w, height};
  r.h -= std::min(r.h, height + gap);
  return cut;
}

std::vector<Rect> divide_row(const Rect& r, const std::vector<Part>& parts, float gap) {
  std::vector<Rect> out;
  float x = r.x;
  for (const float w : lengths(r.w, parts, gap)) {
    out.push_back({x, r.y, w, r.h});
    x += w + gap;
  }
  return out;
}

std::vector<Rect> divide_column(const Rect& r, const std::vector<Part>& parts, float gap) {
  std::vector<Rect> out;
  float y = r.y;
  for (const float h : lengths(r.h, parts, gap)) {
    out.push_back({r.x, y, r.w, h});
    y += h + gap;
  }
  return out;
}

std::vector<Rect> divide_row(const Rect& r, std::initializer_list<Part> parts, float gap) {
  return divide_row(r, std::vector<Part>(parts), gap);
}

std::vector<Rect> divide_column(const Rect& r, std::initializer_list<Part> parts, float gap) {
  return divide_column(r, std::vector<Part>(parts), gap);
}

Rect grid_cell(const Rect& r, int columns, int rows, int index, float gap) {
  const float w = (r.w - gap * float(columns - 1)) / float(columns);
  const float h = (r.h - gap * float(rows - 1)) / float(rows);
  return {r.x + float(index % columns) * (w + gap), r.y + float(index / columns) * (h + gap), w, h};
}

int columns_that_fit(float width, float least, float gap) {
  return std::max(1, int((width + gap) / (least + gap)));
}

Rect aligned(const Rect& r, float w, float h, float ax, float ay) {
  return {r.x + (r.w - w) * ax, r.y + (r.h - h) * ay, w, h};
}

Rect kept_inside(Rect r, const Rect& bounds) {
  r.w = std::min(r.w, bounds.w);
  r.h = std::min(r.h, bounds.h);
  r.x = std::clamp(r.x, bounds.x, bounds.right() - r.w);
  r.y = std::clamp(r.y, bounds.y, bounds.bottom() - r.h);
  return r;
}

}  // namespace qs::ui
