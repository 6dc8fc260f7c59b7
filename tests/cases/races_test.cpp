// The search of all schedules on small drivers made after public reports: what it finds with no
// hint, under the very script that the case is played with.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "base/read_file.h"
#include "base/toml.h"
#include "explore/search.h"
#include "lesson/file/program_file.h"

using namespace qs;

namespace {

run::Program program_of_case(const std::string& name) {
  const std::string file = "tests/cases/drivers/" + name + "/program.toml";
  auto text = read_file(file, 64 * 1024);
  REQUIRE(text.ok());
  auto root = parse_toml(*text, file);
  REQUIRE(root.ok());
  auto program =
      lesson::parse_program(*(*root)["program"].as_table(), name, file, run::test_drivers());
  REQUIRE(program.ok());
  return *program;
}

explore::SearchReport searched(const run::Program& program, sched::FiberKind fibers) {
  explore::Search search(program, {}, {}, fibers);
  search.step(200'000);
  CHECK(search.done());
  return search.report();
}

}  // namespace

// Played as it is, this driver makes no mistake: the timer has unmarked and completed the request
// when its cancel comes.
TEST_CASE("explore: an unmark whose answer is not looked at is found with no hint") {
  const run::Program program = program_of_case("14-unmark-not-asked");
  const explore::SearchReport report = searched(program, sched::FiberKind::Context);
  CHECK(report.complete);
  CHECK(report.wrong > 0);
  CHECK(report.wrong < report.schedules);
  REQUIRE(!report.findings.empty());
  for (const explore::Finding& f : report.findings) {
    INFO(f.rule, " ", f.where, " ", f.schedules, " ", f.switches, " ", f.schedule.print());
    CHECK(f.schedules > 0);
    CHECK(!f.text.empty());
    CHECK(std::any_of(f.lines.begin(), f.lines.end(), [](const std::string& line) {
      return line.find("driver.c:") != std::string::npos;
    }));
  }
  // Threads of the operating system instead of stacks of our own: the same in every number.
  const explore::SearchReport threads = searched(program, sched::FiberKind::Thread);
  CHECK(threads.schedules == report.schedules);
  CHECK(threads.wrong == report.wrong);
  CHECK(threads.executions == report.executions);
  REQUIRE(threads.findings.size() == report.findings.size());
  for (size_t i = 0; i < report.findings.size(); ++i)
    CHECK(threads.findings[i].schedule.print() == report.findings[i].schedule.print());
}
