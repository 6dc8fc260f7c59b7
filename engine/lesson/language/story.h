// A trace with what happened in it, in the language of events. Owns: Story. Called by predicate.cpp
// and by whoever asks where a lesson's words point in a trace; any thread.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "language/pattern.h"
#include "model/timeline/timeline.h"

namespace qs::lesson {

using language::ArgKind;
using language::Fact;
using language::FactId;
using language::parse_pattern;
using language::Pattern;

// Made once per trace, asked often.
class Story {
 public:
  explicit Story(std::shared_ptr<const trace::Trace> trace);

  const trace::Trace& trace() const { return *trace_; }
  model::Timeline& timeline() const { return *timeline_; }
  const std::vector<Fact>& facts() const { return facts_; }
  bool is(const Pattern& pattern, const Fact& fact) const { return pattern.matches(*trace_, fact); }
  // Number of events up to and including the first one at or after event `from` that matches;
  // kNone when there is none.
  static constexpr size_t kNone = language::kNone;
  size_t find(const Pattern& pattern, size_t from = 0) const;
  // Number of events until the last that is more than bookkeeping: there, the run has settled.
  size_t settled_at() const { return settled_; }

 private:
  std::shared_ptr<const trace::Trace> trace_;
  std::unique_ptr<model::Timeline> timeline_;
  std::vector<Fact> facts_;
  size_t settled_ = 0;
};

}  // namespace qs::lesson
