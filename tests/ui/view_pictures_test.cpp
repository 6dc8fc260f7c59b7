// Exact pictures of every view and mode in every theme, drawn by the processor: hashes in
// pictures/views.txt. After a wanted change of looks: QS_UPDATE_PICTURES=1 (QS_PICTURES=FOLDER
// writes them as PNG), look at the pictures, commit the file.
#include <doctest/doctest.h>

#include "ui/app/app.h"
#include "ui/app/host.h"
#include "ui/app/theme_file.h"
#include "ui/pictures.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr const char* kFile = "tests/ui/pictures/views.txt";

struct Shot {
  const char* name;
  const char* program;  // nullptr: the list of lessons
  std::vector<const char*> keys;
  Pane whole = Pane::none;
  bool at_end = true;
  TimelineState::Tab tab = TimelineState::requests;
};

const Shot kViews[] = {
    {"home", nullptr, {}},
    {"lesson", "first-request", {"PageDown", "PageDown", "PageDown"}, Pane::none, false},
    {"stage", "first-request", {"Home", "Ctrl+Right", "Ctrl+Right", "Ctrl+Right"}, Pane::stage},
    {"code", "first-request", {"Home", "Alt+Right"}, Pane::code},
    {"inspector", "first-request", {}, Pane::inspector},
    {"timeline", "first-request", {}, Pane::timeline},
    {"threads", "13-stop-and-start", {}, Pane::timeline, true, TimelineState::threads},
    {"queues", "13-stop-and-start", {}, Pane::timeline, true, TimelineState::queues},
    {"log", "first-request", {}, Pane::timeline, true, TimelineState::log},
    {"sandbox", "sandbox", {"7"}},
    {"drive", "first-request", {"Ctrl+3"}, Pane::none, false},
    {"compare", "first-request", {"Ctrl+4"}},
    {"projector", "first-request", {"P"}},
    {"keys", "first-request", {"?"}},
    {"palette", "first-request", {"Ctrl+K", "R"}},
};

class Painter {
 public:
  explicit Painter(std::string_view theme) {
    settings_.theme = theme;
    settings_.reduced_motion = true;
    WindowOptions options;
    options.width = 1024;
    options.height = 700;
    auto made = Host::create(Backend::headless, options, settings_);
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    host_ = std::move(*made);
  }

  Picture paint(const Shot& view) {
    app_ = std::make_unique<App>(settings_);
    if (view.program) app_->open_named(view.program);
    frames();
    if (app_->session && view.at_end) app_->session->apply(cmd::End{});
    for (const char* name : view.keys) press(name);
    app_->whole = view.whole;
    app_->timeline.tab = view.tab;
    if (app_->session) app_->session->apply(cmd::Pause{});
    frames();
    host_->frame([&](Ui& ui, double) { app_->draw(ui, 0); });
    Picture picture = host_->platform->read_rgb();
    host_->next();
    return picture;
  }

 private:
  void frames() {
    host_->ui.disturb();  // the app was changed by other means than a person has
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

TEST_CASE("every view and mode in every theme is the picture that was looked at" *
          doctest::skip(IMGUI_VERSION_NUM != 18600)) {
  const char* folder = std::getenv("QS_PICTURES");
  std::map<std::string, uint64_t> now;
  for (const std::string_view theme : theme_names())
    for (const Shot& view : kViews) {
      Painter painter(theme);  // themes and scales are changed by keys
      const Picture picture = painter.paint(view);
      const std::string name = std::string(view.name) + "-" + std::string(theme);
      now[name] = picture_hash(picture);
      if (folder) REQUIRE(write_png(picture, std::string(folder) + "/" + name + ".png").ok());
    }
  check_pictures(kFile, now);
}
