// The one language of events: read, written, matched, looked for; and inputs that come at a moment.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "language/pattern.h"
#include "lesson/file/program_file.h"
#include "run/inputs.h"
#include "run/run.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using language::parse_pattern;
using language::Pattern;
using trace::EventCode;

namespace {

Pattern pattern(std::string_view text) {
  auto p = parse_pattern(text);
  CAPTURE(text);
  REQUIRE(p.ok());
  return *p;
}

run::Execution play(std::string_view name, std::string_view schedule) {
  auto s = run::read_schedule(schedule);
  CAPTURE(schedule);
  REQUIRE(s.ok());
  return run::execute(program(name), *s);
}

// The event that is found, as "Completed R1 at driver.c:55"; "" when there is none.
std::string found(const trace::Trace& t, std::string_view text, size_t from = 0,
                  bool back = false) {
  const size_t at = language::find(t, pattern(text), from, back);
  if (at == language::kNone) return {};
  const trace::Event& e = t[at - 1];
  return std::string(trace::event_name(e.code)) + (e.s ? " " + t.name(e.s) : "");
}

size_t index_of(const trace::Trace& t, EventCode code, std::string_view name = {}) {
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == code && (name.empty() || t.name(t[i].s) == name)) return i;
  return t.size();
}

}  // namespace

TEST_CASE("an event is read as it is typed, and written in one way") {
  for (auto [typed, written] :
       {std::pair("present(R1, default, EvtIoRead)", "present(R1, default, EvtIoRead)"),
        {"present R1 default evtioread", "present(R1, default, EvtIoRead)"},
        {" done( R1 ,SUCCESS ) ", "done(R1, STATUS_SUCCESS)"},
        {"violation", "violation()"},
        {"call wdfrequestcomplete", "call(WdfRequestComplete)"},
        {"event completed R*", "event(Completed, R*)"},
        {"line driver.c:41", "line(driver.c:41)"},
        {"time 4ms", "time(4ms)"},
        {"complete(R1, , 16)", "complete(R1, *, 16)"}}) {
    CHECK(pattern(typed).text() == written);
    CHECK(pattern(written) == pattern(typed));
    CHECK(pattern(pattern(typed).word()) == pattern(typed));
  }
}

TEST_CASE("each kind of event is found, from where it stands or from the beginning") {
  const run::Execution run = play(
      "sandbox",
      "qs1:7;@0 send=read 16 file=A;@1000 order R1=forward waiting;@2000 queue waiting=retrieve;"
      "@3000 order R1=complete ok 16;@4000 queue waiting=retrieve");
  const trace::Trace& t = *run.trace;
  for (auto [text, event] : {std::pair("own R1", "Own R1"),
                             {"ask R1", "Ask R1"},
                             {"owner R1 driver", "Own R1"},
                             {"owner R1 nobody", "Completed R1"},
                             {"forward(R1, default, waiting)", "CallLeave R1"},
                             {"arrive(R1, waiting)", "Bind R1"},
                             {"call(WdfRequestForwardToIoQueue, waiting)", "CallEnter R1"},
                             {"enter(EvtIoRead, default)", "CallbackEnter R1"},
                             {"event(Completed, R1)", "Completed R1"},
                             {"moves(R1)", "Send R1"},
                             {"input", "Input"},
                             {"settled", "Settled"},
                             {"retrieve_none(waiting)", "CallLeave waiting"}}) {
    CAPTURE(text);
    CHECK(found(t, text) == event);
    const size_t first = language::find(t, pattern(text), 0, false);
    CHECK(language::find(t, pattern(text), first - 1, false) == first);
    CHECK(language::find(t, pattern(text), first + 1, true) == first);
    CHECK(language::find(t, pattern(text), first, true) == language::kNone);
    CHECK(language::find_between(t, {pattern(text)}, 0, first - 1) == language::kNone);
  }
  CHECK(found(t, "owner R1 target") == "");
  CHECK(found(t, "present(R2)") == "");
  const size_t later = language::find(t, pattern("time 1500us"), 0, false);
  REQUIRE(later != language::kNone);
  CHECK(t[later - 1].time == 2000);  // the first moment at which the clock has reached it
  CHECK(t[later - 2].time < 1500);
}

TEST_CASE("what can never go on is found at the end of the run") {
  const run::Execution run = play("who-owns-it", "qs1:7");
  CHECK(language::find(*run.trace, pattern("hang R2"), 0, false) == run.trace->size());
  CHECK(language::find(*run.trace, pattern("hang R1"), 0, false) == language::kNone);
  CHECK(language::find(*run.trace, pattern("hang R2"), run.trace->size(), false) ==
        language::kNone);
}

TEST_CASE("an input comes after a moment, once nothing moves, and so much later") {
  const run::Execution run =
      play("sandbox",
           "qs1:7;@0 send=read 16 file=A;@0~ask(R1) order R1=forward waiting;"
           "@0~forward(R1,*,waiting)+700 queue waiting=retrieve;@0~own(R*):2 cancel R1");
  const trace::Trace& t = *run.trace;
  for (const run::InputOutcome& o : run.outcomes)
    CHECK_MESSAGE(o.applied, o.words, ": ", o.problem);
  REQUIRE(run.outcomes.size() == 4);
  const size_t retrieved = language::find(t, pattern("retrieve R1"), 0, false);
  REQUIRE(retrieved != language::kNone);
  CHECK(t[retrieved - 1].time == 700);
  CHECK(language::find(t, pattern("app_cancel R1"), 0, false) > retrieved);
}

TEST_CASE("an input comes at a moment: before the call on the line where its thread stands") {
  const run::Execution before = play("first-request", "qs1:7");
  const trace::Trace& plain = *before.trace;
  const size_t call = language::find(plain, pattern("call(WdfRequestComplete*, R1)"), 0, false);
  REQUIRE(call != language::kNone);
  const uint32_t line = plain[call - 1].site.line();
  const run::Execution run =
      play("first-request", "qs1:7;@0@line(driver.c:" + std::to_string(line) + ") cancel R1");
  const trace::Trace& t = *run.trace;
  REQUIRE(!run.outcomes.empty());
  CHECK(run.outcomes.back().applied);
  const size_t flagged = index_of(t, EventCode::CancelFlag, "R1");
  REQUIRE(flagged < t.size());
  CHECK(flagged < index_of(t, EventCode::Completing, "R1"));
  CHECK(flagged > index_of(t, EventCode::Present, "R1"));
  // Otherwise it would come too late.
  const run::Execution late =
      play("first-request", "qs1:7;@0~line(driver.c:" + std::to_string(line) + ") cancel R1");
  CHECK(index_of(*late.trace, EventCode::Completing, "R1") <
        index_of(*late.trace, EventCode::CancelFlag, "R1"));
}

TEST_CASE("a schedule whose moment is no event is refused") {
  auto s = run::read_schedule("qs1:7;@0~owned(R1) cancel R1");
  REQUIRE_FALSE(s.ok());
  CHECK(s.error().message.find("\"owned\" is not an event") != std::string::npos);
}

TEST_CASE("the words of the vocabulary are each there once, and no more arguments than fit") {
  const auto& kinds = language::fact_kinds();
  REQUIRE(kinds.size() == size_t(language::FactId::Count));
  for (size_t i = 0; i < kinds.size(); ++i) {
    CHECK(size_t(kinds[i].id) == i);
    CHECK(kinds[i].args.size() <= language::Fact::kMostArgs);
    CHECK(language::find_fact_kind(kinds[i].name) == &kinds[i]);
  }
}
