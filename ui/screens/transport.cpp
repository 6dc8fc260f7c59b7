#include "ui/screens/transport.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace cmd = session::cmd;

namespace {

// The names of a step, in the order of cmd::By.
struct StepWords {
  cmd::By by;
  const char* brief;
  const char* full;
  Action key;
};
std::array<StepWords, 6> step_words() {
  using By = cmd::By;
  return {{{By::Event, tr("step.event"), tr("step.event_full"), Action::step_forward},
           {By::Line, tr("step.line"), tr("step.line_full"), Action::none},
           {By::Call, tr("step.call"), tr("step.call_full"), Action::call_forward},
           {By::Hop, tr("step.hop"), tr("step.hop_full"), Action::hop_forward},
           {By::Callback, tr("step.callback"), tr("step.callback_full"), Action::callback_forward},
           {By::Detail, tr("step.detail"), tr("step.detail_full"), Action::expand}}};
}

float step_menu_width(Ui& ui) {
  float most = 0;
  for (const StepWords& s : step_words())
    most = std::max(most, text_width(ui.fonts->small_bold, s.brief));
  return most + text_width(ui.fonts->small_bold, "  ▾") + ui.px(20);
}

void draw_step_menu(Ui& ui, const Rect& rect, const TransportInput& in) {
  const auto all = step_words();
  const auto is_on = [&](const StepWords& s) { return s.by == cmd::By(in.settings.step); };
  std::string label;
  for (const StepWords& s : all)
    if (is_on(s)) label = std::string(s.brief) + "  ▾";
  ButtonStyle style;
  style.font = &ui.fonts->small_bold;
  style.reason = tr("step.title");
  const Hit hit = button(ui, rect, "transport/unit", label, style);
  if (hit.clicked) open_menu(ui, hit.id, {rect.x, rect.bottom()}, !hit.hovered);
  if (!menu_open(ui, hit.id)) return;
  std::vector<MenuEntry> entries;
  for (const StepWords& s : all) {
    MenuEntry e;
    e.label = s.full;
    // The arrow keys make the chosen step; the fixed keys of the others are shown here.
    if (s.key != Action::step_forward && s.key != Action::none) e.key = ui.keymap->key_text(s.key);
    e.checked = is_on(s);
    entries.push_back(e);
  }
  if (const MenuChoice c = menu(ui, hit.id, tr("step.title"), entries))
    in.settings.step = int(all[size_t(c.index)].by);
}

// "0.01×" to "10×": two digits that count, no exponent.
std::string speed_text(double speed) {
  const int digits = speed < 0.995 ? 2 : speed < 9.95 ? 1 : 0;
  std::string text = fmt::format("{:.{}f}", speed, digits);
  if (digits) text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + "×";
}

// A slider where there is room for it, else a menu.
void draw_speed(Ui& ui, Rect row, const TransportInput& in, std::vector<session::Command>& out) {
  const float gap = ui.px(8), h = ui.px(32);
  const std::string waits = in.session.waits_for_key() ? std::string(icon::hand) + " " : "";
  const std::string speed = waits + speed_text(in.session.speed());
  if (row.w >= ui.px(150)) {
    cut_left(row, ui.px(4), gap);
    float value =
        float((std::log10(in.session.speed()) + 2) / 4);  // 1/100 .. 100, 1x in the middle
    const Rect slot = cut_left(row, std::min(ui.px(120), row.w - ui.px(56)), gap);
    const Rect bar = aligned(slot, slot.w, ui.px(20), 0, 0.5f);
    if (slider(ui, bar, "transport/speed", value, 0.05f, speed))
      out.push_back(cmd::Speed{std::pow(10.0, double(value) * 3 - 2)});
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
  static constexpr double kSpeeds[] = {0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 10};
  std::vector<MenuEntry> entries;
  for (const double s : kSpeeds) {
    MenuEntry e;
    e.label = speed_text(s);
    e.checked = std::abs(s - in.session.speed()) < 0.001 * s;
    entries.push_back(e);
  }
  if (const MenuChoice c = menu(ui, hit.id, tr("app.speed"), entries))
    out.push_back(cmd::Speed{kSpeeds[c.index]});
}

void draw_buttons(Ui& ui, Rect bar, const TransportInput& in, std::vector<session::Command>& out) {
  const float gap = ui.px(8), h = ui.px(32);
  Rect row = aligned(bar, bar.w, h, 0, 0.5f);
  auto place = [&](float w) { return cut_left(row, w, gap); };
  auto key = [&](Action a) { return ui.keymap->key_text(a); };
  auto press = [&](const char* name, const char* sign, const char* text, Action a,
                   const auto& command, ButtonLook look = ButtonLook::secondary) {
    const std::string k = key(a);
    ButtonStyle style;
    style.look = look;
    style.key = k.c_str();
    if (icon_button(ui, place(ui.px(38)), name, sign, text, style).clicked) out.push_back(command);
  };
  // What does not fit is left to the keys: first the words go, then the ends, then the steps.
  const bool words = row.w >= ui.px(38 * 4 + 96 + 8 * 4), ends = row.w >= ui.px(38 * 5 + 8 * 4),
             steps = row.w >= ui.px(38 * 3 + 8 * 2), named = row.w >= ui.px(640);
  const auto step = [&](const char* name, bool back) {
    const Action a = back ? Action::step_back : Action::step_forward;
    const cmd::Step by{cmd::By(in.settings.step), back};
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
    press("transport/start", icon::first, tr("app.go_start"), Action::go_start, cmd::Home{});
  if (steps) step("transport/back", true);
  const bool going = in.playing;
  const char* sign = going ? icon::pause : icon::play;
  const char* what = going ? tr("app.pause") : tr("app.play");
  if (words) {
    const std::string k = key(Action::play_pause);
    ButtonStyle primary;
    primary.look = ButtonLook::primary;
    primary.key = k.c_str();
    const std::string label = std::string(sign) + "  " + what;
    if (button(ui, place(ui.px(96)), "transport/play", label, primary).clicked)
      out.push_back(cmd::TogglePlay{});
  } else if (row.w >= ui.px(38)) {
    press("transport/play", sign, what, Action::play_pause, cmd::TogglePlay{}, ButtonLook::primary);
  }
  if (steps) step("transport/forward", false);
  if (ends) press("transport/end", icon::last, tr("app.go_end"), Action::go_end, cmd::End{});
  if (const float unit = step_menu_width(ui); steps && in.units && row.w >= unit)
    draw_step_menu(ui, aligned(place(unit), unit, h, 0, 0.5f), in);
  draw_speed(ui, row, in, out);
}

}  // namespace

void draw_transport(Ui& ui, Rect row, const TransportInput& in,
                    std::vector<session::Command>& out) {
  const float transport = ui.px(570);
  const std::string& title = in.session.program().title;
  const float wanted = text_width(ui.fonts->body, title) + ui.px(2);
  if (wanted <= row.w - transport) {  // whole or not at all: a lesson's panel has it, too
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    label(ui, cut_left(row, wanted, ui.px(12)), title, dim);
  }
  draw_buttons(ui, row, in, out);
}

}  // namespace qs::ui
