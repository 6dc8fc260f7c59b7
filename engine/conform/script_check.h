// Is a script one that can be played? Owns: script_problem(). Called before a script from a file is
// played, so that a mistake is reported with its line and not found halfway.
#pragma once
#include <string>

#include "conform/scenario.h"

namespace qs::conform {

// "" when every line has a known word with the arguments it needs, and names only queues and files
// that a line of the script makes; else "line N: ..." with the first thing that is wrong. N counts
// the lines of the script from 1.
std::string script_problem(const Scenario& scenario);

}  // namespace qs::conform
