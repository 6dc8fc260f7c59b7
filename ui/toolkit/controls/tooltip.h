// Tooltips and context menus: what appears above the page. Called by views; the Ui remembers which
// one is open.
#pragma once

#include <string>
#include <vector>

#include "ui/toolkit/text/text.h"

namespace qs::ui {

// Shows `text` (plain, several lines allowed) beside the item once it was pointed at for a moment
// or has the keyboard focus. Drawn by draw_tooltip().
void tooltip(Ui& ui, const Hit& hit, std::string_view text);
// Draws the tooltip asked for in this frame, above everything. The app calls it last, before
// Ui::end().
void draw_tooltip(Ui& ui);

}  // namespace qs::ui
