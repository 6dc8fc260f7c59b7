#include "lesson/language/story.h"

namespace qs::lesson {

Story::Story(std::shared_ptr<const trace::Trace> trace)
    : trace_(std::move(trace)), timeline_(std::make_unique<model::Timeline>(trace_)) {
  language::Reader reader(*trace_, 0, language::Reader::History::Yes);
  const auto keep = [this](std::span<const Fact> facts) {
    facts_.insert(facts_.end(), facts.begin(), facts.end());
  };
  while (reader.more()) keep(reader.next());
  keep(reader.at_end());
  settled_ = trace_->size();
  while (settled_ > 0 &&
         trace::event_level((*trace_)[settled_ - 1].code) == trace::EventLevel::Meta)
    --settled_;
}

size_t Story::find(const Pattern& pattern, size_t from) const {
  for (const Fact& fact : facts_)
    if (fact.event >= from && is(pattern, fact)) return fact.event + 1;
  return kNone;
}

}  // namespace qs::lesson
