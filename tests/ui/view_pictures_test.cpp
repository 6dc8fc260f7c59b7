// Pictures of every view and mode: the pane that each is about, in every theme where the theme
// matters. Kept in pictures/<set>/views: see pictures.h.
#include <doctest/doctest.h>

#include "ui/app/app.h"
#include "ui/app/host.h"
#include "ui/pictures.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;

namespace {

enum Themes { dark_only, every_theme };

struct ViewShot {
  const char* name;
  const char* program;  // nullptr: the list of lessons
  std::vector<const char*> keys;
  int width, height;  // of the window
  const char* pane;   // the record that is kept of it; nullptr: all of it
  Themes themes = dark_only;
  Pane whole = Pane::none;
  TimelineState::Tab tab = TimelineState::requests;
  bool at_end = true;
};

constexpr auto kRequests = TimelineState::requests;
constexpr auto kTimeline = Pane::timeline;

// clang-format off
const ViewShot kViews[] = {
    {"home", nullptr, {}, 900, 420, nullptr},
    {"bar", "first-request", {}, 1024, 700, "bar", every_theme},
    {"lesson", "first-request", {"PageDown", "PageDown", "PageDown"}, 1024, 640, "lesson",
     every_theme, Pane::none, kRequests, false},
    {"stage", "first-request", {"Home", "Ctrl+Right", "Ctrl+Right", "Ctrl+Right"}, 900, 560,
     "stage", every_theme, Pane::stage},
    {"code", "first-request", {"Home", "Alt+Right"}, 480, 320, "code", every_theme, Pane::code},
    {"inspector", "first-request", {}, 400, 420, "inspector", every_theme, Pane::inspector},
    {"timeline", "first-request", {}, 900, 320, "timeline", every_theme, kTimeline},
    {"threads", "13-stop-and-start", {}, 900, 320, "timeline", dark_only, kTimeline,
     TimelineState::threads},
    {"queues", "13-stop-and-start", {}, 900, 320, "timeline", dark_only, kTimeline,
     TimelineState::queues},
    {"log", "first-request", {}, 640, 260, "timeline", dark_only, kTimeline, TimelineState::log},
    {"sandbox", "sandbox", {"7"}, 1024, 640, "stage", every_theme},
    {"drive", "first-request", {"Ctrl+3"}, 1024, 700, "drive", dark_only, Pane::none, kRequests,
     false},
    {"compare", "first-request", {"Ctrl+4"}, 900, 520, "compare"},
    {"projector", "first-request", {"P"}, 1024, 640, "stage"},
    {"keys", "first-request", {"?"}, 640, 360, "dialog"},
    {"palette", "first-request", {"Ctrl+K", "R"}, 640, 360, "dialog"},
};
// clang-format on

class Painter {
 public:
  Painter(std::string_view theme, const ViewShot& view) {
    settings_.theme = theme;
    settings_.reduced_motion = true;
    WindowOptions options;
    options.width = view.width;
    options.height = view.height;
    auto made = Host::create(Backend::headless, options, settings_);
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    host_ = std::move(*made);
  }

  Picture paint(const ViewShot& view) {
    app_ = std::make_unique<App>(settings_);
    if (view.program) app_->open_named(view.program);
    frames();
    if (app_->session() && view.at_end) app_->session()->apply(session::cmd::End{});
    for (const char* name : view.keys) press(name);
    if (RunScreen* run = app_->run()) run->whole = view.whole;
    if (RunScreen* run = app_->run()) run->timeline.tab = view.tab;
    if (app_->session()) app_->session()->apply(session::cmd::Pause{});
    frames();
    host_->frame([&](Ui& ui, double) { app_->draw(ui, 0); });
    const Picture picture = host_->platform->read_rgb();
    host_->next();
    return view.pane ? cut(picture, place_of(view.pane)) : picture;
  }

 private:
  Rect place_of(std::string_view pane) {
    Ui& ui = host_->ui;
    if (pane == "bar") return {0, 0, ui.screen.w, ui.px(52)};
    const ItemRecord* record = ui.rects.find(pane);
    REQUIRE_MESSAGE(record, pane, " is not on screen:\n", describe(ui.rects));
    return record->rect;
  }
  void frames() {
    for (int i = 0; i < 4; ++i) {
      REQUIRE(host_->follow(settings_).ok());
      host_->frame([&](Ui& ui, double) { app_->draw(ui, 0); });
      host_->next();
    }
  }
  void press(const char* name) {
    Chord chord;
    REQUIRE(parse_chord(name, chord));
    if (chord.sign)
      host_->platform->input.push_text(name);
    else
      host_->platform->input.push_key(chord.key, chord.mods);
    frames();
  }

  Settings settings_;
  std::unique_ptr<Host> host_;
  std::unique_ptr<App> app_;
};

}  // namespace

TEST_CASE("pictures: every view and mode, in the themes, looks as it was looked at") {
  KeptPictures kept("views");
  for (const std::string_view theme : theme_names())
    for (const ViewShot& view : kViews) {
      if (view.themes == dark_only && theme != "dark") continue;
      Painter painter(theme, view);  // themes and scales are changed by keys
      kept.check(std::string(view.name) + "-" + std::string(theme), painter.paint(view));
    }
}
