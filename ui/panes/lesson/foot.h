// The buttons of a lesson's sheet, each with its key. Owns no state. Called by the lesson panel.
#pragma once
#include "ui/panes/lesson/panel.h"

namespace qs::ui {

// What was pressed. In an empty rectangle none is seen, but their keys are taken.
LessonAct draw_sheet_buttons(Ui& ui, const Rect& foot, const LessonPanelInput& in,
                             const LessonPanelState& state);
// In which they stand together, in pixels: at the end of the head of a level sheet.
float sheet_buttons_width(Ui& ui, const LessonPanelInput& in);

}  // namespace qs::ui
