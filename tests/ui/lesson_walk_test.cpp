// Every lesson that is compiled in, walked through by keys alone, from its first beat to its last:
// predictions are answered wrong first, goals are reached by what the lesson shows.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "base/embedded.h"
#include "lesson/file/course.h"
#include "ui/app_window.h"

using namespace qs;
using namespace qs::ui;
namespace fs = std::filesystem;

namespace {

struct Walk : AppWindow {
  explicit Walk(const std::string& lesson, int width = 1440, int height = 900)
      : AppWindow(lesson.c_str(), width, height) {
    settings.reduced_motion = true;
    for (int i = 0; i < 6; ++i) robot.key("]");  // the fastest there is
  }
  lesson::Tutor& tutor() { return app.lesson.classroom->tutor; }
  void settle() {
    AppWindow::settle();
    for (int i = 0; i < 10'000 && app.lesson.classroom->proves(); ++i) robot.frame();
    robot.frame();
    robot.frame();
  }
  std::string shown(const std::string& name) {
    const ItemRecord* r = robot.ui.rects.find(name);
    return r ? std::string(robot.ui.rects.text(*r)) : std::string();
  }
  void look() {
    CHECK(faults() == "");
    CHECK(robot.sees("lesson"));
  }
  void rings() {
    for (const std::string& words : tutor().beat().focus) {
      CAPTURE(words);
      CHECK_MESSAGE(focus_shown(robot.ui.rects, words), describe(robot.ui.rects));
    }
  }
};

void walk(const std::string& lesson) {
  CAPTURE(lesson);
  Walk w(lesson);
  REQUIRE(w.app.lesson.classroom);
  lesson::Tutor& tutor = w.tutor();
  const size_t beats = tutor.beats();
  for (size_t beat = 0; beat < beats; ++beat) {
    CAPTURE(beat);
    REQUIRE(tutor.state().beat == beat);
    const lesson::Beat& b = tutor.beat();
    if (!b.text.empty()) CHECK(w.shown("lesson/text/text").size() > 10);
    if (b.mode == lesson::BeatMode::Watch) {
      if (beat == 0) w.robot.key("Space");
      w.settle();
      w.rings();
    }
    if (b.mode == lesson::BeatMode::Predict) {
      w.settle();
      const double before = w.app.session()->position();
      w.robot.key("Space");
      for (int i = 0; i < 5; ++i) w.robot.frame();
      CHECK(w.app.session()->position() == before);  // first the answer, then the motion
      w.robot.key("PageDown");
      CHECK(tutor.state().beat == beat);  // no way past it
      CHECK(w.shown("lesson/question/text").size() > 5);
      const int wrong = tutor.right_option() == 0 ? 1 : 0;
      w.robot.key(std::to_string(wrong + 1));
      w.robot.key("PageDown");
      CHECK(tutor.state().chosen == wrong);
      w.settle();
      CHECK(w.shown("lesson/why/text").size() > 10);
      // At what shows why; else, when that lies before this beat or behind a verdict, at its end.
      const size_t at = size_t(w.app.session()->position()), why = tutor.shown_by_answer();
      const bool at_end = why <= tutor.scene().from && at == tutor.scene().until;
      CHECK((at == why || at_end || w.app.session()->moment().stopped_at_verdict));
    }
    if (b.goal) {
      w.settle();
      CHECK_FALSE(tutor.state().done);
      CHECK(w.shown("lesson/goal/text").size() > 5);
      w.look();
      for (size_t i = 0; i < b.goal->hints.size(); ++i) {
        w.robot.key("H");
        CHECK(tutor.state().hints == int(i) + 1);
      }
      w.robot.key("H");  // shows it
      w.settle();
      w.robot.key("End");
      w.settle();
      CHECK_MESSAGE(tutor.state().done, "the solution that is shown does not tick the goal");
      w.rings();
    }
    w.look();
    w.robot.key("PageDown");
    w.robot.frame();
  }
  CHECK(tutor.finished());
  CHECK(w.shown("lesson/learnt/text").size() > 10);
  w.look();
  w.robot.key("PageUp");
  CHECK_FALSE(tutor.finished());
}

// A lesson in a folder of its own, which a test may save anew.
struct Draft {
  fs::path folder =
      fs::temp_directory_path() / ("qs-draft-" + std::to_string(getpid())) / "01-first-request";
  std::string text = std::string(find_asset("lessons/01-first-request/lesson.toml")->text());

  Draft() { save("", ""); }
  ~Draft() { fs::remove_all(folder.parent_path()); }
  void save(const std::string& old, const std::string& fresh) {
    if (!old.empty()) {
      const size_t at = text.find(old);
      REQUIRE(at != std::string::npos);
      text.replace(at, old.size(), fresh);
    }
    fs::create_directories(folder);
    const fs::path file = folder / "lesson.toml";
    std::ofstream(file, std::ios::trunc) << text;
    // File systems that count in seconds must notice, too.
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds(++saves));
  }
  int saves = 0;
};

}  // namespace

TEST_CASE("every lesson is walked through by keys, from its first beat to its last") {
  int walked = 0;
  for (const lesson::CourseTrack& track : lesson::course().tracks)
    for (const lesson::CourseLesson& l : track.lessons)
      if (l.written()) walk(l.folder), ++walked;
  CHECK(walked > 0);
}

TEST_CASE("a lesson file that is saved is read again in place; a broken one shows its error") {
  Draft draft;
  Walk w(draft.folder.string());
  REQUIRE(w.app.lesson.classroom);
  for (int i = 0; i < 2; ++i) {
    w.robot.key("PageDown");
    w.settle();
  }
  REQUIRE(w.tutor().state().beat == 2);
  draft.save("The queue delivers R1", "The queue hands over R1");
  w.robot.wait(1.2);
  CHECK(w.tutor().state().beat == 2);
  CHECK(w.tutor().beat().text.find("hands over R1") != std::string::npos);
  CHECK(w.shown("lesson/text/text").find("hands over R1") != std::string::npos);

  draft.save("mode = \"do\"", "mode = \"dance\"");
  w.robot.wait(1.2);
  CHECK(w.tutor().state().beat == 2);
  CHECK(w.tutor().beat().text.find("hands over R1") != std::string::npos);  // the old one stays
  CHECK(w.app.lesson.classroom->error.find("lesson.toml:") != std::string::npos);
  CHECK(w.app.lesson.classroom->error.find("mode: \"dance\" is none of watch, predict") !=
        std::string::npos);
  w.look();

  draft.save("mode = \"dance\"", "mode = \"do\"");
  w.robot.wait(1.2);
  CHECK(w.app.lesson.classroom->error.empty());
}

TEST_CASE("acting at any time makes a branch; the tutor says whether the goal can be reached") {
  Walk w("first-request");
  while (!w.tutor().beat().goal) {
    if (w.tutor().beat().mode == lesson::BeatMode::Predict) {
      w.robot.key("2");
      w.robot.key("PageDown");
    }
    w.settle();
    w.robot.key("PageDown");
  }
  w.robot.key("R");
  w.settle();
  CHECK_FALSE(w.app.session()->branch().schedule.inputs.empty());
  CHECK(w.shown("lesson/open/text").find("From here the goal can be reached") != std::string::npos);
  for (int i = 0; i < 3; ++i) w.robot.key("R"), w.settle();  // four reads: one too many
  CHECK(w.tutor().lost());
  CHECK_FALSE(w.shown("lesson/lost/text").empty());
  w.look();
  w.robot.click("lesson/reset");
  w.settle();
  CHECK_FALSE(w.tutor().lost());
  CHECK(w.tutor().state().hints == 0);
}
