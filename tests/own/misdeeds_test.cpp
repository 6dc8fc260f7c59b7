// Everything that a hostile driver can do, in the box: the run is told to its end, at the line,
// with what happened before; and the next run is as good as the first.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "own/own.h"
#include "own/support.h"
#include "run/inputs.h"
#include "run/run.h"

using namespace qs;

namespace {

// The driver of one file in tests/own, compiled once.
const run::Program& misdeeds() {
  static const run::Program program = test::own_program("tests/own/misdeeds.c");
  return program;
}

run::Execution read_of(int length) {
  run::Program program = misdeeds();
  program.script = test::script({fmt::format("0 send read {} file=A", length)});
  return run::execute(program, {});
}

struct Misdeed {
  int length;
  const char *rule, *place;
};

}  // namespace

TEST_CASE("U-11 U-12 U-16 each misdeed of a hostile driver is told at its line" *
          doctest::skip(test::kNoBox)) {
  for (const Misdeed& m : std::initializer_list<Misdeed>{{1, "U-11", "misdeeds.c:59"},
                                                         {2, "U-12", "misdeeds.c:46"},
                                                         {3, "U-12", "misdeeds.c:65"},
                                                         {6, "U-11", "misdeeds.c:9"},
                                                         {7, "U-12", "misdeeds.c:100"},
                                                         {10, "U-16", "misdeeds.c:111"}}) {
    const run::Execution run = read_of(m.length);
    INFO("a read of ", m.length, "\n", test::last_lines(*run.trace));
    CHECK(test::last_rule(*run.trace) == m.rule);
    CHECK(test::last_place(*run.trace).starts_with(m.place));
    CHECK(test::has_event(*run.trace, trace::EventCode::Present));  // and all that was before
    CHECK(run.ended);
  }
}

TEST_CASE("a hostile driver that takes all memory, all timers or all time is ended by the engine" *
          doctest::skip(test::kNoBox)) {
  for (const int length : {4, 5, 8, 9}) {
    const run::Execution run = read_of(length);
    INFO("a read of ", length, "\n", test::last_lines(*run.trace));
    CHECK(run.trace->size() > 20);
    CHECK(test::has_event(*run.trace, trace::EventCode::Present));
  }
}

TEST_CASE("after a misdeed the next run is as ever" * doctest::skip(test::kNoBox)) {
  const std::string before = test::bytes_of(read_of(16));
  read_of(3);
  CHECK(test::bytes_of(read_of(16)) == before);
}

TEST_CASE("system calls, the end of the process and what runs at loading are told" *
          doctest::skip(test::kNoBox)) {
  const run::Program program = test::own_program("tests/own/escapes.c");
  for (const int length : {1, 2, 3, 4, 5, 6, 7}) {
    run::Program p = program;
    p.script = test::script({fmt::format("0 send read {} file=A", length)});
    const run::Execution run = run::execute(p, {});
    INFO("a read of ", length, "\n", test::last_lines(*run.trace));
    CHECK(test::last_rule(*run.trace) == "U-12");
    CHECK(test::last_place(*run.trace).starts_with("escapes.c:"));
    CHECK(run.ended);
  }
}

TEST_CASE("a driver that writes over what is recorded of it shows nothing, and harms nothing" *
          doctest::skip(test::kNoBox)) {
  run::Program p = test::own_program("tests/own/forger.c");
  for (const int length : {1, 2, 3}) {
    p.script = test::script({fmt::format("0 send read {} file=A", length)});
    const run::Execution run = run::execute(p, {});
    INFO("a read of ", length, "\n", test::last_lines(*run.trace));
    const std::string rule = test::last_rule(*run.trace);
    CHECK((rule == "U-12" || rule == "U-11"));  // whichever it hits first
    CHECK(run.ended);
  }
}

TEST_CASE("runs leave no process, no descriptor and no file") {
  const auto count = [](const char* folder) {
    size_t n = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++n;
    return n;
  };
  const auto children = [] {
    std::ifstream list("/proc/self/task/" + std::to_string(getpid()) + "/children");
    size_t n = 0;
    for (std::string id; list >> id;) ++n;
    return n;
  };
  const size_t processes = children(), descriptors = count("/proc/self/fd");
  {
    run::Program p = test::own_program("tests/own/escapes.c");
    p.script = test::script({"0 send read 16 file=A"});
    const std::string first = test::bytes_of(run::execute(p, {}));
    int runs = 40;  // QS_SOAK=1: a thousand
    if (std::getenv("QS_SOAK")) runs = 1000;
    for (int i = 0; i < runs; ++i) CHECK(test::bytes_of(run::execute(p, {})) == first);
    CHECK(children() == processes + 1);
  }
  CHECK(children() == processes);
  CHECK(count("/proc/self/fd") == descriptors);
}
