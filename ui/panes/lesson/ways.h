// Who could go on, where a student plays the scheduler: a row for each thread. Owns no state.
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

}  // namespace qs::ui
