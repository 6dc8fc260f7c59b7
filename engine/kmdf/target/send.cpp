// The way of a request to a target and back (12.2, 12.3): acceptance, timeouts, cancels, the
// completion routine.
#include "kmdf/api/common.h"
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
    default:  // one that is just closing waits for what ignores its state
      return ignore_state && t->removing ? QS_STATUS_SUCCESS : QS_STATUS_INVALID_DEVICE_STATE;
  }
}

// T-12. The timer delays completion until it fires or is canceled.
void arm_timeout(Request* r, TargetWork& w, int64_t timeout) {
  uint32_t now = due_of(0), due = due_of(timeout);
  ++w.holders;
  r->send_clock = call_later(due - now, "send timeout", r->id, [r] {
    r->timed_out = true;
    if (!work_of(r).back) {
      set_canceled_bit(r);
      cancel_in_target(r);
    }
    drop_holder(r);
  });
}

// Takes it out of the lists of its target; true: the event of those who wait is to be set (T-19).
bool leave_target_locked(Request* r, IoTarget* t) {
  if (!r->pended_in_target) {
    (r->ignore_state ? t->ignoring : t->sent).remove(r->sent);
    QS_HOLDS("I-23", t->id, r->ignore_state || t->outstanding > 0);
    if (!r->ignore_state) --t->outstanding;
  }
  if (t->removing) {
    if (!t->sent.empty() || !t->ignoring.empty()) return false;
    t->removing = false;
    return true;
  }
  const bool last = t->waits_for_sent && !r->ignore_state && t->sent.empty();
  if (last) t->waits_for_sent = false;
  return last;
}

// Whoever drops the last hold runs the completion, once. Those who wait for the target are let go
// after the completion routine.
void finish_send(Request* r) {
  TargetWork& w = work_of(r);
  IoTarget* t = r->target;
  QS_HOLDS("I-23", r->id, t && !r->completed && w.holders == 0);
  bool timed_out = r->timed_out && w.status == QS_STATUS_CANCELLED;
  int32_t status = timed_out ? QS_STATUS_IO_TIMEOUT : w.status;  // T-11, T-12
  t->lock.lock(t->id);
  const bool set_event = leave_target_locked(r, t);
  r->pended_in_target = r->ignore_state = false;
  r->target = nullptr;
  r->vflags &= ~uint32_t(kVFormatted | kVSentToTarget);  // T-05
  r->formatted_with_target = false;
  t->lock.unlock();
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
  if (set_event) {
    t->lock.lock(t->id);
    set_sent_event_locked(t);
    t->lock.unlock();
  }
  --t->in_routine;
  t->idle_gate.signal(t->id);
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
  w.back = true;
  if (r->send_clock && cancel_later(r->send_clock)) --w.holders;  // else the timer runs: it holds
  r->send_clock = 0;
  drop_holder(r);
}

bool withdraw_send(Request* r) {
  TargetWork& w = work_of(r);
  if (r->send_clock && !cancel_later(r->send_clock)) return false;
  if (r->send_clock) --w.holders;
  r->send_clock = 0;
  if (w.holders > 1) return false;
  w.holders = 0;
  return true;
}

namespace {

// Into one of the lists of the target, whose lock is held.
void link_locked(Request* r, IoTarget* t, bool pend, bool ignore_state) {
  TargetWork& w = work_of(r);
  w.holders = 1;
  w.back = false;
  r->pended_in_target = pend;
  r->ignore_state = ignore_state;
  if (pend) {
    t->pended.push_back(r->sent, r);
    r->irp->arm(Slot::Target);
    emit(EventCode::PendTarget, r->id, t->id);
    return;
  }
  (ignore_state ? t->ignoring : t->sent).push_back(r->sent, r);
  if (!ignore_state) ++t->outstanding;
  emit(EventCode::SendTarget, r->id, t->id, w.send_flags);
}

// After it, without the lock.
void go_down(Request* r, IoTarget* t, bool pend) {
  if (!pend)
    lower_receives(r->irp, r, t);
  else if (r->irp->cancelled() && r->irp->take_slot() == Slot::Target)  // since the look at it
    fail_pended(r, QS_STATUS_CANCELLED);
}

// T-10, T-10a; the lock is held.
int32_t may_send_locked(const Request* r, const IoTarget* t, bool ignore_state, bool* pend) {
  const int32_t status = accepts_locked(t, ignore_state, pend);
  if (status != QS_STATUS_SUCCESS) return status;
  return r->canceled_bit || (*pend && r->irp->cancelled()) ? QS_STATUS_CANCELLED : status;
}

}  // namespace

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
  const bool ignore_state = flags & qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
  const int32_t status = may_send_locked(r, t, ignore_state, &pend);
  if (status != QS_STATUS_SUCCESS) {
    t->lock.unlock();
    return refuse(status);
  }
  add_ref(r);
  r->target = t;
  r->sync_send = waits;
  r->sync_back = r->timed_out = false;
  r->vflags |= kVSentToTarget;
  ++r->sends;
  w.send_flags = flags;
  emit(EventCode::GiveUp, r->id, queue_id(r), uint32_t(trace::GiveUpReason::Send));
  link_locked(r, t, pend, ignore_state);
  if (wants_timer) arm_timeout(r, w, timeout);
  t->lock.unlock();
  go_down(r, t, pend);
  return true;
}

void submit_again(Request* r, IoTarget* t) {
  t->lock.lock(t->id);
  bool pend = false;
  const int32_t status = may_send_locked(r, t, false, &pend);
  if (status == QS_STATUS_SUCCESS) {
    link_locked(r, t, pend, false);
    t->lock.unlock();
    return go_down(r, t, pend);
  }
  t->lock.unlock();
  work_of(r).holders = 1;
  request_back(r, status, 0);
}

// The caller keeps a reference.
void wait_for_sent(Request* r, uint32_t flags, int64_t timeout) {
  rt::Lock unused;
  bool limited = (flags & qs_WDF_REQUEST_SEND_OPTION_TIMEOUT) && timeout != 0;
  if (limited && !r->sync_gate.wait_until(trace::WaitReason::SyncSend, r->id, due_of(timeout),
                                          [r] { return r->sync_back; })) {
    r->timed_out = true;  // the sender itself cancels, and goes on waiting
    set_canceled_bit(r);
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
  if (!r->reserved) {  // one of forward progress keeps what it has (S-06)
    check_passive_children(r);
    r->callbacks_wanted = r->presented;
    dispose(r);
    drop_children(r);
    check_memory_references(r);
  }
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
  set_canceled_bit(r);
  if (!r->target || !hold_again(work_of(r))) return false;
  add_ref(r);
  bool called = cancel_in_target(r);
  drop_holder(r);
  release(r);
  return called;
}

// --- formats and memory ---

// V-47: objects that can only go at PASSIVE_LEVEL keep a request from going above it.
void check_passive_children(const Request* r) {
  if (rt::irql() == sched::kPassiveLevel) return;
  for (const Object* o = r->first_child; o; o = o->next_sibling) {
    if (!tree_needs_passive(o)) continue;
    if (!verifier()) undefined_misuse("V-47", r->id, o->id);
    return verifier_break("V-47", r->id, o->id);
  }
}

void drop_target_format(Request* r) {  // K-05 step 3
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
