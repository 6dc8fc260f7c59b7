// Executes a program again and again under one strategy. Owns: Player. Called by Search.
//
// Where it can be, the run lies in a region (base/region.h) of which copies are taken at choices:
// the next execution begins at the last choice that it has in common with this one. Else each
// begins at the beginning. The result is the same.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/region.h"
#include "explore/strategy.h"
#include "run/run.h"
#include "sched/fiber.h"

namespace qs::explore {

class Player {
 public:
  // All of it outlives the player; `strategy` may become another one at the same place.
  Player(const run::Program& program, const sched::Schedule& base, Strategy& strategy,
         sched::FiberKind fibers);
  ~Player();
  Player(const Player&) = delete;

  // The strategy's next execution. What came of it: until the next one.
  const run::Run& play();
  // Steps that were not made again, because the run was set back to where it was after them.
  uint64_t saved() const { return saved_; }
  // Copies of the run that were taken, and bytes of all of them.
  uint64_t copies() const { return copies_; }
  uint64_t copied() const { return copied_; }

 private:
  struct ChoicePoint {
    size_t depth = 0;  // choices made before it
    Region::Copy copy;
  };
  void begin();
  void set_back();
  bool worth_a_copy() const;
  void save();

  const run::Program& program_;
  const sched::Schedule& base_;
  Strategy& strategy_;
  sched::FiberKind fibers_;
  std::unique_ptr<Region> region_;
  std::unique_ptr<sched::FiberBackend> stacks_;  // in the region, and the run too
  std::unique_ptr<run::Run> run_;
  std::vector<ChoicePoint> points_, spare_;  // by depth; whose memory can be used again
  size_t bytes_ = 0;                         // of points_
  uint64_t saved_ = 0, copies_ = 0, copied_ = 0;
};

}  // namespace qs::explore
