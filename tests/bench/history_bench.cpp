// What a long run costs once it is there: its pictures at ten million events, any moment of it with
// very many requests alive, its files.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <ostream>
#include <streambuf>

#include "model/timeline/timeline.h"
#include "run/run.h"
#include "session/programs.h"
#include "tests/bench/long_run.h"
#include "trace/events/trace_file.h"
#include "trace/export/export.h"

using namespace qs;

namespace {

constexpr size_t kPixels = 400;  // spans a lane, as the timeline view asks for

uint64_t next(uint64_t& dice, uint64_t below) {
  dice = dice * 6364136223846793005ull + 1442695040888963407ull;
  return (dice >> 33) % below;
}

model::Timeline& long_timeline(size_t events) {
  static std::unique_ptr<model::Timeline> kept;
  if (!kept || kept->size() < events) {
    kept = std::make_unique<model::Timeline>(long_trace(events));
    kept->head();
  }
  return *kept;
}

// A part of the run, from all of it down to a thousandth, elsewhere each time.
std::pair<uint32_t, uint32_t> some_part(uint64_t& dice, size_t events) {
  const size_t width = std::max<size_t>(events >> next(dice, 11), 1);
  const size_t from = next(dice, events - width + 1);
  return {uint32_t(from), uint32_t(from + width)};
}

// The slowest is what a frame has to bear.
struct Worst {
  double ms = 0;
  template <class Work>
  void of(Work work) {
    const std::clock_t start = std::clock();
    work();
    ms = std::max(ms, 1000.0 * double(std::clock() - start) / CLOCKS_PER_SEC);
  }
};

void queue_samples(benchmark::State& state) {
  const auto events = size_t(state.range(0));
  model::Timeline& t = long_timeline(events);
  uint64_t dice = 1;
  Worst worst;
  for (auto _ : state)
    worst.of([&] {
      const auto [e0, e1] = some_part(dice, events);
      for (ObjectId queue : t.queues())
        benchmark::DoNotOptimize(t.queue_samples(queue, e0, e1, kPixels).size());
    });
  state.counters["worst_ms"] = worst.ms;
}
BENCHMARK(queue_samples)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->ArgName("events")
    ->Unit(benchmark::kMicrosecond);

void thread_spans(benchmark::State& state) {
  const auto events = size_t(state.range(0));
  model::Timeline& t = long_timeline(events);
  uint64_t dice = 1;
  Worst worst;
  for (auto _ : state)
    worst.of([&] {
      const auto [e0, e1] = some_part(dice, events);
      const size_t rows = std::min<size_t>(t.threads().size(), 20);
      for (size_t i = 0; i < rows; ++i)
        for (auto kind :
             {model::ThreadSpan::Life, model::ThreadSpan::Callback, model::ThreadSpan::Wait})
          benchmark::DoNotOptimize(
              t.thread_spans(t.threads()[t.threads().size() - 1 - i], kind, e0, e1, kPixels)
                  .size());
    });
  state.counters["worst_ms"] = worst.ms;
}
BENCHMARK(thread_spans)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->ArgName("events")
    ->Unit(benchmark::kMicrosecond);

// So many reads wait, none is completed; any moment of it, in no order.
void seek_with_alive(benchmark::State& state) {
  auto program = session::load_program("sandbox");
  if (!program) return state.SkipWithError("there is no sandbox");
  program->settings.event_limit = 100'000'000;
  program->settings.time_limit = 4'000'000'000u;
  sched::Schedule schedule;
  for (int64_t i = 0; i < state.range(0); ++i) {
    sched::Input send;
    send.kind = sched::InputKind::Send;
    send.text = "read 16 file=A";
    send.time = uint32_t(i + 1) * 1000;
    schedule.inputs.push_back(send);
  }
  const run::Execution run = run::execute(*program, schedule);
  model::Timeline timeline(*run.trace);
  timeline.head();
  uint64_t dice = 1;
  Worst worst;
  for (auto _ : state)
    worst.of([&] { benchmark::DoNotOptimize(timeline.at(next(dice, run.trace->size())).events); });
  state.counters["worst_ms"] = worst.ms;
  state.counters["bytes/event"] = double(timeline.memory_bytes()) / double(run.trace->size());
}
BENCHMARK(seek_with_alive)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Arg(125'000)
    ->ArgName("alive")
    ->Unit(benchmark::kMicrosecond);

void fold_and_index(benchmark::State& state) {
  const auto events = size_t(state.range(0));
  const auto trace = long_trace(events);
  for (auto _ : state) {
    model::Timeline t(*trace);
    benchmark::DoNotOptimize(t.head().events);
  }
  using benchmark::Counter;
  state.counters["ns/event"] =
      Counter(double(trace->size()) * 1e-9, Counter::kIsIterationInvariantRate | Counter::kInvert);
}
BENCHMARK(fold_and_index)
    ->Arg(1'000'000)
    ->Arg(10'000'000)
    ->ArgName("events")
    ->Unit(benchmark::kMillisecond);

// --- files ---

struct Nowhere : std::streambuf {
  int overflow(int c) override { return c; }
  std::streamsize xsputn(const char*, std::streamsize n) override { return n; }
};

struct Saved {
  std::shared_ptr<const trace::Trace> trace;
  std::string schedule;
};

// The run with names, texts and threads of its own that the sandbox makes.
const Saved& saved_run(int64_t events) {
  static Saved kept{std::make_shared<trace::Trace>(), ""};
  if (int64_t(kept.trace->size()) >= events) return kept;
  auto program = session::load_program("sandbox");
  if (!program) return kept;
  program->settings.event_limit = 100'000'000;
  program->settings.time_limit = 4'000'000'000u;
  sched::Schedule schedule;
  for (int64_t i = 0; i < events / 45; ++i) {
    sched::Input send, order;
    send.kind = sched::InputKind::Send;
    send.text = "read 16 file=A";
    order.kind = sched::InputKind::Order;
    order.subject = "R" + std::to_string(i + 1);
    order.text = "complete STATUS_SUCCESS 16";
    send.time = uint32_t(i + 1) * 1000;
    order.time = send.time + 100;
    schedule.inputs.push_back(send);
    schedule.inputs.push_back(order);
  }
  kept = {run::execute(*program, schedule).trace, schedule.print()};
  return kept;
}
std::shared_ptr<const trace::Trace> saved_trace(int64_t events) { return saved_run(events).trace; }

void per_event(benchmark::State& state, const trace::Trace& trace) {
  using benchmark::Counter;
  state.counters["events"] = double(trace.size());
  state.counters["ns/event"] =
      Counter(double(trace.size()) * 1e-9, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void save(benchmark::State& state) {
  const auto trace = saved_trace(state.range(0));
  size_t bytes = 0;
  for (auto _ : state) bytes = trace::encode_trace(*trace, "sandbox", "").size();
  per_event(state, *trace);
  state.counters["bytes/event"] = double(bytes) / double(trace->size());
}
void load(benchmark::State& state) {
  const auto trace = saved_trace(state.range(0));
  const std::string bytes = trace::encode_trace(*trace, "sandbox", "");
  for (auto _ : state) {
    const auto back = trace::decode_trace(bytes, "bench");
    if (!back) return state.SkipWithError(back.error().message.c_str());
  }
  per_event(state, *trace);
}
// Onto the disk: into the file that QS_BENCH_TRACE names, for open.sh. A run of 4.4 million events
// has as many inputs as a schedule may, and is made again when the file is opened.
void save_file(benchmark::State& state) {
  const Saved& run = saved_run(state.range(0));
  const char* named = std::getenv("QS_BENCH_TRACE");
  const std::string path = named ? named : "qs_bench.qst";
  for (auto _ : state)
    if (auto written = trace::write_trace_file(path, *run.trace, "sandbox", run.schedule); !written)
      return state.SkipWithError(written.error().message.c_str());
  per_event(state, *run.trace);
  if (!named) std::remove(path.c_str());
}
void to_json(benchmark::State& state) {
  const auto trace = saved_trace(state.range(0));
  Nowhere nowhere;
  std::ostream out(&nowhere);
  for (auto _ : state) trace::export_json(*trace, "sandbox", "", out);
  per_event(state, *trace);
}
void to_perfetto(benchmark::State& state) {
  const auto trace = saved_trace(state.range(0));
  Nowhere nowhere;
  std::ostream out(&nowhere);
  for (auto _ : state) trace::export_perfetto(*trace, "sandbox", out);
  per_event(state, *trace);
}
BENCHMARK(save)->Arg(100'000)->Arg(2'000'000)->ArgName("events")->Unit(benchmark::kMillisecond);
BENCHMARK(load)->Arg(100'000)->Arg(2'000'000)->ArgName("events")->Unit(benchmark::kMillisecond);
BENCHMARK(save_file)
    ->Arg(4'400'000)
    ->Arg(10'000'000)
    ->ArgName("events")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(to_json)->Arg(100'000)->ArgName("events")->Unit(benchmark::kMillisecond);
BENCHMARK(to_perfetto)->Arg(100'000)->ArgName("events")->Unit(benchmark::kMillisecond);

}  // namespace
