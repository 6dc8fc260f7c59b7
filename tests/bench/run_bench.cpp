// Whole runs as people make them: inputs of a schedule, through Run, with names and lines; beside
// them the same without lines. The bare framework is sequential_inline (engine_bench.cpp).
#include <benchmark/benchmark.h>

#include "model/timeline/timeline.h"
#include "run/run.h"
#include "session/programs.h"

using namespace qs;

namespace {

// Lesson 1.1's driver, which completes each read in its handler, with so many reads.
session::Opened reads(size_t count, bool lines) {
  auto opened = session::open_run("first-request");
  if (!opened) return {};
  opened->program.settings.record_lines = lines;
  for (size_t i = 0; i < count; ++i) {
    sched::Input send;
    send.kind = sched::InputKind::Send;
    send.text = "read 16 file=A";
    opened->schedule.inputs.push_back(send);
  }
  return std::move(*opened);
}

void requests_through_run(benchmark::State& state) {
  const size_t count = size_t(state.range(0));
  const session::Opened opened = reads(count, state.range(1) != 0);
  if (!opened.program.driver) return state.SkipWithError("there is no lesson 1.1");
  size_t events = 0;
  for (auto _ : state) {
    const run::Execution run = run::execute(opened.program, opened.schedule);
    events = run.trace->size();
  }
  state.SetItemsProcessed(int64_t(state.iterations()) * int64_t(count));
  state.counters["events/request"] = double(events) / double(count);
}
BENCHMARK(requests_through_run)
    ->ArgsProduct({{100, 1000, 10'000}, {0, 1}})
    ->ArgNames({"requests", "lines"})
    ->Unit(benchmark::kMillisecond);

// What a run takes in memory with all its side tables: the trace with its names and files, and the
// timeline that finds any moment of it, once it has been to the end.
void memory_of_a_run(benchmark::State& state) {
  const session::Opened opened = reads(size_t(state.range(0)), true);
  if (!opened.program.driver) return state.SkipWithError("there is no lesson 1.1");
  const run::Execution run = run::execute(opened.program, opened.schedule);
  size_t bytes = 0;
  for (auto _ : state) {
    model::Timeline timeline(*run.trace);
    timeline.head();
    // Both count the events themselves.
    bytes = timeline.memory_bytes() + run.trace->memory_bytes() -
            run.trace->size() * sizeof(trace::Event);
  }
  state.counters["bytes/event"] = double(bytes) / double(run.trace->size());
  state.counters["events"] = double(run.trace->size());
}
BENCHMARK(memory_of_a_run)->Arg(10'000)->ArgName("requests")->Unit(benchmark::kMillisecond);

}  // namespace
