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

// The cards that the driver's column has at this moment, with what they hold and nothing placed:
// by room, in a room by thread, what has returned last.
std::vector<RoomBox> driver_cards(const model::Model& model, const StageCast& cast);

// What they and the targets need at least, in design pixels.
float driver_height(const StageLayout& layout, const StageCast& cast);

// Places the cards and the targets in layout.driver; the cards are in layout.room_boxes.
void place_driver(const model::Model& model, const StageCast& cast, StageLayout& layout);

}  // namespace qs::ui
