// The inputs of a run that come in by their time or their anchor. Owns: PendingInputs. Called by
// Run whenever nothing moves. Each input is looked at when it is due, not before: a run with a
// hundred thousand of them costs as much an input as a run with ten.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sched/schedule.h"
#include "trace/trace.h"

namespace qs {

struct PendingInput {
  Input input;
  bool from_schedule = false;
};

class PendingInputs {
 public:
  PendingInputs() = default;
  // They stand in order of time; those of one time as given.
  explicit PendingInputs(std::vector<PendingInput> inputs);

  // Anchors that happened among the events since the last call.
  void look(const Trace& trace);
  // The first input, in order, that may come in at `now` (virtual microseconds), nullptr when there
  // is none. An anchored input that waits for something that has not happened lets others go first.
  const PendingInput* take(uint32_t now);
  // When the next one may come in; UINT32_MAX: never. To be asked when take() has nothing.
  uint32_t next_due() const;
  // Those that were never taken, in order.
  std::vector<const PendingInput*> left() const;

 private:
  // The events of one kind about objects of one name ("" = any) that inputs wait for.
  struct Anchor {
    uint32_t seen = 0;
    std::multimap<uint32_t, size_t> waiting;  // by how many must have been seen
  };
  struct ByName {
    using is_transparent = void;
    size_t operator()(std::string_view name) const { return std::hash<std::string_view>()(name); }
  };
  using Anchors = std::unordered_map<std::string, Anchor, ByName, std::equal_to<>>;
  template <class T>
  using Soonest = std::priority_queue<T, std::vector<T>, std::greater<T>>;

  void happened(Anchors& anchors, std::string_view object, uint32_t time);
  void is_due(size_t input, uint64_t after);

  std::vector<PendingInput> inputs_;
  std::vector<bool> taken_;
  std::vector<size_t> timed_;  // without an anchor, in order
  size_t next_timed_ = 0;
  std::unordered_map<uint32_t, Anchors> anchors_;  // by event code
  size_t looked_ = 0;                              // events of the trace
  Soonest<std::pair<uint32_t, size_t>> due_;       // anchored: when, which
  Soonest<size_t> ready_;                          // anchored, and their moment has come
};

}  // namespace qs
