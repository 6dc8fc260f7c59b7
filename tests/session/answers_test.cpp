// Be the driver: requests arrive by themselves, and the run stops at each question. Answers let the
// run grow; another answer at the same place is a branch. The set-ups, played.
#include "model/timeline/tally.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using session::Session;
namespace cmd = session::cmd;

namespace {

// To just after the next question about a request or a queue; false when none comes.
bool to_question(Session& s) {
  const trace::Trace& t = *s.moment().trace;
  for (size_t i = size_t(s.position()); i < t.size(); ++i)
    if (t[i].code == trace::EventCode::Ask && (t[i].s || t[i].o)) {
      s.apply(cmd::Seek{double(i + 1)});
      return true;
    }
  return false;
}

std::string asked(Session& s) {
  const trace::Trace& t = *s.moment().trace;
  const trace::Event& e = t[s.moment().event - 1];
  return t.name(e.s ? e.s : e.o);
}

std::string answer(Session& s, const std::string& request, const std::string& text) {
  return s.apply(cmd::Do{input(sched::InputKind::Order, request, text), true});
}

}  // namespace

TEST_CASE("answering question after question keeps to one branch, though more is still to come") {
  Session s(program("be-the-driver"));
  std::string order;
  while (to_question(s)) {
    order += asked(s) + " ";
    REQUIRE(answer(s, asked(s), "complete STATUS_SUCCESS 8") == "");
    CHECK(s.playing());
  }
  CHECK(order == "R1 R2 W1 R3 ");
  CHECK(s.branches().size() == 1);
  s.apply(cmd::End{});
  const session::Moment m = s.moment();
  const model::Tally t = model::tally(*m.after, *m.trace, m.event);
  CHECK(t.sent == 4);
  CHECK(t.done == 4);
  CHECK(t.failed == 0);
  CHECK(t.kept == 0);
  CHECK(t.broken == 0);
  CHECK(t.longest_wait == 0);  // answered at once
  CHECK(t.longest_steps > 0);  // but not in no step
}

TEST_CASE("keeping a request of the sequential queue lets the next ones wait; the tally tells") {
  Session s(program("be-the-driver"));
  REQUIRE(to_question(s));
  REQUIRE(answer(s, "R1", "return") == "");
  REQUIRE(to_question(s));
  CHECK(asked(s) == "W1");  // of the other queue
  session::Moment m = s.moment();
  model::Tally t = model::tally(*m.after, *m.trace, m.event);
  CHECK(t.kept == 2);
  CHECK(t.waiting == 1);
  CHECK(t.longest_wait == 3000);
  CHECK(m.trace->name(t.longest) == "R1");
  // Kept is not lost: the worker makes the call later, and R2 is presented.
  REQUIRE(answer(s, "R1", "complete STATUS_SUCCESS 16") == "");
  REQUIRE(to_question(s));
  CHECK(asked(s) == "R2");
}

TEST_CASE(
    "another answer at the same question makes a branch; the same one walks into what is there") {
  Session s(program("be-the-driver"));
  REQUIRE(to_question(s));
  const double first = s.position();
  REQUIRE(answer(s, "R1", "complete STATUS_SUCCESS 8") == "");
  REQUIRE(to_question(s));
  REQUIRE(answer(s, "R2", "forward waiting") == "");
  CHECK(s.branches().size() == 1);
  const std::string before = s.schedule_text();

  s.apply(cmd::Seek{first});
  REQUIRE(answer(s, "R1", "complete STATUS_SUCCESS 8") == "");
  CHECK(s.branches().size() == 1);
  CHECK(s.schedule_text() == before);
  CHECK(s.playing());

  s.apply(cmd::Seek{first});
  REQUIRE(answer(s, "R1", "forward waiting") == "");
  REQUIRE(s.branches().size() == 2);
  CHECK(s.branches()[0]->schedule.print() == before);
  s.apply(cmd::End{});
  CHECK(model::tally(*s.moment().after, *s.moment().trace, s.moment().event).forwarded == 1);
}

TEST_CASE("without `answer` an act in the middle still makes a branch") {
  Session s(program("be-the-driver"));
  REQUIRE(to_question(s));
  REQUIRE(s.apply(cmd::Do{input(sched::InputKind::Order, "R1", "complete STATUS_SUCCESS 8")}) ==
          "");
  CHECK(s.branches().size() == 2);
}

TEST_CASE("V-07 an illegal move is made all the same, and its rule is told") {
  Session s(program("be-the-driver-cancel"));
  REQUIRE(to_question(s));
  REQUIRE(answer(s, "R1", "markex") == "");
  REQUIRE(to_question(s));
  CHECK(asked(s) == "R1");
  REQUIRE(answer(s, "R1", "complete STATUS_SUCCESS 16") == "");
  s.apply(cmd::End{});
  const session::Moment m = s.moment();
  CHECK(model::tally(*m.after, *m.trace, m.event).broken == 1);
  CHECK(m.trace->string(m.after->verdicts.at(0).rule) == "V-07");
}

TEST_CASE("parallel: all four are asked about while none is done") {
  Session s(program("be-the-driver-parallel"));
  std::string order;
  while (to_question(s)) order += asked(s) + " ";
  CHECK(order == "R1 R2 C1 R3 ");
  CHECK(queue(s, "default").dispatch() == trace::Dispatch::Parallel);
}

TEST_CASE("manual: the driver is told that something waits, fetches and completes") {
  Session s(program("be-the-driver-manual"));
  REQUIRE(to_question(s));
  CHECK(asked(s) == "default");
  CHECK(request(s, "R1").place == model::Place::Waiting);
  REQUIRE(s.apply(cmd::Do{input(sched::InputKind::QueueOrder, "default", "retrieve"), true}) == "");
  REQUIRE(s.apply(cmd::RunTo{"owner R1 driver"}) == "");
  CHECK(request(s, "R1").owner == model::Owner::Driver);
  s.apply(cmd::End{});
  REQUIRE(answer(s, "R1", "complete STATUS_SUCCESS 16") == "");
  s.apply(cmd::End{});
  CHECK(request(s, "R1").place == model::Place::Done);
}

TEST_CASE("cancelled under way: marked, kept, and told by EvtRequestCancel") {
  Session s(program("be-the-driver-cancel"));
  REQUIRE(to_question(s));
  REQUIRE(answer(s, "R1", "markex") == "");
  REQUIRE(to_question(s));
  REQUIRE(answer(s, "R1", "return") == "");
  while (to_question(s) && asked(s) != "R1") {}
  CHECK(request(s, "R1").room == trace::CallbackKind::EvtRequestCancel);
  REQUIRE(answer(s, "R1", "complete STATUS_CANCELLED 0") == "");
  s.apply(cmd::End{});
  CHECK(request(s, "R1").place == model::Place::Done);
  const session::Moment m = s.moment();
  CHECK(model::tally(*m.after, *m.trace, m.event).broken == 0);
}

TEST_CASE("a script may say how a queue is created; the student's own setting comes after it") {
  Session s(program("be-the-driver-parallel"));
  CHECK(queue(s, "default").dispatch() == trace::Dispatch::Parallel);
  const ObjectId id = session::find_object(*s.moment().trace, "default", ObjectKind::Queue);
  REQUIRE(s.apply(cmd::SwitchDispatch{id, trace::Dispatch::Sequential}).empty());
  CHECK(queue(s, "default").dispatch() == trace::Dispatch::Sequential);
}
