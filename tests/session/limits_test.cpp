// A driver that never ends, or takes all there is, ends its run and nothing else.
#include "kmdf/core/limits.h"

#include <algorithm>

#include "run/registry.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using run::execute;
using run::Execution;

namespace {

run::Program misdeeds(uint32_t length, bool lines = true) {
  run::Program p;
  p.name = "misdeeds";
  p.driver = run::find_driver(run::test_drivers(), "session/misdeeds");
  REQUIRE(p.driver);
  p.script = {input(sched::InputKind::Send, "", "read " + std::to_string(length))};
  p.settings.record_lines = lines;
  return p;
}

// The last event of that code; index 0 when there is none.
size_t last(const trace::Trace& t, trace::EventCode code) {
  for (size_t i = t.size(); i-- > 1;)
    if (t[i].code == code) return i;
  return 0;
}

std::string last_note(const trace::Trace& t) {
  size_t at = last(t, trace::EventCode::Note);
  return at ? std::string(t.string(t[at].a)) : "";
}

// "misdeeds.c:43" of the report, when it is U-11; "" when the run ended in another way.
std::string endless_at(const trace::Trace& t) {
  size_t at = last(t, trace::EventCode::Finding);
  if (!at || t.string(t[at].a) != "U-11" || t.back().code != trace::EventCode::RunEnd) return "";
  return t.back().a == uint32_t(trace::RunEnd::Endless) ? t.site_text(t[at].site) : "";
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// The line of the driver's source with that text.
std::string line_of(std::string_view text) {
  for (const EmbeddedFile& file :
       run::find_driver(run::test_drivers(), "session/misdeeds")->sources()) {
    std::string_view source(reinterpret_cast<const char*>(file.data), file.size);
    size_t at = source.find(text);
    if (at == std::string_view::npos) continue;
    return "misdeeds.c:" +
           std::to_string(1 + std::count(source.begin(), source.begin() + long(at), '\n'));
  }
  return "no such line";
}

}  // namespace

TEST_CASE("U-11 a loop without a call ends the run at its line, with or without lines") {
  for (bool lines : {true, false}) {
    CAPTURE(lines);
    Execution run = execute(misdeeds(1, lines), {});
    CHECK(run.ended);
    CHECK(endless_at(*run.trace) == line_of("    while (never == 0)"));
    CHECK(has(last_note(*run.trace), "4,000,000 blocks"));
    CHECK(run.trace->size() < 1000);
  }
}

TEST_CASE("U-11 a loop without a statement ends the run at its line, with or without lines") {
  const std::pair<uint32_t, const char*> loops[] = {{9, "    for (;;)\n        ;"},
                                                    {10, "    while (1) {\n"},
                                                    {11, "    for (;;) {\n        do"}};
  for (auto [length, text] : loops) {
    for (bool lines : {true, false}) {
      CAPTURE(length);
      CAPTURE(lines);
      Execution run = execute(misdeeds(length, lines), {});
      CHECK(run.ended);
      CHECK(endless_at(*run.trace) == line_of(text));
      CHECK(has(last_note(*run.trace), "4,000,000 blocks"));
      CHECK(run.trace->size() < 1000);
    }
  }
}

TEST_CASE("U-11 a loop of kernel calls that the framework does not see ends the run, too") {
  Execution run = execute(misdeeds(3, false), {});
  CHECK(has(endless_at(*run.trace), "misdeeds.c:"));
  CHECK(has(last_note(*run.trace), "Give the loop an end"));
}

TEST_CASE("U-11 a loop of calls ends the run") {
  run::Program program = misdeeds(4);
  Execution run = execute(program, {});
  CHECK(endless_at(*run.trace) == line_of("            WdfIoQueueGetDevice(Queue);"));
  CHECK(has(last_note(*run.trace), "50,000 calls"));
  CHECK(run.trace->size() < program.settings.event_limit);
}

TEST_CASE("U-11 lines are events: a loop over lines ends at the limit of events") {
  run::Program program = misdeeds(2);
  program.settings.event_limit = 20'000;
  Execution run = execute(program, {});
  CHECK(run.ended);
  CHECK(run.trace->size() <= 20'003);
  CHECK(run.trace->back().a == uint32_t(trace::RunEnd::Endless));
  CHECK(has(last_note(*run.trace), "20,000 events"));
}

TEST_CASE("U-11 the last event before a limit is the same each time") {
  for (uint32_t length : {1u, 2u, 4u}) {
    run::Program program = misdeeds(length);
    program.settings.event_limit = 20'000;
    CHECK(bytes(*execute(program, {}).trace) == bytes(*execute(program, {}).trace));
  }
}

TEST_CASE("S-10 a driver that takes memory without an end ends its run") {
  for (uint32_t length : {5u, 6u}) {
    Execution run = execute(misdeeds(length), {});
    CHECK(run.ended);
    CHECK(run.trace->back().a == uint32_t(trace::RunEnd::Endless));
    CHECK(has(last_note(*run.trace), "more than 512 MB"));
  }
}

TEST_CASE("U-11 objects without an end end the run") {
  run::Program program = misdeeds(7);
  program.settings.event_limit = 200'000;
  Execution run = execute(program, {});
  CHECK(run.ended);
  CHECK(has(last_note(*run.trace), "The run was stopped"));
}

TEST_CASE("U-11 a long loop that ends is no finding") {
  Execution run = execute(misdeeds(8, false), {});
  CHECK_FALSE(run.ended);
  CHECK(run.trace->back().code == trace::EventCode::Settled);
  CHECK(last(*run.trace, trace::EventCode::Finding) == 0);
}

TEST_CASE("a request that is longer than a run may allocate is not sent") {
  run::Program program = misdeeds(8);
  program.script = {input(sched::InputKind::Send, "", "read 4294967295")};
  Execution run = execute(program, {});
  REQUIRE(run.outcomes.size() == 1);
  CHECK_FALSE(run.outcomes[0].applied);
  CHECK_FALSE(run.ended);
}
