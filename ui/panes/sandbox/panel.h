// The panel beside the stage of the sandbox: the queues that the driver is told to create, a
// generator of requests, switches, ready-made set-ups, and files. Owns: SandboxPanelState. Called
// by the app once a frame; main thread only. Files are read and written here, through session.
//
// Names in the registry: section/graph, graph/queue default, graph/handler read, workload/on,
// switch/verifier, preset/1, file/save ...
#pragma once
#include "session/presets.h"
#include "ui/panes/sandbox/panel_sheet.h"
#include "ui/panes/ui_state.h"

namespace qs::ui {

struct SandboxPanelState {
  SheetState sheet;
  std::string queue;           // the one whose settings are unfolded; "" none
  ObjectId followed;           // the selection that was last unfolded
  bool device = false;         // the device's settings are unfolded
  session::Workload workload;  // as the sliders stand
  bool workload_changed = false;
  bool at_dispatch = false;  // applications send at DISPATCH_LEVEL
  std::string renamed, name, file;
  FieldState rename_field, file_field;
  std::string saved;   // the outcome for the last file
  std::string opened;  // path of the set-up file that was opened or saved here; "" none
  std::vector<std::string> files;
  double files_read = -1;
  SandboxPanelState() { sheet.open = {"graph", "presets"}; }
};

struct SandboxPanelInput {
  const session::Session& session;
  const session::Moment& moment;
  const std::vector<session::Preset>& presets;
  const run::QueueGraph& graph;  // session.graph()
  UiState& shared;
};

// Returns a sentence to show, "" for none.
std::string draw_sandbox_panel(Ui& ui, const Rect& rect, const SandboxPanelInput& in,
                               SandboxPanelState& state, std::vector<session::Command>& out);
// Its open menu, if any; call after all panes.
inline void draw_sandbox_menu(Ui& ui, SandboxPanelState& state,
                              std::vector<session::Command>& out) {
  draw_sheet_menu(ui, state.sheet, out);
}

// --- parts, one file each ---
void draw_graph_section(Ui& ui, Sheet& sheet, const SandboxPanelInput& in,
                        SandboxPanelState& state);
void draw_workload_section(Ui& ui, Sheet& sheet, const SandboxPanelInput& in,
                           SandboxPanelState& state, std::vector<session::Command>& out);
void draw_switches_section(Sheet& sheet, const SandboxPanelInput& in, SandboxPanelState& state);
// What differs from the usual: "verifier off, memory short"; "" when nothing does.
std::string changed_switches(const SandboxPanelInput& in, const SandboxPanelState& state);

}  // namespace qs::ui
