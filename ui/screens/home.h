// The home page: a queue at work, where to continue, and the course by tracks with its progress.
// Owns: HomeScreen. Shown by the app; opens what is chosen. Names in the registry: home/glimpse,
// home/continue, home/go, home/sandbox, home/class, home/track/1, home/first-request.
#pragma once
#include <memory>

#include "lesson/tutor/progress.h"
#include "ui/panes/glimpse/glimpse.h"
#include "ui/screens/screen.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// The list of lessons, and the run above it.
struct HomeState {
  ScrollState scroll;
  GlimpseState glimpse;
};

class HomeScreen final : public Screen {
 public:
  using Screen::Screen;
  void pass(Ui&, double seconds) override { passed_ += seconds; }
  void draw_bar(Ui& ui, Rect row) override;
  void draw(Ui& ui, const Rect& page) override;
  void leave() override { progress_.reset(); }  // it is read again: lessons change it

  HomeState state;

 private:
  std::unique_ptr<lesson::Progress> progress_;
  double passed_ = 0;  // seconds that the run has not seen yet
};

}  // namespace qs::ui
