// What one step of a run has touched. Owns: Use, Footprint. Written by Scheduler and kmdf while
// somebody watches (Scheduler::watch), read by the search of schedules: steps that touch nothing in
// common come to the same in either order. Whoever changes or reads what other threads may change
// says so here; events do it for the objects that they are about.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "base/region.h"

namespace qs::sched {

// Counts: it adds to a number, or takes from it, and does not look at what comes of it; those come
// to the same in either order.
enum class Use : uint8_t { Reads, Counts, Changes };
constexpr bool depend(Use a, Use b) { return a != b || a == Use::Changes; }

struct Footprint {
  // What is no object: above all ids.
  // All memory that driver code may touch. Whoever touches a piece of it (kAddress) reads this;
  // whoever may touch more than is known changes it.
  static constexpr uint64_t kDriverMemory = uint64_t(1) << 32;
  static constexpr uint64_t kDpcs = kDriverMemory + 1;     // DPCs that wait for an IRQL
  static constexpr uint64_t kWorld = kDriverMemory + 2;    // memory left, options
  static constexpr uint64_t kAnswers = kDriverMemory + 3;  // the order in which they come
  static constexpr uint64_t kNumbers = uint64_t(2) << 32;  // + ObjectKind: who gets which id
  static constexpr uint64_t kStreams = uint64_t(3) << 32;  // + who makes an input
  static constexpr uint64_t kExists = uint64_t(4) << 32;   // + object: is its handle still good?
  // + application or file: how much it has on its way.
  static constexpr uint64_t kOnItsWay = uint64_t(5) << 32;
  static constexpr uint64_t kFinished = uint64_t(6) << 32;  // + device: what its hardware has done
  static constexpr uint64_t kEntries = uint64_t(7) << 32;   // + entry of the clock: is it there?
  // + piece of memory: by offset, on a thread's stack, or of the program (kmdf/core/accesses.cpp).
  static constexpr uint64_t kAddress = uint64_t(1) << 63;

  struct Touch {
    uint64_t key;
    Use use;
    bool operator==(const Touch&) const = default;
  };
  template <class T>
  using List = std::vector<T, OutsideAllocator<T>>;  // of the search, not of the run
  List<Touch> touches;                               // in the order of the step, with repetitions
  List<uint32_t> threads;                            // made by the step
  List<uint32_t> woken;                              // could not go on before it
  List<uint64_t> entries;                            // put on the clock by it
  List<uint64_t> canceled;                           // taken off the clock by it
  bool moved_clock = false;

  void touch(uint64_t key, Use use) {
    for (size_t i = touches.size(); i-- > 0 && i + 4 > touches.size();)
      if (touches[i].key == key && (touches[i].use == use || touches[i].use == Use::Changes))
        return;
    touches.push_back({key, use});
  }
  void clear() {
    touches.clear();
    threads.clear();
    woken.clear();
    entries.clear();
    canceled.clear();
    moved_clock = false;
  }
  // Sorted, each key once: to read a number and to count is to change it.
  void tidy() {
    std::sort(touches.begin(), touches.end(),
              [](const Touch& a, const Touch& b) { return a.key < b.key; });
    size_t kept = 0;
    for (const Touch& t : touches) {
      if (kept > 0 && touches[kept - 1].key == t.key) {
        if (touches[kept - 1].use != t.use) touches[kept - 1].use = Use::Changes;
      } else {
        touches[kept++] = t;
      }
    }
    touches.resize(kept);
  }
};

}  // namespace qs::sched
