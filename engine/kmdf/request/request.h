// A framework request: one IRP and who holds it. Owns: Request and its verifier bits (2.1, V-49).
#pragma once
#include "kmdf/request/irp.h"

namespace qs::kmdf {

struct Queue;
struct IoTarget;

enum VerifierBit : uint32_t {
  kVDriverOwned = 1,
  kVTag = 2,
  kVForwarded = 4,
  kVInDispatch = 8,
  kVCancelable = 16,
  kVInCallerContext = 32,
  kVCancelled = 64,
  kVFormatted = 128,
  kVSentToTarget = 256,
  kVInEvtIoStop = 512
};

// Which of the lists of 4.1 the request is linked in. `ToNotify` and `Notified` stand for the power
// lists.
enum class RequestList : uint8_t { None, Waiting, Owned, ToNotify, Notified };
enum class StopAck : uint8_t { None, Acknowledged, Requeue };

struct Request final : Object {
  Irp* irp = nullptr;
  Queue* queue = nullptr;         // current queue (WdfRequestGetIoQueue)
  Queue* bound = nullptr;         // completion must notify this queue; it charges the request
  Queue* cancel_queue = nullptr;  // where it was marked cancelable (C-10)
  Queue* home = nullptr;          // reserved requests: whose pool (S-09)
  RequestList listed_in = RequestList::None;
  bool dispatched = false;  // by the loop, since it was charged: else D-18 is why it is
  bool presented = false, reserved = false, driver_created = false;
  bool canceled_bit = false, completed = false, cancelable_listed = false;
  bool on_cancel_list = false;      // S5 or S7 list
  bool cancel_pending_put = false;  // between the two lock holds of C-10
  StopAck stop_ack = StopAck::None;
  uint32_t vflags = 0;
  void (*cancel_cb)(WDFREQUEST) = nullptr;
  Node<Request> csq;     // waiting or cancelable
  Node<Request> own;     // owned, to-notify or notified
  Node<Request> cancel;  // canceled (S5) or canceled-on-queue (S7)
  FileObject* file = nullptr;

  // --- target side (rules T) ---
  IoTarget* target = nullptr;  // in which target now
  Node<Request> sent;
  bool pended_in_target = false, formatted_with_target = false, ignore_state = false;
  bool sync_send = false;
  bool sync_back = false, timed_out = false;
  void (*completion_routine)(WDFREQUEST, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS*,
                             void*) = nullptr;
  void* completion_context = nullptr;
  qs_WDF_REQUEST_COMPLETION_PARAMS* params = nullptr;
  uint64_t send_clock = 0;  // timeout timer
  int32_t send_status = 0;
  rt::Gate sync_gate;
  IoTarget* format_target = nullptr;
  trace::RequestType format_type{};
  uint32_t sends = 0;
  uint32_t found_refs = 0;  // of WdfIoQueueFindRequest, not dropped yet (G-10)
  int stack_locations = kStackLocations;

  Object* in_memory = nullptr;  // WDFMEMORY objects made by WdfRequestRetrieve*Memory
  Object* out_memory = nullptr;

  explicit Request(ObjectId i) : Object(i) {}
  bool has(uint32_t bits) const { return (vflags & bits) != 0; }
  void validate() const;  // validate.cpp: one consistent state of 2.2
  bool is_cancelled() const { return (irp && irp->cancelled()) || canceled_bit; }
};

struct Queue;
void fill_parameters(const Request* r, qs_WDF_REQUEST_PARAMETERS* out);

// --- life (request.cpp) ---
Request* make_request(Irp* irp, Device* device);
void set_presented(Request* r, Queue* q);
// Makes the canceledBit visible.
void set_canceled_bit(Request* r);

// --- completion, rules K (completion.cpp) ---
// By the driver, after validation. Status is what the driver gave.
void complete_by_driver(Request* r, int32_t status, uint64_t information);
// By the framework: never presented, or canceled in the queue (K-02).
void complete_by_framework(Request* r, int32_t status);
// An IRP that never became a request (A-07, L-02 ...).
void complete_irp(Irp* irp, int32_t status, uint64_t information);
// The status the sender sees for a status given by a driver (K-03).
int32_t convert_status(int32_t status);

}  // namespace qs::kmdf
