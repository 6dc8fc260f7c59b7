// I/O targets (section 12): what a driver sends requests to, and the virtual lower driver behind each of them.
// Owns: IoTarget, LowerDriver. Called by the C API, by device, completion (V-10) and io_manager (C-60);
// by run to say how a lower driver behaves.
#pragma once
#include "kmdf/request.h"

namespace qs::kmdf {

// How the driver below a target treats what it is given. Set by run, changeable at any moment; a request uses
// what was set when it arrived below.
struct LowerDriver {
  uint32_t delay = 0;    // virtual microseconds until it completes; 0 = at once, on the sender's thread
  bool deaf = false;     // has no cancel routine: a cancel is noticed by nobody
  int32_t status = 0;    // what it completes with; a failure makes the information 0
  uint32_t largest = 0;  // most bytes one request can transfer; 0 = any number
  bool stays = false;    // keeps everything until finish_in_lower_driver() or a cancel
};

struct IoTarget final : Object {
  Device* device = nullptr;
  bool remote = false;
  TargetState state = TargetState::Started;
  rt::Lock lock;
  List<Request> sent, ignoring, pended;  // `ignoring`: sent with IGNORE_TARGET_STATE (T-19)
  rt::Gate idle_gate;                    // somebody waits for `sent` to become empty
  LowerDriver lower;
  ObjectId name_of_device;               // remote targets: nothing but a name
  qs_WDF_IO_TARGET_OPEN_PARAMS open_params{};
  explicit IoTarget(ObjectId i) : Object(i) {}
};

// --- made by the framework and by run ---
// The device's local target (T-01), made at WdfDeviceCreate for FDOs and filters.
IoTarget* make_local_target(Device* device);
// The lower driver behind `device`'s local target, or behind remote targets opened by that device when `remote`.
void configure_lower_driver(Device* device, const LowerDriver& lower, bool remote = false);
// The lower driver completes `r` (sent and not yet back) now, as if its own time had come. False: it is not there.
bool finish_in_lower_driver(ObjectId request, int32_t status, uint64_t information);

// --- sending (12.2); each after the checks of the C API, or from inside the framework ---
// T-14 without its checks; used by WdfRequestSend and A-19.
void send_and_forget(Request* r, IoTarget* target);
// an IRP passed down unseen by the driver; the lower driver completes it.
void lower_driver_receives(Device* device, Irp* irp);

// --- cancelling ---
// The sender cancels an IRP whose slot was armed by a target or by a lower driver (C-60); the slot is taken.
void cancel_lower(Irp* irp);
// T-16; TRUE when a cancel routine was called.
bool cancel_sent_request(Request* r);

// --- for completion, and for objects that go ---
// K-05 step 3: what a format left on the request goes with it.
void drop_target_format(Request* r);
// V-10: a WDFMEMORY of the request that is still referenced is bug check 0x3.
void check_memory_references(Request* r);
// V-38: TRUE when the driver may delete this driver-created request; completes the rules of T-02.
bool may_delete_request(Request* r);
// WdfObjectDelete of a remote target, or its device going: closes it (T-20) and waits for what was sent.
void close_target(IoTarget* target, TargetState final_state);

}  // namespace qs::kmdf
