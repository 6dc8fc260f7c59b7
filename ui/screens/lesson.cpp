#include "ui/screens/lesson.h"

#include <filesystem>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/visible.h"
#include "lesson/file/course.h"
#include "ui/screens/editor.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

namespace cmd = session::cmd;
namespace fs = std::filesystem;

void LessonScreen::open(std::shared_ptr<const lesson::Lesson> lesson) {
  if (classroom && !classroom->tutor.finished() &&
      classroom->tutor.lesson().key() == lesson->key() &&
      classroom->tutor.lesson().file == lesson->file)
    return;
  whole = Pane::none;
  classroom = std::make_unique<Classroom>(std::move(lesson), desk_.progress_file);
  stage_beat(false);
}

void LessonScreen::stage_beat(bool play) {
  own = nullptr;
  if (auto wanted = classroom->stage()) begin(std::move(wanted), {});
  classroom->begin(*session, play);
  point_out_ = true;
  if (tab_before_) timeline.tab = *std::exchange(tab_before_, {});
  asked_pane = Pane::none;
}

void LessonScreen::contexts(std::vector<Context>& out) const {
  if (classroom && classroom->is_asking()) out.push_back(Context::question);
  RunScreen::contexts(out);  // a remote's keys stay what they are
}

// Keys that go from beat to beat want a fresh press each: a held key, or one that a presenter's
// remote repeats, must not run through a lesson and out of it.
void LessonScreen::take_keys(Ui& ui) {
  class_view_keys(ui, view, classroom.get());
  RunScreen::take_keys(ui);
  const Action now = ui.pending_action();
  const bool walks = now == Action::next_beat || now == Action::previous_beat ||
                     now == Action::skip_beat || now == Action::hint;
  if (walks && ui.in.key_repeat) ui.reinterpret_key(Action::none);
}

namespace {

// Does it only look at the run, at another moment or speed?
bool only_looks(const session::Command& c) {
  return std::visit(
      [](const auto& what) {
        using T = std::decay_t<decltype(what)>;
        return std::is_same_v<T, cmd::Seek> || std::is_same_v<T, cmd::Home> ||
               std::is_same_v<T, cmd::End> || std::is_same_v<T, cmd::Step> ||
               std::is_same_v<T, cmd::Pause> || std::is_same_v<T, cmd::Play> ||
               std::is_same_v<T, cmd::TogglePlay> || std::is_same_v<T, cmd::Speed> ||
               std::is_same_v<T, cmd::WaitForKey> || std::is_same_v<T, cmd::RunTo> ||
               std::is_same_v<T, cmd::Bookmark> || std::is_same_v<T, cmd::Continue>;
      },
      c);
}

}  // namespace

void LessonScreen::carry_out(const session::Command& command) {
  const bool plays = std::holds_alternative<cmd::TogglePlay>(command) ||
                     std::holds_alternative<cmd::Play>(command);
  if (classroom->is_asking() && (plays || !only_looks(command)))
    return desk_.say(tr("lesson.answer_first"));
  if (plays && classroom->is_over(*session)) {
    next_.again();
    return desk_.say(tr("lesson.beat_over"));
  }
  RunScreen::carry_out(command);
}

std::string LessonScreen::why_no_compare() const {
  return classroom->is_asking() ? tr("lesson.answer_first") : "";
}

void LessonScreen::pass(Ui& ui, double seconds) {
  RunScreen::pass(ui, seconds);
  classroom->follow(*session);
  if (classroom->proves()) ui.wake_in(0);
  if (std::exchange(classroom->rests, false)) desk_.say(tr("lesson.rests"));
  std::string message;
  if (classroom->reload(message)) stage_beat(false);
  desk_.say(message);
  if (looks_at_file) ui.wake_in(1);
}

void LessonScreen::leave() {
  view.question = false;
  RunScreen::leave();
}

const char* LessonScreen::side_title() const { return tr("pane.lesson"); }

LevelHeights LessonScreen::level_heights(Ui& ui, float width) const {
  LessonPanelInput in = classroom->panel_input(*session);
  in.level = true;
  return lesson_panel_heights(ui, width, in, classroom->panel);
}

// A question is about the stage; of a goal all is seen, with what there is to choose from.
float LessonScreen::level_most() const {
  const bool goal = !classroom->tutor.finished() && classroom->tutor.beat().goal;
  return goal ? 0.68f : RunScreen::level_most();
}

float LessonScreen::side_share() const {
  return notes_in_side_ ? std::max(settings().side, 0.34f) : settings().side;
}

void LessonScreen::side_unseen(Ui& ui) {
  pressed_ = take_lesson_keys(ui, classroom->panel_input(*session, shared.names), classroom->panel);
}

void LessonScreen::draw_side(Ui& ui, const Rect& all, const session::Moment&) {
  Rect rect = all;
  if (notes_in_side_) {
    const std::string_view names[] = {side_title(), tr("notes.title")};
    const int picked = tabs_or_menu(ui, cut_top(rect, ui.px(32), ui.px(6)), "side-tabs", names,
                                    view.lesson_tab ? 0 : 1, tr("pane.menu"));
    if (picked >= 0) view.lesson_tab = picked == 0;
    if (!view.lesson_tab) {
      side_unseen(ui);
      return copy_link(ui, draw_notes_in(ui, rect, view, classroom.get(), false));
    }
  }
  LessonPanelInput in = classroom->panel_input(*session, shared.names);
  in.level = side_level_;
  in.writes = own != nullptr;
  pressed_ = draw_lesson_panel(ui, rect, in, classroom->panel);
}

bool LessonScreen::draw_alone(Ui& ui) {
  return draw_question_alone(ui, view, *classroom, *session, pressed_);
}

void LessonScreen::draw_notes(Ui& ui, Rect& page, bool here) {
  const bool side = here && !settings().projector && !(settings().folded & pane_bit(Pane::side));
  notes_in_side_ = view.notes && side && !notes_have_room(ui, page);
  if (view.notes && !notes_in_side_)
    copy_link(ui, draw_notes_beside(ui, page, view, classroom.get()));
}

void LessonScreen::copy_link(Ui& ui, const std::string& address) {
  if (address.empty()) return;
  if (ui.set_clipboard) ui.set_clipboard(ui.clipboard_owner, address);
  desk_.say(trf("lesson.link_copied", address));
}

ObjectId LessonScreen::asked_where() const {
  if (!classroom->is_asking() || classroom->tutor.beat().drags.empty()) return {};
  return session::find_object(*session->moment().trace, classroom->tutor.beat().drags,
                              ObjectKind::Request);
}

// A request was let go over something while the question is open.
void LessonScreen::take_drop() {
  const Drop drop = std::exchange(shared.dropped, {});
  if (!drop.request) return;
  const std::string name = session->moment().trace->name(drop.request);
  if (!pick_by_drop(classroom.get(), name, drop.place)) desk_.say(tr("lesson.no_such_option"));
}

// A pane behind a tab that the beat points at comes to the front, once the run rests.
void LessonScreen::bring_focus(Ui& ui) {
  if (!point_out_ || session->playing()) return;
  point_out_ = false;
  const PaneLayout at = arrange_in_window(ui);
  for (const std::string& words : classroom->tutor.beat().focus) {
    const Pane pane = words == "inspector" ? Pane::inspector
                      : words == "code"    ? Pane::code
                                           : Pane::none;
    const ItemRecord* r = pane == Pane::none ? nullptr : ui.rects.find(focus_record(words));
    if (pane == Pane::none || (r && !r->visible.empty())) continue;
    if (!at.behind_tab(pane)) continue;  // a room has no place for it
    asked_pane = pane;
    if (!tab_before_) tab_before_ = timeline.tab;
    ui.wake_in(0);
  }
}

void LessonScreen::draw_over(Ui& ui) {
  if (classroom->tutor.finished()) return next_.draw(ui, "");
  bring_focus(ui);
  draw_focus_rings(ui, classroom->tutor.beat().focus);
  next_.draw(ui, classroom->is_over(*session) ? "lesson/next" : "");
}

// The student's copy of the driver is opened in their editor, and made anew when it is saved.
void LessonScreen::write_driver() {
  const lesson::Lesson& l = classroom->tutor.lesson();
  const std::string& card = classroom->tutor.beat().write;
  const run::Program& of = l.run(card)->program;
  auto path = own::copy_to_write(of, l.key() + " " + card);
  if (!path) return desk_.say(path.error().text());
  own = std::make_unique<OwnWork>(*path,
                                  [of, path = *path] { return own::make_rewritten(of, path); });
  auto opened = open_in_editor(*path, 1);
  desk_.say(opened ? trf("own.opened", *path, 1) : opened.error().text());
}

// From its beginning: what it does is judged at its end.
void LessonScreen::own_runs() {
  session->apply(cmd::Seek{double(session->ready())});
  session->apply(cmd::Play{});
}

// What was pressed may put another run on the stage, which must not happen between panes.
void LessonScreen::finish(Ui& ui) {
  RunScreen::finish(ui);
  take_drop();
  const LessonAct act = std::exchange(pressed_, LessonAct{});
  switch (act.kind) {
    case LessonAct::none: return;
    case LessonAct::leave: desk_.show = ScreenId::home; return;
    case LessonAct::next_lesson:
      if (const lesson::CourseLesson* next = lesson::course().after(classroom->tutor.lesson().id))
        desk_.open = next->folder;
      return;
    case LessonAct::link: return copy_link(ui, act.text);
    case LessonAct::variant:
      settings().variant = visible(act.text, Settings::kMostVariant);
      desk_.open = fs::path(classroom->tutor.lesson().file).parent_path().generic_string();
      return;
    default: break;
  }
  std::string message;
  if (classroom->act(act, *session, message) && !classroom->tutor.finished()) stage_beat(true);
  if (act.kind == LessonAct::write) write_driver();
  desk_.say(message);
  ui.wake_in(0);
}

}  // namespace qs::ui
