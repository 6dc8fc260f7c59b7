// The command line: what it prints, and how it refuses.
#include <doctest/doctest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "trace/rules/rules.h"
#include "verify/whole_rule.h"

using namespace qs;
using cli::kExitOk;

namespace {

struct Said {
  int code;
  std::string out, err;
};

Said say(std::vector<std::string> words, cli::CliHooks hooks = {}, bool color = false) {
  std::ostringstream out, err;
  int code = cli::run_cli(words, out, err, color, hooks);
  return {code, out.str(), err.str()};
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// A file that goes away with the test.
struct TemporaryFile {
  std::string path;
  explicit TemporaryFile(const std::string& name)
      : path((std::filesystem::temp_directory_path() / ("queuescope-test-" + name)).string()) {}
  ~TemporaryFile() { std::filesystem::remove(path); }
  std::string text() const {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
};

// One sentence, one line, ending in something to do.
void check_refused(const Said& s) {
  CHECK(s.code == cli::kExitUsage);
  CHECK(s.err.substr(0, 12) == "queuescope: ");
  CHECK(std::count(s.err.begin(), s.err.end(), '\n') == 1);
}

const char* kViolating =
    "qs1:7;@0 send=read 16 file=A;@0~ask(R1) order R1=mark;@0~ask(R1):2 order R1=complete SUCCESS";

session::WindowRequest asked_window;
session::ShotRequest asked_shot;
cli::CliHooks recording_hooks() {
  cli::CliHooks hooks;
  hooks.window = [](const session::WindowRequest& r) { return asked_window = r, 0; };
  hooks.shot = [](const session::ShotRequest& r) { return asked_shot = r, 0; };
  return hooks;
}

}  // namespace

TEST_CASE("run tells the story of a lesson, one line an event") {
  for (const char* name : {"lessons/01-first-request", "first-request", "1.1"}) {
    Said s = say({"run", name});
    CHECK(s.code == kExitOk);
    CHECK(s.err.empty());
    CHECK(s.out.find("One request, one journey\n") == 0);
    for (std::string part :
         {"notepad sends R1: read, 16 bytes. It is still the sender's.",
          "R1 arrives at Device. The framework owns it.", "EvtIoRead(R1) is called.",
          "status = FillWithZeros(Request, Length);",
          "R1 is done: notepad gets STATUS_SUCCESS, 16 bytes. Nobody owns it.", "1 sent, 1 done."})
      CHECK_MESSAGE(has(s.out, part), part);
  }
}

TEST_CASE("run calls DPCs, timers and their threads by the functions of the driver") {
  Said s = say({"run", "1.3"});
  CHECK(has(s.out, "DPC EvtTransferDone is queued to run soon."));
  CHECK(has(s.out, "  EvtTransferDone  "));  // the thread
  CHECK(has(s.out, "EvtTransferDone is at driver.c:"));
  Said only = say({"run", "1.3", "--thread", "EvtTransferDone"});
  CHECK(only.code == cli::kExitFindings);  // its driver forgets a request
  CHECK(has(only.out, "EvtTransferDone (DPC) is called."));
  CHECK_FALSE(has(only.out, "EvtIoRead(R1) is called."));
  CHECK(has(say({"run", "8.2", "--all"}).out, "Timer EvtPatience will fire at 5 ms."));
}

// What is told from the send to the answer, without numbers and times, stands in story-of-r1.txt.
TEST_CASE("lesson 1.1: the whole story of R1, line by line") {
  std::string out = say({"run", "first-request"}).out, story;
  size_t from = out.rfind('\n', out.find("notepad sends R1")) + 1;
  size_t to = out.find("\n\n", from) + 1;
  for (size_t at = from; at < to; at = out.find('\n', at) + 1) {
    size_t thread = at + 19, end = out.find('\n', at);
    story += out.substr(thread, end - thread) + "\n";
  }
  std::ifstream file("tests/cli/story-of-r1.txt");
  std::string expected((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  CHECK(story == expected);
}

TEST_CASE("run prints internal events only when asked") {
  Said some = say({"run", "first-request"}), all = say({"run", "first-request", "--all"});
  CHECK(all.out.size() > some.out.size());
  CHECK_FALSE(has(some.out, "dispatch loop of"));
  CHECK(has(all.out, "dispatch loop of"));
}

TEST_CASE("run stops at an event by its number or in words") {
  Said s = say({"run", "first-request", "--until", "owner R1 driver"});
  CHECK(s.code == kExitOk);
  CHECK(has(s.out, "The driver owns R1"));
  CHECK_FALSE(has(s.out, "EvtIoRead(R1) is called"));
  CHECK(has(s.out, "1 sent, 0 done."));
  CHECK(has(say({"run", "first-request", "--event", "first"}).out, "0 sent, 0 done."));
  CHECK(has(say({"run", "first-request", "--event", "last"}).out, "1 sent, 1 done."));
}

TEST_CASE("run uses the schedule that it is given") {
  Said s = say({"run", "sandbox", "--schedule", "qs1:7;@0 send=read 16 file=A"});
  CHECK(s.code == kExitOk);
  CHECK(has(s.out, "The driver asks what to do with R1."));
  CHECK(has(s.out, "1 sent, 0 done."));
}

TEST_CASE("V-07: a run that breaks a rule explains it and exits with 1") {
  Said s = say({"run", "sandbox", "--schedule", kViolating});
  CHECK(s.code == cli::kExitFindings);
  for (std::string part : {"V-07: ", "What happened: ", "Why it matters: ", "What to do: "})
    CHECK_MESSAGE(has(s.out, part), part);
}

TEST_CASE("inputs that are not possible are reported") {
  Said s = say({"run", "sandbox", "--schedule", "qs1:7;@0 cancel R4"});
  CHECK(has(s.err, "input 1 was not possible here: "));
}

TEST_CASE("the JSON of a run can be read, and has every event") {
  Said s = say({"run", "first-request", "--json"});
  CHECK(s.code == kExitOk);
  auto json = nlohmann::json::parse(s.out, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  CHECK(json["program"] == "01-first-request");
  CHECK(json["schedule"] == "qs1:7");
  REQUIRE(json["events"].size() > 20);
  CHECK(json["events"][0]["n"] == 1);
  bool sent = false;
  for (const auto& e : json["events"]) sent |= e["event"] == "Send" && e["s"] == "R1";
  CHECK(sent);
}

TEST_CASE("a run is written, read again, printed, and replays the same") {
  TemporaryFile file("run.qst"), again("again.qst");
  REQUIRE(say({"run", "first-request", "-o", file.path}).code == kExitOk);
  Said printed = say({"trace", "print", file.path});
  CHECK(printed.code == kExitOk);
  CHECK(printed.out.find("# program 01-first-request, ") == 0);
  CHECK(has(printed.out, "# schedule qs1:7\n"));
  CHECK(has(printed.out, "Send            R1 notepad"));
  CHECK(printed.out == say({"trace", "print", "first-request"}).out);
  REQUIRE(say({"run", file.path, "--schedule", "qs1:7", "-o", again.path}).code == kExitOk);
  CHECK(again.text() == file.text());
  CHECK(say({"run", file.path}).out == say({"run", "first-request"}).out);
  Said part = say({"trace", "print", file.path, "--from", "3", "--count", "2"});
  CHECK(std::count(part.out.begin(), part.out.end(), '\n') == 4);
  CHECK(has(part.out, "\n     3  "));
}

TEST_CASE("queues, requests and the log are dumped as the debugger shows them") {
  Said s = say({"run", "sandbox", "--schedule",
                "qs1:7;@0 send=read 16 file=A;@0 send=read 16 file=A", "--wdfqueue"});
  CHECK(s.code == kExitOk);
  CHECK(has(s.out, "Dumping WDFQUEUE "));
  CHECK(has(s.out, "Sequential, Power-managed, PowerOn, Can accept, Can dispatch"));
  CHECK(has(s.out, "Number of driver owned requests: 1\n"));
  CHECK(has(s.out, "Number of waiting requests: 1\n"));
  CHECK(std::count(s.out.begin(), s.out.end(), '=') == 3 * 25);

  s = say({"run", "first-request", "--until", "owner R1 driver", "--wdfrequest", "R1"});
  CHECK(has(s.out, "State: owned by the driver, not cancelable (S3)\n"));
  CHECK(has(s.out, "Sender: notepad\n"));
  CHECK_FALSE(has(s.out, "sends R1"));

  s = say({"run", "first-request", "--wdflog"});
  CHECK(has(s.out, "IoRequest - R1 arrives at"));
  CHECK(has(s.out, "---- end of log ----\n"));

  check_refused(say({"run", "first-request", "--wdfqueue", "nothing"}));
}

TEST_CASE("a run is exported for other programs") {
  Said perfetto = say({"trace", "export", "first-request", "--format", "perfetto"});
  auto json = nlohmann::json::parse(perfetto.out, nullptr, false);
  REQUIRE_FALSE(json.is_discarded());
  int begun = 0, ended = 0, owned = 0;
  for (const auto& e : json["traceEvents"]) {
    begun += e["ph"] == "B";
    ended += e["ph"] == "E";
    owned += e["ph"] == "b" && e["name"] == "driver";
  }
  CHECK(begun > 5);
  CHECK(begun == ended);
  CHECK(owned >= 1);

  Said mermaid = say({"trace", "export", "first-request", "--format", "mermaid"});
  CHECK(mermaid.out.find("sequenceDiagram\n") == 0);
  CHECK(has(mermaid.out, ": R1: read, 16 bytes\n"));
  CHECK(has(mermaid.out, ": R1 STATUS_SUCCESS\n"));

  const std::string scenario = "tests/conformance/scenarios/cancel_marked.scn";
  CHECK(has(say({"trace", "export", scenario, "--format", "mermaid"}).out, "EvtRequestCancel"));
  CHECK(say({"run", scenario}).code == kExitOk);
  check_refused(say({"run", "tests/conformance/scenarios/nothing.scn"}));

  TemporaryFile file("export.json");
  CHECK(say({"trace", "export", "1.1", "-o", file.path}).out.empty());
  CHECK(file.text() == say({"run", "1.1", "--json"}).out);
  check_refused(say({"trace", "export", "1.1", "-o", "/nowhere/at/all.json"}));
}

TEST_CASE("explain prints a rule, its explanation, and all rules") {
  Said s = say({"explain", "C-22"});
  CHECK(s.code == kExitOk);
  CHECK(s.out.find("C-22  ") == 0);
  CHECK(say({"explain", "c-22"}).out == s.out);
  s = say({"explain", "D-05"});
  CHECK(has(s.out, "The whole rule (4.3 The loop)\n"));
  CHECK(has(s.out, "\n  9. Stopped. Dispatch is clear: leave.\n"));
  CHECK(has(s.out, "\n  15. Nothing to do. Leave.\n"));
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    CHECK(verify::whole_rule(rule.id) != nullptr);
  }
  s = say({"explain", "complete-while-cancelable"});
  CHECK(has(s.out, "What happened"));
  CHECK(has(s.out, "How to avoid it"));
  s = say({"explain"});
  CHECK(has(s.out, "C-22"));
  CHECK(has(s.out, "Q-14"));
  check_refused(say({"explain", "Z-99"}));
}

TEST_CASE("list shows the sandbox and the lessons") {
  Said s = say({"list"});
  CHECK(s.code == kExitOk);
  CHECK(has(s.out, "sandbox"));
  CHECK(has(s.out, "1.1   01-first-request"));
}

TEST_CASE("the window is opened on what is named") {
  cli::CliHooks hooks = recording_hooks();
  CHECK(say({}, hooks).code == kExitOk);
  CHECK(asked_window.home);
  CHECK(say({"sandbox", "--backend", "sdl2"}, hooks).code == kExitOk);
  CHECK_FALSE(asked_window.home);
  CHECK(asked_window.opened.program.name == "sandbox");
  CHECK(asked_window.backend == "sdl2");
  check_refused(say({"sandbax"}, hooks));
  check_refused(say({}));  // built without its window
}

TEST_CASE("a picture is asked for with event, size and theme") {
  cli::CliHooks hooks = recording_hooks();
  Said s = say({"shot", "first-request", "--event", "7", "-o", "x.png", "--size", "800x600",
                "--theme", "light", "--scale", "2"},
               hooks);
  CHECK(s.code == kExitOk);
  CHECK(asked_shot.event == 7);
  CHECK(asked_shot.at_event);
  CHECK(asked_shot.width == 800);
  CHECK(asked_shot.height == 600);
  CHECK(asked_shot.theme == "light");
  CHECK(asked_shot.scale == 2);
  CHECK(asked_shot.file == "x.png");
  CHECK(asked_shot.beat == 0);
  CHECK(say({"shot", "first-request", "-o", "x.png", "--scale", "150%"}, hooks).code == kExitOk);
  CHECK(asked_shot.scale == 1.5);
  for (const char* scale : {"big", "20", "150x", "900"})
    check_refused(say({"shot", "first-request", "-o", "x.png", "--scale", scale}, hooks));
  say({"shot", "first-request", "--beat", "5", "--done", "-o", "x.png"}, hooks);
  CHECK(asked_shot.beat == 5);
  CHECK(asked_shot.done);
  for (const char* mode : {"lesson", "sandbox", "drive", "compare", "projector"}) {
    CHECK(say({"shot", "sandbox", "--mode", mode, "-o", "x.png"}, hooks).code == kExitOk);
    CHECK(asked_shot.mode == mode);
  }
  for (const char* view : {"stage", "code", "inspector", "timeline", "threads", "queues", "log"}) {
    CHECK(say({"shot", "sandbox", "--view", view, "-o", "x.png"}, hooks).code == kExitOk);
    CHECK(asked_shot.view == view);
  }
  check_refused(say({"shot", "sandbox", "--mode", "cinema", "-o", "x.png"}, hooks));
  check_refused(say({"shot", "first-request", "--done", "-o", "x.png"}, hooks));
  for (const char* size : {"800", "800x", "0x0", "800x600x2", "big"})
    check_refused(say({"shot", "first-request", "-o", "x.png", "--size", size}, hooks));
  check_refused(say({"shot", "first-request", "-o", "x.png", "--event", "100000"}, hooks));
  check_refused(say({"shot", "first-request", "-o", "x.png"}));
}

TEST_CASE("colours are only for terminals") {
  CHECK_FALSE(has(say({"run", "first-request"}).out, "\033["));
  CHECK(has(say({"run", "first-request"}, {}, true).out, "\033["));
}

TEST_CASE("version and help") {
  Said s = say({"--version"});
  CHECK(s.code == kExitOk);
  CHECK(s.out.find("queuescope ") == 0);
  s = say({"--help"});
  CHECK(s.code == kExitOk);
  for (std::string part : {"run", "trace", "explain", "list", "shot", "Exit codes"})
    CHECK(has(s.out, part));
  CHECK(has(say({"run", "--help"}).out, "--wdfqueue"));
}

TEST_CASE("every bad input gets one clear sentence and exit code 2") {
  TemporaryFile damaged("damaged.qst");
  std::ofstream(damaged.path) << "this is no trace";
  const std::vector<std::vector<std::string>> wrong = {
      {"run"},
      {"check", "nothing-like-it"},
      {"run", "nothing-like-it"},
      {"run", "first-request", "--dance"},
      {"run", "first-request", "--schedule", "hello"},
      {"run", "first-request", "--schedule", "qs1:7;@0 sing"},
      {"run", "first-request", "--event", "soon"},
      {"run", "first-request", "--event", "1000000"},
      {"run", "first-request", "--until", "it is done"},
      {"run", "first-request", "--until", "violation"},
      {"run", "first-request", "--event", "3", "--until", "violation"},
      {"run", "no-such-file.qst"},
      {"run", damaged.path},
      {"run", "first-request", "-o", "/nowhere/at/all.qst"},
      {"trace"},
      {"trace", "print"},
      {"trace", "print", damaged.path},
      {"trace", "print", "first-request", "--from", "0"},
      {"trace", "print", "first-request", "--from", "1000000"},
      {"trace", "export", "first-request", "--format", "gif"},
      {"--backend", "paper"},
      {"shot", "first-request"},
  };
  for (const auto& words : wrong) {
    std::string all;
    for (const std::string& w : words) all += w + " ";
    INFO(all);
    check_refused(say(words, recording_hooks()));
  }
}

TEST_CASE("run: printed lines can be about one thread, one object") {
  const auto lines = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  const std::string all = say({"run", "first-request"}).out;
  const std::string one = say({"run", "first-request", "--object", "R1"}).out;
  CHECK(lines(one) < lines(all));
  CHECK(one.find("R1 arrives at") != std::string::npos);
  CHECK(one.find("is running") == std::string::npos);
  const std::string thread = say({"run", "first-request", "--thread", "nobody"}).err;
  CHECK(thread.find("There is no thread \"nobody\"") != std::string::npos);
  CHECK(say({"run", "first-request", "--object", "nothing"}).code == cli::kExitUsage);
}

TEST_CASE("the window is opened at a scale") {
  cli::CliHooks hooks = recording_hooks();
  CHECK(say({"sandbox", "--scale", "200"}, hooks).code == kExitOk);
  CHECK(asked_window.scale == 2);
  CHECK(say({"sandbox"}, hooks).code == kExitOk);
  CHECK(asked_window.scale == 0);
  CHECK(say({"--scale", "20"}, hooks).code == cli::kExitUsage);
}
