#include "trace/rules/rules.h"

#include <cstddef>
#include <iterator>

namespace qs::trace {
namespace {

constexpr Rule rules[] = {
#define QS_RULE(id, section, on, text, code) \
  {id, Section::section, Severity::on, Severity::on, text, code},
#define QS_RULE_OFF(id, section, on, off, text, code) \
  {id, Section::section, Severity::on, Severity::off, text, code},
#include "trace/rules/rules.inc"
};

struct SectionName {
  char letter;
  std::string_view title;
};

// In the order of enum Section.
constexpr SectionName section_names[] = {
    {'O', "Objects and calls"},
    {'R', "Request states and ownership"},
    {'A', "Arrival"},
    {'D', "Dispatch"},
    {'Q', "Queue states and operations"},
    {'G', "Retrieving and searching"},
    {'F', "Requeue, forward, stop-acknowledge"},
    {'C', "Canceling requests"},
    {'K', "Completing requests"},
    {'P', "Power-managed queues"},
    {'L', "File objects"},
    {'T', "I/O targets"},
    {'S', "Guaranteed forward progress"},
    {'V', "Verifier and fatal errors"},
    {'N', "Races: what may happen in either order"},
    {'I', "Invariants: what always holds"},
    {'E', "Documentation versus source"},
    {'X', "Recorded scenarios"},
    {'U', "Findings of QueueScope"},
    {'H', "Hints"},
};
static_assert(std::size(section_names) == section_count);

constexpr std::string_view severity_names[] = {"none",      "finding",          "break",
                                               "bug check", "undefined misuse", "hint"};

}  // namespace

std::span<const Rule> all_rules() { return rules; }

// A few hundred comparisons of short strings; nobody looks rules up in a hot loop.
const Rule* find_rule(std::string_view id) {
  for (const Rule& rule : rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}

char section_letter(Section section) {
  return section_names[static_cast<std::size_t>(section)].letter;
}

std::string_view section_title(Section section) {
  return section_names[static_cast<std::size_t>(section)].title;
}

std::string_view severity_name(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

}  // namespace qs::trace
