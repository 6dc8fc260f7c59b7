// Whether numbers from outside are valid in an event. Owns: EventCheck. Used by the
// reader of trace files, which asks it for every event there is.
#pragma once
#include <array>
#include <cstdint>

#include "trace/events/trace.h"

namespace qs::trace {

// For the events of one trace, whose texts and source files are all there already.
class EventCheck {
 public:
  explicit EventCheck(const Trace& trace);

  // Exactly when check_event() has nothing to say.
  bool ok(const Event& e) const {
    if (e.code >= EventCode::Count) return false;
    const Bounds& b = bounds_[size_t(e.code)];
    const bool in_bounds =
        is_id(e.s) && is_id(e.o) && e.site.file() < files_ && e.a <= b.last_a && e.b <= b.last_b;
    return in_bounds && (!b.more || more_ok(e));
  }

 private:
  struct Bounds {
    uint32_t last_a = UINT32_MAX, last_b = UINT32_MAX;
    bool more = false;  // there is more to look at
  };
  static bool is_id(ObjectId id) {
    return id.raw == 0 ||
           uint32_t(id.kind()) - 1 < uint32_t(ObjectKind::Count) - 1;  // None wraps around
  }
  bool more_ok(const Event& e) const;

  const Trace& trace_;
  size_t files_;
  std::array<Bounds, size_t(EventCode::Count)> bounds_;
};

}  // namespace qs::trace
