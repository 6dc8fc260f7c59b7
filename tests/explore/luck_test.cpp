// What random schedules meet: nothing that the complete search has not found. Whatever a step of
// the engine touches without saying it would show here. `QS_RUNS=100000` makes more of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>

#include "explore/luck.h"
#include "session/programs.h"
#include "tests/explore/support.h"
#include "tests/support/seed.h"

using namespace qs;
using namespace qs::test;
using explore::Finding;
using explore::Limits;
using explore::Luck;
using explore::Outcome;
using explore::SearchReport;

namespace {

run::Program readers_of(const std::string& driver) {
  return small_program(driver, {"0 send a read 16 file=A", "0 send b read 16 file=B"});
}

uint64_t tries() {
  const char* wanted = std::getenv("QS_RUNS");
  return wanted ? std::strtoull(wanted, nullptr, 10) : 1000;
}

void finds_no_more(const run::Program& program, const Limits& limits, uint64_t seed) {
  INFO(program.name);
  const SearchReport all = search_all(program, limits);
  REQUIRE(all.complete);
  REQUIRE(all.bound == Limits::kAnySwitches);
  const Luck luck = explore::by_luck(program, {}, limits, tries(), seed);
  CHECK(luck.schedules == tries());
  // What comes a little before its time, while the last thread ends, counts as coming in time.
  if (!limits.any_time) CHECK(luck.different <= all.schedules);
  for (const Luck::Way& way : luck.ways)
    CHECK_MESSAGE(
        std::any_of(all.findings.begin(), all.findings.end(),
                    [&](const Finding& f) { return f.rule == way.rule && f.where == way.where; }),
        way.rule, " at ", way.where);
  for (const auto& [text, times] : luck.outcomes)
    CHECK_MESSAGE(std::any_of(all.outcomes.begin(), all.outcomes.end(),
                              [&](const Outcome& o) { return o.text == text; }),
                  text);
}

}  // namespace

TEST_CASE("explore: random schedules of small drivers meet nothing that the search did not find") {
  QS_TEST_SEED(seed, 20261133);
  for (const char* driver : {"echoes", "forgets", "holds"})
    finds_no_more(readers_of(driver), {}, seed);
}

TEST_CASE("explore: a run without a choice has one random schedule") {
  const Luck luck = explore::by_luck(small_program("echoes", {}), {}, {}, 20, 1);
  CHECK(luck.schedules == 20);
  CHECK(luck.different == 1);
}

TEST_CASE("explore: random schedules of lessons meet nothing that the search did not find") {
  QS_TEST_SEED(seed, 20261134);
  Limits any;
  any.any_time = true;
  for (const char* lesson : {"06-manual-dispatch", "19-send-to-target", "20-cancel-sent-request",
                             "22-inverted-call", "27-opens-and-handles"}) {
    const auto program = session::load_program(lesson);
    REQUIRE(program.ok());
    finds_no_more(*program, any, seed);
  }
}

TEST_CASE("explore: random schedules are the same for a seed, in pieces and on both fibers") {
  const run::Program program = readers_of("holds");
  const Luck whole = explore::by_luck(program, {}, {}, 50);
  CHECK(whole.different > 1);
  explore::RandomRuns pieces(program, {}, {}, 1, sched::FiberKind::Thread);
  for (uint64_t n : {1u, 30u, 0u, 19u}) pieces.step(n);
  const Luck met = pieces.met();
  CHECK(pieces.made() == 50);
  CHECK(met.outcomes == whole.outcomes);
  CHECK(met.different == whole.different);
  CHECK(met.first == whole.first);
  CHECK(met.wrong == whole.wrong);
}
