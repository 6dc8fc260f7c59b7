// Words: every number of an enumeration has one, status values go both ways, times read well.
#include "trace/events/words.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>

using namespace qs;

namespace {

template <class E>
void check_enum(E last) {
  std::set<std::string> seen;
  for (int i = 0; i <= int(last); ++i) {
    std::string word = words(E(i));
    CHECK_FALSE(word.empty());
    CHECK(word != "?");
    CHECK_MESSAGE(seen.insert(word).second, word);
  }
  CHECK(std::string(words(E(int(last) + 1))) == "?");
}

// Names and values of a list of QS_STATUS rows.
std::map<std::string, std::string> rows(const char* path) {
  std::map<std::string, std::string> out;
  std::ifstream in(path);
  REQUIRE(in.good());
  std::string line;
  while (std::getline(in, line)) {
    size_t open = line.find("QS_STATUS(STATUS_"), comma = line.find(','), close = line.find(')');
    if (open != 0 || comma == std::string::npos) continue;
    out[line.substr(10, comma - 10)] = line.substr(comma + 2, close - comma - 2);
  }
  return out;
}

}  // namespace

TEST_CASE("every value of every enumeration has a word of its own") {
  check_enum(QueuePower::RestartingDriverNotified);
  check_enum(RemoveReason::Cleanup);
  check_enum(ChargeReason::CanceledOnQueue);
  check_enum(UnchargeReason::SendAndForget);
  check_enum(OwnReason::ReservedSetup);
  check_enum(GiveUpReason::StopAck);
  check_enum(ThreadKind::Setup);
  check_enum(WaitReason::SyncHandle);
  check_enum(DeferReason::LockHeldByThread);
  check_enum(DevicePower::Unspecified);
  check_enum(DevicePnp::Removed);
  check_enum(PowerPhase::IdleStopped);
  check_enum(TargetState::Purged);
  check_enum(MemoryMode::NthFails);
  check_enum(RunOption::BreakOnError);
  check_enum(RunEnd::Endless);
  check_enum(LoopStep::NothingToDo);
  check_enum(Scope::Device);
  CHECK(std::string(words(RequestType::DeviceControl)) == "device control");
  CHECK(std::string(words(RequestType(0x77))) == "?");
  CHECK(std::string(words(Dispatch::Manual)) == "manual");
}

TEST_CASE("queue flags and configurations in words") {
  CHECK(queue_flags_words(kAccept | kDispatch) == "accepting, dispatching");
  CHECK(queue_flags_words(kAccept | kPurgeLatch, kSlotIdle) ==
        "accepting, not dispatching, purge latch set, StopComplete due");
  CHECK(queue_flags_words(0) == "refusing arrivals, not dispatching");
  CHECK(queue_config_words(2, 0xFFFFFFFFu) == "parallel");
  CHECK(queue_config_words(2 | kConfigPowerManaged, 2) ==
        "parallel, at most 2 at a time, power-managed");
  CHECK(queue_config_words(1 | 2 << kConfigScopeShift | kConfigPassive, 0) ==
        "sequential, scope device, passive level");
}

TEST_CASE("status values go both ways") {
  CHECK(status_text(0) == "STATUS_SUCCESS");
  CHECK(status_text(int32_t(0xC0000120)) == "STATUS_CANCELLED");
  CHECK(status_text(int32_t(0xC0200203)) == "STATUS_WDF_PAUSED");
  CHECK(status_text(int32_t(0xC0ABCDEF)) == "0xC0ABCDEF");
  CHECK(status_name(int32_t(0xC0ABCDEF)) == nullptr);
  CHECK(status_value("STATUS_NO_MORE_ENTRIES") == int32_t(0x8000001A));
  CHECK(status_value("CANCELLED") == int32_t(0xC0000120));
  CHECK(status_value("0xC0000010") == int32_t(0xC0000010));
  CHECK(status_value("259") == 0x103);
  CHECK(status_value("nonsense") == std::nullopt);
  CHECK(status_value("") == std::nullopt);
  CHECK(status_value("0x1FFFFFFFF") == std::nullopt);
  CHECK(status_is_success(0x103));
  CHECK_FALSE(status_is_success(int32_t(0x8000001A)));
}

TEST_CASE("the status table is the one drivers are compiled with") {
  auto ours = rows("engine/trace/events/statuses.inc"),
       theirs = rows("engine/include/qs/status_list.h");
  CHECK(ours.size() > 100);
  CHECK(ours == theirs);
}

TEST_CASE("times and sizes as people read them") {
  CHECK(time_text(0) == "0 ms");
  CHECK(time_text(7) == "7 us");
  CHECK(time_text(40) == "0.04 ms");
  CHECK(time_text(1500) == "1.5 ms");
  CHECK(time_text(12000) == "12 ms");
  CHECK(time_text(2250000) == "2.25 s");
  CHECK(bytes_text(1) == "1 byte");
  CHECK(bytes_text(0) == "0 bytes");
}
