// How fast the framework, the scheduler and the model are: traced, under the controlled scheduler.
#include <benchmark/benchmark.h>

#include "kmdf/request/io_manager.h"
#include "model/timeline/timeline.h"
#include "run/world.h"
#include "tests/bench/long_run.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

void complete_at_once(WDFQUEUE, WDFREQUEST request, size_t) {
  qs_WdfRequestComplete(nullptr, 0, request, QS_STATUS_SUCCESS);
}

int32_t device_add_with(WDFDEVICE* out, PWDFDEVICE_INIT init, int32_t dispatch) {
  int32_t status = qs_WdfDeviceCreate(nullptr, 0, &init, nullptr, out);
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof(c);
  c.DispatchType = dispatch;
  c.DefaultQueue = 1;
  c.PowerManaged = qs_WdfFalse;
  c.EvtIoRead = complete_at_once;
  if (dispatch == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = 0xFFFFFFFFu;
  if (status >= 0) status = qs_WdfIoQueueCreate(nullptr, 0, *out, &c, nullptr, nullptr);
  return status;
}

int32_t add_sequential(WDFDRIVER, PWDFDEVICE_INIT init) {
  WDFDEVICE d;
  return device_add_with(&d, init, qs_WdfIoQueueDispatchSequential);
}
int32_t add_parallel(WDFDRIVER, PWDFDEVICE_INIT init) {
  WDFDEVICE d;
  return device_add_with(&d, init, qs_WdfIoQueueDispatchParallel);
}

// A world whose driver completes every read in its handler.
std::unique_ptr<run::World> make_world(bool parallel) {
  Options options;
  options.verifier = false;
  options.break_on_error = false;
  options.record_lines = false;
  auto world = std::make_unique<run::World>(options, std::make_shared<trace::Trace>());
  world->spawn(trace::ThreadKind::Setup, "setup", {}, sched::kPassiveLevel, [&] {
    world->load_driver([parallel](void*, void*) {
      qs_WDF_DRIVER_CONFIG config{};
      config.Size = sizeof(config);
      config.EvtDriverDeviceAdd = parallel ? add_parallel : add_sequential;
      return qs_WdfDriverCreate(nullptr, 0, nullptr, nullptr, nullptr, &config, nullptr);
    });
  });
  world->settle();
  return world;
}

constexpr int kRequests = 20'000;

void send_reads(run::World& world, int count) {
  Device* device = world.framework.devices.front();
  world.spawn(trace::ThreadKind::App, "app", {}, sched::kPassiveLevel, [device, count] {
    for (int i = 0; i < count; ++i)
      send_irp(device, make_irp(trace::RequestType::Read, 1, 0, nullptr, {}));
  });
  world.settle();
}

void requests(benchmark::State& state, bool parallel) {
  for (auto _ : state) {
    state.PauseTiming();
    auto world = make_world(parallel);
    state.ResumeTiming();
    send_reads(*world, kRequests);
    state.PauseTiming();
    state.counters["events/request"] = double(world->trace->size()) / kRequests;
    world.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(int64_t(state.iterations()) * kRequests);
}

void sequential_inline(benchmark::State& state) { requests(state, false); }
void parallel_inline(benchmark::State& state) { requests(state, true); }
BENCHMARK(sequential_inline)->Unit(benchmark::kMillisecond);
BENCHMARK(parallel_inline)->Unit(benchmark::kMillisecond);

// One way: into a fiber or out of it.
void context_switch(benchmark::State& state) {
  sched::FiberBackend& fibers = sched::fiber_backend(sched::FiberKind::Context);
  sched::Fiber* f = fibers.create([&] {
    for (;;) fibers.suspend();
  });
  for (auto _ : state) fibers.resume(f);
  fibers.abandon(f);
  state.SetItemsProcessed(int64_t(state.iterations()) * 2);
}
BENCHMARK(context_switch);

}  // namespace

std::shared_ptr<trace::Trace> long_trace(size_t events) {
  static std::shared_ptr<trace::Trace> kept;
  if (!kept || kept->size() < events) {
    auto world = make_world(false);
    while (world->trace->size() < events)
      send_reads(*world, int(std::max<size_t>(10'000, (events - world->trace->size()) / 20)));
    kept = world->trace;
  }
  return kept;
}

namespace {

void fold_event(benchmark::State& state) {
  auto trace = long_trace(200'000);
  for (auto _ : state) {
    model::Model model;
    for (size_t i = 0; i < 200'000; ++i) model::apply(model, (*trace)[i]);
    benchmark::DoNotOptimize(model);
  }
  state.SetItemsProcessed(int64_t(state.iterations()) * 200'000);
}
BENCHMARK(fold_event)->Unit(benchmark::kMillisecond);

// Anywhere in a trace of a million events, in no order.
void seek_in_a_million(benchmark::State& state) {
  auto trace = long_trace(1'000'000);
  model::Timeline timeline(*trace);
  timeline.head();
  uint64_t dice = 1;
  for (auto _ : state) {
    dice = dice * 6364136223846793005ull + 1442695040888963407ull;
    benchmark::DoNotOptimize(timeline.at((dice >> 33) % trace->size()).events);
  }
  state.counters["bytes/event"] = double(timeline.memory_bytes()) / double(trace->size());
}
BENCHMARK(seek_in_a_million)->Unit(benchmark::kMicrosecond);

}  // namespace
