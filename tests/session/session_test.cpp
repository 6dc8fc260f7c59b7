// Branches, acting at the playhead, settings: what Session promises to the window.
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using model::Owner;
using model::Place;
using session::Session;
namespace cmd = session::cmd;
using trace::Dispatch;

TEST_CASE("a session begins where the driver is loaded and nothing has happened yet") {
  Session s(program("first-request"));
  session::Moment m = s.moment();
  CHECK(m.event > 0);
  CHECK(m.event == s.ready());
  CHECK(m.after->queues.size() == 1);
  CHECK(m.after->sent_total == 0);
  CHECK_FALSE(m.at_end);
  CHECK(s.branches().size() == 1);
  CHECK(s.branch().label == "main");
}

TEST_CASE("the program's own run of lesson 1.1 completes its read") {
  Session s(program("1.1"));
  s.apply(cmd::End{});
  CHECK(s.moment().at_end);
  CHECK(request(s, "R1").place == Place::Done);
  CHECK(request(s, "R1").status == 0);
  CHECK(request(s, "R1").information == 16);
  CHECK(s.moment().after->verdicts.empty());
}

TEST_CASE("acting at the end of a run extends it, and makes no branch") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, send("read 16 file=B"));
  CHECK(s.branches().size() == 1);
  CHECK(s.branch().label == "main");
  CHECK(request(s, "R1").owner == Owner::Driver);
  CHECK(request(s, "R2").place == Place::Waiting);
  act(s, order("R1", "complete SUCCESS"));
  CHECK(s.branches().size() == 1);
  CHECK(request(s, "R1").place == Place::Done);
  CHECK(request(s, "R2").owner == Owner::Driver);
}

TEST_CASE("Q-14: after the run has told of a wait without end, somebody may still end it") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "forward waiting"));
  act(s, queue_order("waiting", "drainsync"));
  REQUIRE_FALSE(s.moment().after->verdicts.empty());
  act(s, queue_order("waiting", "retrieve"));
  CHECK(request(s, "R1").owner == Owner::Driver);
  CHECK(s.branches().size() == 1);
  act(s, order("R1", "complete SUCCESS"));
  for (const model::ThreadView& t : s.moment().after->threads)
    CHECK(t.waiting != trace::WaitReason::SyncQueueCall);
}

TEST_CASE("acting in the past plays on to its effect, and rests there") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "complete SUCCESS"));
  const trace::Trace& trace = *s.moment().trace;
  size_t before = trace.size();
  while (trace[before - 1].code != trace::EventCode::Input) --before;
  s.apply(cmd::Seek{double(before - 1)});  // R1 is with the driver, R2 waits
  REQUIRE(s.apply(cancel("R2")).empty());
  CHECK(s.branches().size() == 2);
  CHECK(s.branch().label == "cancel R2");
  REQUIRE(s.playing());
  for (int i = 0; i < 2000 && s.playing(); ++i) s.tick(0.1);
  CHECK(request(s, "R2").place == Place::Done);
  CHECK(request(s, "R1").owner == Owner::Driver);
  // From there playing goes on to the end, as ever.
  s.apply(cmd::Play{});
  for (int i = 0; i < 2000 && s.playing(); ++i) s.tick(0.1);
  CHECK(s.moment().at_end);
}

TEST_CASE("an order that comes too early is carried out once the driver asks") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  REQUIRE(s.apply(order("R1", "forward waiting")).empty());
  REQUIRE(s.playing());
  for (int i = 0; i < 200 && request(s, "R1").place != Place::Waiting; ++i) s.tick(0.05);
  const double shown = s.position();
  REQUIRE(request(s, "R1").place == Place::Waiting);
  CHECK(s.apply(queue_order("waiting", "retrieve")) == "");
  CHECK(s.playing());
  CHECK(s.position() == shown);  // what led here is shown to its end
  CHECK(s.branches().size() == 1);
  s.apply(cmd::End{});
  CHECK(request(s, "R1").owner == Owner::Driver);
}

TEST_CASE("what is sent while the run plays follows what is going on, and the playing goes on") {
  Session s(program("sandbox"));
  REQUIRE(s.apply(send("read 16 file=A")).empty());
  REQUIRE(s.playing());
  s.tick(0.3);
  const double shown = s.position();
  REQUIRE(s.apply(send("write 16 file=A")).empty());
  CHECK(s.branches().size() == 1);
  CHECK(s.playing());
  CHECK(s.position() == shown);
  REQUIRE(s.apply(send("write 16 file=A")).empty());
  CHECK(s.branches().size() == 1);
  s.apply(cmd::End{});
  CHECK(request(s, "W2").owner == Owner::Driver);
  CHECK(request(s, "R1").owner == Owner::Driver);
  CHECK(request(s, "W1").owner == Owner::Driver);
  // Paused, the same makes a branch: the student stopped there to do it there.
  s.apply(cmd::Seek{shown});
  REQUIRE(s.apply(send("write 32 file=A")).empty());
  CHECK(s.branches().size() == 2);
}

TEST_CASE("acting in the past makes a branch and keeps what was there") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, send("read 16 file=A"));
  std::string before = bytes(*s.branch().execution.trace);
  std::string why = s.apply(cmd::RunTo{"owner R1 driver", true});
  REQUIRE_MESSAGE(why.empty(), why);
  size_t playhead = s.moment().event;
  why = s.apply(cancel("R1"));
  REQUIRE_MESSAGE(why.empty(), why);
  REQUIRE(s.branches().size() == 2);
  CHECK(s.current_branch() == 1);
  CHECK(s.branch().parent == 0);
  CHECK(s.branch().label == "cancel R1");
  CHECK(s.branch().fork_event >= playhead);
  CHECK(bytes(*s.branches()[0]->execution.trace) == before);
  CHECK(s.moment().event == playhead);

  s.apply(cmd::End{});
  CHECK(s.moment().after->sent_total == 1);  // the second read was in the future
  CHECK(request(s, "R1").has(model::kCancelFlag));
  REQUIRE(s.apply(cmd::ShowBranch{0}).empty());
  s.apply(cmd::End{});
  CHECK(s.moment().after->sent_total == 2);
}

TEST_CASE("everything up to the playhead is the same in the new branch") {
  run::Program sandbox = program("sandbox");
  Session first(sandbox);
  act(first, send("read 16 file=A"));
  act(first, order("R1", "complete SUCCESS"));
  size_t size = first.moment().event;
  for (size_t at = first.ready(); at <= size; ++at) {
    Session s(sandbox, first.branch().schedule);
    s.apply(cmd::Seek{double(at)});
    std::string why = s.apply(send("write 8 file=B"));
    INFO("acted at ", at);
    REQUIRE_MESSAGE(why.empty(), why);
    const trace::Trace &before = *first.branch().execution.trace,
                       &now = *s.branch().execution.trace;
    for (size_t i = 0; i < at && before[i].code != trace::EventCode::Settled; ++i) {
      INFO("acted at ", at, ", event ", i);
      REQUIRE(trace::narrate(before, i) == trace::narrate(now, i));
      REQUIRE(before[i].time == now[i].time);
    }
    s.apply(cmd::End{});
    INFO("acted at ", at);
    CHECK(request(s, "W1").sent_at >= at);
  }
}

TEST_CASE("doing the same thing again at the same place shows the branch that is there") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  double playhead = double(s.ready());
  s.apply(cmd::Seek{playhead});
  std::string why = s.apply(send("read 16 file=A"));
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(s.branches().size() == 1);
  CHECK(s.position() == playhead);
}

TEST_CASE("an input that is not possible is refused with its reason, and nothing changes") {
  Session s(program("sandbox"));
  uint64_t size = s.moment().trace->size();
  for (const session::Command& c :
       {order("R7", "complete SUCCESS"), cancel("R9"), send("read many"),
        queue_order("nothing", "retrieve"), order("R1", "dance")}) {
    std::string why = s.apply(c);
    CHECK_FALSE(why.empty());
    CHECK(s.branches().size() == 1);
    CHECK(s.moment().trace->size() == size);
  }
}

TEST_CASE("a driver that decides by itself takes no orders, and says so") {
  Session s(program("first-request"));
  std::string why = s.apply(order("R1", "complete SUCCESS"));
  CHECK(why.find("decides by itself") != std::string::npos);
}

TEST_CASE("switching the dispatch mode keeps the inputs and shows the other run") {
  Session s(program("sandbox"));
  for (int i = 0; i < 3; ++i) act(s, send("read 16 file=A"));
  CHECK(queue(s, "default").owned_count == 1);
  ObjectId id = queue(s, "default").id;
  std::string why = s.apply(cmd::SwitchDispatch{id, Dispatch::Parallel, 2});
  REQUIRE_MESSAGE(why.empty(), why);
  REQUIRE(s.branches().size() == 2);
  CHECK(s.branch().label == "what if parallel, at most 2");
  CHECK(s.moment().at_end);
  CHECK(s.moment().after->sent_total == 3);
  CHECK(queue(s, "default").dispatch() == Dispatch::Parallel);
  CHECK(queue(s, "default").owned_count == 2);
  CHECK(s.impossible().empty());

  id = queue(s, "default").id;
  why = s.apply(cmd::SwitchDispatch{id, Dispatch::Manual});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(queue(s, "default").owned_count == 0);
  CHECK(queue(s, "default").waiting.size() == 3);
  id = queue(s, "default").id;
  why = s.apply(cmd::SwitchDispatch{id, Dispatch::Sequential});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(queue(s, "default").owned_count == 1);
  REQUIRE(s.apply(cmd::ShowBranch{0}).empty());
  CHECK(queue(s, "default").dispatch() == Dispatch::Sequential);
}

TEST_CASE("an order that has no place under the new mode is kept and reported") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "complete SUCCESS"));
  std::string why = s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Manual});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(request(s, "R1").place == Place::Waiting);
  REQUIRE(s.impossible().size() == 1);
  CHECK_FALSE(s.impossible()[0].problem.empty());
  CHECK(s.schedule_text().find("order R1=complete SUCCESS") != std::string::npos);
}

TEST_CASE("O-07: a queue without handlers cannot be switched from manual") {
  Session s(program("sandbox"));
  std::string why = s.apply(cmd::SwitchDispatch{queue(s, "waiting").id, Dispatch::Parallel});
  CHECK(why.find("O-07") != std::string::npos);
  CHECK(s.branches().size() == 1);
}

TEST_CASE("the playhead keeps its moment when the mode is switched") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, send("read 16 file=A"));
  REQUIRE(s.apply(cmd::RunTo{"event Insert R2", true}).empty());
  CHECK(s.moment().after->sent_total == 2);
  std::string why = s.apply(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Parallel});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(s.moment().after->sent_total == 2);
}

TEST_CASE("the schedule can be copied, pasted and replayed") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "mark"));
  act(s, order("R1", "return"));
  act(s, cancel("R1"));
  act(s, order("R1", "complete CANCELLED"));
  CHECK(request(s, "R1").place == Place::Done);
  std::string text = s.schedule_text();

  Session other(program("sandbox"));
  std::string why = other.apply(cmd::LoadSchedule{text});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(bytes(*other.branch().execution.trace) == bytes(*s.branch().execution.trace));
  CHECK(other.schedule_text() == text);
  CHECK(other.position() == double(other.ready()));
}

TEST_CASE("a damaged schedule is refused with the column and what was expected") {
  Session s(program("sandbox"));
  for (const char* text : {"", "hello", "qs2:7", "qs1:7;@x send=read 16", "qs1:7;@0 sing=read"}) {
    std::string why = s.apply(cmd::LoadSchedule{text});
    INFO(text);
    CHECK(why.find("column") != std::string::npos);
  }
  CHECK(s.branches().size() == 1);
}

TEST_CASE("reset shows the program's own run, and keeps the other") {
  Session s(program("first-request"));
  s.apply(cmd::End{});
  std::string own = bytes(*s.branch().execution.trace);
  act(s, send("read 16 file=A"));
  REQUIRE(s.apply(cmd::ResetRun{}).empty());
  CHECK(bytes(*s.branch().execution.trace) == own);
  CHECK(s.position() == double(s.ready()));
  CHECK(s.branches().size() == 2);
}

TEST_CASE("an option is recorded and the run made again under it") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  std::string why = s.apply(cmd::SetOption{"verifier=off"});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(s.branches().size() == 2);
  CHECK(s.moment().after->sent_total == 1);
  REQUIRE(s.moment().after->options.size() > size_t(trace::RunOption::Verifier));
  CHECK(s.moment().after->options[size_t(trace::RunOption::Verifier)] == 0);
  CHECK(s.schedule_text().find("verifier=off") != std::string::npos);
}

TEST_CASE("at a decision another thread can be made to go on") {
  Session s(program("sandbox"));
  act(s, send("write 16 file=A"));
  REQUIRE(s.apply(cmd::RunTo{"event Arrive W1", true}).empty());
  act(s, send("write 16 file=B"));  // while the first is on its way: two threads can run
  const trace::Trace& t = *s.branch().execution.trace;
  size_t choice = 0;
  while (choice < t.size() && t[choice].code != trace::EventCode::Choice) ++choice;
  while (choice < t.size() && (t[choice].code != trace::EventCode::Choice || t[choice].time > 0 ||
                               s.branch().timeline->at(choice).sent_total < 2))
    ++choice;
  REQUIRE(choice < t.size());
  uint32_t chosen = t[choice].c, other = 0;
  for (const model::ThreadView& thread : s.branch().timeline->at(choice).threads)
    if (thread.id.serial() != chosen && thread.waiting == trace::WaitReason::None)
      other = thread.id.serial();
  REQUIRE(other != 0);
  std::string before = bytes(t);
  size_t from = s.current_branch();
  std::string why = s.apply(cmd::PickThread{t[choice].a, other});
  REQUIRE_MESSAGE(why.empty(), why);
  CHECK(s.current_branch() != from);
  CHECK(s.moment().event == choice);
  CHECK((*s.branch().execution.trace)[choice].code == trace::EventCode::Choice);
  CHECK((*s.branch().execution.trace)[choice].c == other);
  CHECK(s.branch().label.find("goes first") != std::string::npos);
  CHECK(bytes(*s.branches()[from]->execution.trace) == before);
  s.apply(cmd::End{});
  CHECK(s.moment().after->sent_total == 2);

  CHECK_FALSE(s.apply(cmd::PickThread{999999, other}).empty());
  CHECK_FALSE(s.apply(cmd::PickThread{t[choice].a, 999}).empty());
}

TEST_CASE("bookmarks remember branch and event") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  s.apply(cmd::Bookmark{"R2 at the driver"});
  const double there = s.position();
  s.apply(cmd::Step{cmd::By::Event, true});
  s.apply(cmd::Bookmark{""});
  REQUIRE(s.bookmarks().size() == 2);
  CHECK(s.bookmarks()[0].name == "R2 at the driver");
  CHECK(double(s.bookmarks()[0].event) == there);
  CHECK(s.bookmarks()[1].name == "event " + std::to_string(s.moment().event));
}

TEST_CASE("a branch that does not exist is refused") {
  Session s(program("sandbox"));
  CHECK_FALSE(s.apply(cmd::ShowBranch{4}).empty());
  CHECK(s.current_branch() == 0);
}

TEST_CASE("a recording can be looked at, and says why it cannot be changed") {
  Session recorded(program("first-request"));
  trace::TraceFile file{"first-request", "qs1:7", false, recorded.branch().execution.trace};
  Session s(file);
  CHECK(s.view_only());
  s.apply(cmd::End{});
  CHECK(request(s, "R1").place == Place::Done);
  for (const session::Command& c :
       {send("read 16 file=A"), session::Command(cmd::SetOption{"verifier=off"}),
        session::Command(cmd::ResetRun{}),
        session::Command(cmd::SwitchDispatch{queue(s, "default").id, Dispatch::Parallel})})
    CHECK(s.apply(c).find("recording") != std::string::npos);
}
