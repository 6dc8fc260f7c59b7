// How a device and its driver come and go: PnP and power requests in order, starts that fail, what
// is told when nothing loads, and the unloading at the end.
#include <doctest/doctest.h>

#include "lesson/file/program_file.h"
#include "run/registry.h"
#include "tests/session/support.h"

using namespace qs;
using namespace qs::test;
using run::execute;
using run::Execution;

namespace {

using Lines = std::vector<std::string>;

run::Program plug(const char* driver, Lines lines) {
  run::Program p;
  p.name = driver;
  p.driver = run::find_driver(run::test_drivers(), std::string("session/") + driver);
  REQUIRE(p.driver);
  for (const std::string& line : lines) {
    auto input = lesson::parse_script_line(line);
    REQUIRE_MESSAGE(input.ok(), input.error().message);
    p.script.push_back(*input);
  }
  return p;
}

// The driver's callbacks in the order in which they begin, without the handlers.
Lines callbacks(const trace::Trace& t) {
  Lines out;
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i].code != trace::EventCode::CallbackEnter) continue;
    const auto kind = trace::CallbackKind(t[i].a);
    if (kind != trace::CallbackKind::EvtIoRead && kind != trace::CallbackKind::EvtIoWrite)
      out.push_back(trace::callback_name(kind));
  }
  return out;
}

Lines after(const Lines& all, size_t count) {
  return Lines(all.begin() + long(std::min(count, all.size())), all.end());
}

Lines rules(const trace::Trace& t) {
  Lines out;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::Violation || t[i].code == trace::EventCode::Finding)
      out.emplace_back(t.string(t[i].a));
  return out;
}

size_t said(const trace::Trace& t, std::string_view part) {
  size_t count = 0;
  for (size_t i = 0; i < t.size(); ++i)
    if (trace::event_level(t[i].code) != trace::EventLevel::Detail)
      count += trace::narrate(t, i).find(part) != std::string::npos;
  return count;
}

const Lines kUp = {"DriverEntry", "EvtDriverDeviceAdd", "EvtDevicePrepareHardware",
                   "EvtDeviceD0Entry", "EvtDeviceSelfManagedIoInit"};
const Lines kGone = {"EvtDriverUnload", "EvtCleanupCallback"};

Lines operator+(Lines a, const Lines& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

const Lines kDown = {"EvtDeviceSelfManagedIoSuspend", "EvtDeviceD0Exit"};
const Lines kAgain = {"EvtDeviceD0Entry", "EvtDeviceSelfManagedIoRestart"};
const Lines kRelease = {"EvtDeviceReleaseHardware"};

}  // namespace

TEST_CASE("P-36 a remove during a pending power-down waits for its turn") {
  const Execution run = execute(plug("plug", {"1ms send read 4 file=A", "2ms power down",
                                              "3ms pnp remove", "9ms send write 1 file=A"}),
                                {});
  CHECK(callbacks(*run.trace) == kUp + kDown + kRelease + kGone);
  CHECK(rules(*run.trace).empty());
}

TEST_CASE("P-36 a power-up during a pending power-down comes after it") {
  const Execution run = execute(plug("plug", {"1ms send read 4 file=A", "2ms power down",
                                              "3ms power up", "9ms send write 1 file=A"}),
                                {});
  CHECK(callbacks(*run.trace) == kUp + kDown + kAgain);
  CHECK(rules(*run.trace).empty());
}

TEST_CASE("P-36 PnP requests come one at a time, each when the one before is through") {
  const Execution run =
      execute(plug("plug", {"1ms send read 4 file=A", "2ms pnp stop", "3ms pnp start",
                            "9ms send write 1 file=A", "10ms pnp start", "11ms pnp remove"}),
              {});
  CHECK(run.outcomes[2].problem == "the last PnP request has not returned");
  CHECK(callbacks(*run.trace) == kUp + kDown + kRelease + Lines{"EvtDevicePrepareHardware"} +
                                     kAgain + kDown + kRelease + kGone);
  CHECK(rules(*run.trace).empty());
}

TEST_CASE("P-36 two removals that meet are one, and a start of a started device is none") {
  const Execution run =
      execute(plug("plug", {"1ms send read 4 file=A", "2ms pnp start", "3ms pnp remove",
                            "3ms pnp remove", "3ms pnp surprise", "9ms send write 1 file=A"}),
              {});
  CHECK(callbacks(*run.trace) == kUp + kDown + kRelease + kGone);
  CHECK(rules(*run.trace).empty());
}

TEST_CASE("P-12 of a power-down that waits for ever, only the one that waits for a queue is told") {
  const Execution run =
      execute(plug("plug", {"1ms send read 4 file=A", "2ms power down", "3ms pnp remove"}), {});
  const Lines found = rules(*run.trace);
  CHECK(std::count(found.begin(), found.end(), "P-12") == 1);
}

TEST_CASE("P-36 a start that EvtDevicePrepareHardware fails is told; nothing can be opened") {
  const Execution run = execute(plug("start-fails", {"1ms send read 4 file=A"}), {});
  CHECK(callbacks(*run.trace) == Lines{"DriverEntry", "EvtDriverDeviceAdd",
                                       "EvtDevicePrepareHardware", "EvtDeviceReleaseHardware"});
  CHECK(said(*run.trace,
             "EvtDevicePrepareHardware returned STATUS_INSUFFICIENT_RESOURCES: Device "
             "does not start.") == 1);
  CHECK(said(*run.trace, "handle A cannot be opened: the device is gone") == 1);
  CHECK(said(*run.trace, "opens the handle") == 0);
  REQUIRE(run.outcomes.size() == 1);
  CHECK_FALSE(run.outcomes[0].applied);
}

TEST_CASE("P-36 a start that EvtDeviceD0Entry fails is told; the hardware is released") {
  const Execution run = execute(plug("power-fails", {}), {});
  CHECK(callbacks(*run.trace) == Lines{"DriverEntry", "EvtDriverDeviceAdd",
                                       "EvtDevicePrepareHardware", "EvtDeviceD0Entry",
                                       "EvtDeviceReleaseHardware"});
  CHECK(said(*run.trace, "EvtDeviceD0Entry returned STATUS_UNSUCCESSFUL") == 1);
  CHECK(said(*run.trace, "cannot be opened: the device is gone") == 1);
}

TEST_CASE("P-36 a restart that EvtDeviceSelfManagedIoRestart fails turns off what it turned on") {
  const Execution run = execute(
      plug("restart-fails", {"1ms pnp stop", "3ms pnp start", "9ms send read 4 file=A"}), {});
  const Lines up = {"DriverEntry", "EvtDriverDeviceAdd", "EvtDevicePrepareHardware",
                    "EvtDeviceD0EntryPostInterruptsEnabled"};
  const Lines down = {"EvtDeviceD0ExitPreInterruptsDisabled", "EvtDeviceD0Exit",
                      "EvtDeviceReleaseHardware"};
  const Lines again = {"EvtDevicePrepareHardware", "EvtDeviceD0EntryPostInterruptsEnabled",
                       "EvtDeviceSelfManagedIoRestart", "EvtDeviceD0ExitPreInterruptsDisabled",
                       "EvtDeviceReleaseHardware"};
  CHECK(callbacks(*run.trace) == up + down + again);
  CHECK(said(*run.trace, "EvtDeviceSelfManagedIoRestart returned STATUS_UNSUCCESSFUL") == 1);
  CHECK(rules(*run.trace).empty());
}

TEST_CASE("P-30 a surprise removal gives the hardware back, once") {
  CHECK(callbacks(*execute(plug("plug", {"2ms pnp surprise"}), {}).trace) ==
        kUp + Lines{"EvtDeviceSelfManagedIoSuspend", "EvtDeviceD0Exit"} + kRelease);
  CHECK(callbacks(*execute(plug("plug", {"2ms pnp surprise", "3ms pnp remove"}), {}).trace) ==
        kUp + kDown + kRelease + kGone);
  CHECK(callbacks(*execute(plug("plug", {"2ms pnp stop", "3ms pnp surprise", "4ms pnp remove"}), {})
                       .trace) == kUp + kDown + kRelease + kGone);
}

TEST_CASE("O-15 a DriverEntry that succeeds without WdfDriverCreate is told as that") {
  const Execution run = execute(plug("no-framework", {}), {});
  CHECK(said(*run.trace,
             "DriverEntry returned STATUS_SUCCESS without a successful "
             "WdfDriverCreate") == 1);
}

TEST_CASE("O-15 when its devices are gone the driver is unloaded and deleted, as the last thing") {
  const Execution run = execute(plug("plug", {"1ms pnp remove"}), {});
  const trace::Trace& t = *run.trace;
  CHECK(callbacks(t) == kUp + kDown + kRelease + kGone);
  CHECK(said(t, "Driver 1 is deleted.") == 1);
  CHECK(t.back().code == trace::EventCode::Settled);
  CHECK(rules(t).empty());
}

TEST_CASE("O-15 what is done at the end of such a run comes before the driver is unloaded") {
  session::Session s(plug("plug", {"1ms pnp remove"}));
  s.apply(session::cmd::End{});
  const size_t branches = s.branches().size();
  act(s, session::cmd::Do{input(sched::InputKind::CloseHandle, "A", "")});
  CHECK(s.branches().size() == branches);  // nothing that happened is lost
  const session::Moment m = s.moment();
  CHECK(said(*m.trace, "The last handle to A is closed") == 1);
  CHECK(callbacks(*m.trace) == kUp + kDown + kRelease + kGone);
}

TEST_CASE("O-15 a driver whose device is there is not unloaded") {
  const Execution run = execute(plug("plug", {"1ms power down", "2ms pnp stop"}), {});
  CHECK(after(callbacks(*run.trace), kUp.size()) == kDown + kRelease);
}

TEST_CASE("O-15 U-10 what a driver leaves behind is told once it is unloaded") {
  const Execution run = execute(plug("leaves", {"1ms pnp remove"}), {});
  const trace::Trace& t = *run.trace;
  CHECK(said(t, "24 bytes of pool with tag 'Lost'") == 1);
  CHECK(said(t, "16 bytes of pool") == 0);
  CHECK(rules(t) == Lines{"U-10", "U-10"});
  bool named = false;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::Finding && t[i].s.kind() == ObjectKind::Memory)
      named = t.site_text(t[i].site).find("leaves.c:") == 0;
  CHECK(named);
}

TEST_CASE("T-22 that a target is deleted is said once") {
  const Execution run = execute(plug("plug", {"1ms pnp remove"}), {});
  CHECK(said(*run.trace, "target 1 is deleted") == 1);
  CHECK(said(*run.trace, "target 1 is closed for good") == 1);
}

TEST_CASE("D-32 the handlers of a UMDF driver run at PASSIVE_LEVEL unless it says otherwise") {
  const Execution run = execute(plug("user-mode", {"1ms send read 4 file=A irql=2"}), {});
  const trace::Trace& t = *run.trace;
  bool called = false;
  for (size_t i = 0; i < t.size(); ++i)
    if (t[i].code == trace::EventCode::CallbackEnter &&
        trace::CallbackKind(t[i].a) == trace::CallbackKind::EvtIoRead) {
      called = true;
      CHECK(t[i].irql == 0);
    }
  CHECK(called);
}
