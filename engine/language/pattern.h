// An event as people write it: "present(R1, default, EvtIoRead)", or "present R1 default". Owns:
// Pattern, how it is read, matched and looked for. Called by lesson, session, cli, ui and, for
// inputs that wait for a moment, by run; any thread. README.md of this folder has the grammar.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/facts.h"

namespace qs::language {

// '*' matches anything, also inside a word ("R*"); arguments that are left out match anything.
struct Pattern {
  const FactKind* kind = nullptr;
  std::vector<std::string> args;
  bool matches(const trace::Trace& trace, const Fact& fact) const;
  std::string text() const;  // "present(R1, default)"
  std::string word() const;  // the same without blanks, for schedules and scripts
  bool operator==(const Pattern&) const = default;
};

// Errors name what was found and what is allowed. Callbacks, functions, statuses, rules, lines and
// times must exist.
Result<Pattern> parse_pattern(std::string_view text);

// Number of applied events just after the first event beyond `from` (or, `back`, the last one
// before it) that matches one of them; kNone when there is none. `from` counts applied events.
inline constexpr size_t kNone = size_t(-1);
size_t find(const trace::Trace& trace, const std::vector<Pattern>& patterns, size_t from,
            bool back);
inline size_t find(const trace::Trace& trace, const Pattern& pattern, size_t from, bool back) {
  return find(trace, std::vector{pattern}, from, back);
}
// The first beyond `from` that is not beyond `to`.
size_t find_between(const trace::Trace& trace, const std::vector<Pattern>& patterns, size_t from,
                    size_t to);

// Glob with '*' only.
bool word_matches(std::string_view pattern, std::string_view word);

}  // namespace qs::language
