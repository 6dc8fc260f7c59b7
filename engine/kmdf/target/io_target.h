// I/O targets (rules T): what a driver sends requests to, and the virtual lower driver behind
// each of them. Owns: IoTarget, LowerDriver. Called by the C API, by device, completion
// (V-10) and io_manager (C-60); by run to say how a lower driver behaves.
//
// io_target.cpp has the targets and their states, target/send.cpp the way of a request to a target
// and back, lower_driver.cpp what happens below.
#pragma once
#include <vector>

#include "kmdf/request/request.h"

namespace qs::kmdf {

struct UsbPipe;

// How the driver below a target treats what it is given. Set by run, changeable at any moment; a
// request uses what was set when it arrived below.
struct LowerDriver {
  uint32_t delay =
      0;  // virtual microseconds until it completes; 0 = at once, on the sender's thread
  bool deaf = false;     // has no cancel routine, so a cancel has no effect
  int32_t status = 0;    // what it completes with; a failure makes the information 0
  uint32_t largest = 0;  // most bytes one request can transfer; 0 = any number
  bool stays = false;    // keeps everything until finish_in_lower_driver() or a cancel
  int stack_size = 1;    // stack locations that it and those below it need (T-23, V-32)
};

// What the target side keeps for a request that is formatted or was sent. `params` is what the
// completion routine gets; Request::params points to it.
struct TargetWork {
  qs_WDF_REQUEST_COMPLETION_PARAMS params{};
  int64_t device_offset = 0;
  uint32_t input_length = 0;  // controls: bytes of the input
  Object* memory[2] = {};     // referenced while formatted: input and output (or the only one)
  uint32_t send_flags = 0;
  // Who still has to let go before the completion routine may run: the I/O itself, a running
  // timeout, a CancelSentRequest in progress (T-12). The last one runs it.
  int32_t holders = 0;
  bool timer_allocated = false;
  bool back = false;  // the I/O is, and somebody else still holds
  int32_t status = 0;
  uint64_t information = 0;
};
TargetWork& work_of(Request* r);  // made when first needed

struct IoTarget final : Object {
  Device* device = nullptr;
  bool remote = false;
  trace::TargetState state = trace::TargetState::Started;
  rt::Lock lock;
  List<Request> sent, ignoring, pended;  // `ignoring`: sent with IGNORE_TARGET_STATE (T-19)
  int32_t outstanding = 0;               // in `sent`
  int32_t in_routine = 0;                // completion routines that have not returned yet
  rt::Gate idle_gate;                    // somebody waits for `outstanding` to become 0
  LowerDriver lower;
  UsbPipe* pipe = nullptr;  // one of a USB device (device/usb.h)
  qs_WDF_IO_TARGET_OPEN_PARAMS open_params{};
  bool open = false;  // a remote one: there is a device behind it
  bool ever_opened = false;
  // The one event of all who wait for what is sent, taken by the first of them (T-19), and whether
  // somebody waits: a stop or purge, or one who closes it and waits for `ignoring` as well.
  bool sent_event = false, waits_for_sent = false, removing = false;
  uint32_t event_waits = 0, event_wakes = 0;  // so far, each in the order of the waits
  explicit IoTarget(ObjectId i) : Object(i) {}
  // There is a device to send to: requests can be made and formatted for it.
  bool has_device() const {
    return removing || (remote ? open : state != trace::TargetState::Deleted);
  }
  void validate() const;  // validate.cpp
  void closed() override;
  bool disposal_waits() const override { return true; }
};

// --- made by the framework and by run ---
// The device's local target (T-01), made at WdfDeviceCreate for FDOs and filters.
IoTarget* make_local_target(Device* device);
IoTarget* make_target(Device* device, bool remote);
// The lower driver behind `device`'s local target, or behind its remote targets when `remote`.
// Null: behind those of devices that will be made from now on.
void configure_lower_driver(Device* device, const LowerDriver& lower, bool remote = false);
// The lower driver completes what it holds under that id now, as if its own time had come; on a
// thread of its own when no thread runs. False: it is not there, or a cancel is already taking it.
bool finish_in_lower_driver(ObjectId request, int32_t status, uint64_t information);
// The same on this thread, at its IRQL, before the call returns.
bool finish_in_lower_driver_here(ObjectId request, int32_t status, uint64_t information);

// --- state (12.4) ---
void set_target_state(IoTarget* t, ::qs::trace::TargetState state);
int32_t start_target(IoTarget* t);                           // T-21
void stop_target(IoTarget* t, bool cancel_sent, bool wait);  // T-19
void purge_target(IoTarget* t, bool wait);                   // T-20
// T-19: the event of all who wait; the first of them takes it at once. The target is locked.
void set_sent_event_locked(IoTarget* t);

// --- sending (12.2); each after the checks of the C API, or from inside the framework ---
// T-10 without the checks of the C API; false: not accepted, r->send_status says why. `flags` as in
// the options.
bool submit(Request* r, IoTarget* target, uint32_t flags, int64_t timeout);
// The same again for one that was pended, without its timeout (T-21).
void submit_again(Request* r, IoTarget* target);
// T-11: after an accepted submit with the SYNCHRONOUS flag.
void wait_for_sent(Request* r, uint32_t flags, int64_t timeout);
// T-14 without its checks; used by WdfRequestSend and A-19.
void send_and_forget(Request* r, IoTarget* target);
// an IRP passed down unseen by the driver; the lower driver completes it.
void lower_driver_receives(Device* device, Irp* irp);

// The lower driver gets an IRP: that of a sent request, or one that the driver does not see again.
void lower_receives(Irp* irp, Request* r, const IoTarget* target);
// A cancel of an IRP that the lower driver holds; the slot is taken.
void cancel_in_lower_driver(Irp* irp);
// The IRP of a sent (or pended) request came back; the last holder ends the send (target/send.cpp).
void request_back(Request* r, int32_t status, uint64_t information);
// Lets go of a send that is being canceled; see TargetWork::holders.
void drop_holder(Request* r);
// Takes a pended request, whose slot was taken, and its timeout back. False: somebody else holds
// it, and will see that it comes back.
bool withdraw_send(Request* r);
// Fails a pended request whose slot was taken.
void fail_pended(Request* r, int32_t status);

// --- canceling ---
// The sender cancels an IRP whose slot was armed by a target or by a lower driver (C-60); the slot
// is taken.
void cancel_lower(Irp* irp);
// Sets the flag of a sent request's IRP and takes its slot; TRUE when a cancel routine was called.
bool cancel_in_target(Request* r);
// T-16; TRUE when a cancel routine was called.
bool cancel_sent_request(Request* r);

// --- for completion, and for objects that go ---
// K-05 step 3: what a format left on the request goes with it.
void drop_target_format(Request* r);
// V-47: reports, above PASSIVE_LEVEL, what below the request can only go at it.
void check_passive_children(const Request* r);
// V-10: a WDFMEMORY of the request that is still referenced is bug check 0x3.
void check_memory_references(Request* r);
// V-38: TRUE when the driver may delete this driver-created request; completes the rules of T-02.
bool may_delete_request(Request* r);
// Closed, closed for query-remove, or deleted with its device: fails what is pended, cancels all
// that is sent and waits for it (T-20).
void close_target(IoTarget* target, ::qs::trace::TargetState final_state);

}  // namespace qs::kmdf
