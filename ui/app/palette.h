// The command palette: finds everything that can be done or opened by typing. Owns: PaletteState,
// PaletteEntry. Called by the app, which does what was chosen; main thread only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "ui/app/export_files.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/dialog.h"
#include "ui/toolkit/core/keymap.h"

namespace qs::ui {

struct PaletteEntry {
  enum Kind : uint8_t { nothing, action, open, select, save, rule, run_to, go, setup, verb };
  Kind kind = nothing;
  std::string label, hint;  // hint: its key, or what kind of thing it is
  Action does = Action::none;
  std::string name;  // of a program, a rule or a verb; an event
  ObjectId object;
  ExportKind file{};
  int scale = 1;  // of a picture
  bool back = false;
  size_t branch = 0, event = 0;  // of a bookmark
  size_t preset = 0;             // which of the presets
};

struct PaletteState {
  DialogState dialog;
  std::vector<std::string> files;  // that can be opened, as listed when it was opened
  std::string text;
  FieldState field;
  ScrollState scroll;
  int lit = 0;
};

// The entries in which every word of `text` occurs: exact matches first, then labels that begin
// with it, then the rest in their own order.
std::vector<const PaletteEntry*> palette_matches(const std::vector<PaletteEntry>& entries,
                                                 std::string_view text);

// Lists what can be opened here, and opens it.
void open_palette(Ui& ui, PaletteState& palette);
// Draws it while it is open. Returns the index of the chosen entry, which closes it, or -1.
int draw_palette(Ui& ui, PaletteState& state, const std::vector<PaletteEntry>& entries);

}  // namespace qs::ui
