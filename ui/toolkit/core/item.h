// An item of a frame: what a widget says of its rectangle, and what it is told was done to it.
// Owns: ItemOptions, Hit. Used by Ui::item and every widget; plain values.
#pragma once

#include <string>
#include <string_view>

#include "ui/toolkit/core/keymap.h"
#include "ui/toolkit/core/rects.h"

namespace qs::ui {

// What happened to an item since the last frame.
struct Hit {
  Id id = 0;
  bool hovered = false;        // the mouse is over it and nothing else has it
  bool held = false;           // pressed with the left button and not yet released
  bool pressed = false;        // just pressed
  bool clicked = false;        // released over it, or Enter or Space while it has the focus
  bool right_clicked = false;  // or the menu key, or Shift+F10
  bool middle_clicked = false;
  bool double_clicked = false;
  bool focused = false;  // has the keyboard focus
  bool ring = false;     // and the ring should be drawn (the keyboard is in use)
  bool drag_started = false, dragging = false, dropped = false;
  Point drag_total, drag_step;  // pixels since the press, since the last frame
  Key key = Key::none;          // a key that it wants and got
  Mods mods = mod_none;         // held with the click or key
  char32_t text = 0;            // a character typed into it
  Rect rect;                    // where it is
  int record = -1;              // its index in ui.rects
};

// A string view that refuses temporaries.
struct TextOfOthers : std::string_view {
  TextOfOthers(std::string_view text = {}) : std::string_view(text) {}
  TextOfOthers(const char* text) : std::string_view(text) {}
  TextOfOthers(const std::string& text) : std::string_view(text) {}
  TextOfOthers(std::string&&) = delete;
};

struct ItemOptions {
  Kind kind = Kind::button;
  bool focusable = true, disabled = false, selected = false, floating = false, may_cut = false;
  Id group = 0;
  Wants wants = wants_nothing;
  TextOfOthers text = {};  // what it says; its name serves if empty
  bool cut = false;        // the text did not fit
};

}  // namespace qs::ui
