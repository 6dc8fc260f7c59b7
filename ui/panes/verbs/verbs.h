// What may be done now with the one thing that is shown, as buttons: a request, a queue, a device,
// a target, an application. Owns: Verb, VerbList, and which thing is shown while nothing is
// selected. Pure, tested without a window; called by the panel, the stage, the palette and the
// inspector.
//
// The verbs are those of the context menus (stage/menu_request.h), so of the one table of acts and
// the law. Added here: which is the likely next one, what its call and its effect are in words, and
// where it would move a request.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ui/panes/stage/menu_request.h"
#include "ui/panes/ui_state.h"
#include "ui/toolkit/core/keymap.h"

namespace qs::ui {

struct Verb {
  MenuItem item;       // its entry of the menu, with its command
  ObjectId object;     // what it is done to
  std::string name;    // in the registry: "Forward", "read" of an application
  std::string label;   // "Forward to waiting"
  std::string reason;  // not empty: not now, and why, with the rule
  trace::Act act() const { return item.act; }
  bool on() const { return item.entry.checked; }  // a setting that is so already
  bool possible() const { return reason.empty() && !on(); }
};

struct VerbList {
  std::string title;  // "R2 · read · 512 bytes · handle A · owned by the driver, cancelable"
  std::string short_title;      // "R2 · owned by the driver, cancelable"
  std::string sentence;         // who decides, or why there are no verbs; "" else
  bool driver_decides = false;  // code decides: offer to be the driver
  bool more = false;            // its menu has entries besides these
  std::vector<Verb> verbs;      // the likely next move first; likely ones that are not possible
                                // now after those that are
};

// Everything for an object that has verbs; no title for others.
VerbList verbs_of(const model::Model& model, const trace::Trace& trace, ObjectId object,
                  MenuRights rights);

// The verb of one act; none where it is not among them.
std::optional<Verb> verb_for(const model::Model& model, const trace::Trace& trace, ObjectId object,
                             MenuRights rights, trace::Act act);

// The verbs that the law allows now, for the inspector; gray where somebody else decides.
VerbList legal_verbs(const model::Model& model, const trace::Trace& trace, ObjectId object,
                     MenuRights rights);

// What the panel is about: what is selected if it has verbs; else the request that the driver is
// asked about, `told` (which the run mentioned last), one that the driver owns, one that waits;
// else the first application, which can send one.
ObjectId verbs_subject(const model::Model& model, ObjectId selected, ObjectId mentioned);

// The window's key for an act, none for most.
Action key_of(trace::Act act);

// --- verbs_effect.cpp ---
// "WdfRequestForwardToIoQueue(R2, waiting)", "CancelIoEx(A, R2)"; "" where there is no such call.
std::string call_text(const model::Model& model, const trace::Trace& trace, const Verb& verb);
// Its effect ("R2 goes to the tail of waiting; the framework owns it"): what the law says of
// it, else what it always does.
std::string effect_text(const model::Model& model, const trace::Trace& trace, const Verb& verb);
// Where it would move a request.
HintedMove move_of(const model::Model& model, ObjectId object, const MenuItem& item);

}  // namespace qs::ui
