// What is found without searching: by luck, or by trying everything. Owns: Luck, RandomRuns. Called
// by cli, session and tests, on one thread.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "explore/search.h"

namespace qs::explore {

// What so many random schedules have met: at each choice whoever can go on is as likely as the
// others.
struct Luck {
  struct Way {
    std::string rule, where;  // as in Finding
    uint64_t met = 0;         // in so many of them
    uint64_t first = 0;       // the first is this one, from 1
  };
  uint64_t schedules = 0;         // that were tried
  uint64_t different = 0;         // of them
  uint64_t wrong = 0, first = 0;  // that went wrong, and the number of the first, from 1; 0: none
  std::vector<Way> ways;          // in the order in which they were met
  std::map<std::string, uint64_t> outcomes;  // as in Outcome, with how many ended so
};

// Random schedules, in pieces; the same ones for the same seed. Of the limits, times count and
// which allocation fails does not: none does.
class RandomRuns {
 public:
  // The program outlives it.
  RandomRuns(const run::Program& program, sched::Schedule base, Limits limits, uint64_t seed = 1,
             sched::FiberKind fibers = sched::default_fiber_kind());
  ~RandomRuns();
  void step(uint64_t schedules);
  uint64_t made() const;
  Luck met() const;  // so far

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// `schedules` of them at once.
Luck by_luck(const run::Program& program, const sched::Schedule& base, Limits limits,
             uint64_t schedules = 1000, uint64_t seed = 1,
             sched::FiberKind fibers = sched::default_fiber_kind());

// The search without reduction, for tests: every execution with at most so many switches.
// Hashes of the schedules (path.h), each with what it ends in.
std::map<uint64_t, std::string> enumerate(const run::Program& program, const sched::Schedule& base,
                                          Limits limits, uint64_t most_executions,
                                          uint64_t* executions = nullptr);

}  // namespace qs::explore
