// What a RUN on the command line may be: what open_run() knows (a program, a lesson, a trace file),
// and a recorded scenario, which is played first. Called by the commands.
#pragma once
#include <string>

#include "session/programs.h"

namespace qs::cli {

// For a scenario (.scn) the result can be viewed but not acted in. Errors name file and line.
Result<session::Opened> open_any(const std::string& what);

}  // namespace qs::cli
