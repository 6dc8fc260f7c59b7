#include "verify/whole_rule.h"

#include "base/embedded.h"

namespace qs::verify {
namespace {

std::vector<trace::RuleText> read_all() {
  std::vector<trace::RuleText> all;
  for (const EmbeddedFile& file : all_assets()) {
    if (std::string_view(file.name).substr(0, 11) != "docs/rules/") continue;
    for (const trace::RuleText& rule : trace::read_rule_text(file.text())) all.push_back(rule);
  }
  return all;
}

}  // namespace

const trace::RuleText* whole_rule(std::string_view id) {
  static const std::vector<trace::RuleText> all = read_all();
  for (const trace::RuleText& rule : all)
    if (rule.id == id) return &rule;
  return nullptr;
}

}  // namespace qs::verify
