// Executes a program under a schedule. Owns: Run (one live world) and execute(). Called by session,
// conform, bench and tests, on one OS thread. The same program and schedule always give
// the same trace, byte for byte.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/model.h"
#include "run/program.h"
#include "sched/chooser.h"
#include "sched/fiber.h"
#include "sched/footprint.h"
#include "trace/events/trace.h"

namespace qs::run {

// The outcome of one input of the schedule.
struct InputOutcome {
  size_t index = 0;  // in the merged list: script first, then schedule inputs, by time
  bool from_schedule = false;
  bool applied = false;
  std::string words;      // "cancel R1"
  std::string problem;    // why it was not possible here ("" when applied)
  uint32_t event = 0;     // number of its Input event
  std::string rule, why;  // what the law says of an outside act; "" for other inputs
};

// One entry per decision, ascending: the number of events before it, and its ordinal. Session uses
// it to find the ordinal of an input made while something is going on.
using Decisions = std::deque<std::pair<uint32_t, uint32_t>>;

struct Execution {
  std::shared_ptr<trace::Trace> trace;
  std::vector<InputOutcome> outcomes;
  bool ended = false;
  Decisions ordinals;
};

class Run {
 public:
  // Program and schedule must outlive it.
  Run(const Program& program, const sched::Schedule& schedule,
      sched::FiberKind fibers = sched::default_fiber_kind());
  // The same, with `chooser` in place of the schedule's picks; it must outlive the run. What each
  // step touches is noted in `footprint`, which the chooser clears.
  Run(const Program& program, const sched::Schedule& schedule, sched::Chooser& chooser,
      sched::Footprint* footprint = nullptr, sched::FiberKind fibers = sched::default_fiber_kind());
  // The same with stacks of the caller's, who may set the whole run back (base/region.h).
  Run(const Program& program, const sched::Schedule& schedule, sched::Chooser& chooser,
      sched::Footprint* footprint, sched::FiberBackend& fibers);
  ~Run();
  Run(const Run&) = delete;

  // Lets one thread go on to its next decision, or moves the clock, or applies the next input.
  // False when the run has settled for good or has ended.
  bool step();
  // Steps until step() is false.
  void finish();

  const trace::Trace& trace() const;
  std::shared_ptr<trace::Trace> shared_trace() const;
  const std::vector<InputOutcome>& outcomes() const;
  const Decisions& decisions() const;
  // Moves the whole result out, once step() is false; do not use the run after that.
  Execution take();
  bool ended() const;     // bug check, undefined misuse ... (not: settled)
  bool given_up() const;  // by its chooser
  bool asks() const;      // the next step begins with Chooser::next (Chooser::at_rest)
  // All of it lies in a region that was set back to such a moment.
  void was_set_back();
  // The state of the live objects, observed without the trace (tests compare it with the folded
  // model).
  model::Model observe() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

// Run to the end, here or where the program says (Program::elsewhere).
Execution execute(const Program& program, const sched::Schedule& schedule,
                  sched::FiberKind fibers = sched::default_fiber_kind());

}  // namespace qs::run
