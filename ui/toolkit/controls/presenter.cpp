#include "ui/toolkit/controls/presenter.h"

#include "ui/toolkit/core/motion.h"

namespace qs::ui {

void draw_presenter(Ui& ui, PresenterState& s, float bottom) {
  constexpr float ring_seconds = 0.6f, key_seconds = 1.2f;
  if (ui.in.pressed >= 0) {
    s.pressed_at = ui.mouse();
    s.pressed_when = ui.now;
  }
  const bool modifier_text = ui.in.text > U' ' && ui.in.text < 0x7F;
  if (!ui.typing() && (ui.in.key != Key::none || modifier_text)) {
    Chord chord{ui.in.key, Mods(ui.in.mods & (mod_ctrl | mod_alt | mod_shift)), 0};
    const bool commanding = chord.mods & (mod_ctrl | mod_alt);
    const bool letter = ui.in.key >= Key::a && ui.in.key <= Key::d9;
    if (modifier_text && !commanding && !letter) chord = {Key::none, mod_none, ui.in.text};
    s.key = chord_text(chord);
    s.key_when = ui.now;
  }
  const float ring_age = progress(s.pressed_when, ui.now, ring_seconds);
  const float key_age = progress(s.key_when, ui.now, key_seconds);
  if (ring_age >= 1 && key_age >= 1) return;

  const Layer layer(ui, false);
  const Color color = ui.theme->focus_ring;
  if (ring_age < 1) {
    const float radius = ui.px(ui.reduced_motion ? 22 : 12 + 22 * ease_out(ring_age));
    ring(ui, s.pressed_at, radius, color.faded(1 - ring_age), ui.line(3));
  }
  if (key_age < 1 && !s.key.empty()) {
    const Font& font = ui.fonts->huge;
    const float width = text_width(font, s.key) + ui.px(36), height = ui.px(52);
    const Rect r = rect_around({ui.screen.center().x, bottom - ui.px(44)}, width, height);
    const float alpha = key_age < 0.7f ? 1.0f : (1 - key_age) / 0.3f;
    fill(ui, r, ui.theme->tooltip_border.faded(alpha), ui.px(10));
    fill(ui, inset(r, ui.line(2)), ui.theme->tooltip.faded(alpha), ui.px(8));
    draw_text(ui, r, font, ui.theme->text.faded(alpha), s.key, Align::center);
  }
  ui.wake_in(1.0 / 30);
}

}  // namespace qs::ui
