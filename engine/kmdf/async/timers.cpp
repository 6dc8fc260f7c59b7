#include "kmdf/async/timers.h"

#include "kmdf/api/common.h"

namespace qs::kmdf {

using rt::emit;

namespace {

// The nearest queue or device above an object: nothing else has a scope. A request belongs to its
// device, not to the queue that it is in.
Object* callbacks_owner(Object* o) {
  while (o && o->kind() != ObjectKind::Queue && o->kind() != ObjectKind::Device) {
    if (o->kind() == ObjectKind::Request) {
      const Irp* irp = static_cast<Request*>(o)->irp;
      return irp ? irp->device : nullptr;
    }
    if (o->kind() == ObjectKind::FileObject) return static_cast<FileObject*>(o)->device;
    o = o->parent;
  }
  return o;
}

}  // namespace

int32_t effective_lock(Object* parent, bool automatic, bool passive, CallbackLock** lock) {
  *lock = nullptr;
  Object* o = callbacks_owner(parent);
  if (!o) return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (!automatic) return QS_STATUS_SUCCESS;
  bool is_queue = o->kind() == ObjectKind::Queue;
  trace::Scope scope = is_queue ? static_cast<Queue*>(o)->scope : static_cast<Device*>(o)->scope;
  bool level = is_queue ? static_cast<Queue*>(o)->passive : static_cast<Device*>(o)->passive;
  if (scope == trace::Scope::None) return QS_STATUS_SUCCESS;
  if (level != passive) {
    verifier_break("O-11", parent->id);
    return QS_STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
  }
  *lock = is_queue ? static_cast<Queue*>(o)->callback_lock : static_cast<Device*>(o)->callback_lock;
  return QS_STATUS_SUCCESS;
}

// --- timers ---

namespace {

// On a thread of its own, at DISPATCH_LEVEL or, for passive timers, at PASSIVE_LEVEL.
void run_timer(Timer* t) {
  {
    LockedCallback locked(t->lock);
    t->running = rt::self();
    {
      DriverCall call(trace::CallbackKind::EvtTimerFunc, t->id,
                      t->parent ? t->parent->id : ObjectId());
      t->config.EvtTimerFunc(handle<WDFTIMER>(t));
    }
    t->running = nullptr;
  }
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
  if (t->delete_called) {  // nothing would take it off the clock before it is destroyed
    t->guard.unlock();
    return false;
  }
  bool was = t->armed;
  t->armed = true;
  t->guard.unlock();
  take_off_clock(t);
  emit(trace::EventCode::TimerArm, t->id, {}, due, t->config.Period * 1000);
  put_on_clock(t, due);
  return was;
}

namespace {

bool take_back(Timer* t, bool wait) {
  t->guard.lock(t->id);
  bool was = t->armed;
  t->armed = false;
  t->guard.unlock();
  take_off_clock(t);
  if (was) emit(trace::EventCode::TimerStop, t->id);
  if (!wait) return was;
  t->idle.wait(t->guard, trace::WaitReason::TimerStop, t->id, [t] { return t->in_flight == 0; });
  return was;
}

}  // namespace

bool stop_timer(Timer* t, bool wait) {
  if (wait && t->running == rt::self()) {  // V-48: nothing is done
    verifier_break("V-48", t->id);
    return false;
  }
  return take_back(t, wait);
}

// Waits for a callback that has begun or is about to; one that deletes its own passive timer waits
// for itself (V-48a).
void Timer::closing() {
  bool waits = rt::irql() == sched::kPassiveLevel;
  if (waits && running == rt::self()) verifier_break("V-48a", id);
  take_back(this, waits);
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

bool cancel_dpc(Dpc* d, bool wait) {
  d->guard.lock(d->id);
  bool was = d->queued;
  d->queued = false;
  d->guard.unlock();
  if (wait)
    d->idle.wait(d->guard, trace::WaitReason::TimerStop, d->id, [d] { return d->running == 0; });
  return was;
}

void Dpc::closing() { cancel_dpc(this, rt::irql() == sched::kPassiveLevel); }

// --- work items ---

void enqueue_work_item(WorkItem* w) {
  w->guard.lock(w->id);
  bool was = w->queued;
  w->queued = true;
  w->guard.unlock();
  if (was) return;
  emit(trace::EventCode::Post, w->id, w->parent ? w->parent->id : ObjectId());
  add_ref(w);
  rt::spawn(trace::ThreadKind::WorkItem, "work item", w->id, [w] {
    w->guard.lock(w->id);
    w->queued = false;  // before the callback, so that it may enqueue itself again
    ++w->running;
    w->guard.unlock();
    {
      LockedCallback locked(w->lock);
      w->thread = rt::self();
      {
        DriverCall call(trace::CallbackKind::EvtWorkItem, w->id,
                        w->parent ? w->parent->id : ObjectId());
        w->config.EvtWorkItemFunc(handle<WDFWORKITEM>(w));
      }
      w->thread = nullptr;
    }
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
  if (rt::irql() == sched::kPassiveLevel && thread != rt::self()) wait_for_work_item(this);
}

}  // namespace qs::kmdf
