// qs_run_window: a window on the desktop.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "base/visible.h"
#include "session/window.h"
#include "ui/app/app.h"
#include "ui/app/file_watch.h"
#include "ui/app/host.h"
#include "ui/widgets/strings.h"

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

// The window as it is, or drawn once more without a display, `scale` times as large. Returns what
// came of it.
std::string save_picture(App& app, Host& host, int scale) {
  Picture picture;
  if (scale <= 1) {
    picture = host.platform->read_rgb();
  } else {
    Settings larger = app.settings;
    larger.scale = host.ui.scale * float(scale);  // that of a projector is in it
    larger.projector = false;
    WindowOptions options;
    options.width = host.platform->width() * scale;
    options.height = host.platform->height() * scale;
    auto made = Host::create(Backend::headless, options, larger);
    if (!made) return made.error().text();
    for (int i = 0; i < 4; ++i) {  // layouts settle in a few frames
      if (i) (*made)->next();
      (*made)->frame([&](Ui& ui, double) { app.draw(ui, 0); });
    }
    picture = (*made)->platform->read_rgb();
  }
  auto written = export_picture(picture, app.session.get(), scale);
  return written ? trf("export.saved", *written) : written.error().text();
}

// For tests that drive a real window: where things are, once it stands, and where the run is.
void report(const App& app, const Ui& ui, bool stands) {
  if (stands) {
    for (const Record& r : ui.rects.all())
      if (r.focusable && !r.visible.empty())
        std::printf("PLACE %s %d %d\n", std::string(ui.rects.name(r)).c_str(),
                    int(r.visible.center().x), int(r.visible.center().y));
    std::puts("READY");
  }
  if (const Record* tip = ui.rects.find("tooltip"))
    std::printf("TIP %s\n", std::string(ui.rects.text(*tip)).c_str());
  if (app.session)
    std::printf("STATE %s %zu\n", app.screen == Screen::home ? "home" : "run",
                app.session->moment().event);
  std::fflush(stdout);
}

int run(const WindowRequest& request) {
  std::string note;
  const std::string path = settings_path();
  Settings settings = load_settings(path, note);
  SettingsKeeper keeper(path, settings);
  auto made = open_host(request.backend, settings);
  if (!made) {
    std::fprintf(stderr, "queuescope: %s\n", message(made.error().text()).c_str());
    std::fprintf(stderr,
                 "Try 'queuescope run first-request' to play a lesson in the terminal, or "
                 "'queuescope shot first-request -o x.png' for a picture.\n");
    return 2;
  }
  Host& host = **made;
  App app(settings);
  std::string homeless;
  app.progress_file = Progress::default_path(&homeless);
  if (!homeless.empty()) note = homeless;
  if (request.slowly) {
    app.open_named(request.what);
  } else if (!request.home) {
    app.open(request.opened);
    if (request.at_event) app.session->apply(cmd::Seek{double(request.event)});
  }
  if (!note.empty()) app.message = note, app.message_until = 20;
  bool full = false;
  const bool handshake = std::getenv("QS_READY") != nullptr;  // for tests that drive a real window
  int frames = 0;
  bool told = false;
  FileWatch watch([&] { host.platform->wake(); });
  while (!host.platform->should_close() && !app.quit) {
    const std::string file = app.classroom ? app.classroom->tutor.lesson().file : std::string();
    // A lesson that is compiled in need not be on disk: then there is nothing to look at.
    std::error_code none;
    app.looks_at_file = !watch.follow(file) && std::filesystem::exists(file, none);
    host.platform->wait_events(host.ui.sleep_seconds());
    host.frame([&](Ui& ui, double seconds) { app.draw(ui, seconds); });
    if (int scale = std::exchange(app.picture_wanted, 0)) {
      app.message = save_picture(app, host, scale);
      app.message_until = host.ui.now + 8;
    }
    host.next();
    std::string trouble;
    const double again = keeper.keep(settings, host.ui.now, host.ui.in.down[0], trouble);
    if (again >= 0) host.ui.wake_in(again);
    if (!trouble.empty()) app.message = trouble, app.message_until = host.ui.now + 20;
    if (handshake) {
      const bool rests = frames > 0 && host.ui.sleep_seconds() < 0;  // no third frame may come
      report(app, host.ui, !told && (++frames == 3 || rests));
      told |= frames >= 3 || rests;
    }
    if (full != app.fullscreen) host.platform->set_fullscreen(full = app.fullscreen);
    const auto followed = host.follow(settings);
    if (!followed) app.message = followed.error().text();
    if (followed && *followed) host.ui.wake_in(0);  // to be seen in the next frame
  }
  note.clear();
  keeper.finish(settings, note);
  if (!note.empty()) std::fprintf(stderr, "queuescope: %s\n", message(note).c_str());
  return 0;
}

}  // namespace
}  // namespace qs::ui

int qs_run_window(const qs::WindowRequest* request) { return qs::ui::run(*request); }
