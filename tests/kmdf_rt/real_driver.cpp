#include "tests/kmdf_rt/real_driver.h"

#include <thread>

namespace qs::test {

using namespace qs::kmdf;

RealDriver* real_driver = nullptr;

namespace {

void read_handler(WDFQUEUE queue, WDFREQUEST request, size_t) {
  real_driver->on_read(queue, request);
}
void default_handler(WDFQUEUE queue, WDFREQUEST request) { real_driver->on_read(queue, request); }

int32_t make_queue(const RealDriver::QueueSpec& spec, bool is_default) {
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof c;
  c.DispatchType = spec.dispatch;
  c.DefaultQueue = is_default;
  c.PowerManaged = qs_WdfUseDefault;
  c.EvtIoCanceledOnQueue = spec.canceled_on_queue;
  if (spec.dispatch == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = spec.limit;
  if (spec.dispatch != qs_WdfIoQueueDispatchManual) {
    c.EvtIoRead = read_handler;
    c.EvtIoDefault = default_handler;
  }
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof a;
  a.ExecutionLevel =
      spec.passive ? qs_WdfExecutionLevelPassive : qs_WdfExecutionLevelInheritFromParent;
  a.SynchronizationScope = decltype(a.SynchronizationScope)(spec.scope);
  WDFQUEUE queue = nullptr;
  int32_t status = qs_WdfIoQueueCreate(AT, real_driver->device, &c, &a, &queue);
  real_driver->queues.push_back(queue);
  if (status >= 0 && spec.route)
    status = qs_WdfDeviceConfigureRequestDispatching(AT, real_driver->device, queue, spec.route);
  return status;
}

int32_t add_device(WDFDRIVER, PWDFDEVICE_INIT init) {
  int32_t status = qs_WdfDeviceCreate(AT, &init, nullptr, &real_driver->device);
  for (size_t i = 0; i < real_driver->specs.size() && status >= 0; ++i)
    status = make_queue(real_driver->specs[i], i == 0);
  if (status >= 0 && real_driver->on_add) real_driver->on_add(real_driver->device);
  return status;
}

}  // namespace

RealDriver::RealDriver() { real_driver = this; }

RealDriver::~RealDriver() {
  if (world) {
    rt::wait_for_workers();
    for (WDFQUEUE queue : queues) {
      uint32_t waiting = 1, owned = 1;
      qs_WdfIoQueueGetState(AT, queue, &waiting, &owned);
      CHECK(waiting == 0);
      CHECK(owned == 0);
    }
    CHECK(world->framework.alive(ObjectKind::Request).empty());
  }
  world.reset();
  real_driver = nullptr;
}

void RealDriver::start() {
  Options options;
  options.verifier = options.break_on_error = verifier;
  world = std::make_unique<RealWorld>(options);
  int32_t status = world->load_driver([](void*, void*) {
    qs_WDF_DRIVER_CONFIG config{};
    config.Size = sizeof config;
    config.EvtDriverDeviceAdd = add_device;
    return qs_WdfDriverCreate(AT, nullptr, nullptr, nullptr, &config, nullptr);
  });
  REQUIRE(status == QS_STATUS_SUCCESS);
}

void RealDriver::send(std::vector<std::unique_ptr<Sent>>& sent, int count, RequestType type) {
  for (int i = 0; i < count; ++i) {
    Io io;
    io.type = type;
    sent.push_back(std::make_unique<Sent>());
    world->send(io, *sent.back());
  }
}

void RealDriver::wait_for(const std::vector<std::unique_ptr<Sent>>& sent) {
  int wrong = 0;
  for (auto& s : sent) {
    s->wait();
    if (s->backs() != 1) ++wrong;
  }
  CHECK(wrong == 0);
}

void until(const std::function<bool()>& done) {
  while (!done()) std::this_thread::yield();
}

}  // namespace qs::test
