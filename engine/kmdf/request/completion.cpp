// Completion (rules K): the IRP goes back first, then the queue is told (K-05, K-06).
#include "kmdf/core/data.h"
#include "kmdf/core/facts.h"
#include "kmdf/core/framework.h"
#include "kmdf/core/validate.h"
#include "kmdf/queue/forward_progress.h"
#include "kmdf/request/buffers.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using rt::emit;

int32_t convert_status(int32_t status) {  // K-03
  if ((uint32_t(status) & 0x0FFF0000u) != 0x00200000u) return status;
  switch (status) {
    case QS_STATUS_WDF_PAUSED:
    case QS_STATUS_WDF_BUSY: return QS_STATUS_DEVICE_BUSY;
    case QS_STATUS_WDF_INTERNAL_ERROR: return QS_STATUS_INTERNAL_ERROR;
    case QS_STATUS_WDF_NOT_ENOUGH_MAP_REGISTERS: return QS_STATUS_INSUFFICIENT_RESOURCES;
    default: return QS_STATUS_INVALID_DEVICE_REQUEST;
  }
}

void complete_irp(Irp* irp, int32_t status, uint64_t information) {
  QS_HOLDS("I-01", irp->id, !irp->completed);
  QS_HOLDS("I-12", irp->id, rt::no_lock_held());
  if (irp->type == trace::RequestType::Create && status < 0 && irp->file)
    irp->device->file_create_failed(irp->file);
  rt::yield(sched::Op::IrpDone, irp->id);
  if (irp->slot != Slot::Empty)  // K-10
    kernel_complaint("IoCompleteRequest with a cancel routine still set");
  irp->completed = true;
  irp->status = status;
  irp->information = information;
  record_answer(irp);
  emit(trace::EventCode::Completed, irp->id, irp->app, uint32_t(status), uint32_t(information));
  ObjectId id = irp->id;  // the sender may recycle it
  if (irp->done) irp->done(irp, irp->done_context);
  retire_buffers(id);
}

namespace {

void finish(Request* r, int32_t status, uint64_t information, bool by_framework) {
  QS_HOLDS("I-01", r->id, r->irp && r->irp->request == r && !r->completed);
  QS_HOLDS("I-02", r->id, r->listed_in != RequestList::Waiting && !r->target);
  Irp* irp = r->irp;
  Queue* bound = r->bound;
  int32_t final_status = convert_status(status);
  emit(trace::EventCode::Completing, r->id, bound ? bound->id : ObjectId(), uint32_t(status),
       uint32_t(information), by_framework ? 1 : 0);
  r->completed = true;
  drop_target_format(r);
  if (!r->reserved) {
    check_passive_children(r);
    r->callbacks_wanted = r->presented;  // O-05
    dispose(r);
    drop_children(r);
    check_memory_references(r);
  }
  r->irp = nullptr;
  if (!r->reserved) r->queue = nullptr;
  complete_irp(irp, final_status, information);
  r->irp = irp;  // the queue still takes it off its lists
  if (bound) bound->uncharge(r, trace::UnchargeReason::Complete);
  r->irp = nullptr;
  r->vflags &= ~(kVDriverOwned | kVInCallerContext);
  release(r);  // a reserved request goes back to its queue with its last reference (S-06)
}

}  // namespace

void complete_by_framework(Request* r, int32_t status) { finish(r, status, 0, true); }

// K-05. The handle was checked; the driver may not own the request.
void complete_by_driver(Request* r, int32_t status, uint64_t information) {
  const law::Call call{trace::Act::CompleteWithInformation, status, information};
  if (!carry_out(law::on_complete(call_facts(r), call), r->id)) return;
  hint_at_completion(r->irp, convert_status(status), information);
  emit(trace::EventCode::GiveUp, r->id, r->bound ? r->bound->id : ObjectId(),
       uint32_t(trace::GiveUpReason::Complete));
  finish(r, status, information, false);
}

}  // namespace qs::kmdf
