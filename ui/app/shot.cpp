// qs_run_shot: the window as a picture, with no display; the same on every machine.
#include <cstdio>

#include "session/window.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

namespace qs::ui {
namespace {

Pane pane_named(const std::string& view) {
  if (view == "stage") return Pane::stage;
  if (view == "code") return Pane::code;
  if (view == "inspector") return Pane::inspector;
  if (view == "timeline") return Pane::timeline;
  return Pane::none;
}

int shoot(const ShotRequest& request) {
  Settings settings;
  settings.theme = request.theme.empty() ? "dark" : request.theme;
  settings.scale = float(request.scale);
  settings.reduced_motion = true;
  WindowOptions options;
  options.width = request.width;
  options.height = request.height;
  auto made = Host::create(Backend::headless, options, settings);
  if (!made) {
    std::fprintf(stderr, "queuescope: %s\n", made.error().text().c_str());
    return 2;
  }
  Host& host = **made;
  App app(settings);
  if (request.view != "home") {
    app.open(request.opened);
    app.whole = pane_named(request.view);
    if (request.at_event)
      app.session->apply(cmd::Seek{double(request.event)});
    else
      app.session->apply(cmd::End{});
  }
  for (int i = 0; i < 4; ++i) {  // what is hovered, scrolled and laid out settles in a few frames
    if (i) host.next();
    host.frame([&](Ui& ui, double) { app.draw(ui, 0); });
  }
  auto written = write_png(host.platform->read_rgb(), request.file);
  if (written) return 0;
  std::fprintf(stderr, "queuescope: %s\n", written.error().text().c_str());
  return 2;
}

}  // namespace
}  // namespace qs::ui

int qs_run_shot(const qs::ShotRequest* request) { return qs::ui::shoot(*request); }
