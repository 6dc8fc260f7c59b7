// Requests: where the token is, who owns it, what is known about it.
#include "model/apply/apply.h"
#include "model/find.h"

namespace qs::model {

using trace::Event;
using trace::EventCode;
using trace::OwnReason;

namespace {

// What ends with the stay in a queue, and what ends with the request.
constexpr uint32_t kOfOneStay = kCancelable | kCancelClaimed | kCancelPending | kCancelDelivered |
                                kCoqPending | kCoqDelivered | kToNotify | kNotified | kStopAcked |
                                kStopAckRequeue | kCharged | kPendedInTarget | kAsked | kMarkLost |
                                kOnCancelList;
constexpr uint32_t kOfTheLiving = kCancelable | kCancelClaimed | kCoqPending | kToNotify |
                                  kNotified | kStopAcked | kStopAckRequeue | kPendedInTarget |
                                  kAsked | kMarkLost | kOnCancelList;

void set(RequestView& r, uint32_t flags, bool on = true) {
  r.flags = on ? r.flags | flags : r.flags & ~flags;
}

void put(Model& m, RequestView& r, Place place, Owner owner) {
  r.place = place;
  r.owner = owner;
  r.changed_at = m.events;
}

void send(Model& m, const Event& e) {
  if (e.s.kind() != ObjectKind::Request) return;
  RequestView& r = find_or_add(m.requests, e.s);
  r.app = e.o;
  r.type = trace::RequestType(e.a);
  r.length = e.b;
  r.out_length = e.c;
  r.sent_at = m.events;
  r.refs = 1;
  put(m, r, Place::Sender, Owner::Sender);
  m.sent_total += r.type != trace::RequestType::Create;
}

// The callback the thread is in: where a retrieved or made request first meets the driver.
trace::CallbackKind current_callback(const Model& m, uint32_t thread) {
  const ThreadView* t = m.thread(ObjectId(ObjectKind::Thread, thread));
  if (!t) return trace::CallbackKind::Count;
  for (size_t i = t->stack.size(); i-- > 0;)
    if (t->stack[i].callback) return trace::CallbackKind(t->stack[i].what);
  return trace::CallbackKind::Count;
}

// One that has come through no queue is, or is back, in its caller's context.
Place place_of_owned(const RequestView& r) {
  const bool elsewhere = r.queue || r.has(kDriverCreated | kReserved);
  return elsewhere ? Place::Driver : Place::CallerContext;
}

void own(Model& m, RequestView& r, const Event& e) {
  set(r, kMarkLost, false);
  auto reason = OwnReason(e.a);
  if (reason == OwnReason::BackFromTarget) set(r, kPendedInTarget, false);
  if (reason == OwnReason::DriverCreated) set(r, kDriverCreated);
  if (reason == OwnReason::ReservedSetup) set(r, kReserved);
  if (reason == OwnReason::CallFailed && e.o) set(r, kCharged);
  if (reason == OwnReason::Retrieved || reason == OwnReason::DriverCreated) {
    r.room = current_callback(m, e.thread);
    r.room_queue = e.o;
  }
  const bool back = reason == OwnReason::BackFromTarget || reason == OwnReason::CallFailed;
  put(m, r,
      reason == OwnReason::CallerContext ? Place::CallerContext
      : back                             ? place_of_owned(r)
                                         : Place::Driver,
      Owner::Driver);
}

void leave_target(Model& m, const RequestView& r) {
  if (TargetView* t = find_in(m.targets, r.target)) {
    erase_value(t->sent, r.id);
    erase_value(t->pended, r.id);
  }
}

void enter_target(Model& m, RequestView& r, ObjectId target, bool pended) {
  leave_target(m, r);
  r.target = target;
  if (TargetView* t = find_in(m.targets, target)) (pended ? t->pended : t->sent).push_back(r.id);
  set(r, kPendedInTarget, pended);
  put(m, r, Place::Target, Owner::Target);
}

void finish(Model& m, RequestView& r) {
  if (r.place == Place::Done) return;
  put(m, r, Place::Done, Owner::Nobody);
  set(r, kOfTheLiving, false);
  leave_target(m, r);
  if (r.channel) r.channel = {};
  m.done_total += r.type != trace::RequestType::Create;
  m.done.push_back(r.id);
  if (m.done.size() > Model::kDoneKept) {
    ObjectId oldest = m.done.front();
    m.done.erase(m.done.begin());
    erase_id(m.requests, oldest);  // r is dead from here on
  }
}

// V-49: EvtIoStop is marked as called before its lock is taken.
bool asks_at_stop(const Model& m, const RequestView& r, ObjectId queue) {
  const QueueView* q = m.queue(queue);
  return q && (q->callbacks >> unsigned(trace::CallbackKind::EvtIoStop) & 1) &&
         !r.has(kCanceledBit);
}

// A request forwarded to its own queue and delivered there is counted twice for a while (F-13).
bool still_charged(const Model& m, const Event& e) {
  const QueueView* q = m.queue(e.o);
  return q && contains(q->owned, e.s);
}

// References that come from a call of the driver are the driver's.
void count_references(Model& m, RequestView& r, const Event& e) {
  r.refs = e.a;
  const ThreadView* t = find_in(m.threads, ObjectId(ObjectKind::Thread, e.thread));
  if (!t || t->stack.empty() || t->stack.back().callback) return;
  switch (trace::ApiFn(t->stack.back().what)) {
    case trace::ApiFn::WdfObjectReference:
    case trace::ApiFn::WdfIoQueueFindRequest: ++r.driver_refs; break;
    case trace::ApiFn::WdfObjectDereference: r.driver_refs -= r.driver_refs > 0; break;
    default: break;
  }
}

// Into use: the event is about what the application sent, and names the reserved request that now
// carries it; what cancels the one cancels the other. Back in the pool: about the reserved one.
void reserved(Model& m, RequestView& r, const Event& e) {
  const bool in_use = e.a != 0;
  set(r, kReserved);
  set(r, kPool, !in_use && r.place != Place::Done);
  if (in_use) {
    r.carrier = ObjectId(e.b);
    RequestView* c = find_in(m.requests, r.carrier);
    if (!c) return;
    set(*c, kPool | kCanceledBit, false);
    set(*c, kCancelFlag, r.has(kCancelFlag));
    c->queue = e.o;
    return;
  }
  set(r, kCancelFlag | kCanceledBit, false);
  if (r.has(kPool)) put(m, r, Place::Device, Owner::Framework);
}

// Between its sender and a queue.
void on_its_way(Model& m, RequestView& r, const Event& e) {
  switch (e.code) {
    case EventCode::Arrive:
      r.file = ObjectId(e.a);
      r.ioctl = e.b;
      if (e.c & trace::kArrivePrecancelled) set(r, kCancelFlag);
      put(m, r, Place::Device, Owner::Framework);
      if (FileView* f = r.type == trace::RequestType::Create ? find_in(m.files, r.file) : nullptr)
        f->state = 3;
      break;
    case EventCode::HandleWait: r.file = e.o; break;
    case EventCode::PassDown:
      set(r, kPassedDown);
      put(m, r, Place::Released, Owner::Target);
      break;
    case EventCode::PendIrp:
      r.queue = e.o;
      put(m, r, Place::PendedIrp, Owner::Framework);
      break;
    default: break;
  }
}

// A queue has it: linked, bound, counted.
void in_queue(Model& m, RequestView& r, const Event& e) {
  switch (e.code) {
    case EventCode::Insert:
      r.queue = e.o;
      set(r, kOfOneStay, false);
      put(m, r, Place::Waiting, Owner::Framework);
      break;
    case EventCode::Bind:
      if (e.o && e.o != r.queue) {
        r.queue = e.o;
        set(r, kCharged, false);
      }
      break;
    case EventCode::Charge:
      r.queue = e.o;
      set(r, kCharged);
      break;
    case EventCode::Uncharge:
      if (r.queue == e.o && !still_charged(m, e))
        set(r, kCharged | kToNotify | kNotified | kStopAcked | kStopAckRequeue, false);
      break;
    default: break;
  }
}

// What its sender, the framework and the driver do to have it cancelled.
void cancelled(Model& m, RequestView& r, const Event& e) {
  switch (e.code) {
    case EventCode::Cancelable: set(r, kCancelable | kMarked); break;
    case EventCode::Uncancelable: set(r, kCancelable | kCancelClaimed | kMarked, false); break;
    case EventCode::CancelFlag:
      set(r, kCancelFlag);
      if (!r.carrier) break;
      if (RequestView* c = find_in(m.requests, r.carrier)) set(*c, kCancelFlag);
      break;
    case EventCode::CancelClaim: set(r, kCancelClaimed); break;
    case EventCode::CanceledBit: set(r, kCanceledBit); break;
    case EventCode::Reuse: set(r, kCancelFlag | kCanceledBit | kCancelCalled, false); break;
    case EventCode::CancelPending:
      set(r, kCancelable | kCancelClaimed, false);
      set(r, kCancelPending | kOnCancelList | kMarked);
      break;
    case EventCode::CanceledOnQueue:
      set(r, kCancelable | kCancelClaimed | kCancelPending | kCancelDelivered | kMarked, false);
      set(r, kCoqPending | kOnCancelList);
      put(m, r, Place::Driver, Owner::Driver);
      break;
    case EventCode::CancelTaken:
      set(r, kOnCancelList, false);
      set(r, kCancelCalled);
      break;
    case EventCode::CancelDelivered:
      set(r, (e.a ? kCoqPending : kCancelPending) | kOnCancelList, false);
      set(r, e.a ? kCoqDelivered : kCancelDelivered);
      break;
    default: break;
  }
}

// The driver sends it on, and gets it back or does not.
void at_target(Model& m, RequestView& r, const Event& e) {
  switch (e.code) {
    case EventCode::SendTarget: enter_target(m, r, e.o, false); break;
    case EventCode::PendTarget: enter_target(m, r, e.o, true); break;
    case EventCode::TargetBack:
      leave_target(m, r);
      set(r, kPendedInTarget, false);
      put(m, r, place_of_owned(r), Owner::Driver);
      break;
    case EventCode::Forget:
      leave_target(m, r);
      r.target = e.o;
      set(r, kOfTheLiving, false);
      set(r, kForgotten);
      put(m, r, Place::Released, Owner::Target);
      break;
    default: break;
  }
}

// Before power goes down the driver is asked about each request it has.
void at_stop(Model& m, RequestView& r, const Event& e) {
  switch (e.code) {
    case EventCode::ToNotify:
      set(r, kNotified, false);
      set(r, kToNotify);
      break;
    case EventCode::Notified:
      set(r, kToNotify, false);
      set(r, kNotified);
      if (asks_at_stop(m, r, e.o)) set(r, kStopAsked);
      break;
    case EventCode::BackToOwned:
      if (r.has(kStopAcked)) set(r, kStopAsked, false);  // its answer has been processed (V-49)
      set(r, kToNotify | kNotified | kStopAcked | kStopAckRequeue, false);
      break;
    case EventCode::StopAck:
      set(r, kStopAcked);
      set(r, kStopAckRequeue, e.a != 0);
      break;
    default: break;
  }
}

}  // namespace

void apply_request(Model& m, const Event& e) {
  if (e.code == EventCode::Send) return send(m, e);
  RequestView* found = find_in(m.requests, e.s);
  if (!found) return;
  RequestView& r = *found;
  switch (e.code) {
    case EventCode::Arrive:
    case EventCode::HandleWait:
    case EventCode::PassDown:
    case EventCode::PendIrp: on_its_way(m, r, e); break;
    case EventCode::Insert:
    case EventCode::Bind:
    case EventCode::Charge:
    case EventCode::Uncharge: in_queue(m, r, e); break;
    case EventCode::Present: set(r, kPresented); break;
    case EventCode::Own: own(m, r, e); break;
    case EventCode::GiveUp:
      if (trace::GiveUpReason(e.a) == trace::GiveUpReason::StopAck) set(r, kStopAsked, false);
      if (trace::GiveUpReason(e.a) == trace::GiveUpReason::Forward) set(r, kCharged, false);
      r.owner = Owner::Framework;
      r.changed_at = m.events;
      break;
    case EventCode::Cancelable:
    case EventCode::Uncancelable:
    case EventCode::CancelFlag:
    case EventCode::CancelClaim:
    case EventCode::CanceledBit:
    case EventCode::Reuse:
    case EventCode::CancelPending:
    case EventCode::CanceledOnQueue:
    case EventCode::CancelTaken:
    case EventCode::CancelDelivered: cancelled(m, r, e); break;
    case EventCode::SendTarget:
    case EventCode::PendTarget:
    case EventCode::TargetBack:
    case EventCode::Forget: at_target(m, r, e); break;
    case EventCode::ToNotify:
    case EventCode::Notified:
    case EventCode::BackToOwned:
    case EventCode::StopAck: at_stop(m, r, e); break;
    case EventCode::Completing:
      r.status = r.given_status = int32_t(e.a);
      r.information = e.b;
      set(r, kByFramework, e.c != 0);
      put(m, r, Place::Completing, Owner::Framework);
      break;
    case EventCode::Completed:
      r.status = int32_t(e.a);
      r.information = e.b;
      finish(m, r);
      break;
    case EventCode::Refs: count_references(m, r, e); break;
    case EventCode::Reserved: reserved(m, r, e); break;
    case EventCode::Ask: set(r, kAsked); break;
    case EventCode::Data:
      (e.c ? r.answer : r.input) = e.a;
      (e.c ? r.answer_bytes : r.input_bytes) = e.b;
      break;
    case EventCode::Answer: set(r, kAsked, false); break;
    case EventCode::Delete:
      set(r, kDeletedObject);
      if (r.has(kDriverCreated | kPool)) finish(m, r);
      break;
    default: break;  // Remove, SendReturned: nothing about the request itself
  }
}

}  // namespace qs::model
