// Requests per second on real threads: N senders on M queues of one device, every read completed in
// its handler. Read tests/bench/README.md for how to compare the rows.
#include <benchmark/benchmark.h>

#include <memory>

#include "kmdf/real_world.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

struct Setup {
  int32_t dispatch;
  bool two_queues;
} setup;

void complete_read(WDFQUEUE, WDFREQUEST request, size_t) {
  qs_WdfRequestComplete(nullptr, 0, request, QS_STATUS_SUCCESS);
}

int32_t make_queue_for(WDFDEVICE device, bool default_queue, WDFQUEUE* out) {
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof(c);
  c.DispatchType = setup.dispatch;
  c.DefaultQueue = default_queue;
  c.PowerManaged = qs_WdfFalse;
  (default_queue ? c.EvtIoRead : c.EvtIoWrite) = complete_read;
  if (setup.dispatch == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = 0xFFFFFFFFu;
  return qs_WdfIoQueueCreate(nullptr, 0, device, &c, nullptr, out);
}

int32_t add_device(WDFDRIVER, PWDFDEVICE_INIT init) {
  WDFDEVICE device;
  int32_t status = qs_WdfDeviceCreate(nullptr, 0, &init, nullptr, &device);
  WDFQUEUE queue;
  if (status >= 0) status = make_queue_for(device, true, &queue);
  if (status < 0 || !setup.two_queues) return status;
  status = make_queue_for(device, false, &queue);
  if (status >= 0)
    status =
        qs_WdfDeviceConfigureRequestDispatching(nullptr, 0, device, queue, qs_WdfRequestTypeWrite);
  return status;
}

std::unique_ptr<RealWorld> world;

void start(const benchmark::State& state) {
  setup = {state.range(1) ? int32_t(qs_WdfIoQueueDispatchParallel)
                          : int32_t(qs_WdfIoQueueDispatchSequential),
           state.range(0) == 2};
  Options options;
  options.verifier = false;
  options.break_on_error = false;
  world = std::make_unique<RealWorld>(options);
  int32_t status = world->load_driver([](void*, void*) {
    qs_WDF_DRIVER_CONFIG config{};
    config.Size = sizeof(config);
    config.EvtDriverDeviceAdd = add_device;
    return qs_WdfDriverCreate(nullptr, 0, nullptr, nullptr, nullptr, &config, nullptr);
  });
  if (status < 0) std::abort();
}

// Every request has come back when its sender's call returns or, on a busy queue, when the call
// that holds the queue returns: after the last call nothing is left.
void stop(const benchmark::State&) {
  for (const Queue* q : world->device()->queues)
    if (q->waiting.count() != 0 || q->owned_count != 0) std::abort();
  world.reset();
}

// With two queues the second thread, or every second request of the only one, writes: writes go to
// the second queue.
void requests(benchmark::State& state) {
  const bool two_queues = state.range(0) == 2, only = state.threads() == 1;
  Io io;
  if (two_queues && state.thread_index() == 1) io.type = RequestType::Write;
  uint64_t sent = 0;
  for (auto _ : state) {
    if (two_queues && only) io.type = sent & 1 ? RequestType::Write : RequestType::Read;
    world->send(
        io, [](const Irp&, void*) {}, nullptr);
    ++sent;
  }
  state.SetItemsProcessed(int64_t(sent));
}

}  // namespace

BENCHMARK(requests)
    ->ArgNames({"queues", "parallel"})
    ->ArgsProduct({{1, 2}, {0, 1}})
    ->Threads(1)
    ->Threads(2)
    ->Setup(start)
    ->Teardown(stop)
    ->UseRealTime();
