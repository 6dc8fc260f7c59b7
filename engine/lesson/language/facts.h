// What happened in a run, in the closed vocabulary that lessons speak: "present(R1, default,
// EvtIoRead)". Owns: Fact, Pattern, Story, the table of names. Called by predicate.cpp and by
// whoever asks where a lesson's words point in a trace; any thread.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/timeline/timeline.h"
#include "trace/events/trace.h"

namespace qs::lesson {

// What an argument names. `Any` matches the name of whatever object it is.
enum class ArgKind : uint8_t {
  Request,
  Queue,
  File,
  App,
  Target,
  Channel,
  Callback,
  Status,  // a name, with or without STATUS_
  Number,
  Word,
  Rule,
  Any
};

struct FactKind {
  const char* name;
  std::vector<ArgKind> args;
  const char* meaning;     // for the authoring guide and for errors
  const char* words = "";  // the values allowed for its Word: "requeue keep"
};
// The whole vocabulary, in the order of the authoring guide.
const std::vector<FactKind>& fact_kinds();
const FactKind* find_fact_kind(std::string_view name);

struct Fact {
  const FactKind* kind = nullptr;
  std::vector<std::string> args;  // as many as the kind has
  size_t event = 0;               // number of its event in the trace
};

// "present(R1, *, EvtIoRead)": '*' matches anything, also inside a word ("R*"); arguments that are
// left out match anything.
struct Pattern {
  const FactKind* kind = nullptr;
  std::vector<std::string> args;
  bool matches(const Fact& fact) const;
  std::string text() const;
};

// Errors name the position and what is allowed. Callbacks and statuses must exist.
Result<Pattern> parse_pattern(std::string_view text);

// A trace with its facts; made once per trace, asked often.
class Story {
 public:
  explicit Story(std::shared_ptr<const trace::Trace> trace);

  const trace::Trace& trace() const { return *trace_; }
  model::Timeline& timeline() const { return *timeline_; }
  const std::vector<Fact>& facts() const { return facts_; }
  // Number of events up to and including the first one at or after event `from` that matches;
  // kNone when there is none.
  static constexpr size_t kNone = size_t(-1);
  size_t find(const Pattern& pattern, size_t from = 0) const;
  // Number of events until the last that is more than bookkeeping: there, the run has settled.
  size_t settled_at() const { return settled_; }

 private:
  std::shared_ptr<const trace::Trace> trace_;
  std::unique_ptr<model::Timeline> timeline_;
  std::vector<Fact> facts_;
  size_t settled_ = 0;
};

// Glob with '*' only.
bool word_matches(std::string_view pattern, std::string_view word);

}  // namespace qs::lesson
