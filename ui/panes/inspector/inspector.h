// The inspector: everything about the selected request, queue, thread, lock, device or other
// object. For a request its life as a diagram, what may be called now and what not with the rule,
// who keeps it alive, why it is as it is, and the debugger's dump. Reads only; what it offers are
// places to go and objects to select. A free function of the moment and its own state; main thread
// only.
#pragma once
#include <string>
#include <vector>

#include "session/session.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/controls/control.h"

namespace qs::ui {

struct InspectorState {
  ScrollState scroll;
  bool show_all_calls = false;
  bool show_dump = true;
  // Set by the app before it draws: what may be done from here, and the menu that verbs with an
  // argument open. Without a menu there are no buttons.
  MenuRights rights;
  MenuState* menu = nullptr;
  // For the inspector's own use.
  ObjectId seen;
  float height = 0;  // of everything in one column, in the frame before
  struct {
    const trace::Trace* trace = nullptr;
    size_t event = size_t(-1), size = 0;
    ObjectId object;
    std::vector<model::Cause> causes;
    std::vector<uint32_t> history;  // the last moves up to the moment, oldest first
  } past;
};

// ---- the diagram of a request's life: pure layout

struct LifeLayout {
  Rect node[size_t(model::LifeNode::Count)];  // empty: not drawn
  Point from[32], to[32];                     // ends of life_edges()[i]
  bool drawn[32] = {};
  float height = 0;
};
// `present`: nodes that are off the usual ways (sender, released) are drawn only while they are it.
LifeLayout life_layout(const Rect& rect, float scale, model::LifeNode present);

// The last event at or before the moment that moved the object or changed its owner, and what
// caused it, newest first. Empty when nothing happened to it yet.
std::vector<model::Cause> why_so(const trace::Trace& trace, model::Timeline& timeline,
                                 ObjectId object, size_t event);

// `object` is what it tells about, 0: nothing yet; not `framed`: inside another pane. Links in it
// select another in `shared`.
void draw_inspector(Ui& ui, const Rect& rect, const session::Moment& moment, ObjectId object,
                    InspectorState& state, UiState& shared, std::vector<session::Command>& out,
                    bool framed = true);

}  // namespace qs::ui
