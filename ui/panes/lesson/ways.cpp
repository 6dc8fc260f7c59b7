#include "ui/panes/lesson/ways.h"

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {
namespace {

constexpr float kWayHigh = 28, kWayGap = 4;  // of a row, design pixels

}  // namespace

float ways_height(Ui& ui, const std::vector<std::string>& ways) {
  return float(ways.size()) * ui.px(kWayHigh + kWayGap);
}

int draw_ways(Ui& ui, Rect rect, const std::vector<std::string>& ways) {
  int clicked = -1;
  for (size_t i = 0; i < ways.size(); ++i) {
    const Rect r = cut_top(rect, ui.px(kWayHigh), ui.px(kWayGap));
    ground(ui, r, PanelLook::card);
    const Hit hit = row(ui, r, fmt::format("lesson/let/{}", i + 1), ways[i], false);
    const Inside inside(ui, hit);
    LabelStyle style{&ui.fonts->body, ui.theme->text};
    style.may_cut = true;
    label(ui, inset(r, ui.px(8), 0), ways[i], style);
    if (hit.clicked) clicked = int(i);
  }
  return clicked;
}

float card_height(Ui& ui, float width, const std::string& words) {
  const LabelStyle style{&ui.fonts->body, ui.theme->text};
  return paragraph_height(ui, width - ui.px(16), words, style) + ui.px(12);
}

bool draw_card(Ui& ui, const Rect& rect, const std::string& name, const std::string& words,
               bool picked) {
  ground(ui, rect, picked ? PanelLook::chosen : PanelLook::card);
  const Hit hit = row(ui, rect, name, words, picked);
  const Inside inside(ui, hit);
  paragraph(ui, inset(rect, ui.px(8), ui.px(6)), words, {&ui.fonts->body, ui.theme->text});
  return hit.clicked;
}

}  // namespace qs::ui
