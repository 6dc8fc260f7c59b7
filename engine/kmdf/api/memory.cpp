// WDFMEMORY and WDFLOOKASIDE. Memory comes from the run's arena and is never given back to it.
#include <cstring>

#include "kmdf/api/common.h"
#include "kmdf/core/accesses.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/memory.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;

namespace {

Memory* memory_of(WDFMEMORY m, Called what) { return checked<Memory>(m, ObjectKind::Memory, what); }

MemoryBlock* allocate(size_t bytes) {
  if (!may_take(bytes) || fw().allocation_fails()) return nullptr;
  return &fw().driver_memory.make(bytes, MemoryBlock::Kind::Memory);
}

int32_t new_memory(qs_WDF_OBJECT_ATTRIBUTES* attributes, size_t size, Called what, Memory** out) {
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return status;
  Object* parent = parent_from(attributes, fw().driver, what);
  MemoryBlock* block = allocate(size);
  if (!block) return QS_STATUS_INSUFFICIENT_RESOURCES;
  Memory* m = make_memory(block->begin, size);
  block->of = m->id;
  m->preallocated = false;
  settle_new_object(m, parent, attributes);
  *out = m;
  return QS_STATUS_SUCCESS;
}

// Where `bytes` from `offset` on lie; STATUS_BUFFER_TOO_SMALL when they do not.
int32_t part_of(Memory* m, size_t offset, size_t bytes, uint8_t** at) {
  if (bytes == 0) return QS_STATUS_INVALID_PARAMETER;
  if (offset > m->size || bytes > m->size - offset) return QS_STATUS_BUFFER_TOO_SMALL;
  *at = static_cast<uint8_t*>(m->buffer) + offset;
  return QS_STATUS_SUCCESS;
}

}  // namespace

int32_t qs_WdfMemoryCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, int32_t, uint32_t,
                           size_t size, WDFMEMORY* out, void** buffer) {
  ApiCall call(ApiFn::WdfMemoryCreate, file, line, {}, {}, uint32_t(size));
  require(out);
  *out = nullptr;
  if (buffer) *buffer = nullptr;
  if (size == 0) return call.status(QS_STATUS_INVALID_PARAMETER);
  Memory* m = nullptr;
  int32_t status = new_memory(attributes, size, {"WdfMemoryCreate", file, line}, &m);
  if (!NT_OK(status)) return call.status(status);
  *out = handle<WDFMEMORY>(m);
  if (buffer) *buffer = m->buffer;
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfMemoryCreatePreallocated(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, void* buffer,
                                       size_t size, WDFMEMORY* out) {
  ApiCall call(ApiFn::WdfMemoryCreatePreallocated, file, line, {}, {}, uint32_t(size));
  require(out);
  require(buffer);
  *out = nullptr;
  if (size == 0) return call.status(QS_STATUS_INVALID_PARAMETER);
  int32_t status = check_attributes(attributes);
  if (!NT_OK(status)) return call.status(status);
  Object* parent =
      parent_from(attributes, fw().driver, {"WdfMemoryCreatePreallocated", file, line});
  if (fw().allocation_fails()) return call.status(QS_STATUS_INSUFFICIENT_RESOURCES);
  Memory* m = make_memory(buffer, size);
  settle_new_object(m, parent, attributes);
  *out = handle<WDFMEMORY>(m);
  return call.status(QS_STATUS_SUCCESS);
}

void* qs_WdfMemoryGetBuffer(QS_SITE, WDFMEMORY memory, size_t* size) {
  Memory* m = memory_of(memory, {"WdfMemoryGetBuffer", file, line});
  ApiCall call(ApiFn::WdfMemoryGetBuffer, file, line, m->id);
  if (size) *size = m->size;
  return m->buffer;
}

int32_t qs_WdfMemoryAssignBuffer(QS_SITE, WDFMEMORY memory, void* buffer, size_t size) {
  Memory* m = memory_of(memory, {"WdfMemoryAssignBuffer", file, line});
  ApiCall call(ApiFn::WdfMemoryAssignBuffer, file, line, m->id, {}, uint32_t(size));
  require(buffer, m->id);
  if (size == 0) return call.status(QS_STATUS_INVALID_PARAMETER);
  if (!m->preallocated) return call.status(QS_STATUS_INVALID_DEVICE_REQUEST);
  m->buffer = buffer;
  m->size = size;
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfMemoryCopyToBuffer(QS_SITE, WDFMEMORY memory, size_t offset, void* buffer,
                                 size_t bytes) {
  Memory* m = memory_of(memory, {"WdfMemoryCopyToBuffer", file, line});
  ApiCall call(ApiFn::WdfMemoryCopyToBuffer, file, line, m->id, {}, uint32_t(bytes));
  require(buffer, m->id);
  uint8_t* at = nullptr;
  int32_t status = part_of(m, offset, bytes, &at);
  if (!NT_OK(status)) return call.status(status);
  check_access(at, bytes, false);
  check_access(buffer, bytes, true);
  std::memmove(buffer, at, bytes);
  return call.status(status);
}

int32_t qs_WdfMemoryCopyFromBuffer(QS_SITE, WDFMEMORY memory, size_t offset, void* buffer,
                                   size_t bytes) {
  Memory* m = memory_of(memory, {"WdfMemoryCopyFromBuffer", file, line});
  ApiCall call(ApiFn::WdfMemoryCopyFromBuffer, file, line, m->id, {}, uint32_t(bytes));
  require(buffer, m->id);
  uint8_t* at = nullptr;
  int32_t status = part_of(m, offset, bytes, &at);
  if (NT_OK(status) && m->read_only) status = QS_STATUS_ACCESS_VIOLATION;
  if (!NT_OK(status)) return call.status(status);
  check_access(buffer, bytes, false);
  check_access(at, bytes, true);
  std::memmove(at, buffer, bytes);
  return call.status(status);
}

int32_t qs_WdfLookasideListCreate(QS_SITE, qs_WDF_OBJECT_ATTRIBUTES* attributes, size_t size,
                                  int32_t, qs_WDF_OBJECT_ATTRIBUTES* memory_attributes, uint32_t,
                                  WDFLOOKASIDE* out) {
  ApiCall call(ApiFn::WdfMemoryCreate, file, line, {}, {}, uint32_t(size));
  require(out);
  *out = nullptr;
  if (size == 0) return call.status(QS_STATUS_INVALID_PARAMETER);
  int32_t status = check_attributes(attributes);
  if (NT_OK(status)) status = check_attributes(memory_attributes);
  if (!NT_OK(status)) return call.status(status);
  Object* parent = parent_from(attributes, fw().driver, {"WdfLookasideListCreate", file, line});
  auto* list = fw().make<Lookaside>(ObjectKind::Generic);
  list->size = size;
  list->has_attributes = memory_attributes != nullptr;
  if (memory_attributes) list->memory_attributes = *memory_attributes;
  settle_new_object(list, parent, attributes);
  *out = handle<WDFLOOKASIDE>(list);
  return call.status(QS_STATUS_SUCCESS);
}

int32_t qs_WdfMemoryCreateFromLookaside(QS_SITE, WDFLOOKASIDE lookaside, WDFMEMORY* out) {
  Object* o =
      object_of(lookaside, {"WdfMemoryCreateFromLookaside", file, line}, ObjectKind::Generic);
  auto* list = dynamic_cast<Lookaside*>(o);
  if (!list) bugcheck("V-04", 0x5, o->id.raw, 0, o->id);
  ApiCall call(ApiFn::WdfMemoryCreate, file, line, list->id, {}, uint32_t(list->size));
  require(out, list->id);
  *out = nullptr;
  Memory* m = nullptr;
  qs_WDF_OBJECT_ATTRIBUTES* attributes = list->has_attributes ? &list->memory_attributes : nullptr;
  int32_t status =
      new_memory(attributes, list->size, {"WdfMemoryCreateFromLookaside", file, line}, &m);
  if (NT_OK(status)) *out = handle<WDFMEMORY>(m);
  return call.status(status);
}
