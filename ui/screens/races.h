// Races: can the run of another screen go wrong, under any schedule? Owns: RacesScreen. It only
// borrows the run; what was found stays until another run is asked about. The search goes on in
// slices of a few milliseconds a frame while it is shown, and rests while it is not.
#pragma once
#include <string>

#include "ui/panes/races/races.h"
#include "ui/screens/run.h"

namespace qs::ui {

class RacesScreen final : public Screen {
 public:
  using Screen::Screen;

  // Asks about this screen's run. The screen outlives this one.
  void open(RunScreen& source, ScreenId shown_by);
  // Somebody is the scheduler, from the start of the run.
  void begin_game();
  // To the end, or so many executions, whatever the time: for pictures and tests.
  void search_executions(uint64_t executions);

  void contexts(std::vector<Context>& out) const override;
  void take_keys(Ui& ui) override;
  void pass(Ui& ui, double seconds) override;
  void draw_bar(Ui& ui, Rect row) override;
  void draw(Ui& ui, const Rect& page) override;
  void finish(Ui& ui) override;
  RunScreen* run() override { return source_; }

  RacesState state;

 private:
  void play();

  RunScreen* source_ = nullptr;
  ScreenId shown_by_ = ScreenId::home;  // the way back
  RacesAct act_;
};

}  // namespace qs::ui
