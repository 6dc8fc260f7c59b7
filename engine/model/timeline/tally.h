// Counts of how the requests of a run fared up to a moment. Owns: Tally. Pure; called
// by session (comparing runs) and the panels of the window, any thread that owns the model.
#pragma once
#include <cstdint>

#include "model/model.h"
#include "trace/events/trace.h"

namespace qs::model {

struct Tally {
  uint32_t sent = 0, done = 0;
  uint32_t failed = 0;         // of those done: with a failure status
  uint32_t waiting = 0;        // in a queue: the framework owns them
  uint32_t kept = 0;           // the driver owns them
  uint32_t at_target = 0;      // sent on to another driver
  uint32_t forwarded = 0;      // how often a request went to another queue
  uint32_t broken = 0;         // rules broken
  uint32_t longest_wait = 0;   // virtual microseconds from the call to its end, or to now
  uint32_t longest_steps = 0;  // of that wait: events; all there is where time stands still
  ObjectId longest;            // the request that waited so long
};

// `model` is the trace after its first `events` events. Creates do not count.
Tally tally(const Model& model, const trace::Trace& trace, size_t events);

// Virtual microseconds at which the last request of the run was done; 0 when none was.
uint32_t last_done_time(const trace::Trace& trace);

}  // namespace qs::model
