// Who waits for whom in a run that has settled. Owns: WaitGraph. Made by
// end_report.cpp once, when the run has settled; outside virtual threads, in the current world.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "kmdf/core/framework.h"
#include "run/places.h"
#include "sched/scheduler.h"

namespace qs::run {

class WaitGraph {
 public:
  using Thread = const sched::VThread*;
  using Ring = std::vector<Thread>;

  WaitGraph(const sched::Scheduler& scheduler, const kmdf::Framework& framework);

  // Threads that must go on before this one can, in order of creation; includes the thread itself
  // when only it could end its wait. Empty: nobody knows which thread would have to act.
  const std::vector<Thread>& waits_for(Thread t) const;
  // Rings of threads each of which waits for the next, from its oldest one on. No thread is in two.
  const std::vector<Ring>& rings() const { return rings_; }
  // All threads that wait without a timeout.
  const std::vector<Thread>& stuck() const { return stuck_; }
  bool in_ring(Thread t) const { return in_ring_.count(t) > 0; }
  // Threads that cannot go on before this one does, and are in no ring.
  std::vector<Thread> behind(Thread t) const;

 private:
  std::vector<Thread> find(Thread t) const;
  bool is_inside(Thread t, ObjectId object) const;
  void find_rings();
  bool reaches(Thread from, Thread to) const;

  const kmdf::Framework& framework_;
  OpenFrames frames_;
  std::vector<Thread> stuck_;
  std::map<Thread, std::vector<Thread>> edges_;
  std::vector<Ring> rings_;
  std::set<Thread> in_ring_;
};

}  // namespace qs::run
