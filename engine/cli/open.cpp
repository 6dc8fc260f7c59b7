#include "cli/open.h"

#include <filesystem>

#include <fmt/format.h>

#include "base/visible.h"
#include "conform/scenario.h"
#include "conform/script_check.h"

namespace qs::cli {

namespace {

// All that is worth knowing before the run, a line each.
void tell_about(const own::OwnProgram& made, std::ostream& messages) {
  for (const own::Diagnostic& said : made.said)
    messages << visible(own::diagnostic_text(said)) << "\n";
  for (const own::NotSimulated& name : made.missing)
    messages << fmt::format("{}: note: {}\n", visible(made.source.what),
                            visible(own::what_happens(name)));
}

Result<session::Opened> open_own(const std::string& what, std::ostream& messages) {
  auto made = own::make_own_program(what);
  if (!made) return made.error();
  tell_about(*made, messages);
  if (!made->program) return Error{"", 0, fmt::format("\"{}\" does not compile.", what)};
  return session::opened_own(std::move(*made));
}

}  // namespace

Result<session::Opened> open_any(const std::string& what, std::ostream& messages) {
  if (session::is_own_driver(what)) return open_own(what, messages);
  if (!what.ends_with(".scn")) return session::open_run(what);
  auto scenarios = conform::read_scenarios(what);
  if (!scenarios) return scenarios.error();
  if (scenarios->empty()) return Error{what, 0, "there is no scenario in this file"};
  const conform::Scenario& scenario = scenarios->front();
  if (std::string problem = conform::script_problem(scenario); !problem.empty())
    return Error{what, 0, problem};
  session::Opened opened;
  const std::string name = std::filesystem::path(what).stem().string();
  opened.recording.program = name;
  opened.recording.replayable = false;
  opened.recording.trace = conform::play(scenario, true).trace;
  opened.program.name = opened.program.title = name;
  opened.program.apps.clear();
  return opened;
}

}  // namespace qs::cli
