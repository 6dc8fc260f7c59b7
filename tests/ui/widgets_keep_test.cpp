// Panes that are kept: drawn when something they show has changed, and the same as if they were
// always drawn.
#include <doctest/doctest.h>

#include "ui/robot.h"
#include "ui/widgets/button.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/tooltip.h"

using namespace qs::ui;

namespace {

// Two panes side by side; each counts how often it was drawn.
struct TwoPanes {
  std::uint64_t stamp = 1;
  int drawn[2] = {0, 0}, pressed = 0;
  double wake = -1;
  std::string text = "as it was";
  Robot robot;

  explicit TwoPanes(bool check, Backend backend = Backend::null_host)
      : robot([this](Ui& ui) { draw(ui); }, 400, 200, 1, "dark", backend) {
    robot.ui.check_kept = check;
    for (int i = 0; i < 8; ++i) robot.frame();
    drawn[0] = drawn[1] = 0;
  }
  void draw(Ui& ui) {
    fill(ui, ui.screen, ui.theme->background);
    for (int i : {0, 1}) {
      const Rect rect{float(10 + 200 * i), 10, 180, 180};
      const Keep kept(ui, i ? "right" : "left", rect, i ? 7 : stamp);
      if (!kept.stale()) continue;
      ++drawn[i];
      const Panel panel(ui, rect, i ? "right" : "left");
      if (i == 0 && wake >= 0) ui.wake_in(wake);
      const Rect place{rect.x + 10, rect.y + 10, 120, 30};
      const Hit hit = button(ui, place, "press", i ? "here" : text);
      tooltip(ui, hit, "what it does");
      pressed += hit.clicked && i == 0;
    }
    draw_tooltip(ui);
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) robot.frame();
  }
};

}  // namespace

TEST_CASE("kept panes: nothing is drawn while nothing happens") {
  TwoPanes t(false);
  t.frames(10);
  CHECK(t.drawn[0] == 0);
  CHECK(t.drawn[1] == 0);
  CHECK(t.robot.sees("left/press"));  // its records stand
  CHECK(t.robot.sees("as it was"));
}

TEST_CASE("kept panes: a new stamp draws its pane until it is settled, and no other") {
  TwoPanes t(false);
  t.text = "another";
  t.stamp = 2;
  t.frames(10);
  CHECK(t.drawn[0] == 2);
  CHECK(t.drawn[1] == 0);
  CHECK(t.robot.sees("another"));
}

TEST_CASE("kept panes: the pane under the mouse is drawn, and can be pressed") {
  TwoPanes t(false);
  t.robot.point("left/press");
  t.drawn[0] = t.drawn[1] = 0;
  t.frames(5);
  CHECK(t.drawn[0] == 5);
  CHECK(t.drawn[1] == 0);
  t.robot.wait(0.6);
  CHECK(t.robot.sees("what it does"));
  t.robot.click("left/press");
  CHECK(t.pressed == 1);
  t.robot.platform->input.push_mouse(395, 195);
  t.frames(8);
  t.drawn[0] = 0;
  t.frames(5);
  CHECK(t.drawn[0] == 0);
}

TEST_CASE("kept panes: a key, a button or the wheel anywhere draws all of them") {
  TwoPanes t(false);
  t.robot.key("F9");
  CHECK(t.drawn[0] > 0);
  CHECK(t.drawn[1] > 0);
  t.frames(8);
  t.drawn[0] = t.drawn[1] = 0;
  t.robot.ui.disturb();
  t.frames(8);
  CHECK(t.drawn[0] > 0);
  CHECK(t.drawn[1] > 0);
}

TEST_CASE("kept panes: a pane that asked for time is drawn when the time has come") {
  TwoPanes t(false);
  t.wake = 0.5;
  t.robot.ui.disturb();
  t.frames(6);
  CHECK(t.robot.ui.sleep_seconds() > 0);  // the wish stands while the pane is kept
  CHECK(t.robot.ui.sleep_seconds() <= 0.5);
  t.drawn[0] = 0;
  t.frames(20);
  CHECK(t.drawn[0] == 0);
  t.frames(20);
  CHECK(t.drawn[0] >= 1);
  t.wake = 0;  // it moves: every frame
  t.robot.ui.disturb();
  t.frames(8);
  t.drawn[0] = 0;
  t.frames(8);
  CHECK(t.drawn[0] == 8);
}

TEST_CASE("kept panes: the keyboard's tooltip stays while its pane is at rest") {
  TwoPanes t(false);
  t.robot.key("Tab");
  t.frames(10);
  CHECK(t.robot.focused() == "left/press");
  CHECK(t.robot.sees("what it does"));
}

TEST_CASE("kept panes: a stamp that lacks something is found by drawing all the same") {
  TwoPanes t(true);
  t.frames(4);
  CHECK(t.robot.ui.kept_faults.empty());
  t.text = "changed behind its back";
  t.robot.one();  // frame() would report the faults as the test's own
  REQUIRE(t.robot.ui.kept_faults.size() == 2);
  CHECK(t.robot.ui.kept_faults[0] == "left has changed, but not its stamp");
  CHECK(t.robot.ui.kept_faults[1].find("what can be pointed at in left") == 0);
  t.robot.ui.kept_faults.clear();
}

TEST_CASE("kept panes: the picture is that of panes that are always drawn") {
  std::vector<std::uint8_t> pixels[2];
  for (const bool always : {false, true}) {
    TwoPanes t(always, Backend::headless);
    t.stamp = 2;
    t.text = "the same";
    t.frames(6);
    pixels[always] = t.robot.picture().rgb;
  }
  CHECK(pixels[0] == pixels[1]);
}
