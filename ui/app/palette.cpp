#include "ui/app/palette.h"

#include <algorithm>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

bool has_all_words(const std::string& where, const std::string& words) {
  size_t at = 0;
  while (at < words.size()) {
    const size_t end = std::min(words.find(' ', at), words.size());
    if (end > at && where.find(words.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::vector<const PaletteEntry*> palette_matches(const std::vector<PaletteEntry>& entries,
                                                 std::string_view text) {
  const std::string wanted = lower(text);
  std::vector<const PaletteEntry*> found;
  if (wanted.empty()) {  // all of them, in their own order
    for (const PaletteEntry& e : entries) found.push_back(&e);
    return found;
  }
  for (const PaletteEntry& e : entries)
    if (has_all_words(lower(e.label + " " + e.hint), wanted)) found.push_back(&e);
  const auto rank = [&](const PaletteEntry* e) {
    const std::string label = lower(e->label);
    if (e->kind == PaletteEntry::run_to) return 3;  // "complete" is a verb first, then an event
    return label == wanted ? 0 : label.starts_with(wanted) ? 1 : 2;
  };
  std::stable_sort(found.begin(), found.end(),
                   [&](const PaletteEntry* a, const PaletteEntry* b) { return rank(a) < rank(b); });
  return found;
}

int draw_palette(Ui& ui, PaletteState& s, const std::vector<PaletteEntry>& entries) {
  if (!s.dialog.open) return -1;
  int chosen = -1;
  {
    Dialog dialog(ui, s.dialog, "palette", tr("palette.title"), 620, 480);
    Rect r = dialog.inner();
    const Rect field = cut_top(r, ui.px(34), ui.px(10));
    if (dialog.fresh()) {
      s.text.clear();
      s.field = {};
      s.lit = 0;
      ui.focus(ui.id("text"));
    }
    const FieldResult typed = text_field(ui, field, "text", s.text, s.field, tr("palette.hint"));
    if (typed.changed) s.lit = 0, s.scroll.y = 0;
    const auto found = palette_matches(entries, s.text);
    const int last = int(found.size()) - 1;
    const int page = std::max(1, int(r.h / ui.px(30)) - 1);
    const int before = s.lit;
    if (ui.action(Action::menu_down)) ++s.lit;
    if (ui.action(Action::menu_up)) --s.lit;
    if (ui.action(Action::menu_last)) s.lit += page;
    if (ui.action(Action::menu_first)) s.lit -= page;
    s.lit = std::clamp(s.lit, 0, std::max(0, last));
    if (found.empty()) {
      label(ui, cut_top(r, ui.px(30)), tr("palette.none"), {&ui.fonts->body, ui.theme->text_dim});
      return -1;
    }
    ScrollArea area(ui, r, "list", s.scroll);
    const float line_h = ui.px(30);
    if (s.lit != before || typed.changed)
      area.show(float(s.lit) * line_h, float(s.lit + 1) * line_h);
    const int first = area.first_row(line_h), rows = area.row_count(line_h, last + 1);
    for (int i = first; i < first + rows && i <= last; ++i) {
      const PaletteEntry& e = *found[size_t(i)];
      Rect line = area.content();
      line.y += float(i) * line_h;
      line.h = line_h;
      const Hit hit = row(ui, line, std::to_string(i), e.label, i == s.lit);
      const Inside inside(ui, hit);
      Rect in = inset(line, ui.px(10), 0);
      const float hint_w = std::min(in.w * 0.5f, text_width(ui.fonts->small, e.hint) + ui.px(4));
      LabelStyle dim{&ui.fonts->small, ui.theme->text_dim, Align::right, true};
      if (!e.hint.empty()) label(ui, cut_right(in, hint_w, ui.px(8)), e.hint, dim);
      label(ui, in, e.label, {&ui.fonts->body, ui.theme->text, Align::left, true});
      if (hit.clicked) s.lit = i, chosen = int(&e - entries.data());
    }
    area.end(float(last + 1) * line_h);
    if (typed.submitted) chosen = int(found[size_t(s.lit)] - entries.data());
  }
  if (chosen >= 0) close_dialog(ui, s.dialog);
  return chosen;
}

}  // namespace qs::ui
