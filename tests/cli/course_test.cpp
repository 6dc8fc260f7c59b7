// Every lesson, done in the terminal by words that a student can type, to a receipt that passes.
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <sstream>

#include "cli/cli.h"
#include "lesson/file/course.h"
#include "lesson/file/program_file.h"
#include "lesson/tutor/judge.h"
#include "session/programs.h"
#include "tests/support/folder.h"

using namespace qs;
using qs::test::Folder;

namespace {

// Where the solution acts in the middle of a run, or marks a moment. By lesson and beat, from 1.
const std::map<std::string, std::string> by_hand = {
    {"first-request 6", "send read 16\nsend read 16\nsend read 16\nmark owner R2 driver\n"},
    {"cancel-in-the-queue 10",
     "cancel R3 when arrive(R4)\ncancel R1 when forward(R1)\nsend write 16 when forward(R2)\n"
     "send write 16 when forward(R4)\ngo\n"},
    {"mark-cancelable 9", "send read 16\ncancel R1 when hw_start(*, R1)\ngo\nsend read 16\n"},
    {"dispatch-is-not-a-lock 3",
     "let notepad\nwhen call(WdfRequestRetrieveInputBuffer, W1)\nlet backup\ngo\n"},
    {"dispatch-is-not-a-lock 5", "let notepad\nwhen call(DbgPrint)\nlet backup\ngo\n"},
    {"cancel-races 3",
     "let EvtTransferDone\nwhen call(WdfRequestUnmarkCancelable, R1)\nlet notepad\ngo\n"},
    {"cancel-races 6",
     "let EvtTransferDone\nwhen call(WdfRequestUnmarkCancelable, R1)\nlet notepad\ngo\n"},
    {"deleting-objects 8", "send write 4 when hw_start(*, R1)\ngo\n"},
    {"threads-and-timers 11", "cancel R2 when mark(R2)\ngo\n"},
};

// The solution as a student types it: a card, then what its script has more.
std::string typed(const lesson::Lesson& l, const lesson::Beat& b) {
  const lesson::LessonRun& run = *l.run(b.goal->solution);
  const bool on_stage = run.card.empty() || run.card == l.run(b.run)->card;
  std::string out = on_stage ? "" : "card " + run.card + "\n";
  const auto& from = l.run(on_stage ? b.run : run.card)->program.script;
  size_t next = 0;
  for (const sched::Input& input : run.program.script) {
    if (next < from.size() && from[next] == input) {
      ++next;
      continue;
    }
    const std::string line = lesson::script_line(input);
    out += line.substr(line.find(' ') + 1) + "\n";
  }
  return out;
}

std::string all_of(const lesson::Lesson& l) {
  lesson::Judge judge(l);
  std::string out;
  for (size_t i = 0; i < l.beats.size(); ++i) {
    const lesson::Beat& b = l.beats[i];
    const auto hand = by_hand.find(l.id + " " + std::to_string(i + 1));
    if (b.mode == lesson::BeatMode::Predict)
      out += std::to_string(judge.right_option(b) + 1) + "\n";
    else if (hand != by_hand.end())
      out += hand->second;
    else if (b.goal)
      out += typed(l, b);
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("learn: every lesson can be done in the terminal, and passes") {
  const Folder home("course");
  const std::string old_home = std::getenv("HOME"), old_data = std::getenv("XDG_DATA_HOME");
  setenv("HOME", home.path.c_str(), 1);
  setenv("XDG_DATA_HOME", home.file("data").c_str(), 1);
  size_t done = 0;
  const lesson::Course course = lesson::course();  // a copy: each command reads its own again
  for (const lesson::CourseTrack& t : course.tracks)
    for (const lesson::CourseLesson& place : t.lessons) {
      if (!place.written()) continue;
      CAPTURE(place.id);
      const auto l = session::load_lesson(place.folder);
      REQUIRE_MESSAGE(l.ok(), l.error().text());
      std::ostringstream out, err;
      std::istringstream in(all_of(**l));
      CHECK(cli::run_cli({"learn", place.folder, "--receipt", "--student", "x"}, out, err, false,
                         {}, &in) == cli::kExitOk);
      const std::string said = out.str();
      const size_t at = said.rfind("Your receipt is ");
      CHECK_MESSAGE(at != std::string::npos,
                    said.substr(said.size() > 600 ? said.size() - 600 : 0));
      if (at == std::string::npos) continue;
      CHECK_MESSAGE(said.find("goals: passed.", at) != std::string::npos, said.substr(at));
      ++done;
    }
  CHECK(done >= 30);
  setenv("HOME", old_home.c_str(), 1);
  setenv("XDG_DATA_HOME", old_data.c_str(), 1);
}
