// The walls around a stranger's driver. Owns: Box. Called by the runner, in this order: shut_files
// once for it and its children; in a child limit(), close_in(), then, when the driver is loaded,
// shut().
#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace qs::own {

class Box {
 public:
  Box();
  ~Box();
  Box(const Box&) = delete;

  // Once, before the others: what has to be known of this process, and how it is to end when the
  // machine runs out of memory: before others.
  static void prepare();
  // No file of this machine can be opened anymore (Landlock; where the kernel has it), and no
  // program started can have more rights than this one.
  static void shut_files();
  // Seconds of the processor, memory, no files that grow, no core dump, and the end with its
  // parent. `regions`: so many (base/region.h) are needed besides.
  static void limit(uint32_t cpu_seconds, uint32_t regions);
  // System calls that a loader makes, and no other: the next one is a SIGSYS. False: the kernel
  // has no filters.
  bool close_in();
  // Only memory, and the end (kDone) when all is written down.
  bool shut();

  // What the child ends with; any other end is not its own.
  static constexpr int kDone = 86;

 private:
  struct Filters;
  std::unique_ptr<Filters> filters_;
};

// "openat".
std::string system_call_name(int number);

}  // namespace qs::own
