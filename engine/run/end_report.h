// Findings reported when a run has settled. Owns nothing. Called once by
// Run when it has settled, and by tests; outside virtual threads, in the current world.
#pragma once
#include "run/places.h"
#include "run/world.h"

namespace qs::run {

// Findings about what waits forever, each at the line that its thread stands at; `places` notes the
// threads reported, those that wait behind them, and the requests that keep a queue from finishing.
// Rings (U-02, U-03); synchronous queue calls, power-downs and removals (P-12, or P-25 when
// an acknowledgement was left unread), deletions (O-10), each of the framework's own waits with the
// text it prints after 60 seconds (P-34); any other wait (U-14), unless somebody outside `may_act`;
// drains that cannot end and queues with a limit of 0 (D-17). One cause is one finding.
void report_waits(const sched::Scheduler& scheduler, const kmdf::Framework& framework, bool may_act,
                  Places& places);
// Findings about leftovers: buffers used after completion (U-09), references to completed
// requests (G-10, U-10), and, once every device is removed, pool (U-10).
void report_leftovers(const kmdf::Framework& framework, Places& places);
// U-01, at the last line of the driver that had the request, and who waits behind it. Skips a
// request that another finding covers: one cause, one finding.
void report_abandoned(const kmdf::Request* request, Places& places);

}  // namespace qs::run
