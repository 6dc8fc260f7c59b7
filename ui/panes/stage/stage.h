// The stage: applications, device, queues, the driver's code, target and done column with the
// requests in them, at one moment of a run; with a sentence about the current event and one about
// the selected queue. The driver is its code: each activation of a callback is a card with the
// lines around the current one. Owns: StageState (scroll, menu, drag: nothing about the run).
// Called by the app once a frame, main thread only.
//
//   StageInput in{ui, moment, ui_state, state, rect};
//   in.can_act = in.takes_orders = program.takes_orders;
//   draw_stage(in, commands);            // ... then the other panes and, in state.verbs and
//                                        // state.banner, what belongs there, then
//   draw_stage_menu(in, commands);       // menus lie above all panes
//
// Names in the registry: "stage/…": token R2, queue default, default/Seq, default/limit, card
// EvtIoRead (a second one of it EvtIoRead#2), its code EvtIoRead/code, the chip of an idle callback
// EvtIoRead as well, quiet-more what has no room among them, app notepad, notepad/read, channel 1,
// piles default-more and done-more, narration, why.
#pragma once
#include <vector>

#include "session/session.h"
#include "ui/panes/code/text.h"
#include "ui/panes/stage/drag.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/panes/stage/motion.h"
#include "ui/panes/ui_state.h"
#include "ui/symbols/token.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct StageState {
  CastMemory cast;
  FunctionNames functions;
  LexedFiles sources;
  LayoutMemory layouts;
  MenuState menu;
  ScrollState scroll;
  DragState drag;
  size_t shown_event = 0;  // last event that was scrolled into view
  // Where the last frame left room: for what may be done with the selected request, and for the
  // explanation of a broken rule, which takes the place of the former. Empty: there was none.
  Rect verbs, banner;
};

// Design pixels: a stage in projector mode that is lower is laid out for that. A sheet below it, if
// there is one, tells what happens.
inline constexpr float kLowRoom = 320;
// Below this one the applications of a room stand in lines, so that their buttons are seen.
inline constexpr float kLinesRoom = 470;

struct StageInput {
  Ui& ui;
  const session::Moment& moment;
  UiState& shared;  // selection and cross-highlight
  StageState& state;
  Rect rect;                                 // at least 240 x 150 design pixels
  std::span<const EmbeddedFile> files = {};  // sources of the driver, for names of its functions
  bool can_act = false;                      // applications, devices and settings can be acted on
  ObjectId asked_where = {};  // a question asks where this request goes: it may be dragged there
  bool takes_orders = false;  // the program's driver asks what to do
  const run::QueueGraph* graph = nullptr;  // what the driver is told to create, if that can change
  bool at_dispatch = false;                // applications send at DISPATCH_LEVEL
  bool projector = false;                  // larger narration
  bool narration = true;                   // the two sentences
  bool lines = false;  // applications stand in lines, the device is small: for a low stage
  bool verbs = false;  // leave room for what may be done with the selected request
  float banner = 0;    // pixels that the explanation of a broken rule would like; 0: there is none
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
