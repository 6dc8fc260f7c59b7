// queuescope explain: a rule in our words, and where it is shown.
#include <algorithm>

#include <fmt/format.h>

#include "base/embedded.h"
#include "cli/commands.h"
#include "trace/rules/rules.h"
#include "verify/explain.h"
#include "verify/whole_rule.h"

namespace qs::cli {
namespace {

// Text in lines of at most 78 columns, each begun with `indent`.
std::string wrap(std::string_view text, const std::string& indent) {
  std::string out, line = indent;
  while (!text.empty()) {
    size_t end = std::min(text.find(' '), text.size());
    if (line.size() > indent.size() && line.size() + 1 + end > 78) {
      out += line + "\n";
      line = indent;
    }
    if (line.size() > indent.size()) line += ' ';
    line += text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out + line + "\n";
}

bool is_id_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '-'; }

bool mentions(std::string_view text, std::string_view id) {
  for (size_t at = text.find(id); at != std::string_view::npos; at = text.find(id, at + 1)) {
    bool begins = at == 0 || !is_id_char(text[at - 1]);
    size_t end = at + id.size();
    if (begins && (end == text.size() || !is_id_char(text[end]))) return true;
  }
  return false;
}

// What the rule's row in tests/RULES.md says: "| id | text | report | test<br>test<br>recorded: |".
std::string tests_of(std::string_view id) {
  const EmbeddedFile* rules = find_asset("tests/RULES.md");
  std::string_view text = rules ? rules->text() : std::string_view();
  std::string begin = fmt::format("\n| {} |", id);
  size_t at = text.find(begin);
  if (at == std::string_view::npos) return {};
  std::string_view row = text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  if (row.size() < 2) return {};
  row.remove_suffix(1);  // the bar at its end
  std::string_view cell = row.substr(row.rfind('|') + 1);
  std::string out;
  while (cell.find_first_not_of(' ') != std::string_view::npos) {
    size_t end = std::min(cell.find("<br>"), cell.size());
    std::string_view test = cell.substr(0, end);
    test.remove_prefix(std::min(test.find_first_not_of(' '), test.size()));
    while (!test.empty() && test.back() == ' ') test.remove_suffix(1);
    bool is_test = test.rfind("recorded: ", 0) && test.rfind("no test of its own: ", 0);
    out += fmt::format("  {}{}\n", is_test ? "test: " : "", test);
    cell.remove_prefix(std::min(end + 4, cell.size()));
  }
  return out;
}

// Lessons whose text cites the rule, and its tests.
std::string shown_by(std::string_view id) {
  std::string out;
  for (const EmbeddedFile& file : all_assets()) {
    std::string_view name = file.name;
    if (name.substr(0, 8) == "lessons/" && mentions(file.text(), id))
      out += fmt::format("  lesson: {}\n", name.substr(0, name.rfind('/')));
  }
  return out + tests_of(id);
}

// "c-22" as "C-22".
std::string normal_id(std::string id) {
  if (!id.empty()) id[0] = char(std::toupper(static_cast<unsigned char>(id[0])));
  return id;
}

std::string closest(std::string_view id) {
  std::string out;
  for (const trace::Rule& r : trace::all_rules())
    if (!id.empty() && r.id[0] == id[0] && r.id.size() >= 2) {
      bool near = r.id.substr(0, 3) == id.substr(0, 3);
      if (near && out.size() < 40) out += (out.empty() ? "" : ", ") + std::string(r.id);
    }
  return out;
}

void list_rules(Cli& cli) {
  trace::Section section{};
  bool first = true;
  for (const trace::Rule& r : trace::all_rules()) {
    if (first || r.section != section) {
      cli.out << (first ? "" : "\n") << trace::section_title(r.section) << "\n";
      section = r.section;
      first = false;
    }
    cli.out << wrap(fmt::format("{:<6}{}", r.id, r.text), "  ");
  }
}

void print_rule(Cli& cli, const trace::Rule& r) {
  cli.out << fmt::format("{}  {}\n", r.id, trace::section_title(r.section)) << wrap(r.text, "  ");
  if (r.severity != trace::Severity::None) {
    cli.out << fmt::format("\n  Breaking it: {}{}\n", trace::severity_name(r.severity),
                           r.code.empty() ? "" : fmt::format(" {}", r.code));
    if (r.severity_off != r.severity)
      cli.out << fmt::format("  With the verifier off: {}\n", trace::severity_name(r.severity_off));
  }
  if (const trace::RuleText* whole = verify::whole_rule(r.id))
    cli.out << fmt::format("\nThe whole rule ({})\n",
                           whole->part.empty() ? whole->section : whole->part)
            << trace::plain_rule_text(whole->markdown, "  ", 78);
}

void print_explanation(Cli& cli, const verify::Explanation& e) {
  cli.out << fmt::format("\n{}\n", e.title);
  const verify::Blanks none;
  for (auto [heading, text] : {std::pair("What happened", e.what), std::pair("Why", e.why),
                               std::pair("How to avoid it", e.how)})
    cli.out << fmt::format("  {}\n", heading) << wrap(verify::fill(text, none), "    ");
}

void explain_rule(Cli& cli, const std::string& given) {
  const verify::Explanation* text = verify::explain(normal_id(given));
  if (!text) text = verify::explain(given);
  const trace::Rule* rule = trace::find_rule(normal_id(given));
  if (!rule && text) rule = trace::find_rule(text->rule);
  if (!rule) {
    std::string near = closest(normal_id(given));
    return cli.fail(fmt::format("There is no rule \"{}\".{} `queuescope explain` lists all.", given,
                                near.empty() ? "" : " Did you mean " + near + "?"));
  }
  print_rule(cli, *rule);
  if (text) print_explanation(cli, *text);
  std::string places = shown_by(rule->id);
  if (!places.empty()) cli.out << "\nShown by\n" << places;
}

}  // namespace

void explain_command(Cli& cli, const std::string& rule) {
  if (rule.empty())
    list_rules(cli);
  else
    explain_rule(cli, rule);
}

}  // namespace qs::cli
