// Long recordings opened on a thread of their own.
#include "session/opening.h"

#include <cstdio>
#include <thread>

#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;

namespace {

Result<session::Opening::Made> wait_for(session::Opening& opening) {
  while (!opening.done()) std::this_thread::yield();
  return opening.take();
}

}  // namespace

TEST_CASE("an opened recording is the session that opening it at once makes") {
  run::Program sandbox = program("sandbox");
  sched::Schedule schedule;
  schedule.inputs.push_back(input(sched::InputKind::Send, "", "read 16 file=A"));
  schedule.inputs.push_back(input(sched::InputKind::Power, "", "down"));
  const run::Execution run = run::execute(sandbox, schedule);
  const std::string file = "opening_test.qst";
  for (bool replayable : {true, false}) {
    REQUIRE(
        trace::write_trace_file(file, *run.trace, "sandbox", schedule.print(), replayable).ok());
    session::Opening opening(file);
    auto made = wait_for(opening);
    REQUIRE_MESSAGE(made.ok(), made.error().text());
    REQUIRE(made->session);
    CHECK(made->session->view_only() == !replayable);
    CHECK(bytes(*made->session->branch().execution.trace) == bytes(*run.trace));
    CHECK(made->session->branch().timeline->events_read() == run.trace->size());
    CHECK_FALSE(session::opens_slowly(file));
  }
  std::remove(file.c_str());
}

TEST_CASE("what cannot be opened is told, and opening can be given up") {
  session::Opening missing("nowhere.qst");
  auto made = wait_for(missing);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().text().find("nowhere.qst") != std::string::npos);
  { session::Opening given_up("nowhere.qst"); }
  CHECK_FALSE(session::opens_slowly("sandbox"));
  CHECK_FALSE(session::opens_slowly("nowhere.qst"));
}
