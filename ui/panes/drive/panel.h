// Be the driver: the panel beside the stage that asks what the driver does next, lists the moves
// and keeps count. Owns: DriveState. A free function of a Moment and that state; acts by appending
// Commands. Called by the app once a frame, main thread only.
//
// Names in the registry: "drive/…": setup/0, hand/R1, move/complete, move/forward/waiting, undo,
// restart, play, tally, scheduler.
#pragma once
#include <string>
#include <vector>

#include "model/timeline/tally.h"
#include "session/session.h"
#include "ui/panes/drive/moves.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct DriveState {
  ObjectId subject;  // whose moves are shown; 0: whom the driver is asked about
  size_t seen = 0;   // events applied when it was last looked at
  ScrollState scroll;
};

struct DriveSetup {
  std::string program;  // "be-the-driver-cancel"
  std::string title;    // "Cancelled under way"
};

struct DrivePanelInput {
  const session::Moment* moment = nullptr;
  const std::vector<DriveSetup>* setups = nullptr;
  std::string program;  // which of them is on
  bool projector = false;
};

struct DriveAct {
  int setup = -1;  // another set-up was chosen
  bool undo = false, restart = false;
  bool scheduler = false;  // to be the scheduler instead
};

// A run that was playing at `before` stops at the first question that it has come past since.
void stop_at_question(session::Session& session, double before);
// Draws, takes the keys of Context::drive.
DriveAct draw_drive_panel(Ui& ui, const Rect& rect, const DrivePanelInput& in, DriveState& state,
                          UiState& shared, std::vector<session::Command>& out);

}  // namespace qs::ui
