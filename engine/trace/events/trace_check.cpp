// Which numbers an event of each kind may carry.
#include "trace/events/trace_check.h"

#include <fmt/format.h>

#include "trace/events/acts.h"
#include "trace/events/loop_step.h"
#include "trace/events/trace_file.h"

namespace qs::trace {
namespace {

template <class E>
constexpr uint32_t count_to(E last) {
  return uint32_t(last) + 1;
}

bool is_request_type(uint32_t value) {
  switch (RequestType(value)) {
    case RequestType::Create:
    case RequestType::Close:
    case RequestType::Read:
    case RequestType::Write:
    case RequestType::DeviceControl:
    case RequestType::InternalControl:
    case RequestType::Shutdown:
    case RequestType::Cleanup: return value <= 0xFF;
  }
  return false;
}

// How many values argument a may take (0 up to that, exclusive); 0 = any number.
uint32_t limit_of_a(EventCode code) {
  switch (code) {
    case EventCode::Option: return count_to(RunOption::BreakOnError);
    case EventCode::RunEnd: return count_to(RunEnd::Endless);
    case EventCode::ThreadStart: return count_to(ThreadKind::Setup);
    case EventCode::ThreadWait:
    case EventCode::RingLink: return count_to(WaitReason::SyncHandle);
    case EventCode::Irql: return 32;
    case EventCode::Insert: return 2;
    case EventCode::Remove: return count_to(RemoveReason::Cleanup);
    case EventCode::Own: return count_to(OwnReason::ReservedSetup);
    case EventCode::GiveUp: return count_to(GiveUpReason::StopAck);
    case EventCode::QueuePower: return count_to(QueuePower::RestartingDriverNotified);
    case EventCode::LoopLeave: return count_to(LoopStep::NothingToDo);
    case EventCode::Defer: return 2;
    case EventCode::CallEnter:
    case EventCode::CallLeave: return uint32_t(ApiFn::Count);
    case EventCode::CallbackEnter:
    case EventCode::CallbackLeave: return uint32_t(CallbackKind::Count);
    case EventCode::Answer: return uint32_t(kFirstOutsideAct);
    case EventCode::DevicePower: return count_to(DevicePower::Unspecified);
    case EventCode::DevicePnp: return count_to(DevicePnp::Removed);
    case EventCode::PowerPhase: return count_to(PowerPhase::IdleStopped);
    case EventCode::MemoryShort: return count_to(MemoryMode::NthFails);
    case EventCode::TargetState: return count_to(TargetState::Purged);
    case EventCode::ActBegins:
    case EventCode::ActEnds: return uint32_t(Act::Count);
    default: return 0;
  }
}

uint32_t limit_of_b(EventCode code) {
  switch (code) {
    case EventCode::Charge: return count_to(ChargeReason::CanceledOnQueue);
    case EventCode::Uncharge: return count_to(UnchargeReason::SendAndForget);
    case EventCode::Defer: return count_to(DeferReason::LockHeldByThread);
    case EventCode::PowerPhase: return count_to(DevicePower::Unspecified);
    case EventCode::Irql: return 32;
    default: return 0;
  }
}

// The argument that is a text's number: 'a', 'b' or 0.
char string_argument(EventCode code) {
  switch (code) {
    case EventCode::Program:
    case EventCode::Create:
    case EventCode::AppStart:
    case EventCode::FileOpen:
    case EventCode::Note:
    case EventCode::Violation:
    case EventCode::Finding:
    case EventCode::Hint:
    case EventCode::Data:
    case EventCode::DebugText:
    case EventCode::NotSimulated: return 'a';
    case EventCode::Input:
    case EventCode::ThreadStart: return 'b';
    default: return 0;
  }
}

bool is_id(uint32_t raw) {
  ObjectId id(raw);
  return raw == 0 || (id.kind() > ObjectKind::None && id.kind() < ObjectKind::Count);
}

bool has_more(EventCode code) {
  switch (code) {
    case EventCode::Send:
    case EventCode::Route:
    case EventCode::QueueConfig:
    case EventCode::Arrive:
    case EventCode::Answer: return true;
    default: return string_argument(code) != 0;
  }
}

}  // namespace

EventCheck::EventCheck(const Trace& trace) : trace_(trace), files_(trace.files().size()) {
  for (size_t i = 0; i < bounds_.size(); ++i) {
    const auto code = EventCode(i);
    if (uint32_t n = limit_of_a(code)) bounds_[i].last_a = n - 1;
    if (uint32_t n = limit_of_b(code)) bounds_[i].last_b = n - 1;
    bounds_[i].more = has_more(code);
  }
}

bool EventCheck::more_ok(const Event& e) const { return check_event(trace_, e).empty(); }

std::string check_event(const Trace& trace, const Event& e) {
  if (e.code >= EventCode::Count)
    return fmt::format("event code {}, expected 0 to {}", unsigned(e.code),
                       unsigned(EventCode::Count) - 1);
  const char* name = event_name(e.code);
  auto bad = [&](char argument, uint32_t value, uint32_t limit) {
    return fmt::format("{} with {}={}, expected 0 to {}", name, argument, value, limit - 1);
  };
  if (!is_id(e.s.raw) || !is_id(e.o.raw))
    return fmt::format("{} names object 0x{:08X}, which has no kind", name,
                       is_id(e.s.raw) ? e.o.raw : e.s.raw);
  if (e.site.file() >= trace.files().size())
    return fmt::format("{} stands in file {}, but there are {}", name, e.site.file(),
                       trace.files().size() - 1);
  if (uint32_t n = limit_of_a(e.code); n && e.a >= n) return bad('a', e.a, n);
  if (uint32_t n = limit_of_b(e.code); n && e.b >= n) return bad('b', e.b, n);
  if ((e.code == EventCode::Send || e.code == EventCode::Route) && !is_request_type(e.a))
    return fmt::format("{} with a={}, expected a request type", name, e.a);
  if (e.code == EventCode::QueueConfig && (e.a & kConfigDispatchMask) == 0)
    return fmt::format("{} without a dispatch type", name);
  if (e.code == EventCode::Arrive && !is_id(e.a))
    return fmt::format("{} names object 0x{:08X}, which has no kind", name, e.a);
  if (e.code == EventCode::Answer && !is_id(e.c))
    return fmt::format("{} names object 0x{:08X}, which has no kind", name, e.c);
  if (char which = string_argument(e.code)) {
    uint32_t index = which == 'a' ? e.a : e.b;
    if (index >= trace.string_count())
      return fmt::format("{} uses text {}, but there are {}", name, index, trace.string_count());
  }
  return {};
}

}  // namespace qs::trace
