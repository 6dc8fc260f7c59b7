// A trace written by hand, for tests of the panes: three queues, nine requests, four threads, every
// owner, a cancel, a forward, decisions, lines of a small driver.c, and optionally a violation at
// the end. Also long traces of any size, for tests of speed and level of detail.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/embedded.h"
#include "model/timeline/timeline.h"
#include "session/session.h"
#include "trace/events/trace.h"

namespace qs::test {

inline constexpr std::string_view kDriverC =
    R"(/* The driver of the tests: reads from the default queue. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _DEVICE_CONTEXT {
    WDFQUEUE WaitingQueue;   // manual
    ULONG Busy;
} DEVICE_CONTEXT, *PDEVICE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(DEVICE_CONTEXT, DeviceOf)

#define CHANNELS 2
#define IS_FREE(d) ((d)->Busy < CHANNELS)

static EVT_WDF_IO_QUEUE_IO_READ EvtIoRead;

VOID EvtIoRead(WDFQUEUE Queue,
               WDFREQUEST Request, size_t Length)
{
    DEVICE_CONTEXT* dev = DeviceOf(WdfIoQueueGetDevice(Queue));
    NTSTATUS status;

    if (!IS_FREE(dev)) {
        status = WdfRequestForwardToIoQueue(
            Request, dev->WaitingQueue);
        if (!NT_SUCCESS(status))
            WdfRequestComplete(Request, status);
        return;
    }
    StartTransfer(dev, Request, Length);
    DbgPrint("started %u bytes\n", 0x200u);
}

VOID EvtIoWrite(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    UNREFERENCED_PARAMETER(Queue);
    WdfRequestMarkCancelable(Request, EvtCancel);
    /* the transfer
       goes on */
    StartTransfer(DeviceOf(Queue), Request, Length);
}

VOID EvtCancel(WDFREQUEST Request)
{
    WdfRequestComplete(Request, STATUS_CANCELLED);
}
)";

inline const EmbeddedFile& driver_file() {
  static const EmbeddedFile file{"lessons/00-test/driver.c",
                                 reinterpret_cast<const unsigned char*>(kDriverC.data()),
                                 kDriverC.size()};
  return file;
}

// Writes events with as few words as possible.
class TraceWriter {
 public:
  std::shared_ptr<Trace> trace = std::make_shared<Trace>();
  uint32_t time = 0;
  uint16_t thread = 0;
  uint8_t irql = 0;
  uint32_t file = 0;

  ObjectId make(ObjectKind kind, std::string_view name) {
    const ObjectId id(kind, ++serial_);
    trace->set_name(id, name);
    return id;
  }
  // Returns its number.
  size_t put(EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0, uint32_t b = 0,
             uint32_t c = 0, uint32_t line = 0) {
    Event e;
    e.code = code;
    e.irql = irql;
    e.thread = thread;
    e.time = time;
    e.s = s;
    e.o = o;
    e.a = a;
    e.b = b;
    e.c = c;
    if (line) e.site = Site(file, line);
    trace->push(e);
    return trace->size() - 1;
  }
  void line(uint32_t number) { put(EventCode::Line, {}, {}, 0, 0, 0, number); }
  void clock(uint32_t microseconds) {
    time = microseconds;
    const uint16_t was = thread;
    thread = 0;
    put(EventCode::Clock, {}, {}, microseconds);
    thread = was;
  }

 private:
  uint32_t serial_ = 0;
};

// The run of the main picture.
class PanesRun : public TraceWriter {
 public:
  ObjectId device, reads, writes, waiting, notepad, backup, monitor, file_a, file_b, target;
  ObjectId setup, t1, t2, dpc, channel, lock;
  std::map<std::string, ObjectId> r;
  size_t choice = 0, forward = 0, cancelled = 0, violation = 0;

  explicit PanesRun(bool with_violation = false) {
    set_up();
    arrive("R0", RequestType::Read, notepad, 0);
    present("R0", reads, CallbackKind::EvtIoRead, t1, 17);
    arrive("R1", RequestType::Read, notepad, 700);
    hand_back("R0", 2400);
    present("R1", reads, CallbackKind::EvtIoRead, t1, 17);
    arrive("W1", RequestType::Write, backup, 2900);
    present("W1", writes, CallbackKind::EvtIoWrite, t2, 34);
    arrive("R2", RequestType::Read, notepad, 3400);
    arrive("W2", RequestType::Write, backup, 3900);
    forward_to("R1", waiting);
    present("R2", reads, CallbackKind::EvtIoRead, t1, 17);
    present("W2", writes, CallbackKind::EvtIoWrite, t2, 34);
    arrive("R3", RequestType::Read, notepad, 5600);
    arrive("R4", RequestType::Read, notepad, 7100);
    cancelable("W1");
    arrive("C1", RequestType::DeviceControl, monitor, 7900);
    send_on("W2");
    cancel("C1", 9400);
    clock(12400);
    if (with_violation)
      complete_while_cancelable("W1");
    else
      put(EventCode::Settled);
  }

  std::vector<BookmarkAt> bookmarks() const { return {{"forward", 0, uint32_t(forward) + 1}}; }

 private:
  void set_up() {
    file = trace->intern_file("lessons/00-test/driver.c");
    put(EventCode::Program, {}, {}, trace->intern("test"));
    setup = start(ThreadKind::Setup, "set-up");
    enter(CallbackKind::EvtDriverDeviceAdd, {}, {});
    device = make(ObjectKind::Device, "device");
    put(EventCode::Create, device);
    put(EventCode::DeviceConfig, device, {}, kDevicePowerPolicyOwner);
    const uint32_t base = kConfigPowerManaged;
    reads = queue("default", base | kConfigDefault | uint32_t(Dispatch::Sequential), ~0u);
    writes = queue("writes", base | uint32_t(Dispatch::Parallel), 2);
    waiting = queue("waiting", base | uint32_t(Dispatch::Manual), ~0u);
    put(EventCode::Route, device, writes, uint32_t(RequestType::Write));
    target = make(ObjectKind::IoTarget, "lower");
    put(EventCode::Create, target, device);
    put(EventCode::TargetConfig, target, device, 20'000);
    channel = make(ObjectKind::Channel, "channel 1");
    put(EventCode::ChannelConfig, channel, device, 0, 0, 4000);
    lock = make(ObjectKind::CallbackLock, "lock of default");
    leave(CallbackKind::EvtDriverDeviceAdd, {}, {});
    put(EventCode::ThreadEnd, setup);
    thread = 0;
    put(EventCode::DevicePower, device, {}, uint32_t(DevicePower::D0));
    notepad = app("notepad");
    backup = app("backup");
    monitor = app("monitor");
    file_a = open("A", notepad);
    file_b = open("B", monitor);
    t1 = start(ThreadKind::App, "T1", notepad);
    t2 = start(ThreadKind::App, "T2", backup);
  }
  ObjectId queue(std::string_view name, uint32_t config, uint32_t limit) {
    const ObjectId q = make(ObjectKind::Queue, name);
    put(EventCode::Create, q, device);
    put(EventCode::QueueConfig, q, device, config, limit,
        1u << unsigned(CallbackKind::EvtIoRead) | 1u << unsigned(CallbackKind::EvtIoWrite));
    put(EventCode::QueueFlags, q, {}, kAccept | kDispatch);
    put(EventCode::QueuePower, q, {}, uint32_t(QueuePower::On));
    return q;
  }
  ObjectId app(std::string_view name) {
    const ObjectId a = make(ObjectKind::App, name);
    put(EventCode::AppStart, a, {}, trace->intern(name));
    return a;
  }
  ObjectId open(std::string_view name, ObjectId owner) {
    const ObjectId f = make(ObjectKind::FileObject, name);
    put(EventCode::FileOpen, f, owner, trace->intern(name));
    return f;
  }
  ObjectId start(ThreadKind kind, std::string_view name, ObjectId of = {}) {
    const ObjectId t = make(ObjectKind::Thread, name);
    thread = uint16_t(t.serial());
    put(EventCode::ThreadStart, t, of, uint32_t(kind), trace->intern(name));
    return t;
  }
  void run(ObjectId t) {
    if (thread == t.serial()) return;
    thread = 0;
    choice = put(EventCode::Choice, {}, {}, ordinal_++, 2, t.serial());
    thread = uint16_t(t.serial());
    put(EventCode::ThreadRun, t);
  }
  void enter(CallbackKind kind, ObjectId s, ObjectId o) {
    put(EventCode::CallbackEnter, s, o, uint32_t(kind));
  }
  void leave(CallbackKind kind, ObjectId s, ObjectId o) {
    put(EventCode::CallbackLeave, s, o, uint32_t(kind));
  }
  uint32_t waiting_in(ObjectId q) { return waiting_[q.raw]; }

  void arrive(const std::string& name, RequestType type, ObjectId from, uint32_t at) {
    if (at > time) clock(at);
    run(from == backup ? t2 : t1);
    const ObjectId id = r[name] = make(ObjectKind::Request, name);
    const ObjectId q = type == RequestType::Write ? writes : reads;
    put(EventCode::Send, id, from, uint32_t(type), 512, type == RequestType::Write ? 0 : 512);
    put(EventCode::Arrive, id, device, (from == monitor ? file_b : file_a).raw,
        type == RequestType::DeviceControl ? 0x222004 : 0);
    put(EventCode::Insert, id, q, 0, ++waiting_[q.raw]);
  }
  void present(const std::string& name, ObjectId q, CallbackKind handler, ObjectId t,
               uint32_t line_number) {
    run(t);
    const ObjectId id = r[name];
    put(EventCode::Remove, id, q, uint32_t(RemoveReason::Dispatch), --waiting_[q.raw]);
    put(EventCode::Charge, id, q, ++owned_[q.raw], uint32_t(ChargeReason::Dispatch));
    put(EventCode::Present, id, q);
    put(EventCode::Own, id, q, uint32_t(OwnReason::Delivered));
    put(EventCode::LockAcquire, lock, reads);
    const uint8_t was = irql;
    put(EventCode::Irql, t, {}, 2, was);
    irql = 2;
    enter(handler, id, q);
    for (uint32_t l : {line_number + 3, line_number + 6, line_number + 7}) line(l);
    put(EventCode::CallEnter, id, {}, uint32_t(ApiFn::WdfIoQueueGetDevice), 0, 0, line_number + 3);
    put(EventCode::CallLeave, id, {}, uint32_t(ApiFn::WdfIoQueueGetDevice));
    if (name == "R2") return;  // still inside
    leave(handler, id, q);
    put(EventCode::LockRelease, lock, reads);
    put(EventCode::Irql, t, {}, was, 2);
    irql = was;
  }
  void hand_back(const std::string& name, uint32_t at) {
    clock(at);
    dpc = start(ThreadKind::Dpc, "DPC", device);
    irql = 2;
    put(EventCode::Irql, dpc, {}, 2, 0);
    enter(CallbackKind::EvtDpcFunc, device, device);
    line(28);
    put(EventCode::CallEnter, r[name], {}, uint32_t(ApiFn::WdfRequestComplete), 0, 0, 28);
    put(EventCode::GiveUp, r[name], reads, uint32_t(GiveUpReason::Complete));
    complete(name, reads, 0);
    put(EventCode::CallLeave, r[name], {}, uint32_t(ApiFn::WdfRequestComplete));
    leave(CallbackKind::EvtDpcFunc, device, device);
    put(EventCode::ThreadEnd, dpc);
    irql = 0;
  }
  void complete(const std::string& name, ObjectId q, uint32_t status) {
    put(EventCode::Completing, r[name], q, status, status ? 0 : 512);
    put(EventCode::Completed, r[name], notepad, status, status ? 0 : 512);
    put(EventCode::Uncharge, r[name], q, --owned_[q.raw], uint32_t(UnchargeReason::Complete));
  }
  void forward_to(const std::string& name, ObjectId q) {
    run(t1);
    clock(5300);
    line(23);
    put(EventCode::CallEnter, r[name], q, uint32_t(ApiFn::WdfRequestForwardToIoQueue), 0, 0, 24);
    put(EventCode::GiveUp, r[name], reads, uint32_t(GiveUpReason::Forward));
    forward = put(EventCode::Insert, r[name], q, 0, ++waiting_[q.raw]);
    put(EventCode::Uncharge, r[name], reads, --owned_[reads.raw],
        uint32_t(UnchargeReason::Forward));
    put(EventCode::CallLeave, r[name], q, uint32_t(ApiFn::WdfRequestForwardToIoQueue), 0, 1);
  }
  void cancelable(const std::string& name) {
    run(t2);
    line(37);
    put(EventCode::CallEnter, r[name], {}, uint32_t(ApiFn::WdfRequestMarkCancelable), 0, 0, 37);
    put(EventCode::Cancelable, r[name], writes);
    put(EventCode::CallLeave, r[name], {}, uint32_t(ApiFn::WdfRequestMarkCancelable));
  }
  void send_on(const std::string& name) {
    run(t2);
    put(EventCode::GiveUp, r[name], writes, uint32_t(GiveUpReason::Send));
    put(EventCode::SendTarget, r[name], target);
    put(EventCode::ThreadWait, t2, target, uint32_t(WaitReason::TargetIo));
  }
  void cancel(const std::string& name, uint32_t at) {
    clock(at);
    thread = uint16_t(t1.serial());
    put(EventCode::CancelFlag, r[name], monitor, 1);
    put(EventCode::CancelClaim, r[name], reads);
    put(EventCode::Remove, r[name], reads, uint32_t(RemoveReason::Cancel), --waiting_[reads.raw]);
    put(EventCode::Completing, r[name], reads, 0xC0000120u, 0, 1);
    cancelled = put(EventCode::Completed, r[name], monitor, 0xC0000120u);
  }
  void complete_while_cancelable(const std::string& name) {
    run(t2);
    line(28);
    put(EventCode::CallEnter, r[name], {}, uint32_t(ApiFn::WdfRequestComplete), 0, 0, 28);
    violation = put(EventCode::Violation, r[name], writes, trace->intern("V-07"), 2, 0, 28);
  }

  uint32_t ordinal_ = 0;
  std::map<uint32_t, uint32_t> waiting_, owned_;
};

// About `events` events: requests go through one queue, four threads take turns.
inline std::shared_ptr<Trace> long_trace(size_t events, size_t requests_at_once = 20) {
  TraceWriter w;
  const ObjectId q = w.make(ObjectKind::Queue, "default");
  w.put(EventCode::Create, q);
  w.put(EventCode::QueueConfig, q, {}, uint32_t(Dispatch::Parallel), 4);
  w.put(EventCode::QueueFlags, q, {}, kAccept | kDispatch);
  ObjectId threads[4];
  for (auto& t : threads) {
    t = w.make(ObjectKind::Thread, "T" + std::to_string(&t - threads + 1));
    w.put(EventCode::ThreadStart, t);
  }
  std::vector<ObjectId> open;
  uint32_t owned = 0, turn = 0;
  while (w.trace->size() < events) {
    const ObjectId t = threads[turn++ % 4];
    w.put(EventCode::Choice, {}, {}, turn, 4, t.serial());
    w.thread = uint16_t(t.serial());
    if (turn % 8 == 0) w.clock(w.time + 137);
    const ObjectId id = w.make(ObjectKind::Request, "R" + std::to_string(turn));
    w.put(EventCode::Send, id, {}, uint32_t(RequestType::Read), 16);
    w.put(EventCode::Arrive, id);
    w.put(EventCode::Insert, id, q, 0, 1);
    w.put(EventCode::Remove, id, q);
    w.put(EventCode::Charge, id, q, ++owned);
    w.put(EventCode::Own, id, q);
    w.put(EventCode::CallbackEnter, id, q, uint32_t(CallbackKind::EvtIoRead));
    w.put(EventCode::CallbackLeave, id, q, uint32_t(CallbackKind::EvtIoRead));
    open.push_back(id);
    if (open.size() < requests_at_once) continue;
    const ObjectId oldest = open.front();
    open.erase(open.begin());
    w.put(EventCode::Completing, oldest, q);
    w.put(EventCode::Completed, oldest);
    w.put(EventCode::Uncharge, oldest, q, --owned);
  }
  return w.trace;
}

// A moment as Session would give it: `position` in events, its fraction is the progress of the
// motion.
inline Moment moment_at(Timeline& timeline, double position) {
  const size_t whole = size_t(position);
  const double t = position - double(whole);
  Moment m;
  m.timeline = &timeline;
  m.trace = &timeline.trace();
  m.event = std::min(timeline.size(), t > 0 ? whole + 1 : whole);
  m.t = t > 0 ? t : 1;
  m.before = &timeline.at(m.event > 0 ? m.event - 1 : 0);
  m.after = &timeline.at(m.event);
  m.at_end = m.event == timeline.size();
  if (m.event > 0) {
    const EventCode code = (*m.trace)[m.event - 1].code;
    m.stopped_at_verdict = code == EventCode::Violation;
  }
  return m;
}

}  // namespace qs::test
