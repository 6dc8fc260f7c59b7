// Stacks that can be parked and resumed. Owns: Fiber, FiberBackend and its two implementations
// (Boost.Context, and one OS thread each for sanitizers and debuggers). Called only by Scheduler,
// from the run's OS thread.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>

#include "base/region.h"

namespace qs::sched {

class Fiber;  // one stack; made and owned by a backend

// Both backends behave alike: the resumer waits until the fiber suspends or ends.
class FiberBackend {
 public:
  virtual ~FiberBackend() = default;
  // A fiber that will run `body` at the first resume().
  virtual Fiber* create(std::function<void()> body) = 0;
  // Lets the fiber go on; returns true when its body has ended (the fiber is gone then).
  virtual bool resume(Fiber* fiber) = 0;
  // Called inside a fiber: back to the resumer.
  virtual void suspend() = 0;
  // Drops a suspended fiber without unwinding its frames (they may be C frames).
  virtual void abandon(Fiber* fiber) = 0;
  virtual const char* name() const = 0;
};

// What a fiber's stack has; one with an OS thread of its own has more.
constexpr size_t kStackBytes = 512 * 1024;

enum class FiberKind { Context, Thread };

// Stacks in a region (base/region.h), so that runs can be set back; Boost.Context. The backend
// lies in the region itself: make it inside.
std::unique_ptr<FiberBackend> make_region_fibers(Region& region);

// The process-wide backend of that kind, for this OS thread.
FiberBackend& fiber_backend(FiberKind kind);
// What new runs use: Context, or Thread when built with sanitizers or asked by QS_FIBERS=thread.
FiberKind default_fiber_kind();

}  // namespace qs::sched
