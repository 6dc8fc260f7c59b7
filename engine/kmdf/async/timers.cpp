#include "kmdf/async/timers.h"

#include <utility>

#include "kmdf/api/common.h"
#include "kmdf/ask/ask.h"

namespace qs::kmdf {

using rt::emit;

namespace {

// The nearest queue, file object or device above an object: only these have a scope. A request from
// above belongs to its device, not to the queue that it is in; one that the driver made, to its
// parent.
Object* callbacks_owner(Object* o) {
  for (; o; o = o->parent) {
    if (o->kind() == ObjectKind::Queue || o->kind() == ObjectKind::Device ||
        o->kind() == ObjectKind::FileObject)
      return o;
    if (o->kind() != ObjectKind::Request || static_cast<Request*>(o)->driver_created) continue;
    const Irp* irp = static_cast<Request*>(o)->irp;
    return irp ? irp->device : nullptr;
  }
  return nullptr;
}

struct Constraints {
  trace::SyncScope scope = trace::SyncScope::None;
  CallbackLock* lock = nullptr;
};
Constraints constraints_of(Object* o) {
  if (o->kind() == ObjectKind::Queue) {
    const auto* q = static_cast<Queue*>(o);
    return {q->scope, q->callback_lock};
  }
  const bool file = o->kind() == ObjectKind::FileObject;
  const Device* d = file ? static_cast<FileObject*>(o)->device : static_cast<Device*>(o);
  if (file && !d->init.file_attributes_set) return {};  // L-09
  return {d->scope, d->callback_lock};
}

// Whether the callbacks of that very object come at PASSIVE_LEVEL only.
bool has_passive_callbacks(const Object* o) {
  if (o->kind() == ObjectKind::Queue) return static_cast<const Queue*>(o)->passive;
  if (o->kind() == ObjectKind::Device) return static_cast<const Device*>(o)->passive;
  return o->kind() == ObjectKind::FileObject || o->passive_level;
}

}  // namespace

int32_t effective_lock(Object* parent, bool automatic, bool passive, CallbackLock** lock) {
  *lock = nullptr;
  Object* o = callbacks_owner(parent);
  if (!o) return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (!automatic) return QS_STATUS_SUCCESS;
  const Constraints c = constraints_of(o);
  if (c.scope == trace::SyncScope::None) return QS_STATUS_SUCCESS;
  if (has_passive_callbacks(parent) != passive) {
    verifier_break("O-11", parent->id);
    return QS_STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
  }
  *lock = c.lock;
  return QS_STATUS_SUCCESS;
}

namespace {

// What KeFlushQueuedDpcs does: all that are queued have run when it returns.
void flush_dpcs() {
  const uint8_t irql = rt::irql();
  if (irql < sched::kDispatchLevel) rt::raise_irql(sched::kDispatchLevel);
  rt::lower_irql(irql);
}

// The levels of a callback and of its lock can differ (O-11): the parent's was right, but the lock
// is that of a queue or device further up.
void look_at_level(const CallbackLock* lock, ObjectId callback) {
  if (lock && lock->passive) may_wait(callback);
}

}  // namespace

// --- timers ---

namespace {

// On a thread of its own, at DISPATCH_LEVEL or, for passive timers, at PASSIVE_LEVEL.
void run_timer(Timer* t) {
  t->running = rt::self();
  look_at_level(t->lock, t->id);
  {
    LockedCallback locked(t->lock);
    {
      DriverCall call(trace::CallbackKind::EvtTimerFunc, t->id,
                      t->parent ? t->parent->id : ObjectId());
      t->config.EvtTimerFunc(handle<WDFTIMER>(t));
    }
  }
  t->running = nullptr;
  --t->in_flight;
  t->idle.signal(t->id);
  release(t);
}

void put_on_clock(Timer* t, uint32_t due);

void start_callback(Timer* t) {
  auto body = [t] {
    run_timer(t);
    if (rt::irql() >= sched::kDispatchLevel) rt::lower_irql(sched::kPassiveLevel);
  };
  if (!t->passive && rt::self())  // a thread lets time pass: a DPC on it, as in a kernel
    return rt::post_dpc("timer", t->id, rt::bind_to_run([t] { run_timer(t); }));
  rt::sched().spawn(trace::ThreadKind::Timer, rt::sched().trace().name(t->id), t->id,
                    t->passive ? sched::kPassiveLevel : sched::kDispatchLevel,
                    rt::bind_to_run(body));
}

// Called by the clock, outside any thread.
void fire(Timer* t, uint32_t generation) {
  if (t->generation != generation) return;  // stopped or started again meanwhile
  t->clock = 0;
  emit(trace::EventCode::TimerFire, t->id);
  if (t->config.Period)
    put_on_clock(t, rt::now() + t->config.Period * 1000);
  else
    t->armed = false;
  ++t->in_flight;
  add_ref(t);
  start_callback(t);
}

void put_on_clock(Timer* t, uint32_t due) {
  uint32_t generation = ++t->generation;
  t->clock = due == kNever
                 ? 0
                 : rt::at(due, t->config.Period == 0, [t, generation] { fire(t, generation); });
}

void take_off_clock(Timer* t) {
  ++t->generation;
  if (t->clock) rt::cancel(t->clock);
  t->clock = 0;
}

}  // namespace

bool start_timer(Timer* t, uint32_t due) {
  t->guard.lock(t->id);
  const bool disposed = t->disposed, refused = disposed || t->stopping;
  if (t->stopping) t->start_refused = true;
  bool was = t->armed;
  if (!refused) t->armed = true;
  t->guard.unlock();
  if (disposed) {
    because("its deletion has begun: it cannot be started anymore");
    verifier_break("O-12", t->id);
  }
  if (refused) return false;
  take_off_clock(t);
  emit(trace::EventCode::TimerArm, t->id, {}, due, t->config.Period * 1000);
  put_on_clock(t, due);
  return was;
}

namespace {

bool take_back(Timer* t) {
  t->guard.lock(t->id);
  const bool was = t->armed;
  t->armed = false;
  t->guard.unlock();
  take_off_clock(t);
  if (was) emit(trace::EventCode::TimerStop, t->id);
  return was;
}

bool take_back_and_wait(Timer* t) {
  if (verifier() && t->stopping) {
    because("another thread stops it and waits");
    verifier_break("O-12", t->id);
  }
  t->start_refused = false;
  t->stopping = rt::self();
  const bool was = take_back(t);
  flush_dpcs();
  t->idle.wait(t->guard, trace::WaitReason::TimerStop, t->id, [t] { return t->in_flight == 0; });
  t->stopping = nullptr;
  return std::exchange(t->start_refused, false) || was;
}

}  // namespace

bool stop_timer(Timer* t, bool wait) {
  if (!wait) return take_back(t);
  if (t->running == rt::self()) {  // V-48: nothing is done
    verifier_break("V-48", t->id);
    return false;
  }
  return take_back_and_wait(t);
}

// Waits for a callback that has begun or is about to; one that deletes its own passive timer waits
// for itself (V-48a), after the complaint about the stop that the deletion begins with.
void Timer::closing() {
  disposed = true;
  if (rt::irql() > sched::kPassiveLevel) return void(take_back(this));
  if (running != rt::self()) return void(take_back_and_wait(this));
  verifier_break("V-48a", id);
  if (verifier()) verifier_break("V-48", id);
  idle.wait(guard, trace::WaitReason::TimerStop, id, [this] { return in_flight == 0; });
}

// --- DPCs ---

namespace {

void run_dpc(Dpc* d, uint32_t generation) {
  d->guard.lock(d->id);
  bool mine = d->queued && d->generation == generation;
  if (mine) {
    d->queued = false;
    ++d->running;
  }
  d->guard.unlock();
  if (mine) {
    look_at_level(d->lock, d->id);
    {
      LockedCallback locked(d->lock);
      DriverCall call(trace::CallbackKind::EvtDpcFunc, d->id,
                      d->parent ? d->parent->id : ObjectId());
      d->config.EvtDpcFunc(handle<WDFDPC>(d));
    }
    --d->running;
    d->idle.signal(d->id);
  }
  release(d);
}

}  // namespace

bool enqueue_dpc(Dpc* d) {
  d->guard.lock(d->id);
  bool was = d->queued;
  d->queued = true;
  uint32_t generation = was ? 0 : ++d->generation;
  d->guard.unlock();
  if (was) return false;
  emit(trace::EventCode::Post, d->id, d->parent ? d->parent->id : ObjectId());
  add_ref(d);
  auto body = [d, generation] { run_dpc(d, generation); };
  rt::post_dpc("DPC", d->id, rt::bind_to_run(body));
  return true;
}

namespace {

void wait_for_dpc(Dpc* d) {
  flush_dpcs();
  d->idle.wait(d->guard, trace::WaitReason::TimerStop, d->id, [d] { return d->running == 0; });
}

}  // namespace

bool cancel_dpc(Dpc* d, bool wait) {
  d->guard.lock(d->id);
  bool was = d->queued;
  d->queued = false;
  d->guard.unlock();
  if (wait && !was) wait_for_dpc(d);
  return was;
}

// One that is still queued runs first.
void Dpc::closing() {
  rt::irql() == sched::kPassiveLevel ? wait_for_dpc(this) : void(cancel_dpc(this, false));
}

// --- work items ---

void enqueue_work_item(WorkItem* w) {
  w->guard.lock(w->id);
  const bool was = w->queued, disposed = w->disposed;
  if (!disposed) w->queued = true;
  w->guard.unlock();
  if (was) return;
  if (disposed) {
    because("its deletion has begun: it cannot be enqueued anymore");
    return verifier_break("O-12", w->id);
  }
  emit(trace::EventCode::Post, w->id, w->parent ? w->parent->id : ObjectId());
  add_ref(w);
  rt::spawn(trace::ThreadKind::WorkItem, "work item", w->id, [w] {
    w->guard.lock(w->id);
    w->queued = false;  // before the callback, so that it may enqueue itself again
    ++w->running;
    w->guard.unlock();
    w->thread = rt::self();
    {
      LockedCallback locked(w->lock);
      DriverCall call(trace::CallbackKind::EvtWorkItem, w->id,
                      w->parent ? w->parent->id : ObjectId());
      w->config.EvtWorkItemFunc(handle<WDFWORKITEM>(w));
    }
    w->thread = nullptr;
    --w->running;
    w->idle.signal(w->id);
    release(w);
  });
}

namespace {

void wait_for_work_item(WorkItem* w) {
  w->idle.wait(w->guard, trace::WaitReason::WorkItemFlush, w->id,
               [w] { return !w->queued && w->running == 0; });
}

}  // namespace

// Waits for a callback that is queued or running; from inside it, it would wait for itself (O-12).
void flush_work_item(WorkItem* w) {
  if (w->thread == rt::self()) return verifier_break("U-02", w->id);
  wait_for_work_item(w);
}

// A work item may delete itself.
void WorkItem::closing() {
  disposed = true;
  end_asks_of(id);
  if (rt::irql() == sched::kPassiveLevel && thread != rt::self()) wait_for_work_item(this);
}

}  // namespace qs::kmdf
