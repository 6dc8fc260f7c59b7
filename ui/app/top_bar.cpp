// The bar at the top: name, transport, speed, modes.
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "ui/app/app.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void App::draw_transport(Ui& ui, Rect bar, std::vector<session::Command>& out) {
  const float gap = ui.px(8), h = ui.px(32);
  Rect row = aligned(bar, bar.w, h, 0, 0.5f);
  auto place = [&](float w) { return cut_left(row, w, gap); };
  auto key = [&](Action a) { return ui.keymap->key_text(a); };
  auto press = [&](const char* name, const char* sign, const char* text, Action a,
                   session::Command c, ButtonLook look = ButtonLook::secondary) {
    const std::string k = key(a);
    ButtonStyle style;
    style.look = look;
    style.key = k.c_str();
    if (icon_button(ui, place(ui.px(38)), name, sign, text, style).clicked)
      out.push_back(std::move(c));
  };
  // What does not fit is left to the keys: first the words go, then the ends, then the steps.
  const bool words = row.w >= ui.px(38 * 4 + 96 + 8 * 4), ends = row.w >= ui.px(38 * 5 + 8 * 4),
             steps = row.w >= ui.px(38 * 3 + 8 * 2), named = row.w >= ui.px(640);
  const auto step = [&](const char* name, bool back) {
    const Action a = back ? Action::step_back : Action::step_forward;
    const session::cmd::Step by{step_by(), back};
    const char* what = back ? tr("app.step_back") : tr("app.step_forward");
    if (!named) return press(name, back ? icon::chevron_left : icon::chevron_right, what, a, by);
    const std::string word = tr("app.step"), k = key(a);
    ButtonStyle style;
    style.key = k.c_str();
    style.reason = what;
    const std::string label = back ? "◀  " + word : word + "  ▶";
    if (button(ui, place(button_width(ui, label)), name, label, style).clicked) out.push_back(by);
  };
  if (ends)
    press("transport/start", icon::first, tr("app.go_start"), Action::go_start,
          session::cmd::Home{});
  if (steps) step("transport/back", true);
  const bool going = playing();
  const char* sign = going ? icon::pause : icon::play;
  const char* what = going ? tr("app.pause") : tr("app.play");
  if (words) {
    const std::string k = key(Action::play_pause);
    ButtonStyle primary;
    primary.look = ButtonLook::primary;
    primary.key = k.c_str();
    const std::string label = std::string(sign) + "  " + what;
    if (button(ui, place(ui.px(96)), "transport/play", label, primary).clicked)
      out.push_back(session::cmd::TogglePlay{});
  } else if (row.w >= ui.px(38)) {
    press("transport/play", sign, what, Action::play_pause, session::cmd::TogglePlay{},
          ButtonLook::primary);
  }
  if (steps) step("transport/forward", false);
  if (ends)
    press("transport/end", icon::last, tr("app.go_end"), Action::go_end, session::cmd::End{});
  if (const float unit = step_menu_width(ui); steps && !compare && row.w >= unit)
    draw_step_menu(ui, aligned(place(unit), unit, h, 0, 0.5f));
  draw_speed(ui, row, out);
}

// A slider where there is room for it, else a menu.
void App::draw_speed(Ui& ui, Rect row, std::vector<session::Command>& out) {
  const float gap = ui.px(8), h = ui.px(32);
  const std::string waits = session->waits_for_key() ? std::string(icon::hand) + " " : "";
  const std::string speed = waits + fmt::format("{:.3g}×", session->speed());
  if (row.w >= ui.px(150)) {
    cut_left(row, ui.px(4), gap);
    float value = float((std::log10(session->speed()) + 2) / 4);  // 1/100 .. 100, 1x in the middle
    const Rect slot = cut_left(row, std::min(ui.px(120), row.w - ui.px(56)), gap);
    const Rect bar = aligned(slot, slot.w, ui.px(20), 0, 0.5f);
    if (slider(ui, bar, "transport/speed", value, 0.05f, speed))
      out.push_back(session::cmd::Speed{std::pow(10.0, double(value) * 4 - 2)});
    label(ui, cut_left(row, ui.px(waits.empty() ? 48 : 72)), speed, {nullptr, ui.theme->text_dim});
    return;
  }
  const float w = ui.px(66);
  if (row.w < w) return;
  ButtonStyle style;
  style.font = &ui.fonts->small_bold;
  style.reason = tr("app.speed");
  const Rect r = aligned(cut_left(row, w), w, h, 0, 0.5f);
  const Hit hit = button(ui, r, "transport/speed", speed + " ▾", style);
  if (hit.clicked) open_menu(ui, hit.id, {r.x, r.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  static constexpr double kSpeeds[] = {0.01, 0.1, 0.25, 0.5, 1, 2, 4, 10, 100};
  std::vector<MenuEntry> entries;
  for (const double s : kSpeeds) {
    MenuEntry e;
    e.label = fmt::format("{:.3g}×", s);
    e.checked = std::abs(s - session->speed()) < 0.001 * s;
    entries.push_back(e);
  }
  if (const MenuChoice c = menu(ui, hit.id, tr("app.speed"), entries))
    out.push_back(session::cmd::Speed{kSpeeds[c.index]});
}

namespace {

struct ModeButton {
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

void App::draw_top_bar(Ui& ui, Rect bar, std::vector<session::Command>& out) {
  fill(ui, bar, ui.theme->bar);
  fill(ui, Rect{bar.x, bar.bottom() - ui.line(), bar.w, ui.line()}, ui.theme->panel_border);
  Rect row = inset(bar, ui.px(16), 0);
  const float gap = ui.px(8), h = ui.px(32);
  const bool running = screen == Screen::run && session;
  {
    Rect r = aligned(cut_right(row, ui.px(32), gap), ui.px(32), h, 0, 0.5f);
    ButtonStyle style;
    style.look = ButtonLook::quiet;
    if (icon_button(ui, r, "mode/help", icon::question, tr("app.help"), style).clicked)
      open_dialog(ui, help);
  }
  const bool narrow = bar.w < ui.px(1180);
  draw_view_button(ui, row, running, narrow);
  if (running) draw_panes_button(ui, row);
  if (running && !compare && whole != Pane::none) draw_all_panes(ui, row);
  const bool in_sandbox =
      running && !compare && !drive && !classroom && session->program().takes_orders;
  const bool lesson = !running || (!compare && !drive && !in_sandbox);
  const ModeButton modes[] = {
      {"mode/lessons", tr("app.lessons"), lesson, Action::mode_lesson},
      {"mode/sandbox", tr("app.sandbox"), in_sandbox, Action::mode_sandbox},
      {"mode/drive", tr("app.drive"), drive && !compare, Action::mode_driver},
      {"mode/compare", tr("app.compare"), running && compare, Action::mode_compare},
  };
  switch (draw_modes(ui, row, modes, ui.px(running ? 420 : 128))) {
    case 0: open_home(); break;
    case 1:
      if (!in_sandbox) open_named("sandbox");
      break;
    case 2:
      compare.reset();
      if (!drive || !running) open_named("be-the-driver");
      break;
    case 3:
      if (running && compare)
        compare.reset();
      else
        open_compare({});
      break;
    default: break;
  }
  // Name and place, from the left.
  // In tight space, what can be pressed takes priority over what can only be read.
  if (row.w >= ui.px(running ? 128 + 280 + 170 : 128)) {
    LabelStyle name;
    name.font = &ui.fonts->title;
    label(ui, cut_left(row, ui.px(128)), tr("app.name"), name);
  }
  if (screen != Screen::run || !session) {
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    dim.may_cut = true;
    if (row.w > ui.px(200)) label(ui, row, tr("app.tagline"), dim);
    return;
  }
  const float transport = ui.px(570);
  const std::string& title = session->program().title;
  const float wanted = std::min(ui.px(260), text_width(ui.fonts->body, title) + ui.px(2));
  const float left = std::min(wanted, row.w - transport);
  if (left > ui.px(60)) {
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    dim.may_cut = true;
    label(ui, cut_left(row, left, ui.px(12)), title, dim);
  }
  draw_transport(ui, row, out);
}

}  // namespace qs::ui
