// Threads: what each is in, where it is, which locks it holds.
#include "model/apply/apply.h"
#include "model/find.h"

namespace qs::model {

using trace::CallbackKind;
using trace::EventCode;

namespace {

// Ownership-bearing callbacks: the request goes to that room of the driver. EvtIoStop and
// EvtIoResume only tell.
bool receives(CallbackKind kind) {
  switch (kind) {
    case CallbackKind::EvtIoStop:
    case CallbackKind::EvtIoResume:
    case CallbackKind::EvtCleanupCallback:
    case CallbackKind::EvtDestroyCallback: return false;
    default: return true;
  }
}

// Leaves the frame `what`; frames above it that were never left (a damaged or ended run) go with
// it.
void pop(ThreadView& t, bool callback, uint16_t what) {
  for (size_t i = t.stack.size(); i-- > 0;) {
    if (t.stack[i].callback != callback || t.stack[i].what != what) continue;
    t.stack.resize(i);
    return;
  }
}

void set_line(ThreadView& t, trace::Site site) {
  if (!site) return;
  t.site = site;
  for (size_t i = t.stack.size(); i-- > 0;) {
    if (!t.stack[i].callback) continue;
    t.stack[i].site = site;
    return;
  }
}

void callback_enter(Model& m, ThreadView* t, const trace::Event& e) {
  auto kind = CallbackKind(e.a);
  // The event's line is still the caller's; the callback has none before its first.
  if (t) t->stack.push_back({true, uint16_t(e.a), e.s, e.o, trace::Site()});
  if (kind == CallbackKind::EvtDpcFunc || kind == CallbackKind::EvtWorkItem)
    erase_value(m.posted, e.s);
  RequestView* r = e.s.kind() == ObjectKind::Request ? find_in(m.requests, e.s) : nullptr;
  if (!r) return;
  if (kind == CallbackKind::EvtIoStop) r->flags |= kStopAsked;
  if (receives(kind)) {
    r->room = kind;
    r->room_queue = e.o.kind() == ObjectKind::Queue ? e.o : r->queue;
  }
}

// With the verifier on, a refused requeue costs the request its driver-owned mark (V-18, E-18).
void requeue_leave(Model& m, const trace::Event& e) {
  bool verifier = m.options.empty() || m.options[size_t(trace::RunOption::Verifier)] != 0;
  RequestView* r = find_in(m.requests, e.s);
  if (!verifier || !r || e.c != 1 || int32_t(e.b) >= 0) return;
  constexpr uint32_t kMarked = kCancelable | kCancelClaimed | kCancelPending | kCancelDelivered;
  if (r->owner == Owner::Driver && r->queue && !r->has(kMarked)) r->flags |= kMarkLost;
}

// Taking a spin lock raises the thread, giving it back lowers it.
void irql_of_lock(Model& m, const trace::Event& e) {
  if (ThreadView* t = find_in(m.threads, ObjectId(ObjectKind::Thread, e.thread)))
    t->irql = uint8_t(e.a);
}

void lock(Model& m, const trace::Event& e) {
  auto kind = e.s.kind();
  if (kind != ObjectKind::CallbackLock && kind != ObjectKind::SpinLock &&
      kind != ObjectKind::WaitLock)
    return;
  // The framework's callback locks are not created by anybody: they are known from their first use.
  LockView& l = find_or_add(m.locks, e.s);
  if (e.o) l.of = e.o;
  l.owner = ObjectId(ObjectKind::Thread, e.thread);
}

void thread_start(Model& m, const trace::Event& e) {
  if (e.s.kind() != ObjectKind::Thread) return;
  ThreadView& t = find_or_add(m.threads, e.s);
  t.kind = trace::ThreadKind(e.a);
  t.on_behalf_of = e.o;
  t.irql = uint8_t(e.c);
  erase_value(m.posted, e.o);
}

}  // namespace

void apply_thread(Model& m, const trace::Event& e) {
  switch (e.code) {
    case EventCode::ThreadStart: return thread_start(m, e);
    case EventCode::ThreadEnd: return erase_id(m.threads, e.s);
    case EventCode::ThreadRun: m.running = e.s; return;
    case EventCode::LockAcquire: irql_of_lock(m, e); return lock(m, e);
    case EventCode::LockRelease:
      irql_of_lock(m, e);
      if (LockView* l = find_in(m.locks, e.s)) l->owner = {};
      return;
    case EventCode::ThreadWait:
      if (ThreadView* t = find_in(m.threads, e.s)) {
        t->waiting = trace::WaitReason(e.a);
        t->waits_for = e.o;
      }
      return;
    case EventCode::ThreadWake:
      if (ThreadView* t = find_in(m.threads, e.s)) {
        t->waiting = trace::WaitReason::None;
        t->waits_for = {};
      }
      return;
    case EventCode::Irql:
      if (ThreadView* t = find_in(m.threads, e.s)) t->irql = uint8_t(e.a);
      return;
    default: break;
  }
  ThreadView* t = find_in(m.threads, ObjectId(ObjectKind::Thread, e.thread));
  if (t) t->irql = e.irql;  // also what was raised without an event of its own
  if (e.code == EventCode::CallbackEnter) return callback_enter(m, t, e);
  if (e.code == EventCode::CallLeave) {
    if (trace::ApiFn(e.a) == trace::ApiFn::WdfDpcCancel) erase_value(m.posted, e.s);
    if (trace::ApiFn(e.a) == trace::ApiFn::WdfRequestRequeue) requeue_leave(m, e);
  }
  if (!t) return;
  switch (e.code) {
    case EventCode::Line: set_line(*t, e.site); break;
    case EventCode::CallEnter:
      set_line(*t, e.site);
      t->stack.push_back({false, uint16_t(e.a), e.s, e.o, e.site});
      break;
    case EventCode::CallLeave: pop(*t, false, uint16_t(e.a)); break;
    case EventCode::CallbackLeave:
      pop(*t, true, uint16_t(e.a));
      t->site = t->stack.empty() ? trace::Site() : t->stack.back().site;
      break;
    default: break;
  }
}

}  // namespace qs::model
