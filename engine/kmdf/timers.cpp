#include "kmdf/timers.h"

#include <mutex>

#include "kmdf/api_common.h"
#include "kmdf/io_target.h"

namespace qs::kmdf {

using rt::emit;

namespace {

// The nearest queue or device above an object: only these have a scope.
Object* callbacks_owner(Object* o) {
  while (o && o->kind() != ObjectKind::Queue && o->kind() != ObjectKind::Device) {
    if (o->kind() == ObjectKind::Request && static_cast<Request*>(o)->bound)
      return static_cast<Request*>(o)->bound;
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
  Scope scope = is_queue ? static_cast<Queue*>(o)->scope : static_cast<Device*>(o)->scope;
  bool level = is_queue ? static_cast<Queue*>(o)->passive : static_cast<Device*>(o)->passive;
  if (scope == Scope::None) return QS_STATUS_SUCCESS;
  if (level != passive) return QS_STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
  *lock = is_queue ? static_cast<Queue*>(o)->callback_lock : static_cast<Device*>(o)->callback_lock;
  return QS_STATUS_SUCCESS;
}

// --- timers ---

namespace {

// On a thread of its own, at DISPATCH_LEVEL or, for passive timers, at PASSIVE_LEVEL.
void run_timer(Timer* t) {
  if (!t->delete_called) {
    LockedCallback locked(t->lock);
    t->running = rt::self();
    {
      DriverCall call(CallbackKind::EvtTimerFunc, t->id, t->parent ? t->parent->id : ObjectId());
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
    if (rt::irql() >= kDispatchLevel) rt::lower_irql(kPassiveLevel);
  };
#ifdef QS_REAL_THREADS
  rt::spawn(ThreadKind::Timer, {}, t->id, [t, body] {
    if (!t->passive) rt::raise_irql(kDispatchLevel);
    body();
  });
#else
  rt::sched().spawn(ThreadKind::Timer, rt::sched().trace().name(t->id), t->id,
                    t->passive ? kPassiveLevel : kDispatchLevel, rt::bind_to_run(body));
#endif
}

// Called by the clock, outside any thread.
void fire(Timer* t, uint32_t generation) {
  std::lock_guard guard(t->clock_guard);
  if (t->generation != generation) return;  // stopped or started again meanwhile
  t->clock = 0;
  emit(EventCode::TimerFire, t->id);
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
  std::lock_guard guard(t->clock_guard);
  t->guard.lock(t->id);
  bool was = t->armed;
  t->armed = true;
  t->guard.unlock();
  take_off_clock(t);
  emit(EventCode::TimerArm, t->id, {}, due, t->config.Period * 1000);
  put_on_clock(t, due);
  return was;
}

bool stop_timer(Timer* t, bool wait) {
  t->clock_guard.lock();
  t->guard.lock(t->id);
  bool was = t->armed;
  t->armed = false;
  t->guard.unlock();
  take_off_clock(t);
  t->clock_guard.unlock();
  if (was) emit(EventCode::TimerStop, t->id);
  if (!wait) return was;
  if (t->running == rt::self()) {  // V-48
    verifier_break("V-48", t->id);
    if (verifier()) return was;
    finding("U-02", t->id);
  }
  t->idle.wait(t->guard, WaitReason::TimerStop, t->id, [t] { return t->in_flight == 0; });
  return was;
}

void Timer::closing() {
  if (armed) stop_timer(this, false);
}

// --- DPCs ---

namespace {

void run_dpc(Dpc* d, uint32_t generation) {
  d->guard.lock(d->id);
  bool mine = d->queued && d->generation == generation && !d->delete_called;
  if (mine) {
    d->queued = false;
    ++d->running;
  }
  d->guard.unlock();
  if (mine) {
    {
      LockedCallback locked(d->lock);
      DriverCall call(CallbackKind::EvtDpcFunc, d->id, d->parent ? d->parent->id : ObjectId());
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
  emit(EventCode::Post, d->id, d->parent ? d->parent->id : ObjectId());
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
  if (wait) d->idle.wait(d->guard, WaitReason::TimerStop, d->id, [d] { return d->running == 0; });
  return was;
}

void Dpc::closing() { queued = false; }

// --- work items ---

void enqueue_work_item(WorkItem* w) {
  w->guard.lock(w->id);
  bool was = w->queued;
  w->queued = true;
  w->guard.unlock();
  if (was) return;
  emit(EventCode::Post, w->id, w->parent ? w->parent->id : ObjectId());
  add_ref(w);
  rt::spawn(ThreadKind::WorkItem, "work item", w->id, [w] {
    w->guard.lock(w->id);
    w->queued = false;  // before the callback, so that it may enqueue itself again
    ++w->running;
    w->guard.unlock();
    {
      LockedCallback locked(w->lock);
      w->thread = rt::self();
      {
        DriverCall call(CallbackKind::EvtWorkItem, w->id, w->parent ? w->parent->id : ObjectId());
        w->config.EvtWorkItemFunc(handle<WDFWORKITEM>(w));
      }
      w->thread = nullptr;
    }
    --w->running;
    w->idle.signal(w->id);
    release(w);
  });
}

// Waits for a callback that is queued or running; from inside it, it would wait for itself.
void flush_work_item(WorkItem* w) {
  if (w->thread == rt::self()) return finding("U-02", w->id);
  w->idle.wait(w->guard, WaitReason::WorkItemFlush, w->id,
               [w] { return !w->queued && w->running == 0; });
}

// --- deletion ---

// O-12, V-38, V-48: what must end before the object goes. Passive callers wait, others leave it to
// the reference.
bool before_delete(Object* o) {
  bool passive = rt::irql() == kPassiveLevel;
  switch (o->kind()) {
    case ObjectKind::Timer: stop_timer(static_cast<Timer*>(o), passive); return true;
    case ObjectKind::Dpc: cancel_dpc(static_cast<Dpc*>(o), passive); return true;
    case ObjectKind::WorkItem:
      if (passive) flush_work_item(static_cast<WorkItem*>(o));
      return true;
    case ObjectKind::IoTarget: {
      auto* t = static_cast<IoTarget*>(o);
      if (!t->remote) return false;
      close_target(t, ::qs::TargetState::Deleted);
      return true;
    }
    case ObjectKind::Request: return may_delete_request(static_cast<Request*>(o));
    default: return true;
  }
}

}  // namespace qs::kmdf
