// A stranger's driver as a program that can be run like any other. Owns: OwnProgram,
// make_own_program. Called by session (open_run), cli and ui; any thread, a second at most.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "own/compile.h"
#include "own/source.h"
#include "run/program.h"
#include "trace/events/trace_file.h"

namespace qs::own {

struct OwnProgram {
  std::optional<run::Program> program;  // none: it does not compile, as `said` says
  OwnSource source;
  std::shared_ptr<const run::OwnDriver> texts;  // of its sources, as they were compiled
  std::vector<Diagnostic> said;
  std::vector<NotSimulated> missing;
  std::vector<std::string> files;  // what it is made of, absolute: saving one of them makes it anew
};

// Finds, compiles, and makes ready to run. The error names what is not there or cannot be read.
Result<OwnProgram> make_own_program(std::string_view what);
// The same of what a trace file carries; nothing of it stays on the disk. `name`: the program's.
Result<OwnProgram> make_own_program(const trace::TraceSources& sources, const std::string& name);

// What a trace file is to carry of this program; empty when its driver is compiled in.
trace::TraceSources sources_of(const run::Program& program);
// A program that can only be looked at, with those sources.
run::Program program_to_look_at(const trace::TraceSources& sources, const std::string& name);

}  // namespace qs::own
