// What the command line writes: whole or not at all, and an exit code that tells.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "cli/cli.h"
#include "tests/support/folder.h"
#include "tests/support/full_disk.h"

using namespace qs;
using qs::test::Folder;

namespace {

bool has_part(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

struct Wrote {
  int code;
  std::string out, err;
};

Wrote say_and_write(std::vector<std::string> words) {
  std::ostringstream out, err;
  const int code = cli::run_cli(words, out, err, false, {});
  return {code, out.str(), err.str()};
}

}  // namespace

TEST_CASE("a standard output that takes nothing gives exit code 2 and a sentence") {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"list"},
                                             {"--help"},
                                             {"--version"},
                                             {"explain"},
                                             {"run", "first-request"},
                                             {"run", "first-request", "--json"},
                                             {"trace", "print", "first-request"},
                                             {"trace", "export", "first-request"},
                                             {"check", "first-request"}}) {
    CAPTURE(words[0]);
    std::ofstream full("/dev/full");
    std::ostringstream err;
    CHECK(cli::run_cli(words, full, err, false, {}) == cli::kExitUsage);
    CHECK_MESSAGE(has_part(err.str(), "queuescope: what is to be printed cannot be written"),
                  err.str());
  }
}

TEST_CASE("a full disk: exit code 2, a sentence, and the old file is as it was") {
  const Folder f("cli-full");
  const std::vector<std::vector<std::string>> commands = {
      {"run", "first-request", "-o", f.file("a")},
      {"trace", "export", "first-request", "-o", f.file("a")},
      {"trace", "export", "first-request", "--format", "perfetto", "-o", f.file("a")},
      {"trace", "export", "first-request", "--format", "mermaid", "-o", f.file("a")}};
  for (const auto& words : commands) {
    CAPTURE(words.back());
    f.put("a", "the good one");
    const int code = test::on_full_disk(64, [&] {
      const Wrote s = say_and_write(words);
      return has_part(s.err,
                      "cannot be written: File too large; the file that is there stays as it was")
                 ? s.code
                 : 99;
    });
    CHECK(code == cli::kExitUsage);
    CHECK(f.text("a") == "the good one");
    CHECK(say_and_write(words).code == cli::kExitOk);
    CHECK(f.text("a").size() > 100);
  }
  CHECK(f.names() == std::vector<std::string>{"a"});
}

TEST_CASE("output goes into devices as they are, and their errors are told") {
  for (const char* command : {"run", "export"}) {
    std::vector<std::string> words = {"run", "first-request", "-o", "/dev/full"};
    if (std::string(command) == "export") words.insert(words.begin(), "trace"), words[1] = command;
    const Wrote s = say_and_write(words);
    CHECK(s.code == cli::kExitUsage);
    CHECK(has_part(s.err, "/dev/full: cannot be written: No space left on device"));
    words.back() = "/dev/null";
    CHECK(say_and_write(words).code == cli::kExitOk);
  }
}
