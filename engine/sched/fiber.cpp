#include "sched/fiber.h"

#include <cstdlib>
#include <cstring>

namespace qs::sched {

FiberBackend& context_fibers();
FiberBackend& thread_fibers();

namespace {

FiberKind initial_kind() {
#ifdef QS_THREAD_FIBERS
  FiberKind kind = FiberKind::Thread;
#else
  FiberKind kind = FiberKind::Context;
#endif
  if (const char* asked = std::getenv("QS_FIBERS"))
    kind = std::strcmp(asked, "thread") == 0 ? FiberKind::Thread : FiberKind::Context;
  return kind;
}

}  // namespace

FiberBackend& fiber_backend(FiberKind kind) {
  return kind == FiberKind::Thread ? thread_fibers() : context_fibers();
}
FiberKind default_fiber_kind() {
  static const FiberKind kind = initial_kind();
  return kind;
}

}  // namespace qs::sched
