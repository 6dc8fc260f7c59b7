// Messages shown for a while at the foot of the window, on top of everything, so that nothing moves
// under the mouse and they are seen on every screen.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/app/app.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {

void App::say(Ui& ui, const std::string& text) {
  if (text.empty()) return;
  message = text;
  message_until = ui.now + 8;
  undo = {};
}

void App::draw_message(Ui& ui) {
  say(ui, std::exchange(shared.notice, {}));
  if (ui.now > message_until) message.clear();
  if (message.empty()) {
    undo = {};
    return;
  }
  if (message_until < kForEver) ui.wake_in(std::clamp(message_until - ui.now, 0.1, 10.0));
  const Layer layer(ui, false);
  const LabelStyle style{&ui.fonts->bold, ui.theme->text};
  const float side = ui.px(44), frame = 2 * side;  // the sign at the left, the cross at the right
  const float most = std::min(ui.screen.w - ui.px(40), ui.px(760));
  const float undo_w = can_undo() ? button_width(ui, tr("app.undo")) + ui.px(34) : 0;
  const float w =
      std::min(most, std::ceil(text_width(ui.fonts->bold, message)) + frame + undo_w + ui.px(2));
  const float h = paragraph_height(ui, w - frame - undo_w, message, style) + ui.px(22);
  const Rect r = snapped({(ui.screen.w - w) / 2, ui.screen.bottom() - h - ui.px(20), w, h});
  ItemOptions options;
  options.kind = Kind::button;  // pressing it anywhere closes it
  options.focusable = false;
  options.floating = true;
  options.text = message;
  const Hit hit = ui.item(r, "message", options);
  const Inside inside(ui, hit);
  const Scope scope(ui, "message");
  shadow(ui, r, ui.px(6), ui.px(12));
  fill(ui, r, ui.theme->menu, ui.px(6));  // what is below does not show through
  box(ui, r, ui.theme->banner_info, ui.theme->accent, ui.px(6));
  draw_text_centered(ui, {r.x + side / 2, r.center().y}, ui.fonts->icon, ui.theme->accent,
                     icon::info);
  Rect inner = inset(r, side, ui.px(11));
  bool back = false;
  if (undo_w > 0) {
    const Rect at = cut_right(inner, undo_w - ui.px(8), ui.px(8));
    ButtonStyle as;
    as.key = "Ctrl+Z";
    as.look = ButtonLook::primary;
    back =
        button(ui, rect_around(at.center(), at.w, ui.px(28)), "undo", tr("app.undo"), as).clicked;
  }
  paragraph(ui, inner, message, style);
  draw_text_centered(ui, {r.right() - side / 2, r.center().y}, ui.fonts->body,
                     hit.hovered ? ui.theme->text : ui.theme->text_dim, icon::cross);
  if (back) return take_back(ui);
  if (hit.clicked) message_until = 0, ui.wake_in(0);
}

}  // namespace qs::ui
