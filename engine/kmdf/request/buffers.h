// Buffers of requests in the driver's hands, and what happens to them at completion (U-09). Called
// by the C surface that hands buffers out, by completion when an IRP is back at its sender, and by
// the funnels that look for late writes.
//
// When the sender has taken its data, every buffer that the driver had an address of is gone: what
// the driver's own code reads or writes there is told at its line (accesses.h). The buffer is
// filled with 0xDD as well. A function that reads it for the driver gets that nonsense (as it would
// get a stranger's data); one that writes is found out at the next return of a callback or at the
// end of the run, for the last 64 buffers, unless it writes the same byte.
#pragma once
#include <cstddef>
#include <cstdint>

#include "base/ids.h"

namespace qs::kmdf {

struct Request;

// The driver gets the address of these bytes of the request.
void lend_buffer(const Request* r, void* at, size_t length);
// The IRP of this request is back at its sender, who needs the buffers no more.
void retire_buffers(ObjectId request);
// Reports every retired buffer that was written to since, once each.
void check_retired_buffers();
// That one has been told.
void forget_retired_buffer(const void* begin);

}  // namespace qs::kmdf
