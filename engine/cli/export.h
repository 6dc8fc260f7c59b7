// A run in other programs' forms. Owns: export_json, export_perfetto, export_mermaid. Called by
// run_command.cpp, trace_command.cpp and tests. Each gives the first `end` events as text.
#pragma once
#include <string>
#include <string_view>

#include "trace/trace.h"

namespace qs {

// One JSON object: program, schedule, and "events", one a line, with names in place of ids.
std::string export_json(const Trace& trace, size_t end, std::string_view program,
                        std::string_view schedule);

// The JSON that ui.perfetto.dev and chrome://tracing open. A track for each thread (callbacks and
// calls) and each request (who owns it), a counter for each queue. Its clock is virtual time plus
// one microsecond an event, so that what happens at one virtual moment stays in order.
std::string export_perfetto(const Trace& trace, size_t end, std::string_view program);

// A sequence diagram in Mermaid: apps, queues, driver and target, and who hands what to whom.
std::string export_mermaid(const Trace& trace, size_t end);

}  // namespace qs
