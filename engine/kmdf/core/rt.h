// What the framework needs of the scheduler: locks, waits, IRQL, DPCs, threads and the clock.
// Called by kmdf only.
//
//   Lock        a framework lock; taking it is a decision of the scheduler
//   Gate        something to wait for
//   Arena       memory that lives as long as the run
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/arena.h"
#include "base/ids.h"
#include "sched/scheduler.h"
#include "trace/events/event.h"

namespace qs::kmdf::rt {

inline thread_local sched::Scheduler* tls_scheduler = nullptr;
inline sched::Scheduler& sched() { return *tls_scheduler; }

using Thread = sched::VThread;
inline Thread* self() { return sched().current(); }
// The thread enters or leaves a callback of the driver: its counts toward the limits start over.
inline void begin_work(Thread* t) { t->calls = t->blocks = 0; }

// A framework lock. Taking it is a decision, except inside another one: the section that a lock
// covers never yields, so it is never contended.
class Lock {
 public:
  void lock(ObjectId of, sched::Use use = sched::Use::Changes) {
    const Thread* const t = self();
    const bool inside = of && t && t->framework_locks > 0;
    sched().yield(sched::Op::FrameworkLock, of, use, !inside);
    count(+1);
  }
  void unlock() { count(-1); }

 private:
  static void count(int change) {
    if (Thread* t = self()) t->framework_locks += uint32_t(change);
  }
};

// I-12, D-01: no lock of the framework is held here.
inline bool no_lock_held() { return !self() || self()->framework_locks == 0; }

using Arena = qs::Arena;

// Wraps the body so that it finds this run's framework on whatever OS thread runs the fiber.
std::function<void()> bind_to_run(std::function<void()> body);

// Something to wait for. `signal` wakes all waiters; they test their condition again.
class Gate {
 public:
  template <class Condition>
  void wait(Lock&, trace::WaitReason reason, ObjectId object, Condition done) {
    while (!is_met(object, done)) sched().wait_on(list_, reason, object);
  }
  void signal(ObjectId by) { sched().wake_all(list_, by); }
  // Waits until `due` at most; false: `due` came first.
  template <class Condition>
  bool wait_until(trace::WaitReason reason, ObjectId object, uint32_t due, Condition done) {
    bool expired = false;
    Thread* me = self();
    auto expire = [this, me, &expired] {
      expired = true;
      std::erase(list_.threads, me);
      sched().wake(me, {});
    };
    auto clock = sched().at(due, true, bind_to_run(expire), sched::Scheduler::ClockKind::Wait);
    me->limited = true;
    while (!is_met(object, done) && !expired) sched().wait_on(list_, reason, object);
    me->limited = false;
    if (!expired) sched().cancel(clock);
    return is_met(object, done);
  }

 private:
  // It is looked at without a lock, too.
  template <class Condition>
  static bool is_met(ObjectId object, Condition& done) {
    sched().touch(object, sched::Use::Reads);
    return done();
  }

  sched::WaitList list_;
};

inline void yield(sched::Op op, ObjectId object,
                  std::optional<sched::Use> use = sched::Use::Changes) {
  sched().yield(op, object, use);
}
inline uint8_t irql() { return sched().irql(); }
inline uint8_t raise_irql(uint8_t to) { return sched().raise_irql(to); }
inline void lower_irql(uint8_t to) { sched().lower_irql(to); }
inline void post_dpc(std::string_view name, ObjectId object, std::function<void()> body) {
  sched().post_dpc(name, object, std::move(body));
}
inline void spawn(trace::ThreadKind kind, std::string_view name, ObjectId object,
                  std::function<void()> body) {
  sched().spawn(kind, name, object, sched::kPassiveLevel, bind_to_run(std::move(body)));
}
// --- the clock: virtual microseconds. `fire` is called outside any thread. ---
inline uint32_t now() { return sched().now(); }
inline uint64_t at(uint32_t due, bool keeps_alive, std::function<void()> fire) {
  return sched().at(due, keeps_alive, bind_to_run(std::move(fire)));
}
inline void cancel(uint64_t entry) { sched().cancel(entry); }
inline void emit(trace::EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0,
                 uint32_t b = 0, uint32_t c = 0) {
  sched().emit(code, s, o, a, b, c);
}

}  // namespace qs::kmdf::rt
