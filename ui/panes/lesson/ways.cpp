#include "ui/panes/lesson/ways.h"

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {
namespace {

constexpr float kHigh = 28, kGap = 4;  // of a row, design pixels

}  // namespace

float ways_height(Ui& ui, const std::vector<std::string>& ways) {
  return float(ways.size()) * ui.px(kHigh + kGap);
}

int draw_ways(Ui& ui, Rect rect, const std::vector<std::string>& ways) {
  int clicked = -1;
  for (size_t i = 0; i < ways.size(); ++i) {
    const Rect r = cut_top(rect, ui.px(kHigh), ui.px(kGap));
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

}  // namespace qs::ui
