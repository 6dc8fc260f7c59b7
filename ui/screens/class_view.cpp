#include "ui/screens/class_view.h"

#include <algorithm>
#include <cmath>

#include "ui/screens/panes.h"

namespace qs::ui {

void class_view_keys(Ui& ui, ClassView& view, const Classroom* room) {
  if (ui.action(Action::question_view)) view.question = !view.question;
  if (!room || !room->is_asking()) view.question = false;
  if (view.question && ui.action(Action::back)) view.question = false;
}

namespace {

// Design pixels: the least width of the teacher's page beside a run, and what is between them.
constexpr float kNotesLeast = 300, kNotesGap = 12;

}  // namespace

bool notes_have_room(const Ui& ui, const Rect& page) {
  return page.w >= ui.px(kWideFrom + kNotesGap + kNotesLeast);
}

std::string draw_notes_beside(Ui& ui, Rect& page, ClassView& view, const Classroom* room) {
  // It leaves the run the room in which its panes stand beside each other.
  const float spare = page.w - ui.px(kWideFrom + kNotesGap);
  const float wide = std::clamp(std::min(page.w * 0.34f, spare), ui.px(kNotesLeast), ui.px(620));
  const Rect rect = cut_right(page, std::min(wide, page.w * 0.6f), ui.px(kNotesGap));
  return draw_notes_in(ui, rect, view, room, true);
}

std::string draw_notes_in(Ui& ui, const Rect& rect, ClassView& view, const Classroom* room,
                          bool titled) {
  NotesInput in;
  in.titled = titled;
  if (room) in.file = room->tutor.lesson().file, in.folder = room->tutor.lesson().folder;
  const NotesResult result = draw_notes(ui, rect, in, view.page);
  if (result.closed) view.notes = false;
  return result.link;
}

bool pick_by_drop(Classroom* room, std::string_view request, std::string_view place) {
  if (!room || !room->is_asking()) return false;
  const int option = lesson::answer_for_drop(room->tutor.beat(), request, place);
  if (option < 0) return false;
  room->panel.picked = option;
  return true;
}

bool draw_question_alone(Ui& ui, ClassView& view, Classroom& room, const session::Session& session,
                         LessonAct& act) {
  if (!view.question || !room.is_asking()) {
    ui.magnify = 1;
    return false;
  }
  const QuestionPage drawn =
      draw_question_page(ui, ui.screen, room.panel_input(session), room.panel);
  // `drawn.magnify` counts from the present size; a step of a tenth is not worth drawing all
  // letters anew.
  if (std::abs(drawn.magnify - 1) > 0.09f)
    ui.magnify = std::clamp(ui.magnify * drawn.magnify, 0.25f, 8.0f);
  if (drawn.act.kind != LessonAct::none) act = drawn.act;
  if (drawn.closed || drawn.act.kind != LessonAct::none) {
    view.question = false;
    ui.magnify = 1;
    ui.wake_in(0);
  }
  return true;
}

}  // namespace qs::ui
