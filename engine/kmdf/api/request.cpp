// WdfRequest*: ownership, cancellation, parameters (1.4). Targets and buffers have files of their
// own.
#include "kmdf/api/common.h"
#include "kmdf/core/facts.h"
#include "kmdf/request/wdm_view.h"
#include "kmdf/target/io_target.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

// V-05: with the verifier, a call by somebody who does not own the request breaks and is refused.
bool driver_owns(Request* r) {
  if (!verifier() || r->has(kVDriverOwned)) return true;
  tell_not_owned(r);
  verifier_break(r->completed ? "R-07" : "V-05", r->id, r->queue ? r->queue->id : ObjectId());
  return false;
}

// A completed request that somebody still has a reference to may only be looked at.
void refuse_completed(Request* r) {
  if (!r->completed || verifier()) return;
  tell_not_owned(r);
  undefined_misuse("R-07", r->id);
}

ObjectId queue_id(const Request* r) { return r->queue ? r->queue->id : ObjectId(); }

}  // namespace

void qs_WdfRequestComplete(QS_SITE, WDFREQUEST request, int32_t status) {
  Request* r = request_of(request, {"WdfRequestComplete", file, line});
  ApiCall call(trace::ApiFn::WdfRequestComplete, file, line, r->id,
               r->queue ? r->queue->id : ObjectId(), uint32_t(status));
  complete_by_driver(r, status, r->irp ? r->irp->information : 0);
}

void qs_WdfRequestCompleteWithInformation(QS_SITE, WDFREQUEST request, int32_t status,
                                          uintptr_t information) {
  Request* r = request_of(request, {"WdfRequestCompleteWithInformation", file, line});
  ApiCall call(trace::ApiFn::WdfRequestCompleteWithInformation, file, line, r->id,
               r->queue ? r->queue->id : ObjectId(), uint32_t(status), uint32_t(information));
  complete_by_driver(r, status, information);
}

void qs_WdfRequestCompleteWithPriorityBoost(QS_SITE, WDFREQUEST request, int32_t status,
                                            char boost) {
  Request* r = request_of(request, {"WdfRequestCompleteWithPriorityBoost", file, line});
  ApiCall call(trace::ApiFn::WdfRequestCompleteWithPriorityBoost, file, line, r->id,
               r->queue ? r->queue->id : ObjectId(), uint32_t(status), uint32_t(boost));
  complete_by_driver(r, status, r->irp ? r->irp->information : 0);
}

void qs_WdfRequestSetInformation(QS_SITE, WDFREQUEST request, uintptr_t information) {
  Request* r = request_of(request, {"WdfRequestSetInformation", file, line});
  ApiCall call(trace::ApiFn::WdfRequestSetInformation, file, line, r->id, {},
               uint32_t(information));
  if (!carry_out(law::on_set_information(call_facts(r)), r->id)) return;
  r->irp->information = information;
}

uintptr_t qs_WdfRequestGetInformation(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestGetInformation", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetInformation, file, line, r->id);
  return r->irp ? r->irp->information : 0;
}

int32_t qs_WdfRequestGetStatus(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestGetStatus", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetStatus, file, line, r->id);
  if (r->sends || r->send_status) return call.status(r->send_status);
  return call.status(r->irp ? r->irp->status : 0);
}

// F-10 to F-13.
int32_t qs_WdfRequestForwardToIoQueue(QS_SITE, WDFREQUEST request, WDFQUEUE destination) {
  Request* r = request_of(request, {"WdfRequestForwardToIoQueue", file, line});
  auto* dest =
      checked<Queue>(destination, ObjectKind::Queue, {"WdfRequestForwardToIoQueue", file, line});
  ApiCall call(trace::ApiFn::WdfRequestForwardToIoQueue, file, line, r->id, dest->id);
  Queue* source = r->bound;
  law::Facts facts = call_facts(r);
  facts.queue = facts_of(dest);
  facts.queue.same_queue = dest == r->queue;
  facts.queue.same_device = !r->queue || dest->device == r->queue->device;
  const law::Ruling ruling = law::on_forward(facts);
  if (!carry_out(ruling, r->id, dest->id)) return call.status(ruling.status);
  return call.status(source->forward(r, dest));
}

// F-20: only PDOs whose init allowed it; placement as F-12.
int32_t qs_WdfRequestForwardToParentDeviceIoQueue(QS_SITE, WDFREQUEST request, WDFQUEUE destination,
                                                  qs_WDF_REQUEST_FORWARD_OPTIONS* options) {
  Request* r = request_of(request, {"WdfRequestForwardToParentDeviceIoQueue", file, line});
  auto* dest = checked<Queue>(destination, ObjectKind::Queue,
                              {"WdfRequestForwardToParentDeviceIoQueue", file, line});
  ApiCall call(trace::ApiFn::WdfRequestForwardToParentDeviceIoQueue, file, line, r->id, dest->id);
  if (!options) bugcheck("V-04", 0x4, 0, 0, r->id);
  if (options->Size != sizeof(*options)) return call.status(QS_STATUS_INFO_LENGTH_MISMATCH);
  if (options->Flags != qs_WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET)
    return call.status(QS_STATUS_INVALID_PARAMETER);
  Queue* source = r->bound;
  law::Facts facts = call_facts(r);
  facts.queue = facts_of(dest);
  facts.queue.same_queue = dest == r->queue;
  facts.queue.of_parent = source && dest->device == source->device->parent_device;
  facts.queue.allows_parent = source && source->device->init.forward_to_parent;
  const law::Ruling ruling = law::on_forward_to_parent(facts);
  if (!carry_out(ruling, r->id, dest->id)) return call.status(ruling.status);
  return call.status(source->forward(r, dest));
}

// F-01 to F-05, E-18.
int32_t qs_WdfRequestRequeue(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestRequeue", file, line});
  Queue* q = r->queue;
  ApiCall call(trace::ApiFn::WdfRequestRequeue, file, line, r->id, q ? q->id : ObjectId());
  const law::Ruling ruling = law::on_requeue(call_facts(r));
  // E-18: the mark is lost even when the check of the queue's type, which comes after, fails.
  if (verifier() && q && r->has(kVDriverOwned) && !r->has(kVCancelable))
    r->vflags &= ~uint32_t(kVDriverOwned);
  if (!carry_out(ruling, r->id, queue_id(r))) return call.status(ruling.status);
  rt::emit(trace::EventCode::GiveUp, r->id, q->id, uint32_t(trace::GiveUpReason::Requeue));
  q->requeue(r);
  return call.status(QS_STATUS_SUCCESS);
}

// F-30, F-31.
void qs_WdfRequestStopAcknowledge(QS_SITE, WDFREQUEST request, uint8_t requeue) {
  Request* r = request_of(request, {"WdfRequestStopAcknowledge", file, line});
  Queue* q = r->queue;
  ApiCall call(trace::ApiFn::WdfRequestStopAcknowledge, file, line, r->id, q ? q->id : ObjectId(),
               requeue);
  if (!carry_out(law::on_stop_acknowledge(call_facts(r), requeue != 0), r->id)) return;
  if (r->completed) return;  // P-23
  if (q && !q->lock_for(r)) return;
  r->stop_ack = requeue ? StopAck::Requeue : StopAck::Acknowledged;
  rt::emit(trace::EventCode::StopAck, r->id, q ? q->id : ObjectId(), requeue ? 1 : 0);
  if (q) q->lock.unlock();
}

void qs_WdfRequestMarkCancelable(QS_SITE, WDFREQUEST request, qs_EVT_WDF_REQUEST_CANCEL* fn) {
  Request* r = request_of(request, {"WdfRequestMarkCancelable", file, line});
  ApiCall call(trace::ApiFn::WdfRequestMarkCancelable, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  require(reinterpret_cast<const void*>(fn), r->id);
  if (!carry_out(law::on_mark(call_facts(r), false), r->id, queue_id(r))) return;
  r->queue->mark_cancelable(r, fn, false);
}

int32_t qs_WdfRequestMarkCancelableEx(QS_SITE, WDFREQUEST request, qs_EVT_WDF_REQUEST_CANCEL* fn) {
  Request* r = request_of(request, {"WdfRequestMarkCancelableEx", file, line});
  ApiCall call(trace::ApiFn::WdfRequestMarkCancelableEx, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  require(reinterpret_cast<const void*>(fn), r->id);
  const law::Ruling ruling = law::on_mark(call_facts(r), true);
  if (!carry_out(ruling, r->id, queue_id(r))) return call.status(ruling.status);
  return call.status(r->queue->mark_cancelable(r, fn, true));
}

// C-30 to C-32.
int32_t qs_WdfRequestUnmarkCancelable(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestUnmarkCancelable", file, line});
  ApiCall call(trace::ApiFn::WdfRequestUnmarkCancelable, file, line, r->id,
               r->queue ? r->queue->id : ObjectId());
  const law::Ruling ruling = law::on_unmark(call_facts(r));
  if (!carry_out(ruling, r->id, queue_id(r))) return call.status(ruling.status);
  return call.status(r->queue->unmark_cancelable(r));
}

uint8_t qs_WdfRequestIsCanceled(QS_SITE, WDFREQUEST request) {  // C-40
  Request* r = request_of(request, {"WdfRequestIsCanceled", file, line});
  ApiCall call(trace::ApiFn::WdfRequestIsCanceled, file, line, r->id);
  if (!carry_out(law::on_is_canceled(call_facts(r)), r->id)) return 0;
  return call.value(uint8_t(r->is_cancelled()));
}

WDFQUEUE qs_WdfRequestGetIoQueue(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestGetIoQueue", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetIoQueue, file, line, r->id);
  if (r->queue && r->queue->internal) {  // V-30
    verifier_break("V-30", r->id);
    return nullptr;
  }
  return h(r->queue);
}

WDFFILEOBJECT qs_WdfRequestGetFileObject(QS_SITE, WDFREQUEST request) {  // L-01, L-11
  Request* r = request_of(request, {"WdfRequestGetFileObject", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetFileObject, file, line, r->id);
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
  if (irp.type == trace::RequestType::Read) {
    out->Parameters.Read.Length = irp.length;
    out->Parameters.Read.DeviceOffset = irp.offset;
  } else if (irp.type == trace::RequestType::Write) {
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
  Request* r = request_of(request, {"WdfRequestGetParameters", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetParameters, file, line, r->id);
  if (!out) bugcheck("V-04", 0x4, 0, 0, r->id);
  refuse_completed(r);
  if (verifier() && !r->has(kVDriverOwned | kVTag)) {
    tell_not_owned(r);
    verifier_break("V-05", r->id);
    return;
  }
  fill_parameters(r, out);
}

char qs_WdfRequestGetRequestorMode(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestGetRequestorMode", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetRequestorMode, file, line, r->id);
  return r->irp && r->irp->from_user ? 1 : 0;
}

uint32_t qs_WdfRequestGetRequestorProcessId(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestGetRequestorProcessId", file, line});
  ApiCall call(trace::ApiFn::WdfRequestGetRequestorProcessId, file, line, r->id);
  return r->irp ? 4 * (100 + r->irp->app.serial()) : 0;
}

uint8_t qs_WdfRequestIsFrom32BitProcess(QS_SITE, WDFREQUEST request) {
  Request* r = request_of(request, {"WdfRequestIsFrom32BitProcess", file, line});
  ApiCall call(trace::ApiFn::WdfRequestIsFrom32BitProcess, file, line, r->id);
  return 0;
}

uint8_t qs_WdfRequestIsReserved(QS_SITE, WDFREQUEST request) {  // S-12
  Request* r = request_of(request, {"WdfRequestIsReserved", file, line});
  ApiCall call(trace::ApiFn::WdfRequestIsReserved, file, line, r->id);
  return r->reserved;
}

qs_IRP* qs_WdfRequestWdmGetIrp(QS_SITE, WDFREQUEST request) {  // R-07, V-31
  Request* r = request_of(request, {"WdfRequestWdmGetIrp", file, line});
  ApiCall call(trace::ApiFn::WdfRequestWdmGetIrp, file, line, r->id);
  if (r->completed || !r->irp) {
    verifier_break("V-31", r->id);
    return nullptr;
  }
  return wdm_view(r->irp);
}
