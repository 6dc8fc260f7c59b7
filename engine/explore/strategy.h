// How schedules are gone through: each strategy is a chooser that takes another way at each
// execution until there is none left. Owns: Strategy, Reduced, Bounded, Lucky. Called by Search,
// which executes the runs; all on one thread.
#pragma once
#include <cstdint>
#include <vector>

#include "explore/number_map.h"
#include "explore/path.h"
#include "explore/store.h"
#include "sched/chooser.h"
#include "sched/footprint.h"

namespace qs::explore {

// What is the same in all: choices replayed up to a depth, new ones below it.
class Strategy : public sched::Chooser {
 public:
  explicit Strategy(sched::Ask times) : times_(times) {}

  // Before each execution; `from`: of the choices of the last one so many are made already, as they
  // were then.
  void begin(size_t from = 0);
  // So many choices of the last execution are the same in the next one.
  size_t same() const { return nodes_.empty() ? 0 : nodes_.size() - 1; }
  size_t depth() const { return depth_; }  // choices made so far in this execution
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
  // The schedule of the last execution, and which allocation failed.
  uint64_t schedule_hash() const { return path_.hash(); }
  // Was anything left out for a bound?
  virtual bool cut() const { return false; }
  // Are executions going to begin like the last one?
  virtual bool comes_back() const { return true; }
  // The allocation of that number fails in every execution; 0: none. How many there were, at most.
  void fail(uint32_t allocation) {
    failing_ = allocation;
    path_.set_world(allocation);
  }
  uint32_t allocations() const { return allocations_; }
  // How much of the work is done, as far as can be told: from 0 to 1.
  double share() const;
  // Between two executions. What was loaded may turn out to be of another program: it is astray.
  virtual void save(Writer& to) const;
  virtual void load(Reader& from);
  bool astray() const { return astray_; }

  sched::Ask asks(const sched::ChoicePoint& at) override;
  std::optional<Move> next(const sched::ChoicePoint& at, const std::vector<Move>& open) override;
  bool fails(uint32_t allocation) override;
  bool at_rest() const override { return true; }

 protected:
  struct Way {
    Move move;
    bool todo = false, done = false, asleep = false;
    Touched touched;  // of those that are done or asleep
  };
  struct Node {
    sched::ChoicePoint at;
    std::vector<Way> open;  // the first is who would go on by itself
    uint32_t chosen = 0;
    uint32_t spent = 0;  // switches before it
    bool idles = false;  // nobody could go on after what was chosen last
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
  // Is that way of the node, which is not done, to be taken?
  virtual bool is_left(const Node& node, const Way& way) const = 0;

  std::vector<Node> nodes_;
  Path path_;
  sched::Ask times_;

 private:
  uint32_t failing_ = 0, allocations_ = 0;
  bool loaded_ = false, astray_ = false;
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
  bool is_left(const Node&, const Way& way) const override { return way.todo && !way.asleep; }

 private:
  bool is_early(const Node& node) const;
  void learn_of_clock(uint32_t step);
  void reverse(uint32_t first, uint32_t second);
};

// Every schedule with at most so many switches. A partial execution that leads where another one
// with no more switches has led is not continued; or, plainly, each is.
class Bounded final : public Strategy {
 public:
  Bounded(sched::Ask times, uint32_t switches, bool plainly = false)
      : Strategy(times), most_(switches), plainly_(plainly) {}
  bool cut() const override { return cut_; }
  void save(Writer& to) const override;
  void load(Reader& from) override;

 protected:
  bool enter(Node& node) override;
  void learn(size_t, bool) override {}
  bool take_another(Node& node) override;
  bool is_left(const Node& node, const Way& way) const override;

 private:
  uint32_t most_;
  bool plainly_, cut_ = false;
  NumberMap seen_;  // where one has been, with the fewest switches
};

// Any of those who could go on, each as likely as the others: what is found by luck. The same
// schedules for the same seed.
class Lucky final : public Strategy {
 public:
  Lucky(sched::Ask times, uint64_t seed) : Strategy(times), dice_(seed) {}
  bool comes_back() const override { return false; }

 protected:
  bool enter(Node& node) override;
  void learn(size_t, bool) override {}
  bool take_another(Node&) override { return false; }
  bool is_left(const Node&, const Way&) const override { return false; }

 private:
  uint64_t dice_;
};

}  // namespace qs::explore
