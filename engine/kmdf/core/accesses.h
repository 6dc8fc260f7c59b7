// The driver's accesses to memory that threads share, and those that nothing orders: rule U-08.
// Owns: AccessState. The compiler's hooks in each driver call it (accesses.cpp); on for runs with
// the option races=on, above all those of the search of schedules.
#pragma once
#include <cstddef>
#include <cstdint>

namespace qs::kmdf {

// From now on the accesses of this run are followed.
void follow_accesses();
// An Interlocked call on that address: it orders who makes it, and races with no other.
void note_interlocked(const volatile void* at);

}  // namespace qs::kmdf
