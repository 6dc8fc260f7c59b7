// WDFMEMORY and its kin: memory objects, lookaside lists, strings, collections. Owns: Memory,
// Lookaside, String, Collection. Called by the C API; targets look into memory objects that a
// request was formatted with.
#pragma once
#include <string>
#include <vector>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Request;
struct Irp;

struct Memory final : Object {
  explicit Memory(ObjectId i) : Object(i) {}
  void* buffer = nullptr;
  size_t size = 0;
  bool preallocated = false;      // WdfMemoryAssignBuffer may change it
  bool read_only = false;         // the input of a write
  Request* of_request = nullptr;  // one of a request's own buffers: goes with it (V-10)
  void destroyed() override;
};

struct Lookaside final : Object {
  explicit Lookaside(ObjectId i) : Object(i) {}
  size_t size = 0;
  qs_WDF_OBJECT_ATTRIBUTES memory_attributes{};
  bool has_attributes = false;
};

struct String final : Object {
  explicit String(ObjectId i) : Object(i) {}
  uint16_t* buffer = nullptr;
  uint16_t length = 0;  // bytes
  void destroyed() override;
};

// Gives the string that text, of so many bytes, with a zero behind it.
void set_text(String* s, const uint16_t* text, uint16_t bytes);

struct Collection final : Object {
  explicit Collection(ObjectId i) : Object(i) {}
  std::vector<Object*> items;  // each with a reference
  void closing() override;
};

// A memory object around `buffer`, without parent.
Memory* make_memory(void* buffer, size_t size);

// --- buffers of requests (memory.cpp) ---
enum class Direction : uint8_t { Input, Output };
struct BufferRange {
  void* at = nullptr;
  size_t length = 0;
};
// STATUS_INVALID_DEVICE_REQUEST for the wrong direction (1.4), for METHOD_NEITHER from user mode,
// and for a completed request.
int32_t request_buffer(Request* r, Direction direction, BufferRange* out);
// The address that the application gave (METHOD_NEITHER, or a device with that I/O type): V-26
// unless `method_neither`.
bool is_neither(const Irp& irp);
bool is_control(trace::RequestType type);
// The I/O manager copies input and output through a system buffer.
bool is_buffered(const Irp& irp);
BufferRange user_buffer(Irp* irp, Direction direction);

}  // namespace qs::kmdf
