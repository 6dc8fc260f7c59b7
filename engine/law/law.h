// The law: what the framework says to a call. Owns: rule_for(). Called by kmdf before each call is
// carried out, and by model for what may be done now. Pure; any thread.
#pragma once
#include "law/facts.h"
#include "law/ruling.h"

namespace qs::law {

// The ruling on a call of the driver (the orders of trace/acts.h), by the sections of semantics
// that describe it. `facts` need only have what the act is about: a request, a queue, a target. For
// acts of others: legal.
Ruling rule_for(const Facts& facts, const Call& call);

// --- the parts of it, by file ---
// Why the driver may not use this request now, in a few words (V-05).
const char* why_not_owned(const RequestFacts& r);

Ruling on_complete(const Facts& facts, const Call& call);
Ruling on_forward(const Facts& facts);
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
Ruling on_target_change(const Facts& facts, Act act);

Ruling on_retrieve(const Facts& facts, Act act);
Ruling on_find(const Facts& facts);
Ruling on_queue_change(const Facts& facts, const Call& call);
Ruling on_ready_notify(const Facts& facts, bool on);
Ruling on_delete_queue(const Facts& facts);

}  // namespace qs::law
