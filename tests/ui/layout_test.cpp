// Every screen at every size and scale: nothing overlaps, nothing is clipped.
#include <doctest/doctest.h>

#include "robot.h"
#include "ui/app/app.h"

using namespace qs;
using namespace qs::ui;

namespace {

constexpr int kSizes[][2] = {{1024, 700}, {1440, 900}, {1920, 1080}, {3840, 2160}};
constexpr float kScales[] = {1, 2, 3};

struct Screenful {
  Settings settings;
  App app{settings};
  Robot robot;

  Screenful(const char* program, int width, int height, float scale)
      : robot([this](Ui& ui) { app.draw(ui, 0); }, width, height, scale) {
    settings.reduced_motion = true;
    if (program) app.open_named(program);
    robot.frame();
  }
  std::string faults() {
    robot.frame();
    robot.frame();
    std::string text;
    for (const std::string& fault : layout_faults(robot.ui.rects, robot.ui.screen))
      text += fault + "\n";
    return text;
  }
};

void check(const char* program, Pane whole, bool projector, std::initializer_list<int> percent) {
  for (auto [width, height] : kSizes)
    for (float scale : kScales) {
      CAPTURE(width);
      CAPTURE(height);
      CAPTURE(scale);
      Screenful s(program, width, height, scale);
      s.settings.projector = projector;
      s.app.whole = whole;
      if (!s.app.session) {
        CHECK(s.faults() == "");
        continue;
      }
      const size_t first = s.app.session->ready(), last = s.app.session->moment().trace->size();
      for (int p : percent) {
        CAPTURE(p);
        s.app.session->apply(cmd::Seek{double(first + (last - first) * size_t(p) / 100)});
        CHECK(s.faults() == "");
      }
    }
}

}  // namespace

TEST_CASE("layout: the list of lessons at four sizes and three scales") {
  check(nullptr, Pane::none, false, {});
}

TEST_CASE("layout: a lesson at four sizes and three scales") {
  check("first-request", Pane::none, false, {0, 30, 60, 100});
}

TEST_CASE("layout: the sandbox at four sizes and three scales") {
  check("sandbox", Pane::none, false, {100});
}

TEST_CASE("layout: projector mode at four sizes and three scales") {
  check("first-request", Pane::none, true, {0, 60, 100});
}

TEST_CASE("layout: each pane alone at four sizes and three scales") {
  for (Pane pane : {Pane::stage, Pane::code, Pane::inspector, Pane::timeline}) {
    CAPTURE(int(pane));
    check("first-request", pane, false, {40, 100});
  }
}
