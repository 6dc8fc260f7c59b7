// The inputs of a run, applied at their time or their anchor. Owns: PendingInputs. Called by
// Run whenever nothing moves, and at decisions if some input comes at one. Each input is examined
// when it is due, not before, so an input costs the same in a run with a hundred thousand of them
// as in one with ten.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "base/flat_index.h"
#include "language/pattern.h"
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

  // Notes the anchors that happened among the events since the last call.
  void look(const trace::Trace& trace);
  // The first input, in order, that may come in at `now` (virtual microseconds), nullptr when there
  // is none. An anchored input whose anchor has not happened yet lets others go first.
  const PendingInput* take(uint32_t now);
  // The place, in the order, of the input that take() would return; and the input of a place,
  // taken.
  std::optional<uint32_t> peek(uint32_t now);
  const PendingInput* take_at(uint32_t place);
  // The inputs not taken yet whose anchor, if any, has happened, in order, each with the time from
  // which it may come in. all() has every input in order, taken or not.
  struct Coming {
    uint32_t place, time;
  };
  std::vector<Coming> coming() const;
  const std::vector<PendingInput>& all() const { return inputs_; }
  uint32_t comes_at(uint32_t place) const { return from_[place]; }
  // When the next one may come in; UINT32_MAX: never. Ask only when take() has nothing.
  uint32_t next_due();
  // Does any input come at the first decision after its moment? Takes the first of those whose
  // moment has come.
  bool any_at_once() const { return any_at_once_; }
  const PendingInput* take_at_once(uint32_t now);
  // Those that were never taken, in order.
  std::vector<const PendingInput*> left() const;

 private:
  // An event that inputs wait for.
  struct Anchor {
    std::string key;             // its kind and arguments, when those are all names
    uint32_t seen = 0;           // how many times
    uint32_t next = 0, end = 0;  // of waiting_
  };
  struct Loose {
    language::Pattern pattern;
    uint32_t anchor;
  };
  struct Waiting {
    uint32_t anchor, count, input;  // count: how many must have been seen
    auto operator<=>(const Waiting&) const = default;
  };
  template <class T>
  using Soonest = std::priority_queue<T, std::vector<T>, std::greater<T>>;

  void wait_for(uint32_t input, FlatIndex& texts);
  uint32_t anchor_of(uint32_t input);
  uint32_t exact_anchor(std::string key);
  void happened(Anchor& anchor, uint32_t time);
  void look_at(const trace::Trace& trace, const language::Fact& fact);
  void look_up(const std::string& key, const trace::Trace& trace, const language::Fact& fact);
  void is_due(uint32_t input, uint64_t after);
  void make_ready(uint32_t now);
  void pass_taken();

  std::vector<PendingInput> inputs_;
  std::vector<bool> taken_;
  std::vector<uint32_t> from_;   // when each may come in; UINT32_MAX: its anchor is missing
  std::vector<uint32_t> timed_;  // without an anchor, in order
  size_t next_timed_ = 0;
  std::vector<Anchor> anchors_;
  FlatIndex exact_;                                                        // anchors by their key
  std::array<std::vector<Loose>, size_t(language::FactId::Count)> loose_;  // all others
  language::FactSet wanted_;
  std::array<uint8_t, size_t(language::FactId::Count)> lengths_{};  // bit n: some have n arguments
  bool after_ = false;                          // an anchor depends on earlier events
  std::unique_ptr<language::Reader> reader_;    // made by the first look()
  std::vector<Waiting> waiting_;                // in order
  Soonest<std::pair<uint32_t, uint32_t>> due_;  // anchored: when, which
  Soonest<uint32_t> ready_, ready_at_once_;     // anchored, and due
  bool any_at_once_ = false;
};

}  // namespace qs::run
