// A Program and its script from a TOML file: the table [program] of lesson.toml and of
// assets/programs/<name>/program.toml. Owns: parse_program, print_program, parse_input,
// parse_script_line. Called by session (load_program), lesson, own and tests; any thread.
//
//   [program]
//   driver      = "01-first-request/driver"   compiled driver; default "<folder>/driver"
//   title       = "One request, one journey"
//   queues      = ["default", "waiting"]      names, in order of creation
//   hardware    = "slot"                      none, slot, slots(n), echo, uart, button, fx2
//   hardware_us = 4000                        duration of one operation; 0: the kind's own
//   lower       = { delay_us = 10000, deaf = false, status = "STATUS_SUCCESS" }
//   apps        = [{ name = "notepad", files = ["A"] }]   synchronous = true: one call at a time
//   script      = ["0 send read 16 file=A", "4ms cancel R1"]
//   registry, properties = ...                what its driver finds there (registry_file.h)
//   options     = ["verifier=off", "minor=9"]
//   takes_orders = true
//   device, queue = ...                       what its driver is told to create (graph_file.h)
//
// A line of a script: a time ("0", "900us", "4ms", "1.5s"), then the words of an input as
// input_text() prints them; a subject with a blank in it stands in double quotes. Before the words
// may come #N (it applies at decision N) and a moment: ~EVENT, once that has happened and nothing
// moves; ~EVENT:N for the Nth time, ~EVENT+TIME so much later; @EVENT, at once
// (engine/language/README.md).
#pragma once
#include <map>
#include <string>
#include <string_view>

#include <toml++/toml.h>

#include "base/result.h"
#include "run/program.h"
#include "sched/schedule.h"

namespace qs::lesson {

// The words of one input ("cancel R1", "send read 16 file=A"); time 0. The error says what was
// expected.
Result<sched::Input> parse_input(std::string_view words);

// The same with a time before it, in virtual microseconds once parsed.
Result<sched::Input> parse_script_line(std::string_view line);
// The line that parse_script_line takes back as this input.
std::string script_line(const sched::Input& input);

// The keys of a program, and where their values stand: a run takes some from [program], some from a
// card and some from itself, and an error names the line of the one that is wrong. "add" has lines
// that come after those of "script". `line`: of the table that all of it is for.
struct ProgramKeys {
  std::map<std::string_view, const toml::node*> keys;
  const toml::node* add = nullptr;
  int line = 0;
};
Result<run::Program> parse_program(
    const ProgramKeys& keys, std::string_view folder, std::string_view file,
    std::span<const run::CompiledDriver> drivers = run::compiled_drivers());

// `table`: the [program] table of a file; `folder`: the last part of the folder's name, which
// becomes the program's name; `file`: named in errors. Keys that are unknown, values of another
// type and names of drivers that are not compiled in are errors with their line.
// `drivers`: those that it may name.
Result<run::Program> parse_program(
    const toml::table& table, std::string_view folder, std::string_view file,
    std::span<const run::CompiledDriver> drivers = run::compiled_drivers());

// The table [program] that parse_program takes back as this program, but for its name and driver.
std::string print_program(const run::Program& program);

}  // namespace qs::lesson
