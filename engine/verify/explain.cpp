#include "verify/explain.h"

#include <cctype>

namespace qs::verify {
namespace {

constexpr Explanation explanations[] = {
#define QS_EXPLAIN(rule, name, also, title, what, why, how) \
  {rule, name, also, title, what, why, how},
#include "verify/explain.inc"
};

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = words.find(' ');
    if (words.substr(0, end) == word) return true;
    if (end == std::string_view::npos) return false;
    words.remove_prefix(end + 1);
  }
  return false;
}

struct Blank {
  std::string_view mark;
  std::string_view Blanks::*value;
  std::string_view otherwise;
};

constexpr Blank blank_marks[] = {
    {"{R}", &Blanks::request, "the request"},
    {"{Q}", &Blanks::queue, "the queue"},
    {"{fn}", &Blanks::function, "the call"},
};

// "the request" at the beginning of a sentence must become "The request"; a given name stays.
bool begins_sentence(const std::string& before) {
  const auto last = before.find_last_not_of(' ');
  return last == std::string::npos || before[last] == '.';
}

void append_blank(std::string& out, const Blank& blank, const Blanks& blanks) {
  const std::string_view value = blanks.*blank.value;
  if (!value.empty()) {
    out += value;
    return;
  }
  const bool capital = begins_sentence(out);
  const auto at = out.size();
  out += blank.otherwise;
  if (capital) out[at] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[at])));
}

}  // namespace

std::span<const Explanation> all_explanations() { return explanations; }

const Explanation* explain(std::string_view rule_or_name) {
  if (rule_or_name.empty()) return nullptr;
  for (const Explanation& entry : explanations) {
    if (entry.rule == rule_or_name) return &entry;
  }
  for (const Explanation& entry : explanations) {
    if (entry.name == rule_or_name) return &entry;
  }
  for (const Explanation& entry : explanations) {
    if (has_word(entry.also, rule_or_name)) return &entry;
  }
  return nullptr;
}

bool is_called(std::string_view rule, std::string_view name) {
  if (name == "*" || rule == name) return true;
  const Explanation* entry = explain(rule);
  if (!entry || name.empty()) return false;
  return entry->rule == name || entry->name == name || has_word(entry->also, name);
}

std::string fill(std::string_view text, const Blanks& blanks) {
  std::string out;
  out.reserve(text.size() + 32);
  while (!text.empty()) {
    const Blank* found = nullptr;
    for (const Blank& blank : blank_marks) {
      if (text.starts_with(blank.mark)) found = &blank;
    }
    if (found) {
      append_blank(out, *found, blanks);
      text.remove_prefix(found->mark.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace qs::verify
