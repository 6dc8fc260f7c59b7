#include "ui/panes/lesson/ways.h"

#include <algorithm>

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"

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

namespace {

std::vector<Rect> card_places(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards,
                              int columns) {
  const float gap = ui.px(4), width = (rect.w + gap) / float(columns) - gap;
  std::vector<Rect> out;
  float y = rect.y;
  for (size_t first = 0; first < cards.size(); first += size_t(columns)) {
    float high = 0;
    const size_t end = std::min(cards.size(), first + size_t(columns));
    for (size_t i = first; i < end; ++i)
      high = std::max(high, prose_height(ui, width - ui.px(16), cards[i].words) + ui.px(12));
    for (size_t i = first; i < end; ++i)
      out.push_back({rect.x + (width + gap) * float(i - first), y, width, high});
    y += high + gap;
  }
  return out;
}

}  // namespace

float cards_height(Ui& ui, float width, const std::vector<CardRow>& cards, int columns) {
  const auto places = card_places(ui, {0, 0, width, 0}, cards, columns);
  return places.empty() ? 0 : places.back().bottom();
}

int draw_cards(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards, int columns) {
  const auto places = card_places(ui, rect, cards, columns);
  int clicked = -1;
  for (size_t i = 0; i < cards.size(); ++i) {
    const CardRow& card = cards[i];
    ground(ui, places[i], card.picked ? PanelLook::chosen : PanelLook::card);
    const Hit hit = row(ui, places[i], card.name, prose_plain(card.words), card.picked);
    const Inside inside(ui, hit);
    prose(ui, inset(places[i], ui.px(8), ui.px(6)), card.name, card.words);
    if (hit.clicked) clicked = int(i);
  }
  return clicked;
}

namespace {

LabelStyle tick_style(Ui& ui, const lesson::Tick& t) {
  return {&ui.fonts->body, t.truth == lesson::Truth::Holds ? ui.theme->text : ui.theme->text_dim};
}

}  // namespace

float tick_height(Ui& ui, float width, const lesson::Tick& t) {
  const float text = paragraph_height(ui, width - ui.px(28), t.text, tick_style(ui, t));
  return std::max(ui.px(24), text + ui.px(2));
}

void draw_tick(Ui& ui, const Rect& rect, const lesson::Tick& t) {
  const bool holds = t.truth == lesson::Truth::Holds, broken = t.truth == lesson::Truth::Broken;
  const Theme& theme = *ui.theme;
  const Color ink = holds ? theme.ok : broken ? theme.danger : theme.text_dim;
  Rect r = rect;
  Rect sign = cut_left(r, ui.px(20), ui.px(8));
  sign.h = ui.px(22);
  outline(ui, aligned(sign, ui.px(18), ui.px(18), 0.5f, 0.5f), ink, ui.px(4));
  if (holds || broken)
    draw_text(ui, sign, ui.fonts->small, ink, holds ? icon::check : icon::cross, Align::center);
  paragraph(ui, r, t.text, tick_style(ui, t));
}

}  // namespace qs::ui
