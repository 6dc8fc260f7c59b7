// A stranger's driver as a program that can be run like any other. Owns: OwnProgram,
// make_own_program. Called by session (open_run), cli and ui; any thread, a second at most.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lesson/language/predicate.h"
#include "own/compile.h"
#include "own/source.h"
#include "run/program.h"
#include "trace/events/trace_file.h"

namespace qs::own {

// What its run is to come to, as [[goals]] of program.toml says it: judged by `queuescope check`.
struct OwnGoal {
  std::string text;
  lesson::Check check;
  int line = 0;
};

struct OwnProgram {
  std::optional<run::Program> program;  // none: it does not compile, as `said` says
  OwnSource source;
  std::shared_ptr<const run::OwnDriver> texts;  // of its sources, as they were compiled
  std::vector<Diagnostic> said;
  std::vector<NotSimulated> missing;
  std::vector<OwnGoal> goals;
  std::vector<std::string> files;  // what it is made of, absolute: saving one of them makes it anew
};

// Finds, compiles, and makes ready to run. The error names what is not there or cannot be read.
Result<OwnProgram> make_own_program(std::string_view what);
// The same of what a trace file carries; nothing of it stays on the disk. `name`: the program's.
Result<OwnProgram> make_own_program(const trace::TraceSources& sources, const std::string& name);

// --- the driver of a program written anew: what a student does in a lesson ---

// The student's copy of the driver of `of`, driver.c in a folder `name` of the data folder, made of
// the program's own where there is none yet. Returns its path.
Result<std::string> copy_to_write(const run::Program& of, const std::string& name);
// `of` with that file for its driver; all else of it stays.
Result<OwnProgram> make_rewritten(const run::Program& of, const std::string& path);
// The same of a text that nobody has looked at, as receipts bring them: one run may take a few
// seconds at most. The error says what does not compile.
Result<run::Program> rewritten(const run::Program& of, const std::string& source);
// What was compiled of such a program; "" of any other.
std::string written_source(const run::Program& program);

// What a trace file is to carry of this program; empty when its driver is compiled in.
trace::TraceSources sources_of(const run::Program& program);
// A program that can only be looked at, with those sources.
run::Program program_to_look_at(const trace::TraceSources& sources, const std::string& name);

}  // namespace qs::own
