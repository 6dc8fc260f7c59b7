// The state of everything a person can ask about, folded from events. Owns: Model and its parts.
// A plain value without pointers: copy it, compare it. apply() is the only mutator. Read by views,
// checks, lessons and dumps; never written by them.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/ids.h"
#include "model/timeline/shared_list.h"
#include "trace/events/event.h"
#include "trace/events/trace.h"

namespace qs::model {

// Who may act on a request. `Sender` = not yet at the device.
enum class Owner : uint8_t { Sender, Framework, Driver, Target, Nobody };

// Where the token of a request stands on the stage (the states S0..S14).
enum class Place : uint8_t {
  Sender,         // the app has made the call
  Device,         // S0: wrapped, not yet placed
  CallerContext,  // S1
  Waiting,        // S2, S2c
  Driver,         // S3..S8
  Target,         // S9, S10
  Completing,     // S11
  Done,           // S12
  Released,       // S13: sent and forgotten, or passed down
  PendedIrp       // an IRP that waits for a reserved request (S-05)
};

enum RequestFlag : uint32_t {
  kPresented = 1,
  kCancelFlag = 2,
  kCanceledBit = 4,
  kCancelable = 8,
  kCancelClaimed = 16,
  kCancelPending = 32,
  kCancelDelivered = 64,
  kCoqPending = 128,
  kCoqDelivered = 256,
  kPendedInTarget = 512,
  kToNotify = 1024,
  kNotified = 2048,
  kStopAcked = 4096,
  kStopAckRequeue = 8192,
  kCharged = 16384,
  kReserved = 32768,
  kByFramework = 65536,
  kAsked = 131072 /* the driver waits for an order about it */,
  kDeletedObject = 262144,
  kPassedDown = 524288,
  kPool = 1u << 20 /* a reserved request that is not in use (S-03) */,
  kDriverCreated = 1u << 21 /* made by WdfRequestCreate (T-02) */,
  kStopAsked = 1u << 22 /* EvtIoStop was called for it and not processed yet (V-49) */,
  kMarkLost = 1u << 23 /* the verifier no longer takes it for the driver's (V-18) */,
  kCancelCalled = 1u << 24 /* a cancel callback is about to be called, or has been (V-49) */,
  kOnCancelList = 1u << 25 /* a cancel callback is due: S5, S7 */,
  kForgotten = 1u << 26 /* sent and forgotten (T-14) */,
  kMarked = 1u << 27 /* the verifier takes it for cancelable, until it is unmarked (V-49) */
};

struct RequestView {
  ObjectId id, app, file, queue /* current, or last when done */, target, channel;
  trace::RequestType type{};
  Owner owner = Owner::Sender;
  Place place = Place::Sender;
  // handler (or other callback) that last received it
  trace::CallbackKind room = trace::CallbackKind::Count;
  ObjectId room_queue;
  ObjectId carrier;  // the reserved request in whose place the driver gets this one (S-05)
  uint32_t flags = 0;
  uint32_t length = 0, out_length = 0, ioctl = 0;
  int32_t status = 0;        // IRP status once done; the status given while completing
  int32_t given_status = 0;  // what the driver passed to WdfRequestComplete (K-03 may change it)
  uint32_t information = 0, refs = 0;
  // What was sent along and what the sender gets back: a string of the trace with what is kept of
  // it, and how many bytes there were; 0: none.
  uint32_t input = 0, input_bytes = 0, answer = 0, answer_bytes = 0;
  uint32_t driver_refs = 0;              // references the driver took and has not dropped
  uint32_t sent_at = 0, changed_at = 0;  // event numbers
  bool has(uint32_t f) const { return (flags & f) != 0; }
  bool operator==(const RequestView&) const = default;
};

struct QueueView {
  ObjectId id, device;
  uint32_t config = 0;     // QueueConfigBits
  uint32_t limit = 0;      // NumberOfPresentedRequests
  uint64_t callbacks = 0;  // bit per CallbackKind that is registered
  uint32_t flags = 0;      // QueueFlagBits
  uint32_t slots = 0;      // QueueSlotBits
  trace::QueuePower power = trace::QueuePower::On;
  bool power_ref = false, deleted = false;
  // D-04: delivery was put off and the loop has not run since: 0 no, 1 a DPC is posted, 2 a work
  // item.
  uint8_t deferred = 0;
  trace::DeferReason defer_reason{};  // meaningful while deferred
  uint32_t depth = 0, left_at_step = 0;
  uint32_t owned_count = 0;
  SharedList<ObjectId> waiting, owned;
  trace::Dispatch dispatch() const { return trace::Dispatch(config & trace::kConfigDispatchMask); }
  trace::SyncScope scope() const {
    return trace::SyncScope(config >> trace::kConfigScopeShift & 3);
  }
  bool operator==(const QueueView&) const = default;
};

struct StackFrame {  // a callback or an API call that a thread is in
  bool callback = false;
  uint16_t what = 0;  // CallbackKind or ApiFn
  ObjectId s, o;
  trace::Site site;  // calls: where the call stands; callbacks: the current line
  bool operator==(const StackFrame&) const = default;
};

struct ThreadView {
  ObjectId id, on_behalf_of;
  trace::ThreadKind kind{};
  trace::WaitReason waiting = trace::WaitReason::None;
  ObjectId waits_for;
  uint8_t irql = 0;
  std::vector<StackFrame> stack;
  trace::Site site;  // line the thread is at
  bool operator==(const ThreadView&) const = default;
};

struct LockView {
  ObjectId id, of;
  ObjectId owner;  // thread, 0 = free
  bool operator==(const LockView&) const = default;
};

struct DeviceView {
  ObjectId id;
  uint32_t config = 0;  // DeviceConfigBits
  trace::DevicePower power = trace::DevicePower::D3Final;
  trace::DevicePnp pnp = trace::DevicePnp::Added;
  uint32_t phase = 0;
  bool asleep = false;    // the system is, or is about to be
  bool pnp_busy = false;  // a PnP request has not returned
  ObjectId routes[5];     // create, read, write, control, internal control
  bool operator==(const DeviceView&) const = default;
};

struct ChannelView {
  ObjectId id, device, request;  // request: what it works on, 0 = idle
  uint32_t index = 0, kind = 0, duration = 0;
  uint32_t started = 0, due = 0;  // virtual microseconds
  bool operator==(const ChannelView&) const = default;
};

struct TargetView {
  ObjectId id, device;
  uint32_t bits = 0, delay = 0;
  trace::TargetState state = trace::TargetState::Started;
  SharedList<ObjectId> sent, pended;
  bool operator==(const TargetView&) const = default;
};

struct TimerView {
  ObjectId id, parent;
  bool armed = false;
  uint32_t due = 0, period = 0;
  bool operator==(const TimerView&) const = default;
};

struct AppView {
  ObjectId id;
  bool running = true, exiting = false;
  bool operator==(const AppView&) const = default;
};

struct FileView {
  ObjectId id, app;
  uint8_t state = 0;     // 0 open, 1 cleaned up, 2 closed or never open, 3 being opened
  bool closing = false;  // CloseHandle was called
  bool synchronous = false;
  ObjectId call;  // the request whose call has the synchronous handle
  bool operator==(const FileView&) const = default;
};

struct Verdict {  // a violation, finding or hint, newest last
  uint32_t event = 0;
  bool finding = false;
  uint32_t rule = 0;  // string index in the trace
  uint32_t severity = 0, code = 0;
  // that the thread was in, or waits in forever; Count: none
  trace::ApiFn call = trace::ApiFn::Count;
  ObjectId s, o;
  trace::Site site;
  bool operator==(const Verdict&) const = default;
};

struct Model {
  static constexpr size_t kDoneKept = 64;  // finished requests that stay in `requests`

  uint32_t events = 0;               // how many events were applied
  uint32_t time = 0;                 // virtual microseconds
  SharedList<RequestView> requests;  // live ones and the last kDoneKept finished ones, by id
  std::vector<ObjectId> done;        // finished, oldest first, at most kDoneKept
  uint32_t sent_total = 0, done_total = 0;
  std::vector<QueueView> queues;
  std::vector<ThreadView> threads;  // live ones
  std::vector<LockView> locks;
  std::vector<DeviceView> devices;
  std::vector<ChannelView> channels;
  std::vector<TargetView> targets;
  std::vector<TimerView> timers;
  std::vector<AppView> apps;
  std::vector<FileView> files;
  std::vector<ObjectId>
      posted;  // the driver's DPCs and work items that are queued and have not begun
  std::vector<Verdict> verdicts;
  std::vector<Verdict> hints;     // what is legal and cannot have been meant
  ObjectId running;               // thread that ran last
  std::vector<uint32_t> options;  // by RunOption
  trace::MemoryMode memory = trace::MemoryMode::Plenty;
  bool ended = false;
  bool settled = false;  // the last event said that nothing can move until somebody acts
  trace::RunEnd end = trace::RunEnd::Finished;

  bool operator==(const Model&) const = default;

  const RequestView* request(ObjectId id) const;
  const QueueView* queue(ObjectId id) const;
  const ThreadView* thread(ObjectId id) const;
  const DeviceView* device(ObjectId id) const;
  const ChannelView* channel(ObjectId id) const;
  const TargetView* target(ObjectId id) const;
  const FileView* file(ObjectId id) const;
  const LockView* lock(ObjectId id) const;
  const AppView* app(ObjectId id) const;
  const TimerView* timer(ObjectId id) const;
};

// Folds one event into the model. Never fails: an event about an unknown object creates nothing and
// changes nothing (damaged trace files are refused when they are read).
void apply(Model& model, const trace::Event& event);

// Bytes that copying the model copies.
size_t copy_bytes(const Model& model);
// Bytes that the model takes beside models that are counted already: their shared pieces are in
// `counted`, and those of this one are put there.
size_t memory_bytes(const Model& model, std::unordered_set<const void*>& counted);

}  // namespace qs::model
