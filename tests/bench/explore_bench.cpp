// The search of all schedules: how many are executed a second, how much of each is not made again,
// and what the reduction saves.
#include <benchmark/benchmark.h>

#include "explore/luck.h"
#include "explore/search.h"
#include "session/programs.h"

using namespace qs;

namespace {

explore::Limits limits_of(bool any) {
  explore::Limits limits;
  limits.any_time = any;
  return limits;
}

benchmark::Counter rate(uint64_t number) {
  return benchmark::Counter(double(number), benchmark::Counter::kIsRate);
}

// items: executions. `any`: inputs and hardware in any order. `from_start`: on fibers that cannot
// be set back, so that each execution is made from the beginning.
void search_lesson(benchmark::State& state, const char* lesson, bool any, bool from_start) {
  const auto program = session::load_program(lesson);
  if (!program) return state.SkipWithError("no such lesson");
  uint64_t made = 0, schedules = 0, steps = 0, saved = 0, copies = 0, copied = 0;
  const uint64_t executions = from_start ? 500 : 20'000;
  const auto kind = from_start ? sched::FiberKind::Thread : sched::FiberKind::Context;
  for (auto _ : state) {
    explore::Search search(*program, {}, limits_of(any), kind);
    search.step(executions);
    const explore::Progress now = search.progress();
    made += now.executions;
    schedules += now.schedules;
    steps += search.steps();
    saved += search.steps_saved();
    copies += search.copies();
    copied += search.copied();
  }
  state.SetItemsProcessed(int64_t(made));
  state.counters["schedules"] = rate(schedules);
  state.counters["decisions"] = rate(steps);
  state.counters["saved"] = double(saved) / double(steps);
  state.counters["copy_bytes"] = copies == 0 ? 0 : double(copied) / double(copies);
}

// items: states, which are choices made, of as many executions. What one costs does not depend on
// how many there are.
void cost_of_states(benchmark::State& state, const char* lesson) {
  const auto program = session::load_program(lesson);
  if (!program) return state.SkipWithError("no such lesson");
  uint64_t states = 0;
  for (auto _ : state) {
    explore::Search search(*program, {}, limits_of(true));
    search.step(uint64_t(state.range(0)));
    states += search.steps();
  }
  state.SetItemsProcessed(int64_t(states));
}

// items: random schedules, each from where the program has come to rest first.
void by_luck(benchmark::State& state, const char* lesson) {
  const auto program = session::load_program(lesson);
  if (!program) return state.SkipWithError("no such lesson");
  for (auto _ : state)
    benchmark::DoNotOptimize(explore::by_luck(*program, {}, limits_of(true), 1000));
  state.SetItemsProcessed(int64_t(state.iterations()) * 1000);
}

// Executions with at most one switch: of plain enumeration, and of the search.
void reduction(benchmark::State& state, const char* lesson, bool any) {
  const auto program = session::load_program(lesson);
  if (!program) return state.SkipWithError("no such lesson");
  explore::Limits limits = limits_of(any);
  limits.switches = 1;
  constexpr uint64_t kMost = 20'000;
  uint64_t plain = 0, searched = 0, schedules = 0;
  for (auto _ : state) {
    (void)explore::enumerate(*program, {}, limits, kMost, &plain);
    explore::Search search(*program, {}, limits);
    while (search.step(1000)) {}
    searched = search.progress().executions;
    schedules = search.progress().schedules;
  }
  state.counters["plain"] = double(plain);
  state.counters["searched"] = double(searched);
  state.counters["schedules"] = double(schedules);
}

}  // namespace

BENCHMARK_CAPTURE(search_lesson, parallel, "05-parallel-dispatch", false, false);
BENCHMARK_CAPTURE(search_lesson, sent_any_time, "20-cancel-sent-request", true, false);
BENCHMARK_CAPTURE(search_lesson, inverted_any_time, "22-inverted-call", true, false);
BENCHMARK_CAPTURE(search_lesson, cancelable_any_time, "11-mark-cancelable", true, false);
BENCHMARK_CAPTURE(search_lesson, cancelable_from_start, "11-mark-cancelable", true, true);
BENCHMARK_CAPTURE(cost_of_states, cancelable_any_time, "11-mark-cancelable")
    ->Arg(2'000)
    ->Arg(8'000)
    ->Arg(32'000)
    ->Arg(128'000);
BENCHMARK_CAPTURE(by_luck, cancelable, "11-mark-cancelable");
BENCHMARK_CAPTURE(reduction, sequential_any_time, "04-sequential-dispatch", true);
BENCHMARK_CAPTURE(reduction, parallel, "05-parallel-dispatch", false);
