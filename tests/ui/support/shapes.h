// How many shapes and labels were drawn: what a renderer without a graphics card has to fill, one
// by one. Counted from the triangles themselves, so nothing drawn can be forgotten. Used by tests
// of what is left out where there is much.
#pragma once

#include <cmath>

#include "ui/toolkit/core/compat.h"

namespace qs::test {

namespace detail {

struct Glyph {
  float left = 0, top = 0, right = 0, bottom = 0;
};

// A quad of the font's picture; shapes without text all use its one white pixel.
inline bool is_glyph(const ImDrawVert* v) {
  return v[0].uv.x != v[2].uv.x && v[0].uv.y != v[2].uv.y;
}

inline bool goes_on(const Glyph& a, const Glyph& b) {
  const float h = std::max(a.bottom - a.top, b.bottom - b.top);
  return b.left >= a.left - h && b.left - a.right < h && b.top < a.bottom + h &&
         a.top < b.bottom + h;
}

}  // namespace detail

// Of the frame that was rendered last. Triangles that share corners are one shape; letters that
// follow each other are one label.
inline size_t drawn_shapes() {
  const ImDrawData* data = ImGui::GetDrawData();
  if (!data) return 0;
  size_t shapes = 0;
  for (int n = 0; n < data->CmdListsCount; ++n) {
    const ImDrawList& list = *data->CmdLists[n];
    unsigned last = 0;  // highest corner of the shape so far, and whether there is one
    bool open = false, in_label = false;
    detail::Glyph before;
    for (const ImDrawCmd& cmd : list.CmdBuffer) {
      if (cmd.UserCallback) continue;
      const ImDrawIdx* index = list.IdxBuffer.Data + cmd.IdxOffset;
      for (unsigned i = 0; i + 2 < cmd.ElemCount; i += 3) {
        const unsigned base = cmd.VtxOffset;
        const unsigned a = base + index[i], b = base + index[i + 1], c = base + index[i + 2];
        const unsigned least = std::min({a, b, c}), most = std::max({a, b, c});
        const bool same = open && least <= last;
        last = same ? std::max(last, most) : most;
        if (same) continue;
        open = true;
        const ImDrawVert* v = list.VtxBuffer.Data + least;
        if (!detail::is_glyph(v)) {
          in_label = false;
          ++shapes;
          continue;
        }
        const detail::Glyph now{v[0].pos.x, v[0].pos.y, v[2].pos.x, v[2].pos.y};
        if (!in_label || !detail::goes_on(before, now)) ++shapes;
        in_label = true;
        before = now;
      }
    }
  }
  return shapes;
}

}  // namespace qs::test
