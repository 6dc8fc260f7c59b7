#include "ui/app/message.h"

#include <algorithm>
#include <cmath>

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/strings.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {

namespace {
constexpr double kForEver = 1e18;
}

void Message::say(const std::string& words, double now, double seconds) {
  if (words.empty()) return;
  text = words;
  until_ = now + seconds;
}

void Message::keep(const std::string& words) { say(words, 0, kForEver); }

bool Message::draw(Ui& ui, bool undo) {
  if (ui.now > until_) text.clear();
  if (text.empty()) return false;
  if (until_ < kForEver) ui.wake_in(std::clamp(until_ - ui.now, 0.1, 10.0));
  const Layer layer(ui, false);
  const LabelStyle style{&ui.fonts->bold, ui.theme->text};
  const float side = ui.px(44), frame = 2 * side;  // the sign at the left, the cross at the right
  const float most = std::min(ui.screen.w - ui.px(40), ui.px(760));
  const float undo_w = undo ? button_width(ui, tr("app.undo")) + ui.px(34) : 0;
  const float w =
      std::min(most, std::ceil(text_width(ui.fonts->bold, text)) + frame + undo_w + ui.px(2));
  const float h = paragraph_height(ui, w - frame - undo_w, text, style) + ui.px(22);
  const Rect r = snapped({(ui.screen.w - w) / 2, ui.screen.bottom() - h - ui.px(20), w, h});
  ItemOptions options;
  options.kind = Kind::button;  // pressing it anywhere closes it
  options.focusable = false;
  options.floating = true;
  options.text = text;
  const Hit hit = ui.item(r, "message", options);
  const Inside inside(ui, hit);
  const IdScope scope(ui, "message");
  shadow(ui, r, ui.px(6), ui.px(12));
  fill(ui, r, ui.theme->menu, ui.px(6));  // what is below does not show through
  box(ui, r, ui.theme->banner_info, ui.theme->accent, ui.px(6));
  draw_text_centered(ui, {r.x + side / 2, r.center().y}, ui.fonts->icon, ui.theme->accent,
                     icon::info);
  Rect inner = inset(r, side, ui.px(11));
  bool back = false;
  if (undo) {
    const Rect at = cut_right(inner, undo_w - ui.px(8), ui.px(8));
    ButtonStyle as;
    as.key = "Ctrl+Z";
    as.look = ButtonLook::primary;
    back =
        button(ui, rect_around(at.center(), at.w, ui.px(28)), "undo", tr("app.undo"), as).clicked;
  }
  paragraph(ui, inner, text, style);
  draw_text_centered(ui, {r.right() - side / 2, r.center().y}, ui.fonts->body,
                     hit.hovered ? ui.theme->text : ui.theme->text_dim, icon::cross);
  if (hit.clicked && !back) until_ = 0, ui.wake_in(0);
  return back;
}

}  // namespace qs::ui
