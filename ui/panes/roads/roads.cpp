#include "ui/panes/roads/roads.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/races/sequence.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

bool same_choice(const explore::RouteStep& a, const explore::RouteStep& b) {
  return a.move() == b.move() && a.open == b.open;
}

// A thread that goes on past several decisions at which the same others could have, and of which
// there is nothing to tell, is listed once.
std::vector<size_t> decisions_of(const explore::Route& route, const trace::ShownNames& names) {
  std::vector<size_t> out;
  for (size_t i = 0; i < route.steps.size(); ++i) {
    const explore::RouteStep& s = route.steps[i];
    if (s.open.size() < 2) continue;
    const bool goes_on =
        !out.empty() && same_choice(route.steps[out.back()], s) && deed_of(route, s, names).empty();
    if (!goes_on) out.push_back(i);
  }
  return out;
}

}  // namespace

void follow_roads(RoadsState& st, const session::Session& session, const trace::ShownNames& names) {
  const auto& trace = session.branch().execution.trace;
  if (st.trace == trace) return;
  st.trace = trace;
  st.route.reset();
  st.decisions.clear();
  st.choices.clear();
  st.scroll = {};
  st.seen_event = size_t(-1);
  st.error = session::Races::refusal(session);
  if (!st.error.empty()) return;
  st.route = session::route_of(session);
  st.decisions = decisions_of(*st.route, names);
  st.choices.resize(st.decisions.size());
}

// Nobody knows what would be done before it is: the step is made, by whoever could.
const std::vector<RoadsState::Choice>& choices_at(RoadsState& st, const run::Program& program,
                                                  const trace::ShownNames& names, size_t decision) {
  auto& out = st.choices[decision];
  if (!out.empty()) return out;
  const size_t at = st.decisions[decision];
  const explore::RouteStep& s = st.route->steps[at];
  for (uint32_t i = 0; i < s.open.size(); ++i) {
    const explore::Route there = explore::follow_to(program, *st.route, at, s.open[i]);
    const explore::RouteStep& step = there.steps.back();
    const trace::ShownNames known = known_before(there, step, names);
    const std::string who = mover_name(there, step, known), deed = deed_of(there, step, known);
    RoadsState::Choice choice{deed.empty() ? who : who + ": " + deed, s.open[i], i == s.chosen};
    if (choice.taken)
      out.insert(out.begin(), std::move(choice));
    else
      out.push_back(std::move(choice));
  }
  return out;
}

void take_road(const RoadsState& st, size_t decision, const RoadsState::Choice& choice,
               std::vector<session::Command>& out) {
  const size_t at = st.decisions[decision];
  const sched::Schedule schedule = explore::turned(*st.route, at, choice.move);
  out.push_back(session::cmd::LoadSchedule{schedule.print(), trf("roads.branch", choice.words)});
  out.push_back(session::cmd::Seek{double(st.route->steps[at].from)});
}

namespace {

// The decision in force after so many events; -1: none yet.
int decision_at(const RoadsState& st, size_t events) {
  int at = -1;
  for (size_t i = 0; i < st.decisions.size(); ++i)
    if (st.route->steps[st.decisions[i]].from < events) at = int(i);
  return at;
}

void draw_decision(Ui& ui, Rect r, const RoadsState& st, size_t index,
                   const std::vector<RoadsState::Choice>& choices) {
  const Theme& t = *ui.theme;
  const explore::RouteStep& s = st.route->steps[st.decisions[index]];
  const trace::Trace& trace = *st.route->execution.trace;
  cut_left(r, ui.px(8));
  const float digit = text_width(ui.fonts->mono_small, "0");
  draw_text(ui, cut_left(r, digit * 5, ui.px(10)), ui.fonts->mono_small, t.text_faint,
            std::to_string(st.decisions[index] + 1), Align::right);
  const uint32_t time = s.from < trace.size() ? trace[s.from].time : 0;
  draw_text(ui, cut_left(r, digit * 9, ui.px(12)), ui.fonts->mono_small, t.text_faint,
            trace::time_text(time), Align::right);
  const float mine = std::min(r.w * 0.4f, ui.px(340));
  bool fits = false;
  draw_text(ui, cut_left(r, mine, ui.px(12)), ui.fonts->small, t.text,
            shortened(ui.fonts->small, choices.front().words, mine, fits));
  std::string others;
  for (size_t i = 1; i < choices.size(); ++i) others += (i > 1 ? "   ·   " : "") + choices[i].words;
  const std::string sign = std::string(icon::branch) + "  ";
  draw_text(ui, r, ui.fonts->small, t.branch, shortened(ui.fonts->small, sign + others, r.w, fits));
}

void decision_menu(Ui& ui, Id owner, const RoadsInput& in, RoadsState& st, UiState& shared,
                   std::vector<session::Command>& out) {
  if (!menu_open(ui, owner) || st.open >= st.decisions.size()) return;
  const trace::ShownNames none;
  const auto& choices =
      choices_at(st, in.session->program(), shared.names ? *shared.names : none, st.open);
  std::vector<MenuEntry> entries;
  for (size_t i = 0; i < choices.size(); ++i) {
    MenuEntry e;
    e.label = choices[i].taken ? trf("roads.went", choices[i].words) : choices[i].words;
    e.key = i < 9 ? std::to_string(i + 1) : std::string();
    e.checked = choices[i].taken;
    entries.push_back(e);
  }
  entries.push_back({.label = tr("roads.go_there"), .key = "G", .separator = true});
  const MenuChoice c = menu(ui, owner, trf("roads.title", st.decisions[st.open] + 1), entries);
  if (!c) return;
  const double there = double(st.route->steps[st.decisions[st.open]].from);
  if (size_t(c.index) >= choices.size() || choices[size_t(c.index)].taken)
    out.push_back(session::cmd::Seek{there});
  else
    take_road(st, st.open, choices[size_t(c.index)], out);
}

void draw_list(Ui& ui, const Rect& rect, Id owner, const RoadsInput& in, RoadsState& st,
               UiState& shared) {
  const trace::ShownNames none;
  const trace::ShownNames& names = shared.names ? *shared.names : none;
  const float height = std::round(ui.px(23));
  size_t shown = st.decisions.size();
  if (!in.show_future) shown = size_t(decision_at(st, in.moment->event) + 1);
  const int current = decision_at(st, in.moment->event);
  ScrollArea area(ui, rect, "rows", st.scroll);
  if (st.seen_event != in.moment->event) {
    st.seen_event = in.moment->event;
    st.scroll.content = height * float(shown);
    const float y = float(std::max(0, current)) * height;
    area.show(std::max(0.0f, y - 2 * height), y + 3 * height);
  }
  const Rect content = area.content();
  const Id group = ui.id("group");
  const int first = area.first_row(height), count = area.row_count(height, int(shown));
  for (int i = first; i < first + count; ++i) {
    const auto& choices = choices_at(st, in.session->program(), names, size_t(i));
    const Rect line{content.x, content.y + float(i) * height, content.w, height};
    const Hit hit = row(ui, line, fmt::format("decision-{}", st.decisions[size_t(i)] + 1),
                        choices.front().words, i == current, group);
    if (i == current) fill(ui, {line.x, line.y, ui.px(3), line.h}, ui.theme->accent);
    draw_decision(ui, line, st, size_t(i), choices);
    if (hit.hovered) shared.hover_event(int64_t(st.route->steps[st.decisions[size_t(i)]].from));
    tooltip(ui, hit, tr("roads.tip"));
    if (!hit.clicked && !hit.right_clicked) continue;
    st.open = size_t(i);
    open_menu(ui, owner, hit.hovered ? ui.mouse() : Point{line.x, line.bottom()}, !hit.hovered);
  }
  area.end(height * float(shown));
}

}  // namespace

void draw_roads(Ui& ui, const Rect& rect, const RoadsInput& in, RoadsState& st, UiState& shared,
                std::vector<session::Command>& out) {
  const IdScope scope(ui, "roads");
  const trace::ShownNames none;
  follow_roads(st, *in.session, shared.names ? *shared.names : none);
  const Id owner = ui.id("decision-menu");
  const bool any = st.route && !st.decisions.empty();
  if (any) {
    draw_list(ui, rect, owner, in, st, shared);
    return decision_menu(ui, owner, in, st, shared, out);
  }
  label(ui, rect, st.error.empty() ? tr("roads.none") : st.error,
        {&ui.fonts->body, ui.theme->text_dim, Align::center, true});
}

}  // namespace qs::ui
