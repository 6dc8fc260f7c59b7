// A hand, an eye and a clock for tests of the window: draws frames without a window, finds things
// by name, presses them. Used by every test of tests/ui that needs more than pure functions.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "ui/platform/platform.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

class Robot {
 public:
  using Draw = std::function<void(Ui&)>;

  explicit Robot(Draw draw, int width = 1680, int height = 980, float scale = 1,
                 std::string_view theme_name = "dark", Backend backend = Backend::null_host);
  ~Robot();

  // One frame, without waiting for input to be used up.
  void one();
  // Frames until everything pushed has been used and drawn.
  void frame();
  // The last frame as pixels (headless backend only).
  Picture picture();

  const ItemRecord& find(std::string_view name);  // fails the test when there is none
  bool sees(std::string_view name);

  void point(std::string_view name);
  void click(std::string_view name, MouseButton button = MouseButton::left);
  void right_click(std::string_view name) { click(name, MouseButton::right); }
  void drag(Point from, Point to, int steps = 4);
  void wheel(std::string_view name, float notches, Mods mods = mod_none);
  // "Ctrl+Shift+P", "Tab", "?", "a": as in the keymap, pressed once.
  void key(std::string_view chord_name);
  void keys(std::initializer_list<std::string_view> chords);
  void type(std::string_view text);
  void wait(double seconds);
  std::string focused();

  std::unique_ptr<Platform> platform;
  Theme theme;
  Fonts fonts;
  Keymap keymap;
  Ui ui;

 private:
  void settle();
  Draw draw_;
  FrameInput input_;
  bool picture_ready_ = false;
};

}  // namespace qs::ui
