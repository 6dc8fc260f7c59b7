#include "ui/app/app.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/app/theme_file.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using session::Command;
namespace cmd = session::cmd;

App::App(Settings& s) : settings(s) {}

App::~App() = default;

void App::open_home() {
  screen = Screen::home;
  if (session) session->apply(cmd::Pause{});
}

void App::show(std::unique_ptr<session::Session> shown) {
  session = std::move(shown);
  if (presets.empty())  // not earlier: the list of lessons does not need them
    if (auto loaded = session::load_presets()) presets = *loaded;
  compare.reset();
  drive.reset();
  shared = UiState();
  stage = StageState();
  timeline = TimelineState();
  timeline.tab = TimelineState::Tab(settings.timeline_tab);
  if (settings.log_levels) timeline.log_state.filter.levels = uint8_t(settings.log_levels);
  code = CodeState();
  inspector = InspectorState();
  inspected = ObjectId();
  told = {};
  sandbox = SandboxPanelState();
  screen = Screen::run;
}

void App::open(session::Opened opened, std::unique_ptr<session::Session> made) {
  opening.reset();
  classroom.reset();
  whole = Pane::none;
  const bool recorded = !opened.program.driver && opened.recording.trace;
  const bool own_run = opened.schedule == sched::Schedule{};
  const std::string what = opened.folder.empty() ? opened.program.name : opened.folder;
  auto lesson = own_run && !recorded ? session::load_lesson(what)
                                     : Result<std::shared_ptr<const lesson::Lesson>>(Error{});
  if (lesson) return open_lesson(*lesson);
  if (!made && recorded) made = std::make_unique<session::Session>(opened.recording);
  if (!made)
    made =
        std::make_unique<session::Session>(std::move(opened.program), std::move(opened.schedule));
  show(std::move(made));
  if (is_drive_program(session->program().name)) open_drive();
}

void App::open_lesson(std::shared_ptr<const lesson::Lesson> lesson) {
  whole = Pane::none;
  classroom = std::make_unique<Classroom>(std::move(lesson), progress_file);
  stage_beat(false);
}

// Puts the run of the current beat on the stage.
void App::stage_beat(bool play) {
  if (auto wanted = classroom->stage()) show(std::move(wanted));
  classroom->begin(*session, play);
}

void App::open_named(const std::string& what) {
  opening.reset();
  if (session::opens_slowly(what)) {
    opening = std::make_unique<session::Opening>(what);
    return;
  }
  if (auto lesson = session::load_lesson(what)) return open_lesson(*lesson);
  auto opened = session::open_run(what);
  if (opened)
    open(std::move(*opened));
  else
    message = opened.error().text(), message_until = kForEver;
}

void App::follow_opening(Ui& ui) {
  if (!opening) return;
  if (!opening->done()) {
    const double fraction = opening->fraction();
    message = fraction > 0 ? trf("app.opening", opening->what(), int(fraction * 100))
                           : trf("app.opening_file", opening->what());
    message_until = ui.now + 1;
    ui.wake_in(0.1);
    return;
  }
  auto made = opening->take();
  opening.reset();
  message.clear();
  if (made)
    open(std::move(made->opened), std::move(made->session));
  else
    message = made.error().text(), message_until = kForEver;
}

void App::apply(Ui& ui, const std::vector<Command>& commands) {
  for (const Command& c : commands) {
    if (compare) steer_compare(*compare, c, ui.reduced_motion);
    if (!session || (compare && !std::get_if<cmd::Speed>(&c))) continue;
    const auto* act = std::get_if<cmd::Do>(&c);
    if (act && act->input.kind == sched::InputKind::Send && sandbox.at_dispatch && !classroom &&
        !drive) {
      cmd::Do raised = *act;
      raised.input.text += " irql=2";
      say(ui, session->apply(raised));
    } else {
      say(ui, session->apply(c));
    }
  }
}

namespace {

constexpr float kScales[] = {0.75f, 0.9f, 1, 1.1f, 1.25f, 1.5f, 1.75f, 2, 2.5f, 3};

float next_scale(float now, int direction) {
  const float* best =
      std::min_element(std::begin(kScales), std::end(kScales),
                       [&](float a, float b) { return std::abs(a - now) < std::abs(b - now); });
  long i = std::clamp(best - kScales + direction, 0L, long(std::size(kScales)) - 1);
  return kScales[i];
}

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

void App::sandbox_keys(Ui& ui, std::vector<Command>& out) {
  const session::Moment m = session->moment();
  const MenuRights rights{true, session->program().takes_orders};
  auto send = [&](trace::RequestType type) {
    ObjectId app = shared.selected.kind() == ObjectKind::App ? shared.selected
                   : m.after->apps.empty()                   ? ObjectId()
                                                             : m.after->apps.front().id;
    if (auto c = send_command(*m.after, *m.trace, app, type))
      out.push_back(*c);
    else
      say(ui, tr("app.no_handle"));
  };
  if (ui.action(Action::send_read)) send(trace::RequestType::Read);
  if (ui.action(Action::send_write)) send(trace::RequestType::Write);
  if (ui.action(Action::send_control)) send(trace::RequestType::DeviceControl);
  auto act = [&](Action key, trace::Act what) {
    if (!ui.action(key)) return;
    if (auto c = act_command(*m.after, *m.trace, shared.selected, what, rights))
      out.push_back(*c);
    else
      say(ui, why_not(*m.after, shared.selected, what, rights));
  };
  act(Action::cancel_request, trace::Act::CancelFromApp);
  act(Action::complete_request, trace::Act::Complete);
  act(Action::retrieve_next, trace::Act::RetrieveNext);
  if (classroom || drive) return;  // digits answer questions
  static constexpr Action keys[] = {
      Action::preset_0, Action::preset_1, Action::preset_2, Action::preset_3, Action::preset_4,
      Action::preset_5, Action::preset_6, Action::preset_7, Action::preset_8, Action::preset_9};
  for (const session::Preset& p : presets)
    if (p.key >= 0 && p.key <= 9 && ui.action(keys[p.key])) {
      out.push_back(cmd::LoadSetup{p});
      say(ui, p.title + ": " + p.note);
    }
}

void App::take_keys(Ui& ui, std::vector<Command>& out) {
  auto key = [&](Action a) { return ui.action(a); };
  if (key(Action::help)) open_dialog(ui, help);
  if (key(Action::quit)) quit = true;
  if (key(Action::home)) open_home();
  if (key(Action::fullscreen)) fullscreen = !fullscreen;
  if (key(Action::picture)) picture_wanted = 1;
  if (key(Action::palette) || key(Action::open)) open_palette(ui);
  if (key(Action::mode_sandbox)) open_named("sandbox");
  if (key(Action::mode_lesson)) open_home();
  mode_keys(ui);
  class_view_keys(ui, class_view, screen == Screen::run ? classroom.get() : nullptr);
  if (key(Action::scale_up)) settings.scale = next_scale(settings.scale, 1);
  if (key(Action::scale_down)) settings.scale = next_scale(settings.scale, -1);
  if (key(Action::scale_reset)) settings.scale = 1;
  if (key(Action::reduced_motion)) settings.reduced_motion = !settings.reduced_motion;
  if (key(Action::tooltips)) settings.tooltips = !settings.tooltips;
  if (key(Action::projector)) {
    settings.projector = !settings.projector;
    // Light for the room; restored afterward.
    if (settings.projector) settings.theme_before = settings.theme;
    settings.theme = settings.projector ? "light" : settings.theme_before;
  }
  if (key(Action::theme_next)) {
    auto names = theme_names();
    auto at = std::find(names.begin(), names.end(), settings.theme);
    settings.theme = std::string(at == names.end() || ++at == names.end() ? names.front() : *at);
  }
  if (screen != Screen::run || !session) return;
  if (key(Action::back) && whole != Pane::none) whole = Pane::none;
  if (key(Action::next_pane)) walk_panes(ui, 1);
  if (key(Action::previous_pane)) walk_panes(ui, -1);
  if (key(Action::maximize_pane)) whole = whole != Pane::none ? Pane::none : pane_in_hand(ui);
  auto add = [&](Action a, Command c) {
    if (key(a)) out.push_back(std::move(c));
  };
  using By = cmd::By;
  add(Action::play_pause, cmd::TogglePlay{});
  add(Action::step_forward, cmd::Step{step_by(), false});
  add(Action::step_back, cmd::Step{step_by(), true});
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
    out.push_back(cmd::WaitForKey{!session->waits_for_key()});
    say(ui, session->waits_for_key() ? tr("app.waits_no_more") : tr("app.waits"));
  }
  add(Action::slower, cmd::Speed{session->speed() / 2});
  add(Action::reset, cmd::ResetRun{});
  if (key(Action::save)) save_run(ui, ExportKind::trace);
  if (key(Action::copy_schedule) && ui.set_clipboard) {
    ui.set_clipboard(ui.clipboard_owner, session->schedule_text());
    say(ui, tr("app.schedule_copied"));
  }
  if (key(Action::paste_schedule) && ui.get_clipboard)
    out.push_back(cmd::LoadSchedule{ui.get_clipboard(ui.clipboard_owner)});
  if (!compare && (session->program().takes_orders || classroom)) sandbox_keys(ui, out);
}

namespace {

// A run that was playing at `before` stops at the first breakpoint since.
void stop_at_breakpoint(session::Session& session, const Breakpoints& stops, double before) {
  if (stops.empty()) return;
  const trace::Trace& trace = *session.branch().execution.trace;
  for (size_t i = size_t(before); double(i + 1) <= session.position(); ++i) {
    if (!stops.stops_at(trace, i)) continue;
    session.apply(cmd::Seek{double(i + 1)});
    session.apply(cmd::Pause{});
    return;
  }
}

// While nothing is selected, the inspector follows the request mentioned last.
ObjectId told_of(const session::Moment& m) {
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

// Wall-clock time: what plays goes on, and a lesson's tutor looks at where it is now.
void App::let_pass(Ui& ui, double seconds) {
  if (compare && screen == Screen::run) {
    if (tick_compare(*compare, seconds, session->speed())) ui.wake_in(0);
  } else if (session && screen == Screen::run) {
    const double before = session->position();
    const bool was_playing = session->playing();
    if (session->tick(seconds)) ui.wake_in(0);
    if (drive && was_playing) stop_at_question(*session, before);
    if (was_playing) stop_at_breakpoint(*session, shared.breakpoints, before);
  }
  if (classroom && screen == Screen::run) {
    classroom->follow(*session);
    std::string news;
    if (classroom->reload(news)) stage_beat(false);
    say(ui, news);
    if (looks_at_file) ui.wake_in(1);
  }
}

void App::find_inspected() {
  if (!session || screen != Screen::run || shared.selected) return;
  const session::Moment m = session->moment();
  if (m.trace == told.trace && m.event == told.event && m.trace->size() == told.size) return;
  told = {m.trace, m.event, m.trace->size()};
  inspected = told_of(m);
}

void App::draw_dialogs(Ui& ui) {
  if (help.open) draw_help(ui);
  if (!shared.rule.empty()) open_rule(ui, std::exchange(shared.rule, {}));
  if (rule.dialog.open) draw_rule(ui);
  if (palette.dialog.open) {
    const auto entries = palette_entries(ui);
    const int chosen = draw_palette(ui, palette, entries);
    if (chosen >= 0) do_palette(ui, entries[size_t(chosen)]);
  }
}

// The bar, the teacher's page, and the screen that is open.
void App::draw_page(Ui& ui, double seconds, std::vector<Command>& commands) {
  Rect page = ui.screen;
  Rect bar = cut_top(page, ui.px(52));
  draw_top_bar(ui, bar, commands);
  Rect beside = inset(page, ui.px(12));
  const std::string link = draw_notes_beside(ui, beside, class_view, classroom.get());
  if (!link.empty()) lesson_act = {LessonAct::link, -1, link};
  if (class_view.notes) page = {page.x, page.y, beside.right() + ui.px(12) - page.x, page.h};
  if (screen == Screen::run && compare)
    draw_compare_page(ui, inset(page, ui.px(12)));
  else if (screen == Screen::run && session)
    draw_run(ui, inset(page, ui.px(12)), commands);
  else
    draw_home(ui, page, seconds);
}

void App::draw(Ui& ui, double seconds) {
  ui.reduced_motion = settings.reduced_motion;
  ui.tooltips = settings.tooltips;
  ui.contexts = {Context::global, Context::transport};
  follow_opening(ui);
  const bool acting = session && (session->program().takes_orders || classroom);
  if (acting && !compare) ui.contexts.push_back(Context::sandbox);
  if (drive && !compare) ui.contexts.push_back(Context::drive);
  if (screen == Screen::run && !compare && asks(classroom.get()))
    ui.contexts.push_back(Context::question);
  const bool remote = settings.projector && screen == Screen::run && session;
  if (remote) ui.contexts.push_back(Context::klass);
  shared.begin_frame();
  if (remote) take_remote(ui);
  give_focus(ui);
  std::vector<Command> commands;
  take_keys(ui, commands);
  let_pass(ui, seconds);
  find_inspected();

  fill(ui, ui.screen, ui.theme->background);
  const bool in_run = screen == Screen::run && session && !compare;
  const ClassInput asked{in_run ? classroom.get() : nullptr, session.get()};
  if (!draw_question_alone(ui, class_view, asked, lesson_act)) draw_page(ui, seconds, commands);
  screen_drawn = screen;
  draw_dialogs(ui);
  if (drive)  // what the run waited for: it goes on from there
    for (Command& command : commands)
      if (auto* done = std::get_if<cmd::Do>(&command)) done->answer = true;
  apply(ui, commands);
  if (shared.compare) open_compare(std::exchange(shared.compare, {}));
  if (!next_setup.empty()) open_named(std::exchange(next_setup, {}));
  if (classroom) do_lesson_act(ui);
  if (!commands.empty()) ui.wake_in(0);
  if (shared.moved_on()) ui.wake_in(0);
  draw_message(ui);
  draw_tooltip(ui);
  if (!settings.projector) return;
  const Record* sheet = classroom ? ui.rects.find("lesson") : nullptr;  // what it says stays seen
  draw_presenter(ui, presenter, sheet ? sheet->rect.y : ui.screen.bottom());
}

}  // namespace qs::ui
