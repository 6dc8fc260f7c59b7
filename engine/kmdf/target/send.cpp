// The way of a request to a target and back (12.2, 12.3): acceptance, timeouts, cancels, the
// completion routine.
#include "kmdf/api/common.h"
#include "kmdf/async/timers.h"
#include "kmdf/core/facts.h"
#include "kmdf/core/memory.h"
#include "kmdf/core/validate.h"
#include "kmdf/device/usb.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using trace::EventCode;

using rt::emit;
using State = ::qs::trace::TargetState;

TargetWork& work_of(Request* r) {
  if (!r->params) {
    void* memory = fw().take_memory(sizeof(TargetWork));
    r->params = &(new (memory) TargetWork)->params;
  }
  return *reinterpret_cast<TargetWork*>(r->params);  // its first member
}

namespace {

// Holds the completion back once more. False: no hold was left, so the completion is already under
// way.
bool hold_again(TargetWork& w) {
  if (w.holders == 0) return false;
  ++w.holders;
  return true;
}

ObjectId queue_id(const Request* r) { return r->bound ? r->bound->id : ObjectId(); }

// T-10; the lock of the target is held. STATUS_SUCCESS: sent or, with *pend, kept in the target.
int32_t accepts_locked(const IoTarget* t, bool ignore_state, bool* pend) {
  *pend = false;
  switch (t->state) {
    case State::Started: return QS_STATUS_SUCCESS;
    case State::Stopped: *pend = !ignore_state; return QS_STATUS_SUCCESS;
    case State::Purged: return ignore_state ? QS_STATUS_SUCCESS : QS_STATUS_INVALID_DEVICE_STATE;
    default: return QS_STATUS_INVALID_DEVICE_STATE;
  }
}

// T-12. The timer delays completion until it fires or is canceled.
void arm_timeout(Request* r, TargetWork& w, int64_t timeout) {
  uint32_t now = due_of(0), due = due_of(timeout);
  ++w.holders;
  r->send_clock = call_later(due - now, "send timeout", r->id, [r] {
    r->timed_out = true;
    cancel_in_target(r);
    drop_holder(r);
  });
}

// Whoever drops the last hold runs the completion, once.
void finish_send(Request* r) {
  TargetWork& w = work_of(r);
  IoTarget* t = r->target;
  QS_HOLDS("I-23", r->id, t && !r->completed && w.holders == 0);
  bool timed_out = r->timed_out && w.status == QS_STATUS_CANCELLED;
  int32_t status = timed_out ? QS_STATUS_IO_TIMEOUT : w.status;  // T-11, T-12
  t->lock.lock(t->id);
  if (!r->pended_in_target) (r->ignore_state ? t->ignoring : t->sent).remove(r->sent);
  bool counted = !r->pended_in_target && !r->ignore_state;
  r->pended_in_target = false;
  r->target = nullptr;
  r->vflags &= ~uint32_t(kVFormatted | kVSentToTarget);  // T-05
  r->formatted_with_target = false;
  QS_HOLDS("I-23", t->id, !counted || t->outstanding > 0);
  bool last = counted && --t->outstanding == 0;
  if (last && t->somebody_waits) {  // before the completion routine: it may wait itself
    t->somebody_waits = false;
    t->all_back = true;
  }
  t->lock.unlock();
  if (last) t->idle_gate.signal(t->id);
  r->send_status = status;
  r->irp->status = status;
  r->irp->information = w.information;
  w.params.IoStatus.Status = status;
  w.params.IoStatus.Information = uintptr_t(w.information);
  if (t->pipe && r->format_target) usb_completion(r, t->pipe, status);
  emit(EventCode::TargetBack, r->id, t->id, uint32_t(status), uint32_t(w.information));
  emit(EventCode::Own, r->id, queue_id(r), uint32_t(trace::OwnReason::BackFromTarget));
  bool sync = r->sync_send;
  ++t->in_routine;
  if (auto routine = r->completion_routine) {  // T-06: good for one send, without a lock
    r->completion_routine = nullptr;
    DriverCall call(trace::CallbackKind::CompletionRoutine, r->id, t->id, uint32_t(status));
    routine(h(r), handle<WDFIOTARGET>(t), &w.params, r->completion_context);
  }
  if (sync) {  // the sender waits and holds the request
    r->sync_back = true;
    r->sync_gate.signal(t->id);
  }
  if (r->delete_called && !r->target) drop_target_format(r);  // V-38: deleted while it was away
  if (--t->in_routine == 0) t->idle_gate.signal(t->id);
  release(r);
}

}  // namespace

void drop_holder(Request* r) {
  if (--work_of(r).holders == 0) finish_send(r);
}

void request_back(Request* r, int32_t status, uint64_t information) {
  TargetWork& w = work_of(r);
  w.status = status;
  w.information = information;
  if (r->send_clock && cancel_later(r->send_clock)) --w.holders;  // else the timer runs: it holds
  r->send_clock = 0;
  drop_holder(r);
}

bool submit(Request* r, IoTarget* t, uint32_t flags, int64_t timeout) {
  TargetWork& w = work_of(r);
  auto refuse = [r](int32_t status) {
    r->send_status = status;
    return false;
  };
  // A synchronous sender waits with a limit instead (T-11).
  bool waits = flags & qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
  bool wants_timer = (flags & qs_WDF_REQUEST_SEND_OPTION_TIMEOUT) && timeout != 0 && !waits;
  if (wants_timer && !w.timer_allocated && fw().allocation_fails())
    return refuse(QS_STATUS_INSUFFICIENT_RESOURCES);
  QS_HOLDS("I-23", r->id, !r->target && !r->sent.linked() && r->irp);
  t->lock.lock(t->id);
  bool pend = false;
  bool ignore_state = flags & qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
  int32_t status = accepts_locked(t, ignore_state, &pend);
  if (r->canceled_bit) status = QS_STATUS_CANCELLED;  // T-10a
  if (status == QS_STATUS_SUCCESS && pend && r->irp->cancelled()) status = QS_STATUS_CANCELLED;
  if (status != QS_STATUS_SUCCESS) {
    t->lock.unlock();
    return refuse(status);
  }
  add_ref(r);
  r->target = t;
  r->pended_in_target = pend;
  r->ignore_state = ignore_state;
  r->sync_send = flags & qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
  r->sync_back = r->timed_out = false;
  r->vflags |= kVSentToTarget;
  ++r->sends;
  w.send_flags = flags;
  w.holders = 1;
  emit(EventCode::GiveUp, r->id, queue_id(r), uint32_t(trace::GiveUpReason::Send));
  if (pend) {
    t->pended.push_back(r->sent, r);
    r->irp->arm(Slot::Target);
    emit(EventCode::PendTarget, r->id, t->id);
  } else {
    (ignore_state ? t->ignoring : t->sent).push_back(r->sent, r);
    if (!ignore_state) ++t->outstanding;
    emit(EventCode::SendTarget, r->id, t->id, flags);
  }
  if (wants_timer) arm_timeout(r, w, timeout);
  t->lock.unlock();
  if (!pend)
    lower_receives(r->irp, r, t);
  else if (r->irp->cancelled() && r->irp->take_slot() == Slot::Target)  // canceled meanwhile
    fail_pended(r, QS_STATUS_CANCELLED);
  return true;
}

// The caller keeps a reference.
void wait_for_sent(Request* r, uint32_t flags, int64_t timeout) {
  rt::Lock unused;
  bool limited = (flags & qs_WDF_REQUEST_SEND_OPTION_TIMEOUT) && timeout != 0;
  if (limited && !r->sync_gate.wait_until(trace::WaitReason::SyncSend, r->id, due_of(timeout),
                                          [r] { return r->sync_back; })) {
    r->timed_out = true;  // the sender cancels it and goes on waiting
    if (hold_again(work_of(r))) {
      cancel_in_target(r);
      drop_holder(r);
    }
  }
  r->sync_gate.wait(unused, trace::WaitReason::SyncSend, r->id, [r] { return r->sync_back; });
}

void send_and_forget(Request* r, IoTarget* t) {  // T-14
  Irp* irp = r->irp;
  Queue* bound = r->bound;
  emit(EventCode::GiveUp, r->id, queue_id(r), uint32_t(trace::GiveUpReason::SendAndForget));
  drop_target_format(r);
  r->callbacks_wanted = r->presented;
  dispose(r);
  drop_children(r);
  check_memory_references(r);
  r->vflags &= ~uint32_t(kVDriverOwned | kVInCallerContext);
  r->irp = nullptr;
  irp->request = nullptr;
  emit(EventCode::Forget, r->id, t ? t->id : ObjectId());
  r->completed = true;
  lower_receives(irp, nullptr, t);
  if (bound) bound->uncharge(r, trace::UnchargeReason::SendAndForget);
  r->queue = nullptr;
  release(r);
}

// --- canceling ---

void fail_pended(Request* r, int32_t status) {
  IoTarget* t = r->target;
  t->lock.lock(t->id);
  t->pended.remove(r->sent);
  t->lock.unlock();
  request_back(r, status, 0);
}

void cancel_lower(Irp* irp) {  // C-60
  Request* r = irp->request;
  if (r && r->pended_in_target) return fail_pended(r, QS_STATUS_CANCELLED);
  cancel_in_lower_driver(irp);
}

// The second half of T-16 and T-12: the IRP's flag and slot. A hold keeps the request alive
// meanwhile.
bool cancel_in_target(Request* r) {
  Irp* irp = r->irp;
  irp->set_cancel_flag();
  Slot slot = irp->take_slot();
  emit(EventCode::CancelFlag, r->id, r->target ? r->target->id : ObjectId(),
       slot != Slot::Empty ? 1 : 0);
  if (slot == Slot::Empty) return false;
  rt::yield(sched::Op::CancelPart, r->id);
  cancel_lower(irp);
  return true;
}

bool cancel_sent_request(Request* r) {  // T-16, T-18
  r->cancel_sent = true;
  set_canceled_bit(r);
  if (!r->target || !hold_again(work_of(r))) return false;
  add_ref(r);
  bool called = cancel_in_target(r);
  drop_holder(r);
  release(r);
  return called;
}

// --- formats and memory ---

namespace {

// V-47: objects that can only go at PASSIVE_LEVEL keep a request from going above it.
void check_passive_children(Request* r) {
  if (rt::irql() == sched::kPassiveLevel) return;
  for (Object* o = r->first_child; o; o = o->next_sibling) {
    bool passive = o->kind() == ObjectKind::WorkItem ||
                   (o->kind() == ObjectKind::Timer && static_cast<Timer*>(o)->passive);
    if (!passive) continue;
    if (!verifier()) undefined_misuse("V-47", r->id, o->id);
    verifier_break("V-47", r->id, o->id);
  }
}

}  // namespace

void drop_target_format(Request* r) {  // K-05 step 3
  check_passive_children(r);
  if (r->reserved)  // its other children stay (S-06), but not those that look at this IRP's buffers
    for (Object** m : {&r->in_memory, &r->out_memory}) {
      if (*m) delete_object(*m);
      *m = nullptr;
    }
  if (!r->params) return;
  for (Object*& m : work_of(r).memory) {
    if (m) release(m);
    m = nullptr;
  }
  r->format_target = nullptr;
  r->vflags &= ~uint32_t(kVFormatted);
}

// The request's own memory objects were deleted with its other children; one that is still linked
// has a reference left, the driver's or that of another request that was formatted with it.
void check_memory_references(Request* r) {
  for (Object* o = r->first_child; o; o = o->next_sibling) {
    if (o->kind() != ObjectKind::Memory || static_cast<Memory*>(o)->of_request != r) continue;
    because(std::to_string(o->refs) + " of its references are left");
    bugcheck("V-10", 0x3, r->id.raw, uint64_t(o->refs), r->id, o->id, true);
  }
  r->in_memory = r->out_memory = nullptr;
}

bool may_delete_request(Request* r) {
  const ObjectId target = r->target ? r->target->id : ObjectId();
  if (!carry_out(law::on_delete_request(call_facts(r)), r->id, target)) return false;
  if (!r->target) drop_target_format(r);  // else it is destroyed when it is back
  return true;
}

}  // namespace qs::kmdf
