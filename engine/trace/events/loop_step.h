// Owns the names of the dispatch loop's steps, in the order of D-05. Used by kmdf, which says in
// the trace at which step its loop leaves, by model, which says why a queue delivers nothing, and
// by words. The values are written into traces: never changed.
#pragma once

#include <cstdint>

namespace qs::trace {

enum class LoopStep : uint32_t {
  MayNotRunHere = 0,  // before the first step: D-04
  CancelCallbacks = 1,
  CanceledOnQueueCallbacks = 2,
  StopComplete = 3,
  PurgeComplete = 4,
  PowerRelease = 5,
  PowerStep = 6,
  Disposal = 7,
  PoweredOff = 8,
  Stopped = 9,
  Manual = 10,
  SequentialLimit = 11,
  ParallelLimit = 12,
  DeliverWaiting = 13,
  DeliverNew = 14,
  NothingToDo = 15,
};

inline constexpr uint32_t kLoopSteps = uint32_t(LoopStep::NothingToDo);  // as many as D-05 has

}  // namespace qs::trace
