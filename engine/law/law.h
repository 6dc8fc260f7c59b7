// The law: what the framework says to a call. Owns: rule_for(). Called by kmdf before each call is
// carried out, by run before what others do, and by model for what may be done now. Pure; any
// thread.
#pragma once
#include "include/qs/abi_status.h"
#include "law/facts.h"
#include "law/ruling.h"

namespace qs::law {

// The ruling on a call of the driver (the orders of trace/events/acts.h), or on what an application
// or the PnP or power manager does, by the sections of the rules that describe it. `facts` need
// only have what the act is about: a request, a queue, a target, a device, an application and its
// handle. How queues are created is judged by on_create_queue(): acts that change it are legal
// here.
Ruling rule_for(const Facts& facts, const Call& call);

// --- the parts of it, by file ---
inline constexpr int32_t kRefused = QS_STATUS_INVALID_DEVICE_REQUEST;  // how most calls are refused
inline constexpr uint8_t kPassive = 0;                                 // PASSIVE_LEVEL

// Why the driver may not use this request now, in a few words (V-05).
const char* why_not_owned(const RequestFacts& r);

Ruling on_complete(const Facts& facts, const Call& call);
Ruling on_forward(const Facts& facts);
Ruling on_forward_to_parent(const Facts& facts);
Ruling on_requeue(const Facts& facts);
Ruling on_mark(const Facts& facts, bool ex);
Ruling on_unmark(const Facts& facts);
Ruling on_is_canceled(const Facts& facts);
Ruling on_stop_acknowledge(const Facts& facts, bool requeue);
Ruling on_enqueue(const Facts& facts);
Ruling on_set_information(const Facts& facts);
Ruling on_delete_request(const Facts& facts);

enum class SendKind : uint8_t { Asynchronous, Synchronous, Forget };
// WdfRequestFormatRequestUsingCurrentType and its kin.
Ruling on_format(const Facts& facts);
Ruling on_set_routine(const Facts& facts);
Ruling on_send(const Facts& facts, SendKind kind);
Ruling on_cancel_sent(const Facts& facts);
Ruling on_target_change(const Facts& facts, trace::Act act);

Ruling on_retrieve(const Facts& facts, trace::Act act);
Ruling on_find(const Facts& facts);
Ruling on_queue_change(const Facts& facts, const Call& call);
Ruling on_ready_notify(const Facts& facts, bool on);
Ruling on_delete_queue(const Facts& facts);

// What O-07 asks of the configuration itself, and A-05 from the queue's handlers on.
Ruling on_create_queue(const QueueCreateFacts& queue);
Ruling on_route(const RouteFacts& route);

// What others do.
Ruling on_pnp(const Facts& facts, trace::Act act);
Ruling on_power(const Facts& facts, trace::Act act);
Ruling on_send_from_app(const Facts& facts);
Ruling on_open(const Facts& facts);
Ruling on_close(const Facts& facts);
Ruling on_exit(const Facts& facts);
Ruling on_cancel(const Facts& facts);

}  // namespace qs::law
