#include "model/facts.h"

#include "model/queries.h"

namespace qs {
namespace {

// V-49: whether the verifier takes it for the driver's.
bool has_owned_mark(const RequestView& r) {
  if (r.has(kMarkLost)) return false;
  switch (request_state(r)) {
    case RequestState::CallerContext:
    case RequestState::Owned:
    case RequestState::Cancelable:
    case RequestState::CancelClaimed:
    case RequestState::CancelPending:
    case RequestState::CancelDelivered:
    case RequestState::QueueCancelPending:
    case RequestState::QueueCancelDelivered:
    case RequestState::AtTarget:
    case RequestState::PendedInTarget: return true;
    default: return false;
  }
}

bool is_over(const RequestView& r) {
  return r.place == Place::Done || r.place == Place::Completing;
}

// The call that completes it has not returned: the queue goes on inside it (K-05 step 7), and the
// request has its IRP back meanwhile.
bool inside_its_completion(const Model& m, const RequestView& r) {
  for (const ThreadView& t : m.threads)
    for (const Frame& f : t.stack) {
      const auto fn = ApiFn(f.what);
      const bool completes = fn == ApiFn::WdfRequestComplete ||
                             fn == ApiFn::WdfRequestCompleteWithInformation ||
                             fn == ApiFn::WdfRequestCompleteWithPriorityBoost;
      if (!f.callback && f.s == r.id && completes) return true;
    }
  return false;
}

}  // namespace

bool verifier_on(const Model& model) {
  return model.options.empty() || model.options[size_t(RunOption::Verifier)] != 0;
}

law::RequestFacts facts_of(const Model& m, const RequestView& r) {
  law::RequestFacts f;
  f.completed = is_over(r);
  f.driver_owned = has_owned_mark(r);
  f.in_queue = r.queue && !f.completed && r.place != Place::CallerContext;
  f.bound = r.has(kCharged);
  f.waiting = r.place == Place::Waiting;
  f.cancelable = r.has(kMarked);
  f.told = r.has(kCancelTold | kCancelDelivered | kCoqDelivered);
  f.on_cancel_list = r.has(kOnCancelList);
  f.claimed = r.has(kCancelClaimed);
  f.cancel_flag = r.has(kCancelFlag);
  f.canceled_bit = r.has(kCanceledBit);
  f.at_target = r.place == Place::Target;
  f.by_driver = r.has(kDriverCreated);
  f.caller_context = r.place == Place::CallerContext;
  f.in_evt_io_stop = r.has(kStopAsked);
  f.length = r.length;
  f.out_length = r.out_length;
  f.code = r.ioctl;
  f.has_irp = !is_over(r) || inside_its_completion(m, r);
  f.type = r.type;
  return f;
}

law::QueueFacts facts_of(const Model& m, const QueueView& q) {
  law::QueueFacts f;
  f.dispatch = q.dispatch();
  f.dispatches = (q.flags & kDispatch) != 0;
  f.accepts = (q.flags & kAccept) != 0;
  f.powered = q.power != QueuePower::Off;
  f.purge_latch = (q.flags & kPurgeLatch) != 0;
  f.deleted = q.deleted;
  f.shut_down = (q.flags & kShutdown) != 0;
  f.undeletable = (q.config & kConfigDefault) != 0;
  const DeviceView* d = m.device(q.device);
  for (int type = 1; d && type < 5; ++type)  // a route of creates does not count (O-09)
    f.undeletable = f.undeletable || d->routes[type] == q.id;
  f.stop_due = (q.slots & kSlotIdle) != 0;
  f.purge_due = (q.slots & kSlotPurge) != 0;
  f.ready_due = (q.slots & kSlotReady) != 0;
  f.waiting = uint32_t(q.waiting.size());
  f.owned = q.owned_count;
  return f;
}

law::Facts request_facts(const Model& m, const RequestView& r) {
  law::Facts f;
  f.verifier = verifier_on(m);
  f.request = facts_of(m, r);
  if (const QueueView* q = m.queue(r.queue)) f.queue = facts_of(m, *q);
  f.target.none = true;
  for (const TargetView& t : m.targets) {
    if (t.state == TargetState::Deleted || !f.target.none) continue;
    f.target.none = false;
    f.target.state = t.state;
  }
  return f;
}

law::Facts forward_facts(const Model& m, const RequestView& r, const QueueView& to) {
  law::Facts f = request_facts(m, r);
  const QueueView* from = m.queue(r.queue);
  f.queue = facts_of(m, to);
  f.queue.same_queue = to.id == r.queue;
  f.queue.same_device = !from || from->device == to.device;
  return f;
}

law::Facts queue_facts(const Model& m, const QueueView& q, uint8_t irql) {
  law::Facts f;
  f.verifier = verifier_on(m);
  f.caller.irql = irql;
  f.queue = facts_of(m, q);
  return f;
}

}  // namespace qs
