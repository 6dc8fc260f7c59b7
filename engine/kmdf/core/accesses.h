// The driver's accesses to memory. The compiler's hooks in each driver call this before every one
// of them (accesses.cpp). Two things are looked at: whether the memory is the driver's at all
// (U-16, and U-09 for the buffer of a completed request), in every run; and whether anything orders
// it with those of other threads (U-08), in runs with the option races=on, above all those of the
// search of schedules. Owns: AccessState.
#pragma once
#include <cstddef>
#include <cstdint>

#include "sched/footprint.h"

namespace qs::kmdf {

// The driver, in its own code or through the function that it calls, uses so many bytes there. Ends
// the run when they are not its own (U-16); tells U-09.
void check_access(const void* at, size_t bytes, bool write);
// So many bytes of memory that the driver may look at, too, are used in this step: the driver does
// it, or the framework for it.
void touch_memory(const void* at, size_t bytes, sched::Use use);
// From now on the accesses of this run are followed.
void follow_accesses();
// An Interlocked call on that address: it orders who makes it, and races with no other.
void note_interlocked(const volatile void* at);

}  // namespace qs::kmdf
