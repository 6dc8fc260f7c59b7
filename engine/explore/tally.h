// What a search has found so far, as it is known before anything is played again. Owns: Tally.
// Called by Search after each execution.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "explore/kept.h"
#include "explore/store.h"
#include "explore/strategy.h"
#include "trace/events/trace.h"

namespace qs::explore {

class Tally {
 public:
  // So many schedules are kept whole.
  explicit Tally(size_t most_kept) : most_kept_(most_kept) {}

  // An execution has ended. `whole`: it was not given up; else it has led to where another one was,
  // which goes on from there with all that has happened so far, and counts for both. `fewest`: of
  // the strategy that goes from few switches to more. Where two executions are as short, that one
  // shows the way to go wrong, and the other the outcome: of those, how far each has come when all
  // is known does not matter.
  void note(const Strategy& strategy, const trace::Trace& trace, bool whole, bool fewest);
  // What another search of the same has found, too: the order in which they are put together does
  // not matter.
  void merge(const Tally& other);

  // An execution that stands for others.
  struct Shortest {
    uint32_t switches = UINT32_MAX, steps = UINT32_MAX;
    bool fewest = false;
    std::vector<sched::Pick> picks;     // which play it
    std::vector<uint64_t> steps_taken;  // their hashes, in order
  };
  // A way to go wrong: reports of one rule at one line.
  struct Way {
    std::string rule;
    trace::Site site;
    uint64_t schedules = 0;
    Shortest shortest;
  };
  // What became of the requests.
  struct Sort {
    std::string text;
    uint64_t schedules = 0;
    Shortest shortest;
  };

  const std::vector<Way>& ways() const { return ways_; }
  const std::vector<Kept>& kept() const { return kept_; }
  const std::unordered_map<uint64_t, Sort>& sorts() const { return sorts_; }
  uint64_t schedules() const { return schedules_.size(); }
  uint64_t wrong() const { return wrong_; }
  bool all_kept() const { return kept_.size() == schedules_.size(); }

  void save(Writer& to) const;
  void load(Reader& from);

 private:
  // Which ways it goes wrong, a bit each (the last for all from there on), and its key in sorts_.
  struct Seen {
    uint64_t ways = 0, sort = 0;
  };
  size_t way_of(std::string_view rule, trace::Site site);
  void count(const Seen& seen);
  void keep(uint64_t hash, Kept kept);
  void keep_shorter(uint64_t hash, const Strategy& strategy);

  size_t most_kept_;
  std::vector<Kept> kept_;
  std::unordered_map<uint64_t, uint32_t> kept_at_;  // by hash
  std::unordered_map<uint64_t, Seen> schedules_;    // by hash
  std::vector<Way> ways_;
  std::unordered_map<uint64_t, Sort> sorts_;
  uint64_t wrong_ = 0;
};

}  // namespace qs::explore
