// A lesson in the terminal, with what a student types coming from a pipe; the receipt of it graded.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>
#include <nlohmann/json.hpp>

#include "cli/cli.h"

using namespace qs;
namespace fs = std::filesystem;

namespace {

// A home of its own for each test: progress and receipts are written there.
struct Student {
  fs::path home = fs::temp_directory_path() / ("qs-learn-" + std::to_string(getpid()));
  std::string old_home = std::getenv("HOME"), old_data = std::getenv("XDG_DATA_HOME");
  int code = 0;
  std::string out, err;

  Student() {
    fs::remove_all(home);
    fs::create_directories(home);
    setenv("HOME", home.c_str(), 1);
    setenv("XDG_DATA_HOME", (home / "data").c_str(), 1);
    setenv("USER", "ada", 1);
  }
  ~Student() {
    setenv("HOME", old_home.c_str(), 1);
    setenv("XDG_DATA_HOME", old_data.c_str(), 1);
    fs::remove_all(home);
  }
  void say(std::vector<std::string> words, const std::string& typed = "") {
    std::ostringstream o, e;
    std::istringstream in(typed);
    code = cli::run_cli(words, o, e, false, {}, &in);
    out = o.str();
    err = e.str();
  }
  bool told(const char* piece) const { return out.find(piece) != std::string::npos; }
  // There is no folder for documents.
  std::string receipt() const {
    return (home / "data/queuescope/receipt-first-request-ada.toml").string();
  }
  std::string text() const {
    std::ifstream in(receipt());
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
  }
  // The receipt with one piece of it replaced, graded.
  void tamper(const std::string& old, const std::string& fresh) {
    std::string changed = text();
    const size_t at = changed.find(old);
    REQUIRE_MESSAGE(at != std::string::npos, changed);
    const std::string file = (home / "tampered.toml").string();
    std::ofstream(file) << changed.replace(at, old.size(), fresh);
    say({"check", "--receipt", file});
  }
};

constexpr const char* kWhole =
    "\n\n\n\n"                                   // four beats to watch
    "9\nno\n2\n\n"                               // two answers that are none, then the right one
    "send read 16\nsend\nsend read 16\ndance\n"  // two inputs that are none
    "send read 16\nmark owner R9 driver\nmark owner R2 driver\n\n";

}  // namespace

TEST_CASE("learn: lesson 1.1 from a pipe, its questions, its goal, its receipt") {
  Student s;
  s.say({"learn", "first-request", "--receipt"}, kWhole);
  CHECK(s.code == cli::kExitOk);
  CHECK_MESSAGE(s.err.empty(), s.err);
  for (const char* piece : {"1.1 One request, one journey", "[1/6] An application asks",
                            "[6/6] Your turn", "A number from 1 to 4, or back, or quit.", "Right. ",
                            "it does not say what to do", "\"dance\" is not a kind of input",
                            "There is no such moment in this run.", "[x] Three reads are complete",
                            "The goal is reached.", "What you learned:", "Your receipt is "})
    CHECK_MESSAGE(s.told(piece), piece << "\n" << s.out);
  s.say({"check", "--receipt", s.receipt()});
  CHECK_MESSAGE(s.code == cli::kExitOk, s.out);
  CHECK(s.told("1/1"));
  CHECK(s.told("passed"));
}

TEST_CASE("learn: a wrong answer is explained, and the line that shows why is told") {
  Student s;
  s.say({"learn", "first-request"}, "\n\n\n\n1\n\n");
  CHECK(s.told("No. Look at the order"));
  CHECK(s.told("The engine says: The driver, and nobody else"));
  CHECK(s.told("This line shows why:"));
  CHECK(s.told("You leave at beat 6 of 6. The same command goes on from there."));
  s.say({"learn", "first-request"}, "quit\n");
  CHECK(s.told("[6/6] Your turn"));
  CHECK_FALSE(s.told("[1/6]"));
}

TEST_CASE("learn: hints, show me, back, reset, skip, help; what was shown is not the student's") {
  Student s;
  s.say({"learn", "1.1", "--receipt"},
        "\n\n\n\nback\n\n2\n\nhelp\nhint\nhint\nreset\nsend read 16\nback\n2\n\nshow\n\n");
  CHECK_MESSAGE(s.told("Hint: The key r sends a read"), s.out);
  CHECK(s.told("mark EVENT"));
  CHECK(s.told("The goal is reached, with show: it does not count."));
  s.say({"check", "--receipt", s.receipt()});
  CHECK(s.code == cli::kExitFindings);
  CHECK(s.told("not passed"));
  CHECK(s.told("0/1"));
}

TEST_CASE("learn: no input at all, and a name that nothing has") {
  Student s;
  s.say({"learn", "first-request"});
  CHECK(s.code == cli::kExitOk);
  CHECK(s.told("You leave at beat 1 of 6."));
  s.say({"learn", "no-such-lesson"});
  CHECK(s.code == cli::kExitUsage);
}

TEST_CASE("receipts: what was changed by hand does not pass, and says why") {
  Student s;
  s.say({"learn", "first-request", "--receipt"}, kWhole);
  REQUIRE(fs::exists(s.receipt()));
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"answer = 1", "answer = 0"},
      {"marked = ", "marked = 1"},
      {"run = 'empty'", "run = 'three-reads'"},
      {"run = 'empty'", "run = 'scenario'"},
      {"lesson = 'first-request'", "lesson = 'stop-and-start'"},
      {"send=read 16", "option=verifier%3Doff"},
      {"send=read 16", "cancel R7"},
      {"beat = 5", "beat = 50"},
      {"beat = 5", "beat = 4"},
      {"qs1:7", "qs9:7"},
      {"qs1:7", "qs1:hello"}};
  for (const auto& [old, fresh] : changes) {
    CAPTURE(fresh);
    s.tamper(old, fresh);
    CHECK(s.code != cli::kExitOk);
    CHECK_MESSAGE(s.told("not passed"), s.out);
  }
  for (const auto& [old, fresh, said] :
       std::vector<std::tuple<std::string, std::string, const char*>>{
           {"answer = 1", "answer = 'b'", "answer: expected a whole number"},
           {"answer = 1", "answr = 1",
            "\"answr\" is not a key of a beat; expected one of beat, answer"},
           {"receipt = 2", "receipt = 9", "this is not a receipt: it begins with receipt = 2"},
           {"lesson = 'first-request'", "lesson = 'nothing'", "There is no program \"nothing\""},
           {"lesson = 'first-request'", "lesson = 4", "lesson: expected a text in quotes"},
           {"beat = 5", "beat = ", "this is not valid TOML"}}) {
    CAPTURE(fresh);
    s.tamper(old, fresh);
    CHECK(s.code == cli::kExitFindings);
    CHECK_MESSAGE(s.told(said), s.out);
  }
}

TEST_CASE("receipts: table, JSON and JUnit of a class") {
  Student s;
  s.say({"learn", "first-request", "--receipt"}, kWhole);
  const std::string missing = (s.home / "none & nothing.toml").string();
  s.say({"check", "--json", "--receipt", s.receipt(), missing});
  CHECK(s.code == cli::kExitFindings);
  const auto json = nlohmann::json::parse(s.out, nullptr, false);
  REQUIRE(json.is_object());
  const auto rows = json["receipts"];
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["student"] == "ada");
  CHECK(rows[0]["passed"] == true);
  CHECK(rows[0]["reached"] == 1);
  CHECK(rows[1]["passed"] == false);
  CHECK(json["alike"].empty());
  s.say({"check", "--junit", "--receipt", s.receipt(), missing});
  CHECK(s.told("<testsuite name=\"receipts\" tests=\"2\" failures=\"1\">"));
  CHECK(s.told("<testcase classname=\"first-request\" name=\"ada\" time=\""));
  CHECK(s.told("none &amp; nothing.toml: there is no such file"));
}
