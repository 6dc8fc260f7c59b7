// The sandbox: a driver that is told what to do, its set-up beside the stage, and ready-made
// set-ups on the digit keys. Owns: SandboxScreen.
#pragma once
#include <filesystem>
#include <vector>

#include "session/presets.h"
#include "ui/panes/sandbox/panel.h"
#include "ui/screens/pulse.h"
#include "ui/screens/run.h"

namespace qs::ui {

// The ready-made set-ups. Read when first asked for: the list of lessons does not need them.
const std::vector<session::Preset>& presets();
// The one of this digit; nullptr: none.
const session::Preset* preset_of_key(int digit);

class SandboxScreen final : public RunScreen {
 public:
  static constexpr const char* kProgram = "sandbox";

  using RunScreen::RunScreen;
  void begin(std::unique_ptr<session::Session> run, std::string named);
  // Makes a ready-made set-up the run, and says what to look at.
  void show_preset(const session::Preset& preset);
  // Nothing was sent or set up yet.
  bool untouched() const;
  void take_keys(Ui& ui) override;
  void pass(Ui& ui, double seconds) override;
  // The run is that of this set-up file: when somebody saves it, it is read again.
  void follow_file(const std::string& path);

  SandboxPanelState panel;
  bool looks_at_file = false;  // polls it once a second: there is no file watch

 protected:
  void draw_side(Ui& ui, const Rect& rect, const session::Moment& moment) override;
  bool at_dispatch() const override { return panel.at_dispatch; }
  void draw_over(Ui& ui) override;
  void carry_out(const session::Command& command) override;

 private:
  bool read_again();

  Pulse send_;
  std::string followed_;  // panel.opened as it was last seen
  std::filesystem::file_time_type saved_{};
};

}  // namespace qs::ui
