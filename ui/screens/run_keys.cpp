// The keys of a run: the transport, the panes, and a presenter's remote.
#include "ui/screens/run.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace cmd = session::cmd;

// A remote has two or three keys; what they do depends on what is shown.
void RunScreen::take_remote(Ui& ui) {
  const auto means = [&](Action from, Action to) {
    if (ui.pending_action() == from) ui.reinterpret_key(to);
  };
  means(Action::class_next, remote_next());
  means(Action::class_previous, remote_previous());
  means(Action::class_restart, Action::go_start);
  means(Action::class_play, Action::play_pause);
  means(Action::class_end, Action::projector);
}

void RunScreen::contexts(std::vector<Context>& out) const {
  if (!session) return;
  if (can_act()) out.push_back(Context::sandbox);
  if (settings().projector) out.push_back(Context::klass);
}

void RunScreen::take_keys(Ui& ui) {
  if (!session) return;
  if (settings().projector && !stage.drag.request) take_remote(ui);
  give_focus(ui);
  const auto key = [&](Action a) { return ui.action(a); };
  if (can_take_back() && key(Action::undo_view)) take_back(ui);
  if (stage.drag.request && key(Action::back)) return;  // the stage gives the drag up
  const cmd::By step = cmd::By(settings().step);
  if (key(Action::back) && whole != Pane::none) whole = Pane::none;
  if (key(Action::next_pane)) walk_panes(ui, 1);
  if (key(Action::previous_pane)) walk_panes(ui, -1);
  if (key(Action::maximize_pane)) whole = whole != Pane::none ? Pane::none : pane_in_hand(ui);
  // A second time: back to the lanes.
  const auto pane_or_back = [&](Pane pane, TimelineState::Tab tab) {
    return timeline.tab == tab ? Pane::timeline : pane;
  };
  if (key(Action::show_source)) asked_pane = pane_or_back(Pane::code, TimelineState::source);
  if (key(Action::show_inspector))
    asked_pane = pane_or_back(Pane::inspector, TimelineState::inspector);
  auto add = [&](Action a, session::Command c) {
    if (key(a)) out_.push_back(std::move(c));
  };
  using By = cmd::By;
  add(Action::play_pause, cmd::TogglePlay{});
  add(Action::step_forward, cmd::Step{step, false});
  add(Action::step_back, cmd::Step{step, true});
  add(Action::call_forward, cmd::Step{By::Call, false});
  add(Action::call_back, cmd::Step{By::Call, true});
  add(Action::hop_forward, cmd::Step{By::Hop, false});
  add(Action::hop_back, cmd::Step{By::Hop, true});
  add(Action::callback_forward, cmd::Step{By::Callback, false});
  add(Action::callback_back, cmd::Step{By::Callback, true});
  add(Action::expand, cmd::Step{By::Detail, false});
  add(Action::go_start, cmd::Home{});
  add(Action::go_end, cmd::End{});
  add(Action::faster, cmd::Speed{session->speed() * 2});
  if (key(Action::wait_for_key)) {
    out_.push_back(cmd::WaitForKey{!session->waits_for_key()});
    desk_.say(session->waits_for_key() ? tr("app.waits_no_more") : tr("app.waits"));
  }
  add(Action::slower, cmd::Speed{session->speed() / 2});
  if (key(Action::edit_source)) edit_source();
  add(Action::reset, cmd::ResetRun{});
  if (key(Action::copy_schedule) && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    desk_.say(tr("app.schedule_copied"));
  }
  if (key(Action::paste_schedule) && ui.get_clipboard)
    out_.push_back(cmd::LoadSchedule{ui.get_clipboard(ui.clipboard_owner)});
}

}  // namespace qs::ui
