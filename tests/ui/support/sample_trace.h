// Runs written by hand, event by event, for tests of views: a device with three queues and some
// requests, or as many of everything as wanted. They look like runs of the engine, but nothing was
// executed. Used by tests/ui; knows events and nothing of the engine.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/timeline/timeline.h"
#include "session/session.h"
#include "trace/events/trace.h"

namespace qs::sample {

inline constexpr int32_t kSuccess = 0, kCancelled = int32_t(0xC0000120);

class Writer {
 public:
  std::shared_ptr<trace::Trace> trace = std::make_shared<trace::Trace>();

  // One event by the present thread; returns how many there are now.
  size_t push(trace::EventCode code, ObjectId s = {}, ObjectId o = {}, uint32_t a = 0,
              uint32_t b = 0, uint32_t c = 0) {
    trace::Event e;
    e.code = code;
    e.s = s;
    e.o = o;
    e.a = a;
    e.b = b;
    e.c = c;
    e.irql = irql;
    e.thread = uint16_t(thread.serial());
    e.time = time;
    e.site = site;
    trace->push(e);
    return trace->size();
  }
  ObjectId make(ObjectKind kind, std::string_view name) {
    const ObjectId id(kind, ++serial_);
    trace->set_name(id, name);
    return id;
  }
  ObjectId start_thread(std::string_view name, trace::ThreadKind kind, ObjectId works_for = {}) {
    const ObjectId id = make(ObjectKind::Thread, name);
    thread = id;
    push(trace::EventCode::ThreadStart, id, works_for, uint32_t(kind), trace->intern(name));
    return id;
  }
  void line(uint32_t number) {
    site = trace::Site(trace->intern_file("driver.c"), number);
    push(trace::EventCode::Line);
  }
  void enter(trace::CallbackKind kind, ObjectId s = {}, ObjectId o = {}) {
    push(trace::EventCode::CallbackEnter, s, o, uint32_t(kind));
  }
  void leave(trace::CallbackKind kind, ObjectId s = {}, ObjectId o = {}) {
    push(trace::EventCode::CallbackLeave, s, o, uint32_t(kind));
  }

  ObjectId thread;
  uint32_t time = 0;
  uint8_t irql = 0;
  trace::Site site;

 private:
  uint32_t serial_ = 0;
};

inline uint32_t callbacks(std::initializer_list<trace::CallbackKind> kinds) {
  uint32_t bits = 0;
  for (const trace::CallbackKind k : kinds) bits |= 1u << unsigned(k);
  return bits;
}

// A device, its queues and the applications, with the steps that requests take.
class Scene : public Writer {
 public:
  ObjectId device;
  std::vector<ObjectId> apps, files, queues, channels;
  ObjectId target;

  void begin(std::string_view name = "sample") {
    push(trace::EventCode::Program, {}, {}, trace->intern(name));
    start_thread("setup", trace::ThreadKind::Setup);
    enter(trace::CallbackKind::DriverEntry);
    leave(trace::CallbackKind::DriverEntry);
    device = make(ObjectKind::Device, "device");
    push(trace::EventCode::Create, device);
    push(trace::EventCode::DeviceConfig, device, {}, 0);
  }
  ObjectId add_queue(std::string_view name, trace::Dispatch dispatch, uint32_t bits,
                     uint32_t handlers, uint32_t limit = 0xFFFFFFFFu) {
    const ObjectId q = make(ObjectKind::Queue, name);
    push(trace::EventCode::Create, q, device);
    push(trace::EventCode::QueueConfig, q, device, uint32_t(dispatch) | bits,
         dispatch == trace::Dispatch::Parallel ? limit : 0, handlers);
    push(trace::EventCode::QueueFlags, q, {}, trace::kAccept | trace::kDispatch);
    queues.push_back(q);
    return q;
  }
  void route(trace::RequestType type, ObjectId queue) {
    push(trace::EventCode::Route, device, queue, uint32_t(type));
  }
  void add_app(std::string_view name, std::string_view handle) {
    const ObjectId app = make(ObjectKind::App, name);
    push(trace::EventCode::AppStart, app, {}, trace->intern(name));
    const ObjectId file = make(ObjectKind::FileObject, handle);
    push(trace::EventCode::FileOpen, file, app, trace->intern(handle));
    apps.push_back(app);
    files.push_back(file);
  }
  void add_channel(std::string_view name) {
    const ObjectId c = make(ObjectKind::Channel, name);
    push(trace::EventCode::ChannelConfig, c, device, uint32_t(channels.size()), 0, 10000);
    channels.push_back(c);
  }
  void add_target(std::string_view name) {
    target = make(ObjectKind::IoTarget, name);
    push(trace::EventCode::Create, target, device);
    push(trace::EventCode::TargetConfig, target, device, 2000, 0);
    push(trace::EventCode::TargetState, target, {}, uint32_t(trace::TargetState::Started));
  }
  void start_device() {
    push(trace::EventCode::DevicePower, device, {}, uint32_t(trace::DevicePower::D0));
    push(trace::EventCode::DevicePnp, device, {}, uint32_t(trace::DevicePnp::Started));
  }

  // The call is made: the request is still with its sender.
  ObjectId send(std::string_view name, trace::RequestType type, size_t app, uint32_t length = 512) {
    const ObjectId r = make(ObjectKind::Request, name);
    push(trace::EventCode::Send, r, apps[app], uint32_t(type), length);
    sender_[r] = {apps[app], files[app]};
    return r;
  }
  void arrive(ObjectId r) { push(trace::EventCode::Arrive, r, device, sender_[r].file.raw); }
  void insert(ObjectId r, ObjectId q) { push(trace::EventCode::Insert, r, q, 0, ++waiting_[q]); }
  ObjectId arrive_in(std::string_view name, trace::RequestType type, size_t app, ObjectId q) {
    const ObjectId r = send(name, type, app);
    arrive(r);
    insert(r, q);
    return r;
  }
  // From the queue's list to the driver; the handler is entered and left with it.
  void deliver(ObjectId r, ObjectId q, trace::CallbackKind handler, bool stay_inside = false) {
    push(trace::EventCode::Remove, r, q, uint32_t(trace::RemoveReason::Dispatch), --waiting_[q]);
    push(trace::EventCode::Charge, r, q, ++owned_[q], uint32_t(trace::ChargeReason::Dispatch));
    push(trace::EventCode::Present, r, q);
    push(trace::EventCode::Own, r, q, uint32_t(trace::OwnReason::Delivered));
    enter(handler, r, q);
    if (!stay_inside) leave(handler, r, q);
  }
  void forward(ObjectId r, ObjectId from, ObjectId to) {
    push(trace::EventCode::GiveUp, r, from, uint32_t(trace::GiveUpReason::Forward));
    push(trace::EventCode::Uncharge, r, from, --owned_[from],
         uint32_t(trace::UnchargeReason::Forward));
    insert(r, to);
  }
  void complete(ObjectId r, ObjectId q, int32_t status, uint32_t information = 0) {
    push(trace::EventCode::Completing, r, q, uint32_t(status), information);
    push(trace::EventCode::Uncharge, r, q, --owned_[q], uint32_t(trace::UnchargeReason::Complete));
    push(trace::EventCode::Completed, r, sender_[r].app, uint32_t(status), information);
  }
  // Cancelled while it waits: the driver never hears of it.
  void cancel_waiting(ObjectId r, ObjectId q) {
    push(trace::EventCode::CancelFlag, r, sender_[r].app, 1);
    push(trace::EventCode::CancelClaim, r, q);
    push(trace::EventCode::Remove, r, q, uint32_t(trace::RemoveReason::Cancel), --waiting_[q]);
    push(trace::EventCode::Completing, r, q, uint32_t(kCancelled), 0, 1);
    push(trace::EventCode::Completed, r, sender_[r].app, uint32_t(kCancelled));
  }

 private:
  struct From {
    ObjectId app, file;
  };
  std::unordered_map<ObjectId, From> sender_;
  std::unordered_map<ObjectId, uint32_t> waiting_, owned_;
};

// The picture of the design: three queues in the three modes, three applications, hardware, reads,
// writes and a control that was cancelled. Ends while R2 is being forwarded to "waiting".
struct Sample {
  std::shared_ptr<trace::Trace> trace;
  ObjectId r1, r2, w1, default_queue, writes, waiting;
  size_t dispatched = 0;  // events up to and with: R2 was given to EvtIoRead
  size_t forwarded = 0;   // events up to and with: R2 arrived in the queue "waiting"
};

inline Sample sample_run() {
  using K = trace::CallbackKind;
  Scene s;
  Sample out;
  s.begin();
  out.default_queue = s.add_queue("default", trace::Dispatch::Sequential,
                                  trace::kConfigDefault | trace::kConfigPowerManaged,
                                  callbacks({K::EvtIoRead, K::EvtIoDeviceControl}));
  out.writes = s.add_queue("writes", trace::Dispatch::Parallel, trace::kConfigPowerManaged,
                           callbacks({K::EvtIoWrite}), 2);
  out.waiting = s.add_queue("waiting", trace::Dispatch::Manual, trace::kConfigPowerManaged, 0);
  s.route(trace::RequestType::Write, out.writes);
  s.start_device();
  s.add_channel("channel 1");
  s.add_channel("channel 2");
  s.add_app("notepad", "A");
  s.add_app("backup", "B");
  s.add_app("monitor", "C");
  s.start_thread("notepad", trace::ThreadKind::App, s.apps[0]);
  s.time = 1000;
  const ObjectId r0 = s.arrive_in("R0", trace::RequestType::Read, 0, out.default_queue);
  s.deliver(r0, out.default_queue, K::EvtIoRead);
  s.time = 2400;
  s.complete(r0, out.default_queue, kSuccess, 512);
  out.r1 = s.arrive_in("R1", trace::RequestType::Read, 0, out.default_queue);
  s.deliver(out.r1, out.default_queue, K::EvtIoRead);
  s.forward(out.r1, out.default_queue, out.waiting);
  s.time = 4000;
  s.start_thread("backup", trace::ThreadKind::App, s.apps[1]);
  out.w1 = s.arrive_in("W1", trace::RequestType::Write, 1, out.writes);
  s.deliver(out.w1, out.writes, K::EvtIoWrite);
  s.push(trace::EventCode::Cancelable, out.w1, out.writes);
  s.push(trace::EventCode::HwStart, s.channels[0], out.w1, 10000);
  const ObjectId w2 = s.arrive_in("W2", trace::RequestType::Write, 1, out.writes);
  s.deliver(w2, out.writes, K::EvtIoWrite);
  s.arrive_in("W3", trace::RequestType::Write, 1, out.writes);
  s.time = 6000;
  s.start_thread("monitor", trace::ThreadKind::App, s.apps[2]);
  const ObjectId c1 = s.arrive_in("C1", trace::RequestType::DeviceControl, 2, out.default_queue);
  s.cancel_waiting(c1, out.default_queue);
  s.time = 9400;
  s.start_thread("notepad", trace::ThreadKind::App, s.apps[0]);
  out.r2 = s.send("R2", trace::RequestType::Read, 0);
  s.arrive(out.r2);
  s.insert(out.r2, out.default_queue);
  s.irql = 2;
  s.push(trace::EventCode::Irql, s.thread, {}, 2, 0);
  s.arrive_in("R3", trace::RequestType::Read, 0, out.default_queue);
  s.arrive_in("R4", trace::RequestType::Read, 0, out.default_queue);
  s.time = 12400;
  s.deliver(out.r2, out.default_queue, K::EvtIoRead, true);
  out.dispatched = s.trace->size() - 1;
  s.line(41);
  s.line(46);
  s.push(trace::EventCode::CallEnter, out.r2, out.waiting,
         uint32_t(trace::ApiFn::WdfRequestForwardToIoQueue));
  s.send("R5", trace::RequestType::Read, 0);
  s.forward(out.r2, out.default_queue, out.waiting);
  out.forwarded = s.trace->size();
  s.push(trace::EventCode::CallLeave, out.r2, out.waiting,
         uint32_t(trace::ApiFn::WdfRequestForwardToIoQueue));
  s.leave(K::EvtIoRead, out.r2, out.default_queue);
  out.trace = s.trace;
  return out;
}

// As many queues and requests as wanted, spread over the queues; every third is owned, every fifth
// done; with a target, hardware and callbacks of every sort when `rich`.
inline std::shared_ptr<trace::Trace> crowd(int queues, int requests, int apps = 3,
                                           bool rich = true) {
  using K = trace::CallbackKind;
  Scene s;
  s.begin("crowd");
  static constexpr trace::Dispatch modes[] = {trace::Dispatch::Parallel,
                                              trace::Dispatch::Sequential, trace::Dispatch::Manual};
  static constexpr K handlers[] = {K::EvtIoRead, K::EvtIoWrite, K::EvtIoDeviceControl,
                                   K::EvtIoDefault};
  for (int i = 0; i < queues; ++i) {
    const trace::Dispatch mode = i == 0 ? trace::Dispatch::Parallel : modes[i % 3];
    uint32_t bits = mode == trace::Dispatch::Manual ? 0 : callbacks({handlers[i % 4]});
    if (rich && i == 0) bits |= callbacks({K::EvtIoStop, K::EvtIoResume, K::EvtIoCanceledOnQueue});
    s.add_queue(i == 0 ? "default" : "queue" + std::to_string(i + 1), mode,
                i == 0 ? uint32_t(trace::kConfigDefault) : 0u, bits, i % 2 ? 3 : 0xFFFFFFFFu);
  }
  s.start_device();
  if (rich) {
    s.add_channel("channel 1");
    s.add_channel("channel 2");
    s.add_target("disk below");
  }
  for (int i = 0; i < apps; ++i)
    s.add_app("app" + std::to_string(i + 1), std::string(1, char('A' + i % 26)));
  s.start_thread("app1", trace::ThreadKind::App, s.apps[0]);
  for (int i = 0; i < requests; ++i) {
    static constexpr trace::RequestType types[] = {
        trace::RequestType::Read, trace::RequestType::Write, trace::RequestType::DeviceControl};
    static constexpr char letters[] = {'R', 'W', 'C'};
    const ObjectId q = s.queues[size_t(i % queues)];
    s.time += 100;
    const ObjectId r =
        s.arrive_in(letters[i % 3] + std::to_string(i + 1), types[i % 3], size_t(i % apps), q);
    if (i % 3 == 0 || i % 5 == 0) {
      s.deliver(r, q, handlers[i % queues % 4], i == requests - 1);
      if (i % 5 == 0)
        s.complete(r, q, i % 10 ? kSuccess : kCancelled);
      else if (rich && i % 7 == 3)
        s.push(trace::EventCode::SendTarget, r, s.target);
      else if (i % 9 == 6)
        s.push(trace::EventCode::Cancelable, r, q);
    }
  }
  if (rich) s.enter(K::EvtRequestCancel, {}, s.queues[0]);
  return s.trace;
}

// The moment at which `events` have happened; `t` is the progress of the last of them.
inline session::Moment moment_at(model::Timeline& timeline, size_t events, double t = 1) {
  session::Moment m;
  m.before = &timeline.at(events ? events - 1 : 0);
  m.after = &timeline.at(events);
  m.trace = &timeline.trace();
  m.timeline = &timeline;
  m.event = events;
  m.t = t;
  m.at_end = events == timeline.size();
  return m;
}

}  // namespace qs::sample
