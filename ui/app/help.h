// The "?" sheet: every key, grouped by purpose, read from the keymap, and what the mouse does.
// Owns: HelpSheet. Called by the app; main thread only.
#pragma once
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/dialog.h"

namespace qs::ui {

struct HelpSheet {
  DialogState dialog;
  ScrollState scroll;
};

// While it is open.
void draw_help(Ui& ui, HelpSheet& sheet);

}  // namespace qs::ui
