// Has the driver changed anything of its memory that others may look at? Owns: MemoryWatch. Called
// by Run between two steps while somebody watches what they touch (sched/footprint.h): not each
// access of the driver is known (what it has copied, what the framework writes where it was told
// to), but what has changed can be seen.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "kmdf/core/driver_memory.h"

namespace qs::run {

class MemoryWatch {
 public:
  // Since the last call. What was allocated since then nobody else knows yet.
  bool changed(const kmdf::DriverMemory& memory);

 private:
  std::map<uint64_t, std::vector<char>> before_;  // by piece
};

}  // namespace qs::run
