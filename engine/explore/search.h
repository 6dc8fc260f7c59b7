// Can it go wrong? Executes a program under all its schedules and says what comes of them. Owns:
// Limits, Finding, Outcome, Report, Progress, Search. Called by cli, session and tests, on one
// thread.
//
// It goes on in pieces: step() may be called as often as there is time, and what it finds does not
// depend on how it was cut into pieces, nor on whether another process went on with it.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "explore/kept.h"
#include "run/program.h"
#include "sched/chooser.h"
#include "sched/fiber.h"
#include "sched/schedule.h"

namespace qs::explore {

struct Limits {
  static constexpr uint32_t kAnySwitches = UINT32_MAX;
  uint32_t switches = kAnySwitches;  // as many as these, at most
  bool any_time = false;  // inputs, hardware and timers come in any order, not just when due
  bool stop_at_first = false;
  bool failing = false;  // each allocation of the driver fails, too: one at a time
  bool operator==(const Limits&) const = default;
};

// A way it goes wrong: reports of one rule at one line.
struct Finding {
  std::string rule;                  // "V-07"
  std::string text;                  // its title (verify/explain.h), and why in this case
  std::string where;                 // "driver.c:94"; "" when it has no line
  uint64_t schedules = 0;            // so many end so
  uint32_t steps = 0, switches = 0;  // of the shortest: the fewest switches, then the fewest steps
  sched::Schedule schedule;          // plays it
  std::vector<std::string> lines;    // the report's, then those at which the others stand
  // Before its first step, and after each of them; of the schedules that are kept (Search).
  std::vector<Share> shares;
  // After so many of its steps no schedule ends well anymore; 0: none did from the beginning.
  // Nothing: there are such to the end, or not all schedules were tried and kept.
  std::optional<size_t> no_return;
  uint32_t way = 0;  // its number, for Kept::ways
};

// What becomes of the requests, in the order in which they are completed.
struct Outcome {
  std::string text;  // "R1 STATUS_SUCCESS 16, R2 STATUS_CANCELLED 0"
  uint64_t schedules = 0;
  sched::Schedule schedule;  // the first that ends so
};

struct SearchReport {
  uint64_t schedules = 0;   // that are different, see path.h
  uint64_t executions = 0;  // runs that were made to find them
  uint64_t steps = 0;       // choices in all of them
  uint64_t wrong = 0;       // schedules that end with a finding
  bool complete = false;    // every schedule within the limits
  // All schedules with at most so many switches were tried; kAnySwitches: all there are; -1: none.
  int64_t bound = -1;
  std::vector<Finding> findings;  // shortest first
  std::vector<Outcome> outcomes;  // most frequent first
  // Of a driver that is not in this process: why the search has ended before its end, "" when it
  // has not; and how many ways to go wrong do not come out so when they are played again.
  std::string lost;
  uint64_t not_again = 0;
};

// What is known without playing anything again: cheap, for whoever shows it while it goes on.
struct Progress {
  uint64_t schedules = 0, executions = 0, wrong = 0;
  size_t ways = 0;     // to go wrong
  int64_t bound = -1;  // as in Report
  bool complete = false;
  double share = 0;  // of the work, as far as can be told; 1: done
};

class Search {
 public:
  // So many schedules are kept whole, for Finding::shares; of others only how they end.
  static constexpr size_t kKept = 20'000;

  // The program outlives it. `base`: settings and inputs besides the program's.
  Search(const run::Program& program, sched::Schedule base, Limits limits,
         sched::FiberKind fibers = sched::default_fiber_kind());
  ~Search();
  // Executes up to that many runs. False: there is nothing more to do.
  bool step(uint64_t executions);
  // One run; or, when the driver is not in this process, waits for so many seconds at most for what
  // goes on there meanwhile.
  bool go_on(double wait);
  // The same for about so long, in two processes where there is enough to do: for a program with a
  // single thread. Only `executions` and `steps` depend on how fast they are, once all is known.
  bool step_on_two(double seconds);
  bool done() const;
  Progress progress() const;
  // Steps of all executions; and of those how many were not made again, because the run was set
  // back instead.
  uint64_t steps() const;
  uint64_t steps_saved() const;
  // Copies of runs that were taken for that by this process, and bytes of all of them.
  uint64_t copies() const;
  uint64_t copied() const;
  // Where it stands, for resume().
  std::string save() const;
  // Goes on with a search of the same program, base and limits, on whatever kind of fibers: as if
  // it had never stopped. Errors: it is no such file, or is damaged, or of something else.
  static Result<std::unique_ptr<Search>> resume(
      const run::Program& program, const sched::Schedule& base, Limits limits,
      std::string_view saved, sched::FiberKind fibers = sched::default_fiber_kind());
  // What is known now. Each finding was played again by run::execute() from the beginning.
  SearchReport report() const;
  // In the order in which they were met; their picks are of the base schedule.
  const std::vector<Kept>& kept() const;
  const sched::Schedule& base() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace qs::explore
