// The search of all schedules, on small drivers and on the shipped lessons.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "run/run.h"
#include "session/programs.h"
#include "tests/explore/support.h"

using namespace qs;
using namespace qs::test;
using explore::Finding;
using explore::Limits;
using explore::Report;
using explore::Search;

namespace {

bool has(const Report& report, std::string_view rule) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& f) { return f.rule == rule; });
}

// All that is the same in two searches of the same.
std::string told(const Report& r) {
  std::string out = std::to_string(r.schedules) + " " + std::to_string(r.executions) + " " +
                    std::to_string(r.wrong) + " " + std::to_string(r.bound);
  for (const Finding& f : r.findings)
    out += "\n" + f.rule + " " + f.where + " " + std::to_string(f.schedules) + " " +
           std::to_string(f.steps) + " " + f.schedule.print();
  for (const explore::Outcome& o : r.outcomes)
    out += "\n" + std::to_string(o.schedules) + " " + o.text + " " + o.schedule.print();
  return out;
}

// Two applications that read and cancel at the same moments.
run::Program two_readers(const std::string& driver) {
  return small_program(driver,
                       {"0 send a read 16 file=A", "0 send b read 16 file=B", "0 cancel R1"});
}

}  // namespace

TEST_CASE("explore: a search in pieces finds what one that is not interrupted does") {
  const run::Program program = two_readers("holds");
  constexpr uint64_t kExecutions = 2000;
  const Report whole = search_all(program, {}, kExecutions);
  Search search(program, {}, {});
  for (uint64_t made = 0, piece = 1; made < kExecutions; piece = piece % 7 + 1) {
    const uint64_t now = std::min(piece, kExecutions - made);
    search.step(now);
    made += now;
  }
  CHECK(told(search.report()) == told(whole));
  CHECK(told(search_all(program, {}, kExecutions)) == told(whole));
}

TEST_CASE("explore: both kinds of fibers give the same numbers") {
  const run::Program program = two_readers("holds");
  CHECK(told(search_all(program, {}, 300, sched::FiberKind::Thread)) ==
        told(search_all(program, {}, 300, sched::FiberKind::Context)));
}

TEST_CASE("explore: the search ends where plain enumeration does, on a driver") {
  const run::Program program =
      small_program("echoes", {"0 send a read 16 file=A", "0 send b read 16 file=B"});
  for (uint32_t switches : {1u, 2u}) {
    Limits limits;
    limits.switches = switches;
    uint64_t executions = 0;
    const auto all = explore::enumerate(program, {}, limits, 20'000, &executions);
    REQUIRE(executions < 20'000);
    const Report report = search_all(program, limits);
    CHECK(report.complete);
    CHECK(report.bound == switches);
    CHECK(report.schedules == all.size());
    CHECK(report.executions <= executions + 1 + switches);  // one bound after the other
    std::set<std::string> ends;
    for (const auto& [hash, text] : all) ends.insert(text);
    CHECK(report.outcomes.size() == ends.size());
  }
  const Report whole = search_all(program, {}, 20'000);
  CHECK(whole.complete);
  CHECK(whole.bound == Limits::kAnySwitches);
}

TEST_CASE("explore: each finding is played by its schedule") {
  const Report report = search_all(two_readers("holds"), {}, 1000);
  for (const Finding& f : report.findings) {
    const run::Execution run = run::execute(two_readers("holds"), f.schedule);
    bool found = false;
    for (size_t i = 0; i < run.trace->size(); ++i) {
      const trace::Event& e = (*run.trace)[i];
      const bool verdict =
          e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding;
      found = found || (verdict && run.trace->string(e.a) == f.rule);
    }
    CHECK_MESSAGE(found, f.rule);
    CHECK(sched::Schedule::parse(f.schedule.print())->picks == f.schedule.picks);
  }
}

// Drivers of lessons with one line made wrong, under the scripts of their lessons: inputs and
// hardware in any order, few switches.
TEST_CASE("U-08 explore: a race is found in each driver of a lesson that has one planted") {
  struct Planted {
    const char *mistake, *lesson;
  };
  for (const Planted& p : {Planted{"unasked", "11-mark-cancelable"},
                           {"unlocked", "13-stop-and-start"},
                           {"unscoped", "23-deferred-completion"},
                           {"unasked", "23-deferred-completion"},
                           {"unlocked", "22-inverted-call"}}) {
    auto program = session::load_program(p.lesson);
    REQUIRE(program.ok());
    const std::string name = std::string("explore/") + p.mistake + "-" + p.lesson;
    INFO(name);
    Limits limits;
    limits.any_time = true;
    limits.switches = 2;
    const Report right = search_all(*program, limits, 2000);
    program->driver = run::find_driver(run::test_drivers(), name);
    REQUIRE(program->driver);
    const Report wrong = search_all(*program, limits, 2000);
    INFO(told(wrong));
    if (p.lesson == std::string_view("22-inverted-call")) CHECK(has(wrong, "U-08"));
    CHECK(std::any_of(wrong.findings.begin(), wrong.findings.end(),
                      [&](const Finding& f) { return !has(right, f.rule); }));
  }
}

// What is shipped as right has no race under the script of its lesson. All schedules where the
// times are kept; where they are not, those with few switches.
TEST_CASE("explore: the drivers of the lessons are free of races") {
  size_t complete = 0, asked = 0;
  for (const session::ProgramInfo& info : session::list_programs()) {
    if (info.number.empty()) continue;
    auto program = session::load_program(info.name);
    REQUIRE(program.ok());
    const run::Execution once = run::execute(*program, {});
    const bool goes_wrong = [&] {  // what a lesson shows on purpose
      for (size_t i = 0; i < once.trace->size(); ++i)
        if ((*once.trace)[i].code == trace::EventCode::Violation ||
            (*once.trace)[i].code == trace::EventCode::Finding)
          return true;
      return false;
    }();
    if (goes_wrong) continue;
    const Report report = search_all(*program, {}, 2000);
    INFO(info.name, "\n", told(report));
    CHECK(report.findings.empty());
    complete += report.complete;
    ++asked;
  }
  CHECK(asked >= 20);
  CHECK(complete >= 18);
}

// Also with inputs and hardware in any order, where a lesson is about exactly that.
TEST_CASE("explore: stopping a queue and a device has no race at other times either") {
  for (const char* lesson : {"13-stop-and-start", "17-evt-io-stop"}) {
    auto program = session::load_program(lesson);
    REQUIRE(program.ok());
    Limits limits;
    limits.any_time = true;
    limits.switches = 1;
    const Report report = search_all(*program, limits, 2000);
    INFO(lesson, "\n", told(report));
    CHECK(report.findings.empty());
    CHECK(report.complete);
    CHECK(report.schedules > 100);
  }
}

// The sleep is asked for first, but the thread of the waking is the first to run. W1, which the
// driver keeps over the sleep, would be with it forever.
TEST_CASE("P-36 a power-up that begins before the power-down it follows waits for it") {
  auto program = session::load_program("17-evt-io-stop");
  REQUIRE(program.ok());
  const auto early = sched::Schedule::parse("qs1:7;!132+2=i5;!132+3=13");
  REQUIRE(early);
  const run::Execution run = run::execute(*program, *early);
  using trace::EventCode;
  size_t asked = 0, off = 0, on = 0;  // of the second sleep: the last of each
  bool found = false;
  for (size_t i = 0; i < run.trace->size(); ++i) {
    const trace::Event& e = (*run.trace)[i];
    if (e.code == EventCode::ActBegins) asked = i;
    if (e.code == EventCode::DevicePower)
      (trace::DevicePower(e.a) == trace::DevicePower::D0 ? on : off) = i;
    found = found || e.code == EventCode::Finding;
  }
  CHECK(asked < off);  // the waking was asked for before the device slept
  CHECK(off < on);
  CHECK_FALSE(found);
}
