// Input, pictures and failures of ui/platform, without a display.
#include "ui/platform/platform.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "ui/platform/raster.h"
#include "ui/robot.h"
#include "ui/toolkit/core/draw.h"

using namespace qs;
using namespace qs::ui;

TEST_CASE("input: a press and a release that arrive together are spread over two frames") {
  InputQueue queue;
  queue.push_click(10, 20);
  FrameInput in = queue.next({});
  CHECK(in.pressed == 0);
  CHECK(in.down[0]);
  CHECK(in.mouse_x == 10);
  CHECK(queue.pending());
  in = queue.next(in);
  CHECK(in.released == 0);
  CHECK_FALSE(in.down[0]);
  CHECK_FALSE(queue.pending());
  in = queue.next(in);
  CHECK(in.released == -1);
}

TEST_CASE("input: no key press is lost, and its character comes with it") {
  InputQueue queue;
  for (const Key k : {Key::r, Key::w, Key::right}) queue.push_key(k);
  FrameInput in = queue.next({});
  CHECK(in.key == Key::r);
  CHECK(in.text == U'r');
  in = queue.next(in);
  CHECK(in.key == Key::w);
  in = queue.next(in);
  CHECK(in.key == Key::right);
  CHECK(in.text == 0);
  CHECK(queue.next(in).key == Key::none);
}

TEST_CASE(
    "input: moves and wheel notches of one frame are taken together, Ctrl types no character") {
  InputQueue queue;
  queue.push_mouse(1, 1);
  queue.push_wheel(0, 1);
  queue.push_mouse(5, 6);
  queue.push_wheel(0, 2, mod_ctrl);
  const FrameInput in = queue.next({});
  CHECK(in.mouse_x == 5);
  CHECK(in.wheel_y == 3);
  CHECK(in.mods == mod_ctrl);
  queue.push_key(Key::p, mod_ctrl);
  CHECK(queue.next(in).text == 0);
}

TEST_CASE("input: UTF-8 is decoded, and damage becomes a replacement character") {
  std::string_view text = "aé…\xFFz\xC3";
  CHECK(next_codepoint(text) == U'a');
  CHECK(next_codepoint(text) == 0xE9);
  CHECK(next_codepoint(text) == 0x2026);
  CHECK(next_codepoint(text) == 0xFFFD);
  CHECK(next_codepoint(text) == U'z');
  CHECK(next_codepoint(text) == 0xFFFD);
  CHECK(next_codepoint(text) == 0);
}

namespace {

// A frame drawn by `draw` on black, 64 x 64.
Picture drawn_plain(const Robot::Draw& draw) {
  Robot robot(draw, 64, 64, 1, "dark", Backend::headless);
  return robot.picture();
}

int red(const Picture& p, int x, int y) { return p.rgb[std::size_t((y * p.width + x) * 3)]; }
int blue(const Picture& p, int x, int y) { return p.rgb[std::size_t((y * p.width + x) * 3 + 2)]; }

}  // namespace

TEST_CASE("raster: a box fills exactly its pixels, red is red") {
  const Picture p = drawn_plain([](Ui& ui) { fill(ui, {10, 20, 5, 3}, Color{200, 0, 7, 255}); });
  int count = 0;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) count += red(p, x, y) != 0;
  }
  CHECK(count == 15);
  CHECK(red(p, 10, 20) == 200);
  CHECK(blue(p, 14, 22) == 7);
  CHECK(red(p, 15, 22) == 0);
}

TEST_CASE("raster: triangles that share an edge neither overlap nor leave a gap") {
  const Picture p = drawn_plain([](Ui& ui) {
    ui.draw->Flags &= ~ImDrawListFlags_AntiAliasedFill;
    // A fan around a crooked middle, half transparent: a pixel drawn twice would be lighter.
    const ImVec2 middle(31.3f, 30.7f);
    const ImVec2 rim[] = {{5, 5}, {60.2f, 8.1f}, {57, 58.6f}, {30.1f, 61}, {4.4f, 50}, {5, 5}};
    for (int i = 0; i < 5; ++i) {
      ui.draw->AddTriangleFilled(middle, rim[i], rim[i + 1], IM_COL32(255, 255, 255, 128));
    }
  });
  int twice = 0, holes = 0;
  const int once = red(p, 31, 20);
  CHECK(once > 100);
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) twice += red(p, x, y) > once;
  }
  for (int x = 10; x < 50; ++x) holes += red(p, x, 30) == 0;
  CHECK(twice == 0);
  CHECK(holes == 0);
}

TEST_CASE("raster: a disc is smooth at its edge and the same in all four quarters") {
  const Picture p = drawn_plain([](Ui& ui) { disc(ui, {32, 32}, 20, Color{255, 255, 255, 255}); });
  int soft = 0;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      const int v = red(p, x, y);
      soft += v > 20 && v < 235;
      const double d = std::hypot(x + 0.5 - 32, y + 0.5 - 32);
      if (d < 18.5) CHECK(v == 255);
      if (d > 21.5) CHECK(v == 0);
      CHECK(std::abs(v - red(p, 63 - x, 63 - y)) <= 48);
    }
  }
  CHECK(soft > 60);
}

TEST_CASE("raster: what lies outside the clip is not drawn") {
  const Picture p = drawn_plain([](Ui& ui) {
    const Clip clip(ui, {16, 16, 8, 8});
    fill(ui, {0, 0, 64, 64}, Color{255, 255, 255, 255});
    disc(ui, {20, 20}, 30, Color{255, 255, 255, 255});
    draw_text(ui, Point{0, 15}, ui.fonts->huge, Color{255, 255, 255, 255}, "MMMMMM");
  });
  int count = 0;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) count += red(p, x, y) != 0;
  }
  CHECK(count == 64);
}

TEST_CASE("headless: two runs give the same picture, bit for bit") {
  const auto draw = [](Ui& ui) {
    draw_text(ui, Point{4, 4}, ui.fonts->body, ui.theme->text, "QueueScope");
    ring(ui, {30, 40}, 12, ui.theme->accent, 2.5f);
  };
  const Picture a = drawn_plain(draw), b = drawn_plain(draw);
  CHECK(a.rgb == b.rgb);
  CHECK(a.width == 64);
}

TEST_CASE("platform: without a display each window says so in one sentence") {
  if (std::getenv("DISPLAY") && *std::getenv("DISPLAY")) return;
  for (const Backend backend : {Backend::glfw_gl3, Backend::sdl2}) {
    auto made = Platform::create(backend, {});
    REQUIRE_FALSE(made.ok());
    CHECK(made.error().text().find("the command line") != std::string::npos);
    CHECK(made.error().text().find('\n') == std::string::npos);
  }
}

TEST_CASE("platform: several live at a time, and go in any order") {
  Robot window([](Ui& ui) { fill(ui, ui.screen, ui.theme->background); }, 100, 50);
  {
    Robot larger([](Ui&) {}, 200, 100, 2, "dark", Backend::headless);
    window.platform->input.push_mouse(3, 4);
    window.frame();
    CHECK(larger.picture().width == 200);
  }
  window.platform->input.push_mouse(5, 6);
  window.frame();  // with the context of the other gone
  CHECK(window.ui.in.mouse_x == 5);

  auto first = std::make_unique<Robot>([](Ui&) {}, 10, 10);
  auto second = std::make_unique<Robot>([](Ui&) {}, 20, 20);
  first.reset();
  second->frame();
  second.reset();
  window.frame();
  CHECK(window.ui.screen.w == 100);
}

TEST_CASE("platform: backends are found by name, and only those") {
  Backend backend = Backend::null_host;
  CHECK(find_backend("glfw", backend));
  CHECK(backend == Backend::glfw_gl3);
  CHECK(find_backend("headless", backend));
  CHECK_FALSE(find_backend("opengl", backend));
}

TEST_CASE("platform: a picture that cannot be written names the file") {
  const Picture p{1, 1, {0, 0, 0}};
  const auto wrote = write_png(p, "/nonexistent-folder/x.png");
  REQUIRE_FALSE(wrote.ok());
  CHECK(wrote.error().text().find("/nonexistent-folder/x.png") != std::string::npos);
  CHECK_FALSE(write_png(Picture{}, "x.png").ok());
}

TEST_CASE("platform: a null window keeps its clipboard and takes a new size") {
  Robot robot([](Ui&) {}, 100, 50);
  robot.platform->set_clipboard("schedule");
  CHECK(robot.platform->clipboard() == "schedule");
  robot.platform->resize(300, 200);
  robot.frame();
  CHECK(robot.ui.screen.w == 300);
  CHECK(robot.platform->read_rgb().rgb.empty());
}
