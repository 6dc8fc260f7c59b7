#include "tests/explore/support.h"

#include <doctest/doctest.h>

#include "lesson/file/program_file.h"
#include "run/registry.h"

namespace qs::test {

run::Program small_program(const std::string& driver, std::vector<std::string> script,
                           std::vector<run::AppSpec> apps) {
  run::Program p;
  p.name = p.title = driver;
  p.driver = run::find_driver(run::test_drivers(), "explore/" + driver);
  REQUIRE(p.driver);
  p.queue_names = {"default"};
  p.apps = std::move(apps);
  for (const std::string& line : script) {
    auto input = lesson::parse_script_line(line);
    REQUIRE_MESSAGE(input.ok(), line);
    p.script.push_back(*input);
  }
  return p;
}

explore::SearchReport search_all(const run::Program& program, explore::Limits limits,
                                 uint64_t executions, sched::FiberKind fibers) {
  explore::Search search(program, {}, limits, fibers);
  search.step(executions);
  return search.report();
}

}  // namespace qs::test
