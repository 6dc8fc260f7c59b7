#include "kmdf/memory.h"

#include "kmdf/framework.h"

namespace qs::kmdf {

Memory* make_memory(void* buffer, size_t size) {
  Memory* m = fw().make<Memory>(ObjectKind::Memory);
  m->buffer = buffer;
  m->size = size;
  m->preallocated = true;
  return m;
}

void Collection::closing() {
  for (Object* o : items) release(o);
  items.clear();
}

namespace {

constexpr uint32_t kMethodInDirect = 1, kMethodOutDirect = 2, kMethodNeither = 3;

bool is_control(RequestType t) {
  return t == RequestType::DeviceControl || t == RequestType::InternalControl;
}

uint32_t method(const Irp& irp) { return irp.code & 3; }

// Direct and neither transfers have an output buffer apart from the input; it is made when first
// asked for.
void* separate_output(Irp* irp) {
  if (!irp->out_buffer && irp->out_length)
    irp->out_buffer = fw().arena.allocate(irp->out_length, 16);
  return irp->out_buffer;
}

}  // namespace

bool is_neither(const Request* r) {
  if (!r->irp) return false;
  if (is_control(r->irp->type)) return method(*r->irp) == kMethodNeither;
  return r->irp->device && r->irp->device->init.io_type == qs_WdfDeviceIoNeither;
}

BufferRange user_buffer(Request* r, Direction direction) {
  Irp* irp = r->irp;
  bool control = is_control(irp->type);
  if (direction == Direction::Input)
    return control || irp->type == RequestType::Write ? BufferRange{irp->buffer, irp->length}
                                                      : BufferRange();
  if (control) return {separate_output(irp), irp->out_length};
  return irp->type == RequestType::Read ? BufferRange{irp->buffer, irp->length} : BufferRange();
}

int32_t request_buffer(Request* r, Direction direction, BufferRange* out) {
  *out = {};
  Irp* irp = r->irp;
  if (!irp || r->completed || is_neither(r)) return QS_STATUS_INVALID_DEVICE_REQUEST;
  RequestType wrong = direction == Direction::Input ? RequestType::Read : RequestType::Write;
  bool control = is_control(irp->type);
  if (irp->type == wrong ||
      (!control && irp->type != RequestType::Read && irp->type != RequestType::Write))
    return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (!control || direction == Direction::Input) {
    *out = {irp->buffer, irp->length};
    return QS_STATUS_SUCCESS;
  }
  bool direct = method(*irp) == kMethodInDirect || method(*irp) == kMethodOutDirect;
  *out = {direct ? separate_output(irp) : irp->buffer, irp->out_length};
  return QS_STATUS_SUCCESS;
}

}  // namespace qs::kmdf
