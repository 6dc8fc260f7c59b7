// The runtime on real threads: standard primitives, no trace. Owns: what rt.h names, and the worker
// threads and the clock behind spawn() and at(). Included by rt.h only; real_world.h starts and
// ends it. Everything here may be called from any thread.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/ids.h"
#include "sched/scheduler.h"
#include "trace/event.h"

namespace qs::rt {

constexpr bool kReal = true;

// What the framework knows of an OS thread; its address stands for the thread.
struct Thread {
  uint8_t irql = kPassiveLevel;
  bool in_dpc = false;
  uint32_t callback_depth = 0;
  std::vector<std::function<void()>>* dpcs = nullptr;  // queued until the IRQL drops
};
inline constinit thread_local Thread tls_thread;
inline Thread* self() { return &tls_thread; }
inline void begin_work(Thread*) {}

// Loads are sequentially consistent and changes are ordered (both cost nothing more here); a plain
// store only publishes. `store_ordered` is for the writer who then looks at what others wrote
// (the cancel slot and the cancel flag, C-02).
template <class T>
class Atomic {
 public:
  Atomic(T v = T()) : value_(v) {}
  Atomic(const Atomic&) = delete;
  T load() const { return value_.load(std::memory_order_seq_cst); }
  operator T() const { return value_.load(std::memory_order_acquire); }
  void store(T v) { value_.store(v, std::memory_order_release); }
  void store_ordered(T v) { value_.store(v, std::memory_order_seq_cst); }
  T operator=(T v) {
    store(v);
    return v;
  }
  T exchange(T v) { return value_.exchange(v); }
  T add(T n) { return value_.fetch_add(n, std::memory_order_acq_rel) + n; }
  // One reference less; true when it was the last one. Who has the only one shares it with nobody.
  bool drop() {
    if (value_.load(std::memory_order_acquire) != 1) return add(T(-1)) == 0;
    value_.store(0, std::memory_order_relaxed);
    return true;
  }
  bool add_unless_zero(T n) {
    T old = value_.load(std::memory_order_acquire);
    while (old != 0 && !value_.compare_exchange_weak(old, old + n)) {}
    return old != 0;
  }
  T operator++() { return add(1); }
  T operator--() { return add(T(-1)); }
  void operator|=(T bits) { value_.fetch_or(bits, std::memory_order_acq_rel); }
  void operator&=(T bits) { value_.fetch_and(bits, std::memory_order_acq_rel); }
  T operator->() const { return value_.load(std::memory_order_acquire); }
  // For the only thread that may write at this moment.
  void change(T set, T clear) {
    T old = value_.load(std::memory_order_relaxed);
    value_.store((old | set) & ~clear, std::memory_order_release);
  }

 private:
  std::atomic<T> value_;
};

// Held for a few instructions, by threads that do not wait for anything else meanwhile.
class Lock {
 public:
  void lock(ObjectId = {}) {
    if (held_.exchange(true, std::memory_order_acquire)) lock_contended();
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  void lock_contended();
  std::atomic<bool> held_{false};
};

using Guard = std::recursive_mutex;

// Four bytes: requests have one, and most of them never use it.
class Gate {
 public:
  template <class Condition>
  void wait(Lock& lock, WaitReason, ObjectId object, Condition done) {
    for (;;) {
      uint32_t seen = count_.load(std::memory_order_acquire);
      lock.lock(object);
      bool is_done = done();
      lock.unlock();
      if (is_done) return;
      count_.wait(seen, std::memory_order_acquire);
    }
  }
  void signal(ObjectId) {
    count_.fetch_add(1, std::memory_order_acq_rel);
    count_.notify_all();
  }

 private:
  std::atomic<uint32_t> count_{0};
};

class Arena {
 public:
  void* allocate(size_t bytes, size_t align = alignof(std::max_align_t)) {
    lock_.lock();
    void* at = arena_.allocate(bytes, align);
    lock_.unlock();
    return at;
  }

 private:
  Lock lock_;
  qs::Arena arena_;
};

inline std::function<void()> bind_to_run(std::function<void()> body) { return body; }

inline void yield(Op, ObjectId) {}
inline uint8_t irql() { return tls_thread.irql; }
inline uint8_t raise_irql(uint8_t to) {
  uint8_t old = tls_thread.irql;
  tls_thread.irql = to;
  return old;
}
void run_queued_dpcs();
inline void lower_irql(uint8_t to) {
  Thread& me = tls_thread;
  if (me.irql >= kDispatchLevel && to < kDispatchLevel && !me.in_dpc && me.dpcs) run_queued_dpcs();
  me.irql = to;
}
// Runs `body` at DISPATCH_LEVEL on this thread: now, or when its IRQL drops.
void post_dpc(std::string_view name, ObjectId object, std::function<void()> body);
// Runs `body` at PASSIVE_LEVEL on a worker thread of its own for as long as it takes.
void spawn(ThreadKind kind, std::string_view name, ObjectId object, std::function<void()> body);

// --- the clock: microseconds since the program began ---
uint32_t now();
// Calls `fire` at DISPATCH_LEVEL, on the clock's thread, when `due` has come; it must not wait.
uint64_t at(uint32_t due, bool keeps_alive, std::function<void()> fire);
// True: it will not be called. False: it was, or is being called right now.
bool cancel(uint64_t entry);

// Lets workers and the clock end: waits for every body, drops what is still on the clock.
void stop_threads();
// Waits until no body runs or is about to (the clock may still have entries).
void wait_for_workers();

inline void emit(EventCode, ObjectId = {}, ObjectId = {}, uint32_t = 0, uint32_t = 0,
                 uint32_t = 0) {}

}  // namespace qs::rt
