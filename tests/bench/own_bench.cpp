// The loop of who works on a driver: saved, compiled, run, shown. Its parts beside it: a run alone,
// in the box and in this process; the compiler alone.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "own/boxed.h"
#include "own/own.h"
#include "run/registry.h"
#include "run/run.h"

using namespace qs;

namespace {

// The longest driver that we have: 346 lines.
constexpr const char* kDriver = "lessons/14-drain-or-purge/driver.c";

own::OwnProgram made_own() {
  std::error_code none;
  const auto here = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
  own::use_runner((here / "queuescope").string());
  auto made = own::make_own_program(kDriver);
  return made ? std::move(*made) : own::OwnProgram();
}

void own_edit_run(benchmark::State& state) {
  made_own();  // finds the compiler
  for (auto _ : state) {
    const own::OwnProgram made = made_own();
    if (!made.program) return state.SkipWithError("there is no compiler");
    benchmark::DoNotOptimize(run::execute(*made.program, {}).trace->size());
  }
}
BENCHMARK(own_edit_run)->Unit(benchmark::kMillisecond)->UseRealTime();

void own_compile(benchmark::State& state) {
  made_own();
  for (auto _ : state) benchmark::DoNotOptimize(made_own().program.has_value());
}
BENCHMARK(own_compile)->Unit(benchmark::kMillisecond)->UseRealTime();

void own_run_boxed(benchmark::State& state) {
  const own::OwnProgram made = made_own();
  if (!made.program) return state.SkipWithError("there is no compiler");
  for (auto _ : state) benchmark::DoNotOptimize(run::execute(*made.program, {}).trace->size());
}
BENCHMARK(own_run_boxed)->Unit(benchmark::kMillisecond)->UseRealTime();

void own_run_here(benchmark::State& state) {
  const own::OwnProgram made = made_own();
  if (!made.program) return state.SkipWithError("there is no compiler");
  run::Program program = *made.program;
  program.elsewhere = nullptr;
  program.driver = run::find_driver(run::compiled_drivers(), "14-drain-or-purge/driver");
  if (!program.driver) return state.SkipWithError("there is no such lesson");
  for (auto _ : state) benchmark::DoNotOptimize(run::execute(program, {}).trace->size());
}
BENCHMARK(own_run_here)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
