// What the sentence under the stage says: what was done last that teaches something and, when
// nothing moves by itself anymore, what may be done next. Pure; called by the stage.
#pragma once
#include <string>

#include "session/session.h"

namespace qs::ui {

struct SentenceRights {
  bool acts = false;    // applications and devices can act
  bool orders = false;  // the driver asks what to do
};

// The next move of whoever is to act; "" while something moves by itself, or nothing is to be done.
std::string next_move(const session::Moment& moment, SentenceRights rights);
// The whole sentence; "" before the first event.
std::string stage_sentence(const session::Moment& moment, SentenceRights rights,
                           const trace::ShownNames* names = nullptr);

}  // namespace qs::ui
