// Lesson files, the checker, the tutor, progress and receipts.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/embedded.h"
#include "lesson/check/checker.h"
#include "lesson/file/course.h"
#include "lesson/tutor/judge.h"
#include "lesson/tutor/progress.h"
#include "lesson/tutor/receipt.h"
#include "lesson/tutor/tutor.h"
#include "run/run.h"
#include "session/programs.h"

using namespace qs;
using lesson::grade;

namespace fs = std::filesystem;

namespace {

std::string first_lesson() {
  const EmbeddedFile* file = find_asset("lessons/01-first-request/lesson.toml");
  REQUIRE(file);
  return std::string(file->text());
}

Result<lesson::Lesson> read(const std::string& text) {
  return lesson::parse_lesson(text, "01-first-request", "lesson.toml");
}

// The first lesson with one piece of its text replaced.
std::string lesson_with(const std::string& old, const std::string& fresh) {
  std::string text = first_lesson();
  const size_t at = text.find(old);
  REQUIRE_MESSAGE(at != std::string::npos, old);
  return text.replace(at, old.size(), fresh);
}

std::string refused(const std::string& old, const std::string& fresh) {
  auto lesson = read(lesson_with(old, fresh));
  REQUIRE_FALSE(lesson.ok());
  return lesson.error().text();
}

bool has(const std::string& text, const char* piece) {
  return text.find(piece) != std::string::npos;
}

std::shared_ptr<const lesson::Lesson> lesson_one() {
  auto lesson = session::load_lesson("first-request");
  REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
  return *lesson;
}

fs::path scratch(const char* name) {
  const fs::path p = fs::temp_directory_path() / fmt::format("qs-lesson-{}-{}", getpid(), name);
  fs::remove_all(p);
  return p;
}

}  // namespace

TEST_CASE("every lesson that is written is sound") {
  int written = 0;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons) {
      if (!l.written()) continue;
      ++written;
      CAPTURE(l.folder);
      auto lesson = session::load_lesson(l.folder);
      REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
      CHECK((*lesson)->number == l.number);
      CHECK((*lesson)->title == l.title);
      CHECK((*lesson)->minutes == l.minutes);
      CHECK((*lesson)->needs == l.needs);
      for (const lesson::Remark& r : lesson::check_lesson(**lesson))
        FAIL_CHECK(Error{(*lesson)->file, r.line, r.text}.text());
    }
  CHECK(written > 0);
}

TEST_CASE("a lesson that cannot be read: file, line, key, and what is allowed") {
  CHECK(has(refused("minutes = 10", "minutes = \"ten\""),
            "lesson.toml:3: minutes: expected a whole number"));
  CHECK(has(refused("minutes = 10", "duration = 10"),
            "\"duration\" is not a key of a lesson; expected one of"));
  CHECK(has(refused("mode = \"watch\"", "mode = \"look\""),
            "\"look\" is none of watch, predict, do, drive, patch"));
  CHECK(has(refused("until = \"send(R1)\"", "until = \"sent(R1)\""), "\"sent\" is not an event"));
  CHECK(
      has(refused("until = \"send(R1)\"", "til = \"send(R1)\""), "\"til\" is not a key of a beat"));
  CHECK(has(refused("run = \"empty\"", "run = \"nothing\""),
            "there is no run \"nothing\"; there are scenario, empty, three-reads"));
  CHECK(has(refused("solution = \"three-reads\"", ""), "a do beat has goal, check and solution"));
  CHECK(has(refused("question = \"R1 is inside", "goal = \"R1 is inside"),
            "a predict beat has a question"));
  CHECK(has(refused("rules = [\"R-01\"", "rules = [\"Z-99\""), "there is no rule \"Z-99\""));
  CHECK(has(refused("url = \"https://", "url = \"http://"), "it begins with https://"));
  CHECK(has(refused("id = \"empty\"", "id = \"scenario\""), "two runs or cards \"scenario\""));
  CHECK(has(refused("title = \"One request", "title = One request"), "lesson.toml:2"));
  CHECK(
      has(refused("queues = [\"default\"]", "queus = [\"default\"]"), "is not a key of [program]"));
  CHECK_FALSE(lesson::parse_lesson("number = \"1.1\"", "x", "x").ok());
}

TEST_CASE("sentences are counted as people count them") {
  CHECK(lesson::sentence_count("One. Two?") == 2);
  CHECK(lesson::sentence_count("`a.b` and 1.5 ms, that is one") == 1);
  CHECK(lesson::sentence_count("Really! *Yes.* No.") == 3);
  CHECK(lesson::sentence_count("") == 0);
}

TEST_CASE("tutor: the future is hidden while a question about it is still to be answered") {
  lesson::Tutor t(lesson_one());
  CHECK(t.asks_ahead());  // beat 5 asks about the run of beat 1
  t.start_beat(4);
  CHECK(t.asks_ahead());
  t.choose(0);
  CHECK_FALSE(t.asks_ahead());
  t.start_beat(0);
  CHECK_FALSE(t.asks_ahead());
  t.start_beat(5);
  CHECK_FALSE(t.asks_ahead());
}

TEST_CASE("tutor: a wrong answer counts once, a right one after it is not the first") {
  lesson::Tutor tutor(lesson_one());
  while (tutor.beat().mode != lesson::BeatMode::Predict) REQUIRE(tutor.next());
  CHECK_FALSE(tutor.next());  // no way past the question
  tutor.choose(0);
  CHECK(tutor.answer()->misconception == "M02");
  CHECK(tutor.right_option() == 1);
  CHECK(tutor.shown_by_answer() != lesson::Story::kNone);
  tutor.choose(1);
  CHECK(tutor.answers()[tutor.state().beat] == 0);
  CHECK(tutor.well_done().count(tutor.state().beat) == 0);
  tutor.choose(99);
  CHECK(tutor.state().chosen == 1);
  CHECK(tutor.next());
}

TEST_CASE("tutor: a goal ticks itself, can be lost, and is reached any way it may be") {
  lesson::Tutor tutor(lesson_one());
  while (!tutor.beat().goal) {
    tutor.choose(1);
    REQUIRE(tutor.next());
  }
  CHECK_FALSE(tutor.may_go_on());
  const lesson::Lesson& l = tutor.lesson();
  auto play = [&](const char* run) {
    return std::shared_ptr<const trace::Trace>(
        run::execute(l.run(run)->program, sched::Schedule{}).trace);
  };
  auto nothing = play("empty");
  tutor.observe(nothing, nothing->size(), true);
  CHECK(tutor.ticks().size() == 3);
  CHECK(tutor.ticks()[0].truth == lesson::Truth::Open);
  CHECK_FALSE(tutor.lost());
  auto done = play("three-reads");
  tutor.observe(done, done->size(), true);
  CHECK(tutor.ticks()[0].truth == lesson::Truth::Holds);
  CHECK(tutor.ticks()[2].truth == lesson::Truth::Open);
  CHECK_FALSE(tutor.state().done);
  tutor.mark(lesson::Story(done).find(*lesson::parse_pattern("present(R2)")));
  tutor.observe(done, done->size(), true);
  CHECK(tutor.state().done);
  CHECK(tutor.well_done().count(tutor.state().beat) == 1);
  CHECK_FALSE(tutor.next());
  CHECK(tutor.finished());
  CHECK(tutor.back());
  CHECK_FALSE(tutor.finished());
}

TEST_CASE("tutor: a goal of settings is not lost, for a setting makes the run again") {
  auto lesson = session::load_lesson("parallel-dispatch");
  REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
  lesson::Tutor tutor(*lesson);
  while (!tutor.beat().goal) REQUIRE(tutor.next());
  auto play = [&](const char* run) {
    return std::shared_ptr<const trace::Trace>(
        run::execute((*lesson)->run(run)->program, sched::Schedule{}).trace);
  };
  auto overrun = play("again");
  tutor.observe(overrun, overrun->size(), true);
  CHECK(std::any_of(tutor.ticks().begin(), tutor.ticks().end(),
                    [](const lesson::Tick& t) { return t.truth == lesson::Truth::Broken; }));
  CHECK_FALSE(tutor.lost());
  CHECK_FALSE(tutor.state().done);
  auto limited = play("two");
  tutor.observe(limited, limited->size(), true);
  CHECK(tutor.state().done);
}

TEST_CASE("tutor: hints come one by one; help is remembered; skip goes on; reset forgets") {
  lesson::Tutor tutor(lesson_one());
  while (!tutor.beat().goal) {
    tutor.choose(1);
    REQUIRE(tutor.next());
  }
  for (int i = 0; i < 9; ++i) tutor.hint();
  CHECK(tutor.state().hints == 3);
  const lesson::LessonRun* run = tutor.show_me();
  REQUIRE(run);
  CHECK(run->id == "three-reads");
  CHECK(tutor.state().helped);
  tutor.reset_beat();
  CHECK(tutor.state().hints == 0);
  CHECK_FALSE(tutor.skip());  // it is the last one
  CHECK(tutor.finished());
  CHECK(tutor.well_done().empty() == false);  // the question was answered right
}

TEST_CASE("progress: written as it happens, unknown lessons kept, damage set aside") {
  const fs::path folder = scratch("progress");
  const std::string file = (folder / "deep" / "progress.toml").string();
  {
    lesson::Progress p(file);
    CHECK_FALSE(p.of("first-request").begun);
    lesson::LessonProgress l;
    l.beat = 3;
    l.answers = {-1, 2};
    l.well = {1};
    l.runs[5] = {"empty", "qs1:7", 97};
    REQUIRE(p.set("first-request", l).ok());
  }
  {
    std::ofstream(file, std::ios::app) << "\n[from-the-future]\nbeat = 7\ncolour = \"blue\"\n";
    lesson::Progress p(file);
    CHECK(p.of("first-request").beat == 3);
    CHECK(p.of("first-request").answers == std::vector<int>{-1, 2});
    CHECK(p.of("first-request").runs.at(5).print() == "empty qs1:7 marked=97");
    CHECK(p.of("from-the-future").beat == 7);
    REQUIRE(p.set("first-request", lesson::LessonProgress{}).ok());
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    CHECK(has(text.str(), "colour = 'blue'"));
  }
  std::ofstream(file, std::ios::trunc) << "[first-request\nbeat = ";
  std::string note;
  lesson::Progress damaged(file, &note);
  CHECK(has(note, "set aside"));
  CHECK(fs::exists(file + ".damaged"));
  CHECK_FALSE(damaged.of("first-request").begun);
  CHECK(damaged.set("first-request", lesson::LessonProgress{}).ok());
  lesson::Progress nowhere("/proc/none/progress.toml");
  CHECK_FALSE(nowhere.set("a", lesson::LessonProgress{}).ok());
  fs::remove_all(folder);
}

TEST_CASE("a receipt is replayed, not believed") {
  auto lesson = lesson_one();
  lesson::Receipt r;
  r.lesson = "first-request";
  r.student = "Ada";
  lesson::ReceiptBeat answer, goal;
  answer.beat = 4;
  answer.answer = 1;
  goal.beat = 5;
  goal.run = "empty";
  goal.schedule = "qs1:7;@0 send=read 16 file=A;@1000 send=read 16 file=A;@2000 send=read 1 file=A";
  const lesson::LessonRun& empty = *lesson->run("empty");
  const lesson::Story story{std::shared_ptr<const trace::Trace>(
      run::execute(empty.program, *sched::Schedule::parse(goal.schedule)).trace)};
  goal.marked = story.find(*lesson::parse_pattern("present(R2)"));
  r.beats = {answer, goal};
  auto again = lesson::parse_receipt(r.print(), "r.toml");
  REQUIRE_MESSAGE(again.ok(), again.error().text());
  lesson::Grade g = grade(*lesson, *again);
  CHECK(g.passed());
  CHECK(g.questions == 1);
  CHECK(g.goals == 1);

  SUBCASE("a wrong answer") {
    again->beats[0].answer = 0;
    CHECK(grade(*lesson, *again).right == 0);
  }
  SUBCASE("a schedule that does less than is claimed") {
    again->beats[1].schedule = "qs1:7;@0 send=read 16 file=A";
    CHECK_FALSE(grade(*lesson, *again).passed());
    CHECK(grade(*lesson, *again).reached == 0);
  }
  SUBCASE("another moment marked") {
    again->beats[1].marked = 3;
    CHECK_FALSE(grade(*lesson, *again).passed());
  }
  SUBCASE("the solution's own run, as if it were the student's") {
    again->beats[1].run = "three-reads";
    again->beats[1].schedule = "qs1:7";
    lesson::Grade cheat = grade(*lesson, *again);
    CHECK_FALSE(cheat.passed());
    CHECK(has(cheat.remarks.at(0), "is not where this beat begins"));
  }
  SUBCASE("the same beat twice, or nothing at all") {
    again->beats.push_back(again->beats[0]);
    CHECK_FALSE(grade(*lesson, *again).passed());
    again->beats.clear();
    CHECK(grade(*lesson, *again).right == 0);
  }
  SUBCASE("a receipt that cannot be read") {
    CHECK_FALSE(lesson::parse_receipt("lesson = 1", "r").ok());
    CHECK(has(lesson::parse_receipt("receipt = 1\nlesson = \"a\"\n[[beats]]\nanswr = 1\n", "r")
                  .error()
                  .text(),
              "r:4: \"answr\" is not a key of a beat"));
    CHECK(has(lesson::parse_receipt("receipt = 1\n", "r").error().text(), "lesson is missing"));
  }
}

TEST_CASE("the course: places, numbers, what is coming, and mistakes in its file") {
  const lesson::CourseLesson* first = lesson::course().lesson("first-request");
  REQUIRE(first);
  CHECK(first->number == "1.1");
  CHECK(first->folder == "01-first-request");
  REQUIRE(lesson::course().lesson("find-the-bug-hangs"));
  CHECK(lesson::course().lesson("find-the-bug-hangs")->number == "9.1");
  size_t lessons = 0;
  for (const lesson::CourseTrack& t : lesson::course().tracks) lessons += t.lessons.size();
  CHECK(lessons == 30);
  auto none = [](std::string_view) { return std::string(); };
  auto bad = lesson::parse_course("[[tracks]]\ntitle = \"A\"\nlesons = []\n", "order.toml", none);
  REQUIRE_FALSE(bad.ok());
  CHECK(has(bad.error().text(), "order.toml:3: \"lesons\" is not a key of a track"));
  CHECK_FALSE(lesson::parse_course("tracks = 1", "o", none).ok());
}
