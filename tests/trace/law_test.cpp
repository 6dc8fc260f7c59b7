// docs/rules is the law: the engine's table has exactly its rules, and whatever the tree cites,
// rule, step or section, is there.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "trace/events/loop_step.h"
#include "trace/rules/rule_text.h"
#include "trace/rules/rules.h"

namespace fs = std::filesystem;
using namespace qs;

namespace {

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Law {
  std::vector<std::string> files;
  std::map<std::string, trace::RuleText, std::less<>> rules;
  std::set<std::string, std::less<>> sections;
};

const Law& law() {
  static const Law all = [] {
    Law law;
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator("docs/rules")) paths.push_back(entry.path());
    law.files.reserve(paths.size());  // what is read points into them
    for (const fs::path& path : paths) {
      const std::string& text = law.files.emplace_back(read(path));
      for (std::string_view number : trace::section_numbers(text)) law.sections.emplace(number);
      for (const trace::RuleText& rule : trace::read_rule_text(text)) {
        INFO(path.string(), ": ", rule.id);
        CHECK(law.rules.emplace(rule.id, rule).second);  // once only
        // 05-queues.md begins with "# 5. "
        CHECK(std::stoi(std::string(rule.section)) == std::stoi(path.filename().string()));
      }
    }
    return law;
  }();
  return all;
}

// Calls visit(path, line number, line) for every line of our texts below `folder`.
template <class Visit>
void each_line(const char* folder, Visit visit) {
  static const std::set<std::string> kinds = {".h", ".cpp", ".c", ".inc", ".md", ".toml"};
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || !kinds.count(entry.path().extension().string())) continue;
    if (entry.path().filename() == "rule_text_test.cpp") continue;  // cites wrong ones on purpose
    std::istringstream in(read(entry.path()));
    std::string line;
    for (int number = 1; std::getline(in, line); ++number)
      visit(entry.path().generic_string(), number, line);
  }
}

constexpr const char* kFolders[] = {"engine", "ui", "lessons", "tests", "docs"};

// The numbers in "3", "3 and 4", "2 to 4", "1, 5 and 6".
std::vector<std::string> numbers_in(const std::string& list) {
  static const std::regex number("[0-9]+(\\.[0-9]+)?");
  return {std::sregex_token_iterator(list.begin(), list.end(), number), {}};
}

constexpr const char* kMoreNumbers = "((,| and| to| or|, and) [0-9]+(\\.[0-9]+)?)*";

}  // namespace

TEST_CASE("law: docs/rules and the engine's table have the same rules") {
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    CHECK(law().rules.count(rule.id) == 1);
  }
  for (const auto& [id, text] : law().rules) {
    INFO(id);
    CHECK(trace::find_rule(id) != nullptr);
    CHECK(text.markdown.size() > 15);
    for (const char c : text.markdown) CHECK((c == '\n' || (c >= ' ' && c < 0x7f)));
  }
}

TEST_CASE("law: a rule's numbered steps follow one another") {
  for (const auto& [id, text] : law().rules) {
    INFO(id);
    static const std::regex item("^[0-9]+\\. ");
    std::istringstream in{std::string(text.markdown)};
    int items = 0;
    for (std::string line; std::getline(in, line);) items += std::regex_search(line, item);
    CHECK(items == trace::step_count(text.markdown));
  }
}

TEST_CASE("D-05 the loop has a name for each of its steps") {
  CHECK(trace::step_count(law().rules.at("D-05").markdown) == int(trace::kLoopSteps));
  CHECK(trace::step_count(law().rules.at("K-05").markdown) == 8);
}

TEST_CASE("law: R-01 has every state") {
  const std::string_view text = law().rules.at("R-01").markdown;
  for (const char* state : {"S0", "S1", "S2", "S2c", "S3", "S4", "S4c", "S5", "S6", "S7", "S8",
                            "S9", "S10", "S11", "S12", "S13", "S14"}) {
    INFO(state);
    CHECK(text.find("**" + std::string(state) + " ") != text.npos);
  }
}

TEST_CASE("law: every rule that docs/rules cites is there") {
  static const std::regex id("\\b[A-Z]-[0-9][0-9][a-z]?\\b");
  for (const auto& [rule, text] : law().rules) {
    const std::string body(text.markdown);
    for (std::sregex_iterator m(body.begin(), body.end(), id), end; m != end; ++m) {
      INFO(rule, " cites ", m->str());
      CHECK(trace::find_rule(m->str()) != nullptr);
    }
  }
}

TEST_CASE("law: every step that is cited is there; the engine cites steps with their rule") {
  static const std::regex cited(std::string("\\b([A-Z]-[0-9][0-9][a-z]?) (from )?steps? ([0-9]+") +
                                kMoreNumbers + ")");
  static const std::regex bare("(^|[^0-9a-z] ?)[Ss]teps? [0-9]");
  int found = 0;
  for (const char* folder : kFolders) {
    each_line(folder, [&](const std::string& path, int at, std::string line) {
      if (line.find("step") == line.npos && line.find("Step") == line.npos) return;
      INFO(path, ":", at, ": ", line);
      for (std::sregex_iterator m(line.begin(), line.end(), cited), end; m != end; ++m) {
        const auto rule = law().rules.find((*m)[1].str());
        const bool there = rule != law().rules.end();
        REQUIRE(there);
        for (const std::string& n : numbers_in((*m)[3].str()))
          CHECK(std::stoi(n) <= trace::step_count(rule->second.markdown));
        ++found;
      }
      if (std::string_view(folder) != "engine") return;
      line = std::regex_replace(line, cited, "");
      CHECK_FALSE(std::regex_search(line, bare));
    });
  }
  CHECK(found > 30);
}

TEST_CASE("law: every section that is cited is there") {
  static const std::regex named(std::string("\\b[Ss]ections? ([0-9]+(\\.[0-9]+)?") + kMoreNumbers +
                                ")");
  static const std::regex in_brackets(
      "^ *(//|#).*\\(([0-9]+\\.[0-9]+)( to ([0-9]+\\.[0-9]+))?[),]");
  int found = 0;
  for (const char* folder : kFolders) {
    each_line(folder, [&](const std::string& path, int at, const std::string& line) {
      INFO(path, ":", at, ": ", line);
      std::vector<std::string> numbers;
      std::smatch m;
      if ((line.find("ection") != line.npos && std::regex_search(line, m, named)))
        numbers = numbers_in(m[1].str());
      if (path.rfind("engine/kmdf/", 0) == 0 && std::regex_search(line, m, in_brackets)) {
        numbers.push_back(m[2].str());
        if (m[4].matched) numbers.push_back(m[4].str());
      }
      for (const std::string& number : numbers) CHECK(law().sections.count(number) == 1);
      found += int(numbers.size());
    });
  }
  CHECK(found > 20);
}
