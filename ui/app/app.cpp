#include "ui/app/app.h"

#include <utility>

#include "session/link.h"
#include "ui/toolkit/controls/tooltip.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace {

// These have no run of their own.
bool borrows_run(ScreenId id) { return id == ScreenId::compare || id == ScreenId::races; }

}  // namespace

App::App(Settings& settings) : desk(settings) {}

App::~App() = default;

Screen& App::screen() {
  switch (shown_) {
    case ScreenId::lesson: return lesson;
    case ScreenId::program: return program;
    case ScreenId::sandbox: return sandbox;
    case ScreenId::drive: return drive;
    case ScreenId::compare: return compare;
    case ScreenId::races: return races;
    default: return home;
  }
}

// --- the switch ---

void App::show(ScreenId id) {
  if (id == ScreenId::compare) return open_compare({});
  if (id == ScreenId::races) return open_races();
  if (id == ScreenId::sandbox && !sandbox.session) return open_named(SandboxScreen::kProgram);
  if (id == ScreenId::drive && !drive.session) return open_named(DriveScreen::kProgram);
  if (id == shown_) return;
  screen().leave();
  shown_ = id;
  if (run() && !borrows_run(id)) last_run_ = id;
}

// What the button or key of a mode does: its run as it was left; pressed again, the lessons show
// their list, and Compare and Races go back.
void App::press_mode(ScreenId id) {
  const bool again = id == shown_;
  if (id == ScreenId::lesson) return show(lesson.session && !again ? id : ScreenId::home);
  show(borrows_run(id) && again ? last_run_ : id);
}

void App::open(session::Opened opened, std::unique_ptr<session::Session> made) {
  opening_.reset();
  const bool recorded = !opened.program.can_run() && opened.recording.trace;
  const bool own_run = opened.schedule == sched::Schedule{} && !recorded && !opened.setup;
  const std::string what = opened.folder.empty() ? opened.program.name : opened.folder;
  if (own_run && !opened.own)  // even if its folder has the name of a lesson
    if (auto found = session::lesson_for(what, desk.settings.variant)) return open_lesson(*found);
  if (!made && recorded) made = std::make_unique<session::Session>(opened.recording);
  if (!made)
    made =
        std::make_unique<session::Session>(std::move(opened.program), std::move(opened.schedule));
  const run::Program& p = made->program();
  const std::string named = own_run && opened.folder.empty() ? p.name : std::string();
  if (is_drive_program(p.name) && !opened.own) {
    drive.begin(std::move(made), named);
    show(ScreenId::drive);
  } else if (p.takes_orders) {
    sandbox.begin(std::move(made), named);
    if (opened.setup) sandbox.follow_file(opened.folder);
    show(ScreenId::sandbox);
  } else {
    program.begin(std::move(made), named);
    show(ScreenId::program);
  }
  run()->whole = Pane::none;
  run()->own = opened.own ? std::make_unique<OwnWork>(opened.own) : nullptr;
}

void App::open_lesson(std::shared_ptr<const lesson::Lesson> found) {
  lesson.open(std::move(found));
  show(ScreenId::lesson);
}

// Whoever follows a class goes along with the run, and is not taken to its beginning each time.
bool App::seek_link(const session::Link& link) {
  if (!link.at || !session() || opening_ || session()->program().name != link.program ||
      session()->schedule_text() != link.schedule)
    return false;
  session()->apply(session::cmd::Pause{});
  session()->apply(session::cmd::Seek{double(*link.at)});
  return session()->moment().event == *link.at;
}

// A link has its lesson or program opened first, and then done to it what was done to its run.
void App::open_link(const std::string& text) {
  const auto link = session::parse_link(text);
  if (!link) return message.keep(link.error().text());
  if (!seek_link(*link)) go_to_link(*link);
  if (!session() || opening_) return;
  ObjectId& selected = run()->shared.selected;
  selected = {};
  if (!link->selected.empty())
    selected = session::find_object(*session()->moment().trace, link->selected);
}

void App::go_to_link(const session::Link& link) {
  open_named(link.program);
  if (!session() || opening_) return;
  if (!link.schedule.empty()) session()->apply(session::cmd::LoadSchedule{link.schedule});
  session()->apply(session::cmd::Pause{});
  if (!link.at) return;
  session()->apply(session::cmd::Seek{double(*link.at)});
  if (shown_ != ScreenId::lesson || session()->moment().event == *link.at) return;
  // A lesson shows nothing that lies behind its open question: then the run alone.
  auto opened = session::open_run(link.program);
  if (!opened) return;
  program.begin(std::make_unique<session::Session>(std::move(opened->program), sched::Schedule{}),
                {});
  program.whole = Pane::none;
  program.own = nullptr;
  show(ScreenId::program);
  if (!link.schedule.empty()) session()->apply(session::cmd::LoadSchedule{link.schedule});
  session()->apply(session::cmd::Pause{});
  session()->apply(session::cmd::Seek{double(*link.at)});
}

void App::open_named(const std::string& what) {
  if (session::is_link(what)) return open_link(what);
  opening_.reset();
  if (sandbox.holds(what)) return show(ScreenId::sandbox);
  if (drive.holds(what)) return show(ScreenId::drive);
  if (session::opens_slowly(what)) {
    opening_ = std::make_unique<session::Opening>(what);
    return;
  }
  if (auto found = session::lesson_for(what, desk.settings.variant)) return open_lesson(*found);
  auto opened = session::open_run(what);
  if (opened)
    open(std::move(*opened));
  else
    message.keep(opened.error().text());
}

void App::follow_opening(Ui& ui) {
  if (!opening_) return;
  if (!opening_->done()) {
    const double fraction = opening_->fraction();
    message.say(fraction > 0 ? trf("app.opening", opening_->what(), int(fraction * 100))
                             : trf("app.opening_file", opening_->what()),
                ui.now, 1);
    ui.wake_in(0.1);
    return;
  }
  auto made = opening_->take();
  opening_.reset();
  message.clear();
  if (made)
    open(std::move(made->opened), std::move(made->session));
  else
    message.keep(made.error().text());
}

// What Compare and Races are about: the run that is shown, else the one that was shown last. False:
// it may not be looked at now.
bool App::to_last_run() {
  if (!run() || borrows_run(shown_)) show(last_run_);
  if (!run()) return false;
  if (const std::string why = run()->why_no_compare(); !why.empty()) return desk.say(why), false;
  // Without a run: three reads, one at a time.
  const bool empty = shown_ == ScreenId::sandbox && sandbox.untouched();
  if (const session::Preset* first = preset_of_key(1); first && empty)
    sandbox.session->apply(session::cmd::LoadSetup{*first});
  return true;
}

void App::open_races() {
  if (!to_last_run()) return;
  races.open(*run(), shown_);
  screen().leave();
  shown_ = ScreenId::races;
}

void App::open_compare(ObjectId queue) {
  if (!to_last_run()) return;
  compare.open(*run(), shown_, queue);
  screen().leave();
  shown_ = ScreenId::compare;
}

// --- a frame ---

void App::draw_dialogs(Ui& ui) {
  draw_help(ui, help);
  draw_rule(ui, rule);
  if (std::exchange(class_wanted, false)) open_dialog(ui, class_sheet.dialog);
  if (class_sheet.dialog.open) {
    const std::string& page = session::link_address();
    draw_class_sheet(ui, class_sheet,
                     session() && !page.empty() ? session::print_link(link_here(), page) : "");
  }
  if (!palette.dialog.open) return;
  const auto entries = palette_entries(ui);
  const int chosen = draw_palette(ui, palette, entries);
  if (chosen >= 0) do_palette(ui, entries[size_t(chosen)]);
}

// The bar, the teacher's page, and the screen that is shown.
void App::draw_page(Ui& ui) {
  Rect page = ui.screen;
  draw_top_bar(ui, cut_top(page, ui.px(kTopBar)));
  const float edge = ui.px(kPageEdge);
  Rect inner = inset(page, edge);
  lesson.draw_notes(ui, inner, shown_ == ScreenId::lesson);
  page.w = inner.right() + edge - page.x;
  screen().draw(ui, shown_ == ScreenId::home ? page : inner);
}

// What the screens have left to do.
void App::run_errands(Ui& ui) {
  const ScreenId before = shown_;
  if (const std::string text = std::exchange(desk.notice, {}); !text.empty())
    message.say(text, ui.now), undo_offered_ = std::exchange(desk.offers_undo, false);
  if (!desk.rule.empty()) open_rule(ui, rule, std::exchange(desk.rule, {}));
  const ScreenId wanted = std::exchange(desk.show, ScreenId::count);
  const ObjectId queue = std::exchange(desk.compare, {});
  const bool scheduler = std::exchange(desk.scheduler, false);
  if (!desk.open.empty())
    open_named(std::exchange(desk.open, {}));
  else if (wanted == ScreenId::compare)
    open_compare(queue);
  else if (wanted != ScreenId::count)
    show(wanted);
  if (scheduler && shown_ == ScreenId::races) races.begin_game();
  if (before != shown_) ui.wake_in(0);
}

void App::draw(Ui& ui, double seconds) {
  ui.reduced_motion = desk.settings.reduced_motion;
  ui.tooltips = desk.settings.tooltips;
  follow_opening(ui);
  ui.contexts = {Context::global, Context::transport};
  screen().contexts(ui.contexts);
  screen().take_keys(ui);  // first: the screen decides what a remote's keys mean
  take_keys(ui);
  screen().pass(ui, seconds);

  fill(ui, ui.screen, ui.theme->background);
  if (!screen().draw_alone(ui)) draw_page(ui);
  draw_dialogs(ui);
  screen().finish(ui);
  run_errands(ui);
  tell_class();
  if (message.text.empty()) undo_offered_ = false;
  if (RunScreen* shown = run()) {
    if (message.draw(ui, undo_offered_ && shown->can_take_back())) shown->take_back(ui);
  } else {
    message.draw(ui, false);
  }
  draw_tooltip(ui);
  if (!desk.settings.projector) return;
  const ItemRecord* sheet = ui.rects.find("lesson");  // what it says stays seen
  draw_presenter(ui, presenter, sheet ? sheet->rect.y : ui.screen.bottom());
}

}  // namespace qs::ui
