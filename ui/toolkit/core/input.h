// Input: what a person does with mouse and keyboard, in our own words, independent of any
// window library. Owned by Platform (which fills an InputQueue); read by Ui, one Input a frame.
// Nothing is ever lost: a press and release that arrive together are spread over frames.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace qs::ui {

enum class Key : std::uint8_t {
  none,
  a,
  b,
  c,
  d,
  e,
  f,
  g,
  h,
  i,
  j,
  k,
  l,
  m,
  n,
  o,
  p,
  q,
  r,
  s,
  t,
  u,
  v,
  w,
  x,
  y,
  z,
  d0,
  d1,
  d2,
  d3,
  d4,
  d5,
  d6,
  d7,
  d8,
  d9,
  f1,
  f2,
  f3,
  f4,
  f5,
  f6,
  f7,
  f8,
  f9,
  f10,
  f11,
  f12,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  insert,
  del,
  backspace,
  tab,
  enter,
  escape,
  space,
  menu,
  plus,
  minus,
  equal,
  comma,
  period,
  slash,
  semicolon,
  apostrophe,
  left_bracket,
  right_bracket,
  backslash,
  grave,
  count
};

// Modifier keys as a bit set.
using Mods = std::uint8_t;
inline constexpr Mods mod_none = 0, mod_shift = 1, mod_ctrl = 2, mod_alt = 4, mod_super = 8;

enum class MouseButton : std::uint8_t { left, right, middle };

// One thing that happened, as the backend saw it. Positions are framebuffer pixels.
struct InputEvent {
  enum class Type : std::uint8_t { move, button_down, button_up, wheel, key, text, leave };
  Type type = Type::move;
  MouseButton button = MouseButton::left;
  Key key = Key::none;
  Mods mods = mod_none;
  bool repeat = false;     // a held key repeating
  float x = 0, y = 0;      // position, or wheel notches (y > 0 scrolls up)
  char32_t codepoint = 0;  // text only
};

// What one frame gets to see: at most one mouse button edge and one key press.
struct FrameInput {
  float mouse_x = -1e6f, mouse_y = -1e6f;
  bool down[3] = {false, false, false};
  int pressed = -1, released = -1;  // index of the mouse button, -1 for none
  float wheel_x = 0, wheel_y = 0;
  Mods mods = mod_none;
  Key key = Key::none;  // pressed in this frame
  bool key_repeat = false;
  char32_t text = 0;  // character typed in this frame
};

class InputQueue {
 public:
  void push(const InputEvent& e) { events_.push_back(e); }
  // Synthetic input, used by tests and `shot`. push_key presses and releases;
  // printable keys without Ctrl or Alt also type their character, as a real keyboard does.
  void push_key(Key key, Mods mods = mod_none);
  void push_mouse(float x, float y);
  void push_button(MouseButton button, bool down, Mods mods = mod_none);
  void push_click(float x, float y, MouseButton button = MouseButton::left);
  void push_wheel(float dx, float dy, Mods mods = mod_none);
  void push_text(std::string_view utf8);

  // True while another frame is needed at once to use up what has arrived.
  bool pending() const { return !events_.empty(); }
  // Takes events up to and including the next button edge or key press. `previous` is the last
  // frame's Input: held buttons and the mouse position carry over.
  FrameInput next(const FrameInput& previous);

 private:
  std::deque<InputEvent> events_;
};

// The character that `key` types on a US keyboard, 0 for none.
char32_t key_character(Key key, Mods mods);

// Decodes one UTF-8 character and advances `text`; returns U+FFFD for damage, 0 at the end.
char32_t next_codepoint(std::string_view& text);
// Appends one character as UTF-8.
void append_utf8(std::string& out, char32_t c);

}  // namespace qs::ui
