// Owns the reading of docs/rules: files of Markdown in which a line that begins "**Q-06b.** "
// begins rule Q-06b, and the rule runs to the next such line or heading. Called by
// verify/whole_rule, which has the files that are compiled in, and by tests, which read those of
// the tree. Pure functions, any thread. What they return points into the file's text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace qs::trace {

struct RuleText {
  std::string_view id;        // "Q-06b"
  std::string_view section;   // "5. Queue states and operations"
  std::string_view part;      // "5.2 Start and Stop", "" where the section has no parts
  std::string_view markdown;  // what stands after the id: paragraphs, lists, scenarios
};

/// The rules of one file, in its order.
std::vector<RuleText> read_rule_text(std::string_view file);

/// The numbers of its headings: "5", "5.1", "5.2".
std::vector<std::string_view> section_numbers(std::string_view file);

/// How many numbered steps a rule has: 15 for D-05, 0 for one without.
int step_count(std::string_view markdown);

/// The text as a terminal shows it: without its marks, each line begun with `indent` and at most
/// `width` columns long, steps and list items hanging; what is fenced stays as it is.
std::string plain_rule_text(std::string_view markdown, std::string_view indent, size_t width);

}  // namespace qs::trace
