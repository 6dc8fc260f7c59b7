#include "ui/app/window.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/visible.h"
#include "model/queries/queries.h"
#include "session/link.h"
#include "ui/app/notes_window.h"
#include "ui/platform/choose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

Result<std::unique_ptr<Host>> open_host(const std::string& backend, const Settings& settings,
                                        const WindowOptions& options) {
  if (!backend.empty()) {
    Backend wanted;
    if (!find_backend(backend, wanted))
      return Error{"", 0, "there is no backend '" + backend + "'; there are glfw and sdl2"};
    return Host::create(wanted, options, settings);
  }
  const Machine machine = look_at_machine();
  const DrawingMemory memory(DrawingMemory::default_path());
  const Backend first = memory.first(machine);
  auto platform = Platform::create(first, options);
  if (platform && first == Backend::glfw_gl3 && (*platform)->is_software()) {
    memory.opengl_is_imitated(machine);
    platform = Error{};  // its window closes before the other opens
  }
  if (!platform) {
    const bool was_sdl = first == Backend::sdl2;
    platform = Platform::create(was_sdl ? Backend::glfw_gl3 : Backend::sdl2, options);
    // Slow, but better than nothing.
    if (!platform && !was_sdl) platform = Platform::create(first, options);
  }
  if (!platform) return platform.error();
  return Host::create(std::move(*platform), settings);
}

WindowLoop::WindowLoop(Host& host, App& app, Settings& settings, const std::string& path,
                       bool talks)
    : host_(host),
      app_(app),
      settings_(settings),
      keeper_(path, settings),
      watch_([this] { host_.platform->wake(); }),
      talks_(talks) {}

// Saves the window as it is, or drawn again without a display, `scale` times as large. Returns a
// message.
std::string WindowLoop::save_picture(int scale) {
  Picture picture;
  if (scale <= 1) {
    picture = host_.platform->read_rgb();
  } else {
    Settings larger = settings_;
    larger.scale = host_.ui.scale * float(scale);  // includes the projector's scale
    larger.projector = false;
    WindowOptions options;
    options.width = host_.platform->width() * scale;
    options.height = host_.platform->height() * scale;
    auto made = Host::create(Backend::headless, options, larger);
    if (!made) return made.error().text();
    for (int i = 0; i < 4; ++i) {  // layouts settle in a few frames
      if (i) (*made)->next();
      (*made)->frame([&](Ui& ui, double) { app_.draw(ui, 0); });
    }
    picture = (*made)->platform->read_rgb();
  }
  auto written = export_picture(picture, app_.session(), scale);
  return written ? trf("export.saved", *written) : written.error().text();
}

// For tests that drive a real window: where things are whenever the layout has settled in another
// way, and what the run is like.
void WindowLoop::report() {
  const Ui& ui = host_.ui;
  const bool rests = frames_ > 0 && ui.sleep_seconds() < 0;  // there may be no third frame
  if (++frames_ >= 3 || rests) tell_places();
  if (!ready_ && (frames_ >= 3 || rests)) {
    ready_ = true;
    std::puts("READY");
  }
  if (const ItemRecord* tip = ui.rects.find("tooltip"))
    std::printf("TIP %s\n", std::string(ui.rects.text(*tip)).c_str());
  if (app_.palette.dialog.open) std::puts("PALETTE");
  if (!app_.message.text.empty()) std::printf("SAYS %s\n", app_.message.text.c_str());
  if (session::Session* session = app_.session()) {
    const session::Moment m = session->moment();
    std::printf("STATE run %zu\n", m.event);
    std::puts(m.playing ? "PLAYS" : "RESTS");
    for (const model::RequestView& r : m.after->requests)
      std::printf("REQUEST %s %s%s%s\n", m.trace->name(r.id).c_str(), model::state_name(r).c_str(),
                  r.queue ? " in " : "", r.queue ? m.trace->name(r.queue).c_str() : "");
  } else {
    std::puts("STATE home 0");
  }
  std::fflush(stdout);
}

void WindowLoop::tell_places() {
  const Ui& ui = host_.ui;
  std::string places;
  for (const ItemRecord& r : ui.rects.all())
    if ((r.focusable || r.kind == Kind::menu_entry || r.kind == Kind::panel) && !r.visible.empty())
      places += fmt::format("PLACE {} {} {}\n", ui.rects.name(r), int(r.visible.center().x),
                            int(r.visible.center().y));
  if (places == places_) return;
  places_ = std::move(places);
  std::printf("PLACES\n%s", places_.c_str());
}

bool WindowLoop::turn() {
  if (host_.platform->should_close() || app_.quit) return false;
  const auto& lesson = app_.lesson.classroom;
  const bool sandbox = app_.shown() == ScreenId::sandbox;
  const std::string file = sandbox  ? app_.sandbox.panel.opened
                           : lesson ? lesson->tutor.lesson().file
                                    : std::string();
  // A compiled-in lesson need not be on disk: then there is nothing to watch.
  std::error_code none;
  std::vector<std::filesystem::path> files;
  if (RunScreen* shown = app_.run(); shown && shown->own)
    files.assign(shown->own->files().begin(), shown->own->files().end());
  else if (!file.empty())
    files.push_back(file);
  const bool watched = watch_.follow(files);
  app_.lesson.looks_at_file = app_.sandbox.looks_at_file =
      !watched && std::filesystem::exists(file, none);
  if (RunScreen* shown = app_.run(); shown && shown->own) shown->own->looks_at_files = !watched;
  host_.platform->wait_events(host_.ui.sleep_seconds());
  host_.frame([&](Ui& ui, double seconds) { app_.draw(ui, seconds); });
  if (!host_.platform->dropped.empty()) {  // of several, the first
    app_.open_named(std::exchange(host_.platform->dropped, {}).front());
    host_.ui.wake_in(0);
  }
  if (int scale = std::exchange(app_.picture_wanted, 0)) {
    app_.message.say(save_picture(scale), host_.ui.now);
    host_.ui.wake_in(0);
  }
  host_.next();
  if (talks_ && frames_ == 0) std::puts("SHOWN"), std::fflush(stdout);
  std::string trouble;
  const double again = keeper_.keep(settings_, host_.ui.now, host_.ui.in.down[0], trouble);
  if (again >= 0) host_.ui.wake_in(again);
  app_.message.say(trouble, host_.ui.now, 20);
  if (talks_) report();
  if (full_ != app_.fullscreen) host_.platform->set_fullscreen(full_ = app_.fullscreen);
  const auto followed = host_.follow(settings_);
  if (!followed) app_.message.keep(followed.error().text());
  if (followed && *followed) host_.ui.wake_in(0);  // show it in the next frame
  return true;
}

std::string WindowLoop::finish() {
  std::string note;
  keeper_.finish(settings_, note);
  return note;
}

int run_window(const session::WindowRequest& request) {
  if (!request.notes.empty()) return run_notes_window(request);
  std::string note;
  const std::string path = settings_path();
  Settings settings = load_settings(path, note);
  if (request.scale > 0) settings.scale = float(request.scale);
  if (!request.variant.empty()) settings.variant = request.variant;
  auto made = open_host(request.backend, settings);
  if (!made) {
    std::fprintf(stderr, "queuescope: %s\n", message(made.error().text()).c_str());
    std::fprintf(stderr,
                 "Try 'queuescope run first-request' to play a lesson in the terminal, or "
                 "'queuescope shot first-request -o x.png' for a picture.\n");
    return 2;
  }
  session::use_address(settings.page);
  App app(settings);
  WindowLoop loop(**made, app, settings, path, std::getenv("QS_READY") != nullptr);
  std::string homeless;
  app.desk.progress_file = lesson::Progress::default_path(&homeless);
  if (!homeless.empty()) note = homeless;
  if (request.slowly) {
    app.open_named(request.what);
  } else if (!request.home) {
    app.open(request.opened);
    if (request.at_event) app.session()->apply(session::cmd::Seek{double(request.event)});
  }
  app.class_wanted = request.serve;
  app.class_sheet.room.wanted = request.serve_at;
  app.class_sheet.room.folder = request.page;
  app.message.say(note, 0, 20);
  while (loop.turn()) {}
  note = loop.finish();
  if (!note.empty()) std::fprintf(stderr, "queuescope: %s\n", message(note).c_str());
  return 0;
}

}  // namespace qs::ui
