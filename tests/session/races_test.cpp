// The search of all schedules of what a session shows.
#include <doctest/doctest.h>

#include "run/run.h"
#include "session/programs.h"
#include "session/races.h"

using namespace qs;
using namespace qs::session;

namespace {

Session session_of(const char* program) {
  auto loaded = load_program(program);
  REQUIRE(loaded.ok());
  return Session(std::move(*loaded));
}

explore::Limits any_time() {
  explore::Limits limits;
  limits.any_time = true;
  return limits;
}

}  // namespace

TEST_CASE("races: what is searched is what was done, whoever went on when") {
  Session s = session_of("cancel-sent-request");
  Races races(s, any_time());
  CHECK(races.is_of(s));
  races.search_executions(100'000);
  CHECK(races.state() == Races::State::Done);
  CHECK(races.knows_all());
  REQUIRE(races.kept().size() > 2);
  // A schedule of the search is another run of the same question.
  REQUIRE(s.apply(cmd::LoadSchedule{races.schedule_of(races.kept()[1]).print(), "other"}) == "");
  CHECK(s.branch().label == "other");
  CHECK(races.is_of(s));
  const auto route = races.route(races.schedule_of(races.kept()[1]));
  const trace::Trace& played = *s.branch().execution.trace;
  CHECK(route->execution.trace->size() == played.size());
  // Something else was done: another question.
  Session other = session_of("first-request");
  CHECK_FALSE(races.is_of(other));
}

TEST_CASE("races: it rests when it is told to, and goes on where it was") {
  Session s = session_of("cancel-sent-request");
  Races whole(s, any_time()), pieces(s, any_time());
  whole.search_executions(100'000);
  while (pieces.state() != Races::State::Done) {
    pieces.search_executions(7);
    pieces.stop();
    if (pieces.state() == Races::State::Stopped) {
      CHECK_FALSE(pieces.knows_all());
      pieces.search_executions(7);  // it rests
      pieces.go_on();
    }
  }
  CHECK(pieces.report().schedules == whole.report().schedules);
  CHECK(pieces.report().executions == whole.report().executions);
}

TEST_CASE("races: luck is tried once the search rests, and meets the same as a thousand runs do") {
  Session s = session_of("cancel-sent-request");
  Races races(s, any_time());
  races.search_executions(100'000);
  CHECK(races.goes_on());
  CHECK(races.luck() == nullptr);
  races.try_luck(1);
  CHECK(races.luck() == nullptr);
  races.try_luck(5000);  // no more than there are
  REQUIRE(races.luck());
  CHECK_FALSE(races.goes_on());
  const auto program = load_program("cancel-sent-request");
  const explore::Luck at_once = explore::by_luck(*program, {}, any_time(), Races::kRandom);
  CHECK(races.luck()->schedules == at_once.schedules);
  CHECK(races.luck()->different == at_once.different);
  CHECK(races.luck()->outcomes == at_once.outcomes);
}

TEST_CASE("races: a recording is refused") {
  Session s = session_of("first-request");
  CHECK(Races::refusal(s) == "");
  trace::TraceFile recording;
  recording.trace = s.branch().execution.trace;
  Session looked(recording);
  CHECK_FALSE(Races::refusal(looked).empty());
}
