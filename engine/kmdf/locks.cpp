// The presentation lock (4.4, D-35, D-36) and the search for threads that wait for each other's
// locks.
#include "kmdf/locks.h"

#include "kmdf/run_state.h"
#include "kmdf/validate.h"

namespace qs::kmdf {

using rt::emit;

rt::Thread* lock_owner(ObjectId lock) {
  auto& owners = run_state().lock_owners;
  auto it = owners.find(lock.raw);
  return it == owners.end() ? nullptr : it->second;
}

void set_lock_owner(ObjectId lock, rt::Thread* owner) { run_state().lock_owners[lock.raw] = owner; }

// U-02, U-03: who holds the lock the running thread is about to wait for, and what does that thread
// wait for?
void note_lock_wait(ObjectId lock, rt::Thread* owner) {
  rt::Thread* me = rt::self();
  if (owner == me) return finding("U-02", lock, me->id);
  rt::Thread* at = owner;
  for (int steps = 0; at && at->waiting == WaitReason::LockHeld && steps < 64; ++steps) {
    at = lock_owner(at->waits_for);
    if (at == me) return finding("U-03", lock, me->id);
  }
}

void CallbackLock::acquire() {
  if (owned_by_me()) bugcheck("V-41", 0x2, of.raw, 0, of, id, true);  // D-36
  uint8_t old = rt::irql();
  if (!passive && old < kDispatchLevel) rt::raise_irql(kDispatchLevel);
  rt::yield(Op::CallbackLock, id);
  while (owner.load()) {
    note_lock_wait(id, owner.load());
    rt::sched().wait_on(waiters, WaitReason::LockHeld, id);
  }
  QS_HOLDS("I-13", id, !owner.load() && (!passive || rt::irql() == kPassiveLevel));
  owner.store(rt::self());
  set_lock_owner(id, rt::self());
  old_irql = old;
  emit(EventCode::LockAcquire, id, of, rt::irql());
}

// Lowering the IRQL runs queued DPCs, after the lock is free.
void CallbackLock::release() {
  QS_HOLDS("I-13", id, owned_by_me());
  uint8_t old = old_irql;
  owner.store(nullptr);
  set_lock_owner(id, nullptr);
  emit(EventCode::LockRelease, id, of, passive ? rt::irql() : old);
  rt::sched().wake_all(waiters, id);
  if (!passive) rt::lower_irql(old);
}

}  // namespace qs::kmdf
