// Drawing: the few shapes everything else is made of. Free functions on ui.draw; pixels; no state.
// Edges of filled boxes are put on whole pixels, so that lines are crisp with every renderer; lines
// and curves are smooth, and the same on every processor (shapes.h).
#pragma once

#include <span>
#include <string_view>

#include "ui/toolkit/core/ui.h"

namespace qs::ui {

enum class Align : std::uint8_t { left, center, right };

// ---- boxes
void fill(Ui& ui, const Rect& rect, Color color, float radius = 0);
// Not put on whole pixels: for what moves.
void fill_moving(Ui& ui, const Rect& rect, Color color, float radius);
// Many plain rectangles of one color at once.
void fill_all(Ui& ui, std::span<const Rect> rects, Color color);
// A filled box with a border of `thickness` pixels inside its edge (0: the usual line).
void box(Ui& ui, const Rect& rect, Color inside, Color border, float radius = 0,
         float thickness = 0);
// Only the border, for boxes over other things (focus, selection).
void outline(Ui& ui, const Rect& rect, Color color, float radius = 0, float thickness = 0);
void shadow(Ui& ui, const Rect& rect, float radius, float size);

// ---- lines
void hline(Ui& ui, float x0, float x1, float y, Color color, float thickness = 0);
void vline(Ui& ui, float x, float y0, float y1, Color color, float thickness = 0);
void dashed_vline(Ui& ui, float x, float y0, float y1, Color color, float thickness, float dash,
                  float gap);
void line(Ui& ui, Point a, Point b, Color color, float thickness);
void polyline(Ui& ui, std::span<const Point> points, Color color, float thickness,
              bool closed = false);
void dashed(Ui& ui, std::span<const Point> points, Color color, float thickness, float dash,
            float gap);

// ---- round things
void disc(Ui& ui, Point center, float radius, Color color);
void ring(Ui& ui, Point center, float radius, Color color, float thickness);
void dashed_ring(Ui& ui, Point center, float radius, Color color, float thickness, int dashes);
// Part of a ring: from `from` to `to` turns, clockwise, 0 at the top.
void arc(Ui& ui, Point center, float radius, float from, float to, Color color, float thickness);
// Convex, corners clockwise on screen.
void polygon(Ui& ui, std::span<const Point> corners, Color color);

// ---- text (these only draw; label() in text.h also records)
float text_width(const Font& font, std::string_view text);
void draw_text(Ui& ui, Point top_left, const Font& font, Color color, std::string_view text);
// One line, vertically in the middle of `rect`, not shortened.
void draw_text(Ui& ui, const Rect& rect, const Font& font, Color color, std::string_view text,
               Align align = Align::left);
void draw_text_centered(Ui& ui, Point center, const Font& font, Color color, std::string_view text);

// ---- the look of keyboard focus: a ring just outside `rect`
void focus_ring(Ui& ui, const Rect& rect, float radius);

}  // namespace qs::ui
