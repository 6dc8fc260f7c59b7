#include "ui/toolkit/core/input.h"

namespace qs::ui {

char32_t key_character(Key key, Mods mods) {
  if (mods & (mod_ctrl | mod_alt | mod_super)) return 0;
  const bool shift = mods & mod_shift;
  if (key >= Key::a && key <= Key::z) {
    return char32_t((shift ? U'A' : U'a') + (int(key) - int(Key::a)));
  }
  if (key >= Key::d0 && key <= Key::d9) {
    const int digit = int(key) - int(Key::d0);
    return char32_t(shift ? ")!@#$%^&*("[digit] : "0123456789"[digit]);
  }
  switch (key) {
    case Key::space: return U' ';
    case Key::plus: return U'+';
    case Key::minus: return shift ? U'_' : U'-';
    case Key::equal: return shift ? U'+' : U'=';
    case Key::comma: return shift ? U'<' : U',';
    case Key::period: return shift ? U'>' : U'.';
    case Key::slash: return shift ? U'?' : U'/';
    case Key::semicolon: return shift ? U':' : U';';
    case Key::apostrophe: return shift ? U'"' : U'\'';
    case Key::left_bracket: return shift ? U'{' : U'[';
    case Key::right_bracket: return shift ? U'}' : U']';
    case Key::backslash: return shift ? U'|' : U'\\';
    case Key::grave: return shift ? U'~' : U'`';
    default: return 0;
  }
}

char32_t next_codepoint(std::string_view& text) {
  if (text.empty()) return 0;
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  const int length = lead < 0x80         ? 1
                     : (lead >> 5) == 6  ? 2
                     : (lead >> 4) == 14 ? 3
                     : (lead >> 3) == 30 ? 4
                                         : 0;
  if (length == 0 || text.size() < std::size_t(length)) {
    text.remove_prefix(1);
    return 0xFFFD;
  }
  char32_t c = length == 1 ? lead : lead & (0x7F >> length);
  for (int i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) {
      text.remove_prefix(1);
      return 0xFFFD;
    }
    c = (c << 6) | (byte(i) & 0x3F);
  }
  text.remove_prefix(length);
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += char(c);
  } else if (c < 0x800) {
    out += char(0xC0 | (c >> 6));
    out += char(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += char(0xE0 | (c >> 12));
    out += char(0x80 | ((c >> 6) & 0x3F));
    out += char(0x80 | (c & 0x3F));
  } else {
    out += char(0xF0 | ((c >> 18) & 0x07));
    out += char(0x80 | ((c >> 12) & 0x3F));
    out += char(0x80 | ((c >> 6) & 0x3F));
    out += char(0x80 | (c & 0x3F));
  }
}

void InputQueue::push_key(Key key, Mods mods) {
  InputEvent e;
  e.type = InputEvent::Type::key;
  e.key = key;
  e.mods = mods;
  push(e);
  if (const char32_t c = key_character(key, mods)) {
    InputEvent t;
    t.type = InputEvent::Type::text;
    t.codepoint = c;
    t.mods = mods;
    push(t);
  }
}

void InputQueue::push_mouse(float x, float y) {
  InputEvent e;
  e.type = InputEvent::Type::move;
  e.x = x;
  e.y = y;
  push(e);
}

void InputQueue::push_button(MouseButton button, bool down, Mods mods) {
  InputEvent e;
  e.type = down ? InputEvent::Type::button_down : InputEvent::Type::button_up;
  e.button = button;
  e.mods = mods;
  push(e);
}

void InputQueue::push_click(float x, float y, MouseButton button) {
  push_mouse(x, y);
  push_button(button, true);
  push_button(button, false);
}

void InputQueue::push_wheel(float dx, float dy, Mods mods) {
  InputEvent e;
  e.type = InputEvent::Type::wheel;
  e.x = dx;
  e.y = dy;
  e.mods = mods;
  push(e);
}

void InputQueue::push_text(std::string_view utf8) {
  while (!utf8.empty()) {
    InputEvent e;
    e.type = InputEvent::Type::text;
    e.codepoint = next_codepoint(utf8);
    push(e);
  }
}

FrameInput InputQueue::next(const FrameInput& previous) {
  FrameInput in = previous;
  in.pressed = in.released = -1;
  in.wheel_x = in.wheel_y = 0;
  in.key = Key::none;
  in.key_repeat = false;
  in.text = 0;
  while (!events_.empty()) {
    const InputEvent e = events_.front();
    events_.pop_front();
    switch (e.type) {
      case InputEvent::Type::move:
        in.mouse_x = e.x;
        in.mouse_y = e.y;
        break;
      case InputEvent::Type::leave: in.mouse_x = in.mouse_y = -1e6f; break;
      case InputEvent::Type::wheel:
        in.wheel_x += e.x;
        in.wheel_y += e.y;
        in.mods = e.mods;
        break;
      case InputEvent::Type::button_down:
      case InputEvent::Type::button_up: {
        const bool is_down = e.type == InputEvent::Type::button_down;
        in.down[int(e.button)] = is_down;
        (is_down ? in.pressed : in.released) = int(e.button);
        in.mods = e.mods;
        return in;
      }
      case InputEvent::Type::key:
        in.key = e.key;
        in.key_repeat = e.repeat;
        in.mods = e.mods;
        // The character of this key press belongs to the same frame.
        if (!events_.empty() && events_.front().type == InputEvent::Type::text) {
          in.text = events_.front().codepoint;
          events_.pop_front();
        }
        return in;
      case InputEvent::Type::text:
        in.text = e.codepoint;
        in.mods = e.mods;
        return in;
    }
  }
  return in;
}

}  // namespace qs::ui
