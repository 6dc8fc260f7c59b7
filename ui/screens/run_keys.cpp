// The keys of a run: the transport, the panes, a presenter's remote, and those that act.
#include "ui/panes/stage/menu_request.h"
#include "ui/screens/run.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace cmd = session::cmd;

namespace {

// Why a key that acts on the selection does nothing now.
std::string why_not(const model::Model& model, ObjectId selected, trace::Act act,
                    const MenuRights& rights) {
  if (!selected) return tr("app.pick_first");
  if (act != trace::Act::CancelFromApp && !rights.orders)
    return trf("menu.not_now", tr("stage_menu.no_orders"));
  for (const model::LegalCall& call : model::legal_calls(model, selected)) {
    if (call.act != act || call.reason.empty()) continue;
    return trf("menu.not_now", with_rule(call.reason, call.rule));
  }
  return tr("app.pick_first");
}

}  // namespace

void RunScreen::take_acts(Ui& ui) {
  const session::Moment m = session->moment();
  const MenuRights rights{true, session->program().takes_orders};
  auto send = [&](trace::RequestType type) {
    ObjectId app = shared.selected.kind() == ObjectKind::App ? shared.selected
                   : m.after->apps.empty()                   ? ObjectId()
                                                             : m.after->apps.front().id;
    if (auto c = send_command(*m.after, *m.trace, app, type))
      out_.push_back(*c);
    else
      desk_.say(tr("app.no_handle"));
  };
  if (ui.action(Action::send_read)) send(trace::RequestType::Read);
  if (ui.action(Action::send_write)) send(trace::RequestType::Write);
  if (ui.action(Action::send_control)) send(trace::RequestType::DeviceControl);
  auto act = [&](Action key, trace::Act what) {
    if (!ui.action(key)) return;
    if (auto c = act_command(*m.after, *m.trace, shared.selected, what, rights))
      out_.push_back(*c);
    else
      desk_.say(why_not(*m.after, shared.selected, what, rights));
  };
  act(Action::cancel_request, trace::Act::CancelFromApp);
  act(Action::complete_request, trace::Act::Complete);
  act(Action::retrieve_next, trace::Act::RetrieveNext);
}

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
  if (settings().projector) take_remote(ui);
  give_focus(ui);
  const auto key = [&](Action a) { return ui.action(a); };
  const cmd::By step = cmd::By(settings().step);
  if (key(Action::back) && whole != Pane::none) whole = Pane::none;
  if (key(Action::next_pane)) walk_panes(ui, 1);
  if (key(Action::previous_pane)) walk_panes(ui, -1);
  if (key(Action::maximize_pane)) whole = whole != Pane::none ? Pane::none : pane_in_hand(ui);
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
  add(Action::reset, cmd::ResetRun{});
  if (key(Action::copy_schedule) && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    desk_.say(tr("app.schedule_copied"));
  }
  if (key(Action::paste_schedule) && ui.get_clipboard)
    out_.push_back(cmd::LoadSchedule{ui.get_clipboard(ui.clipboard_owner)});
  if (can_act()) take_acts(ui);
}

}  // namespace qs::ui
