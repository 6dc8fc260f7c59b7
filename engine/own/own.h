// A stranger's driver as a program that can be run like any other. Owns: OwnProgram,
// make_own_program. Called by session (open_run), cli and ui; any thread, a second at most.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "own/compile.h"
#include "own/source.h"
#include "run/program.h"

namespace qs::own {

struct OwnProgram {
  std::optional<run::Program> program;  // none: it does not compile, as `said` says
  OwnSource source;
  std::vector<Diagnostic> said;
  std::vector<NotSimulated> missing;
  std::vector<std::string> files;  // what it is made of, absolute: saving one of them makes it anew
};

// Finds, compiles, and makes ready to run. The error names what is not there or cannot be read.
Result<OwnProgram> make_own_program(std::string_view what);

}  // namespace qs::own
