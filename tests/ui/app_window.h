// The whole window for tests: an App under a Robot, with time passing as the robot's clock does.
// Used by every test of tests/ui that needs more than one pane; pictures.h keeps its looks.
#pragma once

#include <string>

#include "ui/app/app.h"
#include "ui/robot.h"

namespace qs::ui {

struct AppWindow {
  Settings settings;
  App app{settings};
  double last = -1;
  Robot robot;

  // Opens what is named; nullptr: the list of lessons.
  explicit AppWindow(const char* program = nullptr, int width = 1680, int height = 980,
                     float scale = 1, std::string_view theme = "dark")
      : robot(
            [this](Ui& ui) {
              const double passed = last < 0 ? 0 : ui.now - last;
              last = ui.now;
              app.draw(ui, passed);
            },
            width, height, scale, theme) {
    if (program) app.open_named(program);
    robot.frame();
  }
  // Plays on until the run rests by itself.
  void settle() {
    for (int i = 0; i < 20000 && app.playing(); ++i) robot.frame();
    CHECK_FALSE(app.playing());
  }
  // What is wrong with the layout as it is now, a fault a line; "" when nothing is.
  // A test may have changed what no key or click did.
  std::string faults() {
    robot.ui.disturb();
    robot.frame();
    robot.frame();
    std::string text;
    for (const std::string& fault : layout_faults(robot.ui.rects, robot.ui.screen))
      text += fault + "\n";
    return text;
  }
};

}  // namespace qs::ui
