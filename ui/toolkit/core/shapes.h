// Everything with a smooth edge: filled shapes, lines and rings. Round corners come from tables
// instead of sines and square roots. The corners are Dear ImGui's and the edges are smoothed as it
// does it (half a pixel to either side), but not by its own functions: those take directions from
// an instruction that only estimates, and processors differ in it. Here a shape is the same on
// every machine. Owns nothing but the tables. Called by draw.cpp.
#pragma once

#include <span>

#include "ui/toolkit/core/layout.h"
#include "ui/toolkit/core/theme.h"

struct ImDrawList;

namespace qs::ui::shapes {

// Without smooth edges, put on whole pixels.
void plain(ImDrawList* draw, std::span<const Rect> rects, Color color);
// Pixels throughout; lines are at least one pixel thick. `radius` is made smaller where the
// rectangle is small.
void rounded(ImDrawList* draw, const Rect& rect, float radius, Color color);
// The same with a border along its inside, in one piece: nothing is painted twice.
void bordered(ImDrawList* draw, const Rect& rect, float radius, Color inside, Color border,
              float thickness);
// The border alone, `thickness` pixels inside the edge of `rect`.
void frame(ImDrawList* draw, const Rect& rect, float radius, float thickness, Color color);
// Convex, corners clockwise on screen; none with fewer than three.
void polygon(ImDrawList* draw, std::span<const Point> corners, Color color);
// A line through `points`, and back to the first when `closed`; none with fewer than two.
void stroke(ImDrawList* draw, std::span<const Point> points, bool closed, float thickness,
            Color color);
void disc(ImDrawList* draw, Point center, float radius, int corners, Color color);
// A whole circle as a line; `corners` at most 96.
void ring(ImDrawList* draw, Point center, float radius, int corners, float thickness, Color color);

}  // namespace qs::ui::shapes
