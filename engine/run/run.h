// Executes a program under a schedule. Owns: Run (one live world) and execute(). Called by session,
// explore, conform, bench and tests, on one OS thread. The same program and schedule always give
// the same trace, byte for byte.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/model.h"
#include "run/program.h"
#include "sched/fiber.h"
#include "trace/trace.h"

namespace qs {

// What became of one input of the schedule.
struct InputOutcome {
  size_t index = 0;  // in the merged list: script first, then schedule inputs, by time
  bool from_schedule = false;
  bool applied = false;
  std::string words;      // "cancel R1"
  std::string problem;    // why it was not possible here ("" when applied)
  uint32_t event = 0;     // number of its Input event
  std::string rule, why;  // what the law says of an act of somebody outside; "" for other inputs
};

class Run {
 public:
  Run(const Program& program, const Schedule& schedule, FiberKind fibers = default_fiber_kind());
  ~Run();
  Run(const Run&) = delete;

  // Lets one thread go on to its next decision, or moves the clock, or applies the next input.
  // False when the run has settled for good or has ended.
  bool step();
  // Steps until step() is false.
  void finish();

  const Trace& trace() const;
  std::shared_ptr<Trace> shared_trace() const;
  const std::vector<InputOutcome>& outcomes() const;
  // At which event each decision was taken: {number of events before it, ordinal}.
  const std::vector<std::pair<uint32_t, uint64_t>>& decisions() const;
  bool ended() const;  // bug check, undefined misuse ... (not: settled)
  // The state of the live objects, observed without the trace (tests compare it with the folded
  // model).
  Model observe() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

struct Execution {
  std::shared_ptr<Trace> trace;
  std::vector<InputOutcome> outcomes;
  bool ended = false;
  // One entry a decision: number of events before it, and its ordinal; ascending. Session finds the
  // ordinal of an input that is made in the middle of something with it.
  std::vector<std::pair<uint32_t, uint64_t>> ordinals;
};

// Run to the end.
Execution execute(const Program& program, const Schedule& schedule,
                  FiberKind fibers = default_fiber_kind());

}  // namespace qs
