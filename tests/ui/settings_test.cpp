// Settings: they survive a restart; a damaged file is set aside; what cannot be written is said.
#include <doctest/doctest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "ui/app/panes.h"
#include "ui/app/settings.h"

using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("qs-settings-" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  std::string file() const { return (path / "deep" / "settings.toml").string(); }
};

}  // namespace

TEST_CASE("settings: what is saved is read again, in a folder that was not there") {
  Folder folder;
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
  Folder folder;
  fs::create_directories(fs::path(folder.file()).parent_path());
  std::ofstream(folder.file()) << "theme = \"light\"\nscale = = 2\n";
  std::string message;
  CHECK(load_settings(folder.file(), message) == Settings());
  CHECK(message.find("settings.toml:2") != std::string::npos);
  CHECK(fs::exists(folder.file() + ".bad"));
  CHECK_FALSE(fs::exists(folder.file()));
}

TEST_CASE("settings: values out of range and names unknown do no harm") {
  Folder folder;
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
  Folder folder;
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
  Folder folder;
  Settings s;
  s.step = 4;
  s.theme_before = "contrast";
  std::string message;
  REQUIRE(save_settings(s, folder.file(), message));
  CHECK(load_settings(folder.file(), message) == s);
  std::ofstream(folder.file()) << "step = \"leap\"\ntheme_before = \"pink\"\n";
  CHECK(load_settings(folder.file(), message) == Settings());
}
