// The same inputs under several dispatch modes: one clock, the first difference, what is not
// possible there.
#include "session/compare.h"

#include "session/presets.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using session::Comparison;
using session::Session;

namespace {

constexpr session::ComparedMode kSequential{trace::Dispatch::Sequential},
    kParallel{trace::Dispatch::Parallel}, kTwo{trace::Dispatch::Parallel, 2},
    kManual{trace::Dispatch::Manual};

Comparison compared(const Session& s, const std::vector<session::ComparedMode>& modes,
                    const std::string& queue = "default") {
  auto c = session::compare_modes(s, queue, modes);
  REQUIRE_MESSAGE(c.ok(), c.error().message);
  return std::move(*c);
}

// Reads that arrive at 1, 2 and 6 ms, at a driver that keeps what it gets.
Session reads() { return Session(program("be-the-driver")); }

const model::RequestView* at_stop(Comparison& c, size_t run, size_t stop, const char* name) {
  const model::Model& m = c.runs[run].timeline->at(c.clock.events(stop, run));
  return m.request(session::find_object(*c.runs[run].execution.trace, name, ObjectKind::Request));
}

}  // namespace

TEST_CASE("sequential and parallel part where the second read arrives; the sentence says how") {
  Session s = reads();
  Comparison c = compared(s, {kSequential, kParallel});
  REQUIRE(c.difference);
  CHECK(c.difference->time == 2000);
  CHECK(c.difference->request == "R2");
  CHECK(c.sentence ==
        "At 2 ms: in sequential R2 waits in the default queue; in parallel it is presented to "
        "EvtIoRead.");
  CHECK(c.runs[0].present);
  CHECK_FALSE(c.runs[1].present);
  CHECK(s.branches().size() == 1);  // looking changes nothing
}

TEST_CASE("with three modes equal ones are named together, at the moment when the first parts") {
  Session s = reads();
  Comparison c = compared(s, {kSequential, kTwo, kManual});
  REQUIRE(c.difference);
  CHECK(c.difference->time == 1000);
  CHECK(c.sentence ==
        "At 1 ms: in sequential and parallel (2) R1 is presented to EvtIoRead; in manual it waits "
        "in the default queue.");
}

TEST_CASE("a limit of two differs from no limit only where the third arrives") {
  Session s(program("be-the-driver-parallel"));
  Comparison c = compared(s, {kTwo, kParallel});
  REQUIRE(c.difference);
  CHECK(c.difference->time == 3000);
  CHECK(c.difference->request == "C1");
}

TEST_CASE("runs that fare alike have no difference") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "complete SUCCESS"));
  Comparison c = compared(s, {kSequential, kParallel});
  CHECK_FALSE(c.difference);
  CHECK(c.sentence.empty());
}

TEST_CASE("before the first difference all requests of all runs stand alike, at it they do not") {
  Session s = reads();
  Comparison c = compared(s, {kSequential, kTwo, kManual});
  REQUIRE(c.difference);
  const size_t before = c.difference->stop - 1, after = c.clock.end_of_burst(c.difference->stop);
  const model::RequestView *a = at_stop(c, 0, before, "R1"), *b = at_stop(c, 2, before, "R1");
  REQUIRE(bool(a) == bool(b));
  if (a) CHECK(a->place == b->place);
  REQUIRE(at_stop(c, 0, after, "R1"));
  CHECK(at_stop(c, 0, after, "R1")->place == model::Place::Driver);
  CHECK(at_stop(c, 2, after, "R1")->place == model::Place::Waiting);
}

TEST_CASE("the shared clock only goes forward, in time and in every run, and ends at every end") {
  Session s = reads();
  Comparison c = compared(s, {kSequential, kTwo, kManual});
  const model::SharedClock& k = c.clock;
  REQUIRE(k.stops() > 3);
  for (size_t i = 1; i < k.stops(); ++i) {
    CHECK(k.position(i) > k.position(i - 1));
    CHECK(k.time(i) >= k.time(i - 1));
    for (size_t r = 0; r < k.runs(); ++r) {
      CHECK(k.events(i, r) >= k.events(i - 1, r));
      // Nothing that a run has applied is later than the clock.
      CHECK((*c.runs[r].execution.trace)[k.events(i, r) - 1].time <= k.time(i));
    }
  }
  for (size_t r = 0; r < k.runs(); ++r) {
    const trace::Trace& t = *c.runs[r].execution.trace;
    CHECK(k.events(0, r) == session::ready_of(t));
    for (size_t e = k.events(k.stops() - 1, r); e < t.size(); ++e)
      CHECK(trace::event_level(t[e].code) != trace::EventLevel::Hop);
  }
}

TEST_CASE("between two stops first time passes, then things move") {
  Session s = reads();
  Comparison c = compared(s, {kSequential, kParallel});
  const model::SharedClock& k = c.clock;
  size_t i = 1;
  while (i + 1 < k.stops() && k.gap(i) == 0) ++i;
  REQUIRE(k.gap(i) > 0);
  const double start = k.position(i - 1);
  const auto halfway = k.at(start + k.gap(i) / 2);
  CHECK(halfway.from == i - 1);
  CHECK(halfway.t == 0);
  CHECK(halfway.time > k.time(i - 1));
  CHECK(halfway.time < k.time(i));
  const auto moving = k.at(start + k.gap(i) + 0.5);
  CHECK(moving.t == doctest::Approx(0.5));
  CHECK(moving.time == k.time(i));
  CHECK(k.at(k.position(i)).from == i);
  CHECK(k.stop_before(k.length() + 9) == k.stops() - 1);
}

TEST_CASE("inputs of one instant stand at the same stop in every run") {
  Session s(program("sandbox"));
  for (int i = 0; i < 3; ++i) act(s, send("read 16 file=A"));
  act(s, order("R1", "complete SUCCESS"));
  Comparison c = compared(s, {kSequential, kParallel});
  const trace::Trace &a = *c.runs[0].execution.trace, &b = *c.runs[1].execution.trace;
  std::vector<size_t> stops[2];
  for (size_t i = session::ready_of(a); i < a.size(); ++i)
    if (a[i].code == trace::EventCode::Send) stops[0].push_back(c.clock.stop_of(0, i));
  for (size_t i = session::ready_of(b); i < b.size(); ++i)
    if (b[i].code == trace::EventCode::Send) stops[1].push_back(c.clock.stop_of(1, i));
  CHECK(stops[0] == stops[1]);
  REQUIRE(c.difference);
  CHECK(c.difference->request == "R2");
}

TEST_CASE("what cannot be done under a mode is kept, with its reason") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "complete SUCCESS"));
  Comparison c = compared(s, {kSequential, kManual});
  CHECK(c.runs[0].impossible.empty());
  REQUIRE(c.runs[1].impossible.size() == 1);
  CHECK(c.runs[1].impossible[0].words.find("R1") != std::string::npos);
  CHECK_FALSE(c.runs[1].impossible[0].reason.empty());
}

TEST_CASE("O-07 a queue without a handler can only be manual, and is offered with that reason") {
  Session s(program("sandbox"));
  for (const session::ComparableQueue& q : session::comparable_queues(s)) {
    CHECK(q.reason.empty() == (q.name != "waiting"));
    CHECK((q.name != "default" || q.now == kSequential));
  }
  auto c = session::compare_modes(s, "waiting", {kManual, kParallel});
  REQUIRE_FALSE(c.ok());
  CHECK(c.error().message.find("O-07") != std::string::npos);
  CHECK_FALSE(session::compare_modes(s, "nowhere", {kManual, kParallel}).ok());
}

TEST_CASE("a run that was switched is compared with the mode it was written for") {
  Session s = reads();
  const ObjectId queue = session::find_object(*s.moment().trace, "default", ObjectKind::Queue);
  REQUIRE(s.apply(session::cmd::SwitchDispatch{queue, trace::Dispatch::Parallel}).empty());
  Comparison c = compared(s, {kSequential, kParallel});
  CHECK_FALSE(c.runs[0].present);
  CHECK(c.runs[1].present);
  CHECK(c.difference->request == "R2");
  CHECK(bytes(*c.runs[1].execution.trace) == bytes(*s.branch().execution.trace));
}

TEST_CASE("lesson 1.1 can be compared: under manual dispatch its read stays in the queue") {
  Session s(program("first-request"));
  Comparison c = compared(s, {kSequential, kManual});
  REQUIRE(c.difference);
  CHECK(c.difference->request == "R1");
  CHECK(c.difference->is[1] == "waits in the default queue");
}

TEST_CASE("mode titles") {
  CHECK(session::mode_title(kSequential) == "Sequential");
  CHECK(session::mode_title(kTwo) == "Parallel (2)");
  CHECK(session::mode_title(kTwo, true) == "parallel (2)");
  CHECK(session::mode_title(kManual) == "Manual");
}
