#include "ui/app/rule_sheet.h"

#include <cctype>

#include "trace/rules/rules.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"
#include "verify/whole_rule.h"

namespace qs::ui {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

// The markdown of rule `own` with each id of another one, outside of scenarios, as a link to it:
// "[Q-06](rule:Q-06)".
std::string with_links(std::string_view text, std::string_view own) {
  std::string out;
  bool fenced = false;
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i, 3) == "```") fenced = !fenced;
    size_t end = i;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string id(text.substr(i, end - i));
    if (!fenced && id.size() >= 4 && id[1] == '-' && id != own && trace::find_rule(id))
      out += "[" + id + "](rule:" + id + ")";
    else
      out += end > i ? id : std::string(1, text[i]);
    i = std::max(end, i + 1);
  }
  return out;
}

std::string markdown_of(const trace::Rule& rule) {
  std::string out = with_links(rule.text, rule.id);
  if (rule.severity != trace::Severity::None) {
    const std::string code = rule.code.empty() ? "" : " " + std::string(rule.code);
    out += "\n\n" + trf("rule.breaking", std::string(trace::severity_name(rule.severity)) + code);
    if (rule.severity_off != rule.severity)
      out += " " + trf("rule.breaking_off", trace::severity_name(rule.severity_off));
  }
  if (const trace::RuleText* whole = verify::whole_rule(rule.id))
    out +=
        "\n\n**" + std::string(tr("rule.whole")) + "**\n\n" + with_links(whole->markdown, rule.id);
  return out;
}

}  // namespace

void open_rule(Ui& ui, RuleSheet& rule, const std::string& id) {
  if (!trace::find_rule(id)) return;
  rule.id = id;
  rule.scroll = {};
  if (!rule.dialog.open) open_dialog(ui, rule.dialog);
}

void draw_rule(Ui& ui, RuleSheet& rule) {
  if (!rule.dialog.open) return;
  const trace::Rule& shown = *trace::find_rule(rule.id);
  const std::string title = rule.id + "  " + std::string(trace::section_title(shown.section));
  Dialog dialog(ui, rule.dialog, "rule", title, 940, 640);
  if (dialog.fresh()) ui.focus(ui.id("text"), false);  // so that keys scroll it
  Rect page = dialog.inner();
  page.x -= ui.px(8);  // room for the ring around what has the keyboard
  page.w += ui.px(12);
  ScrollArea area(ui, page, "text", rule.scroll);
  Rect r = area.content();
  cut_left(r, ui.px(8));
  ProseStyle style;
  style.may_cut = true;  // a scenario in a narrow window may be cut
  const std::string text = markdown_of(shown);
  r.h = prose_height(ui, r.w, text, style);
  const ProseResult read = prose(ui, r, "prose", text, style);
  area.end(r.h);
  if (read.clicked_link.substr(0, 5) == "rule:") open_rule(ui, rule, read.clicked_link.substr(5));
}

}  // namespace qs::ui
