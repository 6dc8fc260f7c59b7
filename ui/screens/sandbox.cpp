#include "ui/screens/sandbox.h"

#include <utility>

#include "ui/toolkit/text/strings.h"

namespace qs::ui {

const std::vector<session::Preset>& presets() {
  static const std::vector<session::Preset> list = [] {
    auto loaded = session::load_presets();
    return loaded ? std::move(*loaded) : std::vector<session::Preset>();
  }();
  return list;
}

const session::Preset* preset_of_key(int digit) {
  for (const session::Preset& p : presets())
    if (p.key == digit) return &p;
  return nullptr;
}

void SandboxScreen::begin(std::unique_ptr<session::Session> run, std::string named) {
  RunScreen::begin(std::move(run), std::move(named));
  panel = SandboxPanelState();
}

void SandboxScreen::follow_file(const std::string& path) {
  panel.opened = path;
  panel.file = std::filesystem::path(path).stem().string();
}

void SandboxScreen::pass(Ui& ui, double seconds) {
  RunScreen::pass(ui, seconds);
  if (read_again()) ui.wake_in(0);
  if (looks_at_file && !panel.opened.empty()) ui.wake_in(1);
}

// What the sandbox itself has just saved or opened is what it shows, so nothing happens.
bool SandboxScreen::read_again() {
  if (panel.opened.empty() && followed_.empty()) return false;
  std::error_code none;
  const auto saved = std::filesystem::last_write_time(panel.opened, none);
  const bool other = std::exchange(followed_, panel.opened) != panel.opened;
  if (none || std::exchange(saved_, saved) == saved || other) return false;
  auto setup = session::load_setup(panel.opened);
  if (!setup) return desk_.say(setup.error().text()), true;
  if (setup->program != session->program().name ||
      setup->schedule == session::setup_of(*session).schedule)
    return false;
  const std::string why = session->apply(session::cmd::LoadSetup{*setup});
  desk_.say(why.empty() ? std::string(tr("setup.reloaded")) : why);
  return true;
}

bool SandboxScreen::untouched() const {
  return session->branches().size() == 1 && session->branch().schedule == sched::Schedule();
}

void SandboxScreen::show_preset(const session::Preset& preset) {
  desk_.say(session->apply(session::cmd::LoadSetup{preset}));
  desk_.say(preset.title + ": " + preset.note);
}

void SandboxScreen::take_keys(Ui& ui) {
  RunScreen::take_keys(ui);
  if (!session) return;
  static constexpr Action keys[] = {
      Action::preset_0, Action::preset_1, Action::preset_2, Action::preset_3, Action::preset_4,
      Action::preset_5, Action::preset_6, Action::preset_7, Action::preset_8, Action::preset_9};
  for (int digit = 0; digit < 10; ++digit)
    if (const session::Preset* p = preset_of_key(digit); p && ui.action(keys[digit])) {
      show_preset(*p);
      ui.wake_in(0);
    }
}

void SandboxScreen::draw_side(Ui& ui, const Rect& whole_side, const session::Moment& moment) {
  const Rect rect = untouched() ? below_intro(ui, whole_side, tr("setup.intro")) : whole_side;
  desk_.say(
      draw_sandbox_panel(ui, rect, {*session, moment, presets(), graph(), shared}, panel, out_));
}

void SandboxScreen::draw_over(Ui& ui) {
  send_.draw(ui, untouched() ? first_seen(ui, "stage/", "/read") : "");
  draw_sandbox_menu(ui, panel, out_);
}

void SandboxScreen::carry_out(const session::Command& command) {
  const auto* act = std::get_if<session::cmd::Do>(&command);
  if (!act || act->input.kind != sched::InputKind::Send || !panel.at_dispatch)
    return RunScreen::carry_out(command);
  session::cmd::Do raised = *act;
  raised.input.text += " irql=2";
  RunScreen::carry_out(raised);
}

}  // namespace qs::ui
