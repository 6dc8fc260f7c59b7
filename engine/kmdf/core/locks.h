// Locks that driver code meets: who owns each one, and the findings about threads that block each
// other. Owns: SpinLock, WaitLock and the table of lock owners. Called by the C API (api/lock.cpp,
// api/ke.cpp) and CallbackLock.
#pragma once
#include <string>
#include <vector>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct SpinLock final : Object {
  explicit SpinLock(ObjectId i) : Object(i) {}
  rt::Thread* owner = nullptr;
  uint8_t old_irql = 0;
  sched::WaitList waiters;
};

struct WaitLock final : Object {
  explicit WaitLock(ObjectId i) : Object(i) {}
  rt::Thread* owner = nullptr;
  sched::WaitList waiters;
};

// Which virtual thread holds a lock; null when nobody does.
rt::Thread* lock_owner(ObjectId lock);
void set_lock_owner(ObjectId lock, rt::Thread* owner);
// About to wait for `lock`, held by `owner`, without a limit of time: reports a self-deadlock
// (U-02) or a ring (U-03). Never ends the run.
void note_lock_wait(ObjectId lock, rt::Thread* owner);
// "notepad waits until the timer's callback has ended (timer 1) at driver.c:96, in EvtIoRead >
// WdfTimerStop": what the thread waits for, for that reason, and where.
std::string wait_sentence(const rt::Thread& t, trace::WaitReason reason, ObjectId object);
// "ring: notepad -> timer 1 -> notepad; " and a sentence for each, in that order. The first may be
// about to wait for `lock`.
std::string ring_story(const std::vector<const rt::Thread*>& ring, ObjectId lock = {});
// Puts the ring into the trace, from which it is drawn (ring_of() in trace/rules/verdict.h): right
// before the reason of its finding.
void link_ring(const std::vector<const rt::Thread*>& ring, ObjectId lock = {});

}  // namespace qs::kmdf
