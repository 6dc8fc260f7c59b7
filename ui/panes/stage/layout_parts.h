// What the layout of the stage is made of: sizes of cards, and the driver's column. Pure. Included
// by stage/layout*.cpp only.
#pragma once
#include "ui/panes/stage/layout.h"

namespace qs::ui {

// Of a card by how much of itself it shows, in design pixels.
struct Heights {
  float full, mid, micro;
  float of(Detail d) const { return d == Detail::full ? full : d == Detail::mid ? mid : micro; }
};

// Of `count` cards one under the other.
inline float stack_height(size_t count, float each, float gap) {
  return count ? float(count) * each + float(count - 1) * gap : 0;
}

// What the driver's column needs at least with so many rooms in a row, in design pixels.
float driver_height(const StageCast& cast, Arrange arrange, int columns);

// Fills the boxes of rooms and targets of a layout whose driver's column is in place.
void place_driver(const StageCast& cast, int columns, StageLayout& layout);

}  // namespace qs::ui
