// One moment of a run, as the panes draw it. Owns: Kept, Moment. Made by Session::moment, read by
// everything that draws; on the window's thread.
#pragma once
#include <cstddef>
#include <memory>
#include <utility>

#include "model/model.h"
#include "model/timeline/timeline.h"
#include "trace/events/trace.h"

namespace qs::session {

// A pointer to a part of a run that keeps it alive: a command, which may put another run in its
// place, takes nothing away from who still looks at it. Made from a plain pointer (a run that
// somebody else keeps, as in tests) it keeps nothing.
template <class T>
class Kept {
 public:
  Kept() = default;
  Kept(T* kept_by_others) : part_(std::shared_ptr<T>(), kept_by_others) {}
  Kept(std::shared_ptr<T> part) : part_(std::move(part)) {}

  T* get() const { return part_.get(); }
  operator T*() const { return get(); }
  T* operator->() const { return get(); }
  T& operator*() const { return *part_; }

 private:
  std::shared_ptr<T> part_;
};

// What the panes draw. `t` in [0,1]: progress from `before` (state without the current event) to
// `after`.
struct Moment {
  Kept<const model::Model> before;
  Kept<const model::Model> after;
  Kept<const trace::Trace> trace;
  Kept<model::Timeline> timeline;
  size_t event = 0;  // number of events applied in `after` (0: nothing happened yet)
  double t = 1;
  bool playing = false, at_end = false;  // at_end: nothing but bookkeeping follows
  bool stopped_at_verdict = false;       // a break or bug check pauses playback here
};

}  // namespace qs::session
