// The gallery: every widget in every theme, laid out without faults and usable by mouse and by
// keys; and its pictures, for people: QS_GALLERY=<folder>.
#include "ui/support/gallery.h"
#include "ui/toolkit/core/theme_file.h"

#include <cstdlib>
#include <set>

#include "ui/robot.h"
#include "ui/toolkit/controls/menu.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("gallery: nothing overlaps, nothing is cut, in every theme and scale") {
  for (const std::string_view theme : theme_names()) {
    for (const int percent : {100, 125, 200, 300}) {
      GalleryState state;
      const float scale = float(percent) / 100.0f;
      Robot robot([&](Ui& ui) { draw_gallery(ui, state); }, int(1680 * scale), int(980 * scale),
                  scale, theme);
      for (const auto& fault : layout_faults(robot.ui.rects, robot.ui.screen)) {
        FAIL_CHECK(theme << " at " << percent << " %: " << fault);
      }
    }
  }
}

TEST_CASE("gallery: a window too small for it is reported, so the check can fail") {
  GalleryState state;
  Robot robot([&](Ui& ui) { draw_gallery(ui, state); }, 1100, 700);
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).size() > 3);
}

TEST_CASE("gallery: Tab reaches everything that can be pressed, once, and comes back") {
  GalleryState state;
  Robot robot([&](Ui& ui) { draw_gallery(ui, state); });
  std::set<std::string> stops;
  robot.key("Tab");
  const std::string first = robot.focused();
  std::string last;
  for (int i = 0; i < 200; ++i) {
    last = robot.focused();
    CHECK_MESSAGE(stops.insert(last).second, last, " is a stop twice");
    CHECK(robot.ui.ring_visible());
    robot.key("Tab");
    if (robot.focused() == first) break;
  }
  CHECK(robot.focused() == first);
  robot.key("Shift+Tab");
  CHECK(robot.focused() == last);
  // Everything focusable was reached, or stands in a group that was.
  std::set<Id> groups;
  for (const ItemRecord& r : robot.ui.rects.all()) {
    if (stops.count(std::string(robot.ui.rects.name(r))) && r.group) groups.insert(r.group);
  }
  for (const ItemRecord& r : robot.ui.rects.all()) {
    if (!r.focusable || r.disabled || groups.count(r.group)) continue;
    CHECK_MESSAGE(stops.count(std::string(robot.ui.rects.name(r))), robot.ui.rects.name(r),
                  " cannot be reached by Tab");
  }
}

TEST_CASE("gallery: buttons, segments and answers work by mouse and by key alike") {
  GalleryState state;
  Robot robot([&](Ui& ui) { draw_gallery(ui, state); });
  robot.click("default/mode/Man");
  CHECK(state.dispatch[0] == 2);
  CHECK(robot.find("default/mode/Man").selected);
  robot.click("It is forwarded too");
  CHECK(state.answer == 2);
  CHECK(state.pressed == 0);
  robot.click("play");
  CHECK(state.pressed == 1);

  robot.ui.focus(robot.find("default/mode/Man").id);
  robot.keys({"Left", "Left", "Enter"});
  CHECK(state.dispatch[0] == 0);
  robot.ui.focus(robot.find("It is forwarded too").id);
  robot.keys({"Up", "Space"});
  CHECK(state.answer == 1);
}

TEST_CASE("gallery: what is greyed cannot be pressed or focused, and says why") {
  GalleryState state;
  Robot robot([&](Ui& ui) { draw_gallery(ui, state); });
  robot.click("bar/last");
  CHECK(state.pressed == 0);
  CHECK(robot.focused() != "gallery/bar/last");
  robot.wait(0.6);
  CHECK(robot.sees("This is the end"));
}

TEST_CASE("gallery: pictures of every theme and scale are written where QS_GALLERY says" *
          doctest::skip(std::getenv("QS_GALLERY") == nullptr)) {
  const std::string folder = std::getenv("QS_GALLERY");
  for (const std::string_view theme : theme_names()) {
    for (const int percent : {100, 150}) {
      GalleryState state;
      const float scale = float(percent) / 100.0f;
      Robot robot([&](Ui& ui) { draw_gallery(ui, state); }, int(1680 * scale), int(980 * scale),
                  scale, theme, Backend::headless);
      const std::string stem =
          folder + "/gallery-" + std::string(theme) + "-" + std::to_string(percent);
      REQUIRE(write_png(robot.picture(), stem + ".png").ok());
      if (percent != 100) continue;
      const ItemRecord token = robot.find("EvtIoRead/R2");
      open_menu(robot.ui, token.id, {token.rect.right() + 6, token.rect.bottom()}, true);
      robot.keys({"Down", "Down"});
      REQUIRE(write_png(robot.picture(), stem + "-menu.png").ok());
      robot.keys({"Esc", "Tab", "Tab", "Tab", "Tab"});
      robot.wait(0.6);
      REQUIRE(write_png(robot.picture(), stem + "-keys.png").ok());
    }
  }
}
