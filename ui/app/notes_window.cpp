#include "ui/app/notes_window.h"

#include <algorithm>
#include <cstdio>

#include "base/visible.h"
#include "ui/toolkit/core/theme_file.h"
#include "ui/app/window.h"

namespace qs::ui {

bool draw_notes_alone(Ui& ui, const std::string& file, NotesState& state, Settings& settings) {
  ui.contexts = {Context::global};
  if (ui.action(Action::scale_up)) settings.scale = std::min(3.0f, settings.scale * 1.1f);
  if (ui.action(Action::scale_down)) settings.scale = std::max(0.75f, settings.scale / 1.1f);
  if (ui.action(Action::scale_reset)) settings.scale = 1;
  if (ui.action(Action::theme_next)) {
    const auto names = theme_names();
    auto at = std::find(names.begin(), names.end(), settings.theme);
    settings.theme = std::string(at == names.end() || ++at == names.end() ? names.front() : *at);
  }
  fill(ui, ui.screen, ui.theme->background);
  NotesInput in;
  in.file = file;
  in.alone = true;
  const std::string link = draw_notes(ui, inset(ui.screen, ui.px(10)), in, state).link;
  if (!link.empty() && ui.set_clipboard) ui.set_clipboard(ui.clipboard_owner, link);
  return !ui.action(Action::quit);
}

int run_notes_window(const session::WindowRequest& request) {
  const auto fail = [](const Error& error) {
    std::fprintf(stderr, "queuescope: %s\n", message(error.text()).c_str());
    return 2;
  };
  std::string note;
  Settings settings = load_settings(settings_path(), note);
  settings.projector = false;  // it is read at the desk
  WindowOptions options;
  options.title = "QueueScope: " + request.what;
  options.width = 760;
  options.height = 900;
  auto host = open_host(request.backend, settings, options);
  if (!host) return fail(host.error());
  NotesState state;
  for (bool open = true; open && !(*host)->platform->should_close();) {
    (*host)->platform->wait_events((*host)->ui.sleep_seconds());
    (*host)->frame(
        [&](Ui& ui, double) { open = draw_notes_alone(ui, request.notes, state, settings); });
    (*host)->next();
    const auto followed = (*host)->follow(settings);
    if (!followed) return fail(followed.error());
    if (*followed) (*host)->ui.wake_in(0);
  }
  return 0;
}

}  // namespace qs::ui
