#include "ui/panes/stage/board.h"

#include <algorithm>

#include <fmt/format.h>

#include "trace/events/board.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace {

using trace::BoardPart;

constexpr int kBits = 8;

// One at the right end of the row, as bits are written.
Rect bit_cell(const StageFrame& f, const Rect& r, int bit) {
  return snapped(grid_cell(r, kBits, 1, kBits - 1 - bit, f.px(2)));
}

// A lever that is up or down. What it is to be is an input like any other: "button 3".
void draw_switch(const StageFrame& f, const Rect& cell, int n, bool on) {
  const std::string name = trf("stage.switch", n);
  ItemOptions options;
  options.kind = Kind::button;
  options.focusable = f.in.can_act;
  options.group = f.group;
  options.text = name;
  const Hit hit = f.ui.item(cell, fmt::format("switch-{}", n), options);
  box(f.ui, cell, f.theme.well, hit.hovered || hit.ring ? f.theme.accent : f.theme.card_border,
      f.px(2));
  Rect lever = inset(cell, f.px(2));
  lever = on ? cut_top(lever, lever.h * 0.5f) : cut_bottom(lever, lever.h * 0.5f);
  fill(f.ui, lever, on ? f.theme.accent : f.theme.text_dim, f.px(1));
  if (hit.hovered || hit.ring)
    tooltip(f.ui, hit, trf(on ? "stage.switch_on" : "stage.switch_off", n));
  if (!hit.clicked || !f.in.can_act) return;
  session::cmd::Do move;
  move.input.kind = sched::InputKind::Button;
  move.input.text = std::to_string(n);
  f.out.push_back(move);
}

void draw_bars(const StageFrame& f, const Rect& r, uint8_t value) {
  for (int bit = 0; bit < kBits; ++bit)
    box(f.ui, bit_cell(f, r, bit), value >> bit & 1 ? f.theme.danger : f.theme.well,
        f.theme.card_border, f.px(2));
}

// The segments a to g and the dot, each at its bit of the board's register.
void draw_digit(const StageFrame& f, const Rect& r, uint8_t value) {
  const float h = r.h, w = std::min(r.w, h * 0.6f), thick = std::max(1.0f, h * 0.12f);
  const float x = r.x, y = r.y, half = (h - thick) / 2;
  const struct {
    int bit;
    Rect at;
  } segments[] = {{0, {x, y, w, thick}},
                  {1, {x + w - thick, y, thick, half + thick}},
                  {2, {x + w - thick, y + half, thick, half + thick}},
                  {7, {x, y + h - thick, w, thick}},
                  {4, {x, y + half, thick, half + thick}},
                  {6, {x, y, thick, half + thick}},
                  {5, {x, y + half, w, thick}},
                  {3, {x + w + thick, y + h - thick, thick, thick}}};
  for (const bool lit : {false, true})
    for (const auto& s : segments)
      if ((value >> s.bit & 1) == lit) fill(f.ui, s.at, lit ? f.theme.danger : f.theme.track);
}

}  // namespace

bool draw_board(const StageFrame& f, const model::ChannelView& channel, Rect r) {
  const auto part = BoardPart(channel.index);
  if (channel.kind != trace::kSourceChannel || part < BoardPart::Switches ||
      part > BoardPart::Digit)
    return false;
  const auto value = uint8_t(channel.duration);
  const Font& font = f.ui.fonts->caption;
  if (r.h >= f.px(34))
    name_label(f, cut_top(r, f.px(14), f.px(4)), f.trace.name(channel.id), font, f.theme.text);
  if (part == BoardPart::Digit)
    draw_digit(f, r, value);
  else if (part == BoardPart::BarGraph)
    draw_bars(f, r, value);
  else
    for (int bit = 0; bit < kBits; ++bit)
      draw_switch(f, bit_cell(f, r, bit), bit + 1, value >> bit & 1);
  return true;
}

}  // namespace qs::ui
