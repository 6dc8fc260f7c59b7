// What the terminal says in a lesson, and the driver that a student writes there. Owns: plain,
// written_driver. Called by learn_command.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "cli/commands.h"
#include "lesson/tutor/tutor.h"
#include "run/program.h"

namespace qs::cli {

// Markdown as a terminal shows it: without its marks, in lines of at most 78 columns.
std::string plain(std::string_view markdown, std::string_view indent = "");

// The student's copy of the driver of this beat. `runs`: compiled, with what the compiler says of
// it; otherwise it is said where it lies, and nothing is returned, as when it cannot run.
std::optional<run::Program> written_driver(Cli& cli, const lesson::Tutor& tutor, bool runs);

}  // namespace qs::cli
