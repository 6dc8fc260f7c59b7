// Rows to choose: who could go on, where a student plays the scheduler, and a card. Own no state.
// Called by the lesson panel.
//
// Names in the registry: "lesson/let/1".
#pragma once
#include <string>
#include <vector>

#include "ui/toolkit/core/ui.h"

namespace qs::ui {

// In pixels.
float ways_height(Ui& ui, const std::vector<std::string>& ways);
// The one that was clicked; -1: none.
int draw_ways(Ui& ui, Rect rect, const std::vector<std::string>& ways);

// A card as wide as that; in pixels. `words` may take several lines.
float card_height(Ui& ui, float width, const std::string& words);
// True when it was clicked.
bool draw_card(Ui& ui, const Rect& rect, const std::string& name, const std::string& words,
               bool picked);

}  // namespace qs::ui
