// The bar at the top: name, modes, menus; what lies between them is the screen's.
#include <span>

#include "ui/app/app.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

struct ModeButton {
  ScreenId id;
  const char* name;
  const char* text;
  bool on;
  Action key;
};

// The modes, side by side at the right end of `row`, or as one button with a menu where they do
// not fit beside `others` pixels. Returns the index of the one pressed, or -1.
int draw_modes(Ui& ui, Rect& row, std::span<const ModeButton> modes, float others) {
  const float gap = ui.px(8), h = ui.px(32);
  float all = 0;
  for (const ModeButton& m : modes) all += button_width(ui, m.text) + gap;
  int pressed = -1;
  if (row.w - all >= others) {
    for (size_t i = modes.size(); i-- > 0;) {
      const ModeButton& m = modes[i];
      const float w = button_width(ui, m.text);
      ButtonStyle style;
      style.look = ButtonLook::mode;
      style.on = m.on;
      const std::string k = ui.keymap->key_text(m.key);
      style.key = k.c_str();
      if (button(ui, aligned(cut_right(row, w, gap), w, h, 0, 0.5f), m.name, m.text, style).clicked)
        pressed = int(i);
    }
    return pressed;
  }
  std::string label = "▾";
  std::vector<MenuEntry> entries;
  for (const ModeButton& m : modes) {
    if (m.on) label = std::string(m.text) + "  ▾";
    MenuEntry e;
    e.label = m.text;
    e.key = ui.keymap->key_text(m.key);
    e.checked = m.on;
    entries.push_back(e);
  }
  const float w = button_width(ui, label);
  ButtonStyle style;
  style.look = ButtonLook::mode;
  style.on = true;
  const Rect r = aligned(cut_right(row, w, gap), w, h, 0, 0.5f);
  const Hit hit = button(ui, r, "mode/menu", label, style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (const MenuChoice c = menu(ui, hit.id, tr("app.modes"), entries)) pressed = c.index;
  return pressed;
}

}  // namespace

void App::draw_top_bar(Ui& ui, Rect bar) {
  fill(ui, bar, ui.theme->bar);
  fill(ui, Rect{bar.x, bar.bottom() - ui.line(), bar.w, ui.line()}, ui.theme->panel_border);
  Rect row = inset(bar, ui.px(16), 0);
  const float gap = ui.px(8), h = ui.px(32);
  {
    Rect r = aligned(cut_right(row, ui.px(32), gap), ui.px(32), h, 0, 0.5f);
    ButtonStyle style;
    style.look = ButtonLook::quiet;
    if (icon_button(ui, r, "mode/help", icon::question, tr("app.help"), style).clicked)
      open_dialog(ui, help.dialog);
  }
  const bool running = run();
  draw_view_menu(ui, row, bar.w < ui.px(1180));
  screen().draw_menus(ui, row);
  std::vector<ModeButton> modes;
  modes.reserve(6);
  const auto add = [&](ScreenId id, const char* name, const char* text, Action key) {
    const bool at_home = id == ScreenId::lesson && shown_ == ScreenId::home;
    modes.push_back({id, name, text, id == shown_ || at_home, key});
  };
  add(ScreenId::lesson, "mode/lessons", tr("app.lessons"), Action::mode_lesson);
  if (program.session) add(ScreenId::program, "mode/program", tr("app.program"), Action::none);
  add(ScreenId::sandbox, "mode/sandbox", tr("app.sandbox"), Action::mode_sandbox);
  add(ScreenId::drive, "mode/drive", tr("app.drive"), Action::mode_driver);
  add(ScreenId::compare, "mode/compare", tr("app.compare"), Action::mode_compare);
  add(ScreenId::races, "mode/races", tr("app.races"), Action::mode_races);
  const int pressed = draw_modes(ui, row, modes, ui.px(running ? 420 : 128));
  // Name and place, from the left.
  // In tight space, what can be pressed takes priority over what can only be read.
  if (row.w >= ui.px(running ? 128 + 280 + 170 : 128)) {
    LabelStyle name;
    name.font = &ui.fonts->title;
    label(ui, cut_left(row, ui.px(128)), tr("app.name"), name);
  }
  screen().draw_bar(ui, row);
  if (pressed >= 0) press_mode(modes[size_t(pressed)].id);
}

}  // namespace qs::ui
