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
  std::shared_ptr<trace::Trace> trace = std::make_shared<trace::Trace>();
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
  size_t put(trace::EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0,
             uint32_t b = 0, uint32_t c = 0, uint32_t line = 0) {
    trace::Event e;
    e.code = code;
    e.irql = irql;
    e.thread = thread;
    e.time = time;
    e.s = s;
    e.o = o;
    e.a = a;
    e.b = b;
    e.c = c;
    if (line) e.site = trace::Site(file, line);
    trace->push(e);
    return trace->size() - 1;
  }
  void line(uint32_t number) { put(trace::EventCode::Line, {}, {}, 0, 0, 0, number); }
  void clock(uint32_t microseconds) {
    time = microseconds;
    const uint16_t was = thread;
    thread = 0;
    put(trace::EventCode::Clock, {}, {}, microseconds);
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
    arrive("R0", trace::RequestType::Read, notepad, 0);
    present("R0", reads, trace::CallbackKind::EvtIoRead, t1, 17);
    arrive("R1", trace::RequestType::Read, notepad, 700);
    hand_back("R0", 2400);
    present("R1", reads, trace::CallbackKind::EvtIoRead, t1, 17);
    arrive("W1", trace::RequestType::Write, backup, 2900);
    present("W1", writes, trace::CallbackKind::EvtIoWrite, t2, 34);
    arrive("R2", trace::RequestType::Read, notepad, 3400);
    arrive("W2", trace::RequestType::Write, backup, 3900);
    forward_to("R1", waiting);
    present("R2", reads, trace::CallbackKind::EvtIoRead, t1, 17);
    present("W2", writes, trace::CallbackKind::EvtIoWrite, t2, 34);
    arrive("R3", trace::RequestType::Read, notepad, 5600);
    arrive("R4", trace::RequestType::Read, notepad, 7100);
    cancelable("W1");
    arrive("C1", trace::RequestType::DeviceControl, monitor, 7900);
    send_on("W2");
    cancel("C1", 9400);
    clock(12400);
    if (with_violation)
      complete_while_cancelable("W1");
    else
      put(trace::EventCode::Settled);
  }

  std::vector<session::BookmarkAt> bookmarks() const {
    return {{"forward", 0, uint32_t(forward) + 1}};
  }

 private:
  void set_up() {
    file = trace->intern_file("lessons/00-test/driver.c");
    put(trace::EventCode::Program, {}, {}, trace->intern("test"));
    setup = start(trace::ThreadKind::Setup, "set-up");
    enter(trace::CallbackKind::EvtDriverDeviceAdd, {}, {});
    device = make(ObjectKind::Device, "device");
    put(trace::EventCode::Create, device);
    put(trace::EventCode::DeviceConfig, device, {}, trace::kDevicePowerPolicyOwner);
    const uint32_t base = trace::kConfigPowerManaged;
    reads =
        queue("default", base | trace::kConfigDefault | uint32_t(trace::Dispatch::Sequential), ~0u);
    writes = queue("writes", base | uint32_t(trace::Dispatch::Parallel), 2);
    waiting = queue("waiting", base | uint32_t(trace::Dispatch::Manual), ~0u);
    put(trace::EventCode::Route, device, writes, uint32_t(trace::RequestType::Write));
    target = make(ObjectKind::IoTarget, "lower");
    put(trace::EventCode::Create, target, device);
    put(trace::EventCode::TargetConfig, target, device, 20'000);
    channel = make(ObjectKind::Channel, "channel 1");
    put(trace::EventCode::ChannelConfig, channel, device, 0, 0, 4000);
    lock = make(ObjectKind::CallbackLock, "lock of default");
    leave(trace::CallbackKind::EvtDriverDeviceAdd, {}, {});
    put(trace::EventCode::ThreadEnd, setup);
    thread = 0;
    put(trace::EventCode::DevicePower, device, {}, uint32_t(trace::DevicePower::D0));
    notepad = app("notepad");
    backup = app("backup");
    monitor = app("monitor");
    file_a = open("A", notepad);
    file_b = open("B", monitor);
    t1 = start(trace::ThreadKind::App, "T1", notepad);
    t2 = start(trace::ThreadKind::App, "T2", backup);
  }
  ObjectId queue(std::string_view name, uint32_t config, uint32_t limit) {
    const ObjectId q = make(ObjectKind::Queue, name);
    put(trace::EventCode::Create, q, device);
    put(trace::EventCode::QueueConfig, q, device, config, limit,
        1u << unsigned(trace::CallbackKind::EvtIoRead) |
            1u << unsigned(trace::CallbackKind::EvtIoWrite));
    put(trace::EventCode::QueueFlags, q, {}, trace::kAccept | trace::kDispatch);
    put(trace::EventCode::QueuePower, q, {}, uint32_t(trace::QueuePower::On));
    return q;
  }
  ObjectId app(std::string_view name) {
    const ObjectId a = make(ObjectKind::App, name);
    put(trace::EventCode::AppStart, a, {}, trace->intern(name));
    return a;
  }
  ObjectId open(std::string_view name, ObjectId owner) {
    const ObjectId f = make(ObjectKind::FileObject, name);
    put(trace::EventCode::FileOpen, f, owner, trace->intern(name));
    return f;
  }
  ObjectId start(trace::ThreadKind kind, std::string_view name, ObjectId of = {}) {
    const ObjectId t = make(ObjectKind::Thread, name);
    thread = uint16_t(t.serial());
    put(trace::EventCode::ThreadStart, t, of, uint32_t(kind), trace->intern(name));
    return t;
  }
  void run(ObjectId t) {
    if (thread == t.serial()) return;
    thread = 0;
    choice = put(trace::EventCode::Choice, {}, {}, ordinal_++, 2, t.serial());
    thread = uint16_t(t.serial());
    put(trace::EventCode::ThreadRun, t);
  }
  void enter(trace::CallbackKind kind, ObjectId s, ObjectId o) {
    put(trace::EventCode::CallbackEnter, s, o, uint32_t(kind));
  }
  void leave(trace::CallbackKind kind, ObjectId s, ObjectId o) {
    put(trace::EventCode::CallbackLeave, s, o, uint32_t(kind));
  }
  uint32_t waiting_in(ObjectId q) { return waiting_[q.raw]; }

  void arrive(const std::string& name, trace::RequestType type, ObjectId from, uint32_t at) {
    if (at > time) clock(at);
    run(from == backup ? t2 : t1);
    const ObjectId id = r[name] = make(ObjectKind::Request, name);
    const ObjectId q = type == trace::RequestType::Write ? writes : reads;
    put(trace::EventCode::Send, id, from, uint32_t(type), 512,
        type == trace::RequestType::Write ? 0 : 512);
    put(trace::EventCode::Arrive, id, device, (from == monitor ? file_b : file_a).raw,
        type == trace::RequestType::DeviceControl ? 0x222004 : 0);
    put(trace::EventCode::Insert, id, q, 0, ++waiting_[q.raw]);
  }
  void present(const std::string& name, ObjectId q, trace::CallbackKind handler, ObjectId t,
               uint32_t line_number) {
    run(t);
    const ObjectId id = r[name];
    put(trace::EventCode::Remove, id, q, uint32_t(trace::RemoveReason::Dispatch),
        --waiting_[q.raw]);
    put(trace::EventCode::Charge, id, q, ++owned_[q.raw], uint32_t(trace::ChargeReason::Dispatch));
    put(trace::EventCode::Present, id, q);
    put(trace::EventCode::Own, id, q, uint32_t(trace::OwnReason::Delivered));
    put(trace::EventCode::LockAcquire, lock, reads);
    const uint8_t was = irql;
    put(trace::EventCode::Irql, t, {}, 2, was);
    irql = 2;
    enter(handler, id, q);
    for (uint32_t l : {line_number + 3, line_number + 6, line_number + 7}) line(l);
    put(trace::EventCode::CallEnter, id, {}, uint32_t(trace::ApiFn::WdfIoQueueGetDevice), 0, 0,
        line_number + 3);
    put(trace::EventCode::CallLeave, id, {}, uint32_t(trace::ApiFn::WdfIoQueueGetDevice));
    if (name == "R2") return;  // still inside
    leave(handler, id, q);
    put(trace::EventCode::LockRelease, lock, reads);
    put(trace::EventCode::Irql, t, {}, was, 2);
    irql = was;
  }
  void hand_back(const std::string& name, uint32_t at) {
    clock(at);
    dpc = start(trace::ThreadKind::Dpc, "DPC", device);
    irql = 2;
    put(trace::EventCode::Irql, dpc, {}, 2, 0);
    enter(trace::CallbackKind::EvtDpcFunc, device, device);
    line(28);
    put(trace::EventCode::CallEnter, r[name], {}, uint32_t(trace::ApiFn::WdfRequestComplete), 0, 0,
        28);
    put(trace::EventCode::GiveUp, r[name], reads, uint32_t(trace::GiveUpReason::Complete));
    complete(name, reads, 0);
    put(trace::EventCode::CallLeave, r[name], {}, uint32_t(trace::ApiFn::WdfRequestComplete));
    leave(trace::CallbackKind::EvtDpcFunc, device, device);
    put(trace::EventCode::ThreadEnd, dpc);
    irql = 0;
  }
  void complete(const std::string& name, ObjectId q, uint32_t status) {
    put(trace::EventCode::Completing, r[name], q, status, status ? 0 : 512);
    put(trace::EventCode::Completed, r[name], notepad, status, status ? 0 : 512);
    put(trace::EventCode::Uncharge, r[name], q, --owned_[q.raw],
        uint32_t(trace::UnchargeReason::Complete));
  }
  void forward_to(const std::string& name, ObjectId q) {
    run(t1);
    clock(5300);
    line(23);
    put(trace::EventCode::CallEnter, r[name], q, uint32_t(trace::ApiFn::WdfRequestForwardToIoQueue),
        0, 0, 24);
    put(trace::EventCode::GiveUp, r[name], reads, uint32_t(trace::GiveUpReason::Forward));
    forward = put(trace::EventCode::Insert, r[name], q, 0, ++waiting_[q.raw]);
    put(trace::EventCode::Uncharge, r[name], reads, --owned_[reads.raw],
        uint32_t(trace::UnchargeReason::Forward));
    put(trace::EventCode::CallLeave, r[name], q, uint32_t(trace::ApiFn::WdfRequestForwardToIoQueue),
        0, 1);
  }
  void cancelable(const std::string& name) {
    run(t2);
    line(37);
    put(trace::EventCode::CallEnter, r[name], {}, uint32_t(trace::ApiFn::WdfRequestMarkCancelable),
        0, 0, 37);
    put(trace::EventCode::Cancelable, r[name], writes);
    put(trace::EventCode::CallLeave, r[name], {}, uint32_t(trace::ApiFn::WdfRequestMarkCancelable));
  }
  void send_on(const std::string& name) {
    run(t2);
    put(trace::EventCode::GiveUp, r[name], writes, uint32_t(trace::GiveUpReason::Send));
    put(trace::EventCode::SendTarget, r[name], target);
    put(trace::EventCode::ThreadWait, t2, target, uint32_t(trace::WaitReason::TargetIo));
  }
  void cancel(const std::string& name, uint32_t at) {
    clock(at);
    thread = uint16_t(t1.serial());
    put(trace::EventCode::CancelFlag, r[name], monitor, 1);
    put(trace::EventCode::CancelClaim, r[name], reads);
    put(trace::EventCode::Remove, r[name], reads, uint32_t(trace::RemoveReason::Cancel),
        --waiting_[reads.raw]);
    put(trace::EventCode::Completing, r[name], reads, 0xC0000120u, 0, 1);
    cancelled = put(trace::EventCode::Completed, r[name], monitor, 0xC0000120u);
  }
  void complete_while_cancelable(const std::string& name) {
    run(t2);
    line(28);
    put(trace::EventCode::CallEnter, r[name], {}, uint32_t(trace::ApiFn::WdfRequestComplete), 0, 0,
        28);
    violation = put(trace::EventCode::Violation, r[name], writes, trace->intern("V-07"), 2, 0, 28);
  }

  uint32_t ordinal_ = 0;
  std::map<uint32_t, uint32_t> waiting_, owned_;
};

// About `events` events: requests go through one queue, four threads take turns.
inline std::shared_ptr<trace::Trace> long_trace(size_t events, size_t requests_at_once = 20) {
  TraceWriter w;
  const ObjectId q = w.make(ObjectKind::Queue, "default");
  w.put(trace::EventCode::Create, q);
  w.put(trace::EventCode::QueueConfig, q, {}, uint32_t(trace::Dispatch::Parallel), 4);
  w.put(trace::EventCode::QueueFlags, q, {}, trace::kAccept | trace::kDispatch);
  ObjectId threads[4];
  for (auto& t : threads) {
    t = w.make(ObjectKind::Thread, "T" + std::to_string(&t - threads + 1));
    w.put(trace::EventCode::ThreadStart, t);
  }
  std::vector<ObjectId> open;
  uint32_t owned = 0, turn = 0;
  while (w.trace->size() < events) {
    const ObjectId t = threads[turn++ % 4];
    w.put(trace::EventCode::Choice, {}, {}, turn, 4, t.serial());
    w.thread = uint16_t(t.serial());
    if (turn % 8 == 0) w.clock(w.time + 137);
    const ObjectId id = w.make(ObjectKind::Request, "R" + std::to_string(turn));
    w.put(trace::EventCode::Send, id, {}, uint32_t(trace::RequestType::Read), 16);
    w.put(trace::EventCode::Arrive, id);
    w.put(trace::EventCode::Insert, id, q, 0, 1);
    w.put(trace::EventCode::Remove, id, q);
    w.put(trace::EventCode::Charge, id, q, ++owned);
    w.put(trace::EventCode::Own, id, q);
    w.put(trace::EventCode::CallbackEnter, id, q, uint32_t(trace::CallbackKind::EvtIoRead));
    w.put(trace::EventCode::CallbackLeave, id, q, uint32_t(trace::CallbackKind::EvtIoRead));
    open.push_back(id);
    if (open.size() < requests_at_once) continue;
    const ObjectId oldest = open.front();
    open.erase(open.begin());
    w.put(trace::EventCode::Completing, oldest, q);
    w.put(trace::EventCode::Completed, oldest);
    w.put(trace::EventCode::Uncharge, oldest, q, --owned);
  }
  return w.trace;
}

// A moment as Session would give it: `position` in events, its fraction is the progress of the
// motion.
inline session::Moment moment_at(model::Timeline& timeline, double position) {
  const size_t whole = size_t(position);
  const double t = position - double(whole);
  session::Moment m;
  m.timeline = &timeline;
  m.trace = &timeline.trace();
  m.event = std::min(timeline.size(), t > 0 ? whole + 1 : whole);
  m.t = t > 0 ? t : 1;
  m.before = &timeline.at(m.event > 0 ? m.event - 1 : 0);
  m.after = &timeline.at(m.event);
  m.at_end = m.event == timeline.size();
  if (m.event > 0) {
    const trace::EventCode code = (*m.trace)[m.event - 1].code;
    m.stopped_at_verdict = code == trace::EventCode::Violation;
  }
  return m;
}

}  // namespace qs::test
