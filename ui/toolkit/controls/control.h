// Controls with a value: slider, text field, splitter, scroll area. Called by views. Each changes
// the value it is given and says so; all of them work by mouse and by keyboard.
#pragma once

#include <memory>

#include "ui/toolkit/text/text.h"

namespace qs::ui {

// `value` from 0 to 1; arrow keys change it by `step`. True when it changed.
bool slider(Ui& ui, const Rect& rect, std::string_view name, float& value, float step = 0.05f,
            std::string_view spoken = {});

// What a text field keeps between frames: caret, selection, what can be undone. Made when the field
// is first used; the view owns it.
struct FieldEditor;
struct FieldState {
  FieldState();
  ~FieldState();
  FieldState(FieldState&&) noexcept;
  FieldState& operator=(FieldState&&) noexcept;

  std::unique_ptr<FieldEditor> editor;
  float scroll = 0;  // pixels
};
struct FieldResult {
  bool changed = false, submitted = false;
};
// One line of text (UTF-8) of any characters. Enter submits, Esc leaves. Arrows, Home and End move,
// with Ctrl by words, with Shift selecting; Ctrl+A, C, X, V, Z and Y (or Ctrl+Shift+Z); Backspace
// and Delete, with Ctrl a word. The mouse sets the caret, drags a selection, with Shift extends it;
// a double click selects a word. Another text in `text` than the field has left there starts anew.
FieldResult text_field(Ui& ui, const Rect& rect, std::string_view name, std::string& text,
                       FieldState& state, std::string_view hint = {});

// A bar between two panes. `along` is the pane's size in pixels (the one left of or above the bar),
// kept between `least` and `most`. Drag it, or focus it and use the arrow keys. True when it
// changed.
enum class SplitterBar : std::uint8_t { upright, level };
bool splitter(Ui& ui, const Rect& rect, std::string_view name, SplitterBar bar, float& along,
              float least, float most);

struct ScrollState {    // kept by the view between frames
  float y = 0;          // pixels scrolled down
  float content = 0;    // height of the content in the last frame
  bool at_end = false;  // for lists that follow their end
};
// A part of the page that scrolls up and down: wheel, bar, PageUp and PageDown, arrows when
// focused; follows the keyboard focus.
//
//   ScrollArea area(ui, rect, "log", state);
//   Rect line = area.content();          // its y starts at the scrolled position
//   ... draw, growing downward ...
//   area.end(line.y - area.content().y); // total height drawn
class ScrollArea {
 public:
  ScrollArea(Ui& ui, const Rect& rect, std::string_view name, ScrollState& state);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  Rect content() const { return content_; }  // room for content, without the bar
  Rect view() const { return view_; }        // what can be seen of it
  // For long lists of equal rows: the first row to draw and how many.
  int first_row(float row_height) const;
  int row_count(float row_height, int total) const;
  void end(float content_height);
  // Scrolls so that a part of the content (in content coordinates) can be seen.
  void show(float top, float bottom);

 private:
  Ui& ui_;
  ScrollState& state_;
  std::string name_;
  Rect rect_, view_, content_;
  Id id_ = 0;
  int first_record_ = 0;
  bool ended_ = false;
};

}  // namespace qs::ui
