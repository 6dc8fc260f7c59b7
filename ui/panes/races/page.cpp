// The page: what there is room for of verdict, findings, schedule, roads and code, and where it
// stands.
#include <algorithm>

#include "ui/panes/races/parts.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace races {
namespace {

constexpr float kWide = 1240, kMedium = 760, kLow = 480;

// Schedule above, roads below it.
void draw_middle(const RacesFrame& f, Rect r) {
  Ui& ui = f.ui;
  const float low = std::clamp(r.h * 0.32f, ui.px(150), ui.px(290));
  const Rect below = cut_bottom(r, low, ui.px(10));
  draw_schedule(f, r);
  draw_below(f, below);
}

// The parts behind tabs, from `first` on.
void draw_tabbed(const RacesFrame& f, Rect r, RacesPart first) {
  Ui& ui = f.ui;
  std::vector<std::string_view> names;
  std::vector<RacesPart> parts;
  const auto add = [&](RacesPart part, const char* name) {
    if (part < first) return;
    parts.push_back(part);
    names.push_back(name);
  };
  const bool low = first == RacesPart::ways;  // no room for schedule and roads at once
  add(RacesPart::ways, tr("races.part_ways"));
  add(RacesPart::schedule, tr("races.part_schedule"));
  if (low) add(RacesPart::roads, tr("races.part_roads"));
  add(RacesPart::code, tr("races.part_code"));
  size_t at = 0;
  for (size_t i = 0; i < parts.size(); ++i)
    if (parts[i] == f.st.part) at = i;
  Rect row = cut_top(r, ui.px(30), ui.px(6));
  if (low && row.w >= ui.px(kButtonsFrom + 100)) cut_right(row, draw_buttons(f, row), ui.px(10));
  const int picked = tabs_or_menu(ui, row, "parts", names, int(at), tr("races.parts"));
  if (picked >= 0) at = size_t(picked), f.st.part = parts[at];
  switch (parts[at]) {
    case RacesPart::ways: return draw_ways(f, r, true);
    case RacesPart::schedule: return low ? draw_schedule(f, r) : draw_middle(f, r);
    case RacesPart::roads: return draw_below(f, r);
    case RacesPart::code: return draw_code_and_why(f, r);
  }
}

void draw_page(const RacesFrame& f, Rect page) {
  Ui& ui = f.ui;
  const float gap = ui.px(10);
  const IdScope scope(ui, "races");
  if (!f.st.error.empty()) {
    Panel panel(ui, page, "refused");
    Rect r = inset(page, ui.px(16), ui.px(14));
    ButtonStyle style;
    const std::string key = ui.keymap->key_text(Action::back);
    style.key = key.c_str();
    const float w = button_width(ui, tr("races.leave"));
    Rect row = cut_top(r, ui.px(32), gap);
    f.act.leave = button(ui, cut_right(row, w), "leave", tr("races.leave"), style).clicked;
    const float h = banner_height(ui, r.w, f.st.error, "");
    banner(ui, {r.x, r.y, r.w, h}, BannerLook::info, f.st.error, "");
    return;
  }
  if (!f.st.races) return;
  if (page.w < ui.px(kMedium) || page.h < ui.px(kLow)) return draw_tabbed(f, page, RacesPart::ways);
  draw_verdict(f, cut_top(page, verdict_height(f, page.w), gap));
  if (page.w < ui.px(kWide)) {
    draw_ways(f, cut_left(page, std::clamp(page.w * 0.29f, ui.px(250), ui.px(330)), gap), false);
    return draw_tabbed(f, page, RacesPart::schedule);
  }
  draw_ways(f, cut_left(page, std::clamp(page.w * 0.21f, ui.px(270), ui.px(400)), gap), false);
  const float code = std::clamp(page.w * 0.4f, ui.px(430), ui.px(760));
  draw_code_and_why(f, cut_right(page, code, gap));
  draw_middle(f, page);
}

}  // namespace
}  // namespace races

RacesAct draw_races(Ui& ui, const Rect& page, RacesState& st, UiState& shared, bool projector) {
  RacesAct act;
  std::vector<session::Command> out;
  races::draw_page({ui, st, shared, act, out, projector}, page);
  return act;
}

}  // namespace qs::ui
