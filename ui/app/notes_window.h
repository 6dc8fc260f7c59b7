// A window with the teacher's page of a lesson and nothing else: for the screen that the class does
// not see (`queuescope notes LESSON`). Called by run_window(); main thread only.
#pragma once
#include "session/window_request.h"
#include "ui/app/host.h"
#include "ui/panes/notes/notes.h"

namespace qs::ui {

// One frame of it, with its keys: text size, theme, and Ctrl+Q, which ends it (false).
bool draw_notes_alone(Ui& ui, const std::string& file, NotesState& state, Settings& settings);

// Runs until it is closed; nothing is saved. Returns the exit code: 0, or 2 after a sentence on
// standard error.
int run_notes_window(const session::WindowRequest& request);

}  // namespace qs::ui
