// The inside of Search: its two strategies and what they have found. Owns: Search::Impl.
#pragma once
#include <optional>

#include <memory>
#include <string>

#include "explore/player.h"
#include "explore/search.h"
#include "explore/strategy.h"
#include "explore/tally.h"
#include "run/workplace.h"

namespace qs::explore {

sched::Ask times_of(const Limits& limits);
// As it is executed by searches: no lines, but accesses to memory.
run::Program without_lines(const run::Program& program);

struct Search::Impl {
  Impl(const run::Program& program, sched::Schedule base, Limits limits, sched::FiberKind fibers);

  sched::Ask times() const { return times_of(limits); }
  void begin();
  void begin_bounded();
  void execute(Strategy& strategy, std::optional<Player>& player);
  bool worth_more_switches() const;
  void one();
  void one_reduced();
  void one_bounded();
  void is_through();
  std::optional<Finding> shown(const Tally::Way& way) const;
  Progress progress() const;
  uint64_t fingerprint() const;
  void save(Writer& to) const;
  void load(Reader& from);
  // --- two.cpp ---
  bool on_two(double seconds);
  void help(int stop, int results);
  void take_over(std::string_view bytes);
  // --- elsewhere.cpp: the driver is not in this process ---
  std::string piece() const;                // there: what has come of it
  bool take_piece(std::string_view bytes);  // here
  void begin_piece(uint64_t most, double seconds);
  bool end_piece(double wait);

  const run::Program& program;
  const run::Program quick;
  sched::Schedule base;
  Limits limits;
  sched::FiberKind fibers;

  // The two take turns: the one is quick to find what takes few switches, the other to have tried
  // all there are.
  std::optional<Reduced> reduced;
  std::optional<Bounded> bounded;
  std::optional<Player> reduced_player, bounded_player;
  uint32_t next_bound = 0;  // of `bounded`
  bool turn = false;        // of `reduced`
  bool done = false;
  bool helping = false;  // in two processes: the other half is elsewhere (two.cpp)

  // All of that once for each allocation that fails; first for none.
  uint32_t failing = 0, allocations = 0;
  bool complete = false;                 // this one
  int64_t bound = -1;                    // of this one
  int64_t least = Limits::kAnySwitches;  // bound of those before

  // Where the driver is, when it is not in this process: then all of the above is as it was said
  // there at last.
  struct There {
    const run::Workplace* place = nullptr;
    std::unique_ptr<run::Work> work;  // that goes on
    std::string state;                // of save(); "": as it is here
    double share = 0;
    double seconds = 0.05;  // of the next piece, when nobody waits for it
    std::string lost;       // why it has ended before its end
  } there;

  Tally tally{kKept};
  uint64_t executions = 0, steps = 0, steps_saved = 0;
  uint64_t copies = 0, copied = 0;
};

}  // namespace qs::explore
