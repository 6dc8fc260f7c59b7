// The panel of what is shown: a line that says what it is and who owns it, its verbs as buttons
// with their keys, and, in words, the call of the one under the mouse and its effect. Owns no
// state of its own. Draws into a rectangle of any size; called by the app once a frame, main thread
// only.
//
// Names in the registry: "verbs/…": title, the verbs by their acts (Complete, Forward, Requeue,
// CancelFromApp, RetrieveNext; read, write and ioctl of an application), more, says, drive.
#pragma once
#include <vector>

#include "session/session.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/panes/ui_state.h"
#include "ui/panes/verbs/verbs.h"

namespace qs::ui {

// The verbs of what was shown last: while an event plays, the run is the same from frame to frame,
// and so is what may be done. Kept by the screen.
class VerbsMemory {
 public:
  // What verbs_of() gives, until the next call.
  const VerbList& of(const session::Moment& moment, ObjectId object, MenuRights rights);

 private:
  session::Kept<const trace::Trace> trace_;  // nullptr: nothing yet
  size_t event_ = 0;
  ObjectId object_;
  MenuRights rights_;
  VerbList list_;
};

struct VerbsInput {
  Ui& ui;
  const session::Moment& moment;
  UiState& shared;
  MenuState& menu;  // the one that the stage shows: verbs with an argument open it
  Rect rect;
  ObjectId object;  // verbs_subject()
  MenuRights rights;
  bool projector = false;
  bool tips = true;  // buttons say what they do in a tooltip, where no line below them does
  VerbsMemory* memory = nullptr;  // nullptr: they are made anew
};

void draw_verbs(const VerbsInput& in, std::vector<session::Command>& out);

// The keys of verbs: they act on what is shown, and say why when they cannot. `opened_at`: where a
// menu opens that asks for more. Called where the panel is not drawn; draw_verbs() takes them too.
void take_verb_keys(const VerbsInput& in, const Rect& opened_at,
                    std::vector<session::Command>& out);

// The buttons of a list alone, in rows from the top of a rectangle; those that do not fit are left
// out. Returns the height used and how many were drawn. For panels that show verbs among other
// things.
struct VerbRows {
  float height = 0;
  size_t drawn = 0;
  const Verb* pointed = nullptr;  // under the mouse, or with the keyboard
  Rect last;                      // the last button
};
VerbRows draw_verb_buttons(const VerbsInput& in, const VerbList& list, bool fill_first,
                           std::vector<session::Command>& out);

}  // namespace qs::ui
