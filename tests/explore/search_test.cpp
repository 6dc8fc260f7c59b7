// The search of all schedules, on small drivers and on the shipped lessons.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "explore/luck.h"
#include "explore/route.h"
#include "run/run.h"
#include "session/programs.h"
#include "tests/explore/support.h"

using namespace qs;
using namespace qs::test;
using explore::Finding;
using explore::Limits;
using explore::Search;
using explore::SearchReport;

namespace {

bool has(const SearchReport& report, std::string_view rule) {
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [&](const Finding& f) { return f.rule == rule; });
}

// All that is known of a program when every schedule was tried, however that was done.
std::string known(const SearchReport& r) {
  std::string out = std::to_string(r.schedules) + " " + std::to_string(r.wrong) + " " +
                    std::to_string(r.bound) + (r.complete ? " complete" : "");
  for (const Finding& f : r.findings)
    out += "\n" + f.rule + " " + f.where + " " + std::to_string(f.schedules) + " " +
           std::to_string(f.steps) + " " + f.schedule.print();
  for (const explore::Outcome& o : r.outcomes)
    out += "\n" + std::to_string(o.schedules) + " " + o.text + " " + o.schedule.print();
  return out;
}

// All that is the same in two searches of the same.
std::string told(const SearchReport& r) {
  return std::to_string(r.executions) + " " + std::to_string(r.steps) + "\n" + known(r);
}

// What requests come to, and what goes wrong, whatever the schedule.
std::set<std::string> ends_of(const SearchReport& r) {
  std::set<std::string> out;
  for (const explore::Outcome& o : r.outcomes) out.insert(o.text);
  for (const Finding& f : r.findings) out.insert(f.rule + " " + f.where);
  return out;
}

Limits any_times() {
  Limits limits;
  limits.any_time = true;
  return limits;
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
  const SearchReport whole = search_all(program, {}, kExecutions);
  Search search(program, {}, {});
  for (uint64_t made = 0, piece = 1; made < kExecutions; piece = piece % 7 + 1) {
    const uint64_t now = std::min(piece, kExecutions - made);
    search.step(now);
    made += now;
  }
  CHECK(told(search.report()) == told(whole));
  CHECK(told(search_all(program, {}, kExecutions)) == told(whole));
}

// In another process it would be the same: all that goes over is the text.
TEST_CASE("explore: a search that was saved goes on as if it had never stopped") {
  const run::Program program = two_readers("holds");
  for (uint64_t executions : {1u, 40u, 701u}) {
    Search first(program, {}, {});
    first.step(executions);
    const std::string saved = first.save();
    first.step(1000);
    for (const auto kind : {sched::FiberKind::Context, sched::FiberKind::Thread}) {
      auto again = Search::resume(program, {}, {}, saved, kind);
      REQUIRE(again.ok());
      (*again)->step(kind == sched::FiberKind::Context ? 1000 : 0);
      if (kind == sched::FiberKind::Context)
        CHECK(told((*again)->report()) == told(first.report()));
    }
  }
}

TEST_CASE("explore: a saved search is refused where it does not belong") {
  const run::Program program = two_readers("holds");
  Search search(program, {}, {});
  search.step(50);
  const std::string saved = search.save();
  const auto refusal = [](const run::Program& p, const Limits& limits, std::string_view text) {
    const auto result = Search::resume(p, {}, limits, text);
    return result ? std::string() : result.error().message;
  };
  Limits other;
  other.any_time = true;
  CHECK(refusal(program, {}, saved).empty());
  CHECK(refusal(program, other, saved) == "The saved search was made with other options.");
  CHECK(refusal(two_readers("echoes"), {}, saved).starts_with("The saved search is of another"));
  CHECK(refusal(program, {}, "hello") == "This is not a search that was saved.");
  CHECK(refusal(program, {}, "") == "This is not a search that was saved.");
  for (size_t at : {saved.size() / 4, saved.size() / 2, saved.size() - 1}) {
    CHECK(refusal(program, {}, saved.substr(0, at)) == "The saved search is damaged.");
    std::string changed = saved;
    changed[at] = char(changed[at] ^ 1);
    CHECK(refusal(program, {}, changed) == "The saved search is damaged.");
  }
}

TEST_CASE("explore: progress says what the report does, and its share ends with 1") {
  const run::Program program =
      small_program("echoes", {"0 send a read 16 file=A", "0 send b read 16 file=B"});
  Search search(program, {}, {});
  CHECK(search.progress().share == 0);
  while (search.step(50)) {
    CHECK(search.progress().share >= 0);
    CHECK(search.progress().share < 1);
  }
  const explore::Progress p = search.progress();
  const SearchReport r = search.report();
  CHECK(p.share == 1);
  CHECK(p.complete);
  CHECK(p.schedules == r.schedules);
  CHECK(p.executions == r.executions);
  CHECK(p.wrong == r.wrong);
}

TEST_CASE("explore: an allocation that fails is found where the driver forgets about it") {
  const run::Program program =
      small_program("forgets", {"0 send a read 16 file=A", "0 send b read 16 file=B"});
  Limits limits;
  limits.switches = 1;
  const SearchReport plenty = search_all(program, limits);
  CHECK(plenty.complete);
  CHECK(plenty.findings.empty());
  limits.failing = true;
  const SearchReport failing = search_all(program, limits);
  CHECK(failing.complete);
  REQUIRE(!failing.findings.empty());
  CHECK(failing.schedules > plenty.schedules);
  CHECK(failing.wrong < failing.schedules);
  for (const Finding& f : failing.findings) {
    CHECK(f.schedule.picks.front().mover == sched::Mover::Memory);
    CHECK(f.schedule.print().find("=m") != std::string::npos);
  }
}

TEST_CASE("explore: two processes come to know what one does") {
  for (const char* driver : {"echoes", "forgets"}) {
    const run::Program program =
        small_program(driver, {"0 send a read 16 file=A", "0 send b read 16 file=B"});
    const SearchReport one = search_all(program);
    REQUIRE(one.complete);
    for (uint64_t before : {0u, 3u, 20u}) {  // executions, then in short pieces
      Search search(program, {}, {});
      search.step(before);
      while (search.step_on_two(0.02)) {}
      CHECK(known(search.report()) == known(one));
    }
  }
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
    const SearchReport report = search_all(program, limits);
    CHECK(report.complete);
    CHECK(report.bound == switches);
    CHECK(report.schedules == all.size());
    CHECK(report.executions <= executions + 1 + switches);  // one bound after the other
    std::set<std::string> ends;
    for (const auto& [hash, text] : all) ends.insert(text);
    CHECK(report.outcomes.size() == ends.size());
  }
  const SearchReport whole = search_all(program, {}, 20'000);
  CHECK(whole.complete);
  CHECK(whole.bound == Limits::kAnySwitches);
}

// explore/README.md: the end of the last thread and what comes early are not tried in both orders.
TEST_CASE("explore: in any order the search ends where plain enumeration does") {
  const auto ends_where_all_do = [](const run::Program& program) {
    INFO(program.name);
    uint64_t executions = 0;
    constexpr uint64_t kMost = 60'000;
    std::set<std::string> ends;
    for (const auto& [hash, text] :
         explore::enumerate(program, {}, any_times(), kMost, &executions))
      for (size_t at = 0; at < text.size();) {  // "outcome; report; report"
        const size_t end = std::min(text.find("; V-", at), text.find("; U-", at));
        ends.insert(text.substr(at, end - at));
        at = end == std::string::npos ? end : end + 2;
      }
    REQUIRE(executions < kMost);
    const SearchReport all = search_all(program, any_times());
    REQUIRE(all.complete);
    CHECK(ends_of(all) == ends);
    CHECK(all.executions <= 2 * executions + 10);
  };
  ends_where_all_do(small_program("echoes", {"0 send a read 16 file=A", "3ms cancel R1"}));
  for (const char* lesson : {"06-manual-dispatch", "19-send-to-target"})
    ends_where_all_do(*session::load_program(lesson));
}

TEST_CASE("explore: in any order it does not matter for what moment inputs were written") {
  const std::string a = " send a read 16 file=A", b = " send b read 16 file=B", c = " cancel R1";
  for (const std::string driver : {"echoes", "forgets", "holds"})
    for (const std::string& next : {b, c}) {
      INFO(driver << next);
      // All are due before anybody runs, so the clock never moves for them; or it does.
      const SearchReport at_once = search_all(small_program(driver, {"0" + a, "0" + next}));
      const SearchReport later =
          search_all(small_program(driver, {"0" + a, "3ms" + next}), any_times());
      REQUIRE(at_once.complete);
      REQUIRE(later.complete);
      CHECK(ends_of(at_once) == ends_of(later));
    }
}

TEST_CASE("explore: each finding is played by its schedule") {
  const SearchReport report = search_all(two_readers("holds"), {}, 1000);
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
    const SearchReport right = search_all(*program, limits, 2000);
    program->driver = run::find_driver(run::test_drivers(), name);
    REQUIRE(program->driver);
    const SearchReport wrong = search_all(*program, limits, 2000);
    INFO(told(wrong));
    if (p.lesson == std::string_view("22-inverted-call")) CHECK(has(wrong, "U-08"));
    CHECK(std::any_of(wrong.findings.begin(), wrong.findings.end(),
                      [&](const Finding& f) { return !has(right, f.rule); }));
  }
}

// Ids are given in the order in which things come, which depends on the schedule.
TEST_CASE("explore: an outcome is listed once, whatever ids its requests have") {
  auto program = session::load_program("16-power-managed-queues");
  REQUIRE(program.ok());
  Limits limits;
  limits.any_time = true;
  const SearchReport report = search_all(*program, limits, 3000);
  std::set<std::string> texts;
  for (const Outcome& o : report.outcomes) texts.insert(o.text);
  CHECK(report.outcomes.size() > 1);
  CHECK(texts.size() == report.outcomes.size());
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
    const auto lesson = session::load_lesson(info.name);
    REQUIRE(lesson.ok());
    const bool lets_break_it =
        std::any_of((*lesson)->beats.begin(), (*lesson)->beats.end(),
                    [](const lesson::Beat& b) { return b.mode == lesson::BeatMode::Race; });
    if (lets_break_it) continue;
    const SearchReport report = search_all(*program, {}, 2000);
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
    const SearchReport report = search_all(*program, limits, 2000);
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

// Taking the locks of tables for the new request is no decision, and does not hide the one at which
// it comes.
TEST_CASE("X-02 explore: the thread that ran can be picked where an input comes in") {
  const run::Program program =
      small_program("echoes", {"0 send a read 16 file=A", "0 @own(R1) send b read 16 file=B"});
  const auto where_it_came = [](const trace::Trace& t) {
    for (size_t i = 1; i < t.size(); ++i)
      if (t[i].code == trace::EventCode::Choice && t[i - 1].code == trace::EventCode::ThreadStart)
        return t[i];
    return trace::Event();
  };
  const trace::Event usual = where_it_came(*run::execute(program, {}).trace);
  REQUIRE(usual.code == trace::EventCode::Choice);
  CHECK(usual.c != usual.thread);  // who brings it goes first
  sched::Schedule schedule;
  schedule.picks = {{usual.a, usual.thread, 0, sched::Mover::Thread}};
  const trace::Event picked = where_it_came(*run::execute(program, schedule).trace);
  CHECK(picked.a == usual.a);
  CHECK(picked.c == usual.thread);
  const explore::Route route = explore::follow(program, {}, false);
  CHECK(std::any_of(route.steps.begin(), route.steps.end(), [&](const explore::RouteStep& s) {
    return s.at.ordinal == usual.a && s.at.after == 0 && s.open.size() == 2;
  }));
}
