// Whatever files and arguments hold: a clear refusal with exit code 2, in one sentence, and nothing
// of it reaches the terminal raw.
#include <doctest/doctest.h>

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "base/limits.h"
#include "base/visible.h"
#include "cli/cli.h"

namespace fs = std::filesystem;
using namespace qs;

namespace {

struct Refused {
  int code;
  std::string out, err;
};

Refused say_it(std::vector<std::string> words, const std::string& typed = {}) {
  std::ostringstream out, err;
  std::istringstream in(typed);
  cli::CliHooks hooks;
  hooks.window = [](const session::WindowRequest&) { return 0; };
  hooks.shot = [](const session::ShotRequest&) { return 0; };
  const int code = cli::run_cli(words, out, err, false, hooks, &in);
  return {code, out.str(), err.str()};
}

std::string all(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& w : words) out += visible(w, 60) + " ";
  return out;
}

void check_refused(const std::vector<std::string>& words, std::string_view part = {}) {
  const Refused s = say_it(words);
  INFO(all(words) << "\n" << s.err);
  CHECK(s.code == cli::kExitUsage);
  CHECK(s.err.substr(0, 12) == "queuescope: ");
  CHECK(std::count(s.err.begin(), s.err.end(), '\n') == 1);
  CHECK(s.err.size() < limits::kMessage + 100);
  CHECK(s.out.empty());
  CHECK(s.err.find(part) != std::string::npos);
}

// Nothing but text, line ends and tabs.
void check_tame(const std::vector<std::string>& words, const std::string& typed = {}) {
  const Refused s = say_it(words, typed);
  for (std::string text : {s.out, s.err}) {
    std::erase(text, '\n');
    std::erase(text, '\t');
    CHECK_MESSAGE(!has_hidden(text), all(words) << visible(text, 3000));
  }
}

struct HostileFolder {
  fs::path path = fs::temp_directory_path() / ("queuescope-hostile-" + std::to_string(getpid()));
  HostileFolder() { fs::create_directories(path); }
  ~HostileFolder() { fs::remove_all(path); }
  std::string at(const std::string& name) const { return (path / name).string(); }
  std::string with(const std::string& name, const std::string& text) const {
    std::ofstream(at(name), std::ios::binary) << text;
    return at(name);
  }
};

// Every command that takes the name of a run.
std::vector<std::vector<std::string>> commands_on(const std::string& run) {
  return {{"run", run},
          {"run", run, "--json"},
          {"trace", "print", run},
          {"trace", "export", run},
          {"trace", "export", run, "--format", "mermaid"},
          {"shot", run, "-o", "x.png"},
          {run}};
}

// Moves the cursor, forges a row, turns the direction of writing, and is no UTF-8 at its end.
const std::string kHostile = "a\x1B[2J\x1B[8m\r\nforged  1/1  passed\x07\u202E\u009B\xFF";
// The same in TOML, where bytes that are no UTF-8 cannot stand.
const std::string kInToml = "a\\u001B[2J\\u001B[8m\\r\\nforged  1/1  passed\\u0007\\u202E\\u009B";

}  // namespace

TEST_CASE("an argument that is empty is refused, wherever it stands") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{""},
                                             {"run", ""},
                                             {"run", "sandbox", "--schedule", ""},
                                             {"run", "sandbox", "--schedule="},
                                             {"run", "sandbox", "--event", ""},
                                             {"run", "sandbox", "--until", ""},
                                             {"run", "sandbox", "-o", ""},
                                             {"run", "sandbox", "--wdfqueue", ""},
                                             {"trace", "print", ""},
                                             {"trace", "export", "sandbox", "--schedule", ""},
                                             {"trace", "export", "sandbox", "-o", ""},
                                             {"explain", ""},
                                             {"learn", ""},
                                             {"check", ""},
                                             {"check", "--receipt", ""},
                                             {"conform", ""},
                                             {"shot", "", "-o", "x.png"},
                                             {"shot", "sandbox", "-o", ""},
                                             {"shot", "sandbox", "-o", "x.png", "--size", ""},
                                             {"run", std::string("sand\0box", 8)}})
    check_refused(words);
}

TEST_CASE("a run that is no file, or not one of ours, is refused in a sentence") {
  const HostileFolder folder;
  REQUIRE(mkfifo(folder.at("pipe.toml").c_str(), 0600) == 0);
  fs::create_directories(folder.at("folder.toml"));
  fs::create_directories(folder.at("folder"));
  const std::string binary(
      "\x7F"
      "ELF\x02\x01\0\0\0\xFF",
      10);
  const std::pair<std::string, std::string> wrong[] = {
      {folder.with("empty.toml", ""), "this file is empty"},
      {folder.with("empty.qst", ""), "this file is empty"},
      {folder.with("empty.scn", ""), "this file is empty"},
      {folder.with("blank.toml", "# nothing\r\n"), "there is nothing in this file"},
      {folder.with("blank.scn", "\n\r\n  \n"), "there is no line"},
      {folder.with("binary.toml", binary), "binary.toml:1: this is not valid TOML"},
      {folder.with("binary.qst", binary), "not a QueueScope trace"},
      {folder.with("binary.scn", binary), "is not a word of scripts"},
      {folder.with("binary", binary), "this file cannot be run"},
      {folder.at("pipe.toml"), "this is a pipe"},
      {folder.at("folder.toml"), "this is a folder"},
      {folder.at("folder"), "neither a lesson.toml nor a program.toml"},
      {folder.at("none.toml"), "there is no such file"},
      {folder.at("none.qst"), "there is no such file"},
      {folder.at("none.scn"), "there is no such file"},
      {folder.at("none"), "There is no program"},
      {std::string(10'000, 'x'), "There is no program"},
      {"/", "neither a lesson.toml"},
      {folder.with("receipt.toml", "receipt = 1\nlesson = \"first-request\"\n"), "not a key of"},
      {folder.with("nul.toml", std::string("program = \"sand\0box\"\n", 20)), "nul.toml:1: "},
      {folder.with("deep.toml", "x = 1\n[a" + std::string(100'000, '.') + "a]"), "deep.toml:2: "},
      {folder.with("short.qst", "QSTRACE\x1A"), "expected a header"},
  };
  for (const auto& [run, part] : wrong)
    for (const auto& words : commands_on(run)) check_refused(words, part);
}

TEST_CASE("line ends of Windows and a byte order mark do no harm") {
  const HostileFolder folder;
  const std::string file =
      folder.with("windows.toml",
                  "\xEF\xBB\xBFprogram = \"sandbox\"\r\ninputs = [\r\n  \"0 send "
                  "read 16 file=A\",\r\n]\r\n");
  CHECK(say_it({"run", file}).code == cli::kExitOk);
  CHECK(say_it({"run", file}).out.find("1 sent") != std::string::npos);
}

TEST_CASE("numbers beyond their limits are refused with the number and the limit") {
  const HostileFolder folder;
  const std::pair<const char*, const char*> schedules[] = {
      {"qs1:7;@0 send=read 4294967295 file=A",
       "length 4294967295 is more than the limit, 16777216"},
      {"qs1:7;@0 send=read 99999999999999999999999 file=A", "is more than the limit, 16777216"},
      {"qs1:7;@0 send=ioctl 4 out=16777217 file=A",
       "out 16777217 is more than the limit, 16777216"},
      {"qs1:7;@0 button=4294967295", "button 4294967295 is more than the limit, 10000"},
      {"qs1:7;@0 lower=delay_ms=4294967295", "delay_ms 4294967295 is more than the limit, 1000000"},
      {"qs1:7;@4294967296 timers", "up to 4294967295"},
      {"qs1:4294967296", "up to 4294967295"},
  };
  for (const auto& [schedule, part] : schedules) {
    check_refused({"run", "sandbox", "--schedule", schedule}, part);
    check_refused({"shot", "sandbox", "-o", "x.png", "--schedule", schedule}, part);
    check_refused({"trace", "export", "sandbox", "--schedule", schedule}, part);
  }
  std::string sum = "qs1:7", presses = "qs1:7", many = "qs1:7";
  for (int i = 0; i < 17; ++i) sum += ";@0 send=read 16777216 file=A";
  for (int i = 0; i < 11; ++i) presses += ";@0 button=10000";
  for (size_t i = 0; i <= limits::kInputs; ++i) many += ";@0 timers";
  check_refused({"run", "sandbox", "--schedule", sum}, "the sum of all lengths so far, 285212672,");
  check_refused({"run", "sandbox", "--schedule", presses}, "the number of presses so far, 110000,");
  check_refused({"run", "sandbox", "--schedule", many}, "the number of inputs, 200001, is more");

  const std::pair<std::string, std::string> setups[] = {
      {"inputs = [\"0 timers\",\n\"0 send read 4294967295\"]",
       ":2: length 4294967295 is more than the limit, 16777216"},
      {"\ninputs = [\"0 button 4294967295\"]",
       ":2: button 4294967295 is more than the limit, 10000"},
      {"inputs = [\"5000s timers\"]", ":1: the time 5000s is more than the limit, 4294967295us"},
      {"seed = 4294967296", ":1: seed: 4294967296 is beyond the limits, 0 to 4294967295"},
      {"seed = -1", ":1: seed: -1 is beyond the limits"},
      {"[workload]\ncount = 1001", ":2: count cannot be 1001; the nearest that is allowed is 1000"},
      {"[workload]\nsent = [0, 0, 2000000]", ":2: sent: 2000000 is more than the limit, 1000000"},
      {"[[queue]]\nname = \"q\"\nlimit = 4294967296", ":3: limit: 4294967296 is beyond the limits"},
  };
  for (const auto& [text, part] : setups)
    check_refused({"run", folder.with("limits.toml", text)}, "limits.toml" + part);

  const std::pair<std::string, std::string> scripts[] = {
      {"queue q par default\narrive R1 read 99999999",
       "line 2: arrive 99999999 is more than the limit, 16777216"},
      {"queue q par\npolicy q 99999 always", "line 2: policy 99999 is more than the limit, 1000"},
  };
  for (const auto& [text, part] : scripts)
    check_refused({"run", folder.with("limits.scn", text)}, part);

  const auto graded = [&](const std::string& beat) {
    return say_it({"check", "--receipt",
                   folder.with("limits-receipt.toml",
                               "receipt = 1\nlesson = \"first-request\"\n[[beats]]\n" + beat)})
        .out;
  };
  CHECK(graded("beat = 5000").find(":4: beat: 5000 is beyond the limits, 0 to 1000") !=
        std::string::npos);
  CHECK(graded("schedule = \"qs1:7;@0 send=read 4294967295\"")
            .find("length 4294967295 is more than the limit, 16777216") != std::string::npos);
}

TEST_CASE("a receipt cannot forge a row: its names stay in their columns") {
  const HostileFolder folder;
  const std::string file =
      folder.with("forged.toml",
                  "receipt = 1\nlesson = 'first-request'\nstudent = \"Mallory          "
                  "first-request                  1/1     1/1  passed\\u001b[8m\\n\"\n");
  const Refused s = say_it({"check", "--receipt", file});
  CHECK(s.code == cli::kExitFindings);
  CHECK(s.out.find("1/1") == std::string::npos);
  CHECK(s.out.find("not passed") != std::string::npos);
  CHECK(std::count(s.out.begin(), s.out.end(), '\n') == 2);
}

TEST_CASE("hostile names are shown, never obeyed, by every command") {
  const HostileFolder folder;
  const std::string setup = folder.with(
      "hostile.toml", "program = \"sandbox\"\ntitle = \"" + kInToml + "\"\nnote = \"" + kInToml +
                          "\"\ninputs = [\"0 open x\\u001B[2J\", \"0 send read 16 "
                          "file=x\\u001B[2J\"]\n[[queue]]\nname = \"q\\u001B[2J\"\ndefault = "
                          "true\ndispatch = \"par\"\nhandlers = [\"read\"]\n");
  check_tame({"run", setup, "--all"});
  check_tame({"run", setup, "--wdfqueue", "--wdfrequest", "--wdflog"});
  CHECK(say_it({"run", setup}).code == cli::kExitOk);
  for (const auto& words : commands_on(setup)) check_tame(words);
  const std::string trace = folder.at("hostile.qst");
  REQUIRE(say_it({"run", setup, "-o", trace}).code == cli::kExitOk);
  for (const auto& words : commands_on(trace)) check_tame(words);

  const std::string hostile_file = folder.with(kHostile + ".toml", "title = 1");
  for (const std::string& name :
       {kHostile, kHostile + ".toml", kHostile + ".qst", kHostile + ".scn", hostile_file}) {
    for (const auto& words : commands_on(name)) check_tame(words);
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"learn", name},
                                               {"check", name},
                                               {"check", "--receipt", name},
                                               {"explain", name},
                                               {"handout", name, "-o", "/none/x"},
                                               {"learn", "2.2", "--variant", name},
                                               {"--lessons", name, "list"},
                                               {name, name},
                                               {"list", name},
                                               {"--" + name},
                                               {"--backend", name},
                                               {"run", "sandbox", "--schedule", name},
                                               {"run", "sandbox", "--event", name},
                                               {"run", "sandbox", "--until", name},
                                               {"run", "sandbox", "--until", "event " + name},
                                               {"run", "sandbox", "-o", "/none/" + name},
                                               {"run", "sandbox", "--wdfqueue", name},
                                               {"trace", "export", "sandbox", "--format", name},
                                               {"trace", name},
                                               {"shot", "sandbox", "-o", "x", "--size", name},
                                               {"shot", "sandbox", "-o", "x", "--theme", name}})
      check_tame(words);
  }
  check_tame({"run", "sandbox", "--schedule",
              "qs1:7;@0 open=x;@0 open a%1B[2J;@0 exit %0Ab;@0 cancel %E2%80%AE;@0 send=%FF"});
  const std::string receipt = folder.with(
      "receipt.toml", "receipt = 1\nlesson = \"" + kInToml + "\"\nstudent = \"" + kInToml +
                          "\"\n[[beats]]\nbeat = 1\nrun = \"" + kInToml + "\"\n");
  check_tame({"check", "--receipt", receipt});
  check_tame({"check", "--junit", "--receipt", receipt});
  check_tame({"check", "--csv", "--receipt", receipt, receipt});
  const Refused json = say_it({"check", "--json", "--receipt", receipt});
  CHECK(nlohmann::json::parse(json.out)["receipts"][0]["student"].get<std::string>().find('\x1B') !=
        std::string::npos);
  fs::create_directories(folder.at("01-hostile"));
  folder.with("01-hostile/lesson.toml",
              "title = \"" + kInToml +
                  "\"\n[program]\ndriver = \"01-first-request/driver\"\n"
                  "[[beats]]\nmode = \"watch\"\nrun = \"scenario\"\ntitle = \"" +
                  kInToml + "\"\ntext = \"" + kInToml + "\"\n");
  check_tame({"learn", folder.at("01-hostile")}, "\n" + kHostile + "\nquit\n");
  check_tame({"check", folder.at("01-hostile")});
  check_tame({"run", folder.at("01-hostile")});
  check_tame({"list"});
}

TEST_CASE("numbers of the command line that are none are refused") {
  for (const char* number :
       {"-1", "x", "1x", "1.5", "99999999999999999999999", "0x10", "\x1B[2J"}) {
    check_refused({"trace", "print", "sandbox", "--from", number});
    check_refused({"run", "sandbox", "--event", number});
    check_refused({"run", "sandbox", "--until", std::string("time ") + number + "z"});
    check_refused({"run", "sandbox", "--until", std::string("line ") + number + "x"});
    check_refused({"shot", "sandbox", "-o", "x.png", "--event", number});
    check_refused({"shot", "sandbox", "-o", "x.png", "--beat", number});
    check_refused({"shot", "sandbox", "-o", "x.png", "--size", std::string(number) + "x9"});
    check_refused({"shot", "sandbox", "-o", "x.png", "--scale", std::string(number) + "y"});
  }
  check_refused({"learn", "sandbox"}, "this is not a lesson");
}

TEST_CASE("what is quoted of bad input is cut") {
  const std::string big(50'000, 'x');
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"run", big},
                                             {"run", big + ".toml"},
                                             {"run", "sandbox", "--until", big},
                                             {"run", "sandbox", "--until", "event " + big},
                                             {"run", "sandbox", "--schedule", big},
                                             {"run", "sandbox", "--schedule", "qs1:7;@0 " + big},
                                             {"run", "sandbox", "--event", big},
                                             {"explain", big},
                                             {"check", big},
                                             {"shot", "sandbox", "-o", "x.png", "--size", big},
                                             {"--" + big}})
    check_refused(words);
}
