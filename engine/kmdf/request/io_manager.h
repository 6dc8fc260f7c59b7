// The sender's side of the device: making IRPs, sending, canceling, opening and closing files.
// Owns nothing that lasts; called by run (applications) and by tests, on virtual threads.
#pragma once
#include <string_view>

#include "kmdf/device/device.h"
#include "kmdf/request/irp.h"

namespace qs::kmdf {

// A new IRP; buffers of the given lengths are allocated in the run's arena. The input begins with
// `data`, zeros follow.
Irp* make_irp(trace::RequestType type, uint32_t length, uint32_t out_length, FileObject* file,
              ObjectId app, std::string_view data = {});
// Hands it to the device; status of the dispatch routine. The IRP may be gone when it
// returns.
int32_t send_irp(Device* device, Irp* irp);
// Its two parts, for a call that waits between them or does not return before the IRP is back: the
// sender makes the call; the device is given the IRP.
void begin_send(const Irp* irp);
int32_t deliver_irp(Device* device, Irp* irp);
// C-01: sets the flag, takes the slot; TRUE when somebody's cancel routine was called.
bool cancel_irp(Irp* irp);
// Its two parts, for callers that do something between them (N-02): take the slot and say who held
// it; run the cancel logic of that holder.
Slot claim_cancel(Irp* irp);
void finish_cancel(Irp* irp, Slot slot);
// A file object that is not open yet; Device::file_create opens it.
FileObject* make_file(Device* device);

}  // namespace qs::kmdf
