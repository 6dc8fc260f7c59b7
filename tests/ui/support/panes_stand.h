// The panes around a hand-made run, as the app would hold them, with the commands they give: what
// the tests of the panes click on. Seeks are obeyed, everything else is only remembered.
#pragma once
#include "ui/panes/code/code.h"
#include "ui/panes/inspector/inspector.h"
#include "ui/panes/stage/explain_banner.h"
#include "ui/panes/timeline/timeline.h"
#include "ui/support/panes_trace.h"
#include "ui/toolkit/controls/tooltip.h"

namespace qs::test {

struct PanesStand {
  PanesRun run;
  model::Timeline timeline;
  ui::RunInfo info;
  ui::UiState shared;
  ui::TimelineState timeline_state;
  ui::CodeState code_state;
  ui::InspectorState inspector_state;
  ui::BannerState banner_state;
  std::vector<session::Command> out;   // of this frame
  std::vector<session::Command> said;  // all that was not a seek
  double position = 0;
  int seeks = 0;
  session::Moment moment;

  explicit PanesStand(bool violation = false, double at = 0) : run(violation), timeline(run.trace) {
    info.seed = 7;
    info.branches = {{0, 0, 0, "main", run.trace->size()}};
    info.bookmarks = run.bookmarks();
    position = std::min(at, double(run.trace->size()));
  }
  PanesStand(const PanesStand&) = delete;

  void begin(ui::Ui& u) {
    shared.begin_frame();
    ui::fill(u, u.screen, u.theme->background);
    moment = moment_at(timeline, position);
    out.clear();
  }
  void end(ui::Ui& u) {
    ui::draw_tooltip(u);
    for (const session::Command& c : out) {
      if (const auto* s = std::get_if<session::cmd::Seek>(&c)) {
        position = s->position;
        ++seeks;
      } else {
        said.push_back(c);
      }
    }
  }
  void timeline_pane(ui::Ui& u, const ui::Rect& r) {
    ui::draw_timeline(u, r, {&moment, &info}, timeline_state, shared, out);
  }
  void code_pane(ui::Ui& u, const ui::Rect& r) {
    ui::draw_code(u, r, {&moment, {&driver_file(), 1}}, code_state, shared, out);
  }
  void inspector_pane(ui::Ui& u, const ui::Rect& r) {
    ui::draw_inspector(u, r, moment, shared.selected, inspector_state, shared, out);
  }
  void banner_pane(ui::Ui& u, ui::Rect r) {
    const ui::BannerInfo info_now = ui::banner_info(moment);
    if (info_now.shown && banner_state.seen != info_now.event) banner_state.seen = info_now.event;
    r.h = ui::explain_banner_height(u, r.w, info_now, banner_state);
    ui::draw_explain_banner(u, r, info_now, banner_state, shared, out);
  }
};

}  // namespace qs::test
