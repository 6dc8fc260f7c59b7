// What goes wrong, way by way, and every schedule as a dot.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::races {
namespace {

// ---- ways, those of one rule together, the one with the shortest schedule first

std::vector<size_t> in_groups(const explore::SearchReport& report) {
  std::vector<size_t> out;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    if (std::find(out.begin(), out.end(), i) != out.end()) continue;
    for (size_t j = i; j < report.findings.size(); ++j)
      if (report.findings[j].rule == report.findings[i].rule) out.push_back(j);
  }
  return out;
}

// "Completed while still cancelable" of "Completed while still cancelable: unmark it first".
std::string title_of(const explore::Finding& finding) {
  return finding.text.substr(0, finding.text.find(": "));
}

std::string size_words(uint32_t steps, uint32_t switches) {
  const std::string a = steps == 1 ? std::string(tr("races.one_step")) : trf("races.steps", steps);
  const std::string b =
      switches == 1 ? std::string(tr("races.one_switch")) : trf("races.switches", switches);
  return a + " · " + b;
}

struct WayLines {
  std::string title, rule, count, shortest;
};

std::string reason_of(const explore::Finding& finding) {
  const size_t colon = finding.text.find(": ");
  return colon == finding.text.npos ? std::string() : finding.text.substr(colon + 2);
}

// The second of a group is told by its line, or by what is different.
WayLines lines_of(const explore::Finding& finding, const explore::Finding* first) {
  WayLines out;
  const bool first_of_group = !first;
  if (first_of_group)
    out.title = title_of(finding);
  else if (finding.where != first->where && !finding.where.empty())
    out.title = trf("races.also_at", finding.where);
  else
    out.title = trf("races.also", reason_of(finding));
  out.rule =
      finding.where.empty() || !first_of_group ? finding.rule : finding.rule + "  " + finding.where;
  out.count = finding.schedules == 1 ? std::string(tr("races.one_schedule"))
                                     : trf("races.schedules", grouped(finding.schedules));
  out.shortest = trf("races.shortest", size_words(finding.steps, finding.switches));
  return out;
}

float way_height(const RacesFrame& f, float width, const WayLines& lines) {
  Ui& ui = f.ui;
  return ui.px(16) + paragraph_height(ui, width - ui.px(24), lines.title, {&ui.fonts->bold}) +
         ui.px(2) + ui.px(18) * 2;
}

void draw_way(const RacesFrame& f, const Rect& rect, size_t index, const WayLines& lines) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const explore::Finding& finding = f.report().findings[index];
  const bool on = f.shown().way == int(finding.way);
  ItemOptions options;
  options.kind = Kind::row;
  options.group = ui.id("ways");
  options.selected = on;
  options.text = finding.text;
  const Hit hit = ui.item(rect, fmt::format("way/{}", index), options);
  const Inside inside(ui, hit);
  box(ui, rect,
      hit.hovered && !on ? t.hover
      : on               ? t.accent_soft
                         : t.card,
      on ? t.accent : t.card_border, ui.px(6));
  if (hit.ring) focus_ring(ui, rect, ui.px(6));
  tooltip(ui, hit, finding.text);
  Rect r = inset(rect, ui.px(12), ui.px(8));
  const LabelStyle bold{&ui.fonts->bold, t.text};
  paragraph(ui, cut_top(r, paragraph_height(ui, r.w, lines.title, bold), ui.px(2)), lines.title,
            bold);
  Rect row = cut_top(r, ui.px(18));
  const float counted = text_width(ui.fonts->small, lines.count) + ui.px(2);
  const Rect right = cut_right(row, std::min(counted, row.w), ui.px(8));
  label(ui, row, lines.rule, {&ui.fonts->mono_small, t.danger, Align::left, true});
  label(ui, right, lines.count, {&ui.fonts->small, t.text_dim, Align::right, true});
  label(ui, r, lines.shortest, {&ui.fonts->small, t.text_dim, Align::left, true});
  if (hit.clicked) show_way(f.st, index);
}

// Nothing goes wrong: what that means.
float draw_none(const RacesFrame& f, Rect r, bool drawn) {
  Ui& ui = f.ui;
  const std::string text = tr(f.report().complete ? "races.none_means" : "races.none_so_far_means");
  const LabelStyle style{&ui.fonts->small, ui.theme->text_dim};
  const float h = paragraph_height(ui, r.w - ui.px(24), text, style) + ui.px(18);
  if (!drawn) return h;
  r.h = h;
  box(ui, r, ui.theme->card, ui.theme->card_border, ui.px(6));
  const Rect inner = inset(r, ui.px(12), ui.px(9));
  paragraph(ui, inner, text, style);
  return h;
}

// What stands elsewhere where there is room for it.
float verdict_above(const RacesFrame& f, Rect r, bool drawn) {
  Ui& ui = f.ui;
  const LabelStyle bold{&ui.fonts->bold, ui.theme->text}, dim{&ui.fonts->small, ui.theme->text_dim};
  const float top = r.y;
  const auto say = [&](const std::string& text, const LabelStyle& style) {
    const float h = paragraph_height(ui, r.w, text, style);
    if (drawn) paragraph(ui, {r.x, r.y, r.w, h}, text, style);
    r.y += h + ui.px(6);
  };
  say(races_verdict(f.races()), bold);
  say(races_coverage(f.races()), dim);
  if (const std::string luck = races_luck(f.races()); !luck.empty()) say(luck, dim);
  if (r.w < ui.px(kButtonsFrom)) {
    if (drawn) draw_buttons(f, {r.x, r.y, r.w, ui.px(34)});
    r.y += ui.px(40);
  }
  return r.y - top;
}

// Returns the height; with `drawn` false nothing else.
float ways_list(const RacesFrame& f, Rect r, bool with_verdict, bool drawn) {
  Ui& ui = f.ui;
  const float top = r.y;
  if (with_verdict) r.y += verdict_above(f, r, drawn);
  const explore::SearchReport& report = f.report();
  if (report.findings.empty()) return r.y - top + draw_none(f, r, drawn);
  const explore::Finding* first = nullptr;  // of the group
  for (const size_t i : in_groups(report)) {
    const explore::Finding& finding = report.findings[i];
    if (first && first->rule != finding.rule) first = nullptr;
    const WayLines lines = lines_of(finding, first);
    if (!first) first = &finding;
    const float h = way_height(f, r.w, lines);
    if (drawn) draw_way(f, {r.x, r.y, r.w, h}, i, lines);
    r.y += h + ui.px(8);
  }
  return r.y - top - ui.px(8);
}

// ---- dots

struct Dots {
  float pitch = 0;
  int columns = 1;
  Rect content;
  Point center(size_t i) const {
    return {content.x + (float(i % size_t(columns)) + 0.5f) * pitch,
            content.y + (float(i / size_t(columns)) + 0.5f) * pitch};
  }
};

// The kept schedule that is shown, as a place in the order; SIZE_MAX: none of them.
size_t shown_dot(const RacesFrame& f) {
  const auto at = std::find(f.st.order.begin(), f.st.order.end(), f.st.counted.kept);
  return at == f.st.order.end() ? SIZE_MAX : size_t(at - f.st.order.begin());
}

std::string dot_words(const RacesFrame& f, size_t i) {
  const explore::Kept& k = f.races().kept()[f.st.order[i]];
  std::string out = trf("races.dot", grouped(i + 1));
  if (!k.wrong())
    return out + ": " + tr("races.ends_well") + "\n" +
           size_words(uint32_t(k.steps.size()), k.switches);
  std::string rules;
  for (uint32_t way : k.ways)
    if (const explore::Finding* finding = finding_of(f.st, way);
        finding && rules.find(finding->rule) == rules.npos)
      rules += (rules.empty() ? "" : ", ") + finding->rule;
  return out + ": " + (rules.empty() ? std::string(tr("races.goes_wrong")) : rules) + "\n" +
         size_words(uint32_t(k.steps.size()), k.switches);
}

void draw_dot(const RacesFrame& f, Point c, bool wrong, bool shown, bool lit) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  disc(ui, c, ui.px(wrong ? 4.2f : 3.1f), wrong ? t.danger : t.ok.faded(0.62f));
  if (shown || lit) ring(ui, c, ui.px(5.6f), shown ? t.text : t.text_dim, ui.line(1.5f));
}

void draw_dots(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  RacesState& st = f.st;
  const auto& kept = f.races().kept();
  const size_t count = st.order.size();
  Dots d;
  d.pitch = std::max(1.0f, std::floor(ui.px(12)));
  ScrollArea area(ui, rect, "dots", st.dots);
  d.content = area.content();
  d.columns = std::max(1, int(d.content.w / d.pitch));
  const int rows = int((count + size_t(d.columns) - 1) / size_t(d.columns));
  const Rect all{d.content.x, d.content.y, d.pitch * float(d.columns), d.pitch * float(rows)};
  if (count > 0) {
    ItemOptions options;
    options.kind = Kind::picture;
    options.focusable = true;
    options.wants = Wants(wants_left_right | wants_up_down | wants_home_end);
    options.text = tr("races.dots");
    const Hit hit = ui.item(all, "grid", options);
    if (hit.hovered) {
      const auto x = int((ui.mouse().x - all.x) / d.pitch),
                 y = int((ui.mouse().y - all.y) / d.pitch);
      const size_t i =
          size_t(std::max(0, y)) * size_t(d.columns) + size_t(std::clamp(x, 0, d.columns - 1));
      st.lit_dot = std::min(i, count - 1);
    }
    st.lit_dot = std::min(st.lit_dot, count - 1);
    const auto move = [&](int by) {
      st.lit_dot = size_t(std::clamp(int(st.lit_dot) + by, 0, int(count) - 1));
      area.show(float(st.lit_dot / size_t(d.columns)) * d.pitch,
                float(st.lit_dot / size_t(d.columns) + 1) * d.pitch);
    };
    if (hit.key == Key::left) move(-1);
    if (hit.key == Key::right) move(1);
    if (hit.key == Key::up) move(-d.columns);
    if (hit.key == Key::down) move(d.columns);
    if (hit.key == Key::home) move(-int(count));
    if (hit.key == Key::end) move(int(count));
    const size_t shown = shown_dot(f);
    const bool pointed = hit.hovered || hit.ring;
    const int first = area.first_row(d.pitch), seen = area.row_count(d.pitch, rows);
    for (size_t i = size_t(first) * size_t(d.columns);
         i < std::min(count, size_t(first + seen) * size_t(d.columns)); ++i)
      draw_dot(f, d.center(i), kept[st.order[i]].wrong(), i == shown, pointed && i == st.lit_dot);
    if (hit.ring) focus_ring(ui, intersect(all, rect), ui.px(4));
    if (pointed) tooltip(ui, hit, dot_words(f, st.lit_dot));
    if (hit.clicked) {
      show_kept(st, st.order[st.lit_dot]);
      if (hit.double_clicked) f.act.play = true;
    }
  }
  area.end(all.h);
}

void draw_legend(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const auto entry = [&](bool wrong, const char* words) {
    const float w = text_width(ui.fonts->small, words) + ui.px(20);
    if (w > r.w) return;
    const Rect cell = cut_left(r, w, ui.px(10));
    draw_dot(f, {cell.x + ui.px(5), cell.center().y}, wrong, false, false);
    label(ui, {cell.x + ui.px(16), cell.y, cell.w - ui.px(16), cell.h}, words,
          {&ui.fonts->small, wrong ? t.danger : t.ok, Align::left, true});
  };
  entry(true, tr("races.goes_wrong"));
  entry(false, tr("races.ends_well"));
  const uint64_t known = f.races().progress().schedules, kept = f.races().kept().size();
  if (known > kept)
    label(ui, r, trf("races.more_dots", grouped(known - kept)),
          {&ui.fonts->small, t.text_faint, Align::right, true});
}

void draw_game_link(const RacesFrame& f, const Rect& r) {
  Ui& ui = f.ui;
  const char* words = tr("races.be_scheduler");
  if (text_width(ui.fonts->small, words) > r.w) return;
  if (link(ui, {r.x, r.y}, "scheduler", words, false, &ui.fonts->small).clicked) begin_game(f.st);
}

}  // namespace

void draw_ways(const RacesFrame& f, const Rect& rect, bool with_verdict) {
  Ui& ui = f.ui;
  if (f.st.game.on && f.shown().route) return draw_game(f, rect);
  Panel panel(ui, rect, "found");
  Rect r = inset(rect, ui.px(14), ui.px(12));
  const float dots_least = ui.px(92);
  const float head = ui.px(20);
  const float wanted = ways_list(f, {0, 0, r.w - ui.px(12), 0}, with_verdict, false);
  float room = r.h - head - ui.px(10);
  const bool dots = room - std::min(wanted, ui.px(70)) >= dots_least + ui.px(94);
  if (dots) room = std::min(wanted, room - dots_least - ui.px(104));
  heading(ui, cut_top(r, head, ui.px(4)), tr("races.ways"));
  {
    const Rect at = cut_top(r, std::max(0.0f, room), ui.px(12));
    ScrollArea area(ui, at, "ways", f.st.ways);
    const Rect content = area.content();
    area.end(ways_list(f, content, with_verdict, true));
  }
  if (!dots) return;
  heading(ui, cut_top(r, head), tr("races.every"));
  label(ui, cut_top(r, ui.px(18), ui.px(6)), tr("races.one_dot"),
        {&ui.fonts->small, ui.theme->text_dim, Align::left, true});
  draw_game_link(f, cut_bottom(r, ui.px(20), ui.px(4)));
  draw_legend(f, cut_bottom(r, ui.px(18), ui.px(6)));
  draw_dots(f, r);
}

}  // namespace qs::ui::races
