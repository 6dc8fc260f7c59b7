#include "ui/panes/lesson/ways.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"

namespace qs::ui {
namespace {

constexpr float kWayHigh = 28, kWayGap = 4;  // of a row, design pixels

}  // namespace

float ways_height(Ui& ui, const std::vector<std::string>& ways, int columns) {
  const size_t rows = (ways.size() + size_t(columns) - 1) / size_t(columns);
  return float(rows) * ui.px(kWayHigh + kWayGap);
}

int draw_ways(Ui& ui, const Rect& rect, const std::vector<std::string>& ways, int columns) {
  int clicked = -1;
  const float gap = ui.px(kWayGap), width = (rect.w + gap) / float(columns) - gap;
  for (size_t i = 0; i < ways.size(); ++i) {
    const size_t row_at = i / size_t(columns), column = i % size_t(columns);
    const Rect r{rect.x + float(column) * (width + gap),
                 rect.y + float(row_at) * ui.px(kWayHigh + kWayGap), width, ui.px(kWayHigh)};
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

ProseStyle card_style(const Font* font) {
  ProseStyle style;
  style.font = font;
  if (font) style.line_height = kTightLine;
  return style;
}

using HeightOf = std::function<float(size_t, float)>;  // of which one, in a column so wide

// Things of their own heights in so many columns of one width, row by row.
std::vector<Rect> in_rows(const Rect& rect, size_t count, int columns, float gap,
                          const HeightOf& height) {
  const float width = (rect.w + gap) / float(columns) - gap;
  std::vector<Rect> out;
  float y = rect.y;
  for (size_t first = 0; first < count; first += size_t(columns)) {
    float high = 0;
    const size_t end = std::min(count, first + size_t(columns));
    for (size_t i = first; i < end; ++i) high = std::max(high, height(i, width));
    for (size_t i = first; i < end; ++i)
      out.push_back({rect.x + (width + gap) * float(i - first), y, width, high});
    y += high + gap;
  }
  return out;
}

// `columns` 0: in the fewest, up to five, in which they are lowest.
std::vector<Rect> in_columns(const Rect& rect, size_t count, int columns, float gap,
                             const HeightOf& height) {
  if (columns > 0) return in_rows(rect, count, columns, gap, height);
  std::vector<Rect> best;
  for (int n = 1; n <= std::min(5, int(count)); ++n) {
    std::vector<Rect> places = in_rows(rect, count, n, gap, height);
    if (best.empty() || places.back().bottom() < best.back().bottom() - 1) best = std::move(places);
  }
  return best;
}

std::vector<Rect> card_places(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards,
                              int columns, const Font* font) {
  const auto height = [&](size_t i, float width) {
    return prose_height(ui, width - ui.px(16), cards[i].words, card_style(font)) +
           ui.px(font ? 8 : 12);
  };
  return in_columns(rect, cards.size(), columns, ui.px(4), height);
}

}  // namespace

float cards_height(Ui& ui, float width, const std::vector<CardRow>& cards, int columns,
                   const Font* font) {
  const auto places = card_places(ui, {0, 0, width, 0}, cards, columns, font);
  return places.empty() ? 0 : places.back().bottom();
}

int draw_cards(Ui& ui, const Rect& rect, const std::vector<CardRow>& cards, int columns,
               const Font* font) {
  const auto places = card_places(ui, rect, cards, columns, font);
  int clicked = -1;
  for (size_t i = 0; i < cards.size(); ++i) {
    const CardRow& card = cards[i];
    ground(ui, places[i], card.picked ? PanelLook::chosen : PanelLook::card);
    const Hit hit = row(ui, places[i], card.name, prose_plain(card.words), card.picked);
    const Inside inside(ui, hit);
    prose(ui, inset(places[i], ui.px(8), ui.px(font ? 4 : 6)), card.name, card.words,
          card_style(font));
    if (hit.clicked) clicked = int(i);
  }
  return clicked;
}

namespace {

LabelStyle tick_style(Ui& ui, const lesson::Tick& t, const Font* font) {
  const bool holds = t.truth == lesson::Truth::Holds;
  return {font ? font : &ui.fonts->body, holds ? ui.theme->text : ui.theme->text_dim};
}

float tick_height(Ui& ui, float width, const lesson::Tick& t, const Font* font) {
  const float text = paragraph_height(ui, width - ui.px(28), t.text, tick_style(ui, t, font));
  return std::max(ui.px(font ? 20 : 24), text + ui.px(2));
}

void draw_tick(Ui& ui, const Rect& rect, const lesson::Tick& t, const Font* font) {
  const bool holds = t.truth == lesson::Truth::Holds, broken = t.truth == lesson::Truth::Broken;
  const Theme& theme = *ui.theme;
  const Color ink = holds ? theme.ok : broken ? theme.danger : theme.text_dim;
  const float size = ui.px(font ? 16 : 18);
  Rect r = rect;
  Rect sign = cut_left(r, ui.px(20), ui.px(8));
  sign.h = size + ui.px(4);
  outline(ui, aligned(sign, size, size, 0.5f, 0.5f), ink, ui.px(4));
  if (holds || broken)
    draw_text(ui, sign, ui.fonts->small, ink, holds ? icon::check : icon::cross, Align::center);
  paragraph(ui, r, t.text, tick_style(ui, t, font));
}

std::vector<Rect> tick_places(Ui& ui, const Rect& rect, const std::vector<lesson::Tick>& ticks,
                              int columns, const Font* font) {
  return in_columns(rect, ticks.size(), columns, ui.px(2),
                    [&](size_t i, float w) { return tick_height(ui, w, ticks[i], font); });
}

}  // namespace

float ticks_height(Ui& ui, float width, const std::vector<lesson::Tick>& ticks, int columns,
                   const Font* font) {
  const auto places = tick_places(ui, {0, 0, width, 0}, ticks, columns, font);
  return places.empty() ? 0 : places.back().bottom();
}

void draw_ticks(Ui& ui, const Rect& rect, const std::vector<lesson::Tick>& ticks, int columns,
                const Font* font) {
  const auto places = tick_places(ui, rect, ticks, columns, font);
  for (size_t i = 0; i < ticks.size(); ++i) draw_tick(ui, places[i], ticks[i], font);
}

}  // namespace qs::ui
