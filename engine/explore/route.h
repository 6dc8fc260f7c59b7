// One schedule, step by step: who went on, who else could have, and what comes of the others. Owns:
// Route, Road. Called by session and tests, on one thread.
//
// A step is the same as in path.h. What is said of others is counted in the schedules that a search
// has kept: a schedule begins with some steps when it has all of them, because the hash of a step
// is that of all it depends on, too.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "explore/kept.h"
#include "run/program.h"
#include "run/run.h"
#include "sched/chooser.h"

namespace qs::explore {

// The option of a run that looks for races in memory (U-08), as an input of a schedule.
sched::Input look_for_races();

struct RouteStep {
  sched::ChoicePoint at;          // the choice that it follows
  std::vector<sched::Move> open;  // who could go on; the first would by itself
  uint32_t chosen = 0;            // of them
  bool is_switch = false;         // as Limits::switches counts
  uint64_t hash = 0;
  size_t from = 0, to = 0;  // its events in the trace

  sched::Move move() const { return open[chosen]; }
};

struct Route {
  sched::Schedule schedule;
  bool any_time = false;  // what could come before its time is listed, too
  bool looks_for_races = true;
  std::vector<RouteStep> steps;
  run::Execution execution;

  uint32_t switches() const;
};

// Executes it. Its events are those of run::execute() under the same schedule; with
// `looks_for_races`, and its option `races=on`.
Route follow(const run::Program& program, const sched::Schedule& schedule, bool any_time,
             bool looks_for_races = true, sched::FiberKind fibers = sched::default_fiber_kind());
// The same to the end of the first `steps` steps and no further.
Route follow_to(const run::Program& program, const Route& route, size_t steps, sched::Move then,
                sched::FiberKind fibers = sched::default_fiber_kind());

// The schedule that goes like the route up to this step (from 0), where that one moves instead;
// what follows happens by itself.
sched::Schedule turned(const Route& route, size_t step, sched::Move instead);

// Before the first step of the route, and after each of them (kept.h).
std::vector<Share> shares_along(const Route& route, std::span<const Kept> kept);

// Somebody who could go on at a step.
struct Road {
  sched::Move move;
  bool taken = false;  // the route's own
  bool is_switch = false;
  Share share;                 // of the schedules that go on so
  std::vector<uint32_t> ways;  // Finding::way, of those that go wrong
  Route shown;                 // the route up to here, and this step as its last
};
std::vector<Road> roads_at(const run::Program& program, const Route& route, size_t step,
                           std::span<const Kept> kept,
                           sched::FiberKind fibers = sched::default_fiber_kind());

// How far it is from after so many steps of the route to the nearest schedule that goes wrong:
// switches that are still to be made, at least. Nothing: none of those kept begins so and goes
// wrong.
std::optional<uint32_t> switches_to_wrong(const Route& route, size_t steps,
                                          std::span<const Kept> kept);

}  // namespace qs::explore
