// What a driver sees of IRPs, and what becomes of a file object whose open fails.
#include "tests/run/played_run.h"

using namespace qs;
using namespace qs::test;

namespace {

PlayedRun play_irps(std::string_view script, std::string_view files = "\"A\"") {
  return play(
      fmt::format("apps = [{{ name = \"notepad\", files = [{}] }}]\nscript = [{}]", files, script),
      "irps");
}

// What the driver printed, a line each.
std::string printed(const PlayedRun& t) {
  std::string out;
  for (size_t i = 0; i < t.run.trace->size(); ++i)
    if (const trace::Event& e = (*t.run.trace)[i]; e.code == trace::EventCode::DebugText)
      out += std::string(t.run.trace->string(e.a)) + "\n";
  return out;
}

}  // namespace

TEST_CASE("R-07 an IRP has a stack location with what was asked, wherever a driver gets it") {
  const PlayedRun t = play_irps(
      "\"0 send read 16 file=A\", \"1ms send write 4 file=A data=\\\"abcd\\\"\", "
      "\"2ms send ioctl 4 out=8 code=0x22200c file=A\", "
      "\"3ms send ioctl 4 out=8 code=0x22200d file=A\"");
  CHECK(t.rules.empty());
  CHECK(printed(t) ==
        "create: major 0, device ours, file there\n"
        "create: disposition 1\n"
        "caller: major 3, device ours, file there\n"
        "caller: read 16 at 0\n"
        "read: major 3, device ours, file there\n"
        "read: read 16 at 0\n"
        "caller: major 4, device ours, file there\n"
        "caller: write 4 of a\n"
        "write: major 4, device ours, file there\n"
        "write: write 4 of a\n"
        "write: next 4, 4 bytes\n"
        "caller: major e, device ours, file there\n"
        "caller: code 22200c in 4 out 8, buffers 1 0 0\n"
        "control: major e, device ours, file there\n"
        "control: code 22200c in 4 out 8, buffers 1 0 0\n"
        "caller: major e, device ours, file there\n"
        "caller: code 22200d in 4 out 8, buffers 1 1 0\n"
        "control: major e, device ours, file there\n"
        "control: code 22200d in 4 out 8, buffers 1 1 0\n");
}

TEST_CASE("S-05 the IRP that is examined when memory is short has its stack location, too") {
  const PlayedRun t = play_irps("\"0 memory none\", \"0 send read 16 file=A\"");
  CHECK(t.rules.empty());
  CHECK(has(printed(t),
            "examined: major 3, device ours, file there\n"
            "examined: read 16 at 0\n"
            "read: major 3, device ours, file there\n"));
  CHECK(t.outcome("R1") == "STATUS_SUCCESS 16");
}

TEST_CASE("L-04 O-12a a file object whose open fails is deleted, with what is below it") {
  const PlayedRun t = play_irps("\"9ms exit notepad\"", "\"A\", \"B\"");
  CHECK(t.rules.empty());  // no leak
  CHECK(printed(t) ==
        "create: major 0, device ours, file there\n"
        "create: disposition 1\n"
        "create: major 0, device ours, file there\n"
        "create: disposition 1\n"
        "cleanup of file object 2\n"
        "destroy of file object 2\n"
        "refused\n"
        "EvtFileCleanup of 1\n"
        "EvtFileClose of 1\n"
        "cleanup of file object 1\n"
        "destroy of file object 1\n");
}
