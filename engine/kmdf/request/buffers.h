// Buffers of requests in the driver's hands, and what happens to them at completion (U-09). Called
// by the C surface that hands buffers out, by completion when an IRP is back at its sender, and by
// the funnels that look for late writes.
//
// When the sender has taken its data, every buffer that the driver had an address of is filled with
// 0xDD. A driver that reads it later gets that nonsense (as it would get a stranger's data); one
// that writes is found out at the next return of a callback or at the end of the run, for the last
// 64 buffers. Not seen: a write of the same byte, a write to an older buffer, and the line, unless
// whoever watches memory accesses asks retired_buffer_at().
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
// Whose retired buffer that address lies in; none when it is in no such buffer.
ObjectId retired_buffer_at(const void* address);

}  // namespace qs::kmdf
