// The rule table with the tests that show each rule, as tests/RULES.md has it. Owns rules_table().
// Used by qs_rules (./dev rules) and by the test that the file is up to date. Run in the root of
// the clone.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "trace/rules/rules.h"

namespace qs::rules {

// A rule is named by a test when its id stands in the test's name.
struct TestCase {
  std::string file, name;
};

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The string literals after TEST_CASE( and its kin, adjacent ones joined.
inline std::vector<TestCase> test_cases_of(const std::filesystem::path& path) {
  std::vector<TestCase> found;
  const std::string text = read_text(path);
  for (size_t at = text.find("TEST_CASE"); at != std::string::npos;
       at = text.find("TEST_CASE", at + 1)) {
    size_t quote = text.find('(', at);
    if (quote == std::string::npos) break;
    std::string name;
    while (true) {
      quote = text.find_first_not_of(" \n(", quote);
      if (quote == std::string::npos || text[quote] != '"') break;
      const size_t end = text.find('"', quote + 1);
      if (end == std::string::npos) break;
      name += text.substr(quote + 1, end - quote - 1);
      quote = end + 1;
    }
    if (!name.empty()) found.push_back({path.generic_string(), name});
  }
  return found;
}

inline std::vector<TestCase> all_test_cases() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests"))
    if (entry.path().extension() == ".cpp") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<TestCase> all;
  for (const auto& path : paths)
    for (TestCase& test : test_cases_of(path)) all.push_back(std::move(test));
  return all;
}

// The words of a test's name that look like ids: a letter, a dash, two digits, perhaps a letter.
inline std::vector<std::string> ids_in(const std::string& name) {
  auto is = [&](size_t at, int (*kind)(int)) {
    return at < name.size() && kind(static_cast<unsigned char>(name[at]));
  };
  std::vector<std::string> out;
  for (size_t at = 0; at + 4 <= name.size(); ++at) {
    bool begins = at == 0 || (!is(at - 1, std::isalnum) && name[at - 1] != '-');
    if (!begins || !is(at, std::isupper) || name[at + 1] != '-') continue;
    if (!is(at + 2, std::isdigit) || !is(at + 3, std::isdigit)) continue;
    size_t end = is(at + 4, std::islower) ? at + 5 : at + 4;
    if (!is(end, std::isalnum)) out.push_back(name.substr(at, end - at));
  }
  return out;
}

// Lines "ID: words"; what stands after '#' at the beginning of a line is a comment.
inline std::map<std::string, std::string> words_by_id(const char* path) {
  std::map<std::string, std::string> out;
  std::stringstream text(read_text(path));
  for (std::string line; std::getline(text, line);) {
    size_t colon = line.find(": ");
    if (line.empty() || line[0] == '#' || colon == std::string::npos) continue;
    out[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return out;
}

// Why a rule has no test of its own.
inline std::map<std::string, std::string> reasons() {
  return words_by_id("tests/rules_reasons.txt");
}

// The sections that may have no gaps: what the framework does, and what its verifier says.
inline bool must_be_shown(trace::Section section) {
  switch (section) {
    case trace::Section::Requests:
    case trace::Section::Hints:
    case trace::Section::Arrival:
    case trace::Section::Dispatch:
    case trace::Section::Queues:
    case trace::Section::Retrieval:
    case trace::Section::Forward:
    case trace::Section::Cancel:
    case trace::Section::Complete:
    case trace::Section::Power:
    case trace::Section::Verifier: return true;
    default: return false;
  }
}

struct Row {
  const trace::Rule* rule = nullptr;
  std::vector<const TestCase*> tests;
  std::string recorded, reason;
};

struct Table {
  std::vector<TestCase> tests;
  std::vector<Row> rows;
};

inline Table collect() {
  Table table;
  table.tests = all_test_cases();
  std::map<std::string, std::vector<const TestCase*>> by_id;
  for (const TestCase& test : table.tests)
    for (const std::string& id : ids_in(test.name)) by_id[id].push_back(&test);
  auto recorded = words_by_id("tests/conformance/rules.txt");
  auto why = reasons();
  for (const trace::Rule& rule : trace::all_rules()) {
    std::string id(rule.id);
    table.rows.push_back({&rule, by_id[id], recorded[id], why[id]});
  }
  return table;
}

// In a table cell a bar would end the cell.
inline std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

inline std::string shown_by(const Row& row) {
  std::string out;
  auto add = [&](const std::string& text) { out += (out.empty() ? "" : "<br>") + text; };
  for (const TestCase* test : row.tests) add(fmt::format("{} ({})", cell(test->name), test->file));
  if (!row.recorded.empty()) add("recorded: " + row.recorded);
  if (row.tests.empty() && !row.reason.empty()) add("no test of its own: " + cell(row.reason));
  return out;
}

// The text of tests/RULES.md.
inline std::string rules_table() {
  const Table table = collect();
  std::string body;
  const trace::Rule* previous = nullptr;
  size_t tested = 0, reasoned = 0;
  for (const Row& row : table.rows) {
    const trace::Rule& rule = *row.rule;
    if (!previous || previous->section != rule.section)
      body +=
          fmt::format("\n## {} ({})\n\n| Rule | Says | Report | Shown by |\n|---|---|---|---|\n",
                      trace::section_title(rule.section), trace::section_letter(rule.section));
    previous = &rule;
    tested += !row.tests.empty();
    reasoned += row.tests.empty() && !row.reason.empty();
    std::string report(
        rule.severity == trace::Severity::None ? "" : trace::severity_name(rule.severity));
    if (rule.severity_off != rule.severity)
      report += fmt::format("; off: {}", trace::severity_name(rule.severity_off));
    if (!rule.code.empty()) report += fmt::format(" {}", rule.code);
    body += fmt::format("| {} | {} | {} | {} |\n", rule.id, cell(rule.text), report, shown_by(row));
  }
  return fmt::format(
             "# Rules and their tests\n\nMade by `./dev rules`; do not edit. {} of {} rules are "
             "named by a test; {} have none, for a reason.\n",
             tested, table.rows.size(), reasoned) +
         body;
}

}  // namespace qs::rules
