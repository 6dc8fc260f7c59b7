// Be the driver: the run stops at every question of the driver, and the student answers. Owns:
// DriveScreen.
#pragma once
#include <algorithm>
#include <string>

#include "ui/panes/drive/panel.h"
#include "ui/screens/pulse.h"
#include "ui/screens/run.h"

namespace qs::ui {

// One of the set-ups of "Be the driver".
bool is_drive_program(const std::string& program);

class DriveScreen final : public RunScreen {
 public:
  static constexpr const char* kProgram = "be-the-driver";  // the first set-up

  using RunScreen::RunScreen;
  void begin(std::unique_ptr<session::Session> run, std::string named);
  void contexts(std::vector<Context>& out) const override;

  DriveState panel;

 protected:
  const char* side_title() const override;
  void draw_side(Ui& ui, const Rect& rect, const session::Moment& moment) override;
  // The moves show their calls.
  float side_share() const override { return std::max(settings().side, 0.25f); }
  bool side_first() const override { return true; }
  void passed(double before) override;
  void draw_over(Ui& ui) override;
  void carry_out(const session::Command& command) override;

 private:
  bool untouched() const;  // nothing was answered or sent yet
  Pulse first_;
};

}  // namespace qs::ui
