// Synchronous handles: the I/O manager takes one call at a time, and returns when its
// request is back (L-12, L-13).
#include "run/run_impl.h"

namespace qs::run {

bool Run::Impl::waits_for_handle(ObjectId request) const { return at_handle.count(request) > 0; }

// Waits until no other call has the handle. False: the application, if one is given, exits, and its
// threads with it.
bool Run::Impl::take_handle(File& f, const App* a, ObjectId caller) {
  sched::Scheduler& s = world.scheduler;
  const bool of_request = caller.kind() == ObjectKind::Request;
  if (f.taken) {
    s.emit(trace::EventCode::HandleWait, caller, f.object->id, f.call.raw);
    if (of_request) at_handle.insert(caller);
    while (f.taken && !is_exiting(a)) s.wait(trace::WaitReason::SyncHandle, f.object->id);
    at_handle.erase(caller);
  }
  if (is_exiting(a)) return false;
  f.taken = true;
  f.call = of_request ? caller : ObjectId();
  s.emit(trace::EventCode::HandleTaken, f.object->id, f.call);
  return true;
}

void Run::Impl::give_handle_back(File& f) {
  f.taken = false;
  f.call = {};
  world.scheduler.emit(trace::EventCode::HandleTaken, f.object->id);
  wake_waiting(trace::WaitReason::SyncHandle, f.object->id, f.object->id);
}

// A call of an application on a synchronous handle, from start to return.
void Run::Impl::send_alone(File& f, const App& a, kmdf::Irp* irp) {
  sched::Scheduler& s = world.scheduler;
  const ObjectId id = irp->id;
  count_pending(f, +1);  // of the call itself
  kmdf::begin_send(irp);
  if (take_handle(f, &a, id)) {
    const int32_t status = kmdf::deliver_irp(device(), irp);
    while (irps.count(id.raw)) s.wait(trace::WaitReason::AppIo, id);
    s.emit(trace::EventCode::SendReturned, id, a.id,
           uint32_t(status == QS_STATUS_PENDING ? f.status : status));
    give_handle_back(f);
  } else {
    s.emit(trace::EventCode::Completed, id, a.id, uint32_t(QS_STATUS_CANCELLED));
    forget_irp(irp);
  }
  count_pending(f, -1);
  close_if_unused(f);
}

}  // namespace qs::run
