// Which accesses of a run's threads are ordered, whatever the schedule: vector clocks. Owns:
// HappensBefore. Kept up by Scheduler and kmdf where one thread gives something to another (a lock,
// the start of a thread, an event, an entry of the clock); asked by kmdf/core/accesses.
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace qs::sched {

class HappensBefore {
 public:
  using Clock = std::vector<uint32_t>;  // by thread: how far of it comes before

  // A thread starts, or goes on after it has waited: all that the running one (0: what comes from
  // outside) has done so far comes before it.
  void hand_over(uint32_t from, uint32_t to);
  // What a thread has done comes before what others do who acquire the same later.
  void release(uint32_t thread, uint64_t key);
  void acquire(uint32_t thread, uint64_t key);
  // An entry of the clock: what its maker has done comes before all that it leads to.
  void put_on_clock(uint32_t thread, uint64_t entry);
  void comes_from_clock(uint64_t entry);
  void comes_from_outside();
  // The thread has set everything up: whatever comes from outside comes after it.
  void is_set_up(uint32_t thread);

  // A moment of a thread, and whether it comes before what another does now.
  uint32_t now(uint32_t thread) { return own(thread)[thread]; }
  bool before(uint32_t thread, uint32_t moment, uint32_t other) {
    const Clock& c = own(other);
    return thread < c.size() && c[thread] >= moment;
  }

 private:
  Clock& own(uint32_t thread);
  static void join(Clock& to, const Clock& from);

  std::vector<Clock> threads_;  // by number; 0: what comes from outside now
  std::unordered_map<uint64_t, Clock> keys_, entries_;
  Clock set_up_;
};

}  // namespace qs::sched
