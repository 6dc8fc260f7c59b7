#include "kmdf/core/memory.h"

#include <cstring>

#include "kmdf/core/data.h"
#include "kmdf/core/framework.h"

namespace qs::kmdf {

using trace::RequestType;

Memory* make_memory(void* buffer, size_t size) {
  Memory* m = fw().make<Memory>(ObjectKind::Memory);
  m->buffer = buffer;
  m->size = size;
  m->preallocated = true;
  return m;
}

void Memory::destroyed() {
  if (!preallocated && !of_request) fw().driver_memory.give_back(buffer);
}

void String::destroyed() { fw().driver_memory.give_back(buffer); }

void set_text(String* s, const uint16_t* text, uint16_t bytes) {
  s->buffer = static_cast<uint16_t*>(fw().driver_memory.allocate(size_t(bytes) + 2));
  std::memcpy(s->buffer, text, bytes);
  s->buffer[bytes / 2] = 0;
  s->length = bytes;
}

void Collection::closing() {
  for (Object* o : items) release(o);
  items.clear();
}

namespace {

constexpr uint32_t kMethodBuffered = 0, kMethodNeither = 3;

uint32_t method(const Irp& irp) { return irp.code & 3; }

// Direct and neither transfers have an output buffer apart from the input; it is made when first
// asked for.
void* separate_output(Irp* irp) {
  if (!irp->out_buffer && irp->out_length) {
    irp->out_buffer =
        fw().driver_memory.make(irp->out_length, MemoryBlock::Kind::Buffer, irp->id).begin;
    fill_fresh(irp->out_buffer, irp->out_length);
  }
  return irp->out_buffer;
}

}  // namespace

bool is_control(RequestType t) {
  return t == RequestType::DeviceControl || t == RequestType::InternalControl;
}

bool is_neither(const Irp& irp) {
  if (is_control(irp.type)) return method(irp) == kMethodNeither;
  return irp.device && irp.device->init.io_type == qs_WdfDeviceIoNeither;
}

BufferRange user_buffer(Irp* irp, Direction direction) {
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
  if (!irp || r->completed) return QS_STATUS_INVALID_DEVICE_REQUEST;
  // Addresses that come from the kernel need no probing.
  const bool neither = is_neither(*irp);
  const bool from_kernel = irp->type == RequestType::InternalControl || !irp->from_user;
  if (neither && !(from_kernel && is_control(irp->type))) return QS_STATUS_INVALID_DEVICE_REQUEST;
  RequestType wrong = direction == Direction::Input ? RequestType::Read : RequestType::Write;
  bool control = is_control(irp->type);
  if (irp->type == wrong ||
      (!control && irp->type != RequestType::Read && irp->type != RequestType::Write))
    return QS_STATUS_INVALID_DEVICE_REQUEST;
  if (!control || direction == Direction::Input) {
    *out = {irp->buffer, irp->length};
    return QS_STATUS_SUCCESS;
  }
  *out = {is_buffered(*irp) ? irp->buffer : separate_output(irp), irp->out_length};
  return QS_STATUS_SUCCESS;
}

bool is_buffered(const Irp& irp) {
  if (is_control(irp.type)) return method(irp) == kMethodBuffered;
  const int type = irp.device ? irp.device->init.io_type : 0;
  return type != qs_WdfDeviceIoNeither && type != qs_WdfDeviceIoDirect;
}

}  // namespace qs::kmdf
