// The I/O packet a sender makes. Owns: Irp. Made by request/io_manager for the senders outside;
// wrapped by Request.
#pragma once
#include <cstdint>
#include <utility>

#include "kmdf/core/object.h"

namespace qs::kmdf {

struct Request;
struct FileObject;
struct Irp;

// Who holds the armed cancel slot of an IRP; taken by one exchange (C-04).
enum class Slot : uint8_t { Empty, Waiting, Cancelable, Target, LowerDriver, PendedIrp };

// Of an IRP from above: this device's, and the one of the driver below.
inline constexpr int kStackLocations = 2;

// The sender's side: called when the IRP comes back (K-05 step 6), on the completing thread.
using IrpDone = void (*)(Irp*, void* context);

struct Irp {
  ObjectId id;  // the request's identity, from the moment it is sent
  trace::RequestType type{};
  uint32_t length = 0;      // reads, writes: length; controls: input length
  uint32_t out_length = 0;  // controls
  uint32_t code = 0;        // control code
  uint8_t minor = 0;
  int64_t offset = 0;
  bool from_user = true;
  bool copy_back = false;  // buffered control: the sender gave an output pointer (K-15)
  bool paging = false;
  FileObject* file = nullptr;
  ObjectId app;
  void* buffer = nullptr;      // system buffer (reads, writes, controls: input and output shared)
  void* out_buffer = nullptr;  // METHOD_NEITHER and direct output
  const uint8_t* given = nullptr;  // what the sender gave along, as it was: `given_bytes` of them
  uint32_t given_bytes = 0;
  bool asked_input = false, asked_output = false;  // the driver has the address
  bool was_below = false;  // a lower driver had it, and may have written the answer
  bool cancel_flag = false;
  Slot slot = Slot::Empty;
  bool pending_marked = false, completed = false, created_by_driver = false;
  int32_t status = 0;
  uint64_t information = 0;
  IrpDone done = nullptr;
  void* done_context = nullptr;
  Request* request = nullptr;
  Device* device = nullptr;
  qs_IRP* wdm = nullptr;          // WDM's view of it (wdm_view.h)
  rt::Thread* sent_by = nullptr;  // the sender's addresses are valid in its context (V-26a)

  bool cancelled() const { return cancel_flag; }
  Slot take_slot() { return std::exchange(slot, Slot::Empty); }
  void arm(Slot s) { slot = s; }
  void set_cancel_flag() { cancel_flag = true; }
};

}  // namespace qs::kmdf
