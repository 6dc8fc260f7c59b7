#include "kmdf/request/io_manager.h"

#include "kmdf/core/data.h"
#include "kmdf/core/framework.h"
#include "kmdf/queue/forward_progress.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

using rt::emit;

Irp* make_irp(trace::RequestType type, uint32_t length, uint32_t out_length, FileObject* file,
              ObjectId app, std::string_view data) {
  Irp* irp = fw().new_irp();
  irp->id = fw().next_id(ObjectKind::Request);
  irp->type = type;
  irp->length = length;
  irp->out_length = out_length;
  irp->file = file;
  irp->app = app;
  uint32_t bytes = length > out_length ? length : out_length;
  if (bytes) {
    irp->buffer = fw().driver_memory.make(bytes, MemoryBlock::Kind::Buffer, irp->id).begin;
    give_data(irp, data);
  }
  return irp;
}

void begin_send(const Irp* irp) {
  emit(trace::EventCode::Send, irp->id, irp->app, uint32_t(irp->type), irp->length,
       irp->out_length);
  record_given(irp);
}

int32_t deliver_irp(Device* device, Irp* irp) {
  irp->sent_by = rt::self();
  return device->dispatch(irp);
}

int32_t send_irp(Device* device, Irp* irp) {
  begin_send(irp);
  ObjectId id = irp->id, app = irp->app;
  int32_t status = deliver_irp(device, irp);
  emit(trace::EventCode::SendReturned, id, app, uint32_t(status));
  return status;
}

Slot claim_cancel(Irp* irp) {
  irp->set_cancel_flag();
  Slot slot = irp->take_slot();
  emit(trace::EventCode::CancelFlag, irp->id, irp->app, slot != Slot::Empty ? 1 : 0);
  if (slot == Slot::Waiting || slot == Slot::Cancelable) {  // else somebody else has the request
    Request* r = irp->request;
    emit(trace::EventCode::CancelClaim, irp->id, r && r->queue ? r->queue->id : ObjectId());
  }
  return slot;
}

void finish_cancel(Irp* irp, Slot slot) {
  rt::yield(sched::Op::CancelPart, irp->id);
  Request* r = irp->request;
  switch (slot) {
    case Slot::Waiting: r->queue->cancel_waiting(r); break;
    case Slot::Cancelable: r->cancel_queue->cancel_cancelable(r); break;
    case Slot::PendedIrp: cancel_pended_irp(irp); break;
    default: cancel_lower(irp); break;
  }
}

bool cancel_irp(Irp* irp) {
  Slot slot = claim_cancel(irp);
  if (slot == Slot::Empty) return false;
  finish_cancel(irp, slot);
  return true;
}

FileObject* make_file(Device* device) {
  FileObject* f = fw().make<FileObject>(ObjectKind::FileObject);
  f->device = device;
  f->identity = f;
  return f;
}

}  // namespace qs::kmdf
