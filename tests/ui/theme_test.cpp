// Themes: can everybody read them, and are mistakes in their files named?
#include <doctest/doctest.h>

#include "base/embedded.h"
#include "ui/support/theme_check.h"
#include "ui/toolkit/core/theme_file.h"

using namespace qs;
using namespace qs::ui;

namespace {

std::string dark_text() { return std::string(find_asset("assets/theme-dark.toml")->text()); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("themes: every text can be read and owners stay apart for the colour-blind") {
  for (const std::string_view name : theme_names()) {
    const auto theme = load_theme(name);
    REQUIRE_MESSAGE(theme.ok(), theme.error().text());
    CHECK(theme->name == name);
    for (const std::string& fault : theme_faults(*theme)) FAIL_CHECK(fault);
  }
}

TEST_CASE("themes: a theme that cannot be read is found out") {
  auto theme = load_theme("dark");
  REQUIRE(theme.ok());
  theme->text_dim = theme->panel;
  theme->owner_target = theme->owner_waiting;
  theme->lane_driver = theme->lane_waiting;
  theme->danger = {0xA0, 0, 0, 255};  // dark, and darker still for protans
  const auto faults = theme_faults(*theme);
  bool contrast_named = false, distance_named = false, lane_named = false, protan_named = false;
  for (const std::string& f : faults) {
    contrast_named |= f.find("text_dim on panel") != f.npos;
    distance_named |= f.find("waiting and target") != f.npos;
    lane_named |= f.find("lane_waiting and lane_driver") != f.npos;
    protan_named |= f.find("danger on panel") != f.npos && f.find("protanopia") != f.npos;
  }
  CHECK(contrast_named);
  CHECK(distance_named);
  CHECK(lane_named);
  CHECK(protan_named);
}

TEST_CASE("contrast: black on white is 21, equal colours 1, translucent ones are flattened first") {
  CHECK(contrast({0, 0, 0, 255}, {255, 255, 255, 255}) == doctest::Approx(21.0));
  CHECK(contrast({7, 8, 9, 255}, {7, 8, 9, 255}) == doctest::Approx(1.0));
  CHECK(contrast({0xE6, 0x9F, 0, 255}, {255, 255, 255, 255}) ==
        doctest::Approx(2.25).epsilon(0.01));
  CHECK(flattened({255, 255, 255, 128}, {0, 0, 0, 255}).r == 128);
}

TEST_CASE("vision: grey has no hue, deutans confuse purple and grey, others do not") {
  const Color green = seen_by(Vision::grey, {0, 0x9E, 0x73, 255});
  CHECK(green.r == green.g);
  CHECK(green.g == green.b);
  const Color purple{0xCC, 0x79, 0xA7, 255}, grey{0x99, 0x99, 0x99, 255};
  CHECK(distance(seen_by(Vision::deutan, purple), seen_by(Vision::deutan, grey)) < 10);
  CHECK(distance(purple, grey) > 30);
  CHECK(seen_by(Vision::tritan, {255, 255, 255, 255}).r >= 250);
}

TEST_CASE("theme files: what is wrong is named with file, line and key") {
  const std::string good = dark_text();
  REQUIRE(parse_theme(good, "t.toml").ok());
  const auto error_of = [](const std::string& text) {
    const auto r = parse_theme(text, "t.toml");
    REQUIRE_FALSE(r.ok());
    return r.error().text();
  };
  const std::string bad_color = error_of(replaced(good, "\"#e6e9ee\"", "\"white\""));
  CHECK(bad_color.rfind("t.toml:", 0) == 0);
  CHECK(bad_color.find("text is \"white\"") != bad_color.npos);
  CHECK(error_of(replaced(good, "accent_soft =", "accent_sofd =")).find("accent_sofd") !=
        std::string::npos);
  CHECK(error_of(replaced(good, "\nowner_done =", "\n# owner_done ="))
            .find("\"owner_done\" is missing") != std::string::npos);
  CHECK(error_of(replaced(good, "dark = true", "night = true")).find("\"night\"") !=
        std::string::npos);
  CHECK(error_of("name = \"x\"").find("[colors]") != std::string::npos);
  CHECK(error_of(good + "\n[colors").find("this is not valid TOML") != std::string::npos);
  CHECK_FALSE(load_theme("sepia").ok());
}

TEST_CASE("colours: two notations and nothing else") {
  Color c;
  CHECK(parse_color("#10203040", c));
  CHECK(c == Color{0x10, 0x20, 0x30, 0x40});
  CHECK(parse_color("#aBcDeF", c));
  CHECK(c.a == 255);
  for (const char* bad : {"", "#12345", "123456", "#12345g", "#1234567", "red"})
    CHECK_FALSE(parse_color(bad, c));
}
