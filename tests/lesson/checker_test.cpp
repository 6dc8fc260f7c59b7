// What the checker refuses: a small sound lesson, broken in one place at a time. Each remark has
// file, line, key, and what would do.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include "base/result.h"
#include "lesson/check/checker.h"

using namespace qs;

namespace {

// Line numbers are part of what is tested: new keys go to the end of a table.
constexpr const char* kSound = R"toml(number = "1.1"
title = "A small lesson"
minutes = 10
goal = "Say who owns it."
rules = ["K-01"]
docs = [{ title = "Page", url = "https://example.org/page" }]
learnt = ["The driver completes."]
[program]
driver = "01-first-request/driver"
queues = ["default"]
script = ["0 send read 16 file=A"]
[[cards]]
id = "other"
title = "Another script"
script = ["0 send write 4 file=A"]
[[runs]]
id = "two"
add = ["5ms send read 8 file=A"]
mark = "present(R2)"
[[beats]]
mode = "watch"
title = "It comes"
text = "The **framework** owns R1. It waits."
focus = ["queue default"]
from = "start"
until = "arrive(R1)"
[[beats]]
mode = "predict"
text = "It is about to be delivered."
until = "done(R1)"
question = "Who completes it?"
[[beats.options]]
text = "The driver"
holds = "seen(complete(R1, *, *, driver))"
why = "It owns it."
[[beats.options]]
text = "The framework"
holds = "seen(complete(R1, *, *, framework))"
why = "It has given it away."
show = "complete(R1)"
[[beats]]
mode = "patch"
text = "Send one more, or choose."
goal = "Two reads are done."
check = "count(done(R*)) = 2 and marked: owner(R2) = driver"
ticks = ["Two are done", "Marked"]
hints = ["Press **r**."]
solution = "two"
cards = ["other"]
)toml";

std::string with(const std::string& old, const std::string& fresh) {
  std::string text = kSound;
  const size_t at = text.find(old);
  REQUIRE_MESSAGE(at != std::string::npos, old);
  return text.replace(at, old.size(), fresh);
}

// All remarks, one a line, as `queuescope check` prints them; or the error of the reader.
std::string remarks(const std::string& text) {
  auto lesson = lesson::parse_lesson(text, "01-first-request", "lesson.toml");
  if (!lesson) return lesson.error().text() + "\n";
  std::string out;
  for (const lesson::Remark& r : lesson::check_lesson(*lesson))
    out += Error{lesson->file, r.line, r.text}.text() + "\n";
  return out;
}

struct Broken {
  const char *old, *fresh, *said;
};

void each(std::initializer_list<Broken> list) {
  for (const Broken& b : list) {
    CAPTURE(std::string(b.fresh));
    const std::string found = remarks(with(b.old, b.fresh));
    CHECK_MESSAGE(found.find(b.said) != std::string::npos, found);
  }
}

std::string long_text(size_t characters) { return std::string(characters, 'x'); }

}  // namespace

TEST_CASE("the sound lesson is sound") { CHECK(remarks(kSound) == ""); }

TEST_CASE("check: every beat is reached") {
  each({{"until = \"arrive(R1)\"", "until = \"app_cancel(R1)\"",
         "lesson.toml:26: until: app_cancel(R1) does not come after event"},
        {"from = \"start\"", "from = \"ready(default)\"",
         "lesson.toml:25: from: ready(default) does not come in run scenario"},
        {"until = \"done(R1)\"", "until = \"present(R7)\"",
         "lesson.toml:30: until: there is no request \"R7\" in run scenario; there are O1, R1"},
        {"mark = \"present(R2)\"", "mark = \"requeue(R2)\"",
         "lesson.toml:16: mark: requeue(R2) does not come in run two"},
        {"add = [\"5ms send", "add = [\"4ms cancel R9\", \"5ms send",
         "lesson.toml:16: script: run two: an input is not possible: "},
        {"cards = [\"other\"]", "cards = [\"two\"]",
         "cards: there is no card \"two\"; there are other"}});
}

TEST_CASE("check: a beat rests where its solution comes by, and only where somebody acts") {
  CHECK(remarks(with("cards = [\"other\"]", "cards = [\"other\"]\npause = \"present(R2)\"")) == "");
  each({{"cards = [\"other\"]", "cards = [\"other\"]\npause = \"requeue(R2)\"",
         "lesson.toml:50: pause: requeue(R2) does not come in run two, which is the solution"},
        {"cards = [\"other\"]", "cards = [\"other\"]\npause = \"present(R9)\"",
         "lesson.toml:50: pause: there is no request \"R9\" in run two"},
        {"until = \"arrive(R1)\"", "until = \"arrive(R1)\"\npause = \"arrive(R1)\"",
         "lesson.toml:27: pause: only a beat with a goal rests while the student acts"}});
}

TEST_CASE("check: exactly one option holds, the others have their explanation and show it") {
  each({{"framework))\"", "*))\"",
         "lesson.toml:31: holds: exactly one option may hold over run "
         "scenario; 2 do: \"The driver\", \"The framework\""},
        {"*, driver))\"", "*, framework))\"",
         "holds: exactly one option may hold over run scenario; 0 do"},
        {"why = \"It has given it away.\"", "", "lesson.toml:36: why: it is missing"},
        {"show = \"complete(R1)\"", "",
         "lesson.toml:36: show: it is missing; an option that does not "
         "hold names the event that shows why"},
        {"show = \"complete(R1)\"", "show = \"requeue(R1)\"",
         "lesson.toml:40: show: requeue(R1) does not come in run scenario"},
        {"until = \"done(R1)\"", "from = \"leave(EvtIoRead)\"\nuntil = \"end\"",
         "lesson.toml:30: from: at event"}});
}

TEST_CASE("check: the reference solution passes, doing nothing fails") {
  each({{"solution = \"two\"", "solution = \"scenario\"",
         "lesson.toml:48: solution: the goal is not reached in run scenario (count(done(R*)) = 2, "
         "marked: owner(R2) = driver)"},
        {"count(done(R*)) = 2 and marked: owner(R2) = driver", "seen(done(R1)) and clean",
         "lesson.toml:45: check: it holds in run scenario without anything being done"},
        {"add = [\"5ms send read 8 file=A\"]",
         "script = [\"1ms send read 16\", \"5ms send read 8\"]",
         "lesson.toml:48: solution: a student cannot get from run scenario to run two"},
        {"id = \"two\"", "id = \"two\"\nhardware = \"slot\"",
         "solution: a student cannot get from run scenario to run two"},
        {"cards = [\"other\"]", "cards = [\"scenario\"]", "there is no card \"scenario\""},
        {"id = \"two\"\nadd = [\"5ms", "id = \"two\"\nadd = [\"5ms order R1 complete\", \"5ms",
         "an input is not possible"},
        {"script = [\"0 send write 4 file=A\"]",
         "script = [\"0 send read 16 file=A\", \"5ms send read 8 file=A\"]\n[[runs]]\nid = "
         "\"card-run\"\ncard = \"other\"",
         "id: nothing uses card-run; take it out"}});
}

TEST_CASE("check: what predicates name exists") {
  each({{"seen(complete(R1, *, *, framework))", "seen(arrive(R1, reads))",
         "lesson.toml:38: holds: there is no queue \"reads\" in run scenario; there are default"},
        {"seen(complete(R1, *, *, framework))", "at(done(R1)): owner(R1) = waiting",
         "lesson.toml:38: holds: there is no queue \"waiting\""},
        {"seen(complete(R1, *, *, framework))", "end: reads.queued = 1",
         "there is no queue \"reads\""},
        {"seen(complete(R1, *, *, framework))", "seen(present(R1, default, EvtIoReed))",
         "lesson.toml:38: holds: \"EvtIoReed\" is not a callback"},
        {"seen(complete(R1, *, *, framework))", "seen(send(R1, nobody))",
         "there is no application \"nobody\" in run scenario; there are notepad"},
        {"seen(complete(R1, *, *, framework))", "seen(present(R3))",
         "there is no request \"R3\" in run scenario; there are O1, R1"},
        {"seen(complete(R1, *, *, framework))", "seen(complete(R1, STATUS_NICE))",
         "is not a status"},
        {"seen(complete(R1, *, *, framework))", "seen(violation(Z-99))",
         "\"Z-99\" is not a rule; `queuescope explain` lists them"},
        {"seen(complete(R1, *, *, framework))", "seen(hw_start(channel 9, R1))",
         "there is no channel \"channel 9\" in run scenario; there are none"},
        {"seen(complete(R1, *, *, framework))", "seen(send_target(R1, lower, ok))",
         "there is no target \"lower\""},
        {"seen(complete(R1, *, *, framework))", "seen(close_handle(B))", "there is no file \"B\""},
        {"seen(complete(R1, *, *, framework))", "seen(complete(R1, *, *, system))",
         "\"system\" does not fit into complete; expected one of: driver framework"},
        {"seen(complete(R1, *, *, framework))", "always: default.mode = serial",
         "\"serial\" is none of seq par man"},
        {"seen(complete(R1, *, *, framework))", "end: power = on", "\"on\" is none of D0 D1 D2 D3"},
        {"seen(complete(R1, *, *, framework))", "end: running(EvtRead) = 1",
         "\"EvtRead\" is not a callback"},
        {"marked: owner(R2) = driver", "chosen = late",
         "lesson.toml:45: check: chosen = late: the cards of this beat are other"},
        {"rules = [\"K-01\"]", "rules = [\"Z-99\"]",
         "lesson.toml:5: rules: there is no rule \"Z-99\""}});
}

TEST_CASE("check: what gets a ring is on the stage") {
  each({{"focus = [\"queue default\"]", "focus = [\"queue reads\"]",
         "lesson.toml:24: focus: there is no queue \"reads\" in run scenario; there are default"},
        {"focus = [\"queue default\"]", "focus = [\"tube default\"]",
         "lesson.toml:24: focus: \"tube default\" is nothing that can be shown; write \"queue "
         "default\""},
        {"focus = [\"queue default\"]", "focus = [\"handler EvtIoWrite\"]",
         "lesson.toml:24: focus: the driver of run scenario has no EvtIoWrite"},
        {"focus = [\"queue default\"]", "focus = [\"app paint\"]",
         "focus: there is no application \"paint\" in run scenario; there are notepad"},
        {"focus = [\"queue default\"]\nfrom = \"start\"\nuntil = \"arrive(R1)\"",
         "focus = [\"request R1\"]\nfrom = \"start\"",
         "lesson.toml:24: focus: R1 is not sent before this beat ends"}});
}

TEST_CASE("check: a drop names the request that is dragged, and a place that is on the stage") {
  const auto drop = [](const std::string& drags, const std::string& place,
                       const std::string& other = "") {
    std::string text =
        with("text = \"The driver\"\n", "text = \"The driver\"\ndrop = \"" + place + "\"\n");
    const auto put = [&](const std::string& before, const std::string& line) {
      if (!line.empty()) text.insert(text.find(before), line);
    };
    put("question = ", drags.empty() ? "" : "drags = \"" + drags + "\"\n");
    put("holds = \"seen(complete(R1, *, *, framework",
        other.empty() ? "" : "drop = \"" + other + "\"\n");
    return remarks(text);
  };
  const auto has = [](const std::string& text, const char* said) {
    CHECK_MESSAGE(text.find(said) != std::string::npos, text);
  };
  for (const char* place : {"default", "EvtIoRead", "driver", "done", "notepad"}) {
    CAPTURE(place);
    CHECK(drop("R1", place) == "");
  }
  has(drop("", "default"), "lesson.toml:34: drop: the beat does not say which request is dragged");
  has(drop("R1", "default", "default"), "drop: two options have \"default\"");
  has(drop("R1", "reads"),
      "drop: there is no place \"reads\" in run scenario; there are done, driver");
  has(drop("R1", "EvtIoWrite"), "drop: the driver of run scenario has no EvtIoWrite");
  has(drop("R7", "default"), "drags: there is no request \"R7\" in run scenario");
  has(remarks(with("question = ", "drags = \"R1\"\nquestion = ")), "drags: no option has drop");
}

TEST_CASE("a drop is an answer only for its request and its places") {
  auto lesson = lesson::parse_lesson(
      with("text = \"The driver\"\n", "text = \"The driver\"\ndrop = \"driver\"\n")
          .insert(with("", "").find("question = "), "drags = \"R1\"\n"),
      "01-first-request", "lesson.toml");
  REQUIRE_MESSAGE(lesson.ok(), lesson.error().text());
  const lesson::Beat& asks = lesson->beats[1];
  CHECK(lesson::answer_for_drop(asks, "R1", "driver") == 0);
  CHECK(lesson::answer_for_drop(asks, "R1", "EvtIoRead") == 0);
  CHECK(lesson::answer_for_drop(asks, "R1", "default") == -1);
  CHECK(lesson::answer_for_drop(asks, "R2", "EvtIoRead") == -1);
  CHECK(lesson::answer_for_drop(lesson->beats[0], "R1", "EvtIoRead") == -1);
}

TEST_CASE("check: prose within limits, links well formed") {
  const std::string over = "title = \"" + long_text(49) + "\"";
  const std::string text = "text = \"" + long_text(421) + "\"";
  const std::string option = "text = \"" + long_text(121) + "\"";
  each({{"It waits.\"", "It waits. And waits.\"",
         "lesson.toml:23: text: 3 sentences, the limit is 2"},
        {"text = \"The **framework** owns R1. It waits.\"", text.c_str(),
         "lesson.toml:23: text: 421 characters, the limit is 420"},
        {"title = \"It comes\"", over.c_str(),
         "lesson.toml:22: title: 49 characters, the limit is 48"},
        {"text = \"The driver\"", option.c_str(),
         "lesson.toml:33: text: 121 characters, the limit is 120"},
        {"It waits.\"", "The queue is blocked.\"", "say which gate is closed, or who holds what"},
        {"It waits.\"", "It `waits.\"", "a ` without its partner"},
        {"It waits.\"", "See [there](http://x.y).\"", "\"http://x.y\" is not an address"},
        {"https://example.org/page", "https://example org",
         "lesson.toml:6: docs: \"https://example org\""},
        {"https://example.org/page", "ftp://example.org", "it begins with https://"},
        {"title = \"Page\", ", "title = \"\", ",
         "lesson.toml:6: docs: \"https://example.org/page\" has no title"},
        {"minutes = 10", "minutes = 90", "lesson.toml:3: minutes: 90; a lesson takes 5 to 40"},
        {"learnt = [\"The driver completes.\"]", "learnt = []",
         "lesson.toml:7: learnt: 0 sentences"},
        {"ticks = [\"Two are done\", \"Marked\"]", "ticks = [\"Two are done\"]",
         "lesson.toml:46: ticks: 1 sentences for 2 conditions"},
        {"ticks = [\"Two are done\", \"Marked\"]", "", "ticks: missing; one sentence a condition"},
        {"hints = [\"Press **r**.\"]", "", "hints: missing; one to five"},
        {"goal = \"Two reads are done.\"", "goal = \"\"",
         "goal: it is missing; what is to be done?"},
        {"title = \"A small lesson\"", "", "the key title is missing"}});
}

TEST_CASE("check: a lesson and its place in the course agree") {
  auto lesson = lesson::parse_lesson(kSound, "01-first-request", "lesson.toml");
  REQUIRE(lesson.ok());
  lesson::CourseLesson place{"1.1", "first-request", "A small lesson", 10, {}, "01-first-request"};
  CHECK(lesson::check_place(*lesson, place).empty());
  place.minutes = 15;
  place.needs = {"9.1"};
  const auto remarks = lesson::check_place(*lesson, place);
  REQUIRE(remarks.size() == 2);
  CHECK(remarks[0].line == 3);
  CHECK(remarks[0].text == "minutes: order.toml says 15");
  CHECK(remarks[1].text == "needs: order.toml says [9.1]");
}

TEST_CASE("check: a driver with a variable of its own is refused, by the symbols of its object") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("qs-globals-" + std::to_string(getpid()));
  fs::create_directories(folder);
  auto said = [&](const char* code) {
    std::ofstream(folder / "driver.c") << code;
    const std::string dir = folder.string();
    const std::string command = "cc -c '" + dir + "/driver.c' -o '" + dir +
                                "/driver.o' && sh cmake/check_globals.sh '" + dir +
                                "/driver.o' >'" + dir + "/said' 2>&1";
    const int code_of = std::system(command.c_str());
    std::ifstream in(folder / "said");
    std::ostringstream text;
    text << in.rdbuf();
    return std::to_string(code_of != 0) + " " + text.str();
  };
  CHECK(said("static const int kLimit = 4; int f(void) { return kLimit; }") == "0 ");
  for (const char* code :
       {"int count;", "int count = 3;", "int *f(void) { static int count; return &count; }"}) {
    const std::string text = said(code);
    CAPTURE(text);
    CHECK(text.substr(0, 2) == "1 ");
    CHECK(text.find("has variables of its own; put them into an object context: count") !=
          std::string::npos);
  }
  fs::remove_all(folder);
}
