#include "trace/events/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "trace/events/acts.h"
#include "trace/events/board.h"

namespace qs::trace {
namespace {

template <size_t N, class E>
const char* pick(const char* const (&table)[N], E value) {
  return size_t(value) < N ? table[size_t(value)] : "?";
}

struct StatusRow {
  uint32_t value;
  const char* name;
};
constexpr StatusRow kStatuses[] = {
#define QS_STATUS(name, value) {value, #name},
#include "trace/events/statuses.inc"
#undef QS_STATUS
};

void add(std::string& list, const char* word) {
  if (!list.empty()) list += ", ";
  list += word;
}

}  // namespace

const char* words(RequestType type) {
  switch (type) {
    case RequestType::Create: return "create";
    case RequestType::Close: return "close";
    case RequestType::Read: return "read";
    case RequestType::Write: return "write";
    case RequestType::DeviceControl: return "device control";
    case RequestType::InternalControl: return "internal device control";
    case RequestType::Shutdown: return "shutdown";
    case RequestType::Cleanup: return "cleanup";
  }
  return "?";
}
const char* words(Dispatch dispatch) {
  static const char* const table[] = {"?", "sequential", "parallel", "manual"};
  return pick(table, dispatch);
}
constexpr const char* kShortDispatch[] = {"?", "seq", "par", "man"};
const char* short_word(Dispatch dispatch) { return pick(kShortDispatch, dispatch); }
std::optional<Dispatch> dispatch_of(std::string_view short_word) {
  for (Dispatch d : {Dispatch::Sequential, Dispatch::Parallel, Dispatch::Manual})
    if (short_word == kShortDispatch[int(d)]) return d;
  return {};
}
const char* words(SyncScope scope) {
  static const char* const table[] = {"scope none", "scope queue", "scope device"};
  return pick(table, scope);
}
const char* words(QueuePower power) {
  static const char* const table[] = {"on",
                                      "holding back, callbacks must end first",
                                      "stopping",
                                      "stopping: telling the driver",
                                      "stopping: waiting for the driver",
                                      "off",
                                      "purging for removal",
                                      "removal: telling the driver",
                                      "removal: waiting for the driver",
                                      "restarting",
                                      "restarting: telling the driver",
                                      "restarting: all told"};
  return pick(table, power);
}
const char* words(RemoveReason reason) {
  static const char* const table[] = {"it is dispatched", "the driver retrieves it",
                                      "it was canceled", "the queue is purged",
                                      "its handle was closed"};
  return pick(table, reason);
}
const char* words(ChargeReason reason) {
  static const char* const table[] = {"dispatched", "retrieved", "canceled in the queue"};
  return pick(table, reason);
}
const char* words(UnchargeReason reason) {
  static const char* const table[] = {"completed", "forwarded", "requeued",
                                      "given back for the stop", "sent and forgotten"};
  return pick(table, reason);
}
const char* words(OwnReason reason) {
  static const char* const table[] = {"it was delivered",
                                      "the driver retrieved it",
                                      "in the sender's context, before any queue",
                                      "canceled in its queue, to be completed",
                                      "the call failed, so it comes back",
                                      "it is back from the target",
                                      "the driver made it itself",
                                      "a reserved request is being prepared"};
  return pick(table, reason);
}
const char* words(GiveUpReason reason) {
  static const char* const table[] = {"by completing it",
                                      "by forwarding it",
                                      "by requeuing it",
                                      "by sending it",
                                      "by sending and forgetting it",
                                      "by enqueueing it",
                                      "by acknowledging its stop"};
  return pick(table, reason);
}
const char* words(ThreadKind kind) {
  static const char* const table[] = {"a thread of the application",
                                      "a Plug and Play thread",
                                      "a DPC",
                                      "a work item",
                                      "a timer",
                                      "a thread of the driver",
                                      "the hardware",
                                      "setting up"};
  return pick(table, kind);
}
const char* words(WaitReason reason) {
  static const char* const table[] = {"for nothing",
                                      "for an order",
                                      "until the queue call is finished",
                                      "until the queue has stopped for the power change",
                                      "until the device has power",
                                      "until the device can be removed",
                                      "until the queue can be deleted",
                                      "until the create is finished",
                                      "for a lock somebody else holds",
                                      "for an event to be signalled",
                                      "for its delay to pass",
                                      "until the timer's callback has ended",
                                      "until the request sent synchronously is back",
                                      "until the target's requests are back",
                                      "until the work item has ended",
                                      "for its turn",
                                      "for its I/O to be done",
                                      "until what the device was asked for before is done",
                                      "until the thread has ended",
                                      "until one of its objects is signalled",
                                      "until all of its objects are signalled",
                                      "until the synchronous handle is free"};
  return pick(table, reason);
}
const char* words(DeferReason reason) {
  static const char* const table[] = {"its callbacks need PASSIVE_LEVEL",
                                      "this thread holds its lock"};
  return pick(table, reason);
}
const char* words(DevicePower power) {
  static const char* const table[] = {"D0 (working)",           "D1 (low power)",
                                      "D2 (low power)",         "D3 (off)",
                                      "D3 for good (no power)", "an unspecified power state"};
  return pick(table, power);
}
const char* words(DevicePnp state) {
  static const char* const table[] = {"added, not started",
                                      "started",
                                      "asked whether it can stop",
                                      "stopped",
                                      "asked whether it can be removed",
                                      "gone by surprise",
                                      "removed"};
  return pick(table, state);
}
const char* words(PowerPhase phase) {
  static const char* const table[] = {"holding its power-managed queues",
                                      "stopping its queues",
                                      "its queues are off",
                                      "resuming its queues",
                                      "its queues are on",
                                      "purging its queues",
                                      "idle: the idle timer runs",
                                      "the idle timer has run out",
                                      "waking up",
                                      "the idle timer stops"};
  return pick(table, phase);
}
const char* words(TargetState state) {
  static const char* const table[] = {"undefined", "started", "stopped", "closed for query-remove",
                                      "closed",    "deleted", "purged"};
  return pick(table, state);
}
const char* words(MemoryMode mode) {
  static const char* const table[] = {"plenty", "none left, allocations fail",
                                      "short, some allocations fail",
                                      "one allocation to come fails"};
  return pick(table, mode);
}
const char* words(RunOption option) {
  static const char* const table[] = {
      "verifier",   "client minor version", "stop at undefined misuse",
      "processors", "failing allocations",  "break on errors"};
  return pick(table, option);
}
const char* words(RunEnd end) {
  static const char* const table[] = {"finished", "bug check", "undefined misuse",
                                      "the driver crashed", "it took too long, or too much"};
  return pick(table, end);
}
const char* irql_words(uint32_t irql) {
  static const char* const table[] = {"PASSIVE_LEVEL", "APC_LEVEL", "DISPATCH_LEVEL"};
  return irql < 3 ? table[irql] : "a device IRQL";
}
const char* words(LoopStep step) {
  static const char* const table[] = {"it may not run on this thread now",
                                      "cancel callbacks are due",
                                      "callbacks for canceled waiting requests are due",
                                      "StopComplete is due",
                                      "PurgeComplete or DrainComplete is due",
                                      "the device may go idle",
                                      "a power change is under way",
                                      "the queue is being deleted",
                                      "the queue's power is off",
                                      "the queue is stopped",
                                      "a manual queue waits to be read",
                                      "sequential, and the driver still owns one",
                                      "the limit of presented requests is reached",
                                      "a waiting request is delivered",
                                      "the new request is delivered",
                                      "there is nothing to deliver"};
  return pick(table, step);
}

std::string queue_config_words(uint32_t config, uint32_t limit) {
  auto dispatch = Dispatch(config & kConfigDispatchMask);
  std::string out = words(dispatch);
  if (dispatch == Dispatch::Parallel && limit != kNoLimit)
    out += limit ? fmt::format(", at most {} at a time", limit) : ", limit 0: it never dispatches";
  if (config & kConfigDefault) add(out, "default");
  if (config & kConfigPowerManaged) add(out, "power-managed");
  if (config & kConfigZeroLength) add(out, "zero-length requests allowed");
  if (auto scope = SyncScope(config >> kConfigScopeShift & 3); scope != SyncScope::None)
    add(out, words(scope));
  if (config & kConfigPassive) add(out, "passive level");
  if (config & kConfigInternal) add(out, "internal");
  return out;
}
std::string queue_flags_words(uint32_t flags, uint32_t slots) {
  std::string out = flags & kAccept ? "accepting" : "refusing arrivals";
  add(out, flags & kDispatch ? "dispatching" : "not dispatching");
  if (flags & kShutdown) add(out, "shut down");
  if (flags & kPurgeLatch) add(out, "purge latch set");
  if (flags & kReady) add(out, "ready to announce");
  if (flags & kForceReady) add(out, "will announce the next arrival");
  if (flags & kDisposing) add(out, "being deleted");
  if (flags & kDeleted) add(out, "deleted");
  if (slots & kSlotIdle) add(out, "StopComplete due");
  if (slots & kSlotPurge) add(out, "PurgeComplete or DrainComplete due");
  if (slots & kSlotReady) add(out, "ReadyNotify registered");
  return out;
}
std::string device_config_words(uint32_t bits) {
  std::string out;
  if (bits & kDeviceFilter) add(out, "a filter");
  if (bits & kDeviceControl) add(out, "a control device");
  if (bits & kDevicePowerPolicyOwner) add(out, "power policy owner");
  if (bits & kDeviceFileObjects) add(out, "with file objects");
  if (bits & kDeviceCallerContext) add(out, "with EvtIoInCallerContext");
  if (bits & kDeviceExclusive) add(out, "exclusive");
  return out;
}
std::string target_words(uint32_t bits) {
  std::string out;
  if (bits & kTargetDeaf) add(out, "it ignores cancels");
  if (bits & kTargetFailing) add(out, "it fails requests");
  if (bits & kTargetRemote) add(out, "remote");
  return out;
}
std::string arrival_words(uint32_t bits) {
  std::string out;
  if (bits & kArrivePrecancelled) add(out, "already canceled");
  if (bits & kArriveAtDispatch) add(out, "at DISPATCH_LEVEL");
  return out;
}

const char* status_name(int32_t status) {
  for (const StatusRow& row : kStatuses)
    if (row.value == uint32_t(status)) return row.name;
  return nullptr;
}
std::string status_text(int32_t status) {
  const char* name = status_name(status);
  return name ? name : fmt::format("0x{:08X}", uint32_t(status));
}
std::optional<int32_t> status_value(std::string_view name) {
  constexpr std::string_view kPrefix = "STATUS_";
  std::string_view bare =
      name.substr(0, kPrefix.size()) == kPrefix ? name.substr(kPrefix.size()) : name;
  for (const StatusRow& row : kStatuses)
    if (std::string_view(row.name).substr(kPrefix.size()) == bare) return int32_t(row.value);
  bool hex = name.size() > 2 && name[0] == '0' && (name[1] == 'x' || name[1] == 'X');
  std::string_view digits = hex ? name.substr(2) : name;
  uint32_t value = 0;
  const char* last = digits.data() + digits.size();
  auto [end, error] = std::from_chars(digits.data(), last, value, hex ? 16 : 10);
  if (error == std::errc() && end == last && !digits.empty()) return int32_t(value);
  return std::nullopt;
}

namespace {
// Up to two decimals, without trailing zeros.
std::string decimal(uint32_t whole, uint32_t hundredths) {
  if (hundredths == 0) return fmt::format("{}", whole);
  if (hundredths % 10 == 0) return fmt::format("{}.{}", whole, hundredths / 10);
  return fmt::format("{}.{:02}", whole, hundredths);
}
}  // namespace

std::string time_text(uint32_t us) {
  if (us == 0) return "0 ms";
  if (us < 10) return fmt::format("{} us", us);
  if (us < 1000000) return decimal(us / 1000, us % 1000 / 10) + " ms";
  return decimal(us / 1000000, us % 1000000 / 10000) + " s";
}
std::string bytes_text(uint32_t bytes) {
  return bytes == 1 ? "1 byte" : fmt::format("{} bytes", bytes);
}

std::string spoken_name(const Trace& trace, ObjectId id) {
  std::string name = trace.name(id);
  if (id.kind() != ObjectKind::Queue || !trace.has_name(id)) return name;
  if (name == "default") return "the default queue";
  return name.find("queue") == std::string::npos && name.find("Queue") == std::string::npos
             ? "queue " + name
             : name;
}

namespace {

std::string order_words(const Trace& trace, const Event& e) {
  auto verb = Act(e.a);
  std::string out = words(verb);
  if (verb == Act::Complete || verb == Act::CompleteWithInformation)
    out += " with " + status_text(int32_t(e.b));
  if (verb == Act::Forward && e.c) out += " to " + spoken_name(trace, ObjectId(e.c));
  return out;
}

// "IRP_MN_REMOVE_DEVICE": what it is called in the field, without what hears of it.
std::string outside_words(Act act) {
  const ActRow& row = act_row(act);
  const std::string_view field = row.field;
  return row.fn != ApiFn::Count ? fn_name(row.fn) : std::string(field.substr(0, field.find(',')));
}

std::string hardware_words(const Event& e) {
  if (BoardPart(e.b) == BoardPart::Switches) return fmt::format("now read 0x{:02X}", e.a);
  if (e.b) return fmt::format("now shows 0x{:02X}", e.a);
  return e.a ? fmt::format("reports an event, number {}", e.a) : "reports an event";
}

std::string word_of_a(const Trace& trace, const Event& e) {
  switch (e.code) {
    case EventCode::Option: return words(RunOption(e.a));
    case EventCode::RunEnd: return words(RunEnd(e.a));
    case EventCode::ThreadStart: return words(ThreadKind(e.a));
    case EventCode::ThreadWait:
    case EventCode::RingLink: return words(WaitReason(e.a));
    case EventCode::Irql: return irql_words(e.a);
    case EventCode::QueueConfig: return queue_config_words(e.a, e.b);
    case EventCode::DeviceConfig: return device_config_words(e.a);
    case EventCode::Route: return words(RequestType(e.a));
    case EventCode::Send: return words(RequestType(e.a));
    case EventCode::Insert: return e.a ? "at the head" : "at the tail";
    case EventCode::Remove: return words(RemoveReason(e.a));
    case EventCode::Own: return words(OwnReason(e.a));
    case EventCode::GiveUp: return words(GiveUpReason(e.a));
    case EventCode::CancelFlag:
      return e.a ? "a cancel routine was set" : "no cancel routine was set, only the flag";
    case EventCode::CancelTaken:
    case EventCode::CancelDelivered: return e.a ? "EvtIoCanceledOnQueue" : "EvtRequestCancel";
    case EventCode::StopAck: return e.a ? "it goes back to the queue" : "the driver keeps it";
    case EventCode::Reserved: return e.a ? "in use" : "back in the pool";
    case EventCode::QueueFlags: return queue_flags_words(e.a, e.b);
    case EventCode::QueuePower: return words(QueuePower(e.a));
    case EventCode::QueueDepth:
      return e.a == 0   ? "not running"
             : e.a == 1 ? "running once"
                        : fmt::format("running {} times at once", e.a);
    case EventCode::PowerRef: return e.a ? "keeps" : "no longer keeps";
    case EventCode::LoopLeave: return words(LoopStep(e.a));
    case EventCode::Defer: return e.a ? "work item" : "DPC";
    case EventCode::Answer: return order_words(trace, e);
    case EventCode::DevicePower: return words(DevicePower(e.a));
    case EventCode::DevicePnp: return words(DevicePnp(e.a));
    case EventCode::PowerPhase: return words(PowerPhase(e.a));
    case EventCode::MemoryShort: return words(MemoryMode(e.a));
    case EventCode::HwEvent: return hardware_words(e);
    case EventCode::HandleWait: return e.a ? trace.name(ObjectId(e.a)) : std::string();
    case EventCode::ActBegins:
    case EventCode::ActEnds: return outside_words(Act(e.a));
    case EventCode::TargetState:  // that the object is deleted is told when it is
      return TargetState(e.a) == TargetState::Deleted ? "closed for good" : words(TargetState(e.a));
    case EventCode::CallEnter: {
      auto fn = ApiFn(e.a);
      bool outside = fn >= ApiFn::IoCancelIrp && fn <= ApiFn::DeviceIoControl;
      return outside ? "The sender" : "The driver";
    }
    default: return {};
  }
}

std::string word_of_b(const Event& e) {
  switch (e.code) {
    case EventCode::Option:
      switch (RunOption(e.a)) {
        case RunOption::ClientMinor:
        case RunOption::Processors: return fmt::format("{}", e.b);
        default: return e.b ? "on" : "off";
      }
    case EventCode::Irql: return irql_words(e.b);
    case EventCode::TargetConfig: return target_words(e.b);
    case EventCode::FileOpen: return e.b ? "for one call at a time" : "";
    case EventCode::Charge: return words(ChargeReason(e.b));
    case EventCode::Uncharge: return words(UnchargeReason(e.b));
    case EventCode::Defer: return words(DeferReason(e.b));
    case EventCode::PowerPhase: {
      auto power = DevicePower(e.b);
      bool named = power != DevicePower::D0 && power != DevicePower::Unspecified;
      return named ? fmt::format("for {}", words(power)) : std::string();
    }
    case EventCode::CallLeave: return e.c == 1 ? status_text(int32_t(e.b)) : std::string();
    default: return {};
  }
}

std::string word_of_c(const Event& e) {
  switch (e.code) {
    case EventCode::Arrive: return arrival_words(e.c);
    case EventCode::Completing: return e.c ? "The framework" : "The driver";
    case EventCode::Data: return e.c ? "The answer to" : "The bytes sent with";
    default: return {};
  }
}

}  // namespace

std::string event_word(const Trace& trace, const Event& event, char argument) {
  switch (argument) {
    case 'a': return word_of_a(trace, event);
    case 'b': return word_of_b(event);
    case 'c': return word_of_c(event);
    default: return {};
  }
}

}  // namespace qs::trace
