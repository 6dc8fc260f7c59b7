// Roads not taken: every decision of the run that is shown, who went on there, and who else could
// have; to choose one of them makes a branch. Owns: RoadsState. A free function of the session's
// moment and that state; acts by appending Commands. Called by the run screen behind a tab of the
// timeline; main thread only.
//
// Names in the registry: "roads/…": rows/decision-12.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "session/races.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct RoadsState {
  std::shared_ptr<const trace::Trace> trace;  // of the run that was followed
  std::string error;                          // why it cannot be
  std::shared_ptr<const explore::Route> route;
  std::vector<size_t> decisions;  // steps at which somebody else could have gone on
  struct Choice {
    std::string words;  // "backup: cancel R1"
    sched::Move move;
    bool taken = false;
  };
  // Of each decision, made when it is first seen.
  std::vector<std::vector<Choice>> choices;
  ScrollState scroll;
  size_t seen_event = size_t(-1);
  size_t open = 0;  // the decision whose menu is open
};

struct RoadsInput {
  const session::Session* session = nullptr;
  const session::Moment* moment = nullptr;
  bool show_future = true;
};

// Follows the session's run, unless that is what was followed before.
void follow_roads(RoadsState& state, const session::Session& session,
                  const trace::ShownNames& names);
// Who could go on at the decision, the one who did first.
const std::vector<RoadsState::Choice>& choices_at(RoadsState& state, const run::Program& program,
                                                  const trace::ShownNames& names, size_t decision);
// What makes a branch in which that one goes on, and stays where it did.
void take_road(const RoadsState& state, size_t decision, const RoadsState::Choice& choice,
               std::vector<session::Command>& out);

void draw_roads(Ui& ui, const Rect& rect, const RoadsInput& in, RoadsState& state, UiState& shared,
                std::vector<session::Command>& out);

}  // namespace qs::ui
