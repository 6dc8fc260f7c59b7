// One execution as a partial order of steps. Owns: Step, Path. Filled in by the searches of this
// folder while a run goes on.
//
// A step is what happens from one point (sched::Chooser) to the next: a thread goes on, an input
// comes in, an entry of the clock is due. Two steps depend on each other when both are of the same
// thread, or when both touch something that at least one of them changes. Executions that differ
// only in the order of independent steps are the same schedule: they have the same hash.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "explore/number_map.h"
#include "sched/chooser.h"
#include "sched/footprint.h"

namespace qs::explore {

using sched::Move;
using Touch = sched::Footprint::Touch;

// Sorted, each key once; mask has a bit for each key, so that most pairs need no comparison.
struct Touched {
  std::vector<Touch> touches;
  uint64_t mask = 0;
  bool all = false;    // it moved the clock: everything depends on it
  bool idles = false;  // nobody could go on after it
  void set_mask();
};
bool depend(const Touched& a, const Touched& b);

struct Step {
  Move move;
  uint32_t process = 0;  // of Path: the thread, or the input or the entry itself
  uint32_t number = 0;   // in its process, from 1
  uint32_t node = 0;     // the choice that it follows
  uint64_t hash = 0;     // of the step and of all that it depends on
  Touched touched;
  std::vector<uint32_t> before;  // of each process: how many of its steps come before, in any order
  std::vector<uint32_t> direct;  // steps that it depends on by what it touches or who made it
  std::vector<uint32_t> woken;   // threads that could not go on before it
  std::vector<uint32_t> canceled;  // entries of the clock that can no longer be due
  // How it was before: of the path, and of the process.
  uint64_t hash_before = 0;
  uint32_t processes_before = 0, last_before = 0, barrier_before = 0;
  size_t changes_before = 0, reads_before = 0, makings_before = 0;
};

class Path {
 public:
  // Those of different worlds are different, however alike they are. Before the first step.
  void set_world(uint64_t world) { world_ = world; }
  // Back to the first so many steps, as they were when the next one had not begun.
  void begin(size_t steps = 0);
  // A step ends, if one is going on: that is what it has touched.
  void end_step(sched::Footprint& footprint);
  void begin_step(Move move, uint32_t node);

  std::span<const Step> steps() const { return {steps_.data(), count_}; }
  // Of all steps that have ended, in whatever order they were taken.
  uint64_t hash() const { return hash_; }
  uint64_t hash_of(Move move) const;  // who it is, however threads were numbered
  // Must step `a` come before step `b`?
  bool before(uint32_t a, uint32_t b) const {
    const Step &x = steps_[a], &y = steps_[b];
    return x.process < y.before.size() && y.before[x.process] >= x.number;
  }

 private:
  struct Process {
    uint64_t identity = 0;
    uint32_t made_by = kNone, last = kNone, steps = 0;
  };
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Last {
    uint32_t change = kNone;
    uint32_t reads = kNone, counts = kNone;  // since then: the newest, of reads_
  };
  struct Read {
    uint32_t step, before;
  };

  uint32_t process_of(Move move);
  void note_touches(Step& step, uint32_t index);
  void close(Step& step, uint32_t index);

  // Who it is, by the number of the move: numbers are small and without gaps.
  struct Known {
    uint32_t process = kNone, made_by = kNone;
    uint64_t identity = 0;
  };
  uint64_t from_the_start(Move move) const;
  const Known* known(Move move) const;
  Known& know(Move move);
  void made(Move move, uint64_t identity, uint32_t step);
  uint32_t last(uint64_t key);
  void change(uint32_t last, Last now);
  void undo(const Step& step);

  // All of it is used again by the next execution: there are a million of them, and asking for
  // memory takes longer than anything else here.
  std::vector<Step> steps_;
  size_t count_ = 0;  // of them in use
  bool going_on_ = false;
  std::vector<Process> processes_;
  std::vector<Known> known_[3];  // by mover
  NumberMap keys_;
  std::vector<Last> last_;  // by keys_
  std::vector<Read> reads_;
  // What steps have changed, and how it was before.
  struct Change {
    uint32_t last;
    Last before;
  };
  struct Making {
    Move move;
    Known before;
  };
  std::vector<Change> changes_;
  std::vector<Making> makings_;
  uint32_t barrier_ = kNone;  // the last step that moved the clock
  uint64_t hash_ = 0, world_ = 0;
};

}  // namespace qs::explore
