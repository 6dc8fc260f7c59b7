// Preparing a request for a target (12.1): driver-made requests and what a format writes down.
// Called by api/target.cpp and api/send.cpp.
#pragma once
#include "kmdf/core/memory.h"
#include "kmdf/target/io_target.h"

namespace qs::kmdf {

// A part of a memory object; without offsets all of it. Empty when there is no memory.
struct MemoryRange {
  Memory* memory = nullptr;
  const qs_WDFMEMORY_OFFSET* offset = nullptr;
};

// T-02: a request with an IRP of its own, owned by the driver. `target`: which it is for, may be
// null.
Request* make_driver_request(IoTarget* target);
// T-03: what the lower driver is to do. STATUS_INVALID_PARAMETER for a range outside its memory,
// STATUS_REQUEST_NOT_ACCEPTED for an IRP with too few stack locations (T-23).
int32_t format_request(Request* r, IoTarget* t, trace::RequestType type, const MemoryRange& in,
                       const MemoryRange& out, uint32_t code, int64_t device_offset);
// V-37: bug checks when the request has no IRP or no stack location left.
void check_can_format(Request* r);
// V-33: bug check when it is with a target already; C-61 when it is cancelable.
void check_not_sent(Request* r, IoTarget* target);

}  // namespace qs::kmdf
