#include "ui/screens/compare.h"

#include <utility>

#include "ui/screens/transport.h"

namespace qs::ui {

namespace cmd = session::cmd;

void CompareScreen::open(RunScreen& source, ScreenId shown_by, ObjectId queue) {
  const auto& trace = source.session->branch().execution.trace;
  const bool same = source_ == &source && compared_ == trace && !queue;
  source_ = &source;
  shown_by_ = shown_by;
  compared_ = trace;
  out_.clear();
  act_ = {};
  if (!same) begin_compare(state, *source.session, queue);
}

void CompareScreen::contexts(std::vector<Context>& out) const {
  if (settings().projector) out.push_back(Context::klass);
}

void CompareScreen::take_keys(Ui& ui) {
  const auto add = [&](Action a, session::Command c) {
    if (ui.action(a)) out_.push_back(std::move(c));
  };
  const cmd::By step = cmd::By(settings().step);
  const double speed = source_->session->speed();
  add(Action::play_pause, cmd::TogglePlay{});
  add(Action::step_forward, cmd::Step{step, false});
  add(Action::step_back, cmd::Step{step, true});
  add(Action::go_start, cmd::Home{});
  add(Action::go_end, cmd::End{});
  add(Action::faster, cmd::Speed{speed * 2});
  add(Action::slower, cmd::Speed{speed / 2});
  if (ui.action(Action::first_difference)) go_to_difference(state);
  if (ui.action(Action::back)) act_.leave = true;
}

void CompareScreen::pass(Ui& ui, double seconds) {
  if (tick_compare(state, seconds, source_->session->speed())) ui.wake_in(0);
}

void CompareScreen::draw_bar(Ui& ui, Rect row) {
  draw_transport(ui, row, {*source_->session, settings(), state.playing, false}, out_);
}

void CompareScreen::draw(Ui& ui, const Rect& page) {
  source_->shared.begin_frame();
  const CompareAct act =
      draw_compare(ui, page, *source_->session, state, source_->shared, settings().projector);
  if (act.leave || act.open) act_ = act;
}

void CompareScreen::finish(Ui& ui) {
  for (const session::Command& c : std::exchange(out_, {})) {
    steer_compare(state, c, ui.reduced_motion);
    if (std::get_if<cmd::Speed>(&c)) desk_.say(source_->session->apply(c));
    ui.wake_in(0);
  }
  if (source_->shared.moved_on()) ui.wake_in(0);
  if (!source_->shared.rule.empty()) desk_.rule = std::exchange(source_->shared.rule, {});
  const CompareAct act = std::exchange(act_, {});
  if (act.open) {
    // The same run in the window: a branch, unless it is the current one already.
    source_->session->apply(*act.open);
    source_->session->apply(cmd::Seek{double(act.event)});
  }
  if (act.open || act.leave) desk_.show = shown_by_;
}

}  // namespace qs::ui
