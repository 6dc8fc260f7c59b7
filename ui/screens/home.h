// The home page: where to continue, and the course by tracks with its progress. Owns: HomeScreen.
// Shown by the app; opens what is chosen. Names in the registry: home/continue, home/go,
// home/sandbox, home/class, home/track/1, home/first-request.
#pragma once
#include <memory>

#include "lesson/tutor/progress.h"
#include "ui/screens/screen.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

class HomeScreen final : public Screen {
 public:
  using Screen::Screen;
  void draw_bar(Ui& ui, Rect row) override;
  void draw(Ui& ui, const Rect& page) override;
  void leave() override { progress_.reset(); }  // it is read again: lessons change it

 private:
  std::unique_ptr<lesson::Progress> progress_;
  ScrollState scroll_;
};

}  // namespace qs::ui
