// The vocabulary of lessons, asked of real runs.
#include <doctest/doctest.h>

#include "lesson/language/predicate.h"
#include "run/run.h"
#include "session/programs.h"

using namespace qs;
using lesson::Story;
using lesson::Truth;

namespace {

Story story_of(std::string_view program, std::string_view schedule = "qs1:7") {
  auto loaded = session::load_program(program);
  REQUIRE_MESSAGE(loaded.ok(), loaded.error().text());
  auto parsed = sched::Schedule::parse(schedule);
  REQUIRE_MESSAGE(parsed.ok(), parsed.error().text());
  return Story{std::shared_ptr<const trace::Trace>(run::execute(*loaded, *parsed).trace)};
}

Truth ask(const Story& story, std::string_view check, lesson::View view = {}) {
  auto parsed = lesson::parse_check(check);
  REQUIRE_MESSAGE(parsed.ok(), parsed.error().message);
  return lesson::evaluate(*parsed, story, view);
}

std::string refusal(std::string_view check) {
  auto parsed = lesson::parse_check(check);
  REQUIRE_FALSE(parsed.ok());
  return parsed.error().message;
}

}  // namespace

TEST_CASE("checks over lesson 1.1: what happened, in which order, in which state") {
  const Story s = story_of("first-request");
  for (const char* holds : {"seen(send(R1, notepad))",
                            "count(create_queue(STATUS_SUCCESS)) = 1",
                            "seen(arrive(R1, default))",
                            "seen(present(R1, default, EvtIoRead))",
                            "seen(complete(R1, STATUS_SUCCESS, 16, driver))",
                            "seen(complete(R*, SUCCESS))",
                            "seen(done(R1, STATUS_SUCCESS, 16))",
                            "never(violation(*))",
                            "count(complete(*)) = 1",
                            "count(complete(*)) < 2",
                            "before(present(R1), complete(R1))",
                            "between(send(R1), done(R1)): never(app_cancel(R1))",
                            "before(complete(R1), send_returned(R1, STATUS_PENDING))",
                            "at(present(R1)): owner(R1) = driver and default.owned = 1",
                            "at(done(R1)): owner(R1) = nobody",
                            "always: default.owned <= 1 and default.queued = 0",
                            "end: default.accepting and default.dispatching",
                            "config: default.mode = seq",
                            "clean",
                            "any(seen(app_cancel(R1)); clean)",
                            "end_time <= 1",
                            "seen(enter(EvtIoRead, R1))",
                            "before(complete(R1), leave(EvtIoRead))",
                            "at(present(R1)): running(EvtIoRead) = 1",
                            "end: power = D0 and exists(default) and not exists(waiting)",
                            "max_wait(send(R1), done(R1)) <= 1",
                            "seen_overlap(owner(R1) = driver, power = D0)"}) {
    CAPTURE(holds);
    CHECK(ask(s, holds) == Truth::Holds);
  }
  for (const char* broken :
       {"never(present(R1))", "count(complete(*)) = 0", "before(complete(R1), present(R1))",
        "between(send(R1), done(R1)): never(present(R1))", "at(present(R1)): owner(R1) = default",
        "always: default.owned = 0", "seen(present(R1)) and never(complete(R1))",
        "at(done(R1)): not power = D0"}) {
    CAPTURE(broken);
    CHECK(ask(s, broken) == Truth::Broken);
  }
  for (const char* open : {"seen(present(R2))", "count(complete(*)) = 2", "end: default.owned = 1",
                           "seen(present(R1, waiting))", "seen(complete(R1, CANCELLED))",
                           "seen(complete(R1, *, *, framework))", "config: default.mode = par",
                           "marked: owner(R1) = driver", "chosen = late"}) {
    CAPTURE(open);
    CHECK(ask(s, open) == Truth::Open);
  }
}

TEST_CASE("a part of a run: what has not come yet is open, what is settled later stays open") {
  const Story s = story_of("first-request");
  const size_t presented = s.find(*lesson::parse_pattern("present(R1)"));
  REQUIRE(presented != Story::kNone);
  const lesson::View part{presented, false, {}, Story::kNone};
  CHECK(ask(s, "seen(present(R1))", part) == Truth::Holds);
  CHECK(ask(s, "seen(complete(R1))", part) == Truth::Open);
  CHECK(ask(s, "clean", part) == Truth::Open);
  CHECK(ask(s, "end: default.owned = 1", part) == Truth::Open);
  CHECK(ask(s, "never(complete(R1))", part) == Truth::Holds);
  CHECK(ask(s, "never(complete(R1))") == Truth::Broken);
  lesson::View marked = part;
  marked.marked = presented;
  CHECK(ask(s, "marked: owner(R1) = driver", marked) == Truth::Holds);
  marked.chosen = "late";
  CHECK(ask(s, "chosen = late", marked) == Truth::Holds);
}

TEST_CASE("orders of the sandbox appear as facts: forward, retrieve, requeue, mark, cancel") {
  const Story s =
      story_of("sandbox",
               "qs1:7;@0 send=read 16 file=A;@1000 order R1=forward waiting;@2000 queue "
               "waiting=retrieve;@3000 order R1=requeue;"
               "@3500 queue waiting=find;@4000 queue waiting=retrieve;"
               "@5000 order R1=mark;@6000 cancel R1;@7000 order R1=complete CANCELLED");
  for (const char* holds :
       {"seen(forward(R1, default, waiting, STATUS_SUCCESS))", "seen(retrieve(R1, waiting))",
        "count(retrieve(R1, waiting)) = 2", "seen(requeue(R1, waiting, SUCCESS))",
        "seen(mark(R1, SUCCESS))", "seen(app_cancel(R1))", "seen(enter(EvtRequestCancel, R1))",
        "seen(complete(R1, STATUS_CANCELLED, *, driver))", "seen(done(R1, STATUS_CANCELLED))",
        "before(forward(R1), retrieve(R1))", "seen(find(R1, waiting, STATUS_SUCCESS))",
        "at(find(R1, waiting)): owner(R1) = waiting"}) {
    CAPTURE(holds);
    CHECK(ask(s, holds) == Truth::Holds);
  }
  CHECK(ask(s, "seen(forward(R1, waiting, default))") == Truth::Open);
}

TEST_CASE("a check that cannot be read says what was found and what may stand there") {
  CHECK(refusal("").find("empty") != std::string::npos);
  CHECK(refusal("maybe(present(R1))").find("is not a condition; expected one of: seen()") !=
        std::string::npos);
  CHECK(refusal("seen(presented(R1))")
            .find("\"presented\" is not an event; expected one of: open send") !=
        std::string::npos);
  CHECK(refusal("seen(present(R1, default, EvtIoReed))").find("is not a callback") !=
        std::string::npos);
  CHECK(refusal("seen(complete(R1, STATUS_NICE))").find("is not a status") != std::string::npos);
  CHECK(refusal("seen(present(R1, a, b, c))").find("3 arguments at most") != std::string::npos);
  CHECK(refusal("count(present(R1)) = many").find("compare it with a number") != std::string::npos);
  CHECK(refusal("before(present(R1))").find("takes 2 events, here are 1") != std::string::npos);
  CHECK(refusal("always: default.colour = 1").find("is not a state; expected one of:") !=
        std::string::npos);
  CHECK(refusal("always: default.owned").find("compare it with a number") != std::string::npos);
  CHECK(refusal("end: default.accepting = 1").find("true or not") != std::string::npos);
  CHECK(refusal("seen(present(R1)").find("parentheses") != std::string::npos);
  CHECK(refusal("any(any(any(any(any(any(any(any(any(clean)))))))))").find("too deep") !=
        std::string::npos);
  CHECK(refusal("between(a(), b())").find("is not an event") != std::string::npos);
}

TEST_CASE("names with a star match as people expect") {
  CHECK(language::word_matches("*", ""));
  CHECK(language::word_matches("R*", "R12"));
  CHECK_FALSE(language::word_matches("R*", "W1"));
  CHECK(language::word_matches("*IoRead", "EvtIoRead"));
  CHECK(language::word_matches("a*b*c", "axxbyyc"));
  CHECK_FALSE(language::word_matches("a*b*c", "axxcyyb"));
}
