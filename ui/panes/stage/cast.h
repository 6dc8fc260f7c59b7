// Everything that appears on the stage of a run: applications, devices, queues, callbacks, targets,
// found by one pass over the whole trace. The stage is laid out for all of them from the start, so
// that nothing shifts when one appears. Owned by StageState; called by the stage, main thread only.
#pragma once
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/model.h"
#include "model/queries/activations.h"
#include "trace/events/trace.h"
#include "trace/export/functions.h"

namespace qs::ui {

// A room of the driver: a callback, for one queue or (queue 0) for all of them.
struct RoomKey {
  // Count: the driver's own code, outside any callback
  trace::CallbackKind kind = trace::CallbackKind::Count;
  ObjectId queue;
  bool handler = false;    // EvtIoRead and the like: where requests are presented
  bool backstage = false;  // set-up, power, clean-up: shown only while a thread is inside
  bool operator==(const RoomKey&) const = default;
};

struct StageCast {
  struct Queue {
    ObjectId id;
    uint64_t callbacks = 0;  // bit per CallbackKind
  };
  // The first line that a call of a callback ran, each line once: it is in the function that the
  // driver registered.
  struct FirstLine {
    trace::CallbackKind kind = trace::CallbackKind::Count;
    ObjectId queue;
    trace::Site site;
    bool operator==(const FirstLine&) const = default;
  };
  // A call of a callback, and the first line that it ran (none: it ran none).
  struct Entry {
    uint32_t event = 0;  // its number, from 0
    int depth = 0;       // of the callback among those of its thread, 0 = outermost
    trace::Site first;
  };
  std::vector<ObjectId> apps, devices, channels, targets;
  std::vector<Queue> queues;
  std::vector<RoomKey> rooms;  // handlers in the order of queues, then the other callbacks
  std::vector<FirstLine> first_lines;
  std::map<uint32_t, std::vector<Entry>> entries;  // by thread, in their order
  std::vector<std::vector<uint32_t>> used;         // by room: the events that called it
  trace::WorkerLines workers;
  model::HoldIndex holds;  // who took which request, and what was done with it on which line
  uint32_t version = 0;    // counts what CastMemory has found

  // How many events there were when a room was last called before `events` of them; 0: never.
  uint32_t last_use(size_t room, uint32_t events) const;
};

// One pass over the trace.
StageCast find_cast(const trace::Trace& trace);

// The same, kept until another trace, or a longer one, is shown.
class CastMemory {
 public:
  const StageCast& of(const trace::Trace& trace);

 private:
  StageCast cast_;
  const trace::Trace* trace_ = nullptr;
  size_t size_ = 0;
  uint64_t mark_ = 0;  // of the last event: tells traces at one address apart
};

// The handler of `queue` for a request of this type (D-20), Count when it has none.
trace::CallbackKind handler_for(uint64_t callbacks, trace::RequestType type);

}  // namespace qs::ui
