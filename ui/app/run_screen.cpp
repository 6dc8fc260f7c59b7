// The screen with a run in it: side panel, stage, code, inspector, timeline, with splitters between
// them.
#include <algorithm>
#include <utility>

#include "lesson/file/course.h"
#include "ui/app/app.h"
#include "ui/toolkit/controls/button.h"
#include "ui/toolkit/controls/menu.h"
#include "ui/toolkit/controls/panel.h"
#include "ui/toolkit/text/prose.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void App::draw_lesson_side(Ui& ui, const Rect& rect) {
  LessonPanelInput in = classroom->panel_input(*session);
  in.level = settings.projector && whole == Pane::none;
  const LessonAct act = draw_lesson_panel(ui, rect, in, classroom->panel);
  if (act.kind != LessonAct::none) lesson_act = act;
}

// After the frame: it may put another run on the stage, which must not happen between panes.
void App::do_lesson_act(Ui& ui) {
  const LessonAct act = std::exchange(lesson_act, LessonAct{});
  if (act.kind == LessonAct::none) return;
  if (act.kind == LessonAct::leave) return open_home();
  if (act.kind == LessonAct::next_lesson) {
    if (const lesson::CourseLesson* next = lesson::course().after(classroom->tutor.lesson().id))
      open_named(next->folder);
    return;
  }
  if (act.kind == LessonAct::link) {
    if (ui.set_clipboard) ui.set_clipboard(ui.clipboard_owner, act.text);
    return say(ui, trf("lesson.link_copied", act.text));
  }
  std::string news;
  if (classroom->act(act, *session, news) && !classroom->tutor.finished()) stage_beat(true);
  say(ui, news);
  ui.wake_in(0);
}

void App::draw_side_panel(Ui& ui, const Rect& rect, std::vector<session::Command>& out) {
  if (classroom) return draw_lesson_side(ui, rect);
  if (drive) return draw_drive_side(ui, rect, session->moment(), out);
  if (session->program().takes_orders) {
    const session::Moment moment = session->moment();
    const SandboxPanelInput in{*session, moment, presets, shared};
    return say(ui, draw_sandbox_panel(ui, rect, in, sandbox, out));
  }
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
    out.push_back(session::cmd::ResetRun{});
  const std::string k = ui.keymap->key_text(Action::copy_schedule);
  ButtonStyle copy;
  copy.key = k.c_str();
  if (button(ui, cells[1], "side/copy", tr("app.copy_run"), copy).clicked && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    say(ui, tr("app.schedule_copied"));
  }
}

void App::draw_stage_pane(Ui& ui, const Rect& rect, const session::Moment& moment,
                          std::vector<session::Command>& out) {
  Rect r = rect;
  const BannerInfo info = banner_info(moment);
  float wanted = std::min(explain_banner_height(ui, r.w, info, banner), r.h * 0.5f);
  if (wanted > 0) {
    Rect b = cut_top(r, wanted, ui.px(8));
    draw_explain_banner(ui, b, info, banner, shared, out);
  }
  StageInput in{ui, moment, shared, stage, r};
  if (session->program().driver) in.files = session->program().driver->sources();
  in.takes_orders = session->program().takes_orders;
  in.can_act = in.takes_orders || classroom;
  in.projector = settings.projector;
  in.at_dispatch = sandbox.at_dispatch && !classroom && !drive;
  const run::QueueGraph graph = session->graph();
  if (!graph.empty() && !classroom) in.graph = &graph;
  draw_stage(in, out);
}

PaneLayout App::panes(Ui& ui, const Rect& page) const {
  Settings wanted = settings;
  if (drive) wanted.side = std::max(wanted.side, 0.25f);  // the moves show their calls
  // A question has up to four options of a sentence each.
  if (classroom) wanted.side = std::max(wanted.side, ui.px(280) / std::max(page.w, 1.0f));
  PaneWishes wishes{whole, front, classroom || drive};
  if (classroom && settings.projector) {
    LessonPanelInput in = classroom->panel_input(*session);
    in.level = true;
    wishes.level = lesson_panel_height(ui, page.w, in, classroom->panel);
  }
  return arrange_panes(page, ui.scale, wanted, wishes);
}

const char* App::pane_title(Pane pane) const {
  switch (pane) {
    case Pane::stage: return tr("pane.stage");
    case Pane::code: return tr("pane.code");
    case Pane::inspector: return tr("pane.inspector");
    case Pane::timeline: return tr("pane.timeline");
    default: break;
  }
  return classroom ? tr("pane.lesson") : drive ? tr("pane.moves") : tr("pane.side");
}

void App::draw_pane_tabs(Ui& ui, const PaneLayout& panes) {
  if (panes.tabs.empty()) return;
  std::vector<std::string_view> names;
  int selected = 0;
  for (Pane p : panes.behind) {
    if (p == panes.front) selected = int(names.size());
    names.push_back(pane_title(p));
  }
  const int picked = tabs_or_menu(ui, panes.tabs, "panes", names, selected, tr("pane.menu"));
  if (picked >= 0) front = panes.behind[size_t(picked)];
}

// The bars between panes change shares of the window, which are kept in the settings.
void App::move_bars(Ui& ui, const Rect& page, const PaneLayout& p) {
  if (const Rect& bar = p.split_bottom; !bar.empty()) {
    float top = bar.y - page.y;
    if (splitter(ui, bar, "split/bottom", SplitterBar::level, top, ui.px(200), page.h - ui.px(122)))
      settings.bottom = (page.h - top - bar.h) / page.h;
  }
  if (const Rect& bar = p.split_side; !bar.empty()) {
    float side = bar.x - page.x;
    if (splitter(ui, bar, "split/side", SplitterBar::upright, side, ui.px(240), page.w * 0.35f))
      settings.side = side / page.w;
  }
  if (const Rect& bar = p.split_right; !bar.empty()) {
    const Rect& shown = p.of(Pane::stage);
    float along = shown.w;
    const float room = page.right() - shown.x - bar.w;
    const float share = p.tabs.empty() ? 1 : 1.5f;
    if (splitter(ui, bar, "split/right", SplitterBar::upright, along, room * 0.5f,
                 room - ui.px(240)))
      settings.right = (room - along) / page.w / share;
  }
  if (const Rect& bar = p.split_code; !bar.empty()) {
    const Rect &code_at = p.of(Pane::code), &low = p.of(Pane::inspector);
    float along = code_at.h;
    const float room = low.bottom() - code_at.y;
    if (splitter(ui, bar, "split/code", SplitterBar::level, along, ui.px(100), room - ui.px(132)))
      settings.code = along / room;
  }
}

void App::draw_run(Ui& ui, Rect page, std::vector<session::Command>& out) {
  const session::Moment moment = session->moment();
  const PaneLayout at = panes(ui, page);
  draw_pane_tabs(ui, at);
  move_bars(ui, page, at);
  auto shown = [&](Pane pane) { return !at.of(pane).empty(); };
  const auto pane = [&](Pane which, auto draw) {
    const Rect& rect = at.of(which);
    if (!rect.empty()) draw(rect);
  };
  pane(Pane::side, [&](const Rect& rect) { draw_side_panel(ui, rect, out); });
  pane(Pane::code, [&](const Rect& rect) {
    CodeInput source{&moment, {}};
    if (session->program().driver) source.files = session->program().driver->sources();
    draw_code(ui, rect, source, code, shared, out);
  });
  if (!shown(Pane::code)) take_stop_keys(ui, moment, shared, out);
  pane(Pane::inspector, [&](const Rect& rect) {
    const bool follows = !shared.selected && moment.after->request(inspected);
    draw_inspector(ui, rect, moment, follows ? inspected : shared.selected, inspector, shared, out);
  });
  pane(Pane::stage, [&](const Rect& rect) { draw_stage_pane(ui, rect, moment, out); });
  timeline.show_future = !classroom || !classroom->tutor.asks_ahead();
  pane(Pane::timeline, [&](const Rect& rect) {
    const RunInfo info = run_info(*session);
    draw_timeline(ui, rect, {&moment, &info}, timeline, shared, out);
  });
  settings.timeline_tab = timeline.tab;
  const uint8_t levels = timeline.log_state.filter.levels;
  settings.log_levels = levels == LogFilter::kUsual ? 0 : levels;
  if (classroom && !classroom->tutor.finished())
    draw_focus_rings(ui, classroom->tutor.beat().focus);
  draw_sandbox_menu(ui, sandbox, out);
  if (!shown(Pane::stage)) return;
  StageInput in{ui, moment, shared, stage, page};
  in.takes_orders = session->program().takes_orders;
  in.can_act = in.takes_orders || classroom;
  const run::QueueGraph graph = session->graph();
  if (!graph.empty() && !classroom) in.graph = &graph;
  draw_stage_menu(in, out);
}

}  // namespace qs::ui
