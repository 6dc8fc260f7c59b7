#include "ui/toolkit/controls/dialog.h"

#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void open_dialog(Ui& ui, DialogState& state) {
  if (state.open) return;
  state = {true, true, ui.focused(), ui.ring_visible()};
  ui.unfocus();
  ui.wake_in(0);
}

void close_dialog(Ui& ui, DialogState& state) {
  if (!state.open) return;
  state.open = false;
  if (state.focus_before)
    ui.focus(state.focus_before, state.ring_before);
  else
    ui.unfocus();
  ui.wake_in(0);
}

Dialog::Dialog(Ui& ui, DialogState& state, std::string_view name, std::string_view title,
               float width, float height)
    : ui_(ui), state_(state), fresh_(state.just_opened) {
  state.just_opened = false;
  ui.push_layer(true);
  ui.push_scope(name);
  const Theme& t = *ui.theme;
  ItemOptions floor;
  floor.kind = Kind::blocker;
  floor.focusable = false;
  ui.item(ui.screen, "outside", floor);
  fill(ui, ui.screen, t.shadow);
  const Rect room = inset(ui.screen, ui.px(16));
  rect_ = snapped(
      aligned(room, std::min(room.w, ui.px(width)), std::min(room.h, ui.px(height)), 0.5f, 0.4f));
  ItemOptions panel;
  panel.kind = Kind::panel;
  panel.focusable = false;
  panel.text = title;
  const Hit ground_hit = ui.item(rect_, "dialog", panel);
  shadow(ui, rect_, ui.px(10), ui.px(18));
  box(ui, rect_, t.panel, t.menu_border, ui.px(10));
  ui.push_parent(ground_hit.record, false);
  ui.push_clip(rect_);

  inner_ = inset(rect_, ui.px(20), ui.px(14));
  Rect head = cut_top(inner_, ui.px(32), ui.px(10));
  const Rect cross = cut_right(head, ui.px(30), ui.px(8));
  label(ui, head, title, {&ui.fonts->title});
  ButtonStyle quiet;
  quiet.look = ButtonLook::quiet;
  const bool pressed =
      icon_button(ui, cross, "close", icon::cross, tr("dialog.close"), quiet).clicked;
  const bool escape = !fresh_ && ui.in.key == Key::escape && ui.action(Action::menu_close);
  close_ = pressed || escape || (!fresh_ && ui.menu.owner == 0 && ui.pressed_outside(rect_));
}

Dialog::~Dialog() {
  ui_.pop_clip();
  ui_.pop_parent();
  ui_.pop_scope();
  ui_.pop_layer();
  if (close_) close_dialog(ui_, state_);
}

}  // namespace qs::ui
