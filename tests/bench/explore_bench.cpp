// The search of all schedules: how many are executed a second, and what the reduction saves.
#include <benchmark/benchmark.h>

#include "explore/search.h"
#include "session/programs.h"

using namespace qs;

namespace {

// items: executions. `any`: inputs and hardware in any order.
void search_lesson(benchmark::State& state, const char* lesson, bool any) {
  const auto program = session::load_program(lesson);
  if (!program) return state.SkipWithError("no such lesson");
  explore::Limits limits;
  limits.any_time = any;
  uint64_t made = 0, schedules = 0;
  for (auto _ : state) {
    explore::Search search(*program, {}, limits);
    search.step(2000);
    const explore::Report report = search.report();
    made += report.executions;
    schedules += report.schedules;
  }
  state.SetItemsProcessed(int64_t(made));
  state.counters["schedules"] = double(schedules) / double(state.iterations());
}

}  // namespace

BENCHMARK_CAPTURE(search_lesson, parallel, "05-parallel-dispatch", false);
BENCHMARK_CAPTURE(search_lesson, sent_any_time, "20-cancel-sent-request", true);
BENCHMARK_CAPTURE(search_lesson, inverted_any_time, "22-inverted-call", true);
BENCHMARK_CAPTURE(search_lesson, cancelable_any_time, "11-mark-cancelable", true);
