// A schedule that a search keeps whole, so that it can be told what comes of going another way.
// Owns: Kept, Share, and counting the one in the other. Made by Search, read by route.h and by
// whoever shows schedules; plain values.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
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
  bool has(uint64_t step) const;
};

// How many of the schedules that begin in some way end well.
struct Share {
  uint64_t well = 0, all = 0;
  bool operator==(const Share&) const = default;
};

// Before the first of these steps, and after each of them. A schedule can begin like another when
// it has all of those steps: the hash of each is that of all it depends on, too.
std::vector<Share> shares_along(std::span<const uint64_t> steps, std::span<const Kept> kept);
// After so many steps no schedule ends well anymore; nothing: there are such to the end. It is true
// only where all schedules were tried and kept.
std::optional<size_t> no_return(std::span<const Share> shares);

}  // namespace qs::explore
