// The rule table is complete, in order and readable, and nothing in the tree cites a rule that is
// not there.
#include "trace/rules/rules.h"

#include <doctest/doctest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace qs;
using trace::find_rule;
using trace::Section;
using trace::Severity;

namespace {

// What a section must hold: 01 to `last` except the holes, and the ids with a letter behind.
struct Expected {
  Section section;
  int last;
  std::vector<int> holes;
  std::vector<std::string> lettered;
};

const std::vector<Expected> expected_sections = {
    {Section::Objects, 20, {}, {"O-12a"}},
    {Section::Requests, 8, {}, {}},
    {Section::Arrival, 23, {}, {}},
    {Section::Dispatch, 36, {23, 24, 25, 26, 27, 28, 29}, {}},
    {Section::Queues, 23, {}, {"Q-06a", "Q-06b", "Q-19a"}},
    {Section::Retrieval, 13, {}, {}},
    {Section::Forward, 31, {6, 7, 8, 9, 17, 18, 19, 22, 23, 24, 25, 26, 27, 28, 29}, {}},
    {Section::Cancel,
     63,
     {14, 16, 17, 18, 19, 23, 24, 25, 26, 27, 28, 29, 34, 35, 36, 37, 38,
      39, 41, 42, 43, 44, 45, 46, 47, 48, 49, 53, 54, 55, 56, 57, 58, 59},
     {}},
    {Section::Complete, 17, {9}, {}},
    {Section::Power, 36, {7, 8, 9, 16, 17, 18, 19, 29}, {"P-12a"}},
    {Section::Files, 13, {}, {}},
    {Section::Targets, 27, {}, {"T-10a"}},
    {Section::Progress, 12, {11}, {}},
    {Section::Verifier, 50, {}, {"V-26a", "V-48a"}},
    {Section::Races, 35, {}, {}},
    {Section::Invariants, 25, {}, {}},
    {Section::Errata, 30, {}, {}},
    {Section::Recordings, 16, {}, {}},
    {Section::Findings, 16, {}, {}},
    {Section::Hints, 4, {}, {}},
};

std::string make_id(char letter, int number) {
  std::string id{letter, '-'};
  id += static_cast<char>('0' + number / 10);
  id += static_cast<char>('0' + number % 10);
  return id;
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Every "X-12" or "X-12a" in `text` that begins with the letter of a section.
std::set<std::string> cited_rules(std::string_view text) {
  static const std::string letters = "ORADQGFCKPLTSVNIEXUH";
  std::set<std::string> ids;
  for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
    if (letters.find(text[i]) == std::string::npos || text[i + 1] != '-') continue;
    if (!is_digit(text[i + 2]) || !is_digit(text[i + 3])) continue;
    if (i > 0 && (is_word(text[i - 1]) || text[i - 1] == '-')) continue;
    std::size_t end = i + 4;
    if (end < text.size() && std::islower(static_cast<unsigned char>(text[end]))) ++end;
    if (end < text.size() && (is_word(text[end]) || text[end] == '-')) continue;
    ids.emplace(text.substr(i, end - i));
  }
  return ids;
}

bool is_source(const std::filesystem::path& path) {
  static const std::set<std::string> kinds = {".h", ".cpp", ".c", ".inc", ".md", ".toml"};
  return kinds.count(path.extension().string()) != 0;
}

}  // namespace

TEST_CASE("each section has all its rules, no others, and says its own letter") {
  REQUIRE(expected_sections.size() == trace::section_count);
  std::set<std::string> wanted;
  for (const Expected& expected : expected_sections) {
    const char letter = trace::section_letter(expected.section);
    const std::set<int> holes(expected.holes.begin(), expected.holes.end());
    for (int number = 1; number <= expected.last; ++number) {
      if (holes.count(number) == 0) wanted.insert(make_id(letter, number));
    }
    wanted.insert(expected.lettered.begin(), expected.lettered.end());
  }
  std::set<std::string> present;
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    CHECK(present.emplace(rule.id).second);  // ids are unique
    CHECK(rule.id[0] == trace::section_letter(rule.section));
    CHECK(wanted.count(std::string(rule.id)) == 1);
  }
  for (const std::string& id : wanted) {
    INFO(id);
    CHECK(present.count(id) == 1);
  }
}

TEST_CASE("sections follow one another and each has a title") {
  int section = 0;
  std::set<std::string_view> titles;
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    const int now = static_cast<int>(rule.section);
    CHECK(now >= section);
    CHECK(now <= section + 1);
    section = now;
  }
  CHECK(section == trace::section_count - 1);
  for (int i = 0; i < trace::section_count; ++i) {
    const std::string_view title = trace::section_title(static_cast<Section>(i));
    CHECK(title.size() > 4);
    CHECK(titles.insert(title).second);
  }
}

TEST_CASE("rule texts are short, clean and end like sentences") {
  std::set<std::string_view> texts;
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    CHECK(rule.text.size() >= 20);
    CHECK(rule.text.size() <= 320);
    CHECK(rule.text.find("  ") == std::string_view::npos);
    CHECK(rule.text.front() != ' ');
    CHECK(rule.text.back() == '.');
    CHECK(texts.insert(rule.text).second);
    for (const char c : rule.text) CHECK((c >= ' ' && c < 0x7f));
    for (const std::string& id : cited_rules(rule.text)) {
      INFO(id);
      CHECK(find_rule(id) != nullptr);
      CHECK(id != rule.id);
    }
  }
}

TEST_CASE("exactly the bug checks have a bug check code") {
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    CHECK((rule.severity == Severity::Bugcheck) == !rule.code.empty());
    // Those of the framework have one number; U-15 is the kernel's own.
    if (rule.id == "U-15")
      CHECK(rule.code == "0xCE");
    else if (!rule.code.empty())
      CHECK(rule.code.substr(0, 8) == "0x10D/0x");
    // With the verifier off nothing is reported that it does not report when on.
    if (rule.severity == Severity::None) CHECK(rule.severity_off == Severity::None);
  }
}

TEST_CASE(
    "V-01 every violation of the verifier's table has a severity, the texts about it have none") {
  for (const trace::Rule& rule : trace::all_rules()) {
    if (rule.section != Section::Verifier) continue;
    INFO(rule.id);
    const bool violation = rule.id > "V-03" && rule.id < "V-49";
    CHECK((rule.severity != Severity::None) == violation);
  }
}

TEST_CASE("V-02 the switch of the verifier decides what misuse does") {
  const auto severity = [](std::string_view id, bool on) {
    return trace::severity_of(*find_rule(id), on);
  };
  CHECK(severity("V-05", true) == Severity::Break);
  CHECK(severity("V-05", false) == Severity::Undefined);
  CHECK(severity("V-19", true) == Severity::Bugcheck);
  CHECK(severity("V-19", false) == Severity::Bugcheck);
  CHECK(severity("V-14", false) == Severity::None);
  CHECK(severity("V-09", false) == Severity::None);
  CHECK(severity("Q-14", true) == Severity::Finding);
  CHECK(severity("C-61", true) == Severity::Undefined);
}

TEST_CASE("find_rule takes exact ids only") {
  REQUIRE(find_rule("C-22") != nullptr);
  CHECK(find_rule("C-22")->section == Section::Cancel);
  CHECK(find_rule("Q-06a")->id == "Q-06a");
  CHECK(find_rule("Q-06")->id == "Q-06");
  CHECK(find_rule("C-2") == nullptr);
  CHECK(find_rule("c-22") == nullptr);
  CHECK(find_rule("") == nullptr);
  CHECK(find_rule("Z-01") == nullptr);
}

TEST_CASE("severities have names") {
  CHECK(trace::severity_name(Severity::None) == "none");
  CHECK(trace::severity_name(Severity::Bugcheck) == "bug check");
  CHECK(trace::severity_name(Severity::Undefined) == "undefined misuse");
}

TEST_CASE("every rule cited anywhere in the tree is in the table") {
  int cited = 0;
  for (const char* folder : {"engine", "ui", "lessons", "tests"}) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file() || !is_source(entry.path())) continue;
      const std::string name = entry.path().filename().string();
      if (name == "rules_test.cpp" || name == "rule_text_test.cpp") continue;  // wrong on purpose
      std::ifstream file(entry.path(), std::ios::binary);
      std::stringstream text;
      text << file.rdbuf();
      for (const std::string& id : cited_rules(text.str())) {
        INFO(entry.path().string(), ": ", id);
        CHECK(find_rule(id) != nullptr);
        ++cited;
      }
    }
  }
  CHECK(cited > 400);  // run from the root of the clone
}
