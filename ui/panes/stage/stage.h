// The stage: applications, device, queues, the driver's rooms, target and done column with the
// requests in them, at one moment of a run; below it a sentence about the current event and one
// about the selected queue. Owns: StageState (scroll, menu, drag: nothing about the run). Called by
// the app once a frame, main thread only.
//
//   StageInput in{ui, moment, ui_state, state, rect};
//   in.can_act = in.takes_orders = program.takes_orders;
//   draw_stage(in, commands);            // ... then the other panes, then
//   draw_stage_menu(in, commands);       // menus lie above all panes
//
// Names in the registry: "stage/…": token R2, queue default, default/Seq, default/limit, room
// EvtIoRead, app notepad, notepad/read, channel 1, piles default-more and done-more, narration,
// why.
#pragma once
#include <vector>

#include "session/session.h"
#include "ui/panes/code/function_names.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/panes/stage/motion.h"
#include "ui/panes/ui_state.h"
#include "ui/symbols/token.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct StageState {
  CastMemory cast;
  FunctionNames functions;
  LayoutMemory layouts;
  MenuState menu;
  ScrollState scroll;
  ObjectId dragged;        // a request that is being dragged onto a queue
  size_t shown_event = 0;  // last event that was scrolled into view
};

struct StageInput {
  Ui& ui;
  const session::Moment& moment;
  UiState& shared;  // selection and cross-highlight
  StageState& state;
  Rect rect;                                 // at least 240 x 150 design pixels
  std::span<const EmbeddedFile> files = {};  // sources of the driver, for names of its functions
  bool can_act = false;                      // applications, devices and settings can be acted on
  bool takes_orders = false;                 // the program's driver asks what to do
  const run::QueueGraph* graph = nullptr;  // what the driver is told to create, if that can change
  bool at_dispatch = false;                // applications send at DISPATCH_LEVEL
  bool projector = false;                  // larger narration
  bool narration = true;                   // the two lines at the bottom
};

void draw_stage(const StageInput& in, std::vector<session::Command>& out);
// The open menu of the stage, if any; call after all panes. Also selects.
void draw_stage_menu(const StageInput& in, std::vector<session::Command>& out);

// The tooltip of a request: what it is, its state and owner, since when and why. Several lines.
// Also for other panes.
std::string request_tooltip(const model::Model& model, const trace::Trace& trace, ObjectId request);
// How a request looks (shape, fill by owner, ring, marks); label and size are the caller's.
TokenStyle request_style(const model::Model& model, const model::RequestView& request);

}  // namespace qs::ui
