// Programs for the tests of the search. Owns nothing. Called by the tests of this folder.
#pragma once
#include <string>

#include "explore/search.h"
#include "run/program.h"

namespace qs::test {

// tests/explore/drivers/<driver>.c under a script.
run::Program small_program(const std::string& driver, std::vector<std::string> script,
                           std::vector<run::AppSpec> apps = {{"a", {"A"}}, {"b", {"B"}}});
// To its end, or to so many executions.
explore::SearchReport search_all(const run::Program& program, explore::Limits limits = {},
                                 uint64_t executions = 200'000,
                                 sched::FiberKind fibers = sched::default_fiber_kind());

}  // namespace qs::test
