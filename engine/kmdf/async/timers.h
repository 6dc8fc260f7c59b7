// Timers, DPCs and work items (O-11, O-12). Owns: Timer, Dpc, WorkItem. Called by the C API;
// virtual hardware queues DPCs; may_delete() for objects that a driver may not delete at any time.
#pragma once
#include "kmdf/core/object.h"

namespace qs::kmdf {

// What a callback with AutomaticSerialization takes (O-11): the lock of the first queue, file
// object or device above `parent` when that one has a scope.
// STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL when the level of the parent itself is another.
int32_t effective_lock(Object* parent, bool automatic, bool passive, CallbackLock** lock);

struct Timer final : Object {
  explicit Timer(ObjectId i) : Object(i) {}
  qs_WDF_TIMER_CONFIG config{};
  CallbackLock* lock = nullptr;
  bool passive = false;
  bool armed = false;
  uint64_t clock = 0;       // 0: not on the clock
  uint32_t generation = 0;  // counts starts: to which of them an entry of the clock belongs
  int in_flight = 0;        // fired and not finished
  rt::Thread* running = nullptr;
  rt::Thread* stopping = nullptr;  // stops it and waits: it may not be started meanwhile
  bool start_refused = false;      // while that thread was at it
  bool disposed = false;
  rt::Gate idle;
  rt::Lock guard;
  void closing() override;
  bool disposal_waits() const override { return true; }
};

// TRUE when it was pending (O-12). `due`: virtual microseconds.
bool start_timer(Timer* t, uint32_t due);
bool stop_timer(Timer* t, bool wait);

struct Dpc final : Object {
  explicit Dpc(ObjectId i) : Object(i) {}
  qs_WDF_DPC_CONFIG config{};
  CallbackLock* lock = nullptr;
  bool queued = false;
  uint32_t generation = 0;
  int running = 0;
  rt::Gate idle;
  rt::Lock guard;
  void closing() override;
  bool disposal_waits() const override { return true; }
};

// FALSE when it was queued already (O-12). Also called by the clock, outside any thread.
bool enqueue_dpc(Dpc* d);
bool cancel_dpc(Dpc* d, bool wait);

struct WorkItem final : Object {
  explicit WorkItem(ObjectId i) : Object(i) {}
  qs_WDF_WORKITEM_CONFIG config{};
  CallbackLock* lock = nullptr;
  bool queued = false;
  int running = 0;
  bool disposed = false;
  rt::Thread* thread = nullptr;
  rt::Gate idle;
  rt::Lock guard;
  void closing() override;
  bool disposal_waits() const override { return true; }
};

void enqueue_work_item(WorkItem* w);
void flush_work_item(WorkItem* w);

}  // namespace qs::kmdf
