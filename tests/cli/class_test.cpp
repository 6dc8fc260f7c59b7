// What a teacher does at the command line: own lessons, variants, handouts, and the table of a
// class.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "cli/graded.h"
#include "lesson/file/course.h"
#include "lesson/tutor/judge.h"
#include "lesson/tutor/receipt.h"
#include "run/run.h"
#include "session/programs.h"
#include "tests/support/folder.h"

using namespace qs;
using qs::test::Folder;

namespace {

std::optional<std::string> value_of(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

void put_back(const char* name, const std::optional<std::string>& value) {
  value ? setenv(name, value->c_str(), 1) : unsetenv(name);
}

// A home of its own; what was said last.
struct Teacher {
  Folder folder{"class"};
  std::optional<std::string> old_home = value_of("HOME"), old_data = value_of("XDG_DATA_HOME");
  int code = 0;
  std::string out, err;

  Teacher() {
    setenv("HOME", folder.file("").c_str(), 1);
    setenv("XDG_DATA_HOME", folder.file("data").c_str(), 1);
  }
  ~Teacher() {
    put_back("HOME", old_home);
    put_back("XDG_DATA_HOME", old_data);
    lesson::use_lesson_folders({});
  }
  void say(std::vector<std::string> words, const std::string& typed = "") {
    std::ostringstream o, e;
    std::istringstream in(typed);
    code = cli::run_cli(words, o, e, false, {}, &in);
    out = o.str();
    err = e.str();
  }
  void put(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((folder.path / name).parent_path());
    folder.put(name, text);
  }
  bool told(const std::string& piece) const { return out.find(piece) != std::string::npos; }
  bool complained(const std::string& piece) const { return err.find(piece) != std::string::npos; }
};

// A receipt of lesson 1.1 that has the goal, and this answer to its question.
lesson::Receipt receipt_by(const char* student, int answer) {
  lesson::Receipt r;
  r.lesson = "first-request";
  r.student = student;
  lesson::ReceiptBeat question, goal;
  question.beat = 4;
  question.answer = answer;
  goal.beat = 5;
  goal.run = "empty";
  goal.schedule = "qs1:7;@0 send=read 16 file=A;@0 send=read 16 file=A;@0 send=read 16 file=A";
  auto l = session::load_lesson("first-request");
  const lesson::Story story{std::shared_ptr<const trace::Trace>(
      run::execute((*l)->run("empty")->program, *sched::Schedule::parse(goal.schedule)).trace)};
  goal.marked = story.find(*lesson::parse_pattern("present(R2)"));
  r.beats = {question, goal};
  return r;
}

constexpr const char* kOrder = R"(
[[tracks]]
title = "Our own"
lessons = [{ id = "mine", title = "No handler, no entry", minutes = 5 }]
)";

constexpr const char* kOwn = R"X(
number = "A.1"
title = "No handler, no entry"
goal = "Say what happens to a request that no handler is registered for."
minutes = 5
rules = ["A-22"]
docs = [{ title = "Request Handlers", url = "https://learn.microsoft.com" }]
learnt = ["The framework fails a request that has no handler."]

[[vary]]
rows = [{ length = "16" }, { length = "32" }]

[program]
driver = "01-first-request/driver"
queues = ["default"]
script = ["0 send write {length} file=A"]

[[beats]]
mode = "watch"
title = "A write"
text = "W1 goes to a driver that has no handler for writes: the **framework** completes it."
from = "start"
until = "done(W1)"
)X";

}  // namespace

TEST_CASE("own lessons: a folder with its own order joins the list, the terminal and the checks") {
  Teacher t;
  t.put("own/order.toml", kOrder);
  t.put("own/01-mine/lesson.toml", kOwn);
  const std::string own = t.folder.file("own");
  t.say({"list"});
  CHECK_FALSE(t.told("No handler, no entry"));
  t.say({"--lessons", own, "list"});
  CHECK_MESSAGE(t.told("A.1   mine"), t.out);
  t.say({"--lessons", own, "learn", "mine"}, "\n");
  CHECK_MESSAGE(t.told("W1 is done"), t.out << t.err);
  t.say({"--lessons", own, "check", "A.1"});
  CHECK_MESSAGE(t.told("1 beats  ok"), t.out << t.err);

  // As the window opens it, and pictures of it are made.
  const auto opened = session::open_run("mine");
  REQUIRE_MESSAGE(opened.ok(), opened.error().text());
  CHECK(session::load_lesson(opened->folder).ok());

  SUBCASE("in the usual place no word is needed") {
    t.put("data/queuescope/lessons/order.toml", kOrder);
    t.put("data/queuescope/lessons/mine/lesson.toml", kOwn);
    t.say({"list"});
    CHECK(t.told("A.1   mine"));
  }
  SUBCASE("mistakes have a file and a line") {
    t.say({"--lessons", t.folder.file("none"), "list"});
    CHECK(t.code == cli::kExitUsage);
    CHECK_MESSAGE(t.complained("none/order.toml"), t.err);
    const std::string text = kOwn;
    auto with = [&](const std::string& old, const std::string& fresh) {
      std::string changed = text;
      changed.replace(changed.find(old), old.size(), fresh);
      t.put("own/01-mine/lesson.toml", changed);
      t.say({"--lessons", own, "check", "mine"});
      return t.out + t.err;
    };
    CHECK(with("01-first-request/driver", "01-mine/driver").find("lesson.toml:14: the driver") !=
          std::string::npos);
    const std::string typo = with("0 send write", "0 sand write");
    CHECK_MESSAGE(typo.find("lesson.toml:16: \"sand\" is not a kind of input") != std::string::npos,
                  typo);
    const std::string quote = with("driver\"\nqueues", "driver\nqueues");
    CHECK_MESSAGE(quote.find("lesson.toml:14: ") != std::string::npos, quote);
    CHECK_MESSAGE(quote.find("quotation mark") != std::string::npos, quote);
    const std::string name = with("{length} file=A", "8 file=A");
    CHECK_MESSAGE(name.find("lesson.toml:11: vary: {length} stands nowhere") != std::string::npos,
                  name);
  }
}

TEST_CASE("own lessons: one that has the id of another is refused") {
  Teacher t;
  t.put("own/order.toml",
        "[[tracks]]\ntitle = \"X\"\nlessons = [{ id = \"first-request\", title = \"Y\", "
        "minutes = 5 }]\n");
  t.say({"--lessons", t.folder.file("own"), "list"});
  CHECK(t.code == cli::kExitUsage);
  CHECK_MESSAGE(t.complained("own/order.toml:3: there is a lesson \"first-request\" already"),
                t.err);
}

TEST_CASE("variants: neighbors have different right answers, each the same one every time") {
  size_t right[6] = {};
  for (int i = 0; i < 40; ++i) {
    const std::string id = "s" + std::to_string(i);
    auto one = session::load_lesson("complete-exactly-once", {id, {}});
    auto again = session::load_lesson("complete-exactly-once", {id, {}});
    REQUIRE_MESSAGE(one.ok(), one.error().text());
    CHECK((*one)->beats[4].options[0].text == (*again)->beats[4].options[0].text);
    lesson::Judge judge(**one);
    const int option = judge.right_option((*one)->beats[4]);
    REQUIRE(option >= 0);
    ++right[option];
  }
  for (int option = 0; option < 4; ++option) CHECK(right[option] > 0);
}

TEST_CASE("variants: half of the lessons declare what may vary; a plain one is as it is written") {
  size_t declared = 0;
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons)
      if (l.written()) declared += !(*session::load_lesson(l.id))->varies.empty();
  CHECK(declared >= 15);
  Teacher t;
  t.say({"learn", "first-request", "--variant", "7"});
  CHECK(t.complained("has no variants"));
  t.say({"learn", "parallel-dispatch", "--variant", "7"}, "\n");
  CHECK(t.told("2.2 Parallel"));
}

TEST_CASE("class: the pass mark, CSV, a folder of receipts") {
  Teacher t;
  t.put("in/a.toml", receipt_by("ada", 1).print());
  t.put("in/b/b.toml", receipt_by("=1+1", 0).print());
  t.say({"check", "--receipt", t.folder.file("in")});
  CHECK(t.code == cli::kExitFindings);
  CHECK(t.told("100%"));
  CHECK(t.told("50%"));
  CHECK_MESSAGE(t.told("not passed: beat 5: the answer that counts was wrong"), t.out);
  t.say({"check", "--pass", "0.5", "--csv", "--receipt", t.folder.file("in")});
  CHECK(t.code == cli::kExitOk);
  CHECK(t.told("\"'=1+1\""));  // no formula in anybody's spreadsheet
  CHECK(t.told(",0.50,0,true,"));
  t.put("empty/notes.txt", "");
  t.say({"check", "--receipt", t.folder.file("empty")});
  CHECK(t.code == cli::kExitUsage);
}

TEST_CASE("class: equal and nearly equal receipts are listed together") {
  auto graded = [](const char* student, std::vector<std::string> own) {
    cli::Graded g;
    g.student = g.file = student;
    g.lesson = "a";
    g.own = std::move(own);
    return g;
  };
  std::vector<cli::Graded> all = {graded("ada", {"1=0", "2=3", "5:run x"}),
                                  graded("bob", {"1=0", "2=3", "5:run x"}),
                                  graded("cy", {"1=0", "2=3", "5:run x", "7=1"}),
                                  graded("dora", {"1=1"}),
                                  graded("eve", {"1=1"}),
                                  graded("flo", {})};
  const auto found = cli::alike(all);
  REQUIRE(found.size() == 2);
  CHECK(found[0].receipts == std::vector<size_t>{0, 1});
  CHECK(found[0].sentence(all) ==
        "a: ada (ada) and bob (bob) have the same 3 wrong answers and inputs.");
  CHECK(found[1].receipts == std::vector<size_t>{0, 1, 2});
  CHECK(found[1].same == 3);
  CHECK(found[1].of == 4);
  all[1].lesson = "b";
  CHECK(cli::alike(all).size() == 1);  // ada and cy
  cli::Graded back;
  CHECK(cli::unpack(cli::packed(all[2]), back));
  CHECK(back.own == all[2].own);
  CHECK(back.student == "cy");
}

TEST_CASE("handout: questions without answers, with them, and no window needed") {
  Teacher t;
  const std::string file = t.folder.file("page.html");
  t.say({"handout", "complete-exactly-once", "-o", file});
  CHECK_MESSAGE(t.code == cli::kExitOk, t.err);
  const std::string page = t.folder.text("page.html");
  CHECK(page.find("<h1>3.1 Complete exactly once</h1>") != std::string::npos);
  CHECK(page.find("It is wrong: the buffer may be gone") != std::string::npos);
  CHECK(page.find("&#9745;") == std::string::npos);
  CHECK(page.find("INVALID_DEVICE_REQUEST</code></li>") == std::string::npos);
  t.say({"handout", "complete-exactly-once", "--answers", "-o", file});
  const std::string answers = t.folder.text("page.html");
  CHECK(answers.find("&#9745; It is wrong: the buffer may be gone") != std::string::npos);
  CHECK(answers.find("order C2 complete INVALID_DEVICE_REQUEST") != std::string::npos);
  CHECK(answers.find("What was learned") != std::string::npos);
}

TEST_CASE("learn: an input at a moment, where the run then rests") {
  Teacher t;
  const std::string to_the_goal = "\n\n\n\n1\n\n";  // lesson 1.1
  t.say({"learn", "first-request"},
        to_the_goal +
            "send read 16\nsend read 16 when present(R1)\nwhen done(R1)\nwhen "
            "done(R9)\nwhen dance(R1)\nsend read 16\ngo\nquit\n");
  CHECK_MESSAGE(t.told("The run rests at event "), t.out);
  CHECK(t.told("done(R9) does not come in this run, as it is."));
  CHECK(t.told("\"dance\""));
  CHECK_MESSAGE(t.told("[x] Three reads are complete"), t.out);
}

TEST_CASE("learn: who asks to be shown is told that it does not count, and why it does not pass") {
  Teacher t;
  t.say({"learn", "first-request", "--receipt", "--student", "4711"}, "\n\n\n\n2\n\nshow\n\n");
  CHECK_MESSAGE(t.told("with show: it does not count"), t.out);
  CHECK_MESSAGE(t.told("not passed. beat 6: the goal was"), t.out);
  CHECK(t.folder.text("data/queuescope/receipt-first-request-4711.toml").find("program = ") !=
        std::string::npos);
}
