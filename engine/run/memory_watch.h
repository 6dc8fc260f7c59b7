// What has been changed of the driver's memory that others may look at? Owns: MemoryWatch. Called
// by Run between two steps while somebody watches what they touch (sched/footprint.h): not each
// write is known (the framework writes where it was told to), but what has changed can be seen.
// It lies outside of the run's region (base/region.h): a copy of the run has that memory already.
#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "kmdf/core/driver_memory.h"

namespace qs::run {

class MemoryWatch {
 public:
  // Since the last call, as pieces of that many bytes. What was allocated since then nobody else
  // knows yet.
  static constexpr size_t kPiece = 8;
  std::vector<const char*> changed(const kmdf::DriverMemory& memory);
  // The run was set back to where changed() had just been called.
  void look_again(const kmdf::DriverMemory& memory);

 private:
  std::map<uint64_t, std::vector<char>> before_;  // by piece
};

}  // namespace qs::run
