// What one step of a run has touched. Owns: Footprint. Written by Scheduler and kmdf while somebody
// watches (Scheduler::watch), read by the search of schedules: steps that touch nothing in common
// come to the same in either order. Whoever changes or reads what other threads may change says so
// here; events do it for the objects that they are about.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/region.h"

namespace qs::sched {

struct Footprint {
  // What is no object: above all ids.
  // Whatever driver code may touch. It reads all of it; whether it has changed any, is looked up
  // (run/memory_watch.h).
  static constexpr uint64_t kDriverMemory = uint64_t(1) << 32;
  static constexpr uint64_t kDpcs = kDriverMemory + 1;          // DPCs that wait for an IRQL
  static constexpr uint64_t kWorld = kDriverMemory + 2;         // memory left, options
  static constexpr uint64_t kNumbers = uint64_t(2) << 32;       // + ObjectKind: who gets which id
  static constexpr uint64_t kStreams = uint64_t(3) << 32;       // + who makes an input

  struct Touch {
    uint64_t key;
    bool write;
    bool operator==(const Touch&) const = default;
  };
  template <class T>
  using List = std::vector<T, OutsideAllocator<T>>;  // of the search, not of the run
  List<Touch> touches;                               // in the order of the step, with repetitions
  List<uint32_t> threads;                            // made by the step
  List<uint32_t> woken;                              // could not go on before it
  List<uint64_t> entries;                            // put on the clock by it
  bool moved_clock = false;

  void touch(uint64_t key, bool write) {
    for (size_t i = touches.size(); i-- > 0 && i + 4 > touches.size();)
      if (touches[i].key == key && touches[i].write >= write) return;
    touches.push_back({key, write});
  }
  void clear() {
    touches.clear();
    threads.clear();
    woken.clear();
    entries.clear();
    moved_clock = false;
  }
  // Sorted, each key once.
  void tidy() {
    std::sort(touches.begin(), touches.end(), [](const Touch& a, const Touch& b) {
      return a.key != b.key ? a.key < b.key : a.write > b.write;
    });
    touches.erase(std::unique(touches.begin(), touches.end(),
                              [](const Touch& a, const Touch& b) { return a.key == b.key; }),
                  touches.end());
  }
};

}  // namespace qs::sched
