// A board in the device's card: switches that can be moved, a bar graph, a digit of seven segments.
// Owns nothing. Called by cards.cpp.
#pragma once
#include "ui/panes/stage/parts.h"

namespace qs::ui {

// False: that channel is no part of a board. `r`: what there is of its card.
bool draw_board(const StageFrame& f, const model::ChannelView& channel, Rect r);

}  // namespace qs::ui
