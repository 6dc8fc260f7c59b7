#include "kmdf/request.h"

#include "kmdf/framework.h"

namespace qs::kmdf {

using rt::emit;

Request* make_request(Irp* irp, Device* device) {
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
  emit(EventCode::Present, r->id, q ? q->id : ObjectId());
}

void set_canceled_bit(Request* r) {
  if (r->canceled_bit) return;
  r->canceled_bit = true;
  emit(EventCode::CanceledBit, r->id);
}

qs_IRP* wdm_irp(Request* r) {
  if (!r->wdm_view) r->wdm_view = static_cast<qs_IRP*>(fw().arena.allocate(sizeof(qs_IRP), 16));
  qs_IRP* view = r->wdm_view;
  view->Size = sizeof(qs_IRP);
  view->AssociatedIrp.SystemBuffer = r->irp->buffer;
  view->IoStatus.Status = r->irp->status;
  view->IoStatus.Information = r->irp->information;
  view->RequestorMode = r->irp->from_user ? 1 : 0;
  view->StackCount = char(r->stack_locations);
  view->Cancel = r->irp->cancelled();
  return view;
}

}  // namespace qs::kmdf
