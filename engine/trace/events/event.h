// The 32-byte event record and the codes in it. Owns: EventCode, Event, the small enumerations that
// events carry. Made by kmdf and sched, read by everybody else.
#pragma once
#include <cstdint>

#include "base/ids.h"

namespace qs::trace {

enum class EventCode : uint8_t {
#define QS_EVENT(name, level, text) name,
#include "trace/events/events.inc"
#undef QS_EVENT
  Count
};

enum class EventLevel : uint8_t { Hop, Callback, Call, Line, State, Detail, Meta };

enum class CallbackKind : uint8_t {
#define QS_CALLBACK(name) name,
#include "trace/events/callbacks.inc"
#undef QS_CALLBACK
  Count
};

// The callbacks that present a request to the driver, one bit each (O-07).
inline constexpr uint64_t kHandlers = uint64_t(1) << unsigned(CallbackKind::EvtIoDefault) |
                                      uint64_t(1) << unsigned(CallbackKind::EvtIoRead) |
                                      uint64_t(1) << unsigned(CallbackKind::EvtIoWrite) |
                                      uint64_t(1) << unsigned(CallbackKind::EvtIoDeviceControl) |
                                      uint64_t(1)
                                          << unsigned(CallbackKind::EvtIoInternalDeviceControl);
constexpr bool is_handler(CallbackKind kind) { return (kHandlers >> unsigned(kind) & 1) != 0; }

enum class ApiFn : uint16_t {
#define QS_FN(name) name,
#include "trace/events/apifns.inc"
#undef QS_FN
  Count
};

// A source line: 12 bits of file number, 20 bits of line (1-based). 0 = no line.
struct Site {
  uint32_t raw = 0;
  constexpr Site() = default;
  constexpr explicit Site(uint32_t r) : raw(r) {}
  constexpr Site(uint32_t file, uint32_t line) : raw(file << 20 | (line & 0xFFFFFu)) {}
  constexpr uint32_t file() const { return raw >> 20; }
  constexpr uint32_t line() const { return raw & 0xFFFFFu; }
  constexpr explicit operator bool() const { return raw != 0; }
  friend constexpr bool operator==(Site a, Site b) { return a.raw == b.raw; }
};

struct Event {
  static constexpr uint32_t kThreads = 1u << 20;  // how many numbers of threads there are

  EventCode code{};
  uint32_t irql : 4 = 0;
  uint32_t thread : 20 = 0;  // serial of the virtual thread, 0 = none (set-up, clock)
  uint32_t time = 0;         // virtual microseconds
  ObjectId s, o;
  uint32_t a = 0, b = 0, c = 0;
  Site site;
};
static_assert(sizeof(Event) == 32);

// --- values of the arguments ---
enum class RequestType : uint8_t {  // equals the IRP major function number
  Create = 0x0,
  Close = 0x2,
  Read = 0x3,
  Write = 0x4,
  DeviceControl = 0xE,
  InternalControl = 0xF,
  Shutdown = 0x10,
  Cleanup = 0x12
};
enum class Dispatch : uint8_t { Sequential = 1, Parallel = 2, Manual = 3 };
// NumberOfPresentedRequests of a parallel queue that presents any number (O-07).
inline constexpr uint32_t kNoLimit = 0xFFFFFFFFu;
enum class SyncScope : uint8_t { None, Queue, Device };
enum QueueConfigBits : uint32_t {
  kConfigDispatchMask = 3,
  kConfigDefault = 4,
  kConfigPowerManaged = 8,
  kConfigZeroLength = 16,
  kConfigScopeShift = 5 /* two bits */,
  kConfigPassive = 128,
  kConfigInternal = 256
};
enum DeviceConfigBits : uint32_t {
  kDeviceFilter = 1,
  kDeviceControl = 2,
  kDevicePowerPolicyOwner = 4,
  kDeviceFileObjects = 8,
  kDeviceCallerContext = 16,
  kDeviceExclusive = 32
};
enum ArrivalBits : uint32_t { kArrivePrecancelled = 1, kArriveAtDispatch = 2 };
enum TargetBits : uint32_t { kTargetDeaf = 1, kTargetFailing = 2, kTargetRemote = 4 };
enum QueueFlagBits : uint32_t {
  kAccept = 1,
  kDispatch = 2,
  kShutdown = 4,
  kPurgeLatch = 8,
  kReady = 16,
  kForceReady = 32,
  kDisposing = 64,
  kDeleted = 128
};
enum QueueSlotBits : uint32_t { kSlotIdle = 1, kSlotPurge = 2, kSlotReady = 4 };
enum class QueuePower : uint8_t {
  On,
  StartingTransition,
  Stopping,
  StoppingNotifyingDriver,
  StoppingDriverNotified,
  Off,
  Purge,
  PurgeNotifyingDriver,
  PurgeDriverNotified,
  Restarting,
  RestartingNotifyingDriver,
  RestartingDriverNotified
};
enum class RemoveReason : uint8_t { Dispatch, Retrieve, Cancel, Purge, Cleanup };
enum class ChargeReason : uint8_t { Dispatch, Retrieve, CanceledOnQueue };
enum class UnchargeReason : uint8_t { Complete, Forward, Requeue, StopAck, SendAndForget };
enum class OwnReason : uint8_t {
  Delivered,
  Retrieved,
  CallerContext,
  CanceledOnQueue,
  CallFailed,
  BackFromTarget,
  DriverCreated,
  ReservedSetup
};
enum class GiveUpReason : uint8_t {
  Complete,
  Forward,
  Requeue,
  Send,
  SendAndForget,
  Enqueue,
  StopAck
};
enum class ThreadKind : uint8_t { App, Pnp, Dpc, WorkItem, Timer, Driver, Hardware, Setup };
enum class WaitReason : uint8_t {
  None,
  Asked,
  SyncQueueCall,
  PowerDown,
  PowerUp,
  Removal,
  QueueDeletion,
  CreatePending,
  LockHeld,
  Event,
  Delay,
  TimerStop,
  SyncSend,
  TargetIo,
  WorkItemFlush,
  Parked,
  AppIo,
  Turn,
  ThreadEnd,
  AnyOf,
  AllOf,
  SyncHandle
};
enum class DeferReason : uint8_t { PassiveQueue, LockHeldByThread };
enum class DevicePower : uint8_t { D0 = 0, D1, D2, D3, D3Final, Unspecified };
enum class DevicePnp : uint8_t {
  Added,
  Started,
  QueryStop,
  Stopped,
  QueryRemove,
  SurpriseRemoved,
  Removed
};
enum class PowerPhase : uint8_t {
  HoldingQueues,
  StoppingQueues,
  QueuesOff,
  ResumingQueues,
  QueuesOn,
  PurgingQueues,
  IdleArmed,
  IdleExpired,
  Waking,
  IdleStopped
};
enum class TargetState : uint8_t {
  Undefined,
  Started,
  Stopped,
  ClosedForQueryRemove,
  Closed,
  Deleted,
  Purged
};
enum class MemoryMode : uint8_t { Plenty, NoneLeft, Sometimes, NthFails };
enum class RunOption : uint8_t {
  Verifier,
  ClientMinor,
  StopAtUndefined,
  Processors,
  FailAllocations,
  BreakOnError
};
enum class RunEnd : uint8_t { Finished, BugCheck, UndefinedMisuse, DriverCrash, Endless };

// Which events Step stops at, and the sentence template of narration (see events.inc).
EventLevel event_level(EventCode code);
const char* event_name(EventCode code);
const char* event_template(EventCode code);
const char* callback_name(CallbackKind kind);
const char* fn_name(ApiFn fn);

}  // namespace qs::trace
