// What a lesson shows in class besides its run: the question alone in large type, and the teacher's
// page beside the stage. Owns: ClassView. Called by LessonScreen once a frame; main thread only.
#pragma once
#include "ui/panes/lesson/question.h"
#include "ui/panes/notes/notes.h"
#include "ui/screens/classroom.h"

namespace qs::ui {

struct ClassView {
  bool question = false;  // alone, while it is open
  bool notes = false;     // the teacher's page, beside any screen
  // Where it shares the lesson's pane: the lesson is in front.
  bool lesson_tab = false;
  NotesState page;
};

// The keys P and Esc in a question. Before other takers of Esc.
void class_view_keys(Ui& ui, ClassView& view, const Classroom* room);
// Has `page` room for the teacher's page beside a run, or must it share the lesson's pane?
bool notes_have_room(const Ui& ui, const Rect& page);
// Cuts the teacher's page off `page` and draws it. Returns a link that was pressed, "" for none.
std::string draw_notes_beside(Ui& ui, Rect& page, ClassView& view, const Classroom* room);
// The same in the whole of a place; `titled`: it says there what it is.
std::string draw_notes_in(Ui& ui, const Rect& rect, ClassView& view, const Classroom* room,
                          bool titled);
// A request was dragged to a place (names as in lessons/README.md, `drop`) while the question is
// open: picks the option that says so, as its number does. False: no option does.
bool pick_by_drop(Classroom* room, std::string_view request, std::string_view place);

// Draws the question alone on the whole screen, when that is wanted, and says so; `act` is what was
// done there. Else it takes the large letters back.
bool draw_question_alone(Ui& ui, ClassView& view, Classroom& room, const session::Session& session,
                         LessonAct& act);

}  // namespace qs::ui
