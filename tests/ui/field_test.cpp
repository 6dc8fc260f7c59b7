// The text field: undo, words, selection by mouse and keys, the clipboard, and any character.
#include "ui/app/host.h"
#include "ui/robot.h"
#include "ui/toolkit/controls/control.h"

using namespace qs;
using namespace qs::ui;

namespace {

struct Field {
  std::string text;
  FieldState state;
  Robot robot{[this](Ui& ui) { text_field(ui, {20, 20, 300, 30}, "f", text, state); }, 400, 100};

  Field() { robot.click("f"); }
  std::string copied() {
    robot.key("Ctrl+C");
    return robot.platform->clipboard();
  }
  // The pixel at the left of the byte `at` of the text.
  Point at(size_t byte) {
    const Rect r = robot.find("f").rect;
    return {r.x + 9 + text_width(robot.fonts.body, std::string_view(text).substr(0, byte)) + 1,
            r.center().y};
  }
};

}  // namespace

TEST_CASE("text field: what was done is undone and done again, also a word and a paste") {
  Field f;
  f.robot.type("one two");
  f.robot.key("Ctrl+Backspace");
  CHECK(f.text == "one ");
  f.robot.key("Ctrl+Z");
  CHECK(f.text == "one two");
  f.robot.key("Ctrl+Y");
  CHECK(f.text == "one ");
  f.robot.platform->set_clipboard("drei");
  f.robot.key("Ctrl+V");
  CHECK(f.text == "one drei");
  f.robot.key("Ctrl+Z");
  CHECK(f.text == "one ");
  f.robot.key("Ctrl+Shift+Z");
  CHECK(f.text == "one drei");
  for (int i = 0; i < 40; ++i) f.robot.key("Ctrl+Z");
  CHECK(f.text.empty());
  for (int i = 0; i < 40; ++i) f.robot.key("Ctrl+Y");
  CHECK(f.text == "one drei");
}

TEST_CASE("text field: another text in it is another text, with nothing to undo") {
  Field f;
  f.robot.type("mine");
  f.text = "yours";
  f.robot.frame();
  f.robot.key("Ctrl+Z");
  CHECK(f.text == "yours");
  f.robot.key("End");
  f.robot.type("!");
  CHECK(f.text == "yours!");
}

TEST_CASE("text field: Ctrl moves by words, Shift selects, Delete takes a word") {
  Field f;
  f.robot.type("send read 16 file=A");
  f.robot.keys({"Ctrl+Left", "Ctrl+Shift+Left"});
  CHECK(f.copied() == "file=");
  f.robot.keys({"Home", "Ctrl+Right", "Ctrl+Shift+Right"});
  CHECK(f.copied() == "read ");
  f.robot.keys({"Home", "Ctrl+Delete"});
  CHECK(f.text == "read 16 file=A");
  f.robot.keys({"End", "Shift+Home"});
  CHECK(f.copied() == "read 16 file=A");
  f.robot.keys({"Home", "Shift+Right", "Shift+Right", "Ctrl+X"});
  CHECK(f.text == "ad 16 file=A");
  f.robot.keys({"End", "Shift+Insert"});
  CHECK(f.text == "ad 16 file=Are");
  f.robot.keys({"Shift+Home", "Shift+Delete"});
  CHECK(f.text.empty());
}

TEST_CASE("text field: the mouse sets the caret, drags a selection, with Shift extends it") {
  Field f;
  f.robot.type("queue default");
  f.robot.drag(f.at(6), f.at(13));
  CHECK(f.copied() == "default");
  f.robot.drag(f.at(5), f.at(5));
  f.robot.type("s");
  CHECK(f.text == "queues default");
  f.robot.wait(1);
  const Point p = f.at(2);
  f.robot.platform->input.push_mouse(p.x, p.y);
  f.robot.platform->input.push_button(MouseButton::left, true, mod_shift);
  f.robot.platform->input.push_button(MouseButton::left, false, mod_shift);
  f.robot.frame();
  f.robot.frame();
  CHECK(f.copied() == "eues");
}

TEST_CASE("text field: a double click selects a word") {
  Field f;
  f.robot.type("send read_all 16");
  f.robot.wait(1);
  const Point p = f.at(7);
  for (int i = 0; i < 2; ++i) f.robot.platform->input.push_click(p.x, p.y);
  f.robot.frame();
  f.robot.frame();
  CHECK(f.copied() == "read_all");
  f.robot.wait(1);  // two clicks at two places are no double click
  for (const size_t at : {2, 12}) {
    const Point q = f.at(at);
    f.robot.platform->input.push_click(q.x, q.y);
  }
  f.robot.frame();
  f.robot.type("!");
  CHECK(f.text == "send read_al!l 16");
}

TEST_CASE("text field: any character goes in, moves as one, and comes out as it was") {
  Field f;
  const std::string all = "aé€😀漢\u0416";
  f.robot.type(all);
  CHECK(f.text == all);
  f.robot.keys({"Home", "Right", "Right", "Right", "Delete"});
  CHECK(f.text == "aé€漢\u0416");
  f.robot.keys({"End", "Backspace", "Backspace"});
  CHECK(f.text == "aé€");
  f.robot.platform->set_clipboard("👩🏽 \xFF?");
  f.robot.key("Ctrl+V");
  CHECK(f.text == "aé€👩🏽 \uFFFD?");
  for (int i = 0; i < 40; ++i) f.robot.key("Ctrl+Z");
  CHECK(f.text.empty());
}

TEST_CASE("letters that the fonts were not made with are fetched when they are first drawn") {
  auto made = Host::create(Backend::null_host, {}, Settings{});
  REQUIRE(made.ok());
  Host& host = **made;
  const auto frame = [&](std::string_view text) {
    host.frame([&](Ui& ui, double) {
      draw_text(ui, Point{10, 10}, ui.fonts->body, ui.theme->text, text);
      draw_text(ui, Point{10, 40}, ui.fonts->mono, ui.theme->text, text);
    });
    host.next();
  };
  frame("queue");
  CHECK(host.ui.sleep_seconds() < 0);
  frame("Ωмега");
  CHECK(host.ui.sleep_seconds() == 0);  // another frame, with them
  frame("Ωмега");
  CHECK(host.ui.sleep_seconds() < 0);
  for (const char32_t c : {U'Ω', U'м'}) {
    CHECK(compat::has_glyph(host.ui.fonts->body, c));
    CHECK(compat::has_glyph(host.ui.fonts->mono, c));
  }
}

TEST_CASE("what no typeface has is a frame with its number: as wide as measured, and seen") {
  Robot robot([](Ui&) {}, 200, 100, 1, "dark", Backend::headless);
  const Font& font = robot.fonts.body;
  for (const char* text : {"漢", "😀", "\U0010FFFF", "a漢b😀c"}) {
    CAPTURE(text);
    float width = 0;
    Robot one(
        [&](Ui& ui) {
          fill(ui, ui.screen, ui.theme->background);
          draw_text(ui, Point{20, 20}, ui.fonts->body, ui.theme->text, text);
          width = text_width(ui.fonts->body, text);
        },
        200, 60, 1, "dark", Backend::headless);
    const Picture p = one.picture();
    int right = 0;
    for (int y = 0; y < p.height; ++y)
      for (int x = 0; x < p.width; ++x)
        if (std::memcmp(&p.rgb[size_t(y * p.width + x) * 3], &p.rgb[0], 3) != 0)
          right = std::max(right, x);
    CHECK(right > 20 + width - 6);
    CHECK(right <= 20 + width + 1);
  }
  CHECK(text_width(font, "漢") != text_width(font, "😀"));
  CHECK(text_width(font, "漢字") == doctest::Approx(2 * text_width(font, "漢")));
  // Private signs and characters that a face lacks never loop the window.
  CHECK(missed_glyphs().find("漢") == std::string::npos);
}
