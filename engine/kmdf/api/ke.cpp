// Ke*: IRQL, spin locks and time.
#include "kmdf/api/common.h"
#include "kmdf/core/locks.h"
#include "kmdf/core/waits.h"
#include "trace/events/words.h"

using namespace qs;
using namespace qs::kmdf;
using rt::emit;

namespace {

KernelSpinLock& spin_lock_at(uintptr_t* lock) {
  auto& locks = part(run_state().waits).spin_locks;
  auto [it, fresh] = locks.try_emplace(lock);
  if (fresh) {
    it->second.id = fw().next_id(ObjectKind::SpinLock);
    emit(trace::EventCode::Create, it->second.id);
  }
  return it->second;
}

ObjectId spin_lock_id(uintptr_t* lock) { return spin_lock_at(lock).id; }

void acquire(uintptr_t* where) {
  KernelSpinLock& lock = spin_lock_at(where);
  rt::yield(sched::Op::DriverLock, lock.id);
  while (lock.owner) {
    note_lock_wait(lock.id, lock.owner);
    rt::sched().wait_on(lock.waiters, trace::WaitReason::LockHeld, lock.id);
  }
  lock.owner = rt::self();
  set_lock_owner(lock.id, lock.owner);
  emit(trace::EventCode::LockAcquire, lock.id, {}, rt::irql());
}

void release_lock(uintptr_t* where, uint8_t irql_after) {
  KernelSpinLock& lock = spin_lock_at(where);
  if (lock.owner != rt::self()) {
    because(lock.owner ? "another thread holds it" : "nobody holds it");
    undefined_misuse("V-42", lock.id);
    if (!lock.owner) return;
  }
  lock.owner = nullptr;
  set_lock_owner(lock.id, nullptr);
  emit(trace::EventCode::LockRelease, lock.id, {}, irql_after);
  rt::sched().wake_all(lock.waiters, lock.id);
}

}  // namespace

// --- IRQL ---

uint8_t qs_KeGetCurrentIrql(QS_SITE) {
  (void)file, (void)line;
  return rt::irql();
}

void qs_KeRaiseIrql(QS_SITE, uint8_t to, uint8_t* old) {
  ApiCall call(trace::ApiFn::KeRaiseIrql, file, line, {}, {}, to);
  require(old);
  *old = rt::irql();
  if (to < *old) {
    because(std::string("this thread is at ") + trace::irql_words(*old) + ", and " +
            trace::irql_words(to) + " is below it");
    return undefined_misuse("U-05", {});
  }
  rt::raise_irql(to);
}

void qs_KeLowerIrql(QS_SITE, uint8_t to) {
  ApiCall call(trace::ApiFn::KeLowerIrql, file, line, {}, {}, to);
  if (to > rt::irql()) {
    because(std::string("this thread is at ") + trace::irql_words(rt::irql()) + ", and " +
            trace::irql_words(to) + " is above it");
    return undefined_misuse("U-05", {});
  }
  rt::lower_irql(to);
}

// --- spin locks ---

void qs_KeInitializeSpinLock(QS_SITE, uintptr_t* lock) {
  (void)file, (void)line;
  require(lock);
  *lock = 0;
  part(run_state().waits).spin_locks.erase(lock);
  spin_lock_at(lock);
}

void qs_KeAcquireSpinLock(QS_SITE, uintptr_t* lock, uint8_t* old) {
  require(lock);
  require(old);
  ApiCall call(trace::ApiFn::KeAcquireSpinLock, file, line, spin_lock_id(lock));
  irql_allows(sched::kDispatchLevel);
  uint8_t before = rt::irql();
  if (before < sched::kDispatchLevel) rt::raise_irql(sched::kDispatchLevel);
  acquire(lock);
  *old = before;  // after the lock is ours: the variable may be shared
}

void qs_KeReleaseSpinLock(QS_SITE, uintptr_t* lock, uint8_t to) {
  require(lock);
  ApiCall call(trace::ApiFn::KeReleaseSpinLock, file, line, spin_lock_id(lock));
  release_lock(lock, to);
  rt::lower_irql(to);
}

void qs_KeAcquireSpinLockAtDpcLevel(QS_SITE, uintptr_t* lock) {
  require(lock);
  ApiCall call(trace::ApiFn::KeAcquireSpinLock, file, line, spin_lock_id(lock));
  if (rt::irql() < sched::kDispatchLevel) {
    because(std::string("it is for DISPATCH_LEVEL, and this thread is at ") +
            trace::irql_words(rt::irql()));
    undefined_misuse("U-05", {});
  }
  acquire(lock);
}

void qs_KeReleaseSpinLockFromDpcLevel(QS_SITE, uintptr_t* lock) {
  require(lock);
  ApiCall call(trace::ApiFn::KeReleaseSpinLock, file, line, spin_lock_id(lock));
  release_lock(lock, rt::irql());
}

// --- time ---

void qs_KeQuerySystemTime(QS_SITE, qs_LARGE_INTEGER* time) {
  (void)file, (void)line;
  require(time);
  time->QuadPart = system_time();
}

uint64_t qs_KeQueryInterruptTime(QS_SITE) {
  (void)file, (void)line;
  return uint64_t(system_time() - kEpoch);
}

// One tick is a millisecond here.
void qs_KeQueryTickCount(QS_SITE, qs_LARGE_INTEGER* ticks) {
  (void)file, (void)line;
  require(ticks);
  ticks->QuadPart = (system_time() - kEpoch) / 10000;
}

qs_LARGE_INTEGER qs_KeQueryPerformanceCounter(QS_SITE, qs_LARGE_INTEGER* frequency) {
  (void)file, (void)line;
  if (frequency) frequency->QuadPart = 10'000'000;
  qs_LARGE_INTEGER now;
  now.QuadPart = system_time() - kEpoch;
  return now;
}

uint32_t qs_KeQueryTimeIncrement(QS_SITE) {
  (void)file, (void)line;
  return 10000;
}

// Takes no virtual time: the clock moves only when nobody can run.
void qs_KeStallExecutionProcessor(QS_SITE, uint32_t) { (void)file, (void)line; }

void* qs_KeGetCurrentThread(QS_SITE) {
  (void)file, (void)line;
  return reinterpret_cast<void*>(uintptr_t(rt::self()->id.raw));
}
