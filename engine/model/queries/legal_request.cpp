// What may be done to a request now: what there is to call it on, then the law.
#include <fmt/format.h>

#include "model/find.h"
#include "model/queries/facts.h"
#include "model/queries/legal.h"

namespace qs::model {

using trace::Act;
using trace::CallbackKind;

namespace {

using S = trace::RequestState;

bool in(S state, std::initializer_list<S> states) {
  return std::find(states.begin(), states.end(), state) != states.end();
}

// Why there is nothing that the driver could make a call on: it has never had the handle, or the
// handle is none anymore. "": it has one.
LegalAnswer no_handle(const RequestView& r) {
  const S state = request_state(r);
  if (r.has(kForgotten)) return impossible("T-14", "it was sent and forgotten");
  if (r.driver_refs > 0) return legal("");  // found in the queue, or referenced
  if (r.has(kPassedDown)) return impossible("A-03", "the driver never saw it");
  if (state == S::Sent) return impossible("R-01", "it has not reached the device yet");
  if (in(state, {S::New, S::PendedIrp, S::Pool})) return impossible("R-01", "the framework has it");
  if (r.has(kPresented)) return legal("");
  if (in(state, {S::Waiting, S::WaitingClaimed}))
    return impossible("R-05", "the driver has not seen it yet");
  if (state == S::QueueCancelPending)
    return impossible("R-05", "the driver has not seen it yet: EvtIoCanceledOnQueue is due");
  if (state == S::Done) return impossible("R-07", "it is done; the driver never saw it");
  return legal("");
}

class RequestMenu {
 public:
  RequestMenu(const Model& m, const RequestView& r, Asked asked)
      : m_(m), r_(r), asked_(asked), facts_(request_facts(m, r)), handle_(no_handle(r)) {
    const ThreadView* caller = order_taker(m, r.id);
    if (caller) facts_.caller.irql = caller->irql;
    facts_.caller.in_evt_io_stop = caller && in_evt_io_stop(*caller);
  }

  std::vector<LegalCall> calls() {
    calls_.reserve(asked_.empty() ? 32 : asked_.size());
    for (Act act = Act::Complete; trace::is_order(act); act = Act(int(act) + 1))
      if (trace::act_row(act).subject == trace::ActSubject::Request)
        add(act, [&] { return order(act); });
    add(Act::RetrieveFound, [&] { return retrieve_found(); });
    add(Act::CancelFromApp, [&] { return cancel_from_app(); });
    return std::move(calls_);
  }

 private:
  template <class Rule>
  void add(Act act, Rule rule) {
    if (is_asked(asked_, act)) calls_.push_back(make_call(act, rule()));
  }

  LegalAnswer order(Act act) const {
    if (handle_.legality == Legality::Impossible) return handle_;
    if (r_.has(kDeletedObject)) return illegal("R-07", "it is completed: the handle is dead");
    if (act == Act::Forward) return forward();
    if (is_send(act) && facts_.target.none)
      return impossible("T-01", "this device has no target below it");
    law::Facts facts = facts_;
    if (act == Act::SendAndForget) facts.request.routine = false;
    return judged(law::rule_for(facts, typical_call(act, r_)));
  }

  // As far as it does not depend on where to.
  LegalAnswer forward() const {
    law::Facts f = facts_;
    f.queue = {};
    LegalAnswer ruling = judged(law::rule_for(f, {Act::Forward}));
    if (ruling.legality > Legality::Discouraged) return ruling;
    for (const QueueView& q : m_.queues)
      if (!q.deleted && !(q.config & trace::kConfigInternal) && q.id != r_.queue) return ruling;
    return impossible("F-10", "the device has no other queue");
  }

  static bool is_send(Act act) {
    return act == Act::SendToTarget || act == Act::SendSynchronously || act == Act::SendAndForget;
  }

  bool in_evt_io_stop(const ThreadView& thread) const {
    for (const StackFrame& f : thread.stack)
      if (f.callback && f.s == r_.id && CallbackKind(f.what) == CallbackKind::EvtIoStop)
        return true;
    return false;
  }

  LegalAnswer retrieve_found() const {
    if (r_.place != Place::Waiting) return impossible("G-13", "it waits in no queue");
    return judged(law::rule_for(facts_, {Act::RetrieveFound}));
  }

  // The application cancels the IRP. If a reserved request carries it (S-05), what comes of that
  // depends on where the reserved one is.
  LegalAnswer cancel_from_app() const {
    const RequestView* carrier = r_.has(kPool) ? nullptr : m_.request(r_.carrier);
    if (!carrier || facts_.request.completed)
      return judged(law::rule_for(facts_, {Act::CancelFromApp}));
    law::Facts facts = request_facts(m_, *carrier);
    facts.request.by_app = facts_.request.by_app;
    facts.request.cancel_flag = facts_.request.cancel_flag;
    return judged(law::rule_for(facts, {Act::CancelFromApp}));
  }

  const Model& m_;
  const RequestView& r_;
  Asked asked_;
  law::Facts facts_;
  LegalAnswer handle_;
  std::vector<LegalCall> calls_;
};

bool has_handler_for(const QueueView& q, trace::RequestType type) {
  auto has = [&](CallbackKind kind) { return (q.callbacks >> unsigned(kind) & 1) != 0; };
  if (has(CallbackKind::EvtIoDefault)) return true;
  switch (type) {
    case trace::RequestType::Read: return has(CallbackKind::EvtIoRead);
    case trace::RequestType::Write: return has(CallbackKind::EvtIoWrite);
    case trace::RequestType::DeviceControl: return has(CallbackKind::EvtIoDeviceControl);
    case trace::RequestType::InternalControl: return has(CallbackKind::EvtIoInternalDeviceControl);
    default: return false;
  }
}

// To that queue, where the request may be forwarded at all.
LegalAnswer forward_to(const Model& m, const RequestView& r, const QueueView& to) {
  LegalAnswer ruling = judged(law::rule_for(forward_facts(m, r, to), {Act::Forward}));
  if (ruling.legality != Legality::Legal || !ruling.reason.empty()) return ruling;
  if (to.id == r.queue) return discouraged("F-11", "it goes to the tail of its own queue");
  if (to.dispatch() != trace::Dispatch::Manual && !has_handler_for(to, r.type))
    return discouraged("D-21", "it has no handler for this type: the request is failed");
  return ruling;
}

}  // namespace

uint32_t answer_room(const RequestView& r) {
  const bool control =
      r.type == trace::RequestType::DeviceControl || r.type == trace::RequestType::InternalControl;
  return control ? r.out_length : r.length;
}

law::Call typical_call(Act act, const RequestView& r) {
  law::Call call{act};
  if (act == Act::Complete || act == Act::CompleteWithInformation)
    call.information = act == Act::CompleteWithInformation ? answer_room(r) : 0;
  return call;
}

trace::Order typical_order(Act act, const RequestView& r) {
  trace::Order order;
  order.act = act == Act::Complete ? Act::CompleteWithInformation : act;
  if (order.act == Act::CompleteWithInformation) order.information = answer_room(r);
  return order;
}

std::vector<LegalCall> request_calls(const Model& m, const RequestView& r, Asked asked) {
  return RequestMenu(m, r, asked).calls();
}

std::vector<ForwardChoice> forward_choices(const Model& m, ObjectId request) {
  std::vector<ForwardChoice> out;
  const RequestView* r = m.request(request);
  if (!r) return out;
  const bool handle = no_handle(*r).legality != Legality::Impossible && !r->has(kDeletedObject);
  LegalAnswer general;
  static constexpr Act forward[] = {Act::Forward};
  for (LegalCall& call : request_calls(m, *r, forward))
    general = {call.legality, std::move(call.reason), call.rule};
  for (const QueueView& q : m.queues) {
    if (q.deleted || (q.config & trace::kConfigInternal)) continue;
    const LegalAnswer ruling = handle ? forward_to(m, *r, q) : general;
    out.push_back({q.id, ruling.legality, ruling.reason, ruling.rule});
  }
  return out;
}

}  // namespace qs::model
