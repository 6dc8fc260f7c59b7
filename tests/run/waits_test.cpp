// Whatever can never go on is told once, with the thread, its line, what it waits for, who would
// have to act, and who waits behind it.
#include "tests/run/played_run.h"

using namespace qs;
using namespace qs::test;

namespace {

// As in drivers/waits.c.
enum Wait : unsigned {
  EventNeverSet = 1,
  LockLeftTaken,
  TimerWantsLock,
  WorkItemWantsLock,
  WorkItemWaits,
  QueueDeleted,
  QueueStopped,
  SendToStopped,
  OwnThread,
  ThreadWaits,
  TwoThreads,
  ThreeWaits,
  AnyNeverSet,
  AllNeverSet,
  WaitWithLimit,
  LocksCrossed,
  HandleForObject,
};

}  // namespace

#define CHECK_SAYS(told, part) CHECK_MESSAGE(has((told).reasons, part), (told).reasons)

TEST_CASE("U-14 a handler that waits for an event nobody sets") {
  const PlayedRun t = play_mistake(EventNeverSet);
  CHECK(t.rules == "U-14");
  CHECK(has(t.sites, "waits.c:"));
  CHECK_SAYS(t, "notepad waits for an event to be signalled (event 1) at waits.c:");
  CHECK_SAYS(t, "in EvtIoDeviceControl > KeWaitForSingleObject");
  CHECK_SAYS(t, "nobody has called KeSetEvent for it");
  CHECK(t.outcome("C1") == "driver");
}

TEST_CASE("U-14 the same with several objects, and one of them is never set") {
  CHECK(play_mistake(AnyNeverSet).rules == "U-14");
  const PlayedRun all = play_mistake(AllNeverSet);
  CHECK(all.rules == "U-14");
  CHECK_SAYS(all, "waits until all of its objects are signalled (event 2)");
}

TEST_CASE("U-14 a lock whose holder has ended") {
  const PlayedRun t = play_mistake(LockLeftTaken, ", \"2ms send ioctl 4 code=8\"");
  CHECK(t.rules == "U-14");
  CHECK_SAYS(t, "notepad waits for a lock somebody else holds (wait lock 1)");
  CHECK_SAYS(t, "has taken it, and has ended without giving it back");
  CHECK(t.outcome("C1") == "STATUS_SUCCESS 0");
}

TEST_CASE("U-14 a flush of a work item that waits is told at the work item's line") {
  const PlayedRun t = play_mistake(WorkItemWaits);
  CHECK(t.rules == "U-14");
  CHECK_SAYS(t, "work item waits for an event to be signalled");
  CHECK_SAYS(t, "in EvtWorkItem > KeWaitForSingleObject");
  CHECK_SAYS(t, "behind it, notepad waits until the work item has ended");
}

TEST_CASE("U-14 a synchronous send to a stopped target") {
  const PlayedRun t = play_mistake(SendToStopped, "", "lower = { delay_us = 100 }");
  CHECK(t.rules == "U-14");
  CHECK_SAYS(t, "notepad waits until the request sent synchronously is back");
  CHECK_SAYS(t, "which is stopped, keeps");
}

TEST_CASE("U-14 a power-down and a removal behind a handler that waits are one finding") {
  for (const char* what : {"power down", "pnp remove"}) {
    CAPTURE(what);
    const PlayedRun t = play_mistake(EventNeverSet, fmt::format(", \"2ms {}\"", what));
    CHECK(t.rules == "U-14");
    CHECK_SAYS(t, "behind it, ");
    CHECK_SAYS(t, "waits until the queue has stopped for the power change (default)");
  }
}

TEST_CASE("U-14 waiting for a thread that never ends is told at the thread's line, by its name") {
  const PlayedRun t = play_mistake(ThreadWaits);
  CHECK(t.rules == "U-14");
  CHECK_SAYS(t, "WorkerMain waits for an event to be signalled (event 1)");
  CHECK_SAYS(t, "in StartRoutine > KeWaitForSingleObject");
  CHECK_SAYS(t, "behind it, notepad waits until the thread has ended (WorkerMain)");
}

TEST_CASE("U-02 a thread that waits for its own end") {
  const PlayedRun t = play_mistake(OwnThread);
  CHECK(t.rules == "U-02");
  CHECK_SAYS(t, "ring: JoinMain -> JoinMain; JoinMain waits until the thread has ended (JoinMain)");
}

TEST_CASE("U-03 rings of locks, timers, work items and threads name each with its line") {
  const PlayedRun timer = play_mistake(TimerWantsLock);
  CHECK(timer.rules == "U-03");
  CHECK_SAYS(timer, "ring: notepad -> timer 1 -> notepad; notepad waits until the timer's");

  const PlayedRun item = play_mistake(WorkItemWantsLock);
  CHECK(item.rules == "U-03");
  CHECK_SAYS(item, "ring: notepad -> work item -> notepad");

  const PlayedRun threads = play_mistake(TwoThreads);
  CHECK(threads.rules == "U-03");
  CHECK_SAYS(threads, "ring: JoinMain -> JoinMain 2 -> JoinMain");

  const PlayedRun locks = play_mistake(LocksCrossed);
  CHECK(locks.rules == "U-03");
  CHECK_SAYS(locks, "ring: ");
  CHECK_SAYS(locks, "(wait lock 1) at waits.c:");
  CHECK_SAYS(locks, "(wait lock 2) at waits.c:");
}

TEST_CASE("U-03 a ring of a lock, a thread and a work item") {
  const PlayedRun t = play_mistake(ThreeWaits);
  CHECK(t.rules == "U-03");
  CHECK_SAYS(t, "ring: notepad -> FlushMain -> work item -> notepad");
  CHECK_SAYS(t, "notepad waits until the thread has ended (FlushMain) at waits.c:");
  CHECK_SAYS(t, "FlushMain waits until the work item has ended (work item 1) at waits.c:");
  CHECK_SAYS(t, "work item waits for a lock somebody else holds (wait lock 1) at waits.c:");
}

TEST_CASE("O-10 Q-14 deleting a queue with an owned request, stopping one in its own handler") {
  const PlayedRun deleted = play_mistake(QueueDeleted, ", \"2ms send ioctl 4 code=24\"");
  CHECK(has(deleted.rules, "O-10"));
  CHECK_SAYS(deleted, "the driver owns C1");

  const PlayedRun stopped = play_mistake(QueueStopped);
  CHECK(has(stopped.rules, "Q-14"));
  CHECK_SAYS(stopped,
             "EvtIoDeviceControl > WdfRequestForwardToIoQueue > EvtIoDeviceControl > "
             "WdfIoQueueStopSynchronously");
}

TEST_CASE("a wait with a limit ends on the virtual clock and is never told of") {
  const PlayedRun t = play_mistake(WaitWithLimit);
  CHECK(t.rules.empty());
  CHECK(t.outcome("C1") == "STATUS_SUCCESS 0");
  CHECK(t.model.time == 5000);
}

TEST_CASE("U-12 a handle is no object") {
  const PlayedRun t = play_mistake(HandleForObject);
  CHECK(t.rules == "U-12");
  CHECK_SAYS(t, "that is the handle of ShortMain, not the object");
}
