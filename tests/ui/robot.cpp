#include "ui/robot.h"

#include "base/embedded.h"
#include "ui/toolkit/core/theme_file.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

Robot::Robot(Draw draw, int width, int height, float scale, std::string_view theme_name,
             Backend backend)
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

Robot::~Robot() = default;

void Robot::one() {
  platform->begin_frame();
  input_ = platform->input.next(input_);
  ui.begin(input_, {0, 0, float(platform->width()), float(platform->height())},
           platform->seconds());
  draw_(ui);
  ui.end();
  platform->render();
  picture_ready_ = true;
}

void Robot::frame() {
  do {
    if (picture_ready_) platform->present();
    one();
  } while (platform->input.pending());
}

Picture Robot::picture() {
  frame();
  return platform->read_rgb();
}

const ItemRecord& Robot::find(std::string_view name) {
  const ItemRecord* r = ui.rects.find(name);
  if (!r)
    FAIL("nothing on screen is called \"" << std::string(name) << "\":\n" << describe(ui.rects));
  return *r;
}

bool Robot::sees(std::string_view name) {
  const ItemRecord* r = ui.rects.find(name);
  return r && !r->visible.empty();
}

void Robot::point(std::string_view name) {
  const Rect r = find(name).visible;
  platform->input.push_mouse(r.center().x, r.center().y);
  settle();
}

void Robot::click(std::string_view name, MouseButton button) {
  const Rect r = find(name).visible;
  REQUIRE_MESSAGE(!r.empty(), std::string(name) << " cannot be seen");
  platform->input.push_click(r.center().x, r.center().y, button);
  settle();
}

void Robot::drag(Point from, Point to, int steps) {
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

void Robot::wheel(std::string_view name, float notches, Mods mods) {
  point(name);
  platform->input.push_wheel(0, notches, mods);
  settle();
}

void Robot::key(std::string_view chord_name) {
  Chord chord;
  REQUIRE_MESSAGE(parse_chord(chord_name, chord), std::string(chord_name) << " is not a key");
  if (chord.sign)
    platform->input.push_text(chord_name);
  else
    platform->input.push_key(chord.key, chord.mods);
  settle();
}

void Robot::keys(std::initializer_list<std::string_view> chords) {
  for (const auto c : chords) key(c);
}

void Robot::type(std::string_view text) {
  platform->input.push_text(text);
  settle();
}

void Robot::wait(double seconds) {
  for (const double until = platform->seconds() + seconds; platform->seconds() < until;) frame();
}

std::string Robot::focused() {
  const ItemRecord* r = ui.rects.find(ui.focused());
  return r ? std::string(ui.rects.name(*r)) : "";
}

void Robot::settle() {
  frame();
  frame();  // what was pressed has been drawn
}

}  // namespace qs::ui
