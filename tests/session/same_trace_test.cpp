// Two runs of one program are equal byte for byte, in whatever process: no address of the machine
// reaches a recording.
#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "run/registry.h"
#include "tests/session/support.h"
#include "tests/support/folder.h"

extern char** environ;

using namespace qs;
using namespace qs::test;

namespace {

constexpr const char* kVariable = "QS_TRACE_TO";

run::Program addresses() {
  run::Program p;
  p.name = "addresses";
  p.driver = run::find_driver(run::test_drivers(), "session/addresses");
  REQUIRE(p.driver);
  for (const char* text : {"ioctl 4 out=64 file=A", "ioctl 4 out=64 file=A"})
    p.script.push_back(input(sched::InputKind::Send, "", text));
  return p;
}

// Runs this executable once more, for the case that writes its trace to `path`.
void run_apart(const std::string& path) {
  setenv(kVariable, path.c_str(), 1);
  std::string self = "/proc/self/exe", which = "--test-case=a trace for another process",
              quiet = "--minimal";
  char* arguments[] = {self.data(), which.data(), quiet.data(), nullptr};
  pid_t child = 0;
  REQUIRE(posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, arguments, environ) == 0);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  unsetenv(kVariable);
  CHECK(status == 0);
}

}  // namespace

TEST_CASE("a trace for another process") {
  const char* path = std::getenv(kVariable);
  if (!path) return;
  std::ofstream out(path, std::ios::binary);
  out << bytes(*run::execute(addresses(), {}).trace);
  REQUIRE(out.good());
}

TEST_CASE("two runs are equal byte for byte, in two processes and in one that has run others") {
  const Folder folder("same-trace");
  run_apart(folder.file("one"));
  run_apart(folder.file("two"));
  const std::string one = folder.text("one");
  REQUIRE(one.size() > 1000);
  CHECK(one == folder.text("two"));
  (void)run::execute(program("sandbox"), {});
  CHECK(bytes(*run::execute(addresses(), {}).trace) == one);
}

TEST_CASE("addresses are shown so that their differences stay true") {
  const auto run = run::execute(addresses(), {});
  const trace::Trace& t = *run.trace;
  std::vector<std::string> texts;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::DebugText) texts.emplace_back(t.string(t[i].a));
  const auto number_after = [&](const std::string& text, const char* words) {
    const size_t at = text.find(words);
    REQUIRE_MESSAGE(at != std::string::npos, text);
    return std::strtoull(text.c_str() + at + std::strlen(words), nullptr, 16);
  };
  for (const std::string& text : texts)
    if (text.find("request ") == 0) {
      INFO(text);
      const auto big = number_after(text, "big "), context = number_after(text, "context ");
      CHECK(number_after(text, "+ 8 = ") == big + 8);
      CHECK(number_after(text, "+ 4 = ") == context + 4);
      CHECK((big >> 40) == 0xFFFFE1);
      CHECK((context >> 40) == 0xFFFFE0);
    }
  const auto said = [&](const char* text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
  };
  CHECK(said("no addresses: 0000000000000000 0000000000001234 FFFFFFFFFFFFFFFF"));
}
