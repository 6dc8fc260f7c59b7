#include "run/world.h"

#include "base/look.h"
#include "kmdf/core/crash.h"
#include "kmdf/core/limits.h"
#include "kmdf/core/registry.h"
#include "kmdf/core/validate.h"
#include "kmdf/core/variables.h"
#include "kmdf/device/device.h"
#include "trace/events/words.h"

namespace qs::run {

World::World(kmdf::Options options, std::shared_ptr<trace::Trace> t, sched::FiberKind fibers)
    : World(options, std::move(t), sched::fiber_backend(fibers)) {}

World::World(kmdf::Options options, std::shared_ptr<trace::Trace> t, sched::FiberBackend& fibers)
    : trace(std::move(t)), scheduler(*trace, fibers), framework(options) {
  enter();
  kmdf::catch_crashes();
  if (looks_after_every_decision()) scheduler.on_step = kmdf::validate_step;
  scheduler.call_limit = kmdf::kMostCalls;
  scheduler.on_endless = [](bool in_one_callback) { kmdf::end_after_steps(in_one_callback); };
}

World::~World() {
  enter();
  scheduler.request_stop();
}

void World::enter() {
  kmdf::rt::tls_scheduler = &scheduler;
  kmdf::set_fw(&framework);
}

sched::VThread* World::spawn(trace::ThreadKind kind, std::string_view name, ObjectId on_behalf_of,
                             uint8_t irql, std::function<void()> body) {
  return scheduler.spawn(kind, name, on_behalf_of, irql, [this, body = std::move(body)] {
    enter();
    body();
    if (scheduler.irql() >= sched::kDispatchLevel) scheduler.lower_irql(sched::kPassiveLevel);
  });
}

int32_t World::load_driver(const DriverEntry& entry, std::string* problem) {
  const auto tell = [problem](std::string text) {
    if (problem) *problem = std::move(text);
  };
  kmdf::begin_with_variables();
  auto* object = static_cast<qs_DRIVER_OBJECT*>(framework.driver_memory.allocate(512));
  auto* path =
      static_cast<qs_UNICODE_STRING*>(framework.driver_memory.allocate(sizeof(qs_UNICODE_STRING)));
  // The driver's service key (O-16).
  const std::u16string_view service = kmdf::service_path();
  path->Length = uint16_t(service.size() * 2);
  path->MaximumLength = uint16_t(path->Length + 2);
  path->Buffer = const_cast<uint16_t*>(reinterpret_cast<const uint16_t*>(service.data()));
  int32_t status;
  {
    kmdf::DriverCall call(trace::CallbackKind::DriverEntry, {}, {});
    status = entry(object, path);
  }
  driver_entered = status >= 0;
  if (status < 0) {
    tell("DriverEntry returned " + trace::status_text(status) + ", so the driver is not loaded.");
    drop_driver();
    return status;
  }
  if (!framework.driver) {
    tell("DriverEntry returned " + trace::status_text(status) +
         " without a successful WdfDriverCreate: the framework knows of no driver, and no device "
         "is added.");
    return QS_STATUS_UNSUCCESSFUL;
  }
  return add_device(tell);
}

int32_t World::add_device(const std::function<void(std::string)>& tell) {
  auto add = framework.driver->config.EvtDriverDeviceAdd;
  if (!add) return QS_STATUS_SUCCESS;
  const size_t before = framework.devices.size();
  int32_t status;
  {
    kmdf::DriverCall call(trace::CallbackKind::EvtDriverDeviceAdd, framework.driver->id, {});
    status = add(kmdf::handle<WDFDRIVER>(framework.driver),
                 reinterpret_cast<PWDFDEVICE_INIT>(kmdf::make_device_init()));
  }
  if (status < 0) {
    tell("EvtDriverDeviceAdd returned " + trace::status_text(status) +
         ", so the device is not added.");
    for (size_t i = before; i < framework.devices.size(); ++i)
      if (kmdf::Device* d = framework.devices[i]; !d->init.control) {
        kmdf::delete_object(d);
        d->removed = true;
        d->pnp = trace::DevicePnp::Removed;
        kmdf::rt::emit(trace::EventCode::DevicePnp, d->id, {}, uint32_t(trace::DevicePnp::Removed));
      }
  } else if (framework.devices.size() == before) {
    tell("EvtDriverDeviceAdd returned " + trace::status_text(status) +
         " without a successful WdfDeviceCreate: the driver has no device here.");
  }
  return status;
}

void World::drop_driver() {
  if (framework.driver) kmdf::delete_object(framework.driver);
  framework.driver = nullptr;
}

}  // namespace qs::run
