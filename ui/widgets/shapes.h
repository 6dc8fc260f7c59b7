// Filled shapes with round corners, made from tables instead of sines and square roots: half of
// what the window draws. The corners are Dear ImGui's, the edges are smoothed as it does it (half a
// pixel to either side). Owns nothing but the tables. Called by draw.cpp.
#pragma once

#include "ui/widgets/layout.h"
#include "ui/widgets/theme.h"

struct ImDrawList;

namespace qs::ui::shapes {

// Pixels throughout. `rect` on whole pixels; `radius` is made smaller where the rectangle is small.
void rounded(ImDrawList* draw, const Rect& rect, float radius, Color color);
// The same with a border along its inside, in one piece: nothing is painted twice.
void bordered(ImDrawList* draw, const Rect& rect, float radius, Color inside, Color border,
              float thickness);
void disc(ImDrawList* draw, Point center, float radius, int corners, Color color);
// A whole circle as a line; `corners` at most 96.
void ring(ImDrawList* draw, Point center, float radius, int corners, float thickness, Color color);

}  // namespace qs::ui::shapes
