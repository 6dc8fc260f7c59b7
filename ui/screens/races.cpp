#include "ui/screens/races.h"

#include <utility>

#include "ui/toolkit/text/strings.h"
#include "ui/toolkit/text/text.h"

namespace qs::ui {

namespace cmd = session::cmd;

void RacesScreen::open(RunScreen& source, ScreenId shown_by) {
  if (source_ != &source) state = RacesState();
  source_ = &source;
  shown_by_ = shown_by;
  act_ = {};
  begin_races(state, *source.session);
}

void RacesScreen::search_executions(uint64_t executions) {
  if (!state.races) return;
  state.races->search_executions(executions);
  state.races->stop();
  refresh_races(state);
}

void RacesScreen::begin_game() {
  if (!state.races) return;
  refresh_races(state);
  ui::begin_game(state);
}

void RacesScreen::contexts(std::vector<Context>& out) const {
  if (settings().projector) out.push_back(Context::klass);
}

void RacesScreen::take_keys(Ui& ui) {
  if (ui.action(Action::back)) act_.leave = true;
  if (!state.shown.route) return;
  const size_t at = state.shown.at, end = state.shown.route->steps.size();
  if (ui.action(Action::undo_view)) show_before(state);
  if (ui.action(Action::play_pause)) act_.play = true;
  if (state.game.on) return;  // it goes on by choosing
  if (ui.action(Action::step_forward)) look_at_step(state, at + 1);
  if (ui.action(Action::step_back)) look_at_step(state, at > 0 ? at - 1 : 0);
  const auto row = [&](int by) {
    const auto& rows = state.shown.sequence.rows;
    if (rows.empty()) return;
    const size_t now = at == 0 ? 0 : state.shown.sequence.row_of(at - 1) + 1;  // rows done
    const size_t wanted = by > 0 ? std::min(rows.size(), now + 1) : now > 0 ? now - 1 : 0;
    look_at_step(state, wanted == 0 ? 0 : rows[wanted - 1].end);
  };
  if (ui.action(Action::hop_forward)) row(1);
  if (ui.action(Action::hop_back)) row(-1);
  if (ui.action(Action::go_start)) look_at_step(state, 0);
  if (ui.action(Action::go_end)) {
    look_at_step(state, end);
    state.shown.at_verdict = true;
  }
}

void RacesScreen::pass(Ui& ui, double) {
  constexpr double kSlice = 0.008;  // seconds a frame
  if (source_ && source_->follow_own(ui)) begin_races(state, *source_->session);
  if (tick_races(state, kSlice)) ui.wake_in(0);
}

void RacesScreen::draw_bar(Ui& ui, Rect row) {
  const std::string& title = source_->session->program().title;
  label(ui, row, title, {nullptr, ui.theme->text_dim, Align::left, true});
}

void RacesScreen::draw(Ui& ui, const Rect& page) {
  source_->shared.begin_frame();
  const RacesAct act = draw_races(ui, page, state, source_->shared, settings().projector);
  act_.leave = act_.leave || act.leave;
  act_.play = act_.play || act.play;
  if (act.search) act_.search = act.search;
}

// The schedule that is looked at becomes a branch of the run, and plays from its start.
void RacesScreen::play() {
  if (!state.shown.route) return;
  const std::string& rule = state.shown.sequence.rule;
  const std::string label =
      rule.empty() ? std::string(tr("races.branch_well")) : trf("races.branch", rule);
  session::Session& session = *source_->session;
  if (const std::string why =
          session.apply(cmd::LoadSchedule{state.shown.route->schedule.print(), label});
      !why.empty())
    return desk_.say(why);
  session.apply(cmd::Seek{double(session.ready())});
  session.apply(cmd::Play{});
  desk_.show = shown_by_;
}

void RacesScreen::finish(Ui& ui) {
  UiState& shared = source_->shared;
  if (shared.moved_on()) ui.wake_in(0);
  if (!shared.rule.empty()) desk_.rule = std::exchange(shared.rule, {});
  desk_.say(std::exchange(shared.notice, {}));
  const RacesAct act = std::exchange(act_, {});
  if (act.search) {
    restart_races(state, *source_->session, *act.search);
    ui.wake_in(0);
  }
  if (act.play) return play();
  if (act.leave) desk_.show = shown_by_;
}

}  // namespace qs::ui
