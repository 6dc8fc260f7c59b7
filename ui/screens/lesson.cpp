#include "ui/screens/lesson.h"

#include <utility>

#include "lesson/file/course.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

void LessonScreen::open(std::shared_ptr<const lesson::Lesson> lesson) {
  if (classroom && !classroom->tutor.finished() && classroom->tutor.lesson().id == lesson->id &&
      classroom->tutor.lesson().file == lesson->file)
    return;
  whole = Pane::none;
  classroom = std::make_unique<Classroom>(std::move(lesson), desk_.progress_file);
  stage_beat(false);
}

void LessonScreen::stage_beat(bool play) {
  if (auto wanted = classroom->stage()) begin(std::move(wanted), {});
  classroom->begin(*session, play);
}

void LessonScreen::pass(Ui& ui, double seconds) {
  RunScreen::pass(ui, seconds);
  classroom->follow(*session);
  if (std::exchange(classroom->rests, false)) desk_.say(tr("lesson.rests"));
  std::string news;
  if (classroom->reload(news)) stage_beat(false);
  desk_.say(news);
  if (looks_at_file) ui.wake_in(1);
}

const char* LessonScreen::side_title() const { return tr("pane.lesson"); }

void LessonScreen::draw_side(Ui& ui, const Rect& rect, const session::Moment&) {
  pressed_ = draw_lesson_panel(ui, rect, classroom->panel_input(*session), classroom->panel);
}

void LessonScreen::draw_over(Ui& ui) {
  if (!classroom->tutor.finished()) draw_focus_rings(ui, classroom->tutor.beat().focus);
}

// What was pressed may put another run on the stage, which must not happen between panes.
void LessonScreen::finish(Ui& ui) {
  RunScreen::finish(ui);
  const LessonAct act = std::exchange(pressed_, LessonAct{});
  switch (act.kind) {
    case LessonAct::none: return;
    case LessonAct::leave: desk_.show = ScreenId::home; return;
    case LessonAct::next_lesson:
      if (const lesson::CourseLesson* next = lesson::course().after(classroom->tutor.lesson().id))
        desk_.open = next->folder;
      return;
    case LessonAct::link:
      if (ui.set_clipboard) ui.set_clipboard(ui.clipboard_owner, act.text);
      desk_.say(trf("lesson.link_copied", act.text));
      return;
    default: break;
  }
  std::string news;
  if (classroom->act(act, *session, news) && !classroom->tutor.finished()) stage_beat(true);
  desk_.say(news);
  ui.wake_in(0);
}

}  // namespace qs::ui
