// Requests made by a generator: how many, how fast, of which kinds, and what happens to them. Owns:
// Workload, make_workload. The result is ordinary inputs of a schedule, so a run with them
// replays, prints and is edited like any other; the same Workload always makes the same ones.
// Called by session and tests, any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "run/program.h"

namespace qs::session {

struct Workload {
  uint32_t count = 20;                              // requests, 1 .. kMostRequests
  uint32_t rate = 1000;                             // a second of virtual time, 1 .. 1,000,000
  uint32_t burst = 1;                               // this many at the same moment, 1 .. 100
  uint32_t reads = 60, writes = 30, controls = 10;  // the mix, as weights
  uint32_t length = 16;                             // bytes of each, up to 1 MiB
  uint32_t cancels = 0;                             // percent canceled by their application
  uint32_t seed = 1;
  bool answers = false;       // the driver completes each, `answer_us` after it owns it
  uint32_t answer_us = 2000;  // virtual microseconds
  bool at_dispatch = false;   // sent at DISPATCH_LEVEL
  // Where it begins: virtual microseconds, and how many of each kind were sent before (their names
  // go on from there: R5 ...).
  uint32_t start_us = 0;
  uint32_t sent_reads = 0, sent_writes = 0, sent_controls = 0;
  bool operator==(const Workload&) const = default;
};
constexpr uint32_t kMostRequests = 1000;

// In order of time. Senders are the program's applications in turn, each through its own first
// handle or, without one, another application's.
std::vector<sched::Input> make_workload(const Workload& workload, const run::Program& program);
// With every value clamped to what is allowed.
Workload clamped(Workload workload);

// A workload that is part of a schedule: the inputs it made are there in a row.
struct PlacedWorkload {
  Workload workload;
  std::vector<sched::Input> inputs;
};
// Where the inputs are in `all`; none when some are missing.
std::optional<size_t> place_of(const std::vector<sched::Input>& inputs,
                               const std::vector<sched::Input>& all);

}  // namespace qs::session
