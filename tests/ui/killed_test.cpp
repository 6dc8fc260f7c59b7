// kill -9 while settings or a picture are saved: nothing is damaged and nothing is lost.
#include <doctest/doctest.h>

#include "tests/support/folder.h"
#include "tests/support/killed.h"
#include "tests/support/seed.h"
#include "ui/platform/platform.h"
#include "ui/screens/settings.h"

using namespace qs;
using namespace qs::test;
using namespace qs::ui;

TEST_CASE("killed while settings are saved") {
  QS_TEST_SEED(seed, 15);
  Random random(seed);
  const Folder f("killed-settings");
  const auto settings = [](int version) {
    Settings s;
    s.log_levels = unsigned(version) % 128;
    s.timeline_tab = unsigned(version) / 128 % 4;
    s.step = version / 512 % 6;
    return s;
  };
  kill_while_saving(
      random,
      [&](int version) {
        std::string message;
        return save_settings(settings(version), f.file("settings.toml"), message);
      },
      [&](int version) {
        std::string message;
        return load_settings(f.file("settings.toml"), message) == settings(version) &&
               message.empty();
      });
}

TEST_CASE("killed while a picture is saved over another") {
  QS_TEST_SEED(seed, 16);
  Random random(seed);
  const Folder f("killed-picture");
  const auto picture = [](int version) {
    Picture p{160, 100, std::vector<std::uint8_t>(160 * 100 * 3)};
    Random dots{std::uint64_t(version)};
    for (std::uint8_t& b : p.rgb) b = std::uint8_t(dots.below(256));
    return p;
  };
  kill_while_saving(
      random, [&](int version) { return write_png(picture(version), f.file("a.png")).ok(); },
      [&](int version) { return f.text("a.png") == encode_png(picture(version)).value(); });
}
