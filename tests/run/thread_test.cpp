// Threads of the driver: how they begin and end, and what becomes of those that the driver forgets.
#include <algorithm>

#include "tests/run/played_run.h"

using namespace qs;
using namespace qs::test;

namespace {

// As in drivers/waits.c.
enum Mistake : unsigned {
  WorkerLeft = 32,
  PollerLeft,
  WorkerToldOnly,
  WorkerJoined,
  WorkerKept,
  WorkerReturns,
};

constexpr const char* kRemove = ", \"5ms pnp remove\"";

}  // namespace

TEST_CASE("a thread of the driver has the name of its function and begins at PASSIVE_LEVEL") {
  const PlayedRun t = play_mistake(WorkerLeft);
  const trace::Trace& trace = *t.run.trace;
  const ObjectId id = trace.named("WorkerMain", ObjectKind::Thread);
  REQUIRE(id);
  const model::ThreadView* thread = t.model.thread(id);
  REQUIRE(thread);
  CHECK(thread->kind == trace::ThreadKind::Driver);
  CHECK(thread->irql == 0);
  CHECK(thread->waiting == trace::WaitReason::Event);
  REQUIRE(thread->stack.size() == 2);
  CHECK(thread->stack[0].callback);
  CHECK(trace::CallbackKind(thread->stack[0].what) == trace::CallbackKind::StartRoutine);
  CHECK(has(t.story(), "WorkerMain starts: a thread of the driver"));
  CHECK(t.rules.empty());  // it may wait for work as long as it likes
  CHECK(model::hangs(t.model, trace).empty());
}

TEST_CASE("U-15 a thread that waits for ever is left behind by the driver") {
  const PlayedRun t = play_mistake(WorkerLeft, kRemove);
  CHECK(t.rules == "U-15");
  CHECK(has(t.sites, "waits.c:"));
  CHECK(has(t.reasons, "EvtDriverUnload has not waited for WorkerMain"));
  CHECK(has(t.story(), "EvtDriverUnload(driver 1) is called."));
  CHECK_FALSE(t.model.ended);
}

TEST_CASE("U-15 a thread that goes on without its driver is bug check 0xCE") {
  for (unsigned mistake : {PollerLeft, WorkerToldOnly}) {
    CAPTURE(mistake);
    const PlayedRun t = play_mistake(mistake, kRemove);
    CHECK(t.rules == "U-15");
    CHECK(t.model.end == trace::RunEnd::BugCheck);
    CHECK(t.model.verdicts.back().code == 0xCE);
    CHECK(has(t.reasons, mistake == PollerLeft ? "PollMain, which waits for its delay to pass"
                                               : "WorkerMain, which is running"));
  }
}

TEST_CASE("a driver that waits for its thread goes in peace") {
  const PlayedRun t = play_mistake(WorkerJoined, kRemove);
  CHECK(t.rules.empty());
  CHECK(has(t.story(), "WorkerMain ends."));
  CHECK(has(t.story(), "Driver 1 is deleted."));
}

TEST_CASE("a thread ends when its function returns, and its object is signaled") {
  const PlayedRun t = play_mistake(WorkerReturns, kRemove);
  CHECK(t.rules.empty());
  CHECK(has(t.story(), "WorkerMain ends."));
}

TEST_CASE("U-10 the handle and the reference of a thread that nobody gives back") {
  const PlayedRun t = play_mistake(WorkerKept, kRemove);
  CHECK(t.rules == "U-10 U-10");
  CHECK(has(t.reasons, "nobody has called ZwClose for the handle of WorkerMain"));
  CHECK(
      has(t.reasons, "nobody has called ObDereferenceObject for the thread object of WorkerMain"));
}

TEST_CASE("a thread that polls does not keep the run alive") {
  const PlayedRun t = play_mistake(PollerLeft);
  CHECK(t.rules.empty());
  CHECK(t.model.settled);
  CHECK(t.model.time < 1'000'000);
}
