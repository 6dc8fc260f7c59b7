// Rings: threads each of which waits for the next, as boxes on a closed line. Side by side where
// there is room for it, otherwise one below the other. Called by panes; knows nothing of the
// engine. Main thread only.
#pragma once

#include <string>

#include "ui/toolkit/core/draw.h"

namespace qs::ui {

struct RingBox {
  std::string name;   // "timer 1"
  std::string place;  // "driver.c:96"; may be empty
  std::string waits;  // what the line to the next box says: "waits for wait lock 1"
};

struct RingLayout {
  std::vector<Rect> boxes;
  std::vector<std::vector<Point>> ways;  // from each box to the next, the head at its end
  std::vector<Rect> words;               // of each way
  float height = 0;
};

// Where everything is, from the upper left corner of `rect` on and as wide as it at most; its
// height is not looked at. Pixels.
RingLayout ring_layout(const Ui& ui, const Rect& rect, std::span<const RingBox> ring);

struct RingHit {  // indices of a box or of the way that leaves it; -1: none
  int box = -1, way = -1;
};
struct RingHits {
  RingHit hovered, clicked;
};

// Draws it and records each box and each way under a name of its own.
RingHits draw_wait_ring(Ui& ui, const RingLayout& at, std::span<const RingBox> ring);

}  // namespace qs::ui
