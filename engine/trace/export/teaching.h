// Which event the sentence under the stage is about: not every event teaches. Owns: told_event.
// Called by the stage and by tests; any thread.
#pragma once
#include <cstddef>

#include "trace/events/trace.h"

namespace qs::trace {

// Does an event say something by itself, rather than being the noise of one that did: lines of
// code, timers that are set, threads that change places, bookkeeping?
bool is_telling(const Event& event);

// The number of the last telling event of the first `events`, which stays said while noise follows;
// that of the very last one where none tells. `events` > 0.
size_t narrated_event(const Trace& trace, size_t events);

}  // namespace qs::trace
