// Sending requests to targets, and targets themselves (section 12 of the rules).
#include "include/qs/abi_status.h"
#include "law/law.h"

namespace qs::law {

using trace::Act;

namespace {

using K = ReportKind;

// Nobody looks whether the driver owns what it formats and sends, not even the verifier: while the
// request waits in a queue the effect is undefined (V-05).
bool report_waiting(Ruling& out, const RequestFacts& r) {
  if (r.waiting) out.report(K::Undefined, "V-05", why_not_owned(r)).refuse(kRefused);
  return r.waiting;
}

// T-14, V-35.
Ruling forget(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("T-14", "the driver never sees it again");
  if (r.by_driver) return out.refuse(QS_STATUS_INVALID_DEVICE_STATE);
  if (r.other_options)
    return out.report(K::Break, "V-35", "nothing else can be asked for")
        .refuse(QS_STATUS_INVALID_PARAMETER);
  if (r.target_format)
    return out.report(K::Break, "V-35", "it was formatted for a target of its own")
        .refuse(kRefused);
  if (f.verifier && (r.routine || r.create_of_handle))
    out.report(K::Break, "V-35",
               r.routine ? "its completion routine will not be called"
                         : "a create that has a file object comes back to the driver");
  return out;
}

// T-10, T-10a: what the target says, its state first.
Ruling target_answers(const Facts& f) {
  const RequestFacts& r = f.request;
  const bool started = f.target.state == trace::TargetState::Started;
  if (!started && f.target.state != trace::TargetState::Stopped)
    return Ruling::returns(QS_STATUS_INVALID_DEVICE_STATE, "T-10",
                           "the target takes nothing now: the send fails");
  if (r.canceled_bit || (!started && r.cancel_flag))
    return Ruling::returns(QS_STATUS_CANCELLED, "T-10a", "it is canceled: the send fails");
  return started ? Ruling::fine("T-07")
                 : Ruling::fine("T-10", "the target is stopped and keeps it until it is started");
}

// T-10: the original follows a null pointer.
Ruling device_behind(const Facts& f) {
  const TargetFacts& t = f.target;
  const bool ready =
      t.state == trace::TargetState::Started || t.state == trace::TargetState::Stopped;
  Ruling out = Ruling::fine("T-10");
  if (t.no_device && (ready || !t.ever_opened))
    out.report(K::Undefined, "T-10",
               t.ever_opened ? "the target was closed and not opened again"
                             : "the target was never opened");
  return out;
}

}  // namespace

// T-04, T-05, V-37.
Ruling on_format(const Facts& f) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("T-04");
  if (!r.has_irp)
    return out.report(K::BugCheck, "V-37", "it is completed: it has no IRP", 0x6, 2).refuse(0);
  if (r.at_target) out.report(K::Undefined, "T-05", "it is at a target already");
  report_waiting(out, r);
  return out;
}

Ruling on_set_routine(const Facts& f) {
  Ruling out = Ruling::fine("T-06");
  report_waiting(out, f.request);
  return out;
}

Ruling on_send(const Facts& f, SendKind kind) {
  const RequestFacts& r = f.request;
  Ruling out = Ruling::fine("T-07");
  if (r.completed || !r.has_irp)
    return out.report(K::Undefined, "R-07", "it is completed: the handle is dead").refuse(0);
  if (r.at_target)
    return out.report(K::BugCheck, "V-33", "it is at a target already", 0x6, 3).refuse(0);
  if (r.listed || (r.on_cancel_list && r.cancelable))
    out.report(K::Undefined, "C-61",
               r.claimed || r.on_cancel_list ? "its cancel has won: leave it to EvtRequestCancel"
                                             : "it is cancelable: unmark it first");
  else if (r.on_cancel_list)
    out.report(K::Undefined, "C-61", why_not_owned(r));
  if (report_waiting(out, r)) return out;
  if (kind == SendKind::Forget) {
    if (out.reported()) return out;
    return forget(f);
  }
  if (kind == SendKind::Synchronous && f.caller.irql > kPassive)
    return out.report(f.verifier ? K::Break : K::Undefined, "U-05", "its caller may not wait")
        .refuse(kRefused);
  if (kind == SendKind::Asynchronous && !r.by_driver && !r.routine)
    return out.report(K::Break, "V-34", "it has no completion routine").refuse(kRefused);
  if (!r.formatted || !r.fits) {
    const char* why =
        r.fits ? "it is not formatted for the target" : "it has no stack location left";
    if (f.verifier && !r.by_driver) out.report(K::Break, "V-32", why);
    if (f.verifier) return out.refuse(QS_STATUS_REQUEST_NOT_ACCEPTED);
    // One that came back goes out again as it was formatted before (T-03).
    if (!r.fits || !r.sent_before)
      return out.report(K::Undefined, "V-32", why).refuse(QS_STATUS_REQUEST_NOT_ACCEPTED);
  }
  if (out.reported()) return out;
  const Ruling behind = device_behind(f);
  return behind.reported() ? behind : target_answers(f);
}

// T-16 to T-18.
Ruling on_cancel_sent(const Facts& f) {
  const RequestFacts& r = f.request;
  // Only a reference has kept its handle good: there is nothing left to cancel.
  if (r.completed) return Ruling::fine("T-17", "it is done already").refuse(0);
  if (!r.at_target) return Ruling::fine("T-18", "it is not sent: later sends of it will fail");
  return Ruling::fine("T-16");
}

// T-19, T-20.
Ruling on_target_change(const Facts& f, Act act) {
  const bool waits =
      act == Act::TargetStopWait || act == Act::TargetStopCancel || act == Act::TargetPurgeWait;
  const char* rule = act == Act::TargetStart                                  ? "T-21"
                     : act == Act::TargetPurge || act == Act::TargetPurgeWait ? "T-20"
                                                                              : "T-19";
  Ruling out = Ruling::fine(rule);
  if (act == Act::TargetStart && f.target.state == trace::TargetState::Deleted)
    return Ruling::returns(QS_STATUS_INVALID_DEVICE_STATE, "T-21", "the target is deleted");
  if (waits && f.caller.irql > kPassive)
    out.report(f.verifier ? K::Break : K::Undefined, "U-05", "its caller may not wait").refuse(0);
  return out;
}

}  // namespace qs::law
