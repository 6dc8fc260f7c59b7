// What may be done to a request now (R-03 and the sections of each call).
#include <fmt/format.h>

#include "model/find.h"
#include "model/queries_legal.h"
#include "trace/words.h"

namespace qs {
namespace {

using S = RequestState;

class RequestMenu {
 public:
  RequestMenu(const Model& m, const RequestView& r)
      : m_(m), r_(r), state_(request_state(r)), verifier_(verifier_on(m)) {
    queue_ = m.queue(r.queue);
  }

  std::vector<LegalCall> calls() {
    add_owned(Act::Complete, complete());
    add_owned(Act::CompleteWithInformation, complete());
    add_owned(Act::Forward, forward());
    add_owned(Act::Requeue, requeue());
    add_owned(Act::MarkCancelable, mark(false));
    add_owned(Act::MarkCancelableEx, mark(true));
    add_owned(Act::UnmarkCancelable, unmark());
    add_owned(Act::IsCanceled, is_canceled());
    add_owned(Act::SendToTarget, send());
    add(Act::CancelSent, cancel_sent());
    add_owned(Act::SendAndForget, send_and_forget());
    add(Act::StopAcknowledge, stop_acknowledge(false));
    add(Act::StopAcknowledgeRequeue, stop_acknowledge(true));
    add(Act::Enqueue, enqueue());
    add(Act::RetrieveFound, retrieve_found());
    add(Act::StartHardware, start_hardware());
    add(Act::Reference, reference());
    add(Act::Dereference, dereference());
    add(Act::DeleteRequest, delete_request());
    add(Act::CancelFromApp, cancel_from_app());
    return std::move(calls_);
  }

 private:
  void add(Act act, Ruling ruling) { calls_.push_back(make_call(act, std::move(ruling))); }
  // For calls whose first check is the verifier's "does the driver own it?".
  void add_owned(Act act, Ruling ruling) {
    if (verifier_ && r_.has(kMarkLost) && ruling.legality <= Legality::Discouraged)
      ruling = illegal("V-18", "a refused requeue has cost it the verifier's mark");
    add(act, std::move(ruling));
  }
  // Reported by the verifier; without it the call goes through as `what` says.
  Ruling verified(const char* rule, std::string reason, const char* rule_off,
                  std::string what) const {
    return verifier_ ? illegal(rule, std::move(reason)) : discouraged(rule_off, std::move(what));
  }
  bool in(std::initializer_list<S> states) const {
    return std::find(states.begin(), states.end(), state_) != states.end();
  }
  bool cancelled() const { return r_.has(kCancelFlag | kCanceledBit); }
  bool no_queue() const { return state_ == S::CallerContext || !r_.queue; }

  // The driver has never had the handle, or it is no handle any more: nothing to call on.
  bool unknown_to_driver() const {
    if (r_.driver_refs > 0) return false;  // found in the queue
    return in({S::Sent, S::New, S::PendedIrp, S::Pool}) ||
           (in({S::Waiting, S::WaitingClaimed}) && !r_.has(kPresented)) ||
           (state_ == S::Done && !r_.has(kPresented)) || r_.has(kPassedDown);
  }

  // Why a call that needs ownership is refused where the driver does not own it.
  Ruling not_owned() const {
    switch (state_) {
      case S::Sent: return impossible("R-01", "it has not reached the device yet");
      case S::New:
      case S::PendedIrp:
      case S::Pool: return impossible("R-01", "the framework has it");
      case S::Waiting:
      case S::WaitingClaimed:
        if (unknown_to_driver()) return impossible("R-05", "the driver has not seen it yet");
        return illegal("V-05", "it waits in a queue: the framework owns it");
      case S::AtTarget:
      case S::PendedInTarget: return illegal("V-05", "it is at the target, which owns it");
      case S::Completing: return illegal("V-06", "it is being completed");
      case S::Done:
        if (unknown_to_driver()) return impossible("R-07", "it is done; the driver never saw it");
        return illegal("V-06", "it is completed: the handle is dead");
      case S::Released: return illegal("T-14", "it was sent and forgotten");
      case S::QueueCancelPending:
        return illegal("C-07", "the driver is not told yet: EvtIoCanceledOnQueue is due");
      default: return illegal("V-05", "the driver does not own it");
    }
  }

  Ruling complete() const {
    if (in({S::CallerContext, S::Owned, S::CancelDelivered, S::QueueCancelDelivered})) {
      if (r_.has(kDriverCreated) && !r_.has(kCharged))
        return illegal("K-13", "the driver made it: it is deleted, not completed");
      return legal("K-02");
    }
    if (state_ == S::Cancelable)
      return illegal(verifier_ ? "V-07" : "K-10", "it is cancelable: unmark it first");
    if (in({S::CancelClaimed, S::CancelPending}))
      return illegal("V-08", "its cancel has won: leave it to EvtRequestCancel");
    return not_owned();
  }

  Ruling move(const char* none, const char* call) const {
    if (state_ == S::Cancelable) return illegal("V-15", "it is cancelable: unmark it first");
    if (in({S::CancelClaimed, S::CancelPending}))
      return illegal("V-15", "its cancel has won: leave it to EvtRequestCancel");
    if (state_ == S::CancelDelivered)
      return verified("V-50", fmt::format("EvtRequestCancel must complete it, not {} it", call),
                      "C-11", "it is cancelled again there: complete it");
    if (state_ == S::QueueCancelDelivered)
      return discouraged("C-08", "it comes straight back cancelled: complete it");
    if (state_ == S::CallerContext) return illegal(none, "it is in no queue: use Enqueue");
    return not_owned();
  }

  Ruling forward() const {
    if (state_ != S::Owned) return move("F-10", "forward");
    if (no_queue()) return illegal("V-13", "it belongs to no queue");
    size_t others = 0;
    for (const QueueView& q : m_.queues) others += !q.deleted && q.id != r_.queue;
    if (others == 0) return impossible("F-10", "the device has no other queue");
    return legal("F-10");
  }

  Ruling requeue() const {
    if (state_ != S::Owned) return move("V-13", "requeue");
    if (no_queue()) return illegal("V-13", "it belongs to no queue");
    if (queue_ && queue_->dispatch() != Dispatch::Manual)
      return illegal("F-01", "only a request of a manual queue can be requeued");
    if (cancelled()) return legal("F-04", "already cancelled: it is not put back but cancelled");
    return legal("F-01");
  }

  Ruling mark(bool ex) const {
    if (in({S::Cancelable, S::CancelClaimed, S::CancelPending}))
      return illegal("V-12", "it is marked already");
    if (state_ == S::CancelDelivered) return illegal("V-50", "EvtRequestCancel has been called");
    if (state_ == S::QueueCancelDelivered)
      return discouraged("C-08", "it is cancelled: complete it");
    if (state_ == S::CallerContext || (state_ == S::Owned && no_queue()))
      return illegal("V-13", "it belongs to no queue");
    if (state_ != S::Owned) return not_owned();
    bool latched = queue_ && (queue_->flags & kPurgeLatch);
    if (!cancelled() && !latched) return legal("C-20");
    return ex ? legal("C-22", "already cancelled: it returns STATUS_CANCELLED")
              : legal("C-21", "already cancelled: EvtRequestCancel will come");
  }

  Ruling unmark() const {
    if (state_ == S::Cancelable) return legal("C-30");
    if (in({S::CancelClaimed, S::CancelPending, S::CancelDelivered}))
      return legal("C-31", "it returns STATUS_CANCELLED: EvtRequestCancel completes it");
    if (state_ == S::CallerContext) return illegal("V-13", "it belongs to no queue");
    if (state_ == S::Owned || state_ == S::QueueCancelDelivered)
      return verified("V-14", "it is not marked cancelable", "C-32",
                      "not marked: it returns STATUS_CANCELLED all the same");
    return not_owned();
  }

  Ruling is_canceled() const {
    if (in({S::CallerContext, S::Owned, S::QueueCancelDelivered}))
      return legal("C-40", cancelled() ? "it will say TRUE" : "it will say FALSE");
    if (in({S::Cancelable, S::CancelClaimed, S::CancelPending, S::CancelDelivered}))
      return verified("C-40", "a cancelable request is told by EvtRequestCancel", "C-40",
                      "EvtRequestCancel tells it anyway");
    return not_owned();
  }

  const TargetView* target() const {
    const TargetView* usable = nullptr;
    for (const TargetView& t : m_.targets)
      if (t.state != TargetState::Deleted && !usable) usable = &t;
    return usable;
  }

  Ruling send() const {
    if (state_ == S::Cancelable) return illegal("C-61", "it is cancelable: unmark it first");
    if (in({S::AtTarget, S::PendedInTarget})) return illegal("V-33", "it is at a target already");
    if (!in({S::CallerContext, S::Owned})) return cancel_first();
    const TargetView* t = target();
    if (!t) return impossible("T-01", "this device has no target below it");
    if (r_.has(kCanceledBit)) return legal("T-10a", "it is cancelled: the send fails");
    if (t->state == TargetState::Stopped)
      return legal("T-10", "the target is stopped and will keep it until it is started");
    if (t->state != TargetState::Started)
      return legal("T-10", "the target takes nothing now: the send fails");
    return legal("T-07");
  }

  // Between Cancelable and the rest: the ones whose cancel has begun.
  Ruling cancel_first() const {
    if (in({S::CancelClaimed, S::CancelPending, S::CancelDelivered, S::QueueCancelDelivered}))
      return illegal("R-03", "it is cancelled: complete it");
    return not_owned();
  }

  Ruling send_and_forget() const {
    if (r_.has(kDriverCreated)) return illegal("T-14", "the driver made it and must delete it");
    Ruling ruling = send();
    if (ruling.legality != Legality::Legal) return ruling;
    return legal("T-14", "the driver will never see it again");
  }

  Ruling cancel_sent() const {
    if (in({S::AtTarget, S::PendedInTarget})) return legal("T-16");
    if (state_ == S::Owned) return illegal("T-18", "it is not sent: later sends would fail");
    if (in({S::CallerContext, S::Cancelable, S::CancelClaimed, S::CancelPending, S::CancelDelivered,
            S::QueueCancelDelivered}))
      return illegal("T-18", "it is not sent");
    return not_owned();
  }

  bool inside_stop() const {
    for (const ThreadView& t : m_.threads)
      for (const Frame& f : t.stack)
        if (f.callback && f.s == r_.id && CallbackKind(f.what) == CallbackKind::EvtIoStop)
          return true;
    return false;
  }

  Ruling stop_acknowledge(bool requeue) const {
    bool sent = in({S::AtTarget, S::PendedInTarget});
    if (!sent && !in({S::Owned, S::Cancelable}))
      return r_.owner == Owner::Driver ? illegal("V-27", "it is cancelled: complete it")
                                       : not_owned();
    if (!r_.has(kStopAsked) && verifier_) return illegal("V-27", "no EvtIoStop asks about it");
    if (!r_.has(kStopAsked | kNotified))
      return discouraged("F-30", "no EvtIoStop asks about it: it will answer the next one");
    if (requeue && state_ == S::Cancelable) return illegal("P-20", "unmark it first");
    if (requeue && sent) return illegal("V-27", "the target owns it");
    if (requeue && verifier_ && r_.has(kMarkLost))
      return illegal("F-31", "a refused requeue has cost it the verifier's mark");
    if (!inside_stop())
      return legal("P-25", "late: it counts when something runs the queue's loop next");
    return legal(requeue ? "P-22" : "P-21");
  }

  Ruling enqueue() const {
    if (state_ == S::CallerContext) return legal("A-17");
    if (unknown_to_driver()) return not_owned();
    return illegal("V-25", "only from EvtIoInCallerContext");
  }

  Ruling retrieve_found() const {
    if (!in({S::Waiting, S::WaitingClaimed})) {
      if (unknown_to_driver()) return not_owned();
      return legal("G-13", "it does not wait: STATUS_NOT_FOUND");
    }
    if (!queue_) return impossible("G-13", "it is in no queue");
    if (queue_->dispatch() != Dispatch::Manual) return illegal("V-23", "only from a manual queue");
    if (queue_->power == QueuePower::Off || !(queue_->flags & kDispatch))
      return legal("G-01", "the queue is stopped or off: STATUS_WDF_PAUSED");
    if (state_ == S::WaitingClaimed) return legal("G-01", "its cancel has won: STATUS_NOT_FOUND");
    return legal("G-13");
  }

  Ruling start_hardware() const {
    if (m_.channels.empty()) return impossible("U-06", "this device has no hardware channel");
    if (r_.owner != Owner::Driver || state_ == S::QueueCancelPending) return not_owned();
    if (const QueueView* q = queue_) {
      const DeviceView* d = m_.device(q->device);
      if (d && d->power != DevicePower::D0) return illegal("U-07", "the device is not in D0");
    }
    for (const ChannelView& c : m_.channels)
      if (!c.request) return legal("U-06");
    return illegal("U-06", "every channel is busy");
  }

  Ruling reference() const {
    if (unknown_to_driver()) return not_owned();
    if (r_.has(kDeletedObject)) return illegal("R-07", "the object is gone");
    if (state_ == S::Done && r_.driver_refs == 0)
      return illegal("K-16", "too late: take the reference before completing");
    return legal("K-16");
  }

  Ruling dereference() const {
    if (r_.driver_refs > 0) return legal("K-16");
    if (unknown_to_driver()) return not_owned();
    return illegal("V-40", "the driver holds no reference to drop");
  }

  Ruling delete_request() const {
    if (unknown_to_driver()) return not_owned();
    if (r_.has(kDeletedObject)) return illegal("R-07", "the object is gone");
    if (!r_.has(kDriverCreated))
      return illegal("T-02", "the driver did not make it: it goes by completion only");
    if (in({S::AtTarget, S::PendedInTarget})) return illegal("V-38", "it is at a target");
    return legal("T-02");
  }

  Ruling cancel_from_app() const {
    if (r_.has(kDriverCreated | kPool)) return impossible("C-01", "no application sent it");
    if (in({S::Completing, S::Done})) return impossible("C-01", "it is done");
    if (r_.has(kCancelFlag)) return legal("C-50", "cancelled before: nothing more happens");
    if (in({S::CallerContext, S::Owned}))
      return legal("C-15", "only a flag: the driver is not told");
    if (in({S::Waiting})) return legal(r_.has(kPresented) ? "C-07" : "C-05");
    if (state_ == S::Cancelable) return legal("C-10", "EvtRequestCancel will be called");
    if (in({S::AtTarget, S::PendedInTarget})) return legal("C-60", "the target decides");
    return legal("C-01");
  }

  const Model& m_;
  const RequestView& r_;
  const QueueView* queue_ = nullptr;
  RequestState state_;
  bool verifier_;
  std::vector<LegalCall> calls_;
};

bool has_handler_for(const QueueView& q, RequestType type) {
  auto has = [&](CallbackKind kind) { return (q.callbacks >> unsigned(kind) & 1) != 0; };
  if (has(CallbackKind::EvtIoDefault)) return true;
  switch (type) {
    case RequestType::Read: return has(CallbackKind::EvtIoRead);
    case RequestType::Write: return has(CallbackKind::EvtIoWrite);
    case RequestType::DeviceControl: return has(CallbackKind::EvtIoDeviceControl);
    case RequestType::InternalControl: return has(CallbackKind::EvtIoInternalDeviceControl);
    default: return false;
  }
}

}  // namespace

std::vector<LegalCall> request_calls(const Model& m, const RequestView& r) {
  return RequestMenu(m, r).calls();
}

std::vector<ForwardChoice> forward_choices(const Model& m, ObjectId request) {
  std::vector<ForwardChoice> out;
  const RequestView* r = m.request(request);
  if (!r) return out;
  Ruling general;
  for (LegalCall& call : request_calls(m, *r))
    if (call.act == Act::Forward) general = {call.legality, call.reason, call.rule};
  const QueueView* from = m.queue(r->queue);
  for (const QueueView& q : m.queues) {
    if (q.deleted || (q.config & kConfigInternal)) continue;
    Ruling ruling = general;
    if (general.legality <= Legality::Discouraged ||
        (general.legality == Legality::Impossible && q.id == r->queue)) {
      if (q.id == r->queue)
        ruling = verifier_on(m) ? illegal("V-16", "it is in this queue already")
                                : discouraged("F-11", "it goes to the tail of its own queue");
      else if (from && from->device != q.device)
        ruling = illegal("V-16", "the queue belongs to another device");
      else if (!(q.flags & kAccept))
        ruling = discouraged("F-11", "it accepts nothing now: STATUS_WDF_BUSY");
      else if (q.dispatch() != Dispatch::Manual && !has_handler_for(q, r->type))
        ruling = discouraged("D-21", "it has no handler for this type: the request is failed");
      else if (r->has(kCancelFlag | kCanceledBit))
        ruling = legal("F-12", "already cancelled: it is cancelled there");
    }
    out.push_back({q.id, ruling.legality, ruling.reason, ruling.rule});
  }
  return out;
}

}  // namespace qs
