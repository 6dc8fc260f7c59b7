// The page: what there is room for of set-up, difference, runs and lanes, and where it stands.
#include <algorithm>

#include "ui/panes/compare/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace compare {
namespace {

constexpr float kLeastColumn = 200, kStrip = 26;

// ---- the difference, in words

const Font& sentence_font(const CompareFrame& f, bool small) {
  if (small) return f.ui.fonts->small_bold;
  return f.projector ? f.ui.fonts->title : f.ui.fonts->bold;
}

std::string sentence_text(const CompareFrame& f) {
  if (f.comparison().difference) return f.comparison().sentence;
  return tr(f.st.cast.requests.empty() ? "compare.nothing_sent" : "compare.same");
}

bool has_button(const CompareFrame& f, float width) {
  return f.comparison().difference && width > f.ui.px(300);  // else there is the key
}

float sentence_height(const CompareFrame& f, float width, bool small) {
  Ui& ui = f.ui;
  const LabelStyle style{&sentence_font(f, small)};
  float room = width - ui.px(24);
  if (has_button(f, width)) room -= button_width(ui, tr("compare.there")) + ui.px(10);
  return std::max(ui.px(40), paragraph_height(ui, room, sentence_text(f), style) + ui.px(12));
}

void draw_sentence(const CompareFrame& f, const Rect& rect, bool small) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const bool there = f.comparison().difference.has_value();
  ItemOptions options;
  options.kind = Kind::panel;
  options.focusable = false;
  const Hit ground_hit = ui.item(rect, "difference", options);
  const Inside inside(ui, ground_hit);
  box(ui, rect, f.at_difference() ? t.accent_soft : t.card, there ? t.branch : t.card_border,
      ui.px(6), ui.line(f.at_difference() ? 2 : 1));
  Rect r = inset(rect, ui.px(12), ui.px(6));
  if (has_button(f, rect.w)) {
    const std::string key = ui.keymap->key_text(Action::first_difference);
    ButtonStyle style;
    style.key = key.c_str();
    const float w = button_width(ui, tr("compare.there"));
    const Rect b = aligned(cut_right(r, w, ui.px(10)), w, ui.px(28), 1, 0.5f);
    if (button(ui, b, "there", tr("compare.there"), style).clicked) go_to_difference(f.st);
  }
  const std::string text = sentence_text(f);
  const LabelStyle style{&sentence_font(f, small), t.text};
  const float h = paragraph_height(ui, r.w, text, style);
  paragraph(ui, {r.x, r.center().y - h / 2, r.w, h}, text, style);
}

// ---- inputs that could not be done, run by run

std::vector<std::string> impossible_lines(const session::Comparison& c) {
  std::vector<std::string> lines;
  for (const session::ComparedRun& run : c.runs)
    for (const auto& i : run.impossible)
      lines.push_back(trf("compare.impossible", session::mode_title(run.mode), i.words, i.reason));
  return lines;
}

// Returns the height used.
float draw_lines(const CompareFrame& f, Rect r, const std::vector<std::string>& lines) {
  Ui& ui = f.ui;
  const float top = r.y;
  for (const std::string& line : lines) {
    const LabelStyle style{&ui.fonts->small, ui.theme->text_dim};
    const float h = paragraph_height(ui, r.w, line, style);
    if (ui.can_see({r.x, r.y, r.w, h})) paragraph(ui, {r.x, r.y, r.w, h}, line, style);
    r.y += h + ui.px(2);
  }
  return r.y - top;
}

void draw_impossible(const CompareFrame& f, const Rect& rect,
                     const std::vector<std::string>& lines) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "impossible", PanelLook::card);
  ScrollArea area(ui, inset(rect, ui.px(10), ui.px(6)), "view", f.st.impossible);
  area.end(draw_lines(f, area.content(), lines));
}

// ---- arrangements

bool leave_button(const CompareFrame& f, const Rect& rect) {
  ButtonStyle style;
  style.font = &f.ui.fonts->small_bold;
  const std::string key = f.ui.keymap->key_text(Action::back);
  style.key = key.c_str();
  return button(f.ui, rect, "leave", tr("compare.leave"), style).clicked;
}

float leave_width(const CompareFrame& f) {
  return text_width(f.ui.fonts->small_bold, tr("compare.leave")) + f.ui.px(22);
}

void open_run(const CompareFrame& f, size_t run, CompareAct& act) {
  const session::ComparedRun& shown = f.comparison().runs[run];
  act.open =
      session::cmd::SwitchDispatch{f.st.cast.queues.front(), shown.mode.dispatch, shown.mode.limit};
  act.event = f.after(run);
}

// The runs as small stages, or as a table, above the lanes.
void draw_large(const CompareFrame& f, Rect r, bool columns, CompareAct& act) {
  Ui& ui = f.ui;
  const float gap = ui.px(8), least_lanes = lanes_height(f, false);
  const float least = columns ? column_height(f) : table_height(f);
  const auto lines = impossible_lines(f.comparison());
  if (!lines.empty() && r.h >= least + least_lanes + ui.px(70)) {
    const float h = std::min(ui.px(14 + 19 * float(lines.size())), ui.px(76));
    draw_impossible(f, cut_bottom(r, std::min(h, r.h - least - least_lanes - 2 * gap), gap), lines);
  }
  const float most = columns ? r.h * 0.5f : r.h - least - gap;
  const float wanted = std::min(lanes_height(f, true), most);
  const float low = std::clamp(wanted, least_lanes, std::max(least_lanes, r.h - least - gap));
  const Rect lanes = cut_bottom(r, low, gap);
  if (columns) {
    for (size_t run = 0; run < f.runs(); ++run)
      if (draw_column(f, grid_cell(r, int(f.runs()), 1, int(run), ui.px(10)), run))
        open_run(f, run, act);
  } else {
    const int run = draw_table(f, r);
    if (run >= 0) open_run(f, size_t(run), act);
  }
  draw_lanes(f, lanes);
}

// One after the other, as far as it takes: the table, the difference, what was not possible.
void draw_runs_part(const CompareFrame& f, const Rect& r, CompareAct& act) {
  Ui& ui = f.ui;
  ScrollArea area(ui, r, "small", f.st.small);
  Rect content = area.content();
  const float top = content.y, gap = ui.px(6);
  const float sentence = sentence_height(f, content.w, true);
  const auto lines = impossible_lines(f.comparison());
  float table = std::max(table_height(f), area.view().h - sentence - gap);
  if (table > area.view().h - sentence - gap) table = std::max(table_height(f), area.view().h);
  content.h = table;
  const int run = draw_table(f, content);
  if (run >= 0) open_run(f, size_t(run), act);
  content.y += table + gap;
  draw_sentence(f, {content.x, content.y, content.w, sentence}, true);
  content.y += sentence;
  if (!lines.empty()) {
    content.y += gap;
    content.y += draw_lines(f, content, lines);
  }
  area.end(content.y - top);
}

// A small window: one part at a time, the clock below.
void draw_small(const CompareFrame& f, Rect r, Rect row, CompareAct& act) {
  Ui& ui = f.ui;
  const std::string_view names[] = {tr("compare.runs"), tr("compare.lanes"), tr("compare.setup")};
  const int picked = tabs_or_menu(ui, row, "parts", names, int(f.st.part), tr("compare.parts"));
  if (picked >= 0) f.st.part = ComparePart(picked);
  if (f.st.part == ComparePart::lanes) return draw_lanes(f, r);
  draw_strip(f, cut_bottom(r, ui.px(kStrip), ui.px(6)));
  if (f.st.part == ComparePart::runs) return draw_runs_part(f, r, act);
  ScrollArea area(ui, r, "small", f.st.small);
  const Rect content = area.content();
  const float h = setup_height(f, content.w, content.w);
  draw_setup(f, {content.x, content.y, content.w, h}, content.w);
  area.end(h);
}

void draw_page(CompareFrame& f, const Rect& page, CompareAct& act) {
  Ui& ui = f.ui;
  const float gap = ui.px(8);
  Rect r = inset(page, ui.px(12), ui.px(10));
  const float leave = leave_width(f), first = r.w - leave - ui.px(16);
  const float header = setup_height(f, r.w, first);
  const float sentence = sentence_height(f, r.w, false);
  const float rest = r.h - header - sentence - 3 * gap - lanes_height(f, false);
  const bool wide = r.w >= ui.px(kLeastColumn) * float(std::max<size_t>(2, f.runs()));
  const bool columns = wide && rest >= column_height(f), table = rest >= table_height(f);
  if (!f.st.error.empty() || columns || table) {
    Panel panel(ui, page, "compare", PanelLook::stage);
    Rect top = cut_top(r, header, gap);
    draw_setup(f, top, first);
    f.at = f.clock().at(f.st.position);  // another queue or mode may have been chosen
    top.h = ui.px(28);
    act.leave = leave_button(f, cut_right(top, leave));
    if (f.st.error.empty()) {
      draw_sentence(f, cut_top(r, sentence, gap), false);
      return draw_large(f, r, columns, act);
    }
    const float h = banner_height(ui, r.w, f.st.error, "");
    banner(ui, {r.x, r.y, r.w, h}, BannerLook::info, f.st.error, "");
    return;
  }
  const IdScope scope(ui, "compare");
  r = page;
  Rect top = cut_top(r, ui.px(30), ui.px(4));
  act.leave = leave_button(f, aligned(cut_right(top, leave, ui.px(10)), leave, ui.px(28), 1, 0.5f));
  draw_small(f, r, top, act);
}

}  // namespace
}  // namespace compare

CompareAct draw_compare(Ui& ui, const Rect& page, const session::Session& session, CompareState& st,
                        UiState& shared, bool projector) {
  CompareAct act;
  compare::CompareFrame f{
      ui, session, st, shared, st.comparison.clock.at(st.position), projector, ui.reduced_motion};
  compare::draw_page(f, page, act);
  return act;
}

}  // namespace qs::ui
