// The head of a lesson's sheet: its title and where the student is. Owns no state. Called by the
// lesson panel.
#pragma once
#include "lesson/tutor/tutor.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

// Of a sheet beside the stage: cut off `sheet`.
void draw_sheet_head(Ui& ui, Rect& sheet, const lesson::Tutor& tutor);
// Of a level sheet: the title of the beat, in one line.
void draw_level_head(Ui& ui, const Rect& line, const lesson::Tutor& tutor);

}  // namespace qs::ui
