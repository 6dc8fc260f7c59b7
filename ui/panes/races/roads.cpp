// Below the schedule: who else could go on at the step that is looked at and what happens then, or
// what becomes of the requests.
#include <algorithm>

#include <fmt/format.h>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui::races {
namespace {

// Executed for the step that is looked at, once.
void find_roads(const RacesFrame& f) {
  auto& roads = f.st.roads;
  const RacesShown& s = f.shown();
  const uint64_t executions = f.report().executions;
  if (roads.route == s.route.get() && roads.at == s.at && roads.executions == executions) return;
  roads.route = s.route.get();
  roads.at = s.at;
  roads.executions = executions;
  roads.list.clear();
  if (s.at >= s.route->steps.size()) return;
  for (explore::Road& road : f.races().roads(*s.route, s.at)) {
    const explore::RouteStep& step = road.shown.steps.back();
    const trace::Trace& trace = *road.shown.execution.trace;
    trace::ShownNames names;
    if (const auto* driver = f.races().program().driver)
      names = trace::worker_names(trace, driver->sources());
    for (const auto& [id, name] : known_before(road.shown, step, s.names)) names.emplace(id, name);
    std::string who = mover_name(road.shown, step, names);
    const auto same = [&who](const RacesState::Road& other) { return other.who == who; };
    if (std::any_of(roads.list.begin(), roads.list.end(), same))
      who = trf("races.another", who, road.move.number);
    std::string deed = deed_of(road.shown, step, names);
    roads.list.push_back({std::move(who), std::move(deed), std::move(road)});
  }
}

// "22 ways on, all break V-07".
std::string comes_of(const RacesFrame& f, const explore::Road& road) {
  const explore::Share& s = road.share;
  if (s.all == 0) return tr(f.races().knows_all() ? "races.road_none" : "races.road_unknown");
  const std::string ways =
      s.all == 1 ? std::string(tr("races.one_way_on")) : trf("races.ways_on", grouped(s.all));
  if (s.well == s.all)
    return ways + ", " + tr(s.all == 1 ? "races.it_ends_well" : "races.all_well");
  std::string rules;
  for (uint32_t way : road.ways)
    if (const explore::Finding* finding = finding_of(f.st, way);
        finding && rules.find(finding->rule) == rules.npos)
      rules += (rules.empty() ? "" : ", ") + finding->rule;
  if (s.well == 0)
    return ways + ", " +
           (s.all == 1 ? trf("races.it_breaks", rules) : trf("races.all_break", rules));
  const uint64_t wrong = s.all - s.well;
  return ways + ", " +
         (wrong == 1 ? trf("races.one_breaks", rules)
                     : trf("races.some_break", grouped(wrong), rules));
}

void draw_share_sign(const RacesFrame& f, const Rect& bar, const explore::Share& s) {
  const Theme& t = *f.ui.theme;
  fill(f.ui, bar, s.all == 0 ? t.track : t.ok.faded(0.8f), bar.h / 2);
  if (s.all == 0 || s.well == s.all) return;
  const float share = float(double(s.all - s.well) / double(s.all));
  const float w = s.well == 0 ? bar.w : std::clamp(bar.w * share, f.ui.px(6), bar.w - f.ui.px(6));
  fill(f.ui, {bar.x, bar.y, w, bar.h}, t.danger, bar.h / 2);
}

void draw_road(const RacesFrame& f, const Rect& rect, size_t index) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const RacesState::Road& road = f.st.roads.list[index];
  const std::string who =
      trf(road.road.move.mover == sched::Mover::Thread ? "races.goes_on_who" : "races.comes_who",
          road.who);
  ItemOptions options;
  options.kind = Kind::row;
  options.group = ui.id("roads");
  options.selected = road.road.taken && !f.st.game.on;
  options.text = who;
  const Hit hit = ui.item(rect, fmt::format("road/{}", index), options);
  const Inside inside(ui, hit);
  const bool taken = road.road.taken && !f.st.game.on;  // who would go on is not told
  box(ui, rect,
      hit.hovered && !taken ? t.hover
      : taken               ? t.accent_soft
                            : t.card,
      taken ? t.accent : t.card_border, ui.px(6), ui.line(taken ? 1.5f : 1));
  if (hit.ring) focus_ring(ui, rect, ui.px(6));
  Rect r = inset(rect, ui.px(12), ui.px(6));
  if (f.st.game.on) {
    label(ui, r, road.deed.empty() ? who : who + ": " + road.deed,
          {&ui.fonts->bold, t.text, Align::left, true});
    if (hit.clicked) take_road(f.st, index);
    return;
  }
  if (r.w > ui.px(330)) {
    const Rect bar = cut_right(r, ui.px(120), ui.px(14));
    draw_share_sign(f, aligned(bar, bar.w, ui.px(10), 0, 0.5f), road.road.share);
  }
  const std::string of = comes_of(f, road.road);
  Rect top = cut_top(r, ui.px(19));
  if (road.road.is_switch) {
    const char* words = tr("races.a_switch");
    const float w = text_width(ui.fonts->caption, words) + ui.px(2);
    if (w < top.w * 0.4f)
      label(ui, cut_right(top, w, ui.px(6)), words,
            {&ui.fonts->caption, t.prompt, Align::right, true});
  }
  label(ui, top, road.deed.empty() ? who : who + ": " + road.deed,
        {&ui.fonts->bold, t.text, Align::left, true});
  label(ui, r, of, {&ui.fonts->small, t.text_dim, Align::left, true});
  tooltip(ui, hit, taken ? tr("races.taken_tip") : tr("races.road_tip"));
  if (hit.clicked) take_road(f.st, index);
}

void draw_roads(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  find_roads(f);
  ScrollArea area(ui, rect, "roads", f.st.list);
  Rect r = area.content();
  const float top = r.y, h = ui.px(f.st.game.on ? 34 : 52);
  if (f.st.roads.list.empty())
    label(ui, {r.x, r.y, r.w, ui.px(24)}, tr("races.at_its_end"),
          {&ui.fonts->small, ui.theme->text_dim, Align::left, true});
  // take_road() may change the list while it is drawn.
  for (size_t i = 0; i < f.st.roads.list.size(); ++i) {
    draw_road(f, {r.x, r.y, r.w, h}, i);
    r.y += h + ui.px(6);
  }
  area.end(r.y - top);
}

void draw_outcomes(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  const auto& outcomes = f.report().outcomes;
  ScrollArea area(ui, rect, "outcomes", f.st.list);
  Rect r = area.content();
  const float top = r.y;
  float counts = ui.px(30);
  for (const explore::Outcome& o : outcomes)
    counts = std::max(counts, text_width(ui.fonts->bold, grouped(o.schedules)) + ui.px(4));
  for (size_t i = 0; i < outcomes.size(); ++i) {
    const LabelStyle style{&ui.fonts->small, t.text};
    const float w = r.w - counts - ui.px(32);
    const float h = paragraph_height(ui, w, outcomes[i].text, style) + ui.px(10);
    const Rect at{r.x, r.y, r.w, h};
    r.y += h + ui.px(2);
    const Hit hit =
        row(ui, at, fmt::format("outcome/{}", i), outcomes[i].text, false, ui.id("outcomes"));
    const Inside inside(ui, hit);
    Rect in = inset(at, ui.px(8), ui.px(5));
    label(ui, cut_left(in, counts, ui.px(14)), grouped(outcomes[i].schedules),
          {&ui.fonts->bold, t.text, Align::right, true});
    paragraph(ui, in, outcomes[i].text, style);
    tooltip(ui, hit, tr("races.outcome_tip"));
    if (hit.clicked) {
      f.st.outcomes = false;
      return show_outcome(f.st, i), area.end(r.y - top);
    }
  }
  area.end(r.y - top);
}

}  // namespace

void draw_below(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  Panel panel(ui, rect, "below");
  Rect r = inset(rect, ui.px(14), ui.px(10));
  Rect head = cut_top(r, ui.px(30), ui.px(8));
  const bool asks = f.shown().route && f.shown().at < f.shown().route->steps.size();
  const std::string who =
      asks ? f.shown().at == 0 ? std::string(tr("races.who_first")) : trf("races.who", f.shown().at)
           : std::string(tr("races.at_end"));
  const std::string sorts = trf("races.outcomes", f.report().outcomes.size());
  const std::string_view names[] = {who, sorts};
  const int picked = tabs_or_menu(ui, cut_left(head, std::min(head.w, tabs_width(ui, names))),
                                  "tabs", names, f.st.outcomes ? 1 : 0, tr("races.below"));
  if (picked >= 0) f.st.outcomes = picked == 1, f.st.list.y = 0;
  const char* hint = tr(f.st.outcomes ? "races.outcomes_hint" : "races.choose_hint");
  if (text_width(ui.fonts->small, hint) + ui.px(16) <= head.w)
    label(ui, head, hint, {&ui.fonts->small, ui.theme->text_faint, Align::right, true});
  if (f.st.outcomes && !f.st.game.on) return draw_outcomes(f, r);
  if (f.shown().route) draw_roads(f, r);
}

}  // namespace qs::ui::races
