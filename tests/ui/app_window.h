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
                     float scale = 1, std::string_view theme = "dark");
  ~AppWindow();
  // Plays on until the run rests by itself.
  void settle();
  // What is wrong with the layout as it is now, a fault a line; "" when nothing is.
  // A test may have changed what no key or click did.
  std::string faults();
};

}  // namespace qs::ui
