#include "ui/app_window.h"

namespace qs::ui {

AppWindow::AppWindow(const char* program, int width, int height, float scale,
                     std::string_view theme)
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

AppWindow::~AppWindow() = default;

void AppWindow::settle() {
  for (int i = 0; i < 20000 && app.screen().playing(); ++i) robot.frame();
  CHECK_FALSE(app.screen().playing());
}

std::string AppWindow::faults() {
  robot.frame();
  robot.frame();
  std::string text;
  for (const std::string& fault : layout_faults(robot.ui.rects, robot.ui.screen))
    text += fault + "\n";
  return text;
}

}  // namespace qs::ui
