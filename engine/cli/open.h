// What a RUN on the command line may be: what open_run() knows (a program, a lesson, a trace file,
// a driver of one's own), and a recorded scenario, which is played first. Called by the commands.
#pragma once
#include <ostream>
#include <string>

#include "session/programs.h"

namespace qs::cli {

// For a scenario (.scn) the result can be viewed but not acted in. Errors name file and line. What
// a compiler says of a driver of one's own, and what that driver will miss here, goes to `told`.
Result<session::Opened> open_any(const std::string& what, std::ostream& messages);

}  // namespace qs::cli
