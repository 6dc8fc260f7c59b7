// A schedule that a search keeps whole, so that it can be told what comes of going another way.
// Owns: Kept, Share. Made by Search, read by route.h and by whoever shows schedules; plain values.
#pragma once
#include <cstdint>
#include <vector>

#include "sched/schedule.h"

namespace qs::explore {

struct Kept {
  std::vector<uint64_t> steps;  // their hashes (path.h), sorted
  // The way to it with the fewest switches that was met.
  std::vector<sched::Pick> picks;
  uint32_t switches = 0;
  std::vector<uint32_t> ways;  // Finding::way, of all it goes wrong by; empty: it ends well
  bool wrong() const { return !ways.empty(); }
};

// How many of the schedules that begin in some way end well.
struct Share {
  uint64_t well = 0, all = 0;
  bool operator==(const Share&) const = default;
};

}  // namespace qs::explore
