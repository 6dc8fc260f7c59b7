// Recorded truth: what the original framework's own code did with these scripts, line by line.
// random.jsonl.zst holds 1,270 random scripts, more.jsonl.zst 613 on objects, time, targets, power
// and files, scenarios/ the hand-written ones with their traces beside them.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "conform/scenario.h"
#include "conform/script_check.h"

using namespace qs;
using namespace qs::conform;

namespace {

void check_all(const std::vector<Scenario>& scenarios) {
  for (const Scenario& s : scenarios) {
    CAPTURE(s.name);
    REQUIRE_MESSAGE(!s.trace.empty(), "there is no recording beside the script");
    CHECK(script_problem(s) == "");
    TraceComparison c = check(s);
    CHECK_MESSAGE(c.equal, c.difference);
  }
}

// Recordings that are known to differ: "name: reason" a line.
std::map<std::string, std::string> known_differences() {
  std::map<std::string, std::string> out;
  std::ifstream in("tests/conformance/not_equal.txt");
  REQUIRE_MESSAGE(in.good(), "tests/conformance/not_equal.txt cannot be read");
  for (std::string line; std::getline(in, line);) {
    size_t colon = line.find(": ");
    if (line.empty() || line[0] == '#') continue;
    REQUIRE_MESSAGE(colon != std::string::npos, "expected \"name: reason\", not: " << line);
    out[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return out;
}

}  // namespace

TEST_CASE("every hand-written scenario plays as it was recorded") {
  size_t count = 0;
  for (auto& entry : std::filesystem::directory_iterator("tests/conformance/scenarios")) {
    if (entry.path().extension() != ".scn") continue;
    auto scenarios = read_scenarios(entry.path().string());
    REQUIRE_MESSAGE(scenarios.ok(), scenarios.error().text());
    check_all(*scenarios);
    ++count;
  }
  CHECK(count == 215);
}

TEST_CASE("every random scenario plays as it was recorded") {
  auto scenarios = read_scenarios("tests/conformance/random.jsonl.zst");
  REQUIRE_MESSAGE(scenarios.ok(), scenarios.error().text());
  CHECK(scenarios->size() == 1270);
  check_all(*scenarios);
}

TEST_CASE("recordings of objects, time, targets, power and files play as they were recorded") {
  auto scenarios = read_scenarios("tests/conformance/more.jsonl.zst");
  REQUIRE_MESSAGE(scenarios.ok(), scenarios.error().text());
  CHECK(scenarios->size() == 613);
  auto known = known_differences();
  for (const Scenario& s : *scenarios) {
    CAPTURE(s.name);
    REQUIRE_FALSE(s.trace.empty());
    CHECK(script_problem(s) == "");
    TraceComparison c = check(s);
    bool listed = known.erase(s.name) != 0;
    CHECK_MESSAGE((listed || c.equal), c.difference);
    CHECK_MESSAGE(!(listed && c.equal), "is equal now: take it out of not_equal.txt");
  }
  for (auto& [name, reason] : known) FAIL_CHECK("not_equal.txt names no recording: " << name);
}

TEST_CASE("a trace that ends where the original read through a dead pointer holds up to there") {
  Scenario s{"x", {"start", "object A", "delete A"}, {}};
  s.trace = play(s, true).lines;
  REQUIRE(s.trace.size() > 3);
  s.trace.back() = "!! ACCESS VIOLATION (undefined)";
  CHECK(check(s).equal);
  s.trace[s.trace.size() - 2] += " changed";
  CHECK_FALSE(check(s).equal);
}

TEST_CASE("a changed recording is noticed, with its first difference") {
  auto scenarios = read_scenarios("tests/conformance/scenarios/cancel_owned.scn");
  REQUIRE(scenarios.ok());
  Scenario s = scenarios->front();
  REQUIRE(s.trace.size() > 8);
  s.trace[8] += " changed";
  TraceComparison c = check(s);
  CHECK_FALSE(c.equal);
  CHECK(c.difference.find("changed") != std::string::npos);
}

TEST_CASE("damaged scenario files are refused with file and line") {
  auto missing = read_scenarios("tests/conformance/none.scn");
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().text().find("none.scn") != std::string::npos);
  auto broken = parse_jsonl("{\"name\":\"a\",\"script\":[]}\n{\"name\":3}\n", "x.jsonl");
  REQUIRE_FALSE(broken.ok());
  CHECK(broken.error().line == 2);
}

TEST_CASE("a script that cannot be played is refused with its line and what is wrong with it") {
  auto problem = [](const char* last) {
    return script_problem({"x", {"option verifier=on", "queue Q seq cb=read", "open F", last}, {}});
  };
  CHECK(problem("arrive R1 read 16 file=F precancel") == "");
  CHECK(problem("on R1 mark $; forward $ $q; complete R2 0xC0000001 3") == "");
  CHECK(problem("jump Q") == "line 4: \"jump\" is not a word of scripts");
  CHECK(problem("arrive R1 read") == "line 4: \"arrive\" needs a number");
  CHECK(problem("arrive R1 sing 16") == "line 4: \"sing\" is not a type of request");
  CHECK(problem("arrive R1 read 16 file=G") == "line 4: no line opens a file G");
  CHECK(problem("complete R1 fine") == "line 4: \"fine\" is not a status");
  CHECK(problem("on R1 forward $ P") == "line 4: no line makes a queue P");
  CHECK(problem("queue P row") == "line 4: expected seq, par or man, not \"row\"");
  CHECK(problem("power sideways") == "line 4: \"power\" does not know \"sideways\"");
  CHECK(problem("lower R1 ok 4 irql=0") == "");
  CHECK(problem("oncleanup A delete A; object B parent=A") ==
        "line 4: nothing in the script is called A");
  CHECK(problem("timer T parent=DEVICE speed=3") == "line 4: \"timer\" does not know \"speed=3\"");
  CHECK(problem("lowermode asleep") == "line 4: \"lowermode\" does not know \"asleep\"");
  CHECK(problem("onfclose G delete F") == "line 4: no line opens a file G");
  CHECK(problem("ond0exit tick soon") == "line 4: \"soon\" is not a number");
  CHECK(problem("on R1 onready Q state Q; tick 5") == "");
  CHECK(problem("cancel R1 now") == "line 4: \"now\" is too much here");
  CHECK(problem("option verifier=on colour=red") ==
        "line 4: \"option\" does not know \"colour=red\"");
}

TEST_CASE("a name that is given to a second request stands for that one") {
  Played played = play(
      {"x",
       {"queue Q par default power=off cb=read", "start", "arrive R1 read 16", "complete R1 ok",
        "arrive R2 read 16", "complete R2 ok", "arrive R1 read 16", "complete R1 ioerr"},
       {}},
      true);
  CHECK(played.lines.back() == "END outstanding=none");
  REQUIRE(played.lines.size() > 1);
  CHECK(played.lines[played.lines.size() - 2] ==
        "* COMPLETED R1 status=STATUS_IO_DEVICE_ERROR info=0");
}

TEST_CASE("a script that goes round for ever is ended") {
  Played played = play({"x",
                        {"queue Q man default power=off sync=queue", "start",
                         "onready Q retrieve Q; requeue R1", "ready Q on", "arrive R1 read 16"},
                        {}},
                       true);
  CHECK(played.lines.size() > 1000);
  CHECK(played.lines.back().find("END") == std::string::npos);
}
