// The runtime under the framework: locks, waits, IRQL, DPCs, threads, events, atomics. Two
// implementations under one code: the controlled one (virtual threads, every step recorded) and,
// with QS_REAL_THREADS, standard primitives without a trace. Owns: rt::*. Called by kmdf only.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/ids.h"
#include "sched/scheduler.h"
#include "trace/event.h"

#ifdef QS_REAL_THREADS
#include <atomic>
#include <condition_variable>
#include <mutex>
#endif

namespace qs::rt {

#ifndef QS_REAL_THREADS

constexpr bool kReal = false;

inline thread_local Scheduler* tls_scheduler = nullptr;
inline Scheduler& sched() { return *tls_scheduler; }

using Thread = VThread;
inline Thread* self() { return sched().current(); }

template <class T>
class Atomic {
 public:
  Atomic(T v = T()) : value_(v) {}
  T load() const { return value_; }
  void store(T v) { value_ = v; }
  T exchange(T v) {
    T old = value_;
    value_ = v;
    return old;
  }
  T add(T n) { return value_ += n; }

 private:
  T value_;
};

// A framework lock. Taking it is a decision; the section that it covers never yields, so it is
// never contended.
class Lock {
 public:
  void lock(ObjectId of) { sched().yield(Op::FrameworkLock, of); }
  void unlock() {}
};

// Something to wait for. `signal` lets everybody go who waits; waiters test their condition again.
class Gate {
 public:
  template <class Condition>
  void wait(Lock&, WaitReason reason, ObjectId object, Condition done) {
    while (!done()) sched().wait_on(list_, reason, object);
  }
  void signal(ObjectId by) { sched().wake_all(list_, by); }

 private:
  WaitList list_;
};

// The body, made to find this run's framework on whatever OS thread a fiber backend runs it.
std::function<void()> bind_to_run(std::function<void()> body);

inline void yield(Op op, ObjectId object) { sched().yield(op, object); }
inline uint8_t irql() { return sched().irql(); }
inline uint8_t raise_irql(uint8_t to) { return sched().raise_irql(to); }
inline void lower_irql(uint8_t to) { sched().lower_irql(to); }
inline void post_dpc(std::string_view name, ObjectId object, std::function<void()> body) {
  sched().post_dpc(name, object, std::move(body));
}
inline void spawn(ThreadKind kind, std::string_view name, ObjectId object,
                  std::function<void()> body) {
  sched().spawn(kind, name, object, kPassiveLevel, bind_to_run(std::move(body)));
}
inline void emit(EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0, uint32_t b = 0,
                 uint32_t c = 0) {
  sched().emit(code, s, o, a, b, c);
}

#else

constexpr bool kReal = true;

struct Thread {
  uint8_t irql = 0;
  bool in_dpc = false;
  Site site;
  uint32_t callback_depth = 0;
};
Thread* self();

template <class T>
class Atomic {
 public:
  Atomic(T v = T()) : value_(v) {}
  T load() const { return value_.load(std::memory_order_acquire); }
  void store(T v) { value_.store(v, std::memory_order_release); }
  T exchange(T v) { return value_.exchange(v, std::memory_order_acq_rel); }
  T add(T n) { return value_.fetch_add(n, std::memory_order_acq_rel) + n; }

 private:
  std::atomic<T> value_;
};

class Lock {
 public:
  void lock(ObjectId) {
    for (int spins = 0; held_.exchange(true, std::memory_order_acquire);) {
      while (held_.load(std::memory_order_relaxed))
        if (++spins > 64) relax(), spins = 0;
    }
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  static void relax();
  std::atomic<bool> held_{false};
};

class Gate {
 public:
  template <class Condition>
  void wait(Lock& lock, WaitReason, ObjectId object, Condition done) {
    for (;;) {
      uint64_t seen;
      {
        std::lock_guard guard(mutex_);
        seen = count_;
      }
      lock.lock(object);
      bool is_done = done();
      lock.unlock();
      if (is_done) return;
      std::unique_lock guard(mutex_);
      changed_.wait(guard, [&] { return count_ != seen; });
    }
  }
  void signal(ObjectId) {
    std::lock_guard guard(mutex_);
    ++count_;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  uint64_t count_ = 0;
};

inline void yield(Op, ObjectId) {}
uint8_t irql();
uint8_t raise_irql(uint8_t to);
void lower_irql(uint8_t to);
void post_dpc(std::string_view name, ObjectId object, std::function<void()> body);
void spawn(ThreadKind kind, std::string_view name, ObjectId object, std::function<void()> body);
inline void emit(EventCode, ObjectId = {}, ObjectId = {}, uint32_t = 0, uint32_t = 0,
                 uint32_t = 0) {}

#endif

}  // namespace qs::rt
