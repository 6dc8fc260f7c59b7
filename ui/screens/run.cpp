// A frame of a run: time passes, the panes are drawn, and what was pressed is carried out.
#include "ui/screens/run.h"

#include <utility>

#include "ui/screens/editor.h"
#include "ui/screens/transport.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

// A run that was playing at `before` stops at the first breakpoint since.
void stop_at_breakpoint(session::Session& session, const Breakpoints& stops, double before) {
  if (stops.empty()) return;
  const trace::Trace& trace = *session.branch().execution.trace;
  const size_t stop =
      language::find_between(trace, stops.stops, size_t(before), size_t(session.position()));
  if (stop == language::kNone) return;
  session.apply(session::cmd::Seek{double(stop)});
  session.apply(session::cmd::Pause{});
}

// While nothing is selected, the inspector follows the request mentioned last.
ObjectId last_mentioned(const session::Moment& m) {
  constexpr size_t kFar = 400;  // events
  for (size_t i = m.event; i > 0 && m.event - i < kFar; --i) {
    const model::RequestView* r = m.after->request((*m.trace)[i - 1].s);
    if (r && r->type != trace::RequestType::Create) return r->id;
  }
  ObjectId newest;
  for (const model::RequestView& r : m.after->requests)
    if (r.type != trace::RequestType::Create) newest = r.id;
  return newest;
}

}  // namespace

RunScreen::~RunScreen() = default;

void RunScreen::begin(std::unique_ptr<session::Session> run, std::string named) {
  session = std::move(run);
  named_ = std::move(named);
  shared = UiState();
  stage = StageState();
  timeline = TimelineState();
  static_assert(TimelineState::kTabs == Settings::kLastTab + 1);
  timeline.tab = TimelineState::Tab(settings().timeline_tab);
  if (settings().log_levels) timeline.log_state.filter.levels = uint8_t(settings().log_levels);
  code = CodeState();
  inspector = InspectorState();
  banner = BannerState();
  roads = RoadsState();
  inspected_ = ObjectId();
  inspected_at_ = {};
  out_.clear();
}

bool RunScreen::holds(const std::string& name) const {
  return session && !named_.empty() && named_ == name;
}

void RunScreen::leave() {
  if (session) session->apply(session::cmd::Pause{});
}

bool RunScreen::follow_own(Ui& ui) {
  const OwnWork::Change change = own ? own->follow(ui, *session, desk_) : OwnWork::Change::None;
  if (change == OwnWork::Change::None) return false;
  code.files = {};  // they pointed into the sources of before
  if (change == OwnWork::Change::NewRun) {
    stage.functions = {};
    own_runs();
    return true;
  }
  const session::Moment m = session->moment();
  const auto sources = own->sources();
  for (const CodeMark& mark : own->marks()) {
    if (!mark.error) continue;
    for (const EmbeddedFile& source : sources)
      if (const uint32_t file = trace_file_of(source, *m.trace); file && mark.file == source.name)
        shared.show_line = trace::Site(file, mark.line);
    break;
  }
  return false;
}

// Opens the file that is shown in an editor, at the line where the driver is.
void RunScreen::edit_source() {
  if (!own || own->sources().empty()) return desk_.say(tr("own.none"));
  const session::Moment m = session->moment();
  const auto sources = own->sources();
  size_t file = std::min(size_t(std::max(code.file, 0)), sources.size() - 1);
  uint32_t line = 1;
  trace::Site site;
  if (const std::vector<ThreadAt> threads = threads_in_code(m, &stage.functions); !threads.empty())
    site = threads[0].site;
  for (size_t i = m.event; !site && i-- > 0;) site = (*m.trace)[i].site;  // where it was last
  if (const int at = site ? source_of(sources, *m.trace, site.file()) : -1; at >= 0)
    file = size_t(at), line = site.line();
  for (const CodeMark& mark : own->marks())
    if (mark.error && !own->compiles())
      for (size_t i = 0; i < sources.size(); ++i)
        if (mark.file == sources[i].name) file = i, line = mark.line;
  auto opened = open_in_editor(own->path_of(sources[file].name), line);
  desk_.say(opened ? trf("own.opened", sources[file].name, line) : opened.error().text());
}

void RunScreen::pass(Ui& ui, double seconds) {
  if (!session) return;
  follow_own(ui);
  const double before = session->position();
  const bool was_playing = session->playing();
  if (session->tick(seconds)) ui.wake_in(0);
  if (was_playing) passed(before);
  if (was_playing) stop_at_breakpoint(*session, shared.breakpoints, before);
}

void RunScreen::find_inspected(const session::Moment& m) {
  if (shared.selected) return;
  const auto& trace = session->branch().execution.trace;
  if (trace == inspected_at_.trace && m.event == inspected_at_.event) return;
  inspected_at_ = {trace, m.event};
  inspected_ = last_mentioned(m);
}

StageInput RunScreen::stage_input(Ui& ui, const session::Moment& moment, const Rect& rect) {
  StageInput in{ui, moment, shared, stage, rect};
  if (session->program().driver) in.files = session->program().driver->sources();
  in.takes_orders = session->program().takes_orders;
  in.can_act = can_act();
  in.projector = settings().projector;
  in.narration = !side_level_ || rect.h >= ui.px(kLowRoom);
  in.verbs = shows_verbs();
  in.at_dispatch = at_dispatch();
  in.asked_where = asked_where();
  if (!graph_.empty()) in.graph = &graph_;
  return in;
}

void RunScreen::draw_stage_pane(Ui& ui, const Rect& rect, const session::Moment& moment) {
  const BannerInfo info = banner_info(moment);
  StageInput in = stage_input(ui, moment, rect);
  // The column that it stands in is about half of the stage.
  in.banner = explain_banner_height(ui, rect.w * 0.55f, info, banner);
  draw_stage(in, out_);
  if (info.shown && !stage.banner.empty())
    draw_explain_banner(ui, stage.banner, info, banner, shared, out_);
  const VerbsInput verbs = verbs_input(ui, moment, stage.verbs);
  if (stage.verbs.empty())
    take_verb_keys(verbs, rect, out_);
  else
    draw_verbs(verbs, out_);
}

// The panes beside the stage and below it.
void RunScreen::draw_inside(Ui& ui, const PaneLayout& at, const session::Moment& moment) {
  const auto pane = [&](Pane which, auto draw) {
    const Rect& rect = at.of(which);
    if (!rect.empty()) draw(rect);
    return !rect.empty();
  };
  const auto draw_source = [&](const Rect& rect, bool framed) {
    CodeInput source{&moment, {}, framed};
    if (session->program().driver) source.files = session->program().driver->sources();
    if (own && !own->is_first()) source.files = own->sources(), source.marks = own->marks();
    draw_code(ui, rect, source, code, shared, out_);
  };
  inspector.menu = &stage.menu;
  inspector.rights = rights();
  const auto draw_inspected = [&](const Rect& rect, bool framed) {
    const bool follows = !shared.selected && moment.after->request(inspected_);
    draw_inspector(ui, rect, moment, follows ? inspected_ : shared.selected, inspector, shared,
                   out_, framed);
  };
  std::vector<GuestPane> guests;
  bool source_seen = pane(Pane::code, [&](const Rect& rect) { draw_source(rect, true); });
  for (const Pane p : at.guests) {
    const auto tab = p == Pane::code ? TimelineState::source : TimelineState::inspector;
    source_seen = source_seen || (p == Pane::code && timeline.tab == tab);
    guests.push_back({tab, pane_title(p), [&, p](const Rect& rect) {
                        p == Pane::code ? draw_source(rect, false) : draw_inspected(rect, false);
                      }});
  }
  guests.push_back(
      {TimelineState::roads, tr("pane.roads"), [&](const Rect& rect) {
         draw_roads(ui, rect, {session.get(), &moment, shows_future()}, roads, shared, out_);
       }});
  if (!source_seen) take_stop_keys(ui, moment, shared, out_);
  pane(Pane::inspector, [&](const Rect& rect) { draw_inspected(rect, true); });
  const bool stage_seen =
      pane(Pane::stage, [&](const Rect& rect) { draw_stage_pane(ui, rect, moment); });
  if (!stage_seen) take_verb_keys(verbs_input(ui, moment, ui.screen), ui.screen, out_);
  timeline.show_future = timeline.log_state.show_future = shows_future();
  pane(Pane::timeline, [&](const Rect& rect) {
    const RunInfo info = run_info(*session);
    draw_timeline(ui, rect, {&moment, &info, guests}, timeline, shared, out_);
  });
}

void RunScreen::draw(Ui& ui, const Rect& page) {
  if (!session) return;
  shared.begin_frame();
  const session::Moment moment = session->moment();
  find_inspected(moment);
  graph_ = shows_queue_graph() ? session->graph() : run::QueueGraph();
  if (session->program().driver)  // also while the stage is not seen
    stage.functions.look(stage.cast.of(*moment.trace), *moment.trace,
                         session->program().driver->sources());
  shared.functions = session->program().driver ? &stage.functions : nullptr;
  shared.names = shared.functions ? &stage.functions.workers() : nullptr;
  page_ = page;
  PaneLayout at = arrange(ui, page);
  if (show_asked(at)) at = arrange(ui, page);
  side_level_ = at.level;
  draw_tabs(ui, at);
  move_bars(ui, page, at);
  const Rect& side = at.of(Pane::side);
  side.empty() ? side_unseen(ui) : draw_side(ui, side, moment);
  draw_inside(ui, at, moment);
  settings().timeline_tab = kept_tab();
  const uint8_t levels = timeline.log_state.filter.levels;
  settings().log_levels = levels == LogFilter::kUsual ? 0 : levels;
  draw_over(ui);
  draw_stage_menu(stage_input(ui, moment, page), out_);
}

void RunScreen::finish(Ui& ui) {
  if (!session) return;
  const std::vector<session::Command> pressed = std::exchange(out_, {});
  for (const session::Command& command : pressed) carry_out(command);
  if (!pressed.empty() || shared.moved_on()) ui.wake_in(0);
  if (shared.compare) {
    desk_.compare = std::exchange(shared.compare, {});
    desk_.show = ScreenId::compare;
  }
  if (!shared.rule.empty()) desk_.rule = std::exchange(shared.rule, {});
  desk_.say(std::exchange(shared.notice, {}));
}

void RunScreen::draw_bar(Ui& ui, Rect row) {
  if (!session) return;
  draw_transport(ui, row, {*session, settings(), session->playing()}, out_);
}

}  // namespace qs::ui
