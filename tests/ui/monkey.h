// A monkey: keys, clicks, drags, wheel, text and sizes of the window at random, some of them aimed
// at what is on screen. Owns: Monkey. Used without a window (tests/ui); a real one has
// tests/window/monkey.sh.
#pragma once

#include "tests/support/random.h"
#include "ui/product.h"

namespace qs::ui {

class Monkey {
 public:
  Monkey(Product& product, std::uint64_t seed) : p_(product), dice_{seed} {}

  // Does one thing; says what, for whoever has to find out.
  std::string act() {
    switch (dice_.below(16)) {
      case 0:
      case 1:
      case 2:
      case 3: return click(MouseButton::left);
      case 4: return click(MouseButton::right);
      case 5: return click(MouseButton(dice_.below(3)));
      case 6: return drag();
      case 7: {
        const Point at = move();
        const float notches = float(int(dice_.below(9)) - 4);
        p_.input().push_wheel(0, notches, mods());
        return "wheel " + std::to_string(notches) + where(at);
      }
      case 8: return text();
      case 9: return dice_.one_in(6) ? resize() : "move" + where(move());
      case 10:
      case 11: {
        const Key key = Key(1 + dice_.below(unsigned(Key::count) - 1));
        const Mods with = mods();
        p_.input().push_key(key, with);
        return "key " + std::to_string(int(key)) + " mods " + std::to_string(int(with));
      }
      default: return known_key();
    }
  }

 private:
  static std::string where(Point p) {
    return " at " + std::to_string(int(p.x)) + "," + std::to_string(int(p.y));
  }
  Mods mods() { return dice_.one_in(3) ? Mods(dice_.below(8)) : mod_none; }

  // Half of the time at something, else anywhere.
  Point place() {
    const auto& all = p_.rects().all();
    if (!all.empty() && dice_.one_in(2)) {
      const ItemRecord& r = all[dice_.below(unsigned(all.size()))];
      if (!r.visible.empty()) return r.visible.center();
    }
    return {float(dice_.below(unsigned(p_.host->platform->width()) + 20)) - 10,
            float(dice_.below(unsigned(p_.host->platform->height()) + 20)) - 10};
  }
  Point move() {
    const Point at = place();
    p_.input().push_mouse(at.x, at.y);
    return at;
  }
  std::string click(MouseButton button) {
    const Point at = move();
    for (unsigned i = 0, n = dice_.one_in(8) ? 2 : 1; i < n; ++i)
      p_.input().push_click(at.x, at.y, button);
    return "click " + std::to_string(int(button)) + where(at);
  }
  std::string drag() {
    const Point from = move(), to = place();
    p_.input().push_button(MouseButton::left, true, mods());
    for (int i = 1; i <= 4; ++i) {
      const Point at = mix(from, to, float(i) / 4);
      p_.input().push_mouse(at.x, at.y);
      p_.turns(1);
    }
    if (!dice_.one_in(10)) p_.input().push_button(MouseButton::left, false);
    return "drag" + where(from) + where(to);
  }
  std::string text() {
    static constexpr const char* kTexts[] = {"R1",
                                             "owner R1 driver",
                                             "sandbox",
                                             "C-22",
                                             "123456789",
                                             "qs1:7;0 Send read",
                                             "\xC3\xA4\xE2\x80\xA6",
                                             "\xFF\xC3",
                                             "\"'{}[]#=",
                                             "twice",
                                             "   ",
                                             "../../..",
                                             "%s%n",
                                             "\xF0\x9F\x98\x80"};
    const char* chosen = kTexts[dice_.below(unsigned(std::size(kTexts)))];
    p_.input().push_text(chosen);
    if (dice_.one_in(2)) p_.input().push_key(Key::enter);
    return std::string("text ") + chosen;
  }
  std::string resize() {
    const int width = 1 + int(dice_.below(2200)), height = 1 + int(dice_.below(1400));
    p_.host->platform->resize(width, height);
    return "resize " + std::to_string(width) + "x" + std::to_string(height);
  }
  // One that means something.
  std::string known_key() {
    static constexpr const char* kKeys[] = {"Ctrl+K",
                                            "Enter",
                                            "Esc",
                                            "Space",
                                            "Right",
                                            "Left",
                                            "Shift+Right",
                                            "Ctrl+Right",
                                            "Alt+Left",
                                            "Home",
                                            "End",
                                            "Tab",
                                            "Shift+Tab",
                                            "Up",
                                            "Down",
                                            "PageUp",
                                            "PageDown",
                                            "F6",
                                            "F5",
                                            "Ctrl+Enter",
                                            "R",
                                            "W",
                                            "I",
                                            "C",
                                            "X",
                                            "1",
                                            "2",
                                            "3",
                                            "5",
                                            "8",
                                            "0",
                                            "Ctrl+1",
                                            "Ctrl+2",
                                            "Ctrl+3",
                                            "Ctrl+4",
                                            "P",
                                            "K",
                                            "B",
                                            "H",
                                            "D",
                                            "E",
                                            "Ctrl+C",
                                            "Ctrl+Shift+C",
                                            "Ctrl+Shift+V",
                                            "Ctrl+T",
                                            "Ctrl+Z",
                                            "Delete",
                                            "Backspace",
                                            "Menu",
                                            "F1",
                                            "F3",
                                            "F11",
                                            "Ctrl+S",
                                            "Ctrl+F"};
    const char* name = kKeys[dice_.below(unsigned(std::size(kKeys)))];
    Chord chord;
    if (parse_chord(name, chord)) p_.input().push_key(chord.key, chord.mods);
    return std::string("key ") + name;
  }

  Product& p_;
  test::Random dice_;
};

}  // namespace qs::ui
