// Slider, text field, splitter, scroll area, labels and prose.
#include "ui/robot.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("slider: by mouse and by keys, within its ends") {
  float value = 0.5f;
  Robot robot([&](Ui& ui) { slider(ui, {20, 20, 214, 20}, "speed", value, 0.1f); }, 300, 100);
  robot.drag({127, 30}, {227, 30});
  CHECK(value == doctest::Approx(1.0));
  robot.key("Tab");
  robot.keys({"Left", "Left"});
  CHECK(value == doctest::Approx(0.8));
  robot.key("Home");
  CHECK(value == 0);
  robot.key("Left");
  CHECK(value == 0);
}

TEST_CASE("text field: typing, moving, selecting, clipboard, and letters are no commands") {
  std::string text;
  FieldState state;
  int submitted = 0, read = 0;
  Robot robot(
      [&](Ui& ui) {
        submitted += text_field(ui, {20, 20, 200, 30}, "search", text, state, "search").submitted;
        if (ui.action(Action::send_read)) ++read;
        if (ui.action(Action::search)) ui.focus(ui.id("search"));
      },
      300, 100);
  robot.ui.contexts = {Context::global, Context::transport, Context::sandbox};
  robot.key("R");
  CHECK(read == 1);
  robot.key("Ctrl+F");
  CHECK(robot.ui.typing());
  for (const char* k : {"R", "2"}) robot.key(k);
  robot.type("é…");
  CHECK(text == "r2é…");
  CHECK(read == 1);
  robot.keys({"Left", "Backspace"});
  CHECK(text == "r2…");
  robot.keys({"Home", "Delete"});
  CHECK(text == "2…");
  robot.keys({"Ctrl+A", "Ctrl+C", "End", "Ctrl+V"});
  CHECK(text == "2…2…");
  robot.keys({"Ctrl+A", "Ctrl+X"});
  CHECK(text.empty());
  CHECK(robot.platform->clipboard() == "2…2…");
  robot.platform->set_clipboard("two\nlines");
  robot.keys({"Ctrl+V", "Enter"});
  CHECK(text == "two lines");
  CHECK(submitted == 1);
  robot.key("Ctrl+Backspace");
  CHECK(text == "two ");
  robot.key("Esc");
  CHECK_FALSE(robot.ui.typing());
  robot.key("R");
  CHECK(read == 2);
}

TEST_CASE("text field: what is typed within one frame is all there") {
  std::string text;
  FieldState state;
  Robot robot([&](Ui& ui) { text_field(ui, {20, 20, 200, 30}, "f", text, state); }, 300, 100);
  robot.click("f");
  robot.type("WdfIoQueueCreate");
  CHECK(text == "WdfIoQueueCreate");
}

TEST_CASE("splitter: dragged and moved by keys, within its limits") {
  float along = 100;
  Robot robot(
      [&](Ui& ui) {
        splitter(ui, {along, 0, 8, 200}, "bar", SplitterBar::upright, along, 50, 250);
      },
      400, 200);
  robot.drag({104, 100}, {164, 100});
  CHECK(along == doctest::Approx(160));
  robot.key("Tab");
  robot.key("Right");
  CHECK(along == doctest::Approx(176));
  robot.key("End");
  CHECK(along == 250);
  robot.drag({254, 100}, {0, 100});
  CHECK(along == 50);
}

TEST_CASE(
    "scroll area: wheel, keys and focus bring rows into sight; hidden rows cannot be pressed") {
  ScrollState state;
  int pressed = -1;
  Robot robot(
      [&](Ui& ui) {
        ScrollArea area(ui, {0, 0, 200, 100}, "list", state);
        const Rect c = area.content();
        for (int i = 0; i < 20; ++i) {
          const std::string name = "row " + std::to_string(i);
          if (row(ui, {c.x, c.y + 30.0f * float(i), c.w, 30}, name, name, false).clicked)
            pressed = i;
        }
        area.end(600);
      },
      300, 300);
  CHECK(robot.sees("row 2"));
  CHECK_FALSE(robot.sees("row 10"));
  robot.wheel("row 1", -3);
  CHECK(state.y > 100);
  CHECK_FALSE(robot.sees("row 0"));
  robot.click("row 6");
  CHECK(pressed == 6);
  robot.key("Tab");  // from row 6 to row 7, then on until the area has to follow
  for (int i = 0; i < 6; ++i) robot.key("Tab");
  CHECK(robot.focused() == "list/row 13");
  CHECK(robot.sees("row 13"));
  robot.ui.focus(robot.find("list").id);
  robot.key("End");
  CHECK(robot.sees("row 19"));
  CHECK(state.at_end);
  robot.key("PageUp");
  CHECK_FALSE(robot.sees("row 19"));
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
}

TEST_CASE("labels: one that does not fit is shortened and reported, unless it may be") {
  bool allowed = false;
  Robot robot(
      [&](Ui& ui) {
        label(ui, Rect{10, 10, 60, 20}, "STATUS_CANCELLED", {nullptr, {}, Align::left, allowed});
      },
      300, 100);
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).size() == 1);
  allowed = true;
  robot.frame();
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  bool fits = true;
  const std::string cut = shortened(robot.fonts.body, "ééééééééééééé", 40, fits);
  CHECK_FALSE(fits);
  CHECK(cut.size() >= 3);
  CHECK(cut.substr(cut.size() - 3) == "…");
  CHECK((cut.size() - 3) % 2 == 0);  // no character was cut in two
}

TEST_CASE("faults: overlap, cut text and things outside their panel are found") {
  int mistake = 0;
  Robot robot(
      [&](Ui& ui) {
        Panel panel(ui, {10, 10, 200, 100}, "panel");
        button(ui, {20, 20, 80, 30}, "one", "One");
        button(ui, {mistake == 1 ? 60.0f : 110.0f, 20, 80, 30}, "two", "Two");
        if (mistake == 2) button(ui, {150, 90, 80, 40}, "three", "Three");
        if (mistake == 3) button(ui, {20, 60, 30, 20}, "four", "A long label");
        if (mistake == 4) label(ui, Point{2000, 20}, "gone");
        if (mistake == 5) button(ui, {20, 60, 80, 20}, "one", "Again");
      },
      300, 200);
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  const char* expected[] = {"overlaps", "sticks out of panel", "is cut short", "cannot be seen",
                            "two items are called"};
  for (mistake = 1; mistake <= 5; ++mistake) {
    robot.frame();
    const auto faults = layout_faults(robot.ui.rects, robot.ui.screen);
    REQUIRE(faults.size() == 1);
    CHECK_MESSAGE(faults[0].find(expected[mistake - 1]) != std::string::npos, faults[0]);
  }
}

TEST_CASE("prose: bold, code, lists and links are set, wrapped and counted") {
  std::string link;
  const char* text =
      "One **bold** word and `code`.\nSame paragraph.\n\n- first\n- second\n\n1. one\n2. two\n\n"
      "Read [the page](https://example.org/a).\n\n    code block\n";
  Robot robot(
      [&](Ui& ui) {
        const auto result = prose(ui, {10, 10, 200, 400}, "beat", text);
        if (!result.clicked_link.empty()) link = result.clicked_link;
        CHECK(result.height == doctest::Approx(prose_height(ui, 200, text)));
      },
      300, 500);
  CHECK(prose_plain(text) ==
        "One bold word and code. Same paragraph.\n• first\n• second\n1. one\n2. two\nRead the "
        "page.\ncode block\n");
  robot.click("the page");
  CHECK(link == "https://example.org/a");
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
}

TEST_CASE("prose: a narrower column is higher, and too low a box is reported") {
  const char* text = "A sequential queue hands over one request at a time, and waits for it.";
  float height = 400;
  Robot robot([&](Ui& ui) { prose(ui, {10, 10, 150, height}, "p", text); }, 300, 500);
  CHECK(prose_height(robot.ui, 120, text) > prose_height(robot.ui, 280, text));
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  height = 20;
  robot.frame();
  CHECK(layout_faults(robot.ui.rects, robot.ui.screen).size() == 1);
}

TEST_CASE(
    "text: a long name goes on behind an underscore or before a capital, and nothing is lost") {
  Robot robot([](Ui&) {}, 300, 500);
  const Font& font = robot.ui.fonts->body;
  for (const std::string_view name :
       {"STATUS_INVALID_DEVICE_REQUEST", "WdfRequestCompleteWithInformation",
        "EvtIoCanceledOnQueue", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜ"}) {
    CAPTURE(name);
    for (const float width : {60.0f, 100.0f, 160.0f, 400.0f}) {
      CAPTURE(width);
      std::string all;
      for (const std::string_view line : wrapped(font, name, width)) {
        CHECK(text_width(font, line) <= width + 0.5f);
        REQUIRE(!line.empty());
        if (!all.empty()) CHECK((line[0] & 0xC0) != 0x80);  // no character is torn
        all += line;
      }
      CHECK(all == name);
    }
  }
  CHECK(wrapped(font, "STATUS_INVALID_DEVICE_REQUEST", 130).front().back() == '_');
  const auto call = wrapped(font, "WdfRequestCompleteWithInformation", 140);
  REQUIRE(call.size() > 1);
  CHECK(call[1][0] >= 'A');
  CHECK(call[1][0] <= 'Z');
}

TEST_CASE("prose: a STATUS_ name that is wider than its column stays inside it") {
  for (const float width : {110.0f, 150.0f, 240.0f}) {
    CAPTURE(width);
    float right = 0;
    const char* text = "It says STATUS_INVALID_DEVICE_STATE, or **STATUS_INSUFFICIENT_RESOURCES**.";
    Robot robot(
        [&](Ui& ui) {
          const int before = ui.draw->VtxBuffer.Size;
          prose(ui, {10, 10, width, 400}, "p", text);
          for (int i = before; i < ui.draw->VtxBuffer.Size; ++i)
            right = std::max(right, ui.draw->VtxBuffer[i].pos.x);
        },
        300, 500);
    robot.frame();
    CHECK(right > 10 + width / 2);
    CHECK(right <= 10 + width + 1);
    CHECK(layout_faults(robot.ui.rects, robot.ui.screen).empty());
  }
}
