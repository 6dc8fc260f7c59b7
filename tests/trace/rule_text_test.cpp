// How docs/rules is read: rules, sections, steps, and the look in a terminal.
#include "trace/rules/rule_text.h"

#include <doctest/doctest.h>

using namespace qs;
using trace::read_rule_text;

namespace {

constexpr std::string_view kFile = R"(# 5. Queues

Some words **Q-01.** that are no rule.

## 5.1 Flags

**Q-01.** First line
second line.

1. **One.** The first
   step.
2. The second.

Scenario Q-01:
```
**Q-99.** not a rule
```

**Q-06b.** Short. [recorded]

## 5.2 Stop

A text between.

**Q-07.** The last.
)";

}  // namespace

TEST_CASE("rule text: a rule runs to the next one or to a heading") {
  const auto rules = read_rule_text(kFile);
  REQUIRE(rules.size() == 3);
  CHECK(rules[0].id == "Q-01");
  CHECK(rules[0].section == "5. Queues");
  CHECK(rules[0].part == "5.1 Flags");
  CHECK(rules[0].markdown.substr(0, 11) == "First line\n");
  CHECK(rules[0].markdown.substr(rules[0].markdown.size() - 4) == "\n```");
  CHECK(rules[1].id == "Q-06b");
  CHECK(rules[1].markdown == "Short. [recorded]");
  CHECK(rules[2].part == "5.2 Stop");
  CHECK(rules[2].markdown == "The last.");
}

TEST_CASE("rule text: nothing is found where nothing is, and ends of files are ends of rules") {
  CHECK(read_rule_text("").empty());
  CHECK(read_rule_text("**").empty());
  CHECK(read_rule_text("**Q-1.** short id\n**q-01.** small\n**Q-01a text**").empty());
  CHECK(read_rule_text("# 1. A\n```\n**Q-01.** never closed").empty());
  const auto rules = read_rule_text("**Q-01.** x");
  REQUIRE(rules.size() == 1);
  CHECK(rules[0].markdown == "x");
  CHECK(rules[0].section.empty());
}

TEST_CASE("rule text: headings give the numbers of sections") {
  using Numbers = std::vector<std::string_view>;
  CHECK(trace::section_numbers(kFile) == Numbers{"5", "5.1", "5.2"});
  CHECK(trace::section_numbers("# The rules\n## Words\n") == Numbers{});
}

TEST_CASE("rule text: steps are counted as far as they follow one another") {
  CHECK(trace::step_count(read_rule_text(kFile)[0].markdown) == 2);
  CHECK(trace::step_count("Step 1. is no item") == 0);
  CHECK(trace::step_count("1. a\n3. c") == 1);
}

TEST_CASE("rule text: a terminal gets lines without marks, steps hang, scenarios stay") {
  CHECK(trace::plain_rule_text(read_rule_text(kFile)[0].markdown, "  ", 20) ==
        "  First line second\n"
        "  line.\n"
        "\n"
        "  1. One. The first\n"
        "     step.\n"
        "  2. The second.\n"
        "\n"
        "  Scenario Q-01:\n"
        "    **Q-99.** not a rule\n");
  CHECK(trace::plain_rule_text("A `word` and STATUS_WDF_*", "", 78) == "A word and STATUS_WDF_*\n");
  CHECK(trace::plain_rule_text("averyveryverylongword b", "> ", 10) ==
        "> averyveryverylongword\n> b\n");
  CHECK(trace::plain_rule_text("", "  ", 78).empty());
}
