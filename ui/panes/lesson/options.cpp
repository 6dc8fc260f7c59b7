#include "ui/panes/lesson/options.h"

#include <algorithm>

#include <fmt/format.h>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"

namespace qs::ui {
namespace {

constexpr Action kDigits[] = {Action::preset_1, Action::preset_2, Action::preset_3,
                              Action::preset_4, Action::preset_5, Action::preset_6};
// Design pixels: around the words, between two options, and the narrowest card with whole lines.
constexpr float kPadX = 8, kPadY = 5, kCardPad = 10, kListGap = 4, kCardGap = 10, kCard = 190;

}  // namespace

float OptionList::pad_y() const { return ui.px(tight ? 1 : kPadY); }

float OptionList::sign_width() const { return ui.px(cards ? 34 + 10 : 20 + 6); }

// As cards: in one row, each as wide as its words, where that fits; else in the number of equal
// columns with which they are lowest: the stage above them gets what they leave.
std::vector<Rect> OptionList::places(const Rect& rect, std::span<const int> shown) const {
  const int count = int(shown.size());
  if (!cards || count == 0) return in_columns(rect, shown, 1, {});
  const float gap = ui.px(kCardGap);
  std::vector<float> widths;
  float all = gap * float(count - 1);
  for (const int i : shown) {
    widths.push_back(prose_width(ui, beat.options[size_t(i)].text, {font}) + sign_width() +
                     2 * ui.px(kCardPad) + 1);
    all += widths.back();
  }
  if (all <= rect.w) return in_columns(rect, shown, count, widths);
  std::vector<Rect> best = in_columns(rect, shown, 1, {});
  for (int columns = 2; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    if ((count + rows - 1) / rows != columns) continue;  // the last row would be shorter by more
    if ((rect.w + gap) / float(columns) - gap < ui.px(kCard)) break;
    std::vector<Rect> next = in_columns(rect, shown, columns, {});
    if (next.back().bottom() <= best.back().bottom() + 1) best = std::move(next);
  }
  return best;
}

// In rows of so many, of equal widths unless there is one for each; a row is as high as its
// highest.
std::vector<Rect> OptionList::in_columns(const Rect& rect, std::span<const int> shown, int columns,
                                         std::span<const float> widths) const {
  const int count = int(shown.size());
  const float pad = ui.px(cards ? kCardPad : kPadX);
  const float gap = ui.px(cards ? kCardGap : tight ? 1 : kListGap);
  std::vector<Rect> out;
  const float equal = (rect.w + gap) / float(columns) - gap;
  float y = rect.y;
  for (int first = 0; first < count; first += columns) {
    const int end = std::min(first + columns, count);
    float x = rect.x, high = ui.px(cards ? 54 : tight ? 22 : 30);
    const size_t row = out.size();
    for (int k = first; k < end; ++k) {
      const float w = widths.empty() ? equal : widths[size_t(k)];
      const std::string_view words = beat.options[size_t(shown[size_t(k)])].text;
      const float text = prose_height(ui, w - sign_width() - 2 * pad, words, {font});
      high = std::max(high, text + 2 * pad_y());
      out.push_back({x, y, w, 0});
      x += w + gap;
    }
    for (size_t k = row; k < out.size(); ++k) out[k].h = high;
    y += high + gap;
  }
  return out;
}

float OptionList::height(float width, std::span<const int> shown) const {
  const auto all = places({0, 0, width, 0}, shown);
  return all.empty() ? 0 : all.back().bottom();
}

void OptionList::draw(const Rect& rect, std::span<const int> shown, int& picked) const {
  const auto all = places(rect, shown);
  for (size_t k = 0; k < shown.size(); ++k) one(all[k], shown[k], picked);
}

void OptionList::one(const Rect& r, int i, int& picked) const {
  const Theme& t = *ui.theme;
  const std::string name = fmt::format("lesson/option/{}", i + 1);
  const std::string& text = beat.options[size_t(i)].text;
  const bool lit = answered() ? chosen == i : picked == i;
  if (cards) ground(ui, r, PanelLook::card);
  const Hit hit = row(ui, r, name, prose_plain(text), lit, 0, answered());
  const bool key = !answered() && i < int(std::size(kDigits)) && ui.action(kDigits[i]);
  if (cards && lit) outline(ui, r, t.accent, ui.px(6), ui.line(2));
  Rect in = inset(r, ui.px(cards ? kCardPad : kPadX), pad_y());
  const Rect sign = cut_left(in, sign_width() - ui.px(6), ui.px(6));
  const bool is_right = answered() && i == right, is_wrong = answered() && lit && !is_right;
  const char* mark = is_right ? icon::check : is_wrong ? icon::cross : nullptr;
  const std::string number = std::to_string(i + 1);
  if (cards) {
    const Point middle{sign.x + ui.px(17), sign.center().y};
    disc(ui, middle, ui.px(17), is_right ? t.ok : is_wrong ? t.danger : t.accent);
    draw_text_centered(ui, middle, mark ? ui.fonts->bold : ui.fonts->title, t.text_on_accent,
                       mark ? std::string_view(mark) : number);
  } else {
    const Rect at{sign.x, sign.y, ui.px(20), sign.h};
    draw_text(ui, at, ui.fonts->body,
              is_right   ? t.ok
              : is_wrong ? t.danger
                         : t.text_dim,
              mark ? std::string_view(mark) : number, Align::center);
  }
  ProseStyle style{font};
  if (answered() && !lit && !is_right) style.color = t.text_dim;
  const Inside inside(ui, hit);
  const float high = prose_height(ui, in.w, text, style);
  prose(ui, {in.x, in.y + std::max(0.0f, (in.h - high) / 2), in.w, high}, name, text, style);
  if (!answered() && (hit.clicked || key)) picked = i;
}

}  // namespace qs::ui
