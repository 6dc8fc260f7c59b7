// tests/RULES.md says which test shows which rule, and nothing is missing there.
#include "tools/rules_table.h"

#include <doctest/doctest.h>
#include <zstd.h>

using namespace qs;

TEST_CASE("tests/RULES.md is up to date; if not: ./dev rules") {
  CHECK(rules::read_text("tests/RULES.md") == rules::rules_table());
}

TEST_CASE("every rule of the framework has a test, or a reason why it has none") {
  for (const rules::Row& row : rules::collect().rows) {
    if (!rules::must_be_shown(row.rule->section)) continue;
    INFO(row.rule->id);
    bool shown = !row.tests.empty() || !row.reason.empty();
    CHECK(shown);
  }
}

TEST_CASE("tests name only rules that exist, and reasons stand only where there is no test") {
  const rules::Table table = rules::collect();
  for (const rules::TestCase& test : table.tests) {
    INFO(test.file, ": ", test.name);
    for (const std::string& id : rules::ids_in(test.name)) CHECK(trace::find_rule(id) != nullptr);
  }
  for (const auto& [id, reason] : rules::reasons()) {
    INFO(id);
    CHECK(trace::find_rule(id) != nullptr);
    CHECK(reason.size() > 20);
  }
  for (const rules::Row& row : table.rows) {
    INFO(row.rule->id, " has a reason although a test names it");
    CHECK((row.tests.empty() || row.reason.empty()));
  }
}

TEST_CASE("ids are found in names as words of their own") {
  using Ids = std::vector<std::string>;
  CHECK(rules::ids_in("C-22 E-02: what it shows") == Ids{"C-22", "E-02"});
  CHECK(rules::ids_in("Q-06a (Q-06) xQ-07 Q-1 Q-0899") == Ids{"Q-06a", "Q-06"});
}

namespace {

std::string unpacked(const char* path) {
  const std::string packed = rules::read_text(path);
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  REQUIRE(size < 1u << 30);
  std::string text(size, '\0');
  REQUIRE(ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size()) == size);
  return text;
}

}  // namespace

TEST_CASE("recordings are cited for rules that exist, and exist themselves") {
  const std::string more = unpacked("tests/conformance/more.jsonl.zst");
  int cited = 0;
  for (const auto& [id, names] : rules::words_by_id("tests/conformance/rules.txt")) {
    INFO(id);
    CHECK(trace::find_rule(id) != nullptr);
    std::stringstream in(names);
    for (std::string name; in >> name; ++cited)
      CHECK_MESSAGE((std::filesystem::exists("tests/conformance/scenarios/" + name + ".scn") ||
                     more.find("{\"name\":\"" + name + "\"") != std::string::npos),
                    name);
  }
  CHECK(cited > 200);
}
