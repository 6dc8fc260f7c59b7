// Traces in other people's formats. Owns: JSON lines of events, Chrome/Perfetto JSON, Mermaid
// sequence diagrams. Called by the command line and by the window's "export". Writes to a stream;
// any thread.
#pragma once
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

#include "trace/events/trace.h"

namespace qs::trace {

// Which events: [from, to), clamped to the trace.
struct ExportRange {
  size_t from = 0;
  size_t to = size_t(-1);
};

// One object with "format", "version", "program", "schedule" and "events"; each event an object on
// a line of its own: n (from 1), time (microseconds), thread, irql, event, s, o, a, b, c, site,
// text (the sentence).
void export_json(const Trace& trace, std::string_view program, std::string_view schedule,
                 std::ostream& out, ExportRange range = {});

// For ui.perfetto.dev and chrome://tracing. Virtual threads are tracks with their callbacks and
// calls nested, requests are asynchronous tracks that show who owns them, queues are counters of
// waiting and owned. In virtual time most code takes none, so each event is drawn 10 nanoseconds
// after the one before it.
void export_perfetto(const Trace& trace, std::string_view program, std::ostream& out,
                     ExportRange range = {});

// A Mermaid sequence diagram of who hands which request to whom; at most `limit` messages, then a
// note says so.
void export_mermaid(const Trace& trace, std::ostream& out, ExportRange range = {},
                    size_t limit = 200);

}  // namespace qs::trace
