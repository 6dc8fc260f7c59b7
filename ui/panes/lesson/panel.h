// The lesson beside the stage: where the student is, what is said, asked and to be done. Owns:
// LessonPanelState (scroll). Reads a Tutor and says what was pressed; screens/classroom.cpp acts on
// it. Called once a frame, main thread only.
//
// Names in the registry: "lesson/…": option/1, check, next, back, hint, show, reset, skip, mark,
// card/NAME, write, let/N, counter, variant, take_variant, link/N.
#pragma once
#include <string>
#include <vector>

#include "lesson/tutor/tutor.h"
#include "ui/toolkit/controls/control.h"
#include "ui/toolkit/core/ui.h"

namespace qs::ui {

struct LessonPanelState {
  ScrollState scroll;
  int picked = -1;  // option that is lit, before "Check"
  int newest = 0;   // what was last brought into sight: a question's options, an answer, a hint
  int frames_shown = 0;  // frames since it came
  size_t beat = size_t(-1);
  std::string student;  // for the receipt: a name or a number
  FieldState student_field;
  std::string variant;  // the student's number, which makes a lesson their own
  FieldState variant_field;
};

// What was pressed; at most one of them a frame.
struct LessonAct {
  enum Kind : uint8_t {
    none,
    choose,
    next,
    back,
    hint,
    show,
    reset,
    skip,
    mark,
    card,
    write,
    let,      // `option`: of the ways
    counter,  // the schedule that a proof has found
    link,
    receipt,
    variant,  // text
    leave,
    next_lesson,
    look
  } kind = none;
  int option = -1;
  std::string text;  // card, link
};

struct LessonPanelInput {
  const lesson::Tutor& tutor;
  int right = -1;             // of the prediction, once it is answered
  bool can_show_why = false;  // there is an event that shows why the answer was wrong
  bool playing = false;
  bool branched = false;          // the student has acted: another run than the lesson's is shown
  std::string error;              // of a lesson file that was saved with a mistake
  std::string next_title;         // "1.2 Which queue, which handler?", "" when there is none
  std::vector<std::string> ways;  // who could go on where the run is; the first would by itself
  bool writes = false;            // the driver that runs is the student's own
  bool level = false;  // a low and wide sheet below the stage, its options as cards in a row
};

LessonAct draw_lesson_panel(Ui& ui, const Rect& rect, const LessonPanelInput& in,
                            LessonPanelState& state);

// Its keys, while it is not seen: a remote goes from beat to beat all the same.
LessonAct take_lesson_keys(Ui& ui, const LessonPanelInput& in, LessonPanelState& state);

// The heights of a level sheet that shows all it has, in pixels: in the usual letters, and in the
// smaller ones that it has when it gets less than that.
struct LevelHeights {
  float usual = 0, tight = 0;
};
LevelHeights lesson_panel_heights(Ui& ui, float width, const LessonPanelInput& in,
                                  LessonPanelState& state);

// The name in the registry of what a focus word means: "stage/default" for "queue default".
std::string focus_record(const std::string& words);
// What stands for it on screen now: itself, else a card or chip of that handler, the pile of chips
// that hides it, or the tab that its pane is behind; nullptr: nothing.
const ItemRecord* focus_shown(const Rects& rects, const std::string& words);
// Draws a ring around what a beat speaks of ("queue default"), where it is on screen.
void draw_focus_rings(Ui& ui, const std::vector<std::string>& focus);

}  // namespace qs::ui
