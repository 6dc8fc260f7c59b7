// Guaranteed forward progress (rules S): reserved requests and the IRPs that wait for one. Owns:
// ForwardProgress. Called by device (arrival), completion (return to the pool) and queue/state.cpp
// (purge).
#pragma once
#include <vector>

#include "kmdf/device/device.h"
#include "kmdf/queue/queue.h"

namespace qs::kmdf {

struct ForwardProgress {
  qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY policy{};
  std::vector<Request*> free;
  std::vector<Irp*> pended;
  uint32_t in_use = 0, total = 0;
};

// A request for the IRP: ordinary, or reserved when memory is short (S-04, S-05). Null when the IRP
// was completed or pended instead; irp->pending_marked says which of the two the sender sees.
Request* allocate_request(Device* device, Queue* queue, Irp* irp);
// A completed reserved request takes the oldest pended IRP, or goes back to the pool (S-06).
void return_to_pool(Request* r);
// Takes the pended IRPs out of the list: those of `file`, or all when it is null (S-08). The caller
// completes them.
std::vector<Irp*> take_pended_irps(Queue* q, FileObject* file);
// c2 of a cancel of a pended IRP: the slot is taken.
void cancel_pended_irp(Irp* irp);
// The queue goes: so do those that are in its pool.
void free_reserved_requests(Queue* q);
// S-01.
int32_t assign_policy(Queue* q, const qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY* policy);

}  // namespace qs::kmdf
