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
    std::string word = trace::words(E(i));
    CHECK_FALSE(word.empty());
    CHECK(word != "?");
    CHECK_MESSAGE(seen.insert(word).second, word);
  }
  CHECK(std::string(trace::words(E(int(last) + 1))) == "?");
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
  check_enum(trace::QueuePower::RestartingDriverNotified);
  check_enum(trace::RemoveReason::Cleanup);
  check_enum(trace::ChargeReason::CanceledOnQueue);
  check_enum(trace::UnchargeReason::SendAndForget);
  check_enum(trace::OwnReason::ReservedSetup);
  check_enum(trace::GiveUpReason::StopAck);
  check_enum(trace::ThreadKind::Setup);
  check_enum(trace::WaitReason::SyncHandle);
  check_enum(trace::DeferReason::LockHeldByThread);
  check_enum(trace::DevicePower::Unspecified);
  check_enum(trace::DevicePnp::Removed);
  check_enum(trace::PowerPhase::IdleStopped);
  check_enum(trace::TargetState::Purged);
  check_enum(trace::MemoryMode::NthFails);
  check_enum(trace::RunOption::BreakOnError);
  check_enum(trace::RunEnd::Endless);
  check_enum(trace::LoopStep::NothingToDo);
  check_enum(trace::SyncScope::Device);
  CHECK(std::string(trace::words(trace::RequestType::DeviceControl)) == "device control");
  CHECK(std::string(trace::words(trace::RequestType(0x77))) == "?");
  CHECK(std::string(trace::words(trace::Dispatch::Manual)) == "manual");
}

TEST_CASE("queue flags and configurations in words") {
  CHECK(trace::queue_flags_words(trace::kAccept | trace::kDispatch) == "accepting, dispatching");
  CHECK(trace::queue_flags_words(trace::kAccept | trace::kPurgeLatch, trace::kSlotIdle) ==
        "accepting, not dispatching, purge latch set, StopComplete due");
  CHECK(trace::queue_flags_words(0) == "refusing arrivals, not dispatching");
  CHECK(trace::queue_config_words(2, 0xFFFFFFFFu) == "parallel");
  CHECK(trace::queue_config_words(2 | trace::kConfigPowerManaged, 2) ==
        "parallel, at most 2 at a time, power-managed");
  CHECK(trace::queue_config_words(1 | 2 << trace::kConfigScopeShift | trace::kConfigPassive, 0) ==
        "sequential, scope device, passive level");
}

TEST_CASE("status values go both ways") {
  CHECK(trace::status_text(0) == "STATUS_SUCCESS");
  CHECK(trace::status_text(int32_t(0xC0000120)) == "STATUS_CANCELLED");
  CHECK(trace::status_text(int32_t(0xC0200203)) == "STATUS_WDF_PAUSED");
  CHECK(trace::status_text(int32_t(0xC0ABCDEF)) == "0xC0ABCDEF");
  CHECK(trace::status_name(int32_t(0xC0ABCDEF)) == nullptr);
  CHECK(trace::status_value("STATUS_NO_MORE_ENTRIES") == int32_t(0x8000001A));
  CHECK(trace::status_value("CANCELLED") == int32_t(0xC0000120));
  CHECK(trace::status_value("0xC0000010") == int32_t(0xC0000010));
  CHECK(trace::status_value("259") == 0x103);
  CHECK(trace::status_value("nonsense") == std::nullopt);
  CHECK(trace::status_value("") == std::nullopt);
  CHECK(trace::status_value("0x1FFFFFFFF") == std::nullopt);
  CHECK(trace::status_is_success(0x103));
  CHECK_FALSE(trace::status_is_success(int32_t(0x8000001A)));
}

TEST_CASE("the status table is the one drivers are compiled with") {
  auto ours = rows("engine/trace/events/statuses.inc"),
       theirs = rows("engine/include/qs/status_list.h");
  CHECK(ours.size() > 100);
  CHECK(ours == theirs);
}

TEST_CASE("times and sizes as people read them") {
  CHECK(trace::time_text(0) == "0 ms");
  CHECK(trace::time_text(7) == "7 us");
  CHECK(trace::time_text(40) == "0.04 ms");
  CHECK(trace::time_text(1500) == "1.5 ms");
  CHECK(trace::time_text(12000) == "12 ms");
  CHECK(trace::time_text(2250000) == "2.25 s");
  CHECK(trace::bytes_text(1) == "1 byte");
  CHECK(trace::bytes_text(0) == "0 bytes");
}
