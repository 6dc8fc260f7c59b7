// Arrows between places: straight, curved, dashed, with a head. Called by the stage and the
// diagrams. Only drawing; ends are given in pixels and the head's tip is exactly at the end.
#pragma once

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

struct ArrowStyle {
  Color color = {0, 0, 0, 0};  // ui.theme->arrow if transparent
  float thickness = 2;         // design pixels
  bool dashed = false;
  bool head = true;
  float drawn = 1;  // the part drawn from the start, 0..1: a trail that grows
};

void arrow(Ui& ui, Point from, Point to, const ArrowStyle& style = {});
// Along straight lines, the head at the last point.
void way_arrow(Ui& ui, std::span<const Point> way, const ArrowStyle& style = {});
// A cubic curve with control points `c1` and `c2`.
void curved_arrow(Ui& ui, Point from, Point c1, Point c2, Point to, const ArrowStyle& style = {});
// From the right side of something to the left side of something: leaves and arrives level.
void route_arrow(Ui& ui, Point from, Point to, const ArrowStyle& style = {});

// Points of the curve that route_arrow draws, for things that travel along it: t from 0 to 1.
Point on_curve(Point from, Point c1, Point c2, Point to, float t);
Point on_route(Point from, Point to, float t);

}  // namespace qs::ui
