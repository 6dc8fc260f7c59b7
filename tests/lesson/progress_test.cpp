// The record of what was done: two programs keep each other's, damage is set aside, nothing that
// cannot be read is replaced.
#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>

#include "lesson/tutor/progress.h"
#include "sched/schedule.h"
#include "tests/support/folder.h"
#include "tests/support/full_disk.h"
#include "tests/support/seed.h"

using namespace qs;
using lesson::Progress;
using qs::test::Folder;
namespace fs = std::filesystem;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

lesson::LessonProgress at_beat(size_t beat) {
  lesson::LessonProgress p;
  p.beat = beat;
  for (size_t i = 0; i < beat; ++i) p.done.insert(i);
  return p;
}

}  // namespace

TEST_CASE("progress: two programs that learn at once keep each other's") {
  const Folder f("two");
  Progress one(f.file("p.toml")), two(f.file("p.toml"));
  REQUIRE(one.set("first-request", at_beat(3)).ok());
  REQUIRE(two.set("cancel", at_beat(2)).ok());
  REQUIRE(one.set("queues", at_beat(1)).ok());
  for (const Progress& p : {Progress(f.file("p.toml")), one}) {
    CHECK(p.of("first-request").beat == 3);
    CHECK(p.of("cancel").beat == 2);
    CHECK(p.of("queues").beat == 1);
  }
  CHECK(two.of("first-request").beat == 3);  // as of when it saved
  CHECK_FALSE(two.of("queues").begun);
}

TEST_CASE("progress: in the same lesson, too: what was done is put together") {
  const Folder f("same");
  Progress one(f.file("p.toml"));
  lesson::LessonProgress start = at_beat(2);
  start.answers = {-1, 1, -1};
  REQUIRE(one.set("x", start).ok());
  Progress two(f.file("p.toml"));
  lesson::LessonProgress mine = one.of("x"), theirs = two.of("x");
  theirs.beat = 4;
  theirs.done = {0, 1, 2, 3};
  theirs.well = {3};
  theirs.answers = {-1, 1, 2};
  theirs.runs[3] = {"empty", "qs1:7;@0 send=read 16 file=A", 97};
  theirs.finished = true;
  REQUIRE(two.set("x", theirs).ok());
  mine.beat = 3;
  mine.done = {0, 1, 2};
  mine.well = {1};
  mine.answers = {0, 1, 0};
  mine.runs[1] = {"empty", "qs1:7", 5};
  REQUIRE(one.set("x", mine).ok());
  const lesson::LessonProgress p = Progress(f.file("p.toml")).of("x");
  CHECK(p.beat == 3);  // of who moved last
  CHECK(p.finished);
  CHECK(p.done == std::set<size_t>{0, 1, 2, 3});
  CHECK(p.well == std::set<size_t>{1, 3});
  CHECK(p.answers == std::vector<int>{0, 1, 2});  // the one that was saved first
  CHECK(p.runs.size() == 2);
  CHECK(p == one.of("x"));
}

TEST_CASE("progress: many processes at once lose nothing") {
  const Folder f("many");
  std::vector<pid_t> children;
  for (int c = 0; c < 4; ++c) {
    const pid_t child = fork();
    if (child == 0) {
      Progress p(f.file("p.toml"));
      bool ok = true;
      for (size_t i = 1; i <= 10; ++i) {
        lesson::LessonProgress mine = p.of("shared");
        mine.done.insert(size_t(c) * 100 + i);
        ok &= p.set("shared", mine).ok() && p.set("own-" + std::to_string(c), at_beat(i)).ok();
      }
      _exit(ok ? 0 : 1);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  const Progress p(f.file("p.toml"));
  CHECK(p.of("shared").done.size() == 40);
  for (int c = 0; c < 4; ++c) CHECK(p.of("own-" + std::to_string(c)).beat == 10);
}

TEST_CASE("progress: each damaged file is set aside under a name of its own") {
  const Folder f("damaged");
  int number = 0;
  for (const char* text : {"[a\n", "= 1\n", "\xFF\n"}) {
    f.put("p.toml", text);
    std::string note;
    Progress p(f.file("p.toml"), &note);
    const std::string aside =
        f.file("p.toml.damaged") + (number ? "-" + std::to_string(number) : "");
    ++number;
    CHECK(note ==
          "The record of your progress could not be read. It was set aside as " + aside + ".");
    CHECK(p.set("a", at_beat(1)).ok());
    CHECK(Progress(f.file("p.toml")).of("a").beat == 1);
  }
  CHECK(f.text("p.toml.damaged") == "[a\n");
  CHECK(f.text("p.toml.damaged-1") == "= 1\n");
  CHECK(f.text("p.toml.damaged-2") == "\xFF\n");
}

TEST_CASE("progress: damaged by somebody while it is in use: set aside, and nothing is forgotten") {
  const Folder f("meanwhile");
  Progress p(f.file("p.toml"));
  REQUIRE(p.set("a", at_beat(3)).ok());
  f.put("p.toml", "not = = toml");
  REQUIRE(p.set("b", at_beat(1)).ok());
  CHECK(f.text("p.toml.damaged") == "not = = toml");
  const Progress again(f.file("p.toml"));
  CHECK(again.of("a").beat == 3);
  CHECK(again.of("b").beat == 1);
}

TEST_CASE("progress: a file that cannot be read is never replaced") {
  const Folder f("unreadable");
  fs::create_directory(f.path / "p.toml");
  f.put("p.toml/precious", "x");
  std::string note;
  Progress p(f.file("p.toml"), &note);
  CHECK(contains(note, "cannot be read and stays as it is"));
  auto saved = p.set("a", at_beat(1));
  REQUIRE_FALSE(saved.ok());
  CHECK(contains(saved.error().text(), "your progress cannot be saved"));
  CHECK(f.text("p.toml/precious") == "x");
  CHECK(p.of("a").beat == 1);  // as long as the program runs
  if (geteuid() == 0) return;
  f.put("q.toml", "[a]\nbeat = 5\n");
  chmod(f.file("q.toml").c_str(), 0200);
  Progress q(f.file("q.toml"), &note);
  CHECK_FALSE(q.set("a", at_beat(1)).ok());
  chmod(f.file("q.toml").c_str(), 0600);
  CHECK(f.text("q.toml") == "[a]\nbeat = 5\n");
}

TEST_CASE("progress: what could not be saved is saved with the next change") {
  const Folder f("later");
  const std::string file = f.file("deep/p.toml");
  Progress p(file);
  REQUIRE(p.set("a", at_beat(1)).ok());
  fs::rename(f.path / "deep", f.path / "moved");
  f.put("deep", "in the way");
  CHECK_FALSE(p.set("a", at_beat(2)).ok());
  CHECK_FALSE(p.set("b", at_beat(5)).ok());
  fs::remove(f.path / "deep");
  fs::rename(f.path / "moved", f.path / "deep");
  REQUIRE(p.set("c", at_beat(1)).ok());
  const Progress again(file);
  CHECK(again.of("a").beat == 2);
  CHECK(again.of("b").beat == 5);
  CHECK(again.of("c").beat == 1);
}

TEST_CASE("progress: a full disk leaves the old record") {
  const Folder f("full");
  {
    Progress p(f.file("p.toml"));
    REQUIRE(p.set("a", at_beat(30)).ok());
  }
  const std::string old = f.text("p.toml");
  CHECK(test::on_full_disk(100, [&] {
          Progress p(f.file("p.toml"));
          return p.set("b", at_beat(40)).ok() ? 1 : 0;
        }) == 0);
  CHECK(f.text("p.toml") == old);
}

TEST_CASE("progress: without a home there is a sentence, and no file") {
  const std::string home = std::getenv("HOME"), data = std::getenv("XDG_DATA_HOME");
  unsetenv("HOME"), unsetenv("XDG_DATA_HOME");
  std::string note;
  const std::string path = Progress::default_path(&note);
  setenv("HOME", home.c_str(), 1), setenv("XDG_DATA_HOME", data.c_str(), 1);
  CHECK(path.empty());
  CHECK(note ==
        "What you do in lessons is not kept. There is no home folder to keep it in: HOME names no "
        "absolute path.");
  Progress p(path);
  CHECK(p.set("a", at_beat(1)).ok());
  CHECK(p.of("a").beat == 1);
}

TEST_CASE("progress: runs with any text in their schedules come back as they were") {
  const Folder f("texts");
  QS_TEST_SEED(seed, 3);
  test::Random random(seed);
  for (size_t round = 0; round < 60; ++round) {
    sched::Schedule s;
    sched::Input input;
    for (uint32_t n = 1 + random.below(20); n > 0; --n) input.subject += char(random.below(256));
    if (random.one_in(2)) input.text = "x marked=5";
    for (uint32_t n = random.below(20); n > 0; --n) input.text += char(random.below(256));
    s.inputs = {input};
    lesson::LessonProgress l = at_beat(1);
    l.runs[round] = {"empty", s.print(), random.one_in(2) ? size_t(-1) : random.below(1000)};
    Progress p(f.file("p.toml"));
    auto saved = p.set("lesson", l);
    REQUIRE_MESSAGE(saved.ok(), saved.error().text());
    const Progress again(f.file("p.toml"));
    REQUIRE(again.of("lesson").runs.at(round) == l.runs.at(round));
    auto back = sched::Schedule::parse(again.of("lesson").runs.at(round).schedule);
    REQUIRE(back.ok());
    CHECK(*back == s);
  }
}
