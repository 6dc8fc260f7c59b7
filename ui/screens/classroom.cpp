#include "ui/screens/classroom.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "base/visible.h"
#include "lesson/file/course.h"
#include "session/choice.h"
#include "session/programs.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using lesson::Story;
using session::Session;
namespace cmd = session::cmd;

namespace fs = std::filesystem;

Classroom::Classroom(std::shared_ptr<const lesson::Lesson> lesson, const std::string& progress_file)
    : tutor(lesson), progress_(progress_file, &error, lesson::wall_clock) {
  tutor.resume(progress_.of(lesson->key()));
  const char* user = std::getenv("USER");
  panel.student = !progress_.student().empty() ? progress_.student() : visible(user ? user : "");
  std::error_code none;
  saved_ = fs::last_write_time(lesson->file, none);
}

std::unique_ptr<Session> Classroom::stage() {
  const lesson::Scene scene = tutor.scene();
  const std::string run = wanted_.empty() ? scene.run->id : wanted_;
  const bool acts = tutor.beat().goal.has_value();
  if (run == staged_ && !acts && !restart) return nullptr;
  staged_ = run;
  restart = false;
  const lesson::LessonRun& wanted = *tutor.lesson().run(run);
  run::Program program = wanted.program;
  program.title = tutor.lesson().title;
  return std::make_unique<Session>(std::move(program), wanted.schedule());
}

// How far the lesson's own run may be seen: while something is asked about it, here or in a later
// beat, no further than the beat goes, and while this question is open not even so far.
void Classroom::limit(Session& session) {
  if (session.current_branch() != 0) return;
  size_t events = SIZE_MAX;
  const lesson::Scene scene = tutor.scene();
  const bool shows_beat_run = !tutor.finished() && !tutor.beat().goal && staged_ == scene.run->id;
  if (shows_beat_run && tutor.asks_ahead()) events = tutor.is_asking() ? scene.from : scene.until;
  // What shows why an answer was wrong belongs to the answer.
  const size_t why = tutor.shown_by_answer();
  if (events != SIZE_MAX && why != Story::kNone) events = std::max(events, why);
  session.limit(events == Story::kNone ? SIZE_MAX : events);
}

bool Classroom::is_over(const Session& session) {
  if (tutor.finished() || tutor.beat().goal || tutor.is_asking()) return false;
  const lesson::Scene scene = tutor.scene();
  return session.current_branch() == 0 && staged_ == scene.run->id && !session.playing() &&
         session.position() >= double(scene.until);
}

void Classroom::begin(Session& session, bool play) {
  const lesson::Scene scene = tutor.scene();
  const bool own = staged_ == scene.run->id;
  stop_at_ = Story::kNone;
  if (session.current_branch() != 0) session.apply(cmd::ShowBranch{0});
  limit(session);
  if (tutor.beat().goal) {
    session.apply(cmd::Seek{own && scene.until > session.ready() ? double(scene.until)
                                                                 : double(session.ready())});
    if (session.branch().execution.trace->size() <= session.ready() || own) {
      if (scene.until <= session.ready()) session.apply(cmd::End{});
    }
  } else {
    session.apply(cmd::Seek{double(scene.from)});
    stop_at_ = scene.until;
    if (tutor.beat().mode == lesson::BeatMode::Watch && play) session.apply(cmd::Play{});
    if (tutor.state().chosen >= 0) answered(session);
  }
  if (tutor.beat().mode == lesson::BeatMode::Race)
    if (const auto choice = session::choice_from(session, std::max(session.ready(), scene.until)))
      session.apply(cmd::Seek{double(choice->event)});
  if (!wanted_.empty()) {  // a solution or a card: from its beginning
    session.apply(cmd::Seek{double(session.ready())});
    session.apply(cmd::Play{});
  }
  wanted_.clear();
}

// What plays rests where the student needs the time to act.
void Classroom::rest(Session& session) {
  const double now = session.position();
  if (session.playing() || was_playing_) {
    const size_t from = size_t(std::min(was_at_, now));
    const size_t stop = tutor.rests_at(session.branch().execution.trace, from);
    if (stop != Story::kNone && double(stop) > was_at_ && double(stop) <= now) {
      session.apply(cmd::Seek{double(stop)});
      rests = true;
    }
  }
}

void Classroom::follow(Session& session) {
  const lesson::Beat& beat = tutor.beat();
  if (beat.goal) rest(session);
  const bool own = session.current_branch() == 0;
  if (own && stop_at_ != Story::kNone && session.position() >= double(stop_at_)) {
    // At high speed the run may be over before anybody looks.
    const bool came = was_at_ < double(stop_at_) && (session.playing() || was_playing_);
    if (came) session.apply(cmd::Seek{double(stop_at_)});
    if (beat.mode == lesson::BeatMode::Watch) tutor.seen();
    if (came && beat.mode == lesson::BeatMode::Predict) stop_at_ = tutor.scene().until;
  }
  was_playing_ = session.playing();
  was_at_ = session.position();
  if (!beat.goal) return;
  constexpr uint64_t kRunsAFrame = 16;  // a few milliseconds
  tutor.prove(kRunsAFrame);
  const bool before = tutor.state().done;
  const session::Moment m = session.moment();
  tutor.observe(session.branch().execution.trace, m.event, m.at_end);
  if (!before && tutor.state().done) save(session);
}

// The playback after an answer: to the end of the beat, or to what shows why the answer is wrong.
void Classroom::answered(Session& session) {
  const lesson::Scene scene = tutor.scene();
  const size_t why = tutor.wrong() ? tutor.shown_by_answer() : Story::kNone;
  stop_at_ = why != Story::kNone && why > scene.from ? why : scene.until;
  limit(session);
  session.apply(cmd::Seek{double(scene.from)});
  session.apply(cmd::Play{});
}

// Where the run is, that thread goes on.
void Classroom::let(Session& session, int way, std::string& message) {
  const auto choice = session::choice_from(session, session.moment().event);
  if (choice) message = session::choose(session, *choice, size_t(way));
}

bool Classroom::act(const LessonAct& what, Session& session, std::string& message) {
  const size_t before = tutor.state().beat;
  const bool finished = tutor.finished();
  switch (what.kind) {
    case LessonAct::choose:
      tutor.choose(what.option);
      save(session);
      if (tutor.scene().run->id != staged_) return true;  // another run shows the answer
      answered(session);
      break;
    case LessonAct::next: tutor.next(); break;
    case LessonAct::back: tutor.back(); break;
    case LessonAct::skip: tutor.skip(); break;
    case LessonAct::hint: tutor.hint(); break;
    case LessonAct::reset:
      tutor.reset_beat();
      restart = true;
      return true;
    case LessonAct::show:
      if (const lesson::LessonRun* run = tutor.show_me()) {
        wanted_ = run->id;
        return true;
      }
      break;
    case LessonAct::card:
      tutor.pick_card(what.text);
      wanted_ = what.text;
      return true;
    case LessonAct::write:  // begins with the driver of that card, as it is
      tutor.pick_card("");
      wanted_ = tutor.beat().write;
      return true;
    case LessonAct::let: let(session, what.option, message); break;
    case LessonAct::counter:
      if (tutor.proof() && tutor.proof()->wrong()) {
        session.apply(cmd::LoadSchedule{tutor.proof()->wrong()->schedule.print()});
        session.apply(cmd::Seek{double(session.ready())});
        session.apply(cmd::Play{});
      }
      break;
    case LessonAct::mark:
      tutor.mark(session.moment().event);
      session.apply(cmd::Bookmark{tr("lesson.marked")});
      message = tr("lesson.marked");
      break;
    case LessonAct::look:
      if (tutor.shown_by_answer() != Story::kNone)
        session.apply(cmd::Seek{double(tutor.shown_by_answer())});
      break;
    case LessonAct::receipt: write_receipt(message); break;
    default: break;
  }
  save(session);
  limit(session);
  return before != tutor.state().beat || finished != tutor.finished();
}

bool Classroom::reload(std::string& message) {
  const std::string file = tutor.lesson().file;
  std::error_code none;
  const auto written = fs::last_write_time(file, none);
  if (none || written == saved_) return false;
  saved_ = written;
  auto fresh =
      session::lesson_for(fs::path(file).parent_path().generic_string(), tutor.lesson().variant.id);
  if (!fresh) {
    error = fresh.error().text();
    return false;
  }
  error.clear();
  tutor.replace(*fresh);
  restart = true;
  message = tr("lesson.reloaded");
  return true;
}

LessonPanelInput Classroom::panel_input(const Session& session, const trace::ShownNames* names) {
  LessonPanelInput in{tutor};
  if (tutor.state().chosen >= 0) {
    in.right = tutor.right_option();
    in.can_show_why = tutor.shown_by_answer() != Story::kNone;
  }
  in.playing = session.playing();
  const sched::Schedule& done = session.branch().schedule;
  in.branched = !done.inputs.empty() || (session.current_branch() != 0 && !done.picks.empty());
  if (tutor.beat().mode == lesson::BeatMode::Race && !tutor.finished())
    if (const auto choice =
            session::choice_from(session, size_t(std::ceil(session.position())), names))
      for (const session::Choice::Way& way : choice->ways)
        in.ways.push_back(way.where.empty() ? way.name
                                            : trf("lesson.way", way.name,
                                                  way.where.substr(way.where.rfind(':') + 1)));
  in.error = error;
  if (const lesson::CourseLesson* next = lesson::course().after(tutor.lesson().id))
    in.next_title = next->number + " " + next->title;
  return in;
}

void Classroom::save(const Session& session) {
  lesson::LessonProgress p = tutor.record(progress_.of(tutor.lesson().key()));
  if (tutor.beat().goal && tutor.state().done && !tutor.state().helped)
    p.runs[tutor.state().beat] = {staged_, session.schedule_text(), tutor.state().marked,
                                  own::written_source(session.program())};
  auto saved = progress_.set(tutor.lesson().key(), std::move(p));
  if (!saved)
    error = saved.error().text();
  else if (unsaved_)
    error.clear();
  unsaved_ = !saved;
}

// Says what it is worth, too: nobody must find out from the teacher.
void Classroom::write_receipt(std::string& message) {
  if (auto kept = progress_.set_student(panel.student); !kept) message = kept.error().text();
  const lesson::Lesson& l = tutor.lesson();
  const lesson::Receipt receipt =
      lesson::receipt_of(l, progress_.of(l.key()), panel.student, lesson::wall_clock());
  const auto file = lesson::write_receipt(receipt);
  if (!file) {
    message = file.error().text();
    return;
  }
  const lesson::Grade grade = lesson::grade(l, receipt, own::rewritten);
  message = trf("lesson.receipt_saved", *file) + " " +
            (grade.passed(l.pass) ? std::string(tr("lesson.passes"))
                                  : trf("lesson.passes_not", grade.reasons()));
}

}  // namespace qs::ui
