// A request that is carried by the mouse: onto a queue to forward it, onto its own manual queue to
// requeue it, onto Done to complete it, onto a target to send it; out of a manual queue onto the
// driver to retrieve it. Where it may go lights up; where it may not says why. Escape or letting go
// elsewhere does nothing. While a question asks where a request goes, it may be carried to
// everything that has a name: that answers, and does nothing to the run. Owns: DragState, kept by
// StageState. Called by the stage while it draws.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

struct StageFrame;

struct DragState {
  ObjectId request;       // that is carried; 0: none
  bool given_up = false;  // by Escape, while the button is still down
};

// A place that a request can be let go over.
struct DropPlace {
  Rect rect;
  std::string label;                        // "Forward to waiting"
  std::string why;                          // not empty: it may not go there, with the rule
  std::optional<session::Command> command;  // none where `why` says so
  HintedMove move;
  std::string answer;  // to a question, instead of a command: UiState::dropped
};
// All of them, for a request as it is now. The first that contains the mouse counts.
std::vector<DropPlace> drop_places(const StageFrame& f, ObjectId request);

// What the mouse does with the token of a request: call for each one that is drawn.
void take_drag(const StageFrame& f, const Hit& hit, ObjectId request);
// Above everything else on the stage: the lit places and the token under the mouse.
void draw_drag(const StageFrame& f);

}  // namespace qs::ui
