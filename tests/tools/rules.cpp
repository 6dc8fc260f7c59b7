// qs_rules: prints tests/RULES.md, the rule table with the tests that name each rule. Run by ./dev
// rules in the root of the clone. With "gaps": the rules that have neither a test nor a reason.
#include "tools/rules_table.h"

#include <cstdio>

int main(int argc, char** argv) {
  if (argc > 1 && std::string(argv[1]) == "gaps") {
    for (const qs::rules::Row& row : qs::rules::collect().rows)
      if (row.tests.empty() && row.reason.empty())
        fmt::print("{} {}{}\n", row.rule->id,
                   qs::rules::must_be_shown(row.rule->section) ? "! " : "", row.rule->text);
    return 0;
  }
  const bool printed = std::fputs(qs::rules::rules_table().c_str(), stdout) >= 0;
  return printed && std::fflush(stdout) == 0 ? 0 : 1;  // ./dev rules keeps the old table then
}
