// Synchronous handles: one call at a time, kept at the application.
#include "tests/run/played_run.h"

using namespace qs;
using namespace qs::test;

namespace {

// Reads on the synchronous A wait in the driver; a write on B, which is not, completes the oldest.
PlayedRun play_script(std::string_view script) {
  return play(
      fmt::format("apps = [{{ name = \"notepad\", files = [\"A\"], synchronous = true }},\n"
                  "        {{ name = \"backup\", files = [\"B\"] }}]\nscript = [{}]",
                  script));
}

const model::FileView& file(const PlayedRun& t, std::string_view name) {
  const model::FileView* f = t.model.file(t.run.trace->named(name, ObjectKind::FileObject));
  REQUIRE(f);
  return *f;
}

constexpr const char* kTwoReads = "\"0 send read 16 file=A\", \"1ms send read 16 file=A\"";

}  // namespace

TEST_CASE("L-12 the second call on a synchronous handle waits at its sender") {
  const PlayedRun t = play_script(kTwoReads);
  CHECK(t.rules.empty());
  CHECK(t.outcome("R1") == "waiting");
  CHECK(t.outcome("R2") == "sender");
  CHECK(file(t, "A").synchronous);
  CHECK(t.run.trace->name(file(t, "A").call) == "R1");
  CHECK_FALSE(file(t, "B").synchronous);
  CHECK(has(t.story(),
            "R2 waits at its sender: the handle A is synchronous, and R1 is not "
            "complete."));
  const model::RequestView* r2 = t.model.request(t.run.trace->named("R2", ObjectKind::Request));
  REQUIRE(r2);
  CHECK(model::handle_wait(t.model, *t.run.trace, *r2) ==
        "waits: this handle is synchronous, R1 is not complete");
}

TEST_CASE("L-12 it goes on when the first one has returned, with its status") {
  const PlayedRun t = play_script(std::string(kTwoReads) +
                                  ", \"2ms send write 4 file=B\", \"3ms send write 4 file=B\"");
  CHECK(t.rules.empty());
  CHECK(t.outcome("R1") == "STATUS_SUCCESS 16");
  CHECK(t.outcome("R2") == "STATUS_SUCCESS 16");
  CHECK_FALSE(file(t, "A").call);
  CHECK(has(t.story(), "The call that sent R1 returns STATUS_SUCCESS to notepad."));
  const trace::Trace& trace = *t.run.trace;
  size_t returned = 0, arrived = 0;
  for (size_t i = 0; i < trace.size(); ++i) {
    if (trace[i].code == trace::EventCode::SendReturned && trace.name(trace[i].s) == "R1")
      returned = i;
    if (trace[i].code == trace::EventCode::Arrive && trace.name(trace[i].s) == "R2") arrived = i;
  }
  CHECK(returned > 0);
  CHECK(returned < arrived);
}

TEST_CASE("L-13 a cancel reaches the call that has the handle, not the one that waits") {
  const PlayedRun first = play_script(std::string(kTwoReads) + ", \"2ms cancel R1\"");
  CHECK(first.outcome("R1") == "STATUS_CANCELLED 0");
  CHECK(first.outcome("R2") == "waiting");  // it has arrived now

  const PlayedRun second = play_script(std::string(kTwoReads) + ", \"2ms cancel R2\"");
  CHECK(second.outcome("R1") == "waiting");
  CHECK(second.outcome("R2") == "sender");
  CHECK(has(second.story(), "There is nothing to cancel: R2 has not been sent"));
}

TEST_CASE("L-13 closing the handle waits behind its calls") {
  const PlayedRun t = play_script(std::string(kTwoReads) + ", \"2ms close A\"");
  CHECK(file(t, "A").state == 0);  // not cleaned up
  CHECK(has(t.story(), "notepad waits at its sender: the handle A is synchronous"));

  const PlayedRun done = play_script(std::string(kTwoReads) +
                                     ", \"2ms close A\", \"3ms send write 4 file=B\", "
                                     "\"4ms send write 4 file=B\"");
  CHECK(done.outcome("R2") == "STATUS_SUCCESS 16");
  CHECK(has(done.story(), "A is closed for good."));
}

TEST_CASE("L-13 an application that exits cancels its call, and those that wait go unsent") {
  const PlayedRun t = play_script(std::string(kTwoReads) + ", \"2ms exit notepad\"");
  CHECK(t.rules.empty());
  CHECK(t.outcome("R1") == "STATUS_CANCELLED 0");
  CHECK(t.outcome("R2") == "STATUS_CANCELLED 0");
  CHECK_FALSE(has(t.story(), "R2 arrives"));
  CHECK(has(t.story(), "notepad exits; its handles are closed."));
}

TEST_CASE("L-12 a handle can be opened as a synchronous one") {
  const PlayedRun t = play_script(
      "\"0 open C backup synchronous\", \"1ms send backup read 16 file=C\", "
      "\"2ms send backup read 16 file=C\"");
  CHECK(file(t, "C").synchronous);
  CHECK(t.outcome("R2") == "sender");
}

TEST_CASE("U-01 says whose call waits behind a request that is never completed") {
  const PlayedRun t = play(
      "apps = [{ name = \"notepad\", files = [\"A\"], synchronous = true }]\n"
      "script = [\"0 send ioctl 4 code=24 file=A\", \"1ms send read 16 file=A\"]");
  CHECK(t.rules == "U-01");
  CHECK_MESSAGE(has(t.reasons, "R1 waits at its sender behind it: A is synchronous"), t.reasons);
}
