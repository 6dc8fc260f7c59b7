// The moment that a student names in the terminal: "cancel R1 when mark(R1)". Owns: WhenWords,
// split_when, moment_of. Called by learn_command.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "session/session.h"

namespace qs::cli {

// "cancel R1 when mark(R1)" -> "cancel R1", "mark(R1)"; either may be empty.
struct WhenWords {
  std::string words, when;
};
WhenWords split_when(std::string_view line);

// The number of events of the run that is shown, just after the first such event that comes after
// the playhead, or the first of all when none comes. The event is one of lessons (facts.h); the
// error says what it could be, or that it does not come.
Result<size_t> moment_of(session::Session& session, std::string_view when);

}  // namespace qs::cli
