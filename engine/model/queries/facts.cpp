#include "model/queries/facts.h"

#include "model/queries/queries.h"

namespace qs::model {

using trace::RequestState;

namespace {

// Off the waiting list and counted as the driver's, while the thread that delivers it waits for the
// presentation lock: all but the callback has happened.
bool is_being_delivered(const RequestView& r) {
  return r.place == Place::Waiting && r.has(kCharged);
}

// V-49: whether the verifier takes it for the driver's.
bool has_owned_mark(const RequestView& r) {
  if (r.has(kMarkLost)) return false;
  if (is_being_delivered(r)) return true;
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
    for (const StackFrame& f : t.stack) {
      const auto fn = trace::ApiFn(f.what);
      const bool completes = fn == trace::ApiFn::WdfRequestComplete ||
                             fn == trace::ApiFn::WdfRequestCompleteWithInformation ||
                             fn == trace::ApiFn::WdfRequestCompleteWithPriorityBoost;
      if (!f.callback && f.s == r.id && completes) return true;
    }
  return false;
}

}  // namespace

bool verifier_on(const Model& model) {
  return model.options.empty() || model.options[size_t(trace::RunOption::Verifier)] != 0;
}

law::RequestFacts facts_of(const Model& m, const RequestView& r) {
  law::RequestFacts f;
  f.completed = is_over(r);
  f.driver_owned = has_owned_mark(r);
  f.in_queue = r.queue && !f.completed && r.place != Place::CallerContext;
  f.bound = r.has(kCharged);
  f.waiting = r.place == Place::Waiting && !is_being_delivered(r);
  f.cancelable = r.has(kMarked);
  f.listed = r.has(kCancelable);
  f.cancel_called = r.has(kCancelCalled | kCancelDelivered | kCoqDelivered);
  f.on_cancel_list = r.has(kOnCancelList);
  f.claimed = r.has(kCancelClaimed);
  f.cancel_flag = r.has(kCancelFlag);
  f.canceled_bit = r.has(kCanceledBit);
  f.at_target = r.place == Place::Target;
  f.by_driver = r.has(kDriverCreated);
  f.by_app = !r.has(kDriverCreated | kPool);
  f.reserved = r.has(kReserved);
  f.presented = r.has(kPresented);
  f.caller_context = r.place == Place::CallerContext;
  f.in_evt_io_stop = r.has(kStopAsked);
  f.length = r.length;
  f.out_length = r.out_length;
  f.code = r.ioctl;
  const DeviceView* d = m.devices.empty() ? nullptr : &m.devices.front();
  f.create_of_handle =
      r.type == trace::RequestType::Create && d && (d->config & trace::kDeviceFileObjects) != 0;
  f.has_irp = !is_over(r) || inside_its_completion(m, r);
  f.type = r.type;
  return f;
}

law::QueueFacts facts_of(const Model& m, const QueueView& q) {
  law::QueueFacts f;
  f.dispatch = q.dispatch();
  f.dispatches = (q.flags & trace::kDispatch) != 0;
  f.accepts = (q.flags & trace::kAccept) != 0;
  f.powered = q.power != trace::QueuePower::Off;
  f.purge_latch = (q.flags & trace::kPurgeLatch) != 0;
  f.deleted = q.deleted;
  f.shut_down = (q.flags & trace::kShutdown) != 0;
  f.tells_canceled = (q.callbacks >> unsigned(trace::CallbackKind::EvtIoCanceledOnQueue) & 1) != 0;
  f.undeletable = (q.config & trace::kConfigDefault) != 0;
  const DeviceView* d = m.device(q.device);
  for (int type = 1; d && type < 5; ++type)  // a route of creates does not count (O-09)
    f.undeletable = f.undeletable || d->routes[type] == q.id;
  f.disposing = (q.flags & trace::kDisposing) != 0;
  f.stop_due = (q.slots & trace::kSlotIdle) != 0;
  f.purge_due = (q.slots & trace::kSlotPurge) != 0;
  f.ready_due = (q.slots & trace::kSlotReady) != 0;
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
    if (t.state == trace::TargetState::Deleted || (t.bits & trace::kTargetRemote) || !f.target.none)
      continue;
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

law::Facts queue_facts(const Model& m, const QueueView& q, const ThreadView* caller) {
  law::Facts f;
  f.verifier = verifier_on(m);
  f.queue = facts_of(m, q);
  if (!caller) return f;
  f.caller.irql = caller->irql;
  for (const StackFrame& frame : caller->stack) {
    if (!frame.callback) continue;
    f.caller.in_queue_callback = f.caller.in_queue_callback || frame.o == q.id || frame.s == q.id;
    const QueueView* other = m.queue(frame.o ? frame.o : frame.s);
    const bool sibling =
        other && other->device == q.device && other->scope() == trace::SyncScope::Device;
    f.caller.holds_queue_lock =
        f.caller.holds_queue_lock || (sibling && q.scope() == trace::SyncScope::Device);
  }
  return f;
}

namespace {

// What is left of handles that were opened, and are not closed for good (L-02).
bool is_open_for_anybody(const Model& m) {
  for (const FileView& f : m.files)
    if (f.state != 2) return true;
  return false;
}

bool is_in_add(const Model& m) {
  for (const ThreadView& t : m.threads)
    for (const StackFrame& f : t.stack)
      if (f.callback && trace::CallbackKind(f.what) == trace::CallbackKind::EvtDriverDeviceAdd)
        return true;
  return false;
}

}  // namespace

law::DeviceFacts facts_of(const Model& m, const DeviceView& d) {
  law::DeviceFacts f;
  f.adding = is_in_add(m);
  f.control = (d.config & trace::kDeviceControl) != 0;
  f.follows = d.id != m.devices.front().id;
  f.pnp_busy = d.pnp_busy;
  f.asleep = d.asleep;
  f.in_d0 = d.power == trace::DevicePower::D0;
  f.policy_owner = (d.config & trace::kDevicePowerPolicyOwner) != 0;
  f.idle_armed = trace::PowerPhase(d.phase) == trace::PowerPhase::IdleArmed;
  f.denies_open = (d.config & trace::kDeviceExclusive) != 0 && is_open_for_anybody(m);
  f.pnp = d.pnp;
  return f;
}

law::HandleFacts facts_of(const Model&, const FileView& file) {
  law::HandleFacts f;
  f.opening = file.state == 3;
  f.open = (file.state == 0 || f.opening) && !file.closing;
  return f;
}

law::Facts app_facts(const Model& m, const AppView* a) {
  law::Facts f;
  f.app.exiting = a && (a->exiting || !a->running);
  f.device.none = m.devices.empty();
  if (!f.device.none) f.device = facts_of(m, m.devices.front());
  return f;
}

}  // namespace qs::model
