// How schedules are gone through: each strategy is a chooser that takes another way at each
// execution until there is none left. Owns: Strategy, Reduced, Bounded. Called by Search, which
// executes the runs; all on one thread.
#pragma once
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "explore/path.h"
#include "sched/chooser.h"
#include "sched/footprint.h"

namespace qs::explore {

// What is the same in all: choices replayed up to a depth, new ones below it.
class Strategy : public sched::Chooser {
 public:
  explicit Strategy(sched::Ask times) : times_(times) {}

  // Before each execution.
  void begin();
  // After it; `ended`: not because nothing could move anymore.
  void end(bool ended);
  // Gets ready for the next one. False: no other way is left.
  bool another();
  sched::Footprint* footprint() { return &footprint_; }
  const Path& path() const { return path_; }
  // What was chosen in the last execution: the picks that play it again.
  std::vector<sched::Pick> picks() const;
  uint32_t switches() const;  // Node::is_switch, in the last execution
  uint32_t choices() const { return uint32_t(nodes_.size()); }
  // Was anything left out for a bound?
  virtual bool cut() const { return false; }

  sched::Ask asks(const sched::Point& at) override;
  std::optional<Move> next(const sched::Point& at, const std::vector<Move>& open) override;
  bool fails(uint32_t allocation) override;

 protected:
  struct Way {
    Move move;
    bool todo = false, done = false, asleep = false;
    Touched touched;  // of those that are done or asleep
  };
  struct Node {
    sched::Point at;
    std::vector<Way> open;  // the first is who would go on by itself
    uint32_t chosen = 0;
    uint32_t spent = 0;  // switches before it
    // A thread that could go on does not, or something from outside comes before its turn.
    bool is_switch(uint32_t way) const {
      return way != 0 && (at.after == 0 || open[way].move.mover != sched::Mover::Thread);
    }
  };
  // Sets `chosen` of the new last node; false: none of its ways is to be taken.
  virtual bool enter(Node& node) = 0;
  // After an execution of which the steps from `first_new` on are new.
  virtual void learn(size_t first_new, bool ended) = 0;
  // The next way to be taken at the node, other than those done; false: none.
  virtual bool take_another(Node& node) = 0;

  std::vector<Node> nodes_;
  Path path_;

 private:
  sched::Ask times_;
  sched::Footprint footprint_;
  size_t depth_ = 0;     // nodes passed in this execution
  size_t replayed_ = 0;  // nodes that the last one left
};

// Every schedule once: executions that differ in the order of independent steps only are not made
// again. Dynamic partial-order reduction with source sets, and sleep sets.
class Reduced final : public Strategy {
 public:
  using Strategy::Strategy;

 protected:
  bool enter(Node& node) override;
  void learn(size_t first_new, bool ended) override;
  bool take_another(Node& node) override;

 private:
  void reverse(uint32_t first, uint32_t second);
};

// Every schedule with at most so many switches. A partial execution that leads where another one
// with no more switches has led is not continued; or, plainly, each is.
class Bounded final : public Strategy {
 public:
  Bounded(sched::Ask times, uint32_t switches, bool plainly = false)
      : Strategy(times), most_(switches), plainly_(plainly) {}
  bool cut() const override { return cut_; }

 protected:
  bool enter(Node& node) override;
  void learn(size_t, bool) override {}
  bool take_another(Node& node) override;

 private:
  uint32_t most_;
  bool plainly_, cut_ = false;
  std::unordered_map<uint64_t, uint32_t> seen_;  // where one has been, with the fewest switches
};

}  // namespace qs::explore
