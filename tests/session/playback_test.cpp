// The playhead: stepping, playing, running to an event.
#include <cmath>

#include "language/pattern.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using session::Session;
namespace cmd = session::cmd;

namespace {

double total_duration(Session& s, size_t from, size_t to) {
  double sum = 0;
  for (size_t i = from; i < to; ++i) sum += s.event_duration(i);
  return sum;
}

}  // namespace

TEST_CASE("seeking to an event by every route gives one state") {
  Session s(program("first-request"));
  size_t size = s.moment().trace->size();
  model::Model folded;
  for (size_t n = 0; n <= size; ++n) {
    if (n > 0) model::apply(folded, (*s.moment().trace)[n - 1]);
    s.apply(cmd::Seek{double(n)});
    REQUIRE(*s.moment().after == folded);
    s.apply(cmd::End{});
    s.apply(cmd::Seek{double(n)});
    REQUIRE(*s.moment().after == folded);
    s.apply(cmd::Seek{0});
    for (size_t i = 0; i < n; ++i) s.apply(cmd::Step{cmd::By::Detail});
    REQUIRE(s.moment().event == n);
    REQUIRE(*s.moment().after == folded);
    s.apply(cmd::Seek{double(size)});
    for (size_t i = size; i > n; --i) s.apply(cmd::Step{cmd::By::Detail, true});
    REQUIRE(s.moment().event == n);
    REQUIRE(*s.moment().after == folded);
  }
}

TEST_CASE("a step by hops goes on from place to place") {
  Session s(program("first-request"));
  std::vector<std::string> seen;
  while (s.apply(cmd::Step{cmd::By::Hop}).empty()) {
    session::Moment m = s.moment();
    trace::EventLevel level = trace::event_level((*m.trace)[m.event - 1].code);
    if (level == trace::EventLevel::Hop)
      seen.push_back(trace::event_name((*m.trace)[m.event - 1].code));
  }
  CHECK(seen == std::vector<std::string>{"Send", "Arrive", "Own", "Completed"});
}

TEST_CASE("stepping back visits the same stops in the other order") {
  for (cmd::By by : {cmd::By::Event, cmd::By::Call, cmd::By::Hop, cmd::By::Callback, cmd::By::Line,
                     cmd::By::Detail}) {
    Session s(program("first-request"));
    s.apply(cmd::Seek{0});
    std::vector<size_t> forward, back;
    while (s.apply(cmd::Step{by}).empty()) forward.push_back(s.moment().event);
    s.apply(cmd::End{});
    do back.insert(back.begin(), s.moment().event);
    while (s.apply(cmd::Step{by, true}).empty() && s.moment().event > 0);
    INFO(int(by));
    CHECK(forward == back);
  }
}

TEST_CASE("a step says when there is nothing beyond") {
  Session s(program("first-request"));
  s.apply(cmd::End{});
  CHECK(s.apply(cmd::Step{}).find("end") != std::string::npos);
  s.apply(cmd::Seek{0});
  CHECK(s.apply(cmd::Step{cmd::By::Event, true}).find("beginning") != std::string::npos);
}

TEST_CASE("a step shows its end at once and its motion while time passes") {
  Session s(program("first-request"));
  s.apply(cmd::Step{cmd::By::Hop});
  session::Moment m = s.moment();
  CHECK(m.t == 0);
  CHECK(m.after->sent_total == 1);
  CHECK(m.before->sent_total == 0);
  CHECK(s.tick(0.175));
  CHECK(s.moment().t == doctest::Approx(0.5));
  CHECK(s.tick(10));
  CHECK(s.moment().t == 1);
  CHECK_FALSE(s.tick(0.1));
}

TEST_CASE("home is where the device has started, then the very beginning") {
  Session s(program("first-request"));
  s.apply(cmd::End{});
  s.apply(cmd::Home{});
  CHECK(s.moment().event == s.ready());
  s.apply(cmd::Home{});
  CHECK(s.moment().event == 0);
}

TEST_CASE("playing takes the time of the motions, and stops at the end") {
  Session s(program("first-request"));
  size_t from = s.moment().event, size = s.moment().trace->size();
  double needed = total_duration(s, from, size);
  CHECK(needed > 1);
  REQUIRE(s.apply(cmd::Play{}).empty());
  CHECK(s.playing());
  CHECK(s.tick(needed * 0.999));
  CHECK_FALSE(s.moment().at_end);
  CHECK(s.tick(needed * 0.01));
  CHECK(s.moment().at_end);
  CHECK_FALSE(s.playing());
  CHECK_FALSE(s.tick(1));
  CHECK_FALSE(s.apply(cmd::Play{}).empty());
}

TEST_CASE("at twice the speed playing takes half the time, whatever the length of a frame") {
  run::Program lesson = program("first-request");
  Session whole(lesson), small(lesson);
  whole.apply(cmd::Speed{2});
  small.apply(cmd::Speed{2});
  whole.apply(cmd::Play{});
  small.apply(cmd::Play{});
  whole.tick(0.487);
  for (int i = 0; i < 50; ++i) small.tick(0.00974);
  CHECK(whole.position() == doctest::Approx(small.position()));
  Session normal(lesson);
  normal.apply(cmd::Play{});
  normal.tick(0.974);
  CHECK(normal.position() == doctest::Approx(whole.position()));
}

TEST_CASE("the speed goes from a hundredth to ten; what is beyond is taken for these") {
  Session s(program("first-request"));
  CHECK(s.apply(cmd::Speed{0.01}).empty());
  CHECK(s.speed() == 0.01);
  CHECK(s.apply(cmd::Speed{0.001}).empty());
  CHECK(s.speed() == 0.01);
  CHECK(s.apply(cmd::Speed{100}).empty());
  CHECK(s.speed() == 10);
  for (double wrong : {0.0, -1.0, double(INFINITY), double(NAN)})
    CHECK_FALSE(s.apply(cmd::Speed{wrong}).empty());
  CHECK(s.speed() == 10);
}

TEST_CASE("between two events the playhead shows the motion of the next one") {
  Session s(program("first-request"));
  REQUIRE(s.apply(cmd::RunTo{"event Own R1"}).empty());
  double at = s.position();
  s.apply(cmd::Seek{at - 0.25});
  session::Moment m = s.moment();
  CHECK(m.event == size_t(at));
  CHECK(m.t == doctest::Approx(0.75));
  CHECK(m.before->events + 1 == m.after->events);
}

TEST_CASE("a seek outside the run goes to its nearest end") {
  Session s(program("first-request"));
  CHECK(s.apply(cmd::Seek{-5}).empty());
  CHECK(s.moment().event == 0);
  CHECK(s.apply(cmd::Seek{1e9}).empty());
  CHECK(s.moment().at_end);
  CHECK_FALSE(s.apply(cmd::Seek{NAN}).empty());
}

TEST_CASE("V-07: playback stops at a verifier break and goes on with Continue") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  act(s, order("R1", "mark"));
  act(s, order("R1", "complete SUCCESS"));
  REQUIRE_FALSE(s.moment().after->verdicts.empty());
  size_t verdict = s.moment().after->verdicts[0].event;
  s.apply(cmd::Home{});
  CHECK_FALSE(s.apply(cmd::Continue{}).empty());
  REQUIRE(s.apply(cmd::Play{}).empty());
  for (int i = 0; i < 2000 && s.playing(); ++i) s.tick(0.1);
  session::Moment m = s.moment();
  CHECK(m.stopped_at_verdict);
  CHECK((*m.trace)[m.event - 1].code == trace::EventCode::Violation);
  CHECK(m.event >= verdict);
  REQUIRE(s.apply(cmd::Continue{}).empty());
  CHECK(s.playing());
  for (int i = 0; i < 2000 && s.playing(); ++i) {
    s.tick(0.1);
    if (s.moment().stopped_at_verdict) s.apply(cmd::Continue{});
  }
  CHECK(s.moment().at_end);
  CHECK(request(s, "R1").place == model::Place::Done);
}

TEST_CASE("run to goes forward and back to what is described") {
  Session s(program("first-request"));
  auto event_at = [&] {
    session::Moment m = s.moment();
    return (*m.trace)[m.event - 1];
  };
  REQUIRE(s.apply(cmd::RunTo{"enter EvtIoRead"}).empty());
  CHECK(event_at().code == trace::EventCode::CallbackEnter);
  REQUIRE(s.apply(cmd::RunTo{"call WdfRequestCompleteWithInformation R1"}).empty());
  CHECK(event_at().code == trace::EventCode::CallEnter);
  REQUIRE(s.apply(cmd::RunTo{"event completed r1"}).find("No later") == 0);
  REQUIRE(s.apply(cmd::RunTo{"event Completed R1"}).empty());
  CHECK(event_at().code == trace::EventCode::Completed);
  REQUIRE(s.apply(cmd::RunTo{"owner R1 driver", true}).empty());
  CHECK(request(s, "R1").owner == model::Owner::Driver);
  size_t owned = s.moment().event;
  CHECK(s.moment().before->request(request(s, "R1").id)->owner != model::Owner::Driver);
  CHECK_FALSE(s.apply(cmd::RunTo{"owner R1 driver", true}).empty());
  CHECK(s.moment().event == owned);
  s.apply(cmd::Home{});
  REQUIRE(s.apply(cmd::RunTo{"line driver.c:55"}).empty());
  CHECK(event_at().site.line() == 55);
  CHECK_FALSE(s.apply(cmd::RunTo{"violation"}).empty());
}

TEST_CASE("an event that cannot be read says what can be written") {
  for (const char* text :
       {"", "event Nothing", "line x", "line driver.c:0", "owner R1 me", "enter EvtIoDance",
        "call Nothing", "time soon", "input now", "when it is done", "own(R1", "own(R1) now"}) {
    auto event = language::parse_pattern(text);
    INFO(text);
    REQUIRE_FALSE(event.ok());
    CHECK(event.error().message.size() > 20);
  }
}

TEST_CASE("a limit ends seeks, steps, searches and playback, until it is lifted") {
  Session s(program("first-request"));
  s.apply(cmd::End{});
  const size_t all = s.moment().event, ready = s.ready(), limit = ready + (all - ready) / 2;
  s.limit(limit);
  CHECK(s.position() == double(limit));
  s.apply(cmd::Seek{double(all)});
  CHECK(s.position() == double(limit));
  CHECK_FALSE(s.apply(cmd::Step{cmd::By::Detail, false}).empty());
  CHECK_FALSE(s.apply(cmd::Play{}).empty());
  CHECK_FALSE(s.playing());
  CHECK_FALSE(s.apply(cmd::RunTo{"event Completed R1", false}).empty());
  s.apply(cmd::Seek{double(ready)});
  CHECK(s.apply(cmd::Play{}).empty());
  for (int i = 0; i < 100 && s.playing(); ++i) s.tick(10);
  CHECK_FALSE(s.playing());
  CHECK(s.position() == double(limit));
  s.limit(SIZE_MAX);
  s.apply(cmd::End{});
  CHECK(s.moment().event == all);
}

TEST_CASE("a moment keeps what it shows, whatever is done afterward") {
  Session s(program("sandbox"));
  act(s, send("read 16 file=A"));
  const session::Moment m = s.moment();
  const size_t events = m.event, size = m.trace->size();
  const model::Model before = *m.after;
  act(s, send("write 16 file=A"));  // the branch has another trace now
  for (size_t i = 0; i < s.moment().trace->size(); ++i) {
    s.apply(cmd::Seek{double(i)});
    s.moment();
  }
  CHECK(s.moment().trace.get() != m.trace.get());
  CHECK(m.trace->size() == size);
  CHECK(m.after->events == events);
  CHECK(m.after->requests.size() == before.requests.size());
  CHECK(m.timeline->at(events).events == events);
}
