// The bar at the top: name, transport, speed, modes.
#include <cmath>

#include <fmt/format.h>

#include "ui/app/app.h"
#include "ui/widgets/button.h"
#include "ui/widgets/strings.h"

namespace qs::ui {

void App::draw_transport(Ui& ui, Rect bar, std::vector<Command>& out) {
  const float gap = ui.px(8), h = ui.px(32);
  Rect row = aligned(bar, bar.w, h, 0, 0.5f);
  auto place = [&](float w) { return cut_left(row, w, gap); };
  auto key = [&](Action a) { return ui.keymap->key_text(a); };
  auto press = [&](const char* name, const char* sign, const char* text, Action a, Command c) {
    const std::string k = key(a);
    ButtonStyle style;
    style.key = k.c_str();
    if (icon_button(ui, place(ui.px(38)), name, sign, text, style).clicked)
      out.push_back(std::move(c));
  };
  press("transport/start", icon::first, tr("app.go_start"), Action::go_start, cmd::Home{});
  press("transport/back", icon::step_back, tr("app.step_back"), Action::step_back,
        cmd::Step{cmd::By::Event, true});
  const bool playing = session->playing();
  const std::string label = std::string(playing ? icon::pause : icon::play) + "  " +
                            (playing ? tr("app.pause") : tr("app.play"));
  const std::string k = key(Action::play_pause);
  ButtonStyle primary;
  primary.look = ButtonLook::primary;
  primary.key = k.c_str();
  if (button(ui, place(ui.px(96)), "transport/play", label, primary).clicked)
    out.push_back(cmd::TogglePlay{});
  press("transport/forward", icon::step_forward, tr("app.step_forward"), Action::step_forward,
        cmd::Step{cmd::By::Event, false});
  press("transport/end", icon::last, tr("app.go_end"), Action::go_end, cmd::End{});
  if (row.w < ui.px(150)) return;
  place(ui.px(4));
  float value = float((std::log10(session->speed()) + 2) / 4);  // 1/100 .. 100, 1x in the middle
  const std::string speed = fmt::format("{:.3g}×", session->speed());
  Rect slot = place(std::min(ui.px(120), row.w - ui.px(56)));
  if (slider(ui, aligned(slot, slot.w, ui.px(20), 0, 0.5f), "transport/speed", value, 0.05f, speed))
    out.push_back(cmd::Speed{std::pow(10.0, double(value) * 4 - 2)});
  LabelStyle dim;
  dim.color = ui.theme->text_dim;
  ui::label(ui, cut_left(row, ui.px(48)), speed, dim);
}

void App::draw_top_bar(Ui& ui, Rect bar, std::vector<Command>& out) {
  fill(ui, bar, ui.theme->bar);
  fill(ui, Rect{bar.x, bar.bottom() - ui.line(), bar.w, ui.line()}, ui.theme->panel_border);
  Rect row = inset(bar, ui.px(16), 0);
  // Modes, from the right.
  const float gap = ui.px(8), h = ui.px(32);
  auto mode = [&](const char* name, const char* text, bool on, Action a) {
    float w = button_width(ui, text);
    Rect r = aligned(cut_right(row, w, gap), w, h, 0, 0.5f);
    ButtonStyle style;
    style.look = ButtonLook::mode;
    style.on = on;
    const std::string k = ui.keymap->key_text(a);
    style.key = k.c_str();
    return button(ui, r, name, text, style).clicked;
  };
  {
    Rect r = aligned(cut_right(row, ui.px(32), gap), ui.px(32), h, 0, 0.5f);
    ButtonStyle style;
    style.look = ButtonLook::quiet;
    if (icon_button(ui, r, "mode/help", icon::question, tr("app.help"), style).clicked)
      open_dialog(ui, help);
  }
  const bool sandbox = screen == Screen::run && session && session->program().takes_orders;
  if (mode("mode/sandbox", tr("app.sandbox"), sandbox, Action::mode_sandbox) && !sandbox)
    open_named("sandbox");
  if (mode("mode/lessons", tr("app.lessons"), !sandbox, Action::mode_lesson)) open_home();
  // Name and place, from the left.
  LabelStyle name;
  name.font = &ui.fonts->title;
  float used = label(ui, cut_left(row, ui.px(128)), tr("app.name"), name);
  (void)used;
  if (screen != Screen::run || !session) {
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    dim.may_cut = true;
    label(ui, row, tr("app.tagline"), dim);
    return;
  }
  const float transport = ui.px(470);
  float left = std::max(0.0f, std::min(ui.px(260), row.w - transport));
  if (left > ui.px(60)) {
    LabelStyle dim;
    dim.color = ui.theme->text_dim;
    dim.may_cut = true;
    label(ui, cut_left(row, left, ui.px(12)), session->program().title, dim);
  }
  draw_transport(ui, row, out);
}

}  // namespace qs::ui
