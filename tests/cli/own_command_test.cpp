// Drivers of one's own on the command line: new, run, trace; exit codes; what a receipt's neighbor
// does.
#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "base/sanitizer.h"
#include "cli/cli.h"
#include "support/folder.h"

using namespace qs;

namespace {

struct OwnSaid {
  int code;
  std::string out, err;
};

OwnSaid say_own(const std::vector<std::string>& words) {
  std::ostringstream out, err;
  const int code = cli::run_cli(words, out, err, false, {});
  return {code, out.str(), err.str()};
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("queuescope new, then run: no build, exit code 0") {
  test::Folder f("own-cli");
  const std::string folder = f.file("toaster");
  const OwnSaid made = say_own({"new", folder, "--cancel"});
  INFO(made.err);
  CHECK(made.code == cli::kExitOk);
  CHECK(std::filesystem::exists(folder + "/driver.c"));
  for (const std::string& what : {folder, folder + "/program.toml", folder + "/driver.c"}) {
    const OwnSaid run = say_own({"run", what});
    INFO(what, "\n", run.err);
    CHECK(run.code == cli::kExitOk);
    CHECK(run.err.empty());
    CHECK(says(run.out, "EvtIoRead"));
    CHECK(says(run.out, "WdfRequestMarkCancelableEx(Request, EvtRequestCancel)"));  // its lines
  }
  CHECK(say_own({"new", folder}).code == cli::kExitUsage);
  CHECK(say_own({"new", folder, "--manual", "--cancel"}).code == cli::kExitUsage);
}

TEST_CASE("a driver that misbehaves is exit code 1, one that does not compile is 2") {
  test::Folder f("own-codes");
  REQUIRE(say_own({"new", f.file("a")}).code == cli::kExitOk);
  std::string text = f.text("a/driver.c");
  const std::string call = "    AnswerWithZeros(Request);\n";
  text.replace(text.find(call), call.size(), "    *(volatile int *)0 = 1;\n");
  f.put("a/driver.c", text);
  OwnSaid run = say_own({"run", f.file("a")});
  INFO(run.err);
  CHECK(run.code == cli::kExitFindings);
  CHECK(says(run.out, "U-12"));

  text.replace(text.find("*(volatile"), 10, "*(volattle");
  f.put("a/driver.c", text);
  run = say_own({"run", f.file("a")});
  CHECK(run.code == cli::kExitUsage);
  CHECK(says(run.err, "driver.c:"));
  CHECK(says(run.err, "volattle"));
  CHECK(says(run.err, "does not compile"));
  CHECK(run.out.empty());

  f.put("a/program.toml", "[program]\ndriver = \"driver.c\"\nhardware = \"toaster\"\n");
  run = say_own({"run", f.file("a/program.toml")});
  CHECK(run.code == cli::kExitUsage);
  CHECK(says(run.err, "program.toml:3"));
}

TEST_CASE("queuescope races searches the schedules of an own driver, in its box" *
          doctest::skip(QS_ADDRESS_SANITIZER)) {
  test::Folder f("own-races");
  std::filesystem::copy("lessons/12-cancel-races/card-c.c", f.file("card.c"));
  f.put("program.toml",
        "[program]\ndriver = \"card.c\"\n"
        "hardware = \"slot\"\nscript = [\"0 send read 512 file=A\", \"20ms cancel R1\"]\n");
  const OwnSaid races = say_own({"races", f.path.string(), "--times", "any", "--luck", "50"});
  INFO(races.out, races.err);
  CHECK(races.code == cli::kExitFindings);
  CHECK(says(races.out, "all of them tried"));
  CHECK(says(races.out, "      card.c:"));
  CHECK(says(races.out, "By luck: of 50 random schedules"));
  const size_t at = races.out.find("--schedule \"") + 12;
  const std::string schedule = races.out.substr(at, races.out.find('"', at) - at);
  CHECK(say_own({"run", f.path.string(), "--schedule", schedule, "-o", f.file("r.qst")}).code ==
        cli::kExitFindings);
  CHECK(say_own({"races", f.file("r.qst"), "--times", "any"}).code == cli::kExitFindings);
}

TEST_CASE("queuescope check judges the goals of a driver's program.toml") {
  test::Folder f("own-goals");
  REQUIRE(say_own({"new", f.file("a")}).code == cli::kExitOk);
  OwnSaid check = say_own({"check", f.file("a")});
  CHECK(check.code == cli::kExitUsage);
  CHECK(says(check.err, "there is nothing to check; expected [[goals]]"));
  const std::string program = f.text("a/program.toml");
  f.put("a/program.toml",
        program +
            "\n[[goals]]\ntext = \"The read comes back.\"\ncheck = \"seen(done(R1)) and clean\"\n");
  check = say_own({"check", f.file("a")});
  INFO(check.out, check.err);
  CHECK(check.code == cli::kExitOk);
  CHECK(says(check.out, "1 goal  ok"));
  f.put("a/program.toml",
        program + "\n[[goals]]\ntext = \"It waits.\"\ncheck = \"never(done(R1)) and clean\"\n");
  check = say_own({"check", f.file("a")});
  CHECK(check.code == cli::kExitFindings);
  CHECK(says(check.out, "It waits. (never(done(R1)) does not hold)"));
  f.put("a/program.toml", program + "\n[[goals]]\ncheck = \"flies(R1)\"\n");
  check = say_own({"check", f.file("a")});
  CHECK(check.code == cli::kExitUsage);
  CHECK(says(check.err, "program.toml:"));
}

TEST_CASE("a trace of an own driver opens with its code where the folder is gone") {
  test::Folder f("own-trace");
  REQUIRE(say_own({"new", f.file("a"), "--pending"}).code == cli::kExitOk);
  const std::string first = say_own({"run", f.file("a"), "-o", f.file("run.qst")}).out;
  std::filesystem::remove_all(f.file("a"));
  const OwnSaid again = say_own({"run", f.file("run.qst")});
  INFO(again.err);
  CHECK(again.code == cli::kExitOk);
  CHECK(says(again.out, "WdfTimerStart(context->Timer"));
  const OwnSaid other =
      say_own({"run", f.file("run.qst"), "--schedule", "qs1:7;@1000 send=read 8 file=A"});
  INFO(other.err);
  CHECK(other.code == cli::kExitOk);
  CHECK(other.out != again.out);
}
