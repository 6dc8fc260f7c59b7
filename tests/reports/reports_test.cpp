// Every rule that the engine can report is broken here by a small driver, and what the terminal
// says of it is read: the rule, the line, the call, the numbers, and what to do instead.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "base/toml.h"
#include "cli/narration.h"
#include "lesson/file/program_file.h"
#include "model/apply/apply.h"
#include "model/queries/queries.h"
#include "reports/drivers/mistakes.h"
#include "run/registry.h"
#include "run/run.h"
#include "trace/events/words.h"
#include "trace/rules/rules.h"
#include "trace/rules/verdict.h"
#include "verify/explain.h"

using namespace qs;

namespace {

struct Row {
  const char* rules;  // all that are reported, in order: "V-07 V-08"
  const char* driver;
  unsigned mistake;                      // its control code, divided by 4
  std::array<const char*, 3> says = {};  // what the texts must say
  const char* more = "";                 // further lines of the script
  const char* keys = "";                 // further keys of the program
};

constexpr const char* kOff = "options = [\"verifier=off\"]";
constexpr const char* kLower = "lower = { delay_us = 3000 }";
constexpr const char* kLowerOff = "lower = { delay_us = 3000 }\noptions = [\"verifier=off\"]";
constexpr const char* kSlot = "hardware = \"slot\"";
constexpr const char* kSleep = ", \"2ms power down\"";
constexpr const char* kFile = "apps = [{ name = \"notepad\", files = [\"A\"] }]";

constexpr Row rows[] = {
    // --- requests ---
    {"V-05",
     "requests",
     NotOwner,
     {"WdfRequestComplete was called for C1", "it waits in a queue", "it was given away at"}},
    {"K-12", "requests", NotOwner, {"C1 was completed although it waits", "given"}, "", kOff},
    {"V-06", "requests", CompletedTwice, {"C1 was completed a second time"}},
    {"K-11", "requests", CompletedTwice, {"C1 was completed again"}, "", kOff},
    {"V-07", "requests", CompletedCancelable, {"WdfRequestComplete completed C1"}},
    {"K-10", "requests", CompletedCancelable, {"C1 was completed while"}, "", kOff},
    {"V-07 V-08 V-08", "requests", CompletedBeforeCancel, {}, ", \"1ms cancel C1\""},
    {"V-09", "requests", InformationTooLong, {"100 > 8"}},
    {"V-10", "requests", MemoryReferenced, {"1 of its references"}},
    {"V-12", "requests", MarkedTwice, {"WdfRequestMarkCancelable was called for C1"}},
    {"V-13", "requests", NoQueue, {"WdfRequestMarkCancelable needs the queue of request"}},
    {"V-14", "requests", UnmarkedUnmarked},
    {"C-32", "requests", UnmarkedUnmarked, {}, "", kOff},
    {"V-15", "requests", ForwardedCancelable, {"WdfRequestForwardToIoQueue was called for C1"}},
    {"V-16", "requests", ForwardedToSame, {"it is in that queue already"}},
    {"V-18", "requests", RequeuedParallel, {"default is not a manual queue"}},
    {"V-25", "requests", EnqueuedTwice},
    {"V-26", "requests", RawBuffer, {"WdfRequestRetrieveUnsafeUserOutputBuffer"}},
    {"V-26a", "requests", LockedAtDispatch, {"DISPATCH_LEVEL"}},
    {"V-31", "requests", IrpAfterComplete},
    {"R-07", "requests", GoneHandle, {"WdfRequestGetStatus was called for"}, "", kOff},
    {"R-07", "requests", UsedCompleted, {"WdfRequestSetInformation was called for C1"}},
    {"C-40", "requests", AskedCancelable, {"WdfRequestIsCanceled"}},
    {"K-01", "requests", Pending},
    {"K-13", "requests", OwnRequest, {"WdfRequestComplete was called for request"}},
    {"V-39", "requests", OwnRequest, {"WdfRequestComplete was called for request"}, "", kOff},
    {"V-47", "requests", DeletedTooEarly},
    {"C-08", "requests", ForwardedCanceled, {"WdfRequestForwardToIoQueue"}, ", \"1ms cancel C1\""},
    {"U-09", "requests", TouchedAfterComplete, {"it writes the buffer of C1", "requests.c:159"}},
    {"U-10", "requests", ReferenceKept},
    {"V-04", "requests", NullHandle, {"WdfRequestComplete was given", "the handle is NULL"}},
    {"V-40", "requests", DereferencedTooOften},
    {"V-27", "requests", AcknowledgedUnasked},
    {"U-01", "requests", Kept, {"EvtIoDeviceControl"}},
    {"H-01", "requests", InformationForgotten, {"ends at byte 8"}},
    {"H-02", "requests", NothingWritten, {"8"}},
    {"H-04", "requests", AnswerWithError},
    {"H-03", "requests", 0, {}, ", \"1ms send write 4\""},
    // --- queues ---
    {"V-19", "queues", StoppedTwice, {"WdfIoQueueStop was called for default"}},
    {"Q-14",
     "queues",
     StoppedInHandler,
     {"WdfIoQueueStopSynchronously was called for second", "the driver owns C1"}},
    {"Q-10", "queues", DrainedStopped, {"second was told to drain"}},
    {"V-20", "queues", SyncAtDispatch, {"WdfIoQueueStopSynchronously was called for second"}},
    {"V-21", "queues", NotifiedParallel, {"refused for default"}},
    {"G-01", "queues", RetrievedParallel},
    {"V-22", "queues", RetrievedIdle},
    {"V-23", "queues", SearchedParallel, {"WdfIoQueueFindRequest was called for default"}},
    {"V-24", "queues", SearchedFromNowhere},
    {"V-29", "queues", DeletedDefault},
    {"O-10", "queues", DeletedInHandler, {"the driver owns C1", "The deletion of second"}},
    {"G-10", "queues", FoundAndKept},
    {"D-14", "queues", EndlessNotify, {"ReadyNotify of manual"}},
    {"V-17", "queues", ForwardedToParent},
    {"P-12", "queues", StopUnanswered, {"the driver owns C1 (", "its EvtIoStop returned"}, kSleep},
    {"P-25", "queues", StopAnsweredLate, {}, kSleep},
    {"F-31", "queues", StopAnsweredCancelable, {}, kSleep},
    {"V-28", "queues", StopAnsweredSlowly, {"70 s"}, kSleep},
    // --- locks, threads, timers, the hardware ---
    {"V-41", "waits", LockedTwice},
    {"V-42", "waits", LockOfNothing, {"an object has no lock"}},
    {"V-42", "waits", ReleasedUntaken, {"nobody holds it"}},
    {"V-43", "waits", LockKept, {"PASSIVE_LEVEL and returned at DISPATCH_LEVEL"}},
    {"U-04", "waits", WaitedAtDispatch, {"KeWaitForSingleObject would have to wait"}},
    {"U-05", "waits", WrongIrql, {"WdfWorkItemFlush", "DISPATCH_LEVEL > PASSIVE_LEVEL"}},
    {"U-02", "waits", SpinLockTwice, {"WdfSpinLockAcquire", "ring: "}},
    {"U-03", "waits", CrossedLocks, {"ring: ", "wait lock 1", "wait lock 2"}},
    {"U-14",
     "waits",
     NobodySets,
     {"waits in KeWaitForSingleObject", "nobody has called KeSetEvent"}},
    {"U-15", "waits", ThreadLeft, {"PollMain"}, ", \"2ms pnp remove\""},
    {"V-48", "waits", TimerStopsItself, {"WdfTimerStop"}},
    {"V-48a V-48", "waits", TimerDeletesItself, {"WdfObjectDelete"}},
    {"O-12", "waits", StartedDeleted, {"its deletion has begun"}},
    {"U-12", "waits", Crashed, {"it used a pointer that is NULL"}},
    {"U-12", "crashes", CalledItself, {"it used up its stack", "crashes.c:47"}},
    {"U-12", "crashes", CalledItselfThroughCalls, {"it used up its stack"}},
    {"U-12", "crashes", LargeLocal, {"it used up its stack", "crashes.c:61"}},
    {"U-12", "crashes", Divided, {"a division by zero", "crashes.c:93"}},
    {"U-12", "crashes", UsedUnset, {"a pointer that is no address", "crashes.c:96"}},
    {"U-12", "crashes", CopiedFromNull, {"the pointers that it was given", "crashes.c:99"}},
    {"U-12", "crashes", GaveUnset, {"the pointers that it was given", "crashes.c:102"}},
    {"U-16",
     "crashes",
     WroteBehindPool,
     {"it writes 1 byte at offset 20 of pool allocated at ", "which has 20"}},
    {"U-16", "crashes", ReadFreedPool, {"it reads pool given back at "}},
    {"U-16", "crashes", ClearedTooMuch, {"it writes 64 bytes at offset 0 of the context of"}},
    {"U-16", "crashes", UsedGoneContext, {"it writes the context of", ", gone at "}},
    {"U-16", "crashes", UsedGoneMemory, {"it reads the buffer of"}},
    {"U-16", "crashes", CopiedTooMuch, {"it writes 64 bytes at offset 0 of pool"}},
    {"U-13", "waits", NotSimulated, {"WdfRequestCreateFromIrp"}},
    {"U-11", "waits", Endless},
    {"U-06", "waits", ChannelBusy, {}, "", kSlot},
    {"U-07", "waits", ChannelInLowPower, {}, kSleep, kSlot},
    // --- targets ---
    {"V-32", "targets", SentUnformatted, {}, "", kLower},
    {"V-33", "targets", SentTwice, {"WdfRequestSend was called for C1"}, "", kLower},
    {"V-34", "targets", SentWithoutRoutine, {}, "", kLower},
    {"V-35", "targets", SentAndForgotten, {}, "", kLower},
    {"V-36", "targets", WrongOptions, {}, "", kLower},
    {"V-37",
     "targets",
     FormattedCompleted,
     {"WdfRequestFormatRequestUsingCurrentType"},
     "",
     kLower},
    {"V-38", "targets", ReusedSent, {"WdfRequestReuse"}, "", kLower},
    {"T-02", "targets", DeletedSenders, {"WdfObjectDelete was called for C1"}, "", kLower},
    {"T-05", "targets", FormattedSent, {}, "", kLower},
    {"T-10", "targets", SentToNobody, {}, "", kLower},
    {"T-19",
     "targets",
     StoppedByTwo,
     {"WdfIoTargetStop", "let go for another thread"},
     ", \"1ms send ioctl 4 out=8 code=52\", \"2ms send ioctl 4 out=8 code=52\"",
     kLower},
    {"C-61", "targets", SentCancelable, {}, "", kLower},
    {"K-12", "targets", CompletedSent, {}, "", kLowerOff},
    // --- set-up and power ---
    {"A-18", "caller", 0, {"no queue takes such requests", "WdfDeviceEnqueueRequest found"}},
    {"V-45 V-46 O-11 V-30 D-17",
     "setup",
     0,
     {"WdfWorkItemCreate failed"},
     ", \"1ms send read 4 file=A\"",
     kFile},
    {"U-02", "naps", 2, {"WdfDeviceStopIdle"}},
    {"P-36",
     "naps",
     1,
     {"EvtDeviceD0Entry has failed", "behind it, "},
     ", \"20ms pnp queryremove\""},
};

// Rules that have an explanation and that no driver can make the engine report.
struct Silent {
  const char* rule;
  const char* why;
};
constexpr Silent silent[] = {
    {"Q-13", "reported as V-19, which names the verifier's number of the same mistake"},
    {"V-11", "an application here that expects no bytes gives no pointer for them either (K-15)"},
    {"V-44", "under the verifier V-05 refuses each call that could reach it"},
    {"U-08", "only the search of schedules follows which memory threads use"},
};

struct Played {
  run::Program program;
  run::Execution run;
  model::Model model;
  std::string rules, told;
};

std::string rules_of(const Played& p) {
  std::string out;
  for (const auto* list : {&p.model.verdicts, &p.model.hints})
    for (const model::Verdict& v : *list)
      out += (out.empty() ? "" : " ") + std::string(p.run.trace->string(v.rule));
  return out;
}

Played play(const Row& row) {
  const std::string text = fmt::format(
      "[program]\ndriver = \"reports/{}\"\nqueues = [\"default\", \"second\", \"manual\"]\n"
      "script = [\"0 send ioctl 4 out=8 code={}\"{}]\n{}\n",
      row.driver, row.mistake * 4, row.more, row.keys);
  auto root = parse_toml(text, "row.toml");
  REQUIRE_MESSAGE(root.ok(), root.error().text());
  auto program =
      lesson::parse_program(*(*root)["program"].as_table(), "row", "row.toml", run::test_drivers());
  REQUIRE_MESSAGE(program.ok(), program.error().text());
  Played out;
  out.program = *program;
  out.run = run::execute(out.program, {});
  for (size_t i = 0; i < out.run.trace->size(); ++i) model::apply(out.model, (*out.run.trace)[i]);
  out.rules = rules_of(out);
  out.told = cli::Narration{*out.run.trace, &out.program}.summary(out.model);
  return out;
}

// The line of the driver that the site names; "" when it is none of its lines.
std::string line_at(const Played& p, trace::Site site) {
  if (!site) return {};
  for (const EmbeddedFile& file : p.program.driver->sources()) {
    if (p.run.trace->files()[site.file()] != file.name) continue;
    std::istringstream in{std::string(file.text())};
    std::string line;
    for (uint32_t n = 0; n < site.line(); ++n) std::getline(in, line);
    return line;
  }
  return {};
}

// What a careful reader would object to; "" for nothing.
std::string objection(const std::string& told) {
  static const std::regex placeholder(R"(\{[A-Za-z]*\}?)");
  static const std::regex words(
      "can not|[Cc]ancelled|[Cc]ancelling|ehaviour|colour|[ls]ised|for ever\\b|grey|whilst"
      "|[^.]\\.\\.(?!\\.)|,,| \\.(?!\\.\\.)| ,|\\bthe the\\b|\\ba an\\b|\\ba (EvtIo|object)"
      "|Here: [^\n]*[^.]\n");
  std::smatch found;
  if (std::regex_search(told, found, placeholder)) return "a blank is left: " + found.str();
  if (std::regex_search(told, found, words)) return "it says \"" + found.str() + "\"";
  return {};
}

void read(const Row& row, const Played& p) {
  CHECK(p.rules == row.rules);
  CHECK_MESSAGE(objection(p.told).empty(), objection(p.told), "\nin ", p.told);
  for (const char* says : row.says)
    if (says) CHECK_MESSAGE(p.told.find(says) != std::string::npos, says, "\nis not in ", p.told);
  for (const auto* list : {&p.model.verdicts, &p.model.hints})
    for (const model::Verdict& v : *list) {
      const std::string rule(p.run.trace->string(v.rule));
      CAPTURE(rule);
      const verify::Explanation* x = verify::explain(rule);
      REQUIRE(x);
      CHECK(x->how.size() > 30);
      // The call that it names stands in the line that it names.
      const std::string call = model::call_of(*p.run.trace, v), line = line_at(p, v.site);
      CAPTURE(line);
      if (!call.empty() && !line.empty()) CHECK(line.find(call) != std::string::npos);
      if (x->what.find("{fn}") != x->what.npos) CHECK(!call.empty());
    }
}

bool has_word(std::string_view words, std::string_view word) {
  return (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}

}  // namespace

TEST_CASE("each mistake is reported once, by its rule, and the text about it can be read") {
  for (const Row& row : rows) {
    INFO(row.rules, " by ", row.driver, " ", row.mistake);
    read(row, play(row));
  }
}

TEST_CASE("each rule that has an explanation is reported by one of them, or cannot be") {
  for (const verify::Explanation& x : verify::all_explanations()) {
    const std::string rule(x.rule);
    CAPTURE(rule);
    const bool fires = std::any_of(std::begin(rows), std::end(rows),
                                   [&](const Row& r) { return has_word(r.rules, rule); });
    const bool cannot = std::any_of(std::begin(silent), std::end(silent),
                                    [&](const Silent& s) { return rule == s.rule; });
    CHECK(fires != cannot);
  }
}

TEST_CASE("each rule with a severity has an explanation") {
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    if (rule.severity != trace::Severity::None) CHECK(verify::explain(rule.id) != nullptr);
  }
}

TEST_CASE(
    "T-17 a cancel of what is done already, by a handle that a reference keeps, is no mistake") {
  CHECK(play({"", "targets", CanceledTooLate, {}, "", kLower}).rules.empty());
}

TEST_CASE("T-19 the completion routine of the only request out may stop the target") {
  const Played p = play({"", "targets", StoppedInRoutine, {}, "", "lower = {}"});
  CHECK(p.rules.empty());
  CHECK(p.model.done_total == 1);
}

TEST_CASE("P-35 WdfDeviceStopIdle waits for a device that is leaving D0, and for its return") {
  const Played p = play({"", "naps", 3, {}, ", \"10ms send ioctl 4 code=16\""});
  CHECK(p.rules.empty());
  CHECK(p.told.find("2 sent, 2 done") != std::string::npos);
  const model::RequestView* r = p.model.request(p.run.trace->named("C2", ObjectKind::Request));
  REQUIRE(r);
  CHECK(trace::status_text(r->status) == "STATUS_SUCCESS");
  CHECK(p.model.time > 25'000);  // the exit took 20 ms from the fifth on
}

TEST_CASE("P-36 a device that cannot be powered up answers WdfDeviceStopIdle, and goes") {
  const Played p = play({"", "naps", 1, {}, ", \"20ms send ioctl 4 code=16\""});
  CHECK(p.rules.empty());
  const model::RequestView* r = p.model.request(p.run.trace->named("C2", ObjectKind::Request));
  REQUIRE(r);
  CHECK(trace::status_text(r->status) == "STATUS_POWER_STATE_INVALID");
}
