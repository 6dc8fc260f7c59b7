// A lesson that is open in the window: its tutor, what it has put on the stage, and the record of
// what was done. Owns: Classroom. Made and called by App; main thread only.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "lesson/tutor/progress.h"
#include "lesson/tutor/receipt.h"
#include "lesson/tutor/tutor.h"
#include "trace/export/narrate.h"
#include "session/session.h"
#include "ui/panes/lesson/panel.h"

namespace qs::ui {

struct Classroom {
  Classroom(std::shared_ptr<const lesson::Lesson> lesson, const std::string& progress_file);

  // The session that the current beat needs, when another one is on the stage; else nullptr.
  std::unique_ptr<session::Session> stage();
  // Puts the playhead where the beat begins; a watch beat plays from there when `play`.
  void begin(session::Session& session, bool play);
  // After time has passed: stops where the beat ends and checks off goals reached.
  void follow(session::Session& session);
  // The run that the beat shows has come to its end: the next thing to do is to go on.
  bool is_over(const session::Session& session);
  // A question is open: until it is answered nobody may do anything to the run.
  bool is_asking() const { return !tutor.finished() && tutor.is_asking(); }
  // Handles a press in the panel. True when the beat (or its run) must be staged again.
  bool act(const LessonAct& what, session::Session& session, std::string& message);
  // The search of a prove beat goes on: frames are wanted.
  bool proves() const { return tutor.proof() && !tutor.proof()->over(); }
  // Has the file on disk been saved since? `message` gives the result.
  bool reload(std::string& message);

  LessonPanelInput panel_input(const session::Session& session,
                               const trace::ShownNames* names = nullptr);

  lesson::Tutor tutor;
  LessonPanelState panel;
  std::string error;     // of the last reload
  bool restart = false;  // stage again although the run is the same
  bool rests = false;    // the run has just been made to rest, so that the student can act

 private:
  void save(const session::Session& session);
  void answered(session::Session& session);
  void rest(session::Session& session);
  void let(session::Session& session, int way, std::string& message);
  void limit(session::Session& session);
  void write_receipt(std::string& message);

  lesson::Progress progress_;
  std::string staged_, wanted_;  // ids of runs
  size_t stop_at_ = lesson::Story::kNone;
  bool was_playing_ = false;  // in the frame before
  double was_at_ = 0;
  bool unsaved_ = false;  // and `error` says why
  std::filesystem::file_time_type saved_{};
};

}  // namespace qs::ui
