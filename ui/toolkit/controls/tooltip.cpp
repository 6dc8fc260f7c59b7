#include "ui/toolkit/controls/tooltip.h"

namespace qs::ui {

void tooltip(Ui& ui, const Hit& hit, std::string_view text) {
  constexpr double delay = 0.45;
  if (!ui.tooltips || text.empty() || hit.held) return;
  if (!hit.hovered && !hit.ring) return;
  if (hit.hovered && ui.hover_seconds() < delay) {
    ui.wake_in(delay - ui.hover_seconds());
    return;
  }
  if (!hit.hovered && ui.hot()) return;  // the mouse is showing another one
  ui.tip = {std::string(text), hit.rect};
}

void draw_tooltip(Ui& ui) {
  if (ui.tip.text.empty()) return;
  const Font& font = ui.fonts->small;
  const float pad = ui.px(8), most = ui.px(340);
  const auto lines = wrapped(font, ui.tip.text, most);
  float width = 0;
  for (const auto one : lines) width = std::max(width, text_width(font, one));
  const float line_height = std::round(font.size * 1.2f);
  const float height = line_height * float(lines.size());
  const Rect& anchor = ui.tip.anchor;
  Rect r{anchor.x, anchor.bottom() + ui.px(7), width + 2 * pad, height + 2 * pad};
  if (r.bottom() > ui.screen.bottom()) r.y = anchor.y - r.h - ui.px(7);
  r = kept_inside(r, inset(ui.screen, ui.px(4)));

  const Layer layer(ui, false);
  shadow(ui, r, ui.px(5), ui.px(8));
  box(ui, r, ui.theme->tooltip, ui.theme->tooltip_border, ui.px(5));
  float y = r.y + pad;
  for (const auto one : lines) {
    draw_text(ui, Rect{r.x + pad, y, width, line_height}, font, ui.theme->text, one);
    y += line_height;
  }
  ItemRecord note;  // readable by tests, but not in the way of anything
  note.rect = note.visible = r;
  note.layer = std::uint8_t(ui.layer());
  note.floating = true;
  ui.rects.add(note, {}, "tooltip", ui.tip.text);
}

}  // namespace qs::ui
