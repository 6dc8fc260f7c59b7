// What the rules look at. Owns: Facts and its parts, Call. Filled by kmdf and run from live objects
// (kmdf/core/facts.h, run/run_outside.cpp) and by model from folded ones (model/queries/facts.h);
// read by rule_for() alone. Plain values.
#pragma once
#include <cstdint>

#include "trace/events/acts.h"

namespace qs::law {

// Section 2.1 and V-49, as far as rules ask.
struct RequestFacts {
  bool completed = false;         // the handle is dead
  bool driver_owned = false;      // the verifier's mark (V-49)
  bool in_queue = false;          // WdfRequestGetIoQueue gives one
  bool bound = false;             // a queue counts it as the driver's
  bool waiting = false;           // S2, S2c
  bool cancelable = false;        // marked: S4, S4c, S5, S6 (V-50)
  bool listed = false;            // ... and a cancel can still take it: S4, S4c
  bool cancel_called = false;     // its cancel callback has been called: S6, S8
  bool on_cancel_list = false;    // S5, S7: a cancel callback is due
  bool claimed = false;           // S2c, S4c: its cancel has won (C-01)
  bool cancel_flag = false;       // IoCancelIrp was called (C-01)
  bool canceled_bit = false;      // of the request: a purge, or a cancel of what was sent
  bool at_target = false;         // S9, S10
  bool by_driver = false;         // WdfRequestCreate made it (T-02)
  bool by_app = true;             // an application sent its IRP
  bool reserved = false;          // of forward progress (S-01)
  bool presented = false;         // the driver has seen it (C-07)
  bool caller_context = false;    // in EvtIoInCallerContext (S1)
  bool in_evt_io_stop = false;    // the verifier's mark (V-27, V-49)
  bool formatted = true;          // for a target (T-04)
  bool fits = true;               // has stack locations enough for the target
  bool sent_before = false;       // and has come back
  bool target_format = false;     // by WdfIoTargetFormatRequestFor* (V-35)
  bool other_options = false;     // sent and forgotten, and more is asked for (V-35)
  bool routine = true;            // has a completion routine (V-34)
  bool create_of_handle = false;  // a create that has a file object (V-35)
  uint32_t length = 0, out_length = 0, code = 0;  // of its IRP, bytes
  bool has_irp = true, from_user = true, copy_back = true;
  trace::RequestType type{};
};

struct QueueFacts {
  trace::Dispatch dispatch{};
  bool dispatches = true, accepts = true;
  bool powered = true;       // G-01
  bool purge_latch = false;  // C-20, F-04
  bool deleted = false, shut_down = false;
  bool tells_canceled = false;  // EvtIoCanceledOnQueue is registered (C-07)
  bool undeletable = false;  // the default queue, or requests are routed to it (O-09)
  bool stop_due = false, purge_due = false, ready_due = false;  // slots in use
  bool same_device = true;                                      // Forward: as the request's queue
  bool same_queue = false;                                      // Forward: the request's own
  bool of_parent = false;      // ForwardToParent: of the parent of the request's device
  bool allows_parent = false;  // ... which the bus driver allowed (F-20)
  bool disposing = false;      // its deletion waits (O-10)
  uint32_t waiting = 0;        // requests that wait in it
  uint32_t owned = 0;          // requests of it that the driver has
};

struct TargetFacts {
  bool none = false;       // the device has no target below it
  bool no_device = false;  // a remote one that nothing is open behind (T-10)
  bool ever_opened = true;
  trace::TargetState state = trace::TargetState::Started;
};

// What the PnP and power managers look at.
struct DeviceFacts {
  bool none = false;      // there is none: no driver was loaded
  bool adding = false;    // EvtDriverDeviceAdd has not returned
  bool control = false;   // a control device
  bool follows = false;   // a child: it starts and goes with its parent
  bool pnp_busy = false;  // a PnP request has not returned
  bool asleep = false;    // the system is
  bool in_d0 = false, policy_owner = true, idle_armed = false;
  bool denies_open = false;  // exclusive, and open (L-02)
  trace::DevicePnp pnp = trace::DevicePnp::Started;
};

// An application and one of its handles.
struct AppFacts {
  bool exiting = false;  // or gone
};
struct HandleFacts {
  bool open = true;      // a call can name it
  bool opening = false;  // its open has not returned yet (L-02)
};

// Who makes the call.
struct CallerFacts {
  uint8_t irql = 0;            // 0 PASSIVE_LEVEL, 2 DISPATCH_LEVEL
  bool in_evt_io_stop = true;  // in EvtIoStop for the request (P-25)
  // In a callback of the queue; or in one under the lock that the queue's callbacks take.
  // Nobody is refused for it, so only those who look ahead say it.
  bool in_queue_callback = false, holds_queue_lock = false;
};

struct Facts {
  bool verifier = true;
  CallerFacts caller;
  RequestFacts request;
  QueueFacts queue;    // what the call is about: of a request, its own; of Forward, the destination
  TargetFacts target;  // of sends
  DeviceFacts device;  // of acts of others
  AppFacts app;
  HandleFacts handle;
};

// What WdfIoQueueCreate is given, as far as O-07 asks of the configuration itself.
struct QueueCreateFacts {
  uint32_t dispatch = 0;  // as given
  bool any_handler = false;
  uint32_t limit = 0;
  trace::SyncScope scope{};
  bool passive = false, device_passive = false;
  bool is_default = false, default_taken = false;
};
// What WdfDeviceConfigureRequestDispatching is given.
struct RouteFacts {
  bool create = false;      // of creates
  bool handles = false;     // the queue can take that type
  bool is_default = false;  // the default queue
  bool taken = false;       // that type was configured before
};

// The call that is judged.
struct Call {
  trace::Act act = trace::Act::Return;
  int32_t status = 0;        // Complete*
  uint64_t information = 0;  // CompleteWithInformation, bytes
  bool callback = true;      // QueueStop, QueueDrain ...: asks to be called when it is done
};

}  // namespace qs::law
