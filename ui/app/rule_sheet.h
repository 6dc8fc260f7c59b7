// A rule from docs/rules: its sentence, how severe breaking it is, and the whole text with its
// steps. Other rules that it names are links. Owns: RuleSheet. Called by the app; main thread only.
#pragma once
#include <string>

#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/dialog.h"

namespace qs::ui {

struct RuleSheet {
  DialogState dialog;
  std::string id;
  ScrollState scroll;
};

// An id that no rule has opens nothing.
void open_rule(Ui& ui, RuleSheet& rule, const std::string& id);
// While it is open.
void draw_rule(Ui& ui, RuleSheet& rule);

}  // namespace qs::ui
