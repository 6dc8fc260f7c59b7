// Be the scheduler: somebody picks who goes on, and tries to break the driver. What has not
// happened yet is not shown; how far it is, the search tells when it is asked.
#include <algorithm>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void begin_game(RacesState& st) {
  if (!st.races) return;
  st.before.clear();
  st.game = {};
  st.game.on = true;
  st.chosen = true;
  show_schedule(st, st.races->schedule());
  st.shown.mine = true;
  look_at_choice(st, 0);
}

void end_game(RacesState& st) {
  st.game = {};
  st.before.clear();
  st.chosen = false;
  st.shown = {};
  refresh_races(st);
}

void look_at_choice(RacesState& st, size_t at) {
  const auto& steps = st.shown.route->steps;
  while (at < steps.size() && steps[at].open.size() < 2) ++at;
  look_at_step(st, at);
}

namespace races {
namespace {

uint32_t switches_made(const RacesShown& s) {
  const auto& steps = s.route->steps;
  return uint32_t(std::count_if(steps.begin(), steps.begin() + long(std::min(s.at, steps.size())),
                                [](const explore::RouteStep& step) { return step.is_switch; }));
}

// What the search knows about what is still to be done.
std::string hint_text(const RacesFrame& f) {
  const RacesShown& s = f.shown();
  if (const auto left = explore::switches_to_wrong(*s.route, s.at, f.races().kept())) {
    if (*left == 0) return tr("races.hint_none");
    return *left == 1 ? std::string(tr("races.hint_one")) : trf("races.hint", *left);
  }
  if (f.races().progress().wrong == 0)
    return tr(f.races().knows_all() ? "races.hint_impossible" : "races.hint_unknown");
  return tr(f.races().knows_all() ? "races.hint_lost" : "races.hint_unknown");
}

std::string state_text(const RacesFrame& f) {
  const RacesShown& s = f.shown();
  const uint32_t made = switches_made(s);
  const std::string switches =
      made == 1 ? std::string(tr("races.one_switch")) : trf("races.switches", made);
  if (s.at < s.route->steps.size()) return trf("races.game_state", s.at, switches);
  if (s.sequence.rule.empty()) return tr("races.game_well");
  return trf("races.game_won", s.sequence.rule, switches);
}

}  // namespace

void draw_game(const RacesFrame& f, const Rect& rect) {
  Ui& ui = f.ui;
  const Theme& t = *ui.theme;
  Panel panel(ui, rect, "game");
  Rect r = inset(rect, ui.px(14), ui.px(12));
  Rect foot = cut_bottom(r, ui.px(30), ui.px(8));
  ScrollArea area(ui, r, "text", f.st.ways);
  Rect in = area.content();
  const float top = in.y;
  const auto say = [&](const std::string& text, const LabelStyle& style) {
    const float h = paragraph_height(ui, in.w, text, style);
    paragraph(ui, {in.x, in.y, in.w, h}, text, style);
    in.y += h + ui.px(10);
  };
  const bool over = f.shown().at >= f.shown().route->steps.size();
  const bool won = over && !f.shown().sequence.rule.empty();
  say(tr("races.game_title"), {&ui.fonts->title, t.prompt});
  say(tr("races.game_goal"), {&ui.fonts->body, t.text});
  say(state_text(f), {&ui.fonts->bold, won ? t.danger : t.text});
  if (f.st.game.hint && !over) say(hint_text(f), {&ui.fonts->body, t.text_dim});
  if (!over) {
    const float w = std::min(in.w, button_width(ui, tr("races.ask_hint")));
    if (button(ui, {in.x, in.y, w, ui.px(30)}, "hint", tr("races.ask_hint")).clicked)
      f.st.game.hint = true;
    in.y += ui.px(30);
  }
  area.end(in.y - top);
  const auto cells = divide_row(foot, {share(1), share(1)}, ui.px(8));
  if (button(ui, cells[0], "again", tr("races.game_again")).clicked) return begin_game(f.st);
  ButtonStyle quit;
  quit.reason = tr("races.give_up_tip");
  if (button(ui, cells[1], "give-up", tr("races.give_up"), quit).clicked) end_game(f.st);
}

}  // namespace races
}  // namespace qs::ui
