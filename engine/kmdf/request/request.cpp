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

namespace {

void fill_view(qs_IRP* view, const Irp* irp, int stack_locations) {
  view->Size = sizeof(qs_IRP);
  view->AssociatedIrp.SystemBuffer = irp->buffer;
  view->IoStatus.Status = irp->status;
  view->IoStatus.Information = irp->information;
  view->RequestorMode = irp->from_user ? 1 : 0;
  view->StackCount = char(stack_locations);
  view->Cancel = irp->cancelled();
}

qs_IRP* new_view() { return static_cast<qs_IRP*>(fw().driver_memory.allocate(sizeof(qs_IRP), 16)); }

}  // namespace

qs_IRP* wdm_irp(Request* r) {
  if (!r->wdm_view) r->wdm_view = new_view();
  fill_view(r->wdm_view, r->irp, r->stack_locations);
  return r->wdm_view;
}

qs_IRP* wdm_view_of(const Irp* irp) {
  qs_IRP* view = new_view();
  fill_view(view, irp, 2);
  return view;
}

}  // namespace qs::kmdf
