// What a violation or finding is about, read from the events before it. Owns nothing. Called by
// the command line, the window and tests; any thread.
#pragma once
#include <string>
#include <vector>

#include "trace/events/trace.h"

namespace qs::trace {

/// The innermost call that this thread was in before that event; "" when it was in none since its
/// last callback began.
std::string open_call(const Trace& trace, size_t before, uint32_t thread);

/// One more than the event at which the innermost callback began that this thread was in before
/// that event; 0: none.
size_t open_callback(const Trace& trace, size_t before, uint32_t thread);

/// The callbacks and calls that the thread was in before that event, the outermost first:
/// "EvtIoRead > WdfRequestForwardToIoQueue > EvtIoRead".
std::string stack_of(const Trace& trace, size_t before, uint32_t thread);

/// Field b of a Note that gives the reason of the verdict after it.
constexpr uint32_t kReasonNote = 1;

/// What the framework knew about this very case, for example "it is in that queue already": a note
/// just before the verdict. "" when there is nothing to add to the rule.
std::string reason_of(const Trace& trace, size_t verdict);

/// A thread in a ring of threads that wait for each other.
struct RingLink {
  ObjectId thread, waits_for;  // waits_for may be none
  WaitReason reason = WaitReason::None;
  ObjectId next;  // the thread that would have to act
  Site site;      // where it waits
};

/// The ring that this finding is about: each thread waits for the next, the last one for the first.
/// Empty: it is about something else.
std::vector<RingLink> ring_of(const Trace& trace, size_t verdict);

}  // namespace qs::trace
