#include "cli/open.h"

#include <filesystem>

#include "conform/scenario.h"
#include "conform/script_check.h"

namespace qs::cli {

Result<session::Opened> open_any(const std::string& what) {
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
