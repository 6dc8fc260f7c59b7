// Dialogs: a panel above the page that keeps mouse and keyboard to itself (keys and help, command
// palette, settings). Called by views and the app, which keep the DialogState.
//
//   if (ui.action(Action::help)) open_dialog(ui, state);
//   if (state.open) {
//     Dialog dialog(ui, state, "help", tr("help.title"), 720, 560);
//     Rect r = dialog.inner();  ...                 // Esc, the cross and a press outside close it
//   }
#pragma once

#include "ui/toolkit/controls/panel.h"

namespace qs::ui {

struct DialogState {
  bool open = false;
  bool just_opened = false;
  Id focus_before = 0;
  bool ring_before = false;
};

// Opens; the focus goes to the first stop inside, or to the item that the caller focuses.
void open_dialog(Ui& ui, DialogState& state);
void close_dialog(Ui& ui, DialogState& state);

class Dialog {
 public:
  // `width`, `height` in design pixels; made smaller where the window is.
  Dialog(Ui& ui, DialogState& state, std::string_view name, std::string_view title, float width,
         float height);
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;

  Rect inner() const { return inner_; }  // below the title
  bool fresh() const { return fresh_; }  // first frame: a good moment to focus a field

 private:
  Ui& ui_;
  DialogState& state_;
  Rect rect_, inner_;
  bool close_ = false, fresh_ = false;
};

}  // namespace qs::ui
