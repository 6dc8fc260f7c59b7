#include "verify/whole_rule.h"

#include "base/embedded.h"

namespace qs {
namespace {

std::vector<RuleText> read_all() {
  std::vector<RuleText> all;
  for (const EmbeddedFile& file : all_assets()) {
    if (std::string_view(file.name).substr(0, 11) != "docs/rules/") continue;
    for (const RuleText& rule : read_rule_text(file.text())) all.push_back(rule);
  }
  return all;
}

}  // namespace

const RuleText* whole_rule(std::string_view id) {
  static const std::vector<RuleText> all = read_all();
  for (const RuleText& rule : all)
    if (rule.id == id) return &rule;
  return nullptr;
}

}  // namespace qs
