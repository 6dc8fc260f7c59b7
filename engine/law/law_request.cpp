// Completing, giving back and marking requests (sections 7, 8 and 9 of the rules).
#include "include/qs/abi_status.h"
#include "law/law.h"

namespace qs::law {
namespace {

using K = ReportKind;

bool cancelled(const RequestFacts& r) { return r.cancel_flag || r.canceled_bit; }
// S4, S4c, S5: EvtRequestCancel has not been called.
bool not_called_yet(const RequestFacts& r) { return r.cancelable && !r.cancel_called; }
// A cancel has yet to find it: also one that was told before and marked again.
bool cancel_to_come(const RequestFacts& r) {
  return r.listed || (r.cancelable && r.on_cancel_list);
}

const char* why_cancelable(const RequestFacts& r) {
  if (r.cancel_called && !r.listed) return "EvtRequestCancel has been called: it must complete it";
  return r.claimed || r.on_cancel_list ? "its cancel has won: leave it to EvtRequestCancel"
                                       : "it is cancelable: unmark it first";
}

// V-05, R-07: with the verifier only. True: refused.
bool refuse_unowned(Ruling& ruling, const Facts& f, int32_t status = kRefused) {
  const RequestFacts& r = f.request;
  if (!f.verifier || r.driver_owned) return false;
  ruling.report(K::Break, r.completed ? "R-07" : "V-05", why_not_owned(r)).refuse(status);
  return true;
}

// Without the verifier nobody looks whether the handle is dead.
void report_completed(Ruling& ruling, const Facts& f) {
  if (!f.verifier && f.request.completed)
    ruling.report(K::Undefined, "R-07", "it is completed: the handle is dead");
}

// C-08: what was canceled in a queue should only be completed (S8).
void report_cancelled_in_queue(Ruling& ruling, const RequestFacts& r) {
  if (r.canceled_bit && r.cancel_called && !r.cancelable)
    ruling.report(K::Finding, "C-08", "it was canceled in its queue: complete it");
}

// The original does not detect one that is at a target; the effect is undefined.
void report_sent(Ruling& ruling, const RequestFacts& r, const char* rule) {
  if (r.at_target) ruling.report(K::Undefined, rule, why_not_owned(r));
}
// The same with one that EvtIoCanceledOnQueue is due for: two lists would have it (V-44).
void report_cancel_due(Ruling& ruling, const RequestFacts& r) {
  if (r.on_cancel_list && !r.cancelable) ruling.report(K::Undefined, "V-05", why_not_owned(r));
}

// V-09. The most that Information may say for a success; false: nobody looks.
bool information_limit(const RequestFacts& r, uint64_t* limit) {
  const bool read_write = r.type == trace::RequestType::Read || r.type == trace::RequestType::Write;
  const bool user_control = r.type == trace::RequestType::DeviceControl && r.from_user;
  *limit = read_write ? r.length : r.out_length;
  return read_write || (user_control && r.out_length != 0);
}

// V-11: METHOD_BUFFERED from user mode with no room for an answer.
bool nothing_to_copy(const RequestFacts& r) {
  constexpr uint32_t kMethodMask = 3;  // METHOD_BUFFERED is 0
  return r.type == trace::RequestType::DeviceControl && r.from_user && r.copy_back &&
         (r.code & kMethodMask) == 0 && r.out_length == 0;
}

}  // namespace

const char* why_not_owned(const RequestFacts& r) {
  if (r.completed) return "it is completed: the handle is dead";
  if (r.at_target) return "it is at the target, which owns it";
  if (r.waiting) return "it waits in a queue: the framework owns it";
  if (r.on_cancel_list) return "the driver is not told yet: EvtIoCanceledOnQueue is due";
  return r.bound ? "a refused requeue has cost it the verifier's mark"
                 : "the driver does not own it";
}

// K-05.
Ruling on_complete(const Facts& f, const Call& call) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("K-02");
  if (f.verifier && (r.completed || !r.driver_owned))
    return out.report(K::Break, r.completed ? "V-06" : "V-05", why_not_owned(r)).refuse(0);
  if (r.completed) out.report(K::Undefined, "K-11", why_not_owned(r));
  if (r.by_driver && !r.bound) {
    if (!f.verifier) out.report(K::Undefined, "V-39", "the driver made it: it is deleted");
    return out.report(K::Break, "K-13", "the driver made it: it is deleted, not completed")
        .refuse(0);
  }
  if (r.at_target) out.report(K::Undefined, "K-12", why_not_owned(r));
  if (!f.verifier && !r.by_driver && !r.bound && !r.caller_context)
    out.report(K::Undefined, "K-12", why_not_owned(r));
  if (!f.verifier && r.on_cancel_list && (r.cancel_called || !r.cancelable))
    out.report(K::Undefined, "K-12", why_not_owned(r));
  if (not_called_yet(r)) {
    if (!f.verifier) out.report(K::Undefined, "K-10", why_cancelable(r));
    out.report(K::Break, "V-07", why_cancelable(r));
  } else if (r.listed) {  // marked again: the verifier takes it for told
    out.report(K::Undefined, "K-10", why_cancelable(r));
  }
  if (f.verifier && r.on_cancel_list && r.bound)
    out.report_later("V-08", "its cancel callback is due and will still be called");
  if (call.status == QS_STATUS_PENDING)
    out.report(K::Undefined, "K-01", "STATUS_PENDING is not a final status");
  uint64_t limit = 0;
  if (f.verifier && call.status >= 0 && information_limit(r, &limit) && call.information > limit) {
    if (!out.reported()) out.given = call.information, out.limit = limit;
    out.report(K::BugCheck, "V-09", "Information is greater than the buffer", 0x6, 4);
  }
  if (call.information != 0 && nothing_to_copy(r))
    out.report(K::Break, "V-11", "there is no output buffer for what Information says");
  return out;
}

// F-10 to F-13. The queue is the destination.
Ruling on_forward(const Facts& f) {
  const RequestFacts& r = f.request;
  const QueueFacts& to = f.queue;
  Ruling out = Ruling::fine("F-10");
  report_completed(out, f);
  report_sent(out, r, "V-05");
  if (f.verifier) {
    if (refuse_unowned(out, f)) return out;
    if (!r.in_queue)
      return out.report(K::Break, "V-13", "it is in no queue: use Enqueue").refuse(kRefused);
    if (!to.same_device)
      return out.report(K::Break, "V-16", "that queue is another device's").refuse(kRefused);
    if (to.same_queue)
      return out.report(K::Break, "V-16", "it is in that queue already").refuse(kRefused);
    if (r.cancelable) return out.report(K::Break, "V-15", why_cancelable(r)).refuse(kRefused);
  } else if (!r.bound) {
    return out.report(K::Undefined, r.in_queue ? "V-05" : "V-13", why_not_owned(r))
        .refuse(kRefused);
  } else if (!to.same_device) {
    return out.report(K::Undefined, "V-16", "that queue is another device's").refuse(kRefused);
  } else if (cancel_to_come(r)) {
    out.report(K::Undefined, "V-15", why_cancelable(r));
  }
  report_cancel_due(out, r);
  report_cancelled_in_queue(out, r);
  if (out.reported()) return out;
  if (!to.accepts)
    return Ruling::returns(QS_STATUS_WDF_BUSY, "F-12", "the queue accepts nothing now");
  if (cancelled(r)) return Ruling::fine("F-12", "it is canceled: the queue cancels it at once");
  return out;
}

// F-20, after its options. The queue is the destination.
Ruling on_forward_to_parent(const Facts& f) {
  const RequestFacts& r = f.request;
  const QueueFacts& to = f.queue;
  Ruling out = Ruling::fine("F-20");
  const char* why = !r.driver_owned || !r.bound ? why_not_owned(r)
                    : !to.of_parent             ? "that queue is not of the parent device"
                    : to.same_queue             ? "it is in that queue already"
                    : r.cancelable              ? why_cancelable(r)
                    : r.reserved                ? "a reserved request stays with its queue"
                    : !to.allows_parent         ? "the bus driver did not allow it for this device"
                                                : nullptr;
  if (why && f.verifier) return out.report(K::Break, "V-17", why).refuse(kRefused);
  // The original does not detect this; the effect is undefined.
  const bool lost = !r.driver_owned || !r.bound || !to.of_parent;
  if (lost || (why && cancel_to_come(r)))
    return out.report(K::Undefined, "V-17", why).refuse(kRefused);
  if (!to.accepts)
    return Ruling::returns(QS_STATUS_WDF_BUSY, "F-20", "the queue accepts nothing now");
  return out;
}

// F-01 to F-05, E-18.
Ruling on_requeue(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("F-01");
  if (!r.in_queue)
    return out.report(K::Break, "V-13", "it is in no queue: use Enqueue").refuse(kRefused);
  report_sent(out, r, "V-05");
  if (f.verifier) {
    if (!r.driver_owned) return out.report(K::Break, "V-05", why_not_owned(r)).refuse(kRefused);
    if (r.cancelable) return out.report(K::Break, "V-15", why_cancelable(r)).refuse(kRefused);
  }
  if (f.queue.dispatch != trace::Dispatch::Manual)
    return out.report(K::Break, "V-18", "only a request of a manual queue can be requeued")
        .refuse(kRefused);
  if (!f.verifier) {
    if (!r.bound) return out.report(K::Undefined, "V-05", why_not_owned(r)).refuse(kRefused);
    if (cancel_to_come(r)) out.report(K::Undefined, "V-15", why_cancelable(r));
  }
  report_cancel_due(out, r);
  report_cancelled_in_queue(out, r);
  if (!out.reported() && (cancelled(r) || f.queue.purge_latch))
    return Ruling::fine("F-04", "it is canceled already: it is not put back but canceled");
  return out;
}

// C-20 to C-22.
Ruling on_mark(const Facts& f, bool ex) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("C-20");
  report_completed(out, f);
  if (!r.in_queue) return out.report(K::Break, "V-13", "it is in no queue").refuse(kRefused);
  report_sent(out, r, "V-05");
  if (f.verifier) {
    if (!r.driver_owned) return out.report(K::Break, "V-05", why_not_owned(r)).refuse(kRefused);
    if (r.cancelable) {
      const char* why = r.cancel_called && !r.listed ? "EvtRequestCancel has been called"
                                                     : "it is marked already";
      return out.report(K::Break, "V-12", why).refuse(kRefused);
    }
  } else {
    if (!r.bound) out.report(K::Undefined, "V-05", why_not_owned(r));
    if (r.listed || r.on_cancel_list)
      return out.report(K::Undefined, "V-12", "it is marked already").refuse(QS_STATUS_SUCCESS);
  }
  if (out.reported()) return out;
  report_cancel_due(out, r);
  if (out.reported()) return out;
  if (!r.cancel_flag && !f.queue.purge_latch) return out;
  if (ex) return Ruling::returns(QS_STATUS_CANCELLED, "C-22", "it is canceled already");
  return Ruling::fine("C-21", "it is canceled already: EvtRequestCancel will be called");
}

// C-30 to C-32.
Ruling on_unmark(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("C-30");
  if (!r.in_queue) return out.report(K::Break, "V-13", "it is in no queue").refuse(kRefused);
  if (f.verifier) {
    if (!r.driver_owned) return out.report(K::Break, "V-05", why_not_owned(r)).refuse(kRefused);
    if (!r.cancelable)
      return out.report(K::Break, "V-14", "it is not marked cancelable").refuse(kRefused);
  } else if (r.waiting) {
    out.report(K::Undefined, "C-32", why_not_owned(r));
  } else if (!r.cancelable) {
    out.report(K::Finding, "C-32", "it is not marked cancelable");
  }
  const bool lost = r.claimed || !r.listed;
  if (lost) {
    out.status_known = true;
    out.status = QS_STATUS_CANCELLED;
    if (!out.reported()) {
      out.rule = "C-31";
      out.why = "EvtRequestCancel completes it";
    }
  }
  return out;
}

// C-40.
Ruling on_is_canceled(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("C-40", cancelled(r) ? "it will say TRUE" : "it will say FALSE");
  report_completed(out, f);
  if (refuse_unowned(out, f, 0)) return out;
  if (f.verifier && r.cancelable)
    return out.report(K::Break, "C-40", "a cancelable request is told by EvtRequestCancel")
        .refuse(0);
  return out;
}

// F-30, F-31.
Ruling on_stop_acknowledge(const Facts& f, bool requeue) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine(requeue ? "P-22" : "P-21");
  if (f.verifier) {
    if (!r.in_evt_io_stop)
      return out.report(K::Break, "V-27", "no EvtIoStop asks about it").refuse(0);
    if (requeue && !r.completed && !r.driver_owned)
      return out.report(K::Break, "F-31", why_not_owned(r)).refuse(0);
    if (requeue && !r.completed && r.cancelable)
      return out.report(K::Break, "F-31", why_cancelable(r)).refuse(0);
  }
  if (r.completed) return Ruling::fine("P-23", "it is completed: nothing is left to say");
  // The original puts it into the queue all the same: then it is in two places at once.
  if (requeue && r.at_target) return out.report(K::Undefined, "F-31", why_not_owned(r)).refuse(0);
  if (!r.in_evt_io_stop)
    return Ruling::fine("F-30", "no EvtIoStop asks about it: it answers the next one");
  if (!f.caller.in_evt_io_stop)
    return Ruling::fine("P-25", "late: it counts when something next runs the queue's loop");
  return out;
}

//
Ruling on_enqueue(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("A-17");
  report_completed(out, f);
  // The original queues one that is at a target all the same: then it is in two places at once.
  if (r.at_target) return out.report(K::Undefined, "V-25", why_not_owned(r)).refuse(kRefused);
  if (r.caller_context) return out;
  return out.report(f.verifier ? K::Break : K::Undefined, "V-25", "only from EvtIoInCallerContext")
      .refuse(kRefused);
}

Ruling on_set_information(const Facts& f) {
  Ruling out = Ruling::fine("K-02");
  report_completed(out, f);
  if (!refuse_unowned(out, f, 0) && !f.request.has_irp) out.refuse(0);
  return out;
}

// T-02, V-38.
Ruling on_delete_request(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("T-02");
  if (!r.by_driver)
    return out.report(K::Break, "T-02", "the driver did not make it: it goes by completion only")
        .refuse(0);
  if (!r.at_target) return out;
  if (!f.verifier) out.report(K::Undefined, "V-38", "it is at a target");
  return out.report(K::Break, "V-38", "it is at a target: it is destroyed when it is back");
}

}  // namespace qs::law
