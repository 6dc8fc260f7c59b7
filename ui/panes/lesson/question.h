// The question of a beat alone, as large as the page allows: for a class that votes. Owns no state.
// Called by the app instead of the run's panes while the question is open; main thread only.
//
// Names in the registry: "question/…": check, close; "lesson/option/1".
#pragma once
#include "ui/panes/lesson/panel.h"

namespace qs::ui {

struct QuestionPage {
  LessonAct act;        // choose, once it is checked
  bool closed = false;  // back to the stage
  float magnify = 1;    // how many times as large as now its text may be on this page
};

// Draws on all of `page`. A digit or a click picks an option (state.picked), PageDown checks it.
QuestionPage draw_question_page(Ui& ui, const Rect& page, const LessonPanelInput& in,
                                LessonPanelState& state);

}  // namespace qs::ui
