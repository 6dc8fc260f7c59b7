// The inputs of a run, applied at their time or their anchor. Owns: PendingInputs. Called by
// Run whenever nothing moves. Each input is examined when it is due, not before, so an input
// costs the same in a run with a hundred thousand of them as in one with ten.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <string_view>
#include <utility>
#include <vector>

#include "base/flat_index.h"
#include "sched/schedule.h"
#include "trace/events/trace.h"

namespace qs::run {

struct PendingInput {
  const sched::Input* input = nullptr;  // of the schedule or the script
  bool from_schedule = false;
};

class PendingInputs {
 public:
  PendingInputs() = default;
  // In order of time; those of one time in the order given.
  explicit PendingInputs(std::vector<PendingInput> inputs);

  // Anchors that happened among the events since the last call.
  void look(const trace::Trace& trace);
  // The first input, in order, that may come in at `now` (virtual microseconds), nullptr when there
  // is none. An anchored input whose anchor has not happened yet lets others go first.
  const PendingInput* take(uint32_t now);
  // The same one, by its place in the order, without taking it; the one of that place, taken now.
  std::optional<uint32_t> peek(uint32_t now);
  const PendingInput* take_at(uint32_t place);
  // Those of which the anchor, if any, has happened, in order, with the time from which they may
  // come in. All in order, taken or not.
  struct Coming {
    uint32_t place, time;
  };
  std::vector<Coming> coming() const;
  const std::vector<PendingInput>& all() const { return inputs_; }
  uint32_t comes_at(uint32_t place) const { return from_[place]; }
  // When the next one may come in; UINT32_MAX: never. Ask only when take() has nothing.
  uint32_t next_due();
  // Those that were never taken, in order.
  std::vector<const PendingInput*> left() const;

 private:
  // The events of one kind about objects of one name ("" = any) that inputs wait for.
  struct Anchor {
    trace::EventCode code{};
    std::string_view object;
    uint32_t seen = 0;
    uint32_t next = 0, end = 0;  // of waiting_
  };
  struct Waiting {
    uint32_t anchor, count, input;  // count: how many must have been seen
    auto operator<=>(const Waiting&) const = default;
  };
  template <class T>
  using Soonest = std::priority_queue<T, std::vector<T>, std::greater<T>>;

  uint32_t find_anchor(trace::EventCode code, std::string_view object) const;
  uint32_t anchor_of(trace::EventCode code, std::string_view object);
  void happened(trace::EventCode code, std::string_view object, uint32_t time);
  void is_due(uint32_t input, uint64_t after);
  void pass_taken();

  std::vector<PendingInput> inputs_;
  std::vector<bool> taken_;
  std::vector<uint32_t> from_;   // when each may come in; UINT32_MAX: its anchor is missing
  std::vector<uint32_t> timed_;  // without an anchor, in order
  size_t next_timed_ = 0;
  std::vector<Anchor> anchors_;
  FlatIndex anchor_index_;                             // by code and object
  std::vector<Waiting> waiting_;                       // in order
  bool wanted_[size_t(trace::EventCode::Count)] = {};  // codes that some anchor names
  size_t looked_ = 0;                                  // events of the trace seen so far
  Soonest<std::pair<uint32_t, uint32_t>> due_;         // anchored: when, which
  Soonest<uint32_t> ready_;                            // anchored, and due
};

}  // namespace qs::run
