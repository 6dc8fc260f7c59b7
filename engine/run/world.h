// One live world: trace, scheduler, framework, and a loaded driver. Owns: World. Run builds on it
// (programs, inputs, clock); the conformance runner and tests use it directly to make calls on
// virtual threads of their own.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kmdf/core/framework.h"
#include "sched/fiber.h"
#include "sched/scheduler.h"
#include "trace/events/trace.h"

namespace qs::run {

class World {
 public:
  using DriverEntry = std::function<int32_t(void* driver_object, void* registry_path)>;

  World(kmdf::Options options, std::shared_ptr<trace::Trace> trace,
        sched::FiberKind fibers = sched::default_fiber_kind());
  World(kmdf::Options options, std::shared_ptr<trace::Trace> trace, sched::FiberBackend& fibers);
  ~World();
  World(const World&) = delete;

  // A virtual thread that works in this world. `irql`: PASSIVE_LEVEL or DISPATCH_LEVEL at its
  // start; it drops to PASSIVE_LEVEL, running queued DPCs, when `body` returns.
  sched::VThread* spawn(trace::ThreadKind kind, std::string_view name, ObjectId on_behalf_of,
                        uint8_t irql, std::function<void()> body);
  // Calls DriverEntry, then EvtDriverDeviceAdd for one PnP device, inside the running virtual
  // thread. NTSTATUS; `problem`, if given, becomes what went wrong, "" when nothing did.
  int32_t load_driver(const DriverEntry& entry, std::string* problem = nullptr);
  // Lets threads run until none can move.
  void settle() { scheduler.run_ready(); }
  // Makes this world the one that the C API of the calling OS thread works on (done by spawn for
  // virtual threads).
  void enter();
  bool ended() const { return framework.ended; }
  bool driver_entered = false;  // DriverEntry has succeeded

  std::shared_ptr<trace::Trace> trace;
  sched::Scheduler scheduler;
  kmdf::Framework framework;

 private:
  int32_t add_device(const std::function<void(std::string)>& tell);
  void drop_driver();
};

}  // namespace qs::run
