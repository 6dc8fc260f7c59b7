#include "trace/export/teaching.h"

namespace qs::trace {

bool is_telling(const Event& event) {
  switch (event.code) {
    case EventCode::TimerArm:
    case EventCode::TimerStop:
    case EventCode::ThreadStart:
    case EventCode::ThreadEnd:
    case EventCode::ThreadWake:
    case EventCode::LockRelease:
    case EventCode::Data:
    case EventCode::DebugText:
    case EventCode::CallLeave: return false;
    default: break;
  }
  const EventLevel level = event_level(event.code);
  return level != EventLevel::Line && level != EventLevel::Detail && level != EventLevel::Meta;
}

size_t narrated_event(const Trace& trace, size_t events) {
  for (size_t i = events; i > 0; --i)
    if (is_telling(trace[i - 1])) return i - 1;
  return events - 1;
}

}  // namespace qs::trace
