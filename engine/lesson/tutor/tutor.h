// Where a student is in a lesson, and what is said to them. Owns: TutorState, Tutor. Driven by the
// window and by `queuescope learn`: it never touches a session, it says what is to be shown and is
// told what is there. One thread.
#pragma once
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lesson/tutor/judge.h"
#include "lesson/tutor/progress.h"
#include "lesson/tutor/proof.h"

namespace qs::lesson {

struct TutorState {
  size_t beat = 0;
  int chosen = -1;      // option of a prediction
  int hints = 0;        // how many are shown
  bool done = false;    // answered, reached, or seen to its end
  bool helped = false;  // "show me" was used
  std::string card;     // picked in a patch beat
  size_t marked = Story::kNone;
};

// What the stage is to show when a beat begins.
struct Scene {
  const LessonRun* run = nullptr;
  size_t from = 0, until = 0;  // numbers of events of its run; it plays from one to the other
};

struct Tick {
  std::string text;
  Truth truth = Truth::Open;
};

class Tutor {
 public:
  explicit Tutor(std::shared_ptr<const Lesson> lesson);

  const Lesson& lesson() const { return *lesson_; }
  const TutorState& state() const { return state_; }
  const Beat& beat() const { return lesson_->beats[state_.beat]; }
  size_t beats() const { return lesson_->beats.size(); }
  bool finished() const { return finished_; }

  // --- what is shown ---
  Scene scene();
  int right_option() { return judge_.right_option(beat()); }
  // The explanation of the chosen option; empty before an answer.
  const BeatOption* answer() const;
  // The event (number of applied events) that shows why, or kNone.
  size_t shown_by_answer();
  const std::vector<Tick>& ticks() const { return ticks_; }
  bool lost() const;  // the goal cannot be reached anymore from what is shown
  // A question that is not answered yet is all there is to see of the run until it is.
  bool is_asking() const { return beat().mode == BeatMode::Predict && state_.chosen < 0; }
  // The search over the card that was chosen in a prove beat; nullptr: none was chosen yet.
  const Proof* proof() const { return proof_.get(); }
  // May the student go on? Predictions want an answer, goals want to be reached (or skipped).
  bool may_go_on() const;
  // Is there an unanswered question, here or in a later beat, about the run that is shown? What has
  // not happened yet must not be seen then.
  bool asks_ahead() const;

  // --- what happens ---
  // The run that is shown; the next moment after `from` at which the beat rests, kNone for none.
  size_t rests_at(const std::shared_ptr<const trace::Trace>& trace, size_t from);
  // The run that is shown, up to `events`; `settled`: nothing more comes by itself.
  void observe(const std::shared_ptr<const trace::Trace>& trace, size_t events, bool settled);
  void choose(int option);
  void hint();
  void pick_card(std::string id);
  // Makes up to so many runs of that search. True: it goes on.
  bool prove(uint64_t runs) { return proof_ && proof_->step(runs); }
  void mark(size_t events) { state_.marked = events; }
  void seen() { arrive(); }  // a watch beat has played to its end
  // Each says whether the beat changed.
  bool next();
  bool back();
  bool skip();
  void start_beat(size_t beat);
  void reset_beat() { start_beat(state_.beat); }
  // What an earlier sitting has left: first answers stay the first, and the lesson goes on at the
  // beat where it was left, unless it was finished.
  void resume(const LessonProgress& earlier);
  // `earlier` with what has been done since; goals that were reached are the caller's to add.
  LessonProgress record(LessonProgress earlier) const;
  // The run that shows the solution; the beat counts as helped from then on.
  const LessonRun* show_me();
  bool wrong() { return state_.chosen >= 0 && state_.chosen != right_option(); }
  // The same beat in a newer text of the lesson.
  void replace(std::shared_ptr<const Lesson> lesson);

  // Predictions answered right at the first try, and goals reached without help.
  const std::set<size_t>& well_done() const { return well_done_; }
  const std::vector<int>& answers() const { return answers_; }  // by beat; -1: none
  // Gone past without being done.
  const std::set<size_t>& skipped() const { return skipped_; }

 private:
  void arrive();
  void search();
  void look_at(const std::shared_ptr<const trace::Trace>& trace);
  bool begins_again() const;

  std::shared_ptr<const Lesson> lesson_;
  Judge judge_;
  TutorState state_;
  std::vector<Tick> ticks_;
  std::set<size_t> well_done_, skipped_;
  std::vector<int> answers_;
  std::shared_ptr<const trace::Trace> trace_;
  std::unique_ptr<Story> story_;
  std::unique_ptr<Proof> proof_;
  bool finished_ = false;
};

}  // namespace qs::lesson
