// One sentence for each event, the same in the window and in the terminal. Owns: the template
// language of events.inc and the one-line form of an event. Called by views, log and command line;
// any thread.
#pragma once
#include <string>
#include <unordered_map>

#include "trace/events/trace.h"

namespace qs::trace {

// Names that stand for those of the trace: the function that a thread runs, where the sources tell.
using ShownNames = std::unordered_map<ObjectId, std::string>;
// The one that stands for this object, else that of the trace.
std::string shown_name(const Trace& trace, ObjectId id, const ShownNames* names);
// A callback and what it is called for: "EvtIoRead(R1)"; the function of a timer, a DPC or a work
// item by its own name: "EvtTransferDone (DPC)". `callback`: its name without that.
std::string called_words(const Trace& trace, const char* callback, ObjectId about,
                         const ShownNames* names);

// A short, exact sentence ("R1 waits in the default queue, at the tail. The framework owns it.").
// `event` < trace.size(), or "".
std::string narrate(const Trace& trace, size_t event, const ShownNames* names = nullptr);
// The same for an event that is not (or not yet) in the trace; `trace` gives the names.
std::string narrate(const Trace& trace, const Event& event, const ShownNames* names = nullptr);

// One line of a printed trace: number (the first event is 1), time, thread, IRQL, code, arguments,
// sentence. Columns are aligned.
std::string print_event(const Trace& trace, size_t event);
// Only the arguments: "R1 default a=2 b=16", ids as names.
std::string print_arguments(const Trace& trace, const Event& event);

}  // namespace qs::trace
