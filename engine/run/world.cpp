#include "run/world.h"

#include "kmdf/limits.h"

namespace qs {

World::World(kmdf::Options options, std::shared_ptr<Trace> t, FiberKind fibers)
    : trace(std::move(t)), scheduler(*trace, fiber_backend(fibers)), framework(options) {
  enter();
  scheduler.on_endless = [](bool in_one_callback) { kmdf::end_after_steps(in_one_callback); };
}

World::~World() {
  enter();
  scheduler.request_stop();
}

void World::enter() {
  rt::tls_scheduler = &scheduler;
  kmdf::set_fw(&framework);
}

VThread* World::spawn(ThreadKind kind, std::string_view name, ObjectId on_behalf_of, uint8_t irql,
                      std::function<void()> body) {
  return scheduler.spawn(kind, name, on_behalf_of, irql, [this, body = std::move(body)] {
    enter();
    body();
    if (scheduler.irql() >= kDispatchLevel) scheduler.lower_irql(kPassiveLevel);
  });
}

int32_t World::load_driver(const DriverEntry& entry) {
  using namespace kmdf;
  auto* object = static_cast<qs_DRIVER_OBJECT*>(framework.arena.allocate(512, 16));
  auto* path = static_cast<qs_UNICODE_STRING*>(framework.arena.allocate(sizeof(qs_UNICODE_STRING)));
  int32_t status;
  {
    DriverCall call(CallbackKind::DriverEntry, {}, {});
    status = entry(object, path);
  }
  driver_entered = status >= 0;
  if (status < 0 || !framework.driver) return status < 0 ? status : QS_STATUS_UNSUCCESSFUL;
  auto add = framework.driver->config.EvtDriverDeviceAdd;
  if (!add) return status;
  DriverCall call(CallbackKind::EvtDriverDeviceAdd, framework.driver->id, {});
  return add(handle<WDFDRIVER>(framework.driver),
             reinterpret_cast<PWDFDEVICE_INIT>(make_device_init()));
}

}  // namespace qs
