// What a world in which nothing can move any more says about itself. Owns nothing. Called once by
// Run when it has settled, and by tests; outside virtual threads, in the world that is entered.
#pragma once
#include <set>

#include "run/places.h"
#include "run/world.h"

namespace qs {

// Findings about what waits for ever, each at the line that its thread stands at; returns the
// numbers of the threads that were told of, those that wait behind them included. Rings (U-02,
// U-03); synchronous queue calls, power-downs and removals (P-12, or P-25 when an
// acknowledgement was left unread), deletions (O-10), each of the framework's own waits with the
// text it prints after 60 seconds (P-34); any other wait (U-14), unless somebody outside `may_act`;
// drains that cannot end and queues with a limit of 0 (D-17). One cause is one finding.
std::set<uint32_t> report_waits(const Scheduler& scheduler, const kmdf::Framework& framework,
                                bool may_act);
// The framework's own waits without a limit (P-34, Q-07), in order of creation: after each minute
// they print a text (V-28).
constexpr uint32_t kReminder = 60'000'000;  // virtual microseconds
std::vector<VThread*> with_reminders(const Scheduler& scheduler);
void remind(const VThread* thread);
// Findings about what is left over: buffers used after completion (U-09), references to completed
// requests (G-10, U-10), and, once every device is removed, pool (U-10).
void report_leftovers(const kmdf::Framework& framework, Places& places);
// U-01, at the last line of the driver that had the request, and who waits behind it. Not about
// what a thread is busy with that was told to be stuck: one cause, one finding.
void report_abandoned(const kmdf::Request* request, Places& places);

}  // namespace qs
