#include "tests/model/story.h"

#include <utility>

#include "trace/events/trace_file.h"

namespace qs::test {

using trace::EventCode;

Story& Story::add(EventCode code, ObjectId s, ObjectId o, uint32_t a, uint32_t b, uint32_t c) {
  trace::Event e;
  e.code = code;
  e.irql = irql;
  e.thread = on;
  e.time = time;
  e.s = s;
  e.o = o;
  e.a = a;
  e.b = b;
  e.c = c;
  if (line && on) e.site = trace::Site(trace.intern_file("driver.c"), line);
  trace.push(e);
  return *this;
}

Story& Story::input(std::string text) {
  uint32_t kept = std::exchange(on, 0);
  add(EventCode::Input, {}, {}, 0, trace.intern(text));
  on = kept;
  return *this;
}

Story& Story::named(EventCode code, ObjectId s, ObjectId o, std::string name) {
  trace.set_name(s, name);
  return add(code, s, o, trace.intern(name));
}

Story& Story::set_up(trace::Dispatch dispatch, uint32_t limit) {
  trace.set_name(device(), "disk");
  add(EventCode::Program, {}, {}, trace.intern("story"));
  add(EventCode::Option, {}, {}, uint32_t(trace::RunOption::Verifier), 1);
  add(EventCode::DeviceConfig, device());
  add(EventCode::DevicePower, device(), {}, uint32_t(trace::DevicePower::D0));
  add(EventCode::DevicePnp, device(), {}, uint32_t(trace::DevicePnp::Started));
  another_queue(1, "default", dispatch, limit);
  named(EventCode::AppStart, app(), {}, "notepad");
  named(EventCode::FileOpen, file(), app(), "A");
  return start_thread(1);
}

Story& Story::another_queue(uint32_t n, std::string name, trace::Dispatch dispatch,
                            uint32_t limit) {
  trace.set_name(queue(n), name);
  uint32_t handlers =
      dispatch == trace::Dispatch::Manual ? 0 : 1u << unsigned(trace::CallbackKind::EvtIoDefault);
  add(EventCode::QueueConfig, queue(n), device(),
      uint32_t(dispatch) | (n == 1 ? uint32_t(trace::kConfigDefault) : 0), limit, handlers);
  return flags(trace::kAccept | trace::kDispatch, 0, n);
}

Story& Story::start_thread(uint32_t n, trace::ThreadKind kind, ObjectId of) {
  std::string name = "T" + std::to_string(n);
  trace.set_name(thread(n), name);
  add(EventCode::ThreadStart, thread(n), of, uint32_t(kind), trace.intern(name));
  on = n;
  return *this;
}
Story& Story::end_thread(uint32_t n) {
  add(EventCode::ThreadEnd, thread(n));
  on = 0;
  return *this;
}

Story& Story::send(uint32_t n, trace::RequestType type, uint32_t length) {
  trace.set_name(request(n), (type == trace::RequestType::Write ? "W" : "R") + std::to_string(n));
  return add(EventCode::Send, request(n), app(), uint32_t(type), length);
}
Story& Story::arrive(uint32_t n) {
  return add(EventCode::Arrive, request(n), device(), file().raw);
}
Story& Story::insert(uint32_t n, uint32_t q, bool head) {
  return add(EventCode::Insert, request(n), queue(q), head ? 1 : 0, ++waiting[q]);
}
Story& Story::take(uint32_t n, uint32_t q) {
  return add(EventCode::Remove, request(n), queue(q), uint32_t(trace::RemoveReason::Dispatch),
             --waiting[q]);
}
Story& Story::charge(uint32_t n, uint32_t q) {
  return add(EventCode::Charge, request(n), queue(q), ++owned[q]);
}
Story& Story::uncharge(uint32_t n, uint32_t q) {
  return add(EventCode::Uncharge, request(n), queue(q), --owned[q]);
}
Story& Story::deliver(uint32_t n, uint32_t q) {
  charge(n, q);
  add(EventCode::Present, request(n), queue(q));
  add(EventCode::Own, request(n), queue(q), uint32_t(trace::OwnReason::Delivered));
  return add(EventCode::CallbackEnter, request(n), queue(q),
             uint32_t(trace::CallbackKind::EvtIoRead));
}
Story& Story::leave_handler(uint32_t n, uint32_t q) {
  return add(EventCode::CallbackLeave, request(n), queue(q),
             uint32_t(trace::CallbackKind::EvtIoRead));
}
Story& Story::call(trace::ApiFn fn, ObjectId s, ObjectId o) {
  return add(EventCode::CallEnter, s, o, uint32_t(fn));
}
Story& Story::ret(trace::ApiFn fn, ObjectId s, ObjectId o, int32_t status) {
  return add(EventCode::CallLeave, s, o, uint32_t(fn), uint32_t(status), 1);
}
Story& Story::complete(uint32_t n, uint32_t q, int32_t status, uint32_t information) {
  call(trace::ApiFn::WdfRequestComplete, request(n));
  add(EventCode::GiveUp, request(n), queue(q), uint32_t(trace::GiveUpReason::Complete));
  add(EventCode::Completing, request(n), queue(q), uint32_t(status), information, 0);
  add(EventCode::Completed, request(n), app(), uint32_t(status), information);
  uncharge(n, q);
  return ret(trace::ApiFn::WdfRequestComplete, request(n));
}
Story& Story::flags(uint32_t bits, uint32_t slots, uint32_t q) {
  return add(EventCode::QueueFlags, queue(q), {}, bits, slots);
}
Story& Story::at_line(uint32_t n) {
  line = n;
  return add(EventCode::Line);
}

namespace {

// Drives Story at random: requests wait, are delivered, forwarded, cancelled, sent on, completed.
class Driver {
 public:
  Driver(uint64_t seed, uint32_t queues) : r_(seed), queues_(queues) {
    s_.set_up(trace::Dispatch::Parallel, 0xFFFFFFFFu);
    for (uint32_t q = 2; q <= queues; ++q)
      s_.another_queue(q, "queue" + std::to_string(q), trace::Dispatch(1 + r_.below(3)));
    s_.add(EventCode::TargetConfig, target(), device(), 100);
    s_.add(EventCode::ChannelConfig, channel(), device());
    s_.end_thread(1);
  }
  trace::Trace run(size_t events) {
    while (s_.trace.size() < events) step();
    return std::move(s_.trace);
  }

 private:
  struct Live {
    uint32_t n, q;
    int at;  // 0 waiting, 1 owned, 2 at the target
    bool cancelable;
  };

  void step() {
    s_.time += r_.below(300);
    uint32_t t = 1 + r_.below(200);
    s_.start_thread(t);
    if (live_.size() < 40 && (live_.empty() || r_.one_in(3)))
      arrive();
    else
      act(r_.below(uint32_t(live_.size())));
    s_.end_thread(t);
  }
  void arrive() {
    uint32_t n = next_++, q = 1 + r_.below(queues_);
    s_.input("send read 16");
    s_.send(n, r_.one_in(2) ? trace::RequestType::Read : trace::RequestType::Write,
            1 + r_.below(512))
        .arrive(n);
    s_.insert(n, q);
    s_.add(EventCode::QueueDepth, queue(q), {}, 1);
    live_.push_back({n, q, 0, false});
    if (r_.one_in(2)) handler(live_.back());
    s_.add(EventCode::QueueDepth, queue(q), {}, 0);
  }
  void handler(Live& l) {
    s_.take(l.n, l.q).deliver(l.n, l.q);
    l.at = 1;
    for (uint32_t i = r_.below(6); i > 0; --i) s_.at_line(10 + r_.below(60));
    s_.add(EventCode::Irql, thread(s_.on), {}, 2, 0).add(EventCode::Irql, thread(s_.on), {}, 0, 2);
    s_.leave_handler(l.n, l.q);
  }
  void act(uint32_t i) {
    Live& l = live_[i];
    if (l.at == 0) {
      if (r_.one_in(5)) return cancel_waiting(i);
      return handler(l);
    }
    if (l.at == 2) {
      s_.add(EventCode::TargetBack, request(l.n), target());
      l.at = 1;
      return;
    }
    switch (r_.below(6)) {
      case 0: return forward(l);
      case 1:
        s_.add(l.cancelable ? EventCode::Uncancelable : EventCode::Cancelable, request(l.n),
               queue(l.q));
        l.cancelable = !l.cancelable;
        return;
      case 2:
        s_.add(EventCode::HwStart, channel(), request(l.n), 50)
            .add(EventCode::HwDone, channel(), request(l.n));
        return;
      case 3:
        s_.add(EventCode::GiveUp, request(l.n), queue(l.q), uint32_t(trace::GiveUpReason::Send))
            .add(EventCode::SendTarget, request(l.n), target());
        l.at = 2;
        return;
      default: break;
    }
    s_.complete(l.n, l.q, r_.one_in(4) ? int32_t(0xC0000120) : 0, 16);
    live_.erase(live_.begin() + i);
  }
  void forward(Live& l) {
    uint32_t to = 1 + r_.below(queues_);
    if (to == l.q) return;
    s_.call(trace::ApiFn::WdfRequestForwardToIoQueue, request(l.n), queue(to));
    s_.add(EventCode::GiveUp, request(l.n), queue(l.q), uint32_t(trace::GiveUpReason::Forward));
    s_.insert(l.n, to).uncharge(l.n, l.q);
    s_.ret(trace::ApiFn::WdfRequestForwardToIoQueue, request(l.n), queue(to));
    l.q = to;
    l.at = 0;
    l.cancelable = false;
  }
  void cancel_waiting(uint32_t i) {
    Live l = live_[i];
    s_.add(EventCode::CancelFlag, request(l.n), app(), 1)
        .add(EventCode::CancelClaim, request(l.n), queue(l.q))
        .take(l.n, l.q)
        .add(EventCode::CanceledBit, request(l.n))
        .add(EventCode::Completing, request(l.n), queue(l.q), 0xC0000120u, 0, 1)
        .add(EventCode::Completed, request(l.n), app(), 0xC0000120u);
    live_.erase(live_.begin() + i);
  }

  Random r_;
  Story s_;
  uint32_t queues_, next_ = 1;
  std::vector<Live> live_;
};

}  // namespace

trace::Trace random_run(uint64_t seed, size_t events, uint32_t queues) {
  return Driver(seed, queues).run(events);
}

trace::Trace random_noise(uint64_t seed, size_t events) {
  Random r(seed);
  trace::Trace t;
  t.intern("text");
  t.intern_file("driver.c");
  while (t.size() < events) {
    trace::Event e;
    e.code = EventCode(r.below(uint32_t(EventCode::Count)));
    e.irql = uint8_t(r.below(3));
    e.thread = uint32_t(r.below(4));
    e.time = uint32_t(t.size());
    auto id = [&] { return ObjectId(ObjectKind(1 + r.below(20)), 1 + r.below(3)); };
    if (!r.one_in(8)) e.s = id();
    if (!r.one_in(8)) e.o = id();
    e.a = r.one_in(4) ? uint32_t(r.engine()) : r.below(4);
    e.b = r.one_in(4) ? uint32_t(r.engine()) : r.below(4);
    e.c = r.below(3);
    if (r.one_in(2)) e.site = trace::Site(r.below(2), 1 + r.below(40));
    if (trace::check_event(t, e).empty()) t.push(e);
  }
  return t;
}

}  // namespace qs::test
