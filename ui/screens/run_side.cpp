// What stands beside a run that is no lesson and takes no orders: what it is.
#include "ui/screens/run.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

const char* RunScreen::side_title() const { return tr("pane.side"); }

void RunScreen::draw_side(Ui& ui, const Rect& rect, const session::Moment& moment) {
  Panel panel(ui, rect, "side");
  Rect r = inset(rect, ui.px(16), ui.px(14));
  LabelStyle title;
  title.font = &ui.fonts->title;
  title.may_cut = true;
  label(ui, cut_top(r, ui.px(28), ui.px(6)), session->program().title, title);
  Rect foot = cut_bottom(r, ui.px(32), ui.px(12));
  ProseStyle style;
  style.may_cut = true;
  prose(ui, r, "side/text", session->view_only() ? tr("app.recording_text") : tr("app.lesson_text"),
        style);
  const float reset_w = button_width(ui, tr("app.reset")),
              copy_w = button_width(ui, tr("app.copy_run"));
  auto cells = divide_row(foot, {share(reset_w), share(copy_w)}, ui.px(8));
  if (button(ui, cells[0], "side/reset", tr("app.reset")).clicked)
    out_.push_back(session::cmd::ResetRun{});
  const std::string k = ui.keymap->key_text(Action::copy_schedule);
  ButtonStyle copy;
  copy.key = k.c_str();
  if (button(ui, cells[1], "side/copy", tr("app.copy_run"), copy).clicked && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    desk_.say(tr("app.schedule_copied"));
  }
}

}  // namespace qs::ui
