// A hand, an eye and a clock for tests of the window: draws frames without a window, finds things
// by name, presses them. Used by every test of tests/ui that needs more than pure functions.
#pragma once

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>

#include "base/embedded.h"
#include "ui/app/theme_file.h"
#include "ui/platform/platform.h"
#include "ui/widgets/strings.h"
#include "ui/widgets/ui.h"

namespace qs::ui {

class Robot {
 public:
  using Draw = std::function<void(Ui&)>;

  explicit Robot(Draw draw, int width = 1680, int height = 980, float scale = 1,
                 std::string_view theme_name = "dark", Backend backend = Backend::null_host)
      : draw_(std::move(draw)) {
    auto made = Platform::create(backend, {.title = "test", .width = width, .height = height});
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    platform = std::move(*made);
    auto loaded = load_theme(theme_name);
    REQUIRE_MESSAGE(loaded.ok(), loaded.error().text());
    theme = *loaded;
    auto keys = Keymap::parse(find_asset("assets/keymap.toml")->text(), "assets/keymap.toml");
    REQUIRE_MESSAGE(keys.ok(), keys.error().text());
    keymap = *keys;
    ui.scale = scale;
    auto built = build_fonts(scale);
    REQUIRE_MESSAGE(built.ok(), built.error().text());
    fonts = *built;
    platform->fonts_changed();
    ui.theme = &theme;
    ui.check_kept = true;
    ui.fonts = &fonts;
    ui.keymap = &keymap;
    ui.clipboard_owner = platform.get();
    ui.get_clipboard = [](void* p) { return static_cast<Platform*>(p)->clipboard(); };
    ui.set_clipboard = [](void* p, const std::string& t) {
      static_cast<Platform*>(p)->set_clipboard(t);
    };
    frame();
    frame();  // hit testing needs one frame drawn
  }

  // One frame, without waiting for input to be used up.
  void one() {
    platform->begin_frame();
    input_ = platform->input.next(input_);
    ui.begin(input_, {0, 0, float(platform->width()), float(platform->height())},
             platform->seconds());
    draw_(ui);
    ui.end();
    platform->render(ui.page_lists());
    picture_ready_ = true;
  }
  // Frames until everything pushed has been used and drawn.
  void frame() {
    do {
      if (picture_ready_) platform->present();
      one();
      for (const std::string& fault : ui.kept_faults) FAIL_CHECK(fault);
      ui.kept_faults.clear();
    } while (platform->input.pending());
  }
  // The last frame as pixels (headless backend only).
  Picture picture() {
    frame();
    return platform->read_rgb();
  }

  const Record& find(std::string_view name) {
    const Record* r = ui.rects.find(name);
    if (!r)
      FAIL("nothing on screen is called \"" << std::string(name) << "\":\n" << describe(ui.rects));
    return *r;
  }
  bool sees(std::string_view name) {
    const Record* r = ui.rects.find(name);
    return r && !r->visible.empty();
  }

  void point(std::string_view name) {
    const Rect r = find(name).visible;
    platform->input.push_mouse(r.center().x, r.center().y);
    settle();
  }
  void click(std::string_view name, MouseButton button = MouseButton::left) {
    const Rect r = find(name).visible;
    REQUIRE_MESSAGE(!r.empty(), std::string(name) << " cannot be seen");
    platform->input.push_click(r.center().x, r.center().y, button);
    settle();
  }
  void right_click(std::string_view name) { click(name, MouseButton::right); }
  void drag(Point from, Point to, int steps = 4) {
    platform->input.push_mouse(from.x, from.y);
    platform->input.push_button(MouseButton::left, true);
    frame();
    for (int i = 1; i <= steps; ++i) {
      const Point p = mix(from, to, float(i) / float(steps));
      platform->input.push_mouse(p.x, p.y);
      frame();
    }
    platform->input.push_button(MouseButton::left, false);
    settle();
  }
  void wheel(std::string_view name, float notches, Mods mods = mod_none) {
    point(name);
    platform->input.push_wheel(0, notches, mods);
    settle();
  }
  // "Ctrl+Shift+P", "Tab", "?", "a": as in the keymap, pressed once.
  void key(std::string_view chord_name) {
    Chord chord;
    REQUIRE_MESSAGE(parse_chord(chord_name, chord), std::string(chord_name) << " is no key");
    if (chord.sign)
      platform->input.push_text(chord_name);
    else
      platform->input.push_key(chord.key, chord.mods);
    settle();
  }
  void keys(std::initializer_list<std::string_view> chords) {
    for (const auto c : chords) key(c);
  }
  void type(std::string_view text) {
    platform->input.push_text(text);
    settle();
  }
  void wait(double seconds) {
    for (const double until = platform->seconds() + seconds; platform->seconds() < until;) frame();
  }
  std::string focused() {
    const Record* r = ui.rects.find(ui.focused());
    return r ? std::string(ui.rects.name(*r)) : "";
  }

  std::unique_ptr<Platform> platform;
  Theme theme;
  Fonts fonts;
  Keymap keymap;
  Ui ui;

 private:
  void settle() {
    frame();
    frame();  // what was pressed has been drawn
  }
  Draw draw_;
  Input input_;
  bool picture_ready_ = false;
};

}  // namespace qs::ui
