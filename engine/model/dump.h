// Texts in the form of the kernel debugger's framework extension. Owns: request_dump, log_dump (the
// queue's is queue_dump in model/queries/queries.h). Called by the command line, the inspector and
// tests.
#pragma once
#include <string>

#include "model/queries/queries.h"

namespace qs::model {

// What the request dump shows, at this model; "" for an unknown request.
std::string request_dump(const Model& model, const trace::Trace& trace, ObjectId request);

// The in-flight recorder after `events` events: its newest `most` records, oldest first.
std::string log_dump(const trace::Trace& trace, size_t events, size_t most = 64);

}  // namespace qs::model
