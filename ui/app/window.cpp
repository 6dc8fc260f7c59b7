// qs_run_window: a window on the desktop.
#include <cstdio>
#include <cstdlib>

#include "session/window.h"
#include "ui/app/app.h"
#include "ui/app/host.h"

namespace qs::ui {
namespace {

// GLFW and OpenGL by default; SDL2's own renderer where OpenGL is only imitated by the processor,
// or missing.
Result<std::unique_ptr<Host>> open_host(const std::string& wanted, const Settings& settings) {
  WindowOptions options;
  Backend backend = Backend::glfw_gl3;
  if (!wanted.empty()) {
    if (!find_backend(wanted, backend))
      return Error{"", 0, "there is no backend '" + wanted + "'; there are glfw and sdl"};
    return Host::create(backend, options, settings);
  }
  auto host = Host::create(Backend::glfw_gl3, options, settings);
  if (host && !(*host)->platform->is_software()) return host;
  if (host) host = Error{};  // its window closes before the other opens
  auto sdl = Host::create(Backend::sdl2, options, settings);
  return sdl;
}

int run(const WindowRequest& request) {
  std::string note;
  const std::string path = settings_path();
  Settings settings = load_settings(path, note);
  Settings saved = settings;
  auto made = open_host(request.backend, settings);
  if (!made) {
    std::fprintf(stderr, "queuescope: %s\n", made.error().text().c_str());
    std::fprintf(stderr,
                 "Try 'queuescope run first-request' to play a lesson in the terminal, or "
                 "'queuescope shot first-request -o x.png' for a picture.\n");
    return 2;
  }
  Host& host = **made;
  App app(settings);
  app.progress_file = Progress::default_path();
  if (!request.home) {
    app.open(request.opened);
    if (request.at_event) app.session->apply(cmd::Seek{double(request.event)});
  }
  if (!note.empty()) app.message = note, app.message_until = 20;
  bool full = false;
  const bool handshake = std::getenv("QS_READY") != nullptr;  // for tests that drive a real window
  int frames = 0;
  while (!host.platform->should_close() && !app.quit) {
    host.platform->wait_events(host.ui.sleep_seconds());
    host.frame([&](Ui& ui, double seconds) { app.draw(ui, seconds); });
    if (app.picture_wanted) {
      app.picture_wanted = false;
      auto written = write_png(host.platform->read_rgb(), "queuescope.png");
      app.message = written ? "Saved queuescope.png." : written.error().text();
      app.message_until = host.ui.now + 6;
    }
    host.next();
    if (handshake && ++frames == 3) std::puts("READY"), std::fflush(stdout);
    if (handshake && app.session)
      std::printf("STATE %s %zu\n", app.screen == Screen::home ? "home" : "run",
                  app.session->moment().event),
          std::fflush(stdout);
    if (full != app.fullscreen) host.platform->set_fullscreen(full = app.fullscreen);
    if (auto followed = host.follow(settings); !followed) app.message = followed.error().text();
  }
  if (!(settings == saved) && !save_settings(settings, path, note))
    std::fprintf(stderr, "queuescope: %s\n", note.c_str());
  return 0;
}

}  // namespace
}  // namespace qs::ui

int qs_run_window(const qs::WindowRequest* request) { return qs::ui::run(*request); }
