// Narration: one good sentence for every event, nothing left of the template.
#include "trace/export/narrate.h"

#include <doctest/doctest.h>

#include "tests/model/story.h"
#include "tests/support/seed.h"
#include "trace/events/words.h"

using namespace qs;
using namespace qs::test;
using trace::EventCode;

namespace {

std::string last(const Story& s) { return trace::narrate(s.trace, s.trace.size() - 1); }

void check_sentence(const std::string& text, const char* code) {
  INFO(code, ": ", text);
  CHECK_FALSE(text.empty());
  CHECK(text.find_first_of("{}[]") == std::string::npos);
  CHECK(text.find("  ") == std::string::npos);
  CHECK(text.find(" .") == std::string::npos);
  CHECK(text.find("()") == std::string::npos);
}

}  // namespace

TEST_CASE("a story reads well and says who owns the request whenever it moves") {
  Story s;
  s.set_up();
  CHECK(last(s) == "T1 starts: a thread of the application, for notepad.");
  s.send(1);
  CHECK(last(s) == "notepad sends R1: read, 16 bytes. It is still the sender's.");
  s.arrive(1);
  CHECK(last(s) == "R1 arrives at disk. The framework owns it.");
  s.insert(1);
  CHECK(last(s) == "R1 waits in the default queue, at the tail: 1 waiting. The framework owns it.");
  s.take(1);
  CHECK(last(s) == "R1 leaves the waiting list of the default queue: it is dispatched.");
  s.charge(1);
  CHECK(last(s) == "The default queue counts R1 as the driver's (dispatched): 1 owned.");
  s.add(EventCode::Own, request(1), queue(1), 0);
  CHECK(last(s) == "The driver owns R1 now: it was delivered.");
  s.add(EventCode::CallbackEnter, request(1), queue(1), uint32_t(trace::CallbackKind::EvtIoRead));
  CHECK(last(s) == "EvtIoRead(R1) is called.");
  s.at_line(41);
  CHECK(last(s) == "T1 is at driver.c:41.");
  s.call(trace::ApiFn::WdfRequestComplete, request(1));
  CHECK(last(s) == "The driver calls WdfRequestComplete(R1).");
  s.add(EventCode::GiveUp, request(1), queue(1), uint32_t(trace::GiveUpReason::Complete));
  CHECK(last(s) ==
        "The driver gives R1 up by completing it. The framework owns it; the driver must not touch "
        "it.");
  s.add(EventCode::Completed, request(1), app(), 0xC0000120u, 1);
  CHECK(last(s) == "R1 is done: notepad gets STATUS_CANCELLED, 1 byte. Nobody owns it.");
}

TEST_CASE("a callback is told by the driver's function once, where that is known") {
  Story s;
  s.set_up();
  const ObjectId dpc(ObjectKind::Dpc, 1);
  s.add(EventCode::CallbackEnter, dpc, {}, uint32_t(trace::CallbackKind::EvtDpcFunc));
  CHECK(last(s) == "EvtDpcFunc(" + trace::spoken_name(s.trace, dpc) + ") is called.");
  trace::ShownNames names{{dpc, "DPC evt_done"}};
  CHECK(trace::narrate(s.trace, s.trace.size() - 1, &names) == "evt_done (DPC) is called.");
  names[dpc] = "DPC 2 evt_done";  // several run one function
  CHECK(trace::narrate(s.trace, s.trace.size() - 1, &names) == "evt_done (DPC 2) is called.");
  s.add(EventCode::CallbackLeave, dpc, {}, uint32_t(trace::CallbackKind::EvtDpcFunc));
  CHECK(trace::narrate(s.trace, s.trace.size() - 1, &names) == "evt_done (DPC 2) returns.");
}

TEST_CASE("every hop says who owns the request") {
  for (int c = 0; c < int(EventCode::Count); ++c) {
    auto code = EventCode(c);
    if (trace::event_level(code) != trace::EventLevel::Hop) continue;
    std::string text = trace::event_template(code);
    INFO(trace::event_name(code), ": ", text);
    bool says = text.find("own") != std::string::npos || text.find("sender's") != std::string::npos;
    CHECK(says);
  }
}

TEST_CASE("optional parts come and go") {
  Story s;
  s.set_up();
  s.add(EventCode::ThreadWait, thread(1), queue(1), uint32_t(trace::WaitReason::SyncQueueCall));
  CHECK(last(s) == "T1 waits until the queue call is finished (the default queue).");
  s.add(EventCode::ThreadWait, thread(1), {}, uint32_t(trace::WaitReason::Delay));
  CHECK(last(s) == "T1 waits for its delay to pass.");
  ObjectId timer(ObjectKind::Timer, 3);
  s.add(EventCode::TimerArm, timer, {}, 1500, 0);
  CHECK(last(s) == "Timer 3 will fire at 1.5 ms.");
  s.add(EventCode::TimerArm, timer, {}, 1500, 2000);
  CHECK(last(s) == "Timer 3 will fire at 1.5 ms, then every 2 ms.");
  s.add(EventCode::FileOpen, file(), {});
  CHECK(last(s) == "Somebody opens the handle A.");
  s.ret(trace::ApiFn::WdfRequestForwardToIoQueue, request(1), queue(1), int32_t(0xC0200204));
  CHECK(last(s) == "WdfRequestForwardToIoQueue returns STATUS_WDF_BUSY.");
}

TEST_CASE("names are spoken: queues with their kind, unnamed objects by kind and number") {
  Story s;
  s.set_up().another_queue(2, "waiting", trace::Dispatch::Manual);
  CHECK(trace::spoken_name(s.trace, queue(1)) == "the default queue");
  CHECK(trace::spoken_name(s.trace, queue(2)) == "queue waiting");
  CHECK(trace::spoken_name(s.trace, ObjectId(ObjectKind::Memory, 4)) == "memory 4");
  CHECK(last(s) == "Queue waiting is now accepting, dispatching.");
}

TEST_CASE("no event leaves a placeholder, with or without its objects") {
  Story s;
  s.set_up();
  uint32_t text = s.trace.intern("text");
  for (int c = 0; c < int(EventCode::Count); ++c)
    for (int with = 0; with < 8; ++with) {
      trace::Event e;
      e.code = EventCode(c);
      if (with & 1) e.s = request(1);
      if (with & 2) e.o = queue(1);
      e.a = with & 4 ? text : 0;
      e.b = e.c = e.a;
      std::string told = trace::narrate(s.trace, e);
      INFO(trace::event_name(e.code), " ", told);
      CHECK(told.find_first_of("{}[]") == std::string::npos);
      if (with == 7) check_sentence(told, trace::event_name(e.code));
    }
}

TEST_CASE("narration of anything a trace file may hold never crashes and never leaves a template") {
  QS_TEST_SEED(seed, 21);
  trace::Trace t = random_noise(seed, 20000);
  for (size_t i = 0; i < t.size(); ++i) {
    std::string text = trace::narrate(t, i);
    REQUIRE_MESSAGE(text.find_first_of("{}[]") == std::string::npos, text);
    REQUIRE(trace::print_event(t, i).find('\n') == std::string::npos);
  }
  CHECK(trace::narrate(t, t.size()).empty());
  CHECK(trace::print_event(t, t.size()).empty());
}

TEST_CASE("a printed event has number, time, thread, IRQL, code, arguments and sentence") {
  Story s;
  s.set_up().send(1);
  s.time = 1500;
  s.irql = 2;
  s.line = 41;
  s.arrive(1);
  std::string line = trace::print_event(s.trace, s.trace.size() - 1);
  INFO(line);
  for (const char* part : {"1.5 ms", "T1", " D ", "Arrive", "R1 disk", "@driver.c:41",
                           "R1 arrives at disk. The framework owns it."})
    CHECK(line.find(part) != std::string::npos);
}
