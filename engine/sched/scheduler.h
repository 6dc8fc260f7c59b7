// The controlled world a run lives in: virtual threads, IRQL, DPCs, the virtual clock, and the one
// place that decides which thread runs next. Owns: VThread, Scheduler. Called by kmdf from inside
// virtual threads and by Run from outside; always on the run's one OS thread (or, with thread
// fibers, one at a time).
//
// Strategy "ring": a thread goes on until it ends or waits, then the next runnable one
// in ring order. Deviations come from the schedule: picks and inputs, both addressed by decision
// ordinal.
#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/must.h"
#include "sched/chooser.h"
#include "sched/fiber.h"
#include "sched/footprint.h"
#include "sched/happens_before.h"
#include "trace/events/trace.h"

namespace qs::sched {

constexpr uint8_t kPassiveLevel = 0, kApcLevel = 1, kDispatchLevel = 2;

struct VThread {
  ObjectId id, on_behalf_of;
  trace::ThreadKind kind{};
  uint8_t irql = kPassiveLevel;
  bool runnable = true, ended = false, in_dpc = false;
  trace::WaitReason waiting = trace::WaitReason::None;
  ObjectId waits_for;
  bool limited = false;    // its wait has a timeout
  uint32_t timed_out = 0;  // waits in a row that timed out
  trace::Site site;
  uint32_t callback_depth = 0;   // callbacks of the driver now on this thread's stack
  uint32_t framework_locks = 0;  // that it holds
  uint32_t level = 1;            // for clients: free to use (nesting level of a printed trace)
  VThread* resume_after =
      nullptr;  // who runs when this one ends or waits (inputs that came in between)
  Fiber* fiber = nullptr;
  uintptr_t stack_base = 0;           // where its stack begins, to which it grows down from there
  std::vector<uint64_t> line_frames;  // kmdf's line tracking
  uint32_t calls = 0;         // that it made since it last waited, or entered or left a callback
  uint32_t blocks = 0;        // the same: blocks of the driver's code since the last call
  uint32_t inside_calls = 0;  // calls of the framework that the innermost callback is in
  Op next_op{};
  ObjectId next_object;
};

// Threads waiting for something; wake-ups are in order of arrival.
struct WaitList {
  std::vector<VThread*> threads;
};

// In order of creation; a serial finds its thread.
struct ByCreation {
  using is_transparent = void;
  bool operator()(const VThread* a, const VThread* b) const { return a->id < b->id; }
  bool operator()(const VThread* a, ObjectId b) const { return a->id < b; }
  bool operator()(ObjectId a, const VThread* b) const { return a < b->id; }
};
using ThreadRing = std::set<VThread*, ByCreation>;

class Scheduler {
 public:
  Scheduler(trace::Trace& trace, FiberBackend& fibers);
  ~Scheduler();
  Scheduler(const Scheduler&) = delete;

  // --- threads ---
  VThread* spawn(trace::ThreadKind kind, std::string_view name, ObjectId on_behalf_of, uint8_t irql,
                 std::function<void()> body);
  VThread* current() const { return current_; }
  // Runs threads in ring order until none can move (or the run was stopped).
  void run_ready();
  // Lets exactly one thread go on to its next decision; false when nothing can move.
  bool run_one();
  // A decision: called by the running thread before operation `op` on `object`, which the next step
  // uses so; nothing: it names it only, or says itself what it does with it. `open`: others can go
  // on here; else it only counts.
  void yield(Op op, ObjectId object, std::optional<Use> use = Use::Changes, bool open = true) {
    if (kChecks && on_step && open) on_step(object);
    if ((++ordinal_ >= stop_at_ || runnable_.size() > 1) && open) yield_slow(op, object);
    if (footprint_ || order_) begin_step(op, object, use);
  }
  // The running thread waits until somebody wakes it.
  void wait(trace::WaitReason reason, ObjectId object);
  void wait_on(WaitList& list, trace::WaitReason reason, ObjectId object);
  void wake(VThread* thread, ObjectId by);
  void wake_all(WaitList& list, ObjectId by);
  // Ends the running thread where it is; its stack is dropped.
  [[noreturn]] void end_thread();
  // Ends the run: nothing moves anymore. The running fiber never returns from this; outside
  // all fibers (an input, a moment of the clock) it throws Stopped.
  struct Stopped {};
  [[noreturn]] void stop_forever();
  void request_stop() { stopped_ = true; }  // from outside a fiber
  bool stopped() const { return stopped_; }
  uint64_t ordinal() const { return ordinal_; }
  const ThreadRing& live() const { return live_; }
  uint32_t threads_made() const { return next_serial_ - 1; }
  // The runnable thread of that number; nullptr: there is none.
  VThread* runnable(uint32_t serial) const;
  // Who waits for this object, and who waits for this reason, in order of creation.
  std::vector<VThread*> waiting_for(trace::WaitReason reason, ObjectId object) const;
  std::vector<VThread*> waiting_for(trace::WaitReason reason) const;

  // --- deviations (set by Run) ---
  // Called at every ordinal >= stop_at(); may spawn threads; returns the thread to run, or null
  // for the default.
  std::function<VThread*(uint64_t ordinal)> on_decision;
  // In on_decision: the running thread stops here, and nobody runs.
  void leave() { left_ = true; }
  // Who goes on when the one that ran has ended or waits; nullptr: nobody can. Who was told to.
  VThread* usual() const;
  void goes_next(VThread* thread) { forced_ = thread; }
  const ThreadRing& runnable() const { return runnable_; }
  // What is touched is noted there from now on; nullptr: nowhere. Returns where it was.
  Footprint* watch(Footprint* footprint) { return std::exchange(footprint_, footprint); }
  void touch(ObjectId object, Use use = Use::Changes) const {
    if (footprint_ && object) footprint_->touch(object.raw, use);
  }
  void touch_other(uint64_t key, Use use = Use::Changes) const {
    if (footprint_) footprint_->touch(key, use);
  }
  bool is_watched() const { return footprint_ != nullptr; }
  // What orders the driver's accesses to memory is kept from now on (order.h); null: it is not.
  void follow_order() { order_ = std::make_unique<HappensBefore>(); }
  HappensBefore* order() const { return order_.get(); }
  uint32_t running() const { return current_ ? current_->id.serial() : 0; }
  void set_stop_at(uint64_t ordinal) { stop_at_ = ordinal; }
  uint64_t stop_at() const { return stop_at_; }
  // More decisions than this, or more calls of one thread in one callback, end the run: on_endless
  // is called on the thread that took the last one, and does not return.
  uint64_t ordinal_limit = 100'000'000;
  uint32_t call_limit = 500'000;
  std::function<void(bool in_one_callback)> on_endless;

  // Checks invariants (kmdf/core/validate.h): at every decision, with the object it is about, and
  // when a thread waits or has ended.
  void (*on_step)(ObjectId about) = nullptr;
  void validate() const;  // threads and clock match their tables

  // --- IRQL and DPCs (X-04) ---
  uint8_t irql() const { return current_ ? current_->irql : kPassiveLevel; }
  uint8_t raise_irql(uint8_t to);
  void lower_irql(uint8_t to);
  // Runs `body` at DISPATCH_LEVEL: now if the running thread is below it, else when its IRQL drops;
  // on a thread of its own when no thread runs. `name` and `object` describe it in the trace.
  void post_dpc(std::string_view name, ObjectId object, std::function<void()> body);

  // --- the clock ---
  uint32_t now() const { return now_; }
  using ClockId = uint64_t;
  // Calls `fire` (outside any thread) when the clock reaches `due` microseconds.
  // Timer: something happens then. Wait: a wait with a timeout ends. Idle: an idle device powers
  // down.
  enum class ClockKind : uint8_t { Timer, Wait, Idle };
  ClockId at(uint32_t due, bool keeps_alive, std::function<void()> fire,
             ClockKind kind = ClockKind::Timer);
  void cancel(ClockId id);
  bool clock_empty() const { return clock_.empty(); }
  // Moves the clock to the next due entry, not beyond `limit`, and fires it. False when there is
  // none. Periodic timers do not keep the run alive.
  bool advance_clock(uint32_t limit);
  void move_clock_to(uint32_t time);
  bool next_is_timer() const;  // what is due next
  // The entries that are due by `time`, the next first; and by `early`, of those that keep the run
  // alive. The next one, 0: none.
  std::vector<ClockId> due_by(uint32_t time, uint32_t early) const;
  ClockId next_entry() const { return clock_.empty() ? 0 : clock_.begin()->first.second; }
  uint32_t due_of(ClockId id) const;    // UINT32_MAX: it is gone
  std::vector<ClockId> timers() const;  // in order of due time
  bool fire_now(ClockId id);            // early; false when it is gone
  bool has_live_clock_entry() const;
  uint32_t next_due() const;
  uint32_t longest_wait() const;  // microseconds until the last entry is due

  // --- events ---
  void emit(trace::EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0, uint32_t b = 0,
            uint32_t c = 0) {
    if (footprint_ || order_) note_event(code, s, o);
    const VThread* const t = current_;
    const uint32_t irql = t ? t->irql : 0, thread = t ? t->id.serial() : 0;
    const trace::Site site = t ? t->site : trace::Site();
    const uint32_t time = now_;
    trace::Event& e = trace_.add();
    e.code = code;
    e.irql = irql;
    e.thread = thread;
    e.time = time;
    e.s = s;
    e.o = o;
    e.a = a;
    e.b = b;
    e.c = c;
    e.site = site;
  }
  trace::Trace& trace() { return trace_; }

 private:
  struct ClockEntry {
    bool keeps_alive;
    ClockKind kind;
    std::function<void()> fire;
  };
  using Clock = std::map<std::pair<uint32_t, ClockId>, ClockEntry>;
  using Wait = std::tuple<trace::WaitReason, ObjectId, ObjectId>;  // why, for what, the thread

  void yield_slow(Op op, ObjectId object);
  void begin_step(Op op, ObjectId object, std::optional<Use> use);
  void note_event(trace::EventCode code, ObjectId s, ObjectId o);
  void switch_to(VThread* t);
  VThread* pick_next();
  void drain_dpcs();
  void reap(VThread* t);
  std::function<void()> take_entry(Clock::iterator it);
  void fire(Clock::iterator it);

  trace::Trace& trace_;
  FiberBackend& fibers_;
  std::deque<VThread> storage_;
  ThreadRing live_, runnable_;  // all, and those that can go on; the others are in waits_
  std::map<Wait, VThread*> waits_;
  VThread* current_ = nullptr;
  VThread* forced_ = nullptr;  // who goes on next, overriding the ring
  uint32_t last_serial_ = 0;   // ring position: serial of the thread that ran last
  VThread* last_ = nullptr;
  uint32_t next_serial_ = 1;
  uint64_t ordinal_ = 0, stop_at_ = UINT64_MAX;
  bool stopped_ = false, left_ = false;
  Footprint* footprint_ = nullptr;
  std::unique_ptr<HappensBefore> order_;
  uint32_t now_ = 0;
  std::deque<std::function<void()>> dpcs_;
  Clock clock_;
  std::map<ClockId, uint32_t> clock_due_;  // when each entry of the clock is due
  size_t clock_live_ = 0;                  // entries that keep the run alive
  ClockId next_clock_ = 1;
};

}  // namespace qs::sched
