// Ui: one frame of the window as the widgets see it: theme, fonts, scale, draw list, mouse,
// keyboard focus, and the registry of what was drawn. Owned by the app (one per window); passed by
// reference to every view and widget. Main thread only.
//
// A widget is a free function of (Ui&, Rect, name, ...): it calls ui.item() for its rectangle,
// learns from the returned Hit what was done to it, and draws. What the mouse points at is decided
// from the previous frame's rectangles, so draw order and hit order cannot disagree.
//
// Its parts: item.h an item and what was done to it; rects.h the registry; guards.h scopes, clips
// and layers; ui.cpp the frame and the mouse; ui_keys.cpp what a key press means and where the
// focus goes; input.h and keymap.h what is pressed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/toolkit/core/compat.h"
#include "ui/toolkit/core/item.h"
#include "ui/toolkit/core/keymap.h"
#include "ui/toolkit/core/rects.h"
#include "ui/toolkit/core/theme.h"
#include "ui/toolkit/text/fonts.h"

namespace qs::ui {

class Ui {
 public:
  Ui();
  ~Ui();

  // Set by the app before begin(), and valid until end().
  const Theme* theme = nullptr;
  const Fonts* fonts = nullptr;
  const Keymap* keymap = nullptr;
  float scale = 1;  // pixels per design pixel (text scale x display scale)
  bool reduced_motion = false;
  // Asked for by what is drawn: from the next frame on, text and all else are so many times as
  // large as the settings say (for a page that a whole room reads). The Host follows.
  float magnify = 1;
  bool tooltips = true;
  std::vector<Context> contexts = {Context::global, Context::transport};
  // The clipboard, for text fields. Set by the app from its Platform.
  std::string (*get_clipboard)(void*) = nullptr;
  void (*set_clipboard)(void*, const std::string&) = nullptr;
  void* clipboard_owner = nullptr;

  // Valid between begin() and end().
  FrameInput in;
  Rect screen;
  double now = 0;              // seconds
  ImDrawList* draw = nullptr;  // where to draw now (page or popup)
  Rects rects;                 // of this frame
  Rects last;                  // of the frame before

  void begin(const FrameInput& input, const Rect& screen_pixels, double now_seconds);
  void end();

  // Design pixels to framebuffer pixels. 1 px line stays at least one pixel.
  float px(float design) const { return design * scale; }
  float line(
      float design = 1) const;  // a line thickness: whole pixels, thicker in the contrast theme
  Point mouse() const { return {in.mouse_x, in.mouse_y}; }

  // ---- items
  Hit item(const Rect& rect, std::string_view name, const ItemOptions& options = {});
  // Records a text for tests and readers; takes no input.
  void note(const Rect& rect, std::string_view text, bool cut, bool may_cut);
  Id id(std::string_view name) const;  // of `name` in the present scope

  // ---- scopes, clips, layers: use the guards below
  void push_scope(std::string_view name);
  void pop_scope();
  void push_clip(const Rect& rect);
  void pop_clip();
  const Rect& clip() const { return clips_.back(); }
  bool can_see(const Rect& rect) const { return !intersect(rect, clip()).empty(); }
  void push_parent(int record_index, bool scrolled);
  void pop_parent();
  int parent() const { return parents_.back().index; }
  void push_layer(bool modal);
  void pop_layer();
  int layer() const { return layer_; }

  // ---- keyboard
  // True in the frame in which the key of `action` was pressed and nothing else used it.
  bool action(Action action);
  Action pending_action() const { return action_; }
  // As if the key of `action` were pressed in the next frame: for menus and the palette.
  void inject(Action action) {
    injected_ = action;
    wake_in(0);
  }
  // The key pressed in this frame means that instead (a presenter's remote).
  void reinterpret_key(Action action) { action_ = action; }
  void focus(Id id, bool show_ring = true);
  void unfocus() { focus_ = 0; }
  Id focused() const { return focus_; }
  bool focus_moved() const { return focus_moved_; }
  bool ring_visible() const { return ring_; }
  // A text field has the focus: letters are text, not commands.
  bool typing() const { return typing_; }

  // ---- mouse
  bool mouse_moved() const { return !(mouse() == previous_mouse_); }
  Id hot() const { return hot_; }        // under the mouse
  Id active() const { return active_; }  // pressed
  bool pressed_outside(const Rect& rect) const;
  // The item which a drag was let go over or is above; 0 for none.
  Id drop_target() const { return under_; }
  double hover_seconds() const { return hot_ ? now - hot_since_ : 0; }
  float wheel(Id scroll_area);  // notches for this scroll area; used up by reading

  // ---- menus and tooltips (menu.h, tooltip.h)
  struct OpenMenu {
    Id owner = 0;
    Point at;
    int lit = -1;
    bool by_keyboard = false, just_opened = false;
    Id focus_before = 0;
    bool ring_before = false;
  } menu;
  struct Tip {
    std::string text;
    Rect anchor;
  } tip;

  // ---- time
  // Ask for another frame within `seconds` (0: the next one). Without it an idle window sleeps.
  void wake_in(double seconds);
  double sleep_seconds() const { return wake_; }  // for Platform::wait_events; negative: forever

 private:
  struct Parent {
    int index;
    bool scrolled;
  };
  void resolve_mouse();
  void resolve_keys();
  bool move_focus(int direction);
  bool move_in_group(const ItemRecord& from, int direction, bool to_end);
  void set_focus_record(const ItemRecord& r);
  int modal_layer() const { return last_modal_layer_; }

  std::string path_;
  std::vector<std::pair<std::size_t, Id>> scopes_;
  std::vector<Rect> clips_;
  std::vector<Parent> parents_;
  int layer_ = 0, modal_now_ = 0, last_modal_layer_ = 0;
  std::vector<ImDrawList*> draws_;

  Id hot_ = 0, under_ = 0, active_ = 0, focus_ = 0;
  Rect focus_rect_;
  bool ring_ = false, focus_moved_ = false, typing_ = false, key_used_ = false;
  Id clicked_ = 0, pressed_ = 0, right_clicked_ = 0, middle_clicked_ = 0, double_clicked_ = 0;
  Id dropped_ = 0, drag_started_ = 0, right_active_ = 0, middle_active_ = 0;
  bool dragging_ = false;
  Point press_at_, previous_mouse_;
  Id key_for_ = 0;
  Key key_ = Key::none;
  char32_t text_ = 0;
  Action action_ = Action::none, injected_ = Action::none;
  double hot_since_ = 0, last_click_time_ = -1;
  Id last_click_ = 0;
  Id wheel_id_ = 0;
  float wheel_y_ = 0;
  double wake_ = -1;
};

}  // namespace qs::ui

#include "ui/toolkit/core/guards.h"  // IWYU pragma: export
