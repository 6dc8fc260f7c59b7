// The keys of the window itself: modes, looks, dialogs. Those of a screen are its own.
#include <algorithm>
#include <cmath>

#include "ui/app/app.h"
#include "ui/toolkit/core/theme_file.h"

namespace qs::ui {
namespace {

constexpr float kScales[] = {0.75f, 0.9f, 1, 1.1f, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3};

float next_scale(float now, int direction) {
  const float* best =
      std::min_element(std::begin(kScales), std::end(kScales),
                       [&](float a, float b) { return std::abs(a - now) < std::abs(b - now); });
  long i = std::clamp(best - kScales + direction, 0L, long(std::size(kScales)) - 1);
  return kScales[i];
}

}  // namespace

void App::take_keys(Ui& ui) {
  auto key = [&](Action a) { return ui.action(a); };
  if (key(Action::help)) open_dialog(ui, help.dialog);
  if (key(Action::quit)) quit = true;
  if (key(Action::home)) show(ScreenId::home);
  if (key(Action::fullscreen)) fullscreen = !fullscreen;
  if (key(Action::picture)) picture_wanted = 1;
  if (key(Action::palette) || key(Action::open)) open_palette(ui, palette);
  if (key(Action::mode_lesson)) press_mode(ScreenId::lesson);
  if (key(Action::mode_sandbox)) press_mode(ScreenId::sandbox);
  if (key(Action::mode_driver)) press_mode(ScreenId::drive);
  if (key(Action::mode_compare)) press_mode(ScreenId::compare);
  if (key(Action::mode_races)) press_mode(ScreenId::races);
  if (key(Action::teacher_page))
    lesson.view.notes = !lesson.view.notes, lesson.view.lesson_tab = false;
  Settings& settings = desk.settings;
  if (key(Action::scale_up)) settings.scale = next_scale(settings.scale, 1);
  if (key(Action::scale_down)) settings.scale = next_scale(settings.scale, -1);
  if (key(Action::scale_reset)) settings.scale = 1;
  if (key(Action::reduced_motion)) settings.reduced_motion = !settings.reduced_motion;
  if (key(Action::tooltips)) settings.tooltips = !settings.tooltips;
  if (key(Action::projector)) {
    settings.projector = !settings.projector;
    // A projector has the light theme; the theme before it comes back afterward.
    if (settings.projector) settings.theme_before = settings.theme;
    settings.theme = settings.projector ? "light" : settings.theme_before;
  }
  if (key(Action::theme_next)) {
    auto names = theme_names();
    auto at = std::find(names.begin(), names.end(), settings.theme);
    settings.theme = std::string(at == names.end() || ++at == names.end() ? names.front() : *at);
  }
  if (session() && key(Action::save)) save_run(ExportKind::trace);
}

}  // namespace qs::ui
