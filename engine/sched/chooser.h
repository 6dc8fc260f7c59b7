// Who goes on, where more than one could: the border between a run and whoever decides it. Owns:
// Move, ChoicePoint, Chooser, PicksChooser. Implemented here for the picks of a schedule, and by
// explore for all schedules there are; asked by run at every decision and whenever nobody runs.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "sched/schedule.h"

namespace qs::sched {

// What a thread is about to do at a decision (declared before it is done).
enum class Op : uint8_t {
  Call,
  FrameworkLock,
  CallbackLock,
  Callback,
  IrpDone,
  CancelPart,
  DriverLock
};

// A thread goes on, an input comes in (by its place in the order of time, script and schedule
// together), an entry of the clock is due (by its number).
struct Move {
  Mover mover{};
  uint32_t number = 0;
  auto operator<=>(const Move&) const = default;
};

// Where a choice is: `after` 0 at that decision itself; n the n-th time after it that no thread
// runs, because the last one has ended, waits, or was left for something from outside.
struct ChoicePoint {
  uint32_t ordinal = 0, after = 0;
  bool begun = false;  // the driver is loaded, and nothing has moved since: from here inputs come
  Op op{};             // after == 0: what the thread is about to do, to which object
  ObjectId object;
  bool idle = false;  // nobody can run: what comes when it is due moves the clock
};

enum class Ask : uint8_t {
  No,          // who goes on by the ring does
  GivenTimes,  // inputs and moments of the clock come when they are due
  AnyTime      // and before that: an application's inputs in their order, the others in any
};

class Chooser {
 public:
  virtual ~Chooser() = default;
  // Is there anything to choose here? Asked at every point, in order.
  virtual Ask asks(const ChoicePoint& at) = 0;
  // Who goes on, of `open`; the first of them is who would anyway. Nothing: the run is given up.
  virtual std::optional<Move> next(const ChoicePoint& at, const std::vector<Move>& open) = 0;
  // Is next() to be called while no thread stands on the stack of who asks, at the beginning of a
  // step of the run? Then the run can be copied right before it.
  virtual bool at_rest() const { return false; }
  // Does this allocation of the driver fail? They are counted from 1.
  virtual bool fails(uint32_t allocation) = 0;
};

// Plays the picks of a schedule. One that is not possible where it stands has no effect.
class PicksChooser final : public Chooser {
 public:
  explicit PicksChooser(const std::vector<Pick>& picks);
  Ask asks(const ChoicePoint& at) override;
  std::optional<Move> next(const ChoicePoint& at, const std::vector<Move>& open) override;
  bool fails(uint32_t allocation) override;

 private:
  std::vector<Pick> picks_;
  std::vector<uint32_t> failing_;  // allocations, in order
  size_t next_ = 0, until_ = 0;    // the picks of this point
};

}  // namespace qs::sched
