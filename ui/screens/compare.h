// Compare: the run of another screen under two or three dispatch modes, side by side. Owns:
// CompareScreen. It only borrows the run; what was compared stays while that run stays as it is.
#pragma once
#include <memory>
#include <vector>

#include "ui/panes/compare/compare.h"
#include "ui/screens/run.h"

namespace qs::ui {

class CompareScreen final : public Screen {
 public:
  using Screen::Screen;

  // Compares a queue (0: the one before, else the first that can be) of this screen's run. The
  // screen outlives this one.
  void open(RunScreen& source, ScreenId shown_by, ObjectId queue);

  void contexts(std::vector<Context>& out) const override;
  void take_keys(Ui& ui) override;
  void pass(Ui& ui, double seconds) override;
  void draw_bar(Ui& ui, Rect row) override;
  void draw(Ui& ui, const Rect& page) override;
  void finish(Ui& ui) override;
  void leave() override { state.playing = false; }
  RunScreen* run() override { return source_; }
  bool playing() const override { return state.playing; }

  CompareState state;

 private:
  RunScreen* source_ = nullptr;
  ScreenId shown_by_ = ScreenId::home;            // the way back
  std::shared_ptr<const trace::Trace> compared_;  // of the run, as it was compared
  CompareAct act_;
  std::vector<session::Command> out_;
};

}  // namespace qs::ui
