// A Program and its script from a TOML file: the table [program] of lesson.toml and of
// assets/programs/<name>/program.toml. Owns: parse_program, parse_input, parse_script_line. Called
// by session (load_program), lesson and tests; any thread.
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
// may come #N (it applies at decision N) and an anchor, ~EVENT:OBJECT:COUNT or with +TIME after
// it: the input comes when that has happened, so much later.
#pragma once
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

// A time with its unit, in microseconds.
Result<uint32_t> parse_time(std::string_view text);

// `table`: the [program] table of a file; `folder`: the last part of the folder's name, which
// becomes the program's name; `file`: named in errors. Keys that are unknown, values of another
// type and names of drivers that are not compiled in are errors with their line.
// `drivers`: those that it may name.
Result<run::Program> parse_program(
    const toml::table& table, std::string_view folder, std::string_view file,
    std::span<const run::CompiledDriver> drivers = run::compiled_drivers());

}  // namespace qs::lesson
