// Where a student who plays the scheduler chooses: decisions of a run at which more than one thread
// could go on. Owns: Choice. Called by cli and ui for the beats in which races are looked for; on
// the window's thread.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "session/session.h"
#include "trace/export/narrate.h"

namespace qs::session {

struct Choice {
  struct Way {
    ObjectId thread;
    std::string name;   // "backup"
    std::string where;  // "driver.c:133"; "" when it is not in the driver's code
  };
  uint32_t ordinal = 0;   // of the decision, for cmd::PickThread
  size_t event = 0;       // so many events come before it
  std::vector<Way> ways;  // the first is who goes on in this run
};

// The first choice after at least so many events of the branch that is shown. A thread that comes
// to several decisions in one line of its driver, or outside of it, stands there once. `names`:
// what stands for those of the trace (trace/export/functions.h); nullptr: nothing does.
std::optional<Choice> choice_from(const Session& session, size_t events,
                                  const trace::ShownNames* names = nullptr);

// At that choice way `which` goes on; the playhead comes to the next choice, else to the end. ""
// when done; otherwise why it was not possible.
std::string choose(Session& session, const Choice& choice, size_t which);

}  // namespace qs::session
