// What an input of a schedule costs, from a hundred of them to a hundred thousand: in a run, in a
// session that acts at its end, and as text. `us/input` of one row beside another says whether the
// cost grows straight.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "run/run.h"
#include "session/programs.h"
#include "session/session.h"

using namespace qs;

namespace {

run::Program sandbox() {
  auto program = session::load_program("sandbox");
  return program ? std::move(*program) : run::Program();
}

sched::Input input(sched::InputKind kind, std::string subject, std::string text, uint32_t time) {
  sched::Input out;
  out.kind = kind;
  out.subject = std::move(subject);
  out.text = std::move(text);
  out.time = time;
  return out;
}

sched::Input after(sched::Input input, const char* event, const std::string& object,
                   uint32_t delay) {
  input.anchor = std::string(event) + "(" + object + ")";
  input.anchor_count = 1;
  input.anchor_delay = delay;
  return input;
}

// What an application and the driver do with each read:
//   wait: nothing, all but the first stay in the queue;
//   cancel: its application cancels every other one while it waits;
//   answer: the driver completes each, as a workload of the sandbox with answers does.
enum class Fate : int { wait, cancel, answer };

// `inputs` of them in all, a read every millisecond.
sched::Schedule reads(size_t inputs, Fate fate) {
  sched::Schedule out;
  for (uint32_t i = 1; out.inputs.size() < inputs; ++i) {
    const std::string name = fmt::format("R{}", i);
    const uint32_t time = i * 1000;
    out.inputs.push_back(input(sched::InputKind::Send, "notepad", "read 16 file=A", time));
    if (fate == Fate::cancel && i % 2 == 0)
      out.inputs.push_back(
          after(input(sched::InputKind::Cancel, name, "", time), "send", name, 300));
    if (fate == Fate::answer)
      out.inputs.push_back(
          after(input(sched::InputKind::Order, name, "complete STATUS_SUCCESS 16", time), "own",
                name, 2000));
  }
  return out;
}

void per_input(benchmark::State& state, size_t inputs) {
  using benchmark::Counter;
  state.counters["us/input"] =
      Counter(double(inputs) * 1e-6, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

const std::vector<int64_t> kSizes{100, 1'000, 10'000, 100'000};
const std::vector<int64_t> kFates{0, 1, 2};

void run_inputs(benchmark::State& state) {
  run::Program program = sandbox();
  program.settings.event_limit = 100'000'000;
  program.settings.time_limit = 4'000'000'000u;
  const auto inputs = size_t(state.range(0));
  const sched::Schedule schedule = reads(inputs, Fate(state.range(1)));
  size_t events = 0;
  for (auto _ : state) {
    const run::Execution execution = run::execute(program, schedule);
    events = execution.trace->size();
  }
  per_input(state, inputs);
  state.counters["events"] = double(events);
}
BENCHMARK(run_inputs)
    ->ArgsProduct({kSizes, kFates})
    ->ArgNames({"inputs", "fate"})
    ->Unit(benchmark::kMillisecond);

// One more read at the end of a session that has so many inputs behind it: the run is made again,
// and what was done before finds its place.
void act_after_inputs(benchmark::State& state) {
  const auto inputs = size_t(state.range(0));
  session::Session session(sandbox(), reads(inputs, Fate(state.range(1))));
  session.apply(session::cmd::End{});
  for (auto _ : state) {
    session::cmd::Do more;
    more.input = input(sched::InputKind::Send, "", "read 16 file=A", 0);
    if (std::string why = session.apply(more); !why.empty()) state.SkipWithError(why.c_str());
    session.apply(session::cmd::End{});
  }
  per_input(state, inputs);
}
BENCHMARK(act_after_inputs)
    ->ArgsProduct({{100, 1'000, 10'000}, kFates})
    ->ArgNames({"inputs", "fate"})
    ->Unit(benchmark::kMillisecond);

// The same inputs under another mode of the queue: each is tied to what it reacted to.
void switch_after_inputs(benchmark::State& state) {
  const auto inputs = size_t(state.range(0));
  session::Session session(sandbox(), reads(inputs, Fate(state.range(1))));
  for (auto _ : state) {
    const auto schedule = session.schedule_with_dispatch("default", trace::Dispatch::Manual, 0);
    if (!schedule) state.SkipWithError("no schedule");
    benchmark::DoNotOptimize(schedule->inputs.size());
  }
  per_input(state, inputs);
}
BENCHMARK(switch_after_inputs)
    ->ArgsProduct({{100, 1'000, 10'000, 100'000}, {2}})
    ->ArgNames({"inputs", "fate"})
    ->Unit(benchmark::kMillisecond);

void parse_schedule(benchmark::State& state) {
  const auto inputs = size_t(state.range(0));
  const std::string text = reads(inputs, Fate::answer).print();
  for (auto _ : state) benchmark::DoNotOptimize(sched::Schedule::parse(text)->inputs.size());
  per_input(state, inputs);
}
BENCHMARK(parse_schedule)
    ->ArgsProduct({kSizes})
    ->ArgNames({"inputs"})
    ->Unit(benchmark::kMillisecond);

void print_schedule(benchmark::State& state) {
  const auto inputs = size_t(state.range(0));
  const sched::Schedule schedule = reads(inputs, Fate::answer);
  for (auto _ : state) benchmark::DoNotOptimize(schedule.print().size());
  per_input(state, inputs);
}
BENCHMARK(print_schedule)
    ->ArgsProduct({kSizes})
    ->ArgNames({"inputs"})
    ->Unit(benchmark::kMillisecond);

}  // namespace
