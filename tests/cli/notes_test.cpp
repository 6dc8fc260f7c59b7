// queuescope notes: the teacher's page of a lesson, for a window of its own.
#include <doctest/doctest.h>

#include <sstream>

#include "cli/cli.h"

using namespace qs;

namespace {

session::WindowRequest asked;

int window(const session::WindowRequest& request) {
  asked = request;
  return 0;
}

struct NotesSaid {
  int code = 0;
  std::string err;
};

NotesSaid notes_say(const std::vector<std::string>& words, const cli::CliHooks& hooks) {
  std::ostringstream out, err;
  const int code = cli::run_cli(words, out, err, false, hooks);
  return {code, err.str()};
}

}  // namespace

TEST_CASE("notes: a lesson by number, name and folder; the window gets its file") {
  for (const char* name : {"2.1", "sequential-dispatch", "lessons/04-sequential-dispatch"}) {
    CAPTURE(name);
    asked = {};
    CHECK(notes_say({"notes", name}, {window, nullptr}).code == 0);
    CHECK(asked.notes.find("04-sequential-dispatch/lesson.toml") != std::string::npos);
    CHECK(asked.what == "2.1 Sequential: one owned at a time");
  }
}

TEST_CASE("notes: what is no lesson, and a program without its window, is told") {
  NotesSaid said = notes_say({"notes", "sandbox"}, {window, nullptr});
  CHECK(said.code == cli::kExitUsage);
  CHECK(said.err.find("this is not a lesson") != std::string::npos);
  said = notes_say({"notes", "no-such-lesson"}, {window, nullptr});
  CHECK(said.code == cli::kExitUsage);
  said = notes_say({"notes", "2.1"}, {});
  CHECK(said.code == cli::kExitUsage);
  CHECK(said.err.find("04-sequential-dispatch/README.md") != std::string::npos);
}
