// Handles whose open is still under way: what is done with them waits for it.
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using run::Execution;
using trace::EventCode;

namespace {

// The sandbox, whose driver is told to take creates into a queue: each open waits for an order.
Execution play(const std::string& inputs) {
  auto schedule = sched::Schedule::parse(
      "qs1:7;@0 setup opens=dispatch=par handlers=default routes=create;"
      "@0 setup default=default dispatch=par handlers=read" +
      inputs);
  REQUIRE_MESSAGE(schedule.ok(), schedule.error().message);
  return run::execute(program("sandbox"), *schedule);
}

// Number of the n-th event of that code about that object, 1-based; 0 when there is none.
size_t nth(const trace::Trace& t, EventCode code, std::string_view name, int n = 1) {
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == code && (name.empty() || t.name(t[i].s) == name) && --n == 0) return i + 1;
  return 0;
}

bool has_note(const trace::Trace& t, std::string_view part) {
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == EventCode::Note && t.string(t[i].a).find(part) != std::string_view::npos)
      return true;
  return false;
}

bool settles(std::string_view name, std::string_view schedule) {
  auto parsed = sched::Schedule::parse(schedule);
  REQUIRE_MESSAGE(parsed.ok(), parsed.error().message);
  Execution run = run::execute(program(name), *parsed);
  return !run.ended && run.trace->back().code == EventCode::Settled;
}

}  // namespace

TEST_CASE("L-02 a request on a handle whose open is under way waits for it") {
  Execution run = play(";@1000 send=read 16 file=A;@5000 order O1=complete ok");
  const trace::Trace& t = *run.trace;
  const size_t opened = nth(t, EventCode::Completed, "O1"), sent = nth(t, EventCode::Send, "R1");
  REQUIRE(opened);
  REQUIRE(sent);
  CHECK(sent > opened);
  CHECK(t[sent - 1].time == 5000);
}

TEST_CASE("L-04 when the open fails, what waited for it is not sent and nothing is closed") {
  Execution run =
      play(";@1000 send=read 16 file=A;@2000 close A;@5000 order O1=complete STATUS_ACCESS_DENIED");
  const trace::Trace& t = *run.trace;
  CHECK_FALSE(nth(t, EventCode::Send, "R1"));
  CHECK_FALSE(nth(t, EventCode::FileCleanup, "A"));
  CHECK_FALSE(nth(t, EventCode::FileClose, "A"));
  CHECK(has_note(t, "R1 is not sent: handle A did not open"));
  CHECK(has_note(t, "handle A did not open"));
  CHECK(t.back().code == EventCode::Settled);
}

TEST_CASE("L-06 closing a handle waits for its open, and for what was sent before it") {
  Execution run = play(";@1000 send=read 16 file=A;@2000 close A;@5000 order O1=complete ok");
  const trace::Trace& t = *run.trace;
  const size_t opened = nth(t, EventCode::Completed, "O1"), sent = nth(t, EventCode::Send, "R1"),
               cleaned = nth(t, EventCode::FileCleanup, "A");
  REQUIRE(cleaned);
  CHECK(opened < sent);
  CHECK(sent < cleaned);
  CHECK_FALSE(nth(t, EventCode::FileClose, "A"));  // R1 is still with the driver (L-08)
}

TEST_CASE("L-08 the handle goes when the last request of it is back") {
  Execution run = play(
      ";@1000 send=read 16 file=A;@2000 close A;@5000 order O1=complete ok"
      ";@7000 order R1=complete ok");
  const trace::Trace& t = *run.trace;
  CHECK(nth(t, EventCode::FileClose, "A") > nth(t, EventCode::Completed, "R1"));
}

TEST_CASE("L-06 an application that exits waits for its opens, then closes its handles") {
  Execution run = play(";@2000 exit notepad;@5000 order O1=complete ok");
  const trace::Trace& t = *run.trace;
  const size_t opened = nth(t, EventCode::Completed, "O1"),
               gone = nth(t, EventCode::AppExit, "notepad");
  REQUIRE(opened);
  REQUIRE(gone);
  CHECK(opened < gone);
  CHECK(t.back().code == EventCode::Settled);
}

TEST_CASE("L-06 what an application has not sent yet when it exits is not sent any more") {
  Execution run =
      play(";@1000 send notepad=read 16 file=A;@2000 exit notepad;@5000 order O1=complete ok");
  CHECK_FALSE(nth(*run.trace, EventCode::Send, "R1"));
  CHECK(has_note(*run.trace, "R1 is not sent: notepad exits"));
}

TEST_CASE("L-02 a handle is closed, or its application exits, at any moment of the open") {
  CHECK(settles("stop-and-start", "qs1:0;@0#36 exit backup"));
  CHECK(settles("mark-cancelable", "qs1:7;@26776#69 open C;@4294967295#70 close C"));
  CHECK(settles("first-request", "qs1:7;@0#19 exit notepad"));
  CHECK(settles("sandbox", "qs1:7;@0#49 close A"));
  for (const char* input : {"close A", "exit notepad", "exit backup", "send=read 1 file=A"})
    for (int ordinal = 0; ordinal < 90; ++ordinal) {
      CAPTURE(input);
      CAPTURE(ordinal);
      const std::string at = "qs1:7;@0#" + std::to_string(ordinal) + " ";
      CHECK(settles("first-request", at + input));
      CHECK(settles("sandbox", at + input));
    }
}
