// The end of a run whose devices are gone (O-15). Owns: begins_unloading(). Called by session's own
// files: what a person does at the end of such a run comes before the driver is unloaded.
#pragma once
#include "trace/events/event.h"

namespace qs::session {

// The system's thread that unloads the driver starts.
inline bool begins_unloading(const trace::Event& e) {
  return e.code == trace::EventCode::ThreadStart &&
         trace::ThreadKind(e.a) == trace::ThreadKind::Setup && e.o.kind() == ObjectKind::Driver;
}

}  // namespace qs::session
