// The teacher's page of a lesson (lessons/NN-name/README.md): beside the stage, or in a window of
// its own on the teacher's screen. Owns: NotesState (scroll). Called once a frame, main thread
// only.
//
// Names in the registry: "notes/…": page, close, link of the prose.
#pragma once
#include <string>

#include "ui/toolkit/controls/control.h"

namespace qs::ui {

// The page of the lesson whose lesson.toml is `file`: from that folder, else from the program. ""
// when it has none.
std::string teacher_page(const std::string& file);

struct NotesState {
  ScrollState scroll;
  std::string file;  // of the lesson that `text` belongs to
  std::string text;
};

struct NotesInput {
  std::string file;    // lesson.toml of the lesson; "": there is no lesson
  std::string folder;  // "04-sequential-dispatch", for the command that opens it alone
  bool alone = false;  // fills a window of its own: there is nothing to close
  bool titled = true;  // else what it stands in says what it is, and how it is left
};

struct NotesResult {
  bool closed = false;
  std::string link;  // an address that was pressed, "" for none
};

NotesResult draw_notes(Ui& ui, const Rect& rect, const NotesInput& in, NotesState& state);

}  // namespace qs::ui
