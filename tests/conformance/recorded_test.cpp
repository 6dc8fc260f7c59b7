// Recorded truth: what the original framework's own code did with these scripts, line by line.
// random.jsonl.zst holds 1,270 random scripts, scenarios/ the hand-written ones with their traces
// beside them.
#include <doctest/doctest.h>

#include <filesystem>

#include "conform/scenario.h"

using namespace qs;
using namespace qs::conform;

namespace {

void check_all(const std::vector<Scenario>& scenarios) {
  for (const Scenario& s : scenarios) {
    CAPTURE(s.name);
    REQUIRE_MESSAGE(!s.trace.empty(), "there is no recording beside the script");
    Comparison c = check(s);
    CHECK_MESSAGE(c.equal, c.difference);
  }
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
  CHECK(count == 213);
}

TEST_CASE("every random scenario plays as it was recorded") {
  auto scenarios = read_scenarios("tests/conformance/random.jsonl.zst");
  REQUIRE_MESSAGE(scenarios.ok(), scenarios.error().text());
  CHECK(scenarios->size() == 1270);
  check_all(*scenarios);
}

TEST_CASE("a changed recording is noticed, with its first difference") {
  auto scenarios = read_scenarios("tests/conformance/scenarios/cancel_owned.scn");
  REQUIRE(scenarios.ok());
  Scenario s = scenarios->front();
  REQUIRE(s.trace.size() > 8);
  s.trace[8] += " changed";
  Comparison c = check(s);
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
