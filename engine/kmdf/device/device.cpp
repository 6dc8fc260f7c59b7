// Arrival: from an IRP at the device to a request in a queue (3.1 to 3.5), and file objects
// (rules L).
#include "kmdf/device/device.h"

#include "kmdf/core/facts.h"
#include "kmdf/core/framework.h"
#include "kmdf/queue/forward_progress.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using trace::EventCode;
using trace::RequestType;

using rt::emit;

size_t route_slot(RequestType type) {
  switch (type) {
    case RequestType::Create: return 0;
    case RequestType::Read: return 1;
    case RequestType::Write: return 2;
    case RequestType::DeviceControl: return 3;
    case RequestType::InternalControl: return 4;
    default: return kRoutes;
  }
}

uint32_t Device::config_bits() const {
  return (init.filter ? uint32_t(trace::kDeviceFilter) : 0) |
         (init.control ? uint32_t(trace::kDeviceControl) : 0) |
         (power_policy_owner ? uint32_t(trace::kDevicePowerPolicyOwner) : 0) |
         (init.file_objects ? uint32_t(trace::kDeviceFileObjects) : 0) |
         (init.in_caller_context ? uint32_t(trace::kDeviceCallerContext) : 0) |
         (init.exclusive ? uint32_t(trace::kDeviceExclusive) : 0);
}

namespace {

void pass_down(Device* d, Irp* irp) {
  emit(EventCode::PassDown, irp->id, d->id);
  lower_driver_receives(d, irp);
}

// the callback decides; the sender gets STATUS_PENDING in any case.
int32_t call_in_caller_context(Device* d, Request* r) {
  set_presented(r, nullptr);
  r->vflags |= kVDriverOwned | kVInCallerContext;
  emit(EventCode::Own, r->id, {}, uint32_t(trace::OwnReason::CallerContext));
  DriverCall call(trace::CallbackKind::EvtIoInCallerContext, r->id, d->id);
  d->init.in_caller_context(h(d), h(r));
  return QS_STATUS_PENDING;
}

// only a filter's default queue that could not handle the type lets it go by.
bool filter_lets_pass(const Device* d, const Queue* q, RequestType type) {
  return d->init.filter && q == d->default_queue && q->dispatch_type != trace::Dispatch::Manual &&
         !q->can_handle(type);
}

}  // namespace

int32_t Device::dispatch(Irp* irp) {
  irp->device = this;
  emit(EventCode::Arrive, irp->id, id, irp->file ? irp->file->id.raw : 0, irp->code,
       (irp->cancelled() ? trace::kArrivePrecancelled : 0u) |
           (rt::irql() >= sched::kDispatchLevel ? trace::kArriveAtDispatch : 0u));
  size_t slot = route_slot(irp->type);
  if (slot == kRoutes || slot == 0) {
    if (init.filter) {
      pass_down(this, irp);
      return QS_STATUS_PENDING;
    }
    complete_irp(irp, QS_STATUS_INVALID_DEVICE_REQUEST, 0);
    return QS_STATUS_INVALID_DEVICE_REQUEST;
  }
  Queue* q = routes[slot];
  bool caller_context = init.in_caller_context != nullptr;
  if (!caller_context && (!q || filter_lets_pass(this, q, irp->type))) {
    if (init.filter) {
      pass_down(this, irp);
      return QS_STATUS_PENDING;
    }
    complete_irp(irp, QS_STATUS_INVALID_DEVICE_REQUEST, 0);
    return QS_STATUS_INVALID_DEVICE_REQUEST;
  }
  Request* r = allocate_request(this, q, irp);  // A-09, S-04
  if (!r) return irp->completed && !irp->pending_marked ? irp->status : QS_STATUS_PENDING;
  irp->pending_marked = true;
  if (caller_context && !r->reserved) {
    r->queue = nullptr;
    return call_in_caller_context(this, r);
  }
  return q->arrive(r);
}

//
int32_t Device::enqueue_from_caller_context(Request* r) {
  const law::Ruling ruling = law::on_enqueue(call_facts(r));
  if (!carry_out(ruling, r->id, id)) return ruling.status;
  size_t slot = route_slot(r->irp->type);
  Queue* q = slot < kRoutes ? routes[slot] : nullptr;
  if (!q || filter_lets_pass(this, q, r->irp->type)) {
    if (!init.filter || r->formatted_with_target) {
      because(init.filter ? "it was formatted for a target" : "no queue takes such requests");
      verifier_break("A-18", r->id, id);
      return QS_STATUS_INVALID_DEVICE_REQUEST;
    }
    send_and_forget(r, local_target);
    return QS_STATUS_SUCCESS;
  }
  emit(EventCode::GiveUp, r->id, {}, uint32_t(trace::GiveUpReason::Enqueue));
  r->vflags &= ~uint32_t(kVInCallerContext);
  int32_t status = q->insert_from_forward(r);
  if (status != QS_STATUS_SUCCESS) {
    r->vflags |= kVInCallerContext | kVDriverOwned;
    emit(EventCode::Own, r->id, {}, uint32_t(trace::OwnReason::CallFailed));
  }
  return status;
}

// --- file objects ---

namespace {

// L-09; without attributes of its own a file object takes no lock, whatever the device's scope
// (recorded: conc-60482).
bool file_callbacks_locked(const Device* d) {
  return d->init.file_attributes_set && d->scope == trace::SyncScope::Device && d->passive;
}

// L-03: the create is queued in an internal manual queue and taken out of it for the callback.
int32_t create_through_callback(Device* d, FileObject* f, Request* r) {
  const int32_t status = d->create_queue->arrive(r);
  if (!NT_OK(status)) return status;  // it is completed
  Request* got = nullptr;
  if (d->create_queue->retrieve(r, nullptr, &got) != QS_STATUS_SUCCESS) return QS_STATUS_PENDING;
  LockedCallback locked(file_callbacks_locked(d) ? d->callback_lock : nullptr);
  DriverCall call(trace::CallbackKind::EvtDeviceFileCreate, r->id, f->id);
  d->init.file_config.EvtDeviceFileCreate(h(d), h(r), handle<WDFFILEOBJECT>(f));
  return QS_STATUS_PENDING;
}

}  // namespace

int32_t Device::file_create(FileObject* f, Irp* irp) {
  irp->device = this;
  // An open that succeeds at once is recorded by its handle alone.
  const bool queued = routes[0] != nullptr;
  const bool callback = init.file_objects && init.file_config.EvtDeviceFileCreate;
  const bool denies = init.exclusive && open_count > 0;
  if (queued || callback || init.filter || denies)
    emit(EventCode::Send, irp->id, irp->app, uint32_t(RequestType::Create));
  emit(EventCode::Arrive, irp->id, id, f->id.raw);
  auto fail = [&](int32_t status) {
    complete_irp(irp, status, 0);
    return status;
  };
  bool denied = init.exclusive && open_count > 0;
  if (!denied) {
    ++open_count;
    files.push_back(f);
  }
  if (denied) return fail(QS_STATUS_ACCESS_DENIED);
  f->device = this;
  f->has_handle = init.file_objects;
  if (f->has_handle && init.file_attributes_set)
    attach_context(f, &init.file_attributes, nullptr, false);
  if (!queued && callback && file_callbacks_locked(this) && rt::irql() > sched::kPassiveLevel)
    return fail(QS_STATUS_INVALID_DEVICE_REQUEST);
  if (queued || callback) {
    irp->pending_marked = true;
    Request* r = make_request(irp, this);
    r->file = f;
    return queued ? routes[0]->arrive(r) : create_through_callback(this, f, r);
  }
  if (init.filter) {
    pass_down(this, irp);
    return QS_STATUS_PENDING;
  }
  complete_irp(irp, QS_STATUS_SUCCESS, 0);
  return QS_STATUS_SUCCESS;
}

// L-04, K-05 step 5: the driver is called for its object and what is below it, as for any other
// that is deleted, and never hears of a cleanup or close.
void Device::file_create_failed(FileObject* f) {
  f->create_failed = true;
  if (const auto it = std::find(files.begin(), files.end(), f); it != files.end()) {
    files.erase(it);
    --open_count;  // unless it was denied before it counted
  }
  delete_object(f);
}

void Device::file_cleanup(FileObject* f) {  // L-06
  if (f->create_failed) return;  // the I/O manager cleans up and closes what is open, nothing else
  emit(EventCode::FileCleanup, f->id);
  if (f->has_handle && init.file_config.EvtFileCleanup) {
    LockedCallback locked(file_callbacks_locked(this) ? callback_lock : nullptr);
    DriverCall call(trace::CallbackKind::EvtFileCleanup, f->id, id);
    init.file_config.EvtFileCleanup(handle<WDFFILEOBJECT>(f));
  }
  const auto after = [this](uint32_t last) {  // queues come and go meanwhile
    const auto next = std::find_if(queues.begin(), queues.end(),
                                   [last](const Queue* q) { return q->id.serial() > last; });
    return next == queues.end() ? nullptr : *next;
  };
  for (Queue* q = after(0); q;) {
    add_ref(q);
    for (Irp* irp : take_pended_irps(q, f)) complete_irp(irp, QS_STATUS_CANCELLED, 0);
    q->flush_by_file(f);
    const uint32_t last = q->id.serial();
    release(q);
    q = after(last);
  }
}

void Device::file_close(FileObject* f) {  // L-08
  if (f->create_failed) return;
  if (f->has_handle && init.file_config.EvtFileClose) {
    LockedCallback locked(file_callbacks_locked(this) ? callback_lock : nullptr);
    DriverCall call(trace::CallbackKind::EvtFileClose, f->id, id);
    init.file_config.EvtFileClose(handle<WDFFILEOBJECT>(f));
  }
  emit(EventCode::FileClose, f->id);
  --open_count;
  std::erase(files, f);
  delete_object(f);
}

}  // namespace qs::kmdf
