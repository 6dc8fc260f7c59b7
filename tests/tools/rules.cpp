// qs_rules: prints tests/RULES.md, the rule table with the tests that name each rule. Run by ./dev
// rules in the root of the clone. A rule is named by a test when its id stands in the test's name.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "trace/rules.h"

namespace fs = std::filesystem;

namespace {

struct TestCase {
  std::string file;
  std::string name;
};

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The string literals after TEST_CASE( and its kin, adjacent ones joined.
std::vector<TestCase> test_cases_of(const fs::path& path) {
  std::vector<TestCase> found;
  const std::string text = read(path);
  for (std::size_t at = text.find("TEST_CASE"); at != std::string::npos;
       at = text.find("TEST_CASE", at + 1)) {
    std::size_t quote = text.find('(', at);
    if (quote == std::string::npos) break;
    std::string name;
    while (true) {
      quote = text.find_first_not_of(" \n(", quote);
      if (quote == std::string::npos || text[quote] != '"') break;
      const std::size_t end = text.find('"', quote + 1);
      if (end == std::string::npos) break;
      name += text.substr(quote + 1, end - quote - 1);
      quote = end + 1;
    }
    if (!name.empty()) found.push_back({path.generic_string(), name});
  }
  return found;
}

bool is_id_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; }

// Whether the id stands in the text as a word of its own: "Q-06" is not in "Q-06a".
bool names(const std::string& text, std::string_view id) {
  for (std::size_t at = text.find(id); at != std::string::npos; at = text.find(id, at + 1)) {
    const bool begins = at == 0 || !is_id_char(text[at - 1]);
    const std::size_t end = at + id.size();
    if (begins && (end == text.size() || !is_id_char(text[end]))) return true;
  }
  return false;
}

std::vector<TestCase> all_test_cases() {
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator("tests"))
    if (entry.path().extension() == ".cpp") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<TestCase> all;
  for (const fs::path& path : paths)
    for (TestCase& test : test_cases_of(path)) all.push_back(std::move(test));
  return all;
}

// In a table cell a bar would end the cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

int main() {
  const std::vector<TestCase> tests = all_test_cases();
  const auto rules = qs::all_rules();
  std::set<std::string_view> tested;
  std::string body;
  const qs::Rule* previous = nullptr;
  for (const qs::Rule& rule : rules) {
    if (!previous || previous->section != rule.section) {
      body += fmt::format("\n## {} ({})\n\n| Rule | Says | Report | Tests |\n|---|---|---|---|\n",
                          qs::section_title(rule.section), qs::section_letter(rule.section));
    }
    previous = &rule;
    std::string named_by;
    for (const TestCase& test : tests) {
      if (!names(test.name, rule.id)) continue;
      if (!named_by.empty()) named_by += "<br>";
      named_by += fmt::format("{} ({})", cell(test.name), test.file);
      tested.insert(rule.id);
    }
    std::string report(rule.severity == qs::Severity::None ? "" : qs::severity_name(rule.severity));
    if (!rule.code.empty()) report += fmt::format(" {}", rule.code);
    body += fmt::format("| {} | {} | {} | {} |\n", rule.id, cell(rule.text), report, named_by);
  }
  fmt::print(
      "# Rules and their tests\n\nMade by `./dev rules`; do not edit. {} of {} rules are named by "
      "a "
      "test.\n",
      tested.size(), rules.size());
  std::fputs(body.c_str(), stdout);
  return 0;
}
