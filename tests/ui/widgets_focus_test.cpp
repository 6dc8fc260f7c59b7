// Mouse, keyboard focus, groups, actions, layers: what Ui decides.
#include "ui/robot.h"
#include "ui/symbols/token.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/dialog.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/presenter.h"
#include "ui/toolkit/controls/tooltip.h"

using namespace qs;
using namespace qs::ui;

namespace {

// Three buttons, a group of three tokens, and a counter for the action "play or pause".
struct Page {
  int a = 0, b = 0, play = 0, step = 0, rights = 0, doubles = 0;
  bool b_greyed = false, show_b = true;
  Point dragged;
  std::string dropped_on;
  void draw(Ui& ui) {
    if (button(ui, {10, 10, 80, 30}, "a", "A").clicked) ++a;
    if (show_b) {
      const Hit hit = button(ui, {110, 10, 80, 30}, "b", "B", {.disabled = b_greyed});
      b += hit.clicked;
      rights += hit.right_clicked;
      doubles += hit.double_clicked;
    }
    const IdScope scope(ui, "tube");
    for (int i = 0; i < 3; ++i) {
      const std::string name = "R" + std::to_string(i);
      TokenStyle style;
      style.label = name;
      const Hit hit = token(ui, {30 + 50.0f * float(i), 100}, name, style, ui.id("group"));
      if (hit.dragging) dragged = hit.drag_total;
      if (hit.dropped) {
        const ItemRecord* target = ui.last.find(ui.drop_target());
        dropped_on = target ? std::string(ui.last.name(*target)) : "";
      }
    }
    button(ui, {10, 150, 80, 30}, "last", "Last");
    if (ui.action(Action::play_pause)) ++play;
    if (ui.action(Action::step_forward)) ++step;
  }
};

}  // namespace

TEST_CASE("mouse: a click counts where the button went down and up") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  robot.click("a");
  CHECK(page.a == 1);
  robot.drag(robot.find("a").rect.center(), robot.find("b").rect.center());
  CHECK(page.a == 1);
  CHECK(page.b == 0);
  robot.right_click("b");
  CHECK(page.rights == 1);
  CHECK(page.b == 0);
}

TEST_CASE("mouse: two quick clicks are a double click, two slow ones are not") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  robot.click("b");
  robot.click("b");
  CHECK(page.doubles == 1);
  robot.wait(1);
  robot.click("b");
  robot.wait(1);
  robot.click("b");
  CHECK(page.doubles == 1);
  CHECK(page.b == 4);
}

TEST_CASE("mouse: a token can be dragged and let go over something") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  const Point from = robot.find("tube/R0").rect.center(), to = robot.find("last").rect.center();
  robot.drag(from, to);
  CHECK(page.dragged.y == doctest::Approx(to.y - from.y));
  CHECK(page.dropped_on == "tube/last");
}

TEST_CASE(
    "keys: Space plays until the keyboard focus is in use; a mouse click does not change that") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  robot.key("Space");
  CHECK(page.play == 1);
  robot.click("a");
  robot.key("Space");
  CHECK(page.play == 2);
  CHECK(page.a == 1);
  robot.key("Tab");
  robot.key("Space");
  CHECK(page.play == 2);
  robot.key("Esc");
  robot.key("Space");
  CHECK(page.play == 3);
}

TEST_CASE("keys: arrows move inside a group, and step the run everywhere else") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  robot.key("Right");
  CHECK(page.step == 1);
  robot.keys({"Tab", "Tab", "Tab"});
  CHECK(robot.focused() == "tube/R0");
  robot.key("Right");
  CHECK(robot.focused() == "tube/R1");
  robot.key("End");
  CHECK(robot.focused() == "tube/R2");
  robot.key("Right");
  CHECK(robot.focused() == "tube/R0");
  CHECK(page.step == 1);
  robot.key("Tab");
  CHECK(robot.focused() == "tube/last");
}

TEST_CASE("keys: greyed things are passed over, and a focus that disappears goes on nearby") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  page.b_greyed = true;
  robot.frame();
  robot.keys({"Tab", "Tab"});
  CHECK(robot.focused() == "tube/R0");
  page.b_greyed = false;
  robot.frame();
  robot.ui.focus(robot.find("b").id);
  robot.frame();
  page.show_b = false;
  robot.frame();
  robot.frame();
  robot.key("Tab");
  CHECK_FALSE(robot.focused().empty());
}

TEST_CASE("menu: by mouse, by arrows and by letter; Esc gives the focus back") {
  int chosen = -1;
  bool forced = false;
  int a = 0;
  Robot robot(
      [&](Ui& ui) {
        const Hit hit = button(ui, {10, 10, 80, 30}, "a", "A");
        a += hit.clicked;
        if (hit.right_clicked) open_menu(ui, hit);
        const std::vector<MenuEntry> entries = {
            {"Complete", "C", "", false, false, false},
            {"Requeue", "R", "only from a manual queue (F-01)", true, false, false},
            {"Unmark", "U", "it is not cancelable (C-02)", false, false, false},
            {"Cancel", "X", "", false, false, false}};
        if (const MenuChoice c = menu(ui, hit.id, "R2", entries)) {
          chosen = c.index;
          forced = c.forced;
        }
      },
      500, 400);
  robot.right_click("a");
  CHECK(robot.sees("menu/Complete"));
  robot.click("menu/Cancel");
  CHECK(chosen == 3);
  CHECK_FALSE(robot.sees("menu/Complete"));

  robot.right_click("a");
  robot.key("X");
  CHECK(chosen == 3);
  chosen = -1;
  robot.key("Tab");
  robot.key("Menu");
  REQUIRE(robot.sees("menu/Complete"));
  robot.key("Enter");
  CHECK(chosen == 0);
  CHECK(robot.focused() == "a");

  // Greyed: says why and stays; may be forced where that is allowed.
  chosen = -1;
  robot.key("Menu");
  robot.key("R");
  CHECK(chosen == -1);
  CHECK(robot.sees("menu/Requeue"));
  bool reason = false;
  for (const ItemRecord& r : robot.ui.rects.all()) {
    reason |=
        robot.ui.rects.text(r).find("only from a manual queue (F-01)") != std::string_view::npos;
  }
  CHECK(reason);
  robot.key("Shift+Enter");
  CHECK(chosen == 1);
  CHECK(forced);
  chosen = -1;
  robot.key("Menu");
  robot.keys({"Down", "Down", "Shift+Enter"});
  CHECK(chosen == -1);  // this one cannot be forced
  robot.key("Esc");
  CHECK_FALSE(robot.sees("menu/Complete"));
  CHECK(robot.focused() == "a");
  CHECK(a == 0);
}

TEST_CASE("menu: a press outside closes it and presses nothing below") {
  int below = 0;
  Robot robot(
      [&](Ui& ui) {
        const Hit hit = button(ui, {10, 10, 80, 30}, "a", "A");
        if (hit.right_clicked) open_menu(ui, hit);
        below += button(ui, {400, 350, 80, 30}, "below", "Below").clicked;
        menu(ui, hit.id, "R2", {{"Complete", "C", "", false, false, false}});
      },
      500, 400);
  robot.right_click("a");
  robot.click("below");
  CHECK(below == 0);
  CHECK_FALSE(robot.sees("menu/Complete"));
  robot.click("below");
  CHECK(below == 1);
}

TEST_CASE("tooltip: appears after a moment, wakes the window for it, and may be switched off") {
  Robot robot(
      [&](Ui& ui) {
        button(ui, {10, 10, 80, 30}, "a", "A", {.reason = "presses A", .key = "Q"});
        draw_tooltip(ui);
      },
      400, 300);
  robot.point("a");
  CHECK_FALSE(robot.sees("presses A  [Q]"));
  CHECK(robot.ui.sleep_seconds() > 0);
  CHECK(robot.ui.sleep_seconds() < 0.5);
  robot.wait(0.6);
  CHECK(robot.sees("presses A  [Q]"));
  CHECK(robot.ui.sleep_seconds() < 0);  // nothing more to wait for
  robot.ui.tooltips = false;
  robot.frame();
  CHECK_FALSE(robot.sees("presses A  [Q]"));
}

TEST_CASE("idle: a page on which nothing moves asks for no frame") {
  Page page;
  Robot robot([&](Ui& ui) { page.draw(ui); }, 400, 300);
  CHECK(robot.ui.sleep_seconds() < 0);
}

TEST_CASE("dialog: keeps mouse and keyboard to itself, closes three ways, gives the focus back") {
  DialogState state;
  int below = 0, inside = 0, play = 0;
  Robot robot(
      [&](Ui& ui) {
        below += button(ui, {10, 10, 80, 30}, "below", "Below").clicked;
        if (ui.action(Action::help)) open_dialog(ui, state);
        if (ui.action(Action::play_pause)) ++play;
        if (state.open) {
          Dialog dialog(ui, state, "help", "Keys and help", 300, 200);
          Rect r = dialog.inner();
          inside += button(ui, cut_top(r, 30), "inside", "Inside").clicked;
        }
      },
      600, 400);
  robot.key("Tab");
  CHECK(robot.focused() == "below");
  robot.key("?");
  REQUIRE(state.open);
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  robot.key("Space");
  CHECK(play == 0);
  robot.keys({"Tab", "Tab", "Enter"});
  CHECK(inside == 1);
  robot.keys({"Tab", "Tab"});
  CHECK(robot.focused() == "help/inside");  // round and round inside
  robot.key("Esc");
  CHECK_FALSE(state.open);
  CHECK(robot.focused() == "below");

  robot.key("?");
  robot.click("below");  // a press outside: closes, presses nothing
  CHECK_FALSE(state.open);
  CHECK(below == 0);
  robot.key("?");
  robot.click("help/close");
  CHECK_FALSE(state.open);
}

TEST_CASE("presenter: presses and keys are shown and fade; then the window sleeps again") {
  PresenterState state;
  Robot robot([&](Ui& ui) { draw_presenter(ui, state, ui.screen.bottom()); }, 600, 400, 1, "light",
              Backend::headless);
  const Picture before = robot.picture();
  robot.key("Ctrl+K");
  CHECK(state.key == "Ctrl+K");
  CHECK(robot.picture().rgb != before.rgb);
  robot.key("?");
  CHECK(state.key == "?");
  robot.wait(1.5);
  CHECK(robot.picture().rgb == before.rgb);
  CHECK(robot.ui.sleep_seconds() < 0);
  robot.platform->input.push_click(100, 100);
  robot.frame();
  CHECK(robot.picture().rgb != before.rgb);
}
