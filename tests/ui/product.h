// The whole product under a test: the window's own loop (pictures, settings, full screen) over any
// backend, and every screen that it can show. Used by the tests that press everything and those
// that press at random, without a window (tests/ui) and in a real one (tests/window).
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "session/programs.h"
#include "trace/events/trace_file.h"
#include "ui/app/window.h"

namespace qs::ui {

// What is written lands in a folder of its own, which goes at the end.
class ScratchFolder {
 public:
  ScratchFolder() : before_(std::filesystem::current_path()) {
    folder_ = std::filesystem::temp_directory_path() / ("qs-product-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    std::filesystem::current_path(folder_);
  }
  ~ScratchFolder() {
    std::filesystem::current_path(before_);
    std::error_code none;
    std::filesystem::remove_all(folder_, none);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path before_, folder_;
};

class Product {
 public:
  explicit Product(Backend backend, int width = 1024, int height = 700) {
    WindowOptions options;
    options.width = width;
    options.height = height;
    auto made = Host::create(backend, options, settings);
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    host = std::move(*made);
    loop = std::make_unique<WindowLoop>(*host, app, settings, "", false);
    turns(3);
  }

  InputQueue& input() { return host->platform->input; }
  const Rects& rects() const { return host->ui.rects; }

  // One turn of the loop, which waits for nothing.
  void turn() {
    host->platform->wake();
    loop->turn();
  }
  // So many, and until all that was pressed has been used; none once it has been told to quit.
  void turns(int count) {
    for (int i = 0; (i < count || input().pending()) && !app.quit; ++i) turn();
  }
  void key(std::string_view name) {
    Chord chord;
    REQUIRE_MESSAGE(parse_chord(name, chord), std::string(name) << " is not a key");
    input().push_key(chord.key, chord.mods);
    turns(1);
  }
  void click(Point at, MouseButton button = MouseButton::left) {
    input().push_click(at.x, at.y, button);
    turns(2);
  }

  // It takes a key and shows what that key opens.
  bool answers() {
    app.quit = false;
    for (int i = 0; i < 3; ++i) key("Esc");
    key("Ctrl+K");
    const bool opened = app.palette.dialog.open;
    key("Esc");
    turns(1);
    return opened && !app.palette.dialog.open;
  }

  Settings settings;
  App app{settings};
  std::unique_ptr<Host> host;
  std::unique_ptr<WindowLoop> loop;
};

struct ScreenOfProduct {
  const char* name;
  std::function<void(Product&)> open;
};

inline void at_end(Product& p, const char* what) {
  p.app.open_named(what);
  p.app.session()->apply(session::cmd::End{});
}

// A file with a recorded run, in the present folder.
inline const char* recorded_run() {
  constexpr const char* file = "recorded.qst";
  auto opened = session::open_run("first-request");
  REQUIRE(opened.ok());
  const run::Execution run = run::execute(opened->program, opened->schedule);
  REQUIRE(trace::write_trace_file(file, *run.trace, "first-request", "", false).ok());
  return file;
}

inline const std::vector<ScreenOfProduct>& screens_of_product() {
  static const std::vector<ScreenOfProduct> all = {
      {"home", [](Product& p) { p.app.show(ScreenId::home); }},
      {"lesson", [](Product& p) { at_end(p, "first-request"); }},
      {"sandbox",
       [](Product& p) {
         p.app.open_named("sandbox");
         for (const session::Preset& preset : presets())
           if (preset.key == 1) p.app.session()->apply(session::cmd::LoadSetup{preset});
         p.app.session()->apply(session::cmd::End{});
       }},
      {"drive",
       [](Product& p) {
         p.app.open_named("be-the-driver");
         const trace::Trace& trace = *p.app.session()->moment().trace;
         const size_t asks = next_question(trace, p.app.session()->ready(), SIZE_MAX);
         if (asks != SIZE_MAX) p.app.session()->apply(session::cmd::Seek{double(asks)});
       }},
      {"compare",
       [](Product& p) {
         p.app.open_named("be-the-driver");
         p.app.open_compare({});
         go_to_difference(p.app.compare.state);
       }},
      {"races",
       [](Product& p) {
         p.app.open_named("cancel-sent-request");
         p.app.open_races();
         p.app.races.search_executions(60);
       }},
      {"recording", [](Product& p) { at_end(p, recorded_run()); }},
      {"class",
       [](Product& p) {
         p.settings.projector = true;
         at_end(p, "first-request");
       }},
      {"one pane",
       [](Product& p) {
         at_end(p, "sandbox");
         p.app.run()->whole = Pane::timeline;
       }},
      {"help",
       [](Product& p) {
         at_end(p, "first-request");
         p.input().push_text("?");
       }},
  };
  return all;
}

// As after a fresh start, with nothing pressed.
inline void show_screen(Product& p, const ScreenOfProduct& screen) {
  p.app.quit = p.app.fullscreen = false;
  p.app.picture_wanted = 0;
  p.settings = Settings();
  p.settings.reduced_motion = true;
  p.app.help = {};
  p.app.palette.dialog = {};
  p.host->ui.menu = {};
  p.host->ui.unfocus();
  p.input().push_mouse(-10, -10);
  screen.open(p);
  p.turns(3);
}

}  // namespace qs::ui
