// What one run may take before it is ended, so that no driver and no schedule exhausts the
// process. Owns: the limits and how a run ends at one. Called by run at each decision, by the
// coverage hook, and by what allocates. Counted in blocks, calls, events and bytes, never in
// seconds: a run ends at the same place on every machine.
#pragma once
#include <cstddef>
#include <cstdint>

#include "kmdf/core/framework.h"

namespace qs::kmdf {

// Basic blocks of the driver's code that a thread runs through between two calls of the framework:
// some tenths of a second. A loop over each byte of a megabyte takes two million.
constexpr uint32_t kMostBlocks = 4'000'000;
// So many of them are shown line by line; what comes after that before the next call is a loop that
// has been seen, and millions of lines more would only hide it.
constexpr uint32_t kMostShownBlocks = 20'000;
// Calls that a thread makes in one callback of the driver without waiting.
constexpr uint32_t kMostCalls = 50'000;
// Threads that a run makes, one for each send, cancel, timer, DPC and work item: events name a
// thread by 20 bits. Checked at each decision, so a few more than this can be made.
constexpr uint32_t kMostThreads = 1'000'000;
static_assert(kMostThreads + 10'000 < trace::Event::kThreads);
// Bytes of one allocation.
constexpr size_t kMostBytes = size_t(256) << 20;
// Bytes that a run takes besides its events: objects, pool, buffers of requests, files, texts.
constexpr size_t kMostMemory = size_t(512) << 20;

// Bytes of stack below the first frame of a thread that the driver's functions may reach to; what
// is left of a fiber's stack is the engine's, whose functions and hooks they call.
constexpr size_t kMostStack = 384 * 1024;

// The running thread of the driver begins another block at `pc`. Does not return at the limit.
void count_block(rt::Thread* t, uint64_t pc);
// How many blocks this thread of the process has counted, in all runs.
uint64_t blocks_counted();
// At the beginning of a block or a function: does not return when the thread has used up its stack
// (U-12).
void check_stack(rt::Thread* t, uint64_t pc);
// Ends the run when it has more events than Options::event_limit, more threads than kMostThreads or
// more memory than kMostMemory; then it does not return.
void check_limits();
// Before so many bytes are taken: false when one allocation may not have them. Ends the run when
// all of them together would be too much.
bool may_take(size_t bytes);
// Ends a run that made too many calls in one callback of the driver (U-11), or too many decisions.
[[noreturn]] void end_after_steps(bool in_one_callback);
// Ends a run whose driver goes on without doing anything at all (U-11), at the line where it is.
[[noreturn]] void end_standing_still();

}  // namespace qs::kmdf
