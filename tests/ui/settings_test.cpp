// Settings: they survive a restart; a damaged file is set aside; what cannot be written is said.
#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/full_disk.h"
#include "ui/app_window.h"
#include "ui/screens/panes.h"
#include "ui/screens/settings.h"

using namespace qs;
using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

struct SettingsFolder {
  fs::path path = fs::temp_directory_path() / ("qs-settings-" + std::to_string(getpid()));
  SettingsFolder() { fs::create_directories(path); }
  ~SettingsFolder() { fs::remove_all(path); }
  std::string file() const { return (path / "deep" / "settings.toml").string(); }
};

}  // namespace

TEST_CASE("settings: what is saved is read again, in a folder that was not there") {
  SettingsFolder folder;
  Settings s;
  s.theme = "contrast";
  s.scale = 1.5f;
  s.reduced_motion = s.projector = true;
  s.tooltips = false;
  s.side = 0.25f;
  s.folded = pane_bit(Pane::code) | pane_bit(Pane::timeline);
  std::string message;
  REQUIRE(save_settings(s, folder.file(), message));
  CHECK(load_settings(folder.file(), message) == s);
  CHECK(message.empty());
  CHECK_FALSE(fs::exists(folder.file() + ".new"));
}

TEST_CASE("settings: a damaged file is set aside with a message, and the usual ones are used") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "theme = \"light\"\nscale = = 2\n";
  std::string message;
  CHECK(load_settings(folder.file(), message) == Settings());
  CHECK(message.find("settings.toml:2") != std::string::npos);
  CHECK(fs::exists(folder.file() + ".bad"));
  CHECK_FALSE(fs::exists(folder.file()));
}

TEST_CASE("settings: values out of range and names unknown do no harm") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file())
      << "theme = \"pink\"\nscale = 90\nside = \"wide\"\nfolded = [\"code\", \"nothing\", 7]\n";
  std::string message;
  const Settings s = load_settings(folder.file(), message);
  CHECK(s.theme == "dark");
  CHECK(s.scale == 3);
  CHECK(s.side == Settings().side);
  CHECK(s.folded == pane_bit(Pane::code));
}

TEST_CASE("settings: a place that cannot be written is named, and nothing else happens") {
  std::string message;
  CHECK_FALSE(save_settings(Settings(), "/proc/no-such-place/settings.toml", message));
  CHECK(message.find("/proc/no-such-place/settings.toml") != std::string::npos);
}

TEST_CASE("settings: they are kept as soon as they rest, not only at the end") {
  SettingsFolder folder;
  std::string message;
  Settings s;
  SettingsKeeper keeper(folder.file(), s);
  CHECK(keeper.keep(s, 1, false, message) < 0);
  s.side = 0.3f;
  CHECK(keeper.keep(s, 2, true, message) > 0);  // a splitter is being dragged
  CHECK(keeper.keep(s, 9, true, message) > 0);
  CHECK_FALSE(fs::exists(folder.file()));
  const double again = keeper.keep(s, 9.1, false, message);
  CHECK(again > 0);
  CHECK(keeper.keep(s, 9.1 + again + 0.5, false, message) < 0);
  CHECK(load_settings(folder.file(), message) == s);
  s.theme = "light";
  keeper.finish(s, message);
  CHECK(load_settings(folder.file(), message).theme == "light");
  CHECK(message.empty());
}

TEST_CASE("settings: what a step is and the theme before projector mode are kept") {
  SettingsFolder folder;
  Settings s;
  s.step = 4;
  s.theme_before = "contrast";
  std::string message;
  REQUIRE(save_settings(s, folder.file(), message));
  CHECK(load_settings(folder.file(), message) == s);
  std::ofstream(folder.file()) << "step = \"leap\"\ntheme_before = \"pink\"\n";
  CHECK(load_settings(folder.file(), message) == Settings());
}

TEST_CASE("settings: numbers that are none do no harm") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "scale = nan\nside = inf\nright = -inf\ncode = 1e300\n"
                                  "timeline_tab = -7\nlog_levels = 9000000000\n";
  std::string message;
  const Settings s = load_settings(folder.file(), message);
  CHECK(message.empty());
  CHECK(s.scale == 1);
  CHECK(s.side == Settings().side);
  CHECK(s.right == Settings().right);
  CHECK(s.timeline_tab == 0);
  CHECK(s.log_levels <= 0x7F);
}

TEST_CASE("settings: what is no text is told, and set aside under a name that is free") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file(), std::ios::binary) << std::string(
      "\x7f"
      "ELF\0\xff\xfe",
      7);
  std::string message;
  CHECK(load_settings(folder.file(), message) == Settings());
  CHECK(message.find("set aside") != std::string::npos);
  // A folder of the other name is in the way, with something in it.
  std::ofstream(folder.file()) << "= =";
  fs::remove(folder.file() + ".bad");
  fs::create_directories(folder.file() + ".bad/deeper");
  message.clear();
  CHECK(load_settings(folder.file(), message) == Settings());
  CHECK(message.find("set aside as " + folder.file() + ".bad-1") != std::string::npos);
  CHECK(fs::exists(folder.file() + ".bad/deeper"));
}

namespace {

// A window with these settings, as after a restart.
struct Restarted : AppWindow {
  Restarted(const Settings& kept, int width, int height) : AppWindow(nullptr, width, height) {
    settings = kept;
    app.open_named("first-request");
    app.session()->apply(qs::session::cmd::End{});
    robot.frame();
    robot.frame();
  }
};

constexpr const char* kBars[] = {"split/bottom", "split/side", "split/right", "split/code"};

// A window whose bars have been dragged far left and up, or right and down: its settings, and where
// the bars stand.
Settings dragged(int width, int height, float far, std::vector<Rect>& bars) {
  Restarted window(Settings(), width, height);
  for (const char* bar : kBars) {
    // Source and inspector are docked in large windows only.
    if (!window.robot.sees(bar)) continue;
    const Point from = window.robot.find(bar).rect.center();
    window.robot.drag(from, {from.x + far * float(width), from.y + far * float(height)});
  }
  window.robot.click("Event log");
  window.app.run()->timeline.log_state.filter.levels = LogFilter::kAll;
  window.robot.frame();
  for (const char* bar : kBars)
    bars.push_back(window.robot.sees(bar) ? window.robot.find(bar).rect : Rect{});
  return window.settings;
}

}  // namespace

TEST_CASE("settings: dragged bars, folded panes, tab and filter are the same after a restart") {
  for (auto [width, height] : {std::pair{1440, 900}, {1920, 1080}, {3840, 2160}})
    for (const float far : {-1.0f, 1.0f}) {
      CAPTURE(width);
      CAPTURE(far);
      SettingsFolder folder;
      std::vector<Rect> bars;
      Settings settings = dragged(width, height, far, bars);
      std::string message;
      REQUIRE(save_settings(settings, folder.file(), message));
      {
        Restarted again(load_settings(folder.file(), message), width, height);
        for (size_t i = 0; i < bars.size(); ++i) {
          CAPTURE(kBars[i]);
          CHECK(again.robot.sees(kBars[i]) == !bars[i].empty());
          if (bars[i].empty()) continue;
          const Rect now = again.robot.find(kBars[i]).rect;
          CHECK(std::abs(now.x - bars[i].x) <= 1.5f);
          CHECK(std::abs(now.y - bars[i].y) <= 1.5f);
        }
        CHECK(again.app.run()->timeline.tab == TimelineState::log);
        CHECK(again.app.run()->timeline.log_state.filter.levels == LogFilter::kAll);
        CHECK(again.faults() == "");
      }
      settings.folded = pane_bit(Pane::code) | pane_bit(Pane::side);
      REQUIRE(save_settings(settings, folder.file(), message));
      Restarted folded(load_settings(folder.file(), message), width, height);
      CHECK_FALSE(folded.robot.sees("split/side"));
      CHECK_FALSE(folded.robot.sees("split/code"));
      CHECK(folded.robot.sees("split/right") == (width >= 1920));
    }
}

TEST_CASE("settings: two windows keep each other's changes, and keys that neither knows") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "theme = \"dark\"\nfrom_the_future = [1, 2]\n";
  std::string message;
  const Settings start = load_settings(folder.file(), message);
  SettingsKeeper one(folder.file(), start), two(folder.file(), start);
  Settings mine = start, theirs = start;
  mine.theme = "light";
  theirs.scale = 1.5f;
  theirs.folded = pane_bit(Pane::code);
  one.finish(mine, message);
  two.finish(theirs, message);
  mine.tooltips = false;
  one.finish(mine, message);
  CHECK(message.empty());
  Settings both = theirs;
  both.theme = "light";
  both.tooltips = false;
  CHECK(load_settings(folder.file(), message) == both);
  std::ifstream in(folder.file());
  std::ostringstream text;
  text << in.rdbuf();
  CHECK(text.str().find("from_the_future") != std::string::npos);
}

TEST_CASE("settings: each damaged file gets a name of its own, one that is in the way stays") {
  SettingsFolder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::string message;
  for (const char* text : {"a = = 1", "b = = 2"}) {
    std::ofstream(folder.file()) << text;
    CHECK(load_settings(folder.file(), message) == Settings());
  }
  CHECK(fs::exists(folder.file() + ".bad"));
  CHECK(fs::exists(folder.file() + ".bad-1"));
  CHECK(message.find(folder.file() + ".bad-1") != std::string::npos);
  // Damaged while the window is open: set aside, too, and saved anew.
  std::ofstream(folder.file()) << "c = = 3";
  Settings changed;
  changed.theme = "light";
  CHECK(save_settings(changed, folder.file(), message));
  CHECK(fs::exists(folder.file() + ".bad-2"));
  CHECK(load_settings(folder.file(), message) == changed);
  fs::remove(folder.file());
  fs::create_directories(folder.file() + "/precious");
  message.clear();
  CHECK(load_settings(folder.file(), message) == Settings());
  CHECK(message.find("The settings cannot be read, so the usual ones are used: ") == 0);
  CHECK_FALSE(save_settings(changed, folder.file(), message));
  CHECK(message.find("The settings cannot be saved: ") == 0);
  CHECK(fs::exists(folder.file() + "/precious"));
}

TEST_CASE("settings: what could not be saved is said once, and saved with the next change") {
  SettingsFolder folder;
  std::string message;
  Settings s;
  SettingsKeeper keeper(folder.file(), s);
  std::ofstream(folder.path / "deep") << "in the way";
  s.theme = "light";
  keeper.finish(s, message);
  CHECK(!message.empty());
  message.clear();
  keeper.finish(s, message);
  CHECK(message.empty());
  fs::remove(folder.path / "deep");
  s.scale = 2;
  keeper.finish(s, message);
  CHECK(message.empty());
  CHECK(load_settings(folder.file(), message) == s);
}

TEST_CASE("settings: a full disk leaves the old ones") {
  SettingsFolder folder;
  std::string message;
  Settings s;
  s.theme = "light";
  REQUIRE(save_settings(s, folder.file(), message));
  CHECK(qs::test::on_full_disk(
            50, [&] { return save_settings(Settings(), folder.file(), message) ? 1 : 0; }) == 0);
  CHECK(load_settings(folder.file(), message) == s);
}
