// WdfRequest*: ownership, cancellation, parameters (1.4). Targets and buffers have files of their
// own.
#include "kmdf/framework.h"
#include "kmdf/io_target.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

Request* request_of(WDFREQUEST r, const char* what) {
  return checked<Request>(r, ObjectKind::Request, what);
}

// V-05: with the verifier, a call by somebody who does not own the request breaks and is refused.
bool driver_owns(Request* r) {
  if (!verifier() || r->has(kVDriverOwned)) return true;
  verifier_break(r->completed ? "R-07" : "V-05", r->id, r->queue ? r->queue->id : ObjectId());
  return false;
}

// A completed request that somebody still has a reference to may only be looked at.
void refuse_completed(Request* r) {
  if (r->completed && !verifier()) undefined_misuse("R-07", r->id);
}

// C-08: a request that was cancelled in a queue should only be completed (S8).
void flag_cancelled_on_queue(Request* r) {
  if (r->canceled_bit && r->has(kVCancelled) && !r->has(kVCancelable)) finding("C-08", r->id);
}

// V-15: cancelable as the verifier sees it (S4, S5, S6: V-50).
bool is_cancelable(Request* r) { return r->has(kVCancelable); }

}  // namespace

void qs_WdfRequestComplete(QS_SITE, WDFREQUEST request, int32_t status) {
  Request* r = request_of(request, "WdfRequestComplete");
  ApiCall call(ApiFn::WdfRequestComplete, file, line, r->id, r->queue ? r->queue->id : ObjectId(),
               uint32_t(status));
  complete_by_driver(r, status, r->irp ? r->irp->information : 0);
}

void qs_WdfRequestCompleteWithInformation(QS_SITE, WDFREQUEST request, int32_t status,
                                          uintptr_t information) {
  Request* r = request_of(request, "WdfRequestCompleteWithInformation");
  ApiCall call(ApiFn::WdfRequestCompleteWithInformation, file, line, r->id,
               r->queue ? r->queue->id : ObjectId(), uint32_t(status), uint32_t(information));
  complete_by_driver(r, status, information);
}

void qs_WdfRequestCompleteWithPriorityBoost(QS_SITE, WDFREQUEST request, int32_t status,
                                            char boost) {
  Request* r = request_of(request, "WdfRequestCompleteWithPriorityBoost");
  ApiCall call(ApiFn::WdfRequestCompleteWithPriorityBoost, file, line, r->id,
               r->queue ? r->queue->id : ObjectId(), uint32_t(status), uint32_t(boost));
  complete_by_driver(r, status, r->irp ? r->irp->information : 0);
}

void qs_WdfRequestSetInformation(QS_SITE, WDFREQUEST request, uintptr_t information) {
  Request* r = request_of(request, "WdfRequestSetInformation");
  ApiCall call(ApiFn::WdfRequestSetInformation, file, line, r->id, {}, uint32_t(information));
  refuse_completed(r);
  if (!driver_owns(r) || !r->irp) return;
  r->irp->information = information;
}

uintptr_t qs_WdfRequestGetInformation(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestGetInformation");
  ApiCall call(ApiFn::WdfRequestGetInformation, file, line, r->id);
  return r->irp ? r->irp->information : 0;
}

int32_t qs_WdfRequestGetStatus(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestGetStatus");
  ApiCall call(ApiFn::WdfRequestGetStatus, file, line, r->id);
  if (r->sends || r->send_status) return call.status(r->send_status);
  return call.status(r->irp ? r->irp->status : 0);
}

// F-10 to F-13.
int32_t qs_WdfRequestForwardToIoQueue(QS_SITE, WDFREQUEST request, WDFQUEUE destination) {
  Request* r = request_of(request, "WdfRequestForwardToIoQueue");
  auto* dest = checked<Queue>(destination, ObjectKind::Queue, "WdfRequestForwardToIoQueue");
  ApiCall call(ApiFn::WdfRequestForwardToIoQueue, file, line, r->id, dest->id);
  Queue* source = r->bound;
  refuse_completed(r);
  if (verifier()) {
    const char* rule = nullptr;
    if (!r->has(kVDriverOwned))
      rule = r->completed ? "R-07" : "V-05";
    else if (!r->queue)
      rule = "V-13";
    else if (dest->device != r->queue->device || dest == r->queue)
      rule = "V-16";
    else if (is_cancelable(r))
      rule = "V-15";
    if (rule) {
      verifier_break(rule, r->id, dest->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
  } else {
    if (!source) {
      undefined_misuse(r->queue ? "V-05" : "V-13", r->id, dest->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
    if (dest->device != source->device) {
      undefined_misuse("V-16", r->id, dest->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
    if (r->cancelable_listed || (r->on_cancel_list && r->has(kVCancelable) && !r->has(kVCancelled)))
      undefined_misuse("V-15", r->id, dest->id);
  }
  flag_cancelled_on_queue(r);
  if (r->driver_created && !source) {  // F-16
    int32_t status = dest->insert_from_forward(r, true);
    return call.status(status);
  }
  rt::emit(EventCode::GiveUp, r->id, source->id, uint32_t(GiveUpReason::Forward));
  source->lock.lock(source->id);  // step 1
  source->unlink_owned_locked(r);
  r->bound = nullptr;
  source->lock.unlock();
  int32_t status = dest->insert_from_forward(r);  // steps 2 to 4
  if (status != QS_STATUS_SUCCESS) {
    source->lock.lock(source->id);
    source->owned.push_back(r->own, r);
    r->holder = Holder::Owned;
    r->bound = source;
    r->vflags |= kVDriverOwned;
    rt::emit(EventCode::BackToOwned, r->id, source->id);
    rt::emit(EventCode::Own, r->id, source->id, uint32_t(OwnReason::CallFailed));
    source->lock.unlock();
    return call.status(status);
  }
  source->lock.lock(source->id);  // step 5: the request itself may be gone by now
  --source->owned_count;
  rt::emit(EventCode::Uncharge, ObjectId(uint32_t(reinterpret_cast<uintptr_t>(request))),
           source->id, source->owned_count, uint32_t(UnchargeReason::Forward));
  source->enter_guarded_locked();
  return call.status(status);
}

// F-20: only PDOs whose init allowed it; placement as F-12.
int32_t qs_WdfRequestForwardToParentDeviceIoQueue(QS_SITE, WDFREQUEST request, WDFQUEUE destination,
                                                  qs_WDF_REQUEST_FORWARD_OPTIONS* options) {
  Request* r = request_of(request, "WdfRequestForwardToParentDeviceIoQueue");
  auto* dest =
      checked<Queue>(destination, ObjectKind::Queue, "WdfRequestForwardToParentDeviceIoQueue");
  ApiCall call(ApiFn::WdfRequestForwardToParentDeviceIoQueue, file, line, r->id, dest->id);
  if (!options) bugcheck("V-04", 0x4, 0, 0, r->id);
  if (options->Size != sizeof(*options)) return call.status(QS_STATUS_INFO_LENGTH_MISMATCH);
  if (options->Flags != qs_WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET)
    return call.status(QS_STATUS_INVALID_PARAMETER);
  Queue* source = r->bound;
  Device* parent = source ? source->device->parent_device : nullptr;
  bool lost = !r->has(kVDriverOwned) || !source || !parent || dest->device != parent;
  bool wrong = lost || dest == r->queue || is_cancelable(r) || r->reserved ||
               !source->device->init.forward_to_parent;
  if (wrong && verifier()) {
    verifier_break("V-17", r->id, dest->id);
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  }
  if (lost || (wrong && r->cancelable_listed)) {  // unseen by the original, and then anything
    undefined_misuse("V-17", r->id, dest->id);
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  }
  rt::emit(EventCode::GiveUp, r->id, source->id, uint32_t(GiveUpReason::Forward));
  source->lock.lock(source->id);
  source->unlink_owned_locked(r);
  r->bound = nullptr;
  source->lock.unlock();
  int32_t status = dest->insert_from_forward(r);
  source->lock.lock(source->id);
  if (status != QS_STATUS_SUCCESS) {
    source->owned.push_back(r->own, r);
    r->holder = Holder::Owned;
    r->bound = source;
    rt::emit(EventCode::Own, r->id, source->id, uint32_t(OwnReason::CallFailed));
    source->lock.unlock();
    return call.status(status);
  }
  --source->owned_count;
  rt::emit(EventCode::Uncharge, ObjectId(uint32_t(reinterpret_cast<uintptr_t>(request))),
           source->id, source->owned_count, uint32_t(UnchargeReason::Forward));
  source->enter_guarded_locked();
  return call.status(status);
}

// F-01 to F-05, E-18.
int32_t qs_WdfRequestRequeue(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestRequeue");
  Queue* q = r->queue;
  ApiCall call(ApiFn::WdfRequestRequeue, file, line, r->id, q ? q->id : ObjectId());
  auto refuse = [&](const char* rule) {
    verifier_break(rule, r->id, q ? q->id : ObjectId());
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  };
  if (!q) return refuse("V-13");
  if (verifier()) {
    if (!r->has(kVDriverOwned)) return refuse("V-05");
    if (is_cancelable(r)) return refuse("V-15");
    r->vflags &= ~uint32_t(kVDriverOwned);  // E-18: lost even when the next check fails
  }
  if (q->dispatch_type != Dispatch::Manual) return refuse("V-18");
  if (!verifier()) {
    if (r->bound != q) {
      undefined_misuse("V-05", r->id, q->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
    if (r->cancelable_listed || (r->on_cancel_list && r->has(kVCancelable)))
      undefined_misuse("V-15", r->id, q->id);
  }
  flag_cancelled_on_queue(r);
  rt::emit(EventCode::GiveUp, r->id, q->id, uint32_t(GiveUpReason::Requeue));
  q->requeue(r);
  return call.status(QS_STATUS_SUCCESS);
}

// F-30, F-31.
void qs_WdfRequestStopAcknowledge(QS_SITE, WDFREQUEST request, uint8_t requeue) {
  Request* r = request_of(request, "WdfRequestStopAcknowledge");
  Queue* q = r->queue;
  ApiCall call(ApiFn::WdfRequestStopAcknowledge, file, line, r->id, q ? q->id : ObjectId(),
               requeue);
  if (verifier()) {
    if (!r->has(kVInEvtIoStop)) return verifier_break("V-27", r->id);
    if (requeue && !r->completed && (!r->has(kVDriverOwned) || is_cancelable(r)))
      return verifier_break("F-31", r->id);
  }
  if (r->completed) return;  // P-23
  if (q) q->lock.lock(q->id);
  r->stop_ack = requeue ? StopAck::Requeue : StopAck::Acknowledged;
  rt::emit(EventCode::StopAck, r->id, q ? q->id : ObjectId(), requeue ? 1 : 0);
  if (q) q->lock.unlock();
}

namespace {

// The checks of C-20 in order; true: refused with `status`.
bool mark_refused(Request* r, const void* fn, int32_t* status) {
  if (!fn) bugcheck("V-04", 0x4, 0, 0, r->id);
  *status = QS_STATUS_INVALID_DEVICE_REQUEST;
  if (!r->queue) {
    verifier_break("V-13", r->id);
    return true;
  }
  if (verifier()) {
    if (!r->has(kVDriverOwned)) {
      verifier_break("V-05", r->id, r->queue->id);
      return true;
    }
    if (is_cancelable(r)) {
      verifier_break("V-12", r->id, r->queue->id);
      return true;
    }
    return false;
  }
  if (r->bound != r->queue || r->target) undefined_misuse(r->target ? "C-61" : "V-05", r->id);
  if (r->cancelable_listed || r->on_cancel_list) {
    undefined_misuse("V-12", r->id, r->queue->id);
    *status = QS_STATUS_SUCCESS;
    return true;
  }
  return false;
}

}  // namespace

void qs_WdfRequestMarkCancelable(QS_SITE, WDFREQUEST request, qs_EVT_WDF_REQUEST_CANCEL* fn) {
  Request* r = request_of(request, "WdfRequestMarkCancelable");
  ApiCall call(ApiFn::WdfRequestMarkCancelable, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  int32_t status;
  refuse_completed(r);
  if (mark_refused(r, reinterpret_cast<void*>(fn), &status)) return;
  r->queue->mark_cancelable(r, fn, false);
}

int32_t qs_WdfRequestMarkCancelableEx(QS_SITE, WDFREQUEST request, qs_EVT_WDF_REQUEST_CANCEL* fn) {
  Request* r = request_of(request, "WdfRequestMarkCancelableEx");
  ApiCall call(ApiFn::WdfRequestMarkCancelableEx, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  int32_t status;
  refuse_completed(r);
  if (mark_refused(r, reinterpret_cast<void*>(fn), &status)) return call.status(status);
  return call.status(r->queue->mark_cancelable(r, fn, true));
}

// C-30 to C-32.
int32_t qs_WdfRequestUnmarkCancelable(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestUnmarkCancelable");
  ApiCall call(ApiFn::WdfRequestUnmarkCancelable, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  if (!r->queue) {
    verifier_break("V-13", r->id);
    return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  }
  if (verifier()) {
    if (!r->has(kVDriverOwned)) {
      verifier_break("V-05", r->id, r->queue->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
    if (!is_cancelable(r)) {
      verifier_break("V-14", r->id, r->queue->id);
      return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
    }
  } else if (r->holder == Holder::Waiting) {
    undefined_misuse("C-32", r->id, r->queue->id);
  } else if (!r->has(kVCancelable)) {
    finding("C-32", r->id, r->queue->id);
  }
  return call.status(r->queue->unmark_cancelable(r));
}

uint8_t qs_WdfRequestIsCanceled(QS_SITE, WDFREQUEST request) {  // C-40
  Request* r = request_of(request, "WdfRequestIsCanceled");
  ApiCall call(ApiFn::WdfRequestIsCanceled, file, line, r->id);
  refuse_completed(r);
  if (!driver_owns(r)) return 0;
  if (verifier() && is_cancelable(r)) {
    verifier_break("C-40", r->id);
    return 0;
  }
  return call.value(uint8_t(r->is_cancelled()));
}

WDFQUEUE qs_WdfRequestGetIoQueue(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestGetIoQueue");
  ApiCall call(ApiFn::WdfRequestGetIoQueue, file, line, r->id);
  if (r->queue && r->queue->internal) {  // V-30
    verifier_break("V-30", r->id);
    return nullptr;
  }
  return h(r->queue);
}

WDFFILEOBJECT qs_WdfRequestGetFileObject(QS_SITE, WDFREQUEST request) {  // L-01, L-11
  Request* r = request_of(request, "WdfRequestGetFileObject");
  ApiCall call(ApiFn::WdfRequestGetFileObject, file, line, r->id);
  refuse_completed(r);
  if (!driver_owns(r)) return nullptr;
  return r->file && r->file->has_handle ? handle<WDFFILEOBJECT>(r->file) : nullptr;
}

namespace qs::kmdf {

void fill_parameters(const Request* r, qs_WDF_REQUEST_PARAMETERS* out) {
  uint16_t size = out->Size;
  *out = {};
  out->Size = size;
  if (!r->irp) return;
  const Irp& irp = *r->irp;
  out->Type = int32_t(irp.type);
  out->MinorFunction = irp.minor;
  if (irp.type == RequestType::Read) {
    out->Parameters.Read.Length = irp.length;
    out->Parameters.Read.DeviceOffset = irp.offset;
  } else if (irp.type == RequestType::Write) {
    out->Parameters.Write.Length = irp.length;
    out->Parameters.Write.DeviceOffset = irp.offset;
  } else {
    out->Parameters.DeviceIoControl.OutputBufferLength = irp.out_length;
    out->Parameters.DeviceIoControl.InputBufferLength = irp.length;
    out->Parameters.DeviceIoControl.IoControlCode = irp.code;
  }
}

}  // namespace qs::kmdf

void qs_WdfRequestGetParameters(QS_SITE, WDFREQUEST request, qs_WDF_REQUEST_PARAMETERS* out) {
  Request* r = request_of(request, "WdfRequestGetParameters");
  ApiCall call(ApiFn::WdfRequestGetParameters, file, line, r->id);
  if (!out) bugcheck("V-04", 0x4, 0, 0, r->id);
  refuse_completed(r);
  if (verifier() && !r->has(kVDriverOwned | kVTag)) {
    verifier_break("V-05", r->id);
    return;
  }
  fill_parameters(r, out);
}

char qs_WdfRequestGetRequestorMode(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestGetRequestorMode");
  ApiCall call(ApiFn::WdfRequestGetRequestorMode, file, line, r->id);
  return r->irp && r->irp->from_user ? 1 : 0;
}

uint32_t qs_WdfRequestGetRequestorProcessId(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestGetRequestorProcessId");
  ApiCall call(ApiFn::WdfRequestGetRequestorProcessId, file, line, r->id);
  return r->irp ? 4 * (100 + r->irp->app.serial()) : 0;
}

uint8_t qs_WdfRequestIsFrom32BitProcess(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, "WdfRequestIsFrom32BitProcess");
  ApiCall call(ApiFn::WdfRequestIsFrom32BitProcess, file, line, r->id);
  return 0;
}

uint8_t qs_WdfRequestIsReserved(QS_SITE, WDFREQUEST request) {  // S-12
  Request* r = request_of(request, "WdfRequestIsReserved");
  ApiCall call(ApiFn::WdfRequestIsReserved, file, line, r->id);
  return r->reserved;
}

qs_IRP* qs_WdfRequestWdmGetIrp(QS_SITE, WDFREQUEST request) {  // R-07, V-31
  Request* r = request_of(request, "WdfRequestWdmGetIrp");
  ApiCall call(ApiFn::WdfRequestWdmGetIrp, file, line, r->id);
  if (r->completed || !r->irp) {
    verifier_break("V-31", r->id);
    return nullptr;
  }
  return wdm_irp(r);
}
