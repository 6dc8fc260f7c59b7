#include "kmdf/request/request.h"

#include "kmdf/core/validate.h"

namespace qs::kmdf {

using rt::emit;

Request* make_request(Irp* irp, Device* device) {
  QS_HOLDS("I-02", irp->id, !irp->completed && irp->slot == Slot::Empty);
  Request* r = fw().new_request(irp->id);
  fw().remember(r);
  r->irp = irp;
  irp->request = r;
  r->file = irp->file;
  if (device->init.request_attributes_set)
    attach_context(r, &device->init.request_attributes, nullptr, false);
  return r;
}

void set_presented(Request* r, Queue* q) {
  if (r->presented) return;
  r->presented = true;
  emit(trace::EventCode::Present, r->id, q ? q->id : ObjectId());
}

void set_canceled_bit(Request* r) {
  if (r->canceled_bit) return;
  r->canceled_bit = true;
  emit(trace::EventCode::CanceledBit, r->id);
}

}  // namespace qs::kmdf
