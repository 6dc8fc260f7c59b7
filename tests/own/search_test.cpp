// The search of all schedules of a driver in the box: it finds what it finds of the same driver
// when that is compiled in; and whatever the driver does to it, whoever asked goes on.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "explore/elsewhere.h"
#include "explore/ending.h"
#include "explore/luck.h"
#include "explore/route.h"
#include "own/own.h"
#include "own/support.h"
#include "run/run.h"
#include "support/folder.h"

using namespace qs;
using explore::Finding;
using explore::Limits;
using explore::Search;
using explore::SearchReport;

namespace {

const char* const kCard = "12-cancel-races/card-c";

// The driver of a lesson that goes wrong when a cancel comes at the wrong moment, in the box.
run::Program boxed_card(const test::Folder& f) {
  std::filesystem::copy(std::string("lessons/") + kCard + ".c", f.file("card.c"));
  f.put("program.toml",
        "[program]\ndriver = \"card.c\"\nhardware = \"slot\"\n"
        "script = [\"0 send read 512 file=A\", \"20ms cancel R1\"]\n");
  return test::own_program(f.path.string());
}

run::Program inside(run::Program program, const char* driver) {
  program.elsewhere = nullptr;
  program.driver = run::find_driver(run::compiled_drivers(), driver);
  REQUIRE(program.driver);
  return program;
}

SearchReport searched(const run::Program& program, Limits limits = {}) {
  Search search(program, {}, limits);
  while (search.step(5000)) {}
  return search.report();
}

// What is the same wherever the driver is: its lines are those of files with other names.
std::string known(const SearchReport& r) {
  std::string out = fmt::format("{} {} {} {}", r.schedules, r.wrong, r.complete, r.bound);
  for (const Finding& f : r.findings)
    out += fmt::format("\n{} {} {} {} {} {}", f.rule, f.where.substr(f.where.find(':') + 1),
                       f.schedules, f.steps, f.switches, f.schedule.print());
  for (const explore::Outcome& o : r.outcomes)
    out += fmt::format("\n{} {} {}", o.schedules, o.text, o.schedule.print());
  return out;
}

bool has(const SearchReport& r, std::string_view rule) {
  return std::any_of(r.findings.begin(), r.findings.end(),
                     [&](const Finding& f) { return f.rule == rule; });
}

}  // namespace

TEST_CASE("own: a search in the box finds what it finds of the same driver compiled in" *
          doctest::skip(test::kNoBox)) {
  const test::Folder f("search");
  const run::Program boxed = boxed_card(f), here = inside(boxed, kCard);
  Limits any;
  any.any_time = true;
  const SearchReport a = searched(boxed, any), b = searched(here, any);
  CHECK(a.lost == "");
  CHECK(a.not_again == 0);
  CHECK(a.complete);
  CHECK(a.wrong > 0);
  CHECK(known(a) == known(b));
  for (const Finding& finding : a.findings) {
    const run::Execution again = run::execute(boxed, finding.schedule);
    const auto reports = explore::reports_in(*again.trace);
    CHECK(std::any_of(reports.begin(), reports.end(),
                      [&](const explore::ReportAt& r) { return r.rule == finding.rule; }));
  }
  const explore::Luck lucky = explore::by_luck(boxed, {}, any, 200),
                      luck = explore::by_luck(here, {}, any, 200);
  CHECK(lucky.schedules == 200);
  CHECK(lucky.wrong == luck.wrong);
  CHECK(lucky.first == luck.first);
  CHECK(lucky.outcomes == luck.outcomes);
}

TEST_CASE("own: a search in the box goes on in pieces, and from what was saved" *
          doctest::skip(test::kNoBox)) {
  const test::Folder f("search-pieces");
  const run::Program boxed = boxed_card(f);
  Limits any;
  any.any_time = true;
  const std::string whole = known(searched(boxed, any));
  Search pieces(boxed, {}, any);
  pieces.step(7);
  CHECK(pieces.progress().executions == 7);
  const std::string saved = pieces.save();
  auto resumed = Search::resume(boxed, {}, any, saved);
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().text());
  CHECK((*resumed)->progress().executions == 7);
  while ((*resumed)->step(1000)) {}
  CHECK(known((*resumed)->report()) == whole);
  Search waiting(boxed, {}, any);  // as a window does
  while (waiting.go_on(0.01)) {}
  CHECK(known(waiting.report()) == whole);
  Search dropped(boxed, {}, any);  // while it goes on
  dropped.go_on(0);
}

TEST_CASE("own: a schedule of a driver in the box is followed step by step" *
          doctest::skip(test::kNoBox)) {
  const test::Folder f("search-route");
  const run::Program boxed = boxed_card(f), here = inside(boxed, kCard);
  Limits any;
  any.any_time = true;
  Search search(boxed, {}, any);
  while (search.step(5000)) {}
  const SearchReport report = search.report();
  REQUIRE_FALSE(report.findings.empty());
  const sched::Schedule& schedule = report.findings[0].schedule;
  const explore::Route a = explore::follow(boxed, schedule, true),
                       b = explore::follow(here, schedule, true);
  REQUIRE(a.steps.size() == b.steps.size());
  for (size_t i = 0; i < a.steps.size(); ++i) {
    CHECK(a.steps[i].hash == b.steps[i].hash);
    CHECK(a.steps[i].open == b.steps[i].open);
    CHECK(a.steps[i].chosen == b.steps[i].chosen);
    CHECK(a.steps[i].from == b.steps[i].from);
  }
  CHECK(a.execution.trace->size() == b.execution.trace->size());
  for (size_t i = 0; i < a.steps.size(); ++i) {
    if (a.steps[i].open.size() < 2) continue;
    const auto roads = explore::roads_at(boxed, a, i, search.kept()),
               same = explore::roads_at(here, b, i, search.kept());
    REQUIRE(roads.size() == same.size());
    for (size_t r = 0; r < roads.size(); ++r) CHECK(roads[r].share == same[r].share);
    break;
  }
}

TEST_CASE(
    "own: variables of a driver are as new in each run of a search, and races on them are told" *
    doctest::skip(test::kNoBox)) {
  const run::Program program = test::own_program("tests/own/counts.c");
  run::Program two = program;
  two.apps = {{"a", {"A"}}, {"b", {"B"}}};
  two.script = test::script({"0 send a read 16 file=A", "0 send b read 16 file=B"});
  const SearchReport r = searched(two);
  CHECK(r.lost == "");
  CHECK(r.not_again == 0);
  CHECK(r.complete);
  REQUIRE(has(r, "U-08"));
  CHECK(r.findings[0].text.find("a variable of the driver") != std::string::npos);
  // The handler completes with the number of reads so far: 1 and 2, or 1 and 1 where one is lost.
  for (const explore::Outcome& o : r.outcomes) {
    INFO(o.text);
    CHECK(o.text.find(" 3") == std::string::npos);
    CHECK(o.text.find(" 1") != std::string::npos);
  }
  CHECK(r.outcomes.size() >= 2);
}

TEST_CASE("own: a driver that misbehaves in a search is told, or ends the search and nothing else" *
          doctest::skip(test::kNoBox)) {
  run::Program program = test::own_program("tests/own/misdeeds.c");
  for (const auto& [length, rule] : {std::pair(2, "U-12"), {3, "U-12"}, {6, "U-11"}, {7, "U-12"}}) {
    program.script = test::script({fmt::format("0 send read {} file=A", length)});
    const SearchReport r = searched(program);
    INFO("a read of ", length, ": ", r.lost);
    CHECK(has(r, rule));
  }
  program = test::own_program("tests/own/forger.c");
  for (const int length : {1, 2, 3}) {
    program.script = test::script({fmt::format("0 send read {} file=A", length)});
    const SearchReport r = searched(program);
    INFO("a read of ", length, ": ", r.lost);
    CHECK((!r.lost.empty() || !r.findings.empty() || r.not_again > 0));
  }
}

namespace {

// Somebody who answers as he likes.
class Liar final : public run::Workplace {
 public:
  explicit Liar(std::string answer) : answer_(std::move(answer)) {}
  run::Execution execute(const run::Program& program,
                         const sched::Schedule& schedule) const override {
    run::Program here = program;
    here.elsewhere = nullptr;
    return run::execute(here, schedule);
  }
  std::unique_ptr<run::Work> begin(const run::Program&, const sched::Schedule&, const std::string&,
                                   double) const override {
    struct Said final : run::Work {
      explicit Said(std::string text) : answer(std::move(text)) {}
      bool ended(double) override { return true; }
      Outcome take() override {
        Outcome out;
        out.answer = answer;
        out.seen.trace = std::make_shared<trace::Trace>();
        return out;
      }
      std::string answer;
    };
    return std::make_unique<Said>(answer_);
  }

 private:
  std::string answer_;
};

}  // namespace

TEST_CASE("own: what a search in the box says is believed only when it comes out again") {
  run::Program program;
  program.driver = run::find_driver(run::compiled_drivers(), "01-first-request/driver");
  REQUIRE(program.driver);
  program.script = test::script({"0 send read 16 file=A"});
  // An honest answer, of a driver that goes wrong: here another one that does not.
  run::Program wrong = inside(program, kCard);
  wrong.hardware = "slot";
  wrong.script = test::script({"0 send read 512 file=A", "20ms cancel R1"});
  std::string honest;
  explore::Writer asked, state;
  {
    const Search search(wrong, {}, Limits());
    const std::string file = search.save();
    explore::Reader saved(file);
    saved.text(), saved.number();
    const std::string body = saved.text();
    explore::Reader in(body);
    in.number(), in.text();
    state.bytes() = std::string(in.rest());
  }
  asked.number(uint64_t(explore::Asked::Search));
  explore::put_limits(asked, Limits());
  asked.number(500), asked.number(1000), asked.text(state.bytes());
  REQUIRE(explore::work(wrong, {}, asked.bytes(),
                        {[&](std::string_view bytes) { honest = bytes; }, nullptr}));
  const auto report_of = [&](const std::string& answer) {
    program.elsewhere = std::make_shared<Liar>(answer);
    Search search(program, {}, Limits());
    search.step(10);
    (void)search.progress();
    return search.report();
  };
  const SearchReport claimed = report_of(honest);
  CHECK(claimed.findings.empty());
  CHECK(claimed.lost == "");
  CHECK(report_of("").lost != "");
  for (size_t i = 0; i < honest.size(); i += 1 + honest.size() / 400) {
    CHECK(report_of(honest.substr(0, i)).lost != "");
    std::string changed = honest;
    changed[i] = char(changed[i] ^ (1 + int(i) % 255));
    (void)report_of(changed);
  }
}
