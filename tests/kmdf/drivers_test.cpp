// C drivers of the usual shapes, compiled as drivers are and run: the two echo drivers, the control
// device, and the kit's macros about queue states.
#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <vector>

#include "kmdf/request/io_manager.h"
#include "run/end_report.h"
#include "run/registry.h"
#include "run/world.h"

using namespace qs;
using namespace qs::kmdf;
using trace::RequestType;

namespace {

struct Loaded {
  struct Sent {
    Irp* irp = nullptr;  // valid until done
    ObjectId id;
    bool done = false;
    int32_t status = 0;
    std::string data;
  };

  std::shared_ptr<trace::Trace> trace = std::make_shared<trace::Trace>();
  run::World world{Options(), trace};
  int32_t loaded = -1;
  std::vector<std::unique_ptr<Sent>> sent;

  explicit Loaded(const char* name) {
    const run::CompiledDriver* driver = run::find_driver(run::test_drivers(), name);
    REQUIRE_MESSAGE(driver, name);
    world.framework.options.record_lines = false;
    in_thread([&] {
      loaded = world.load_driver([driver](void* o, void* p) { return driver->entry(o, p); });
    });
    REQUIRE(loaded == 0);
    REQUIRE(world.framework.devices.size() == 1);
    if (!device()->init.control) in_thread([&] { device()->pnp_start(); });
  }
  Device* device() { return world.framework.devices[0]; }

  void in_thread(std::function<void()> body) {
    world.enter();
    world.spawn(trace::ThreadKind::App, "test", {}, sched::kPassiveLevel, std::move(body));
    world.settle();
  }
  // Lets that much virtual time pass, timers included.
  void pass(uint32_t milliseconds) {
    sched::Scheduler& s = world.scheduler;
    uint32_t limit = s.now() + milliseconds * 1000;
    while (!s.stopped() && s.advance_clock(limit)) s.run_ready();
    s.move_clock_to(limit);
  }
  static void back(Irp* irp, void* context) {
    auto* s = static_cast<Sent*>(context);
    s->done = true;
    s->status = irp->status;
    if (irp->buffer && irp->information)
      s->data.assign(static_cast<char*>(irp->buffer), size_t(irp->information));
    s->irp = nullptr;
  }
  Sent* send(RequestType type, const std::string& in, uint32_t length, uint32_t out = 0,
             uint32_t code = 0, FileObject* file = nullptr) {
    Sent* s = sent.emplace_back(std::make_unique<Sent>()).get();
    in_thread([=, this] {
      Irp* irp = make_irp(type, length, out, file, {});
      irp->code = code;
      irp->done = back;
      irp->done_context = s;
      if (!in.empty()) std::memcpy(irp->buffer, in.data(), in.size());
      s->irp = irp;
      s->id = irp->id;
      if (type == RequestType::Create)
        device()->file_create(file, irp);
      else
        send_irp(device(), irp);
    });
    return s;
  }
  Sent* read(uint32_t length) { return send(RequestType::Read, "", length); }
  Sent* write(const std::string& text) {
    return send(RequestType::Write, text, uint32_t(text.size()));
  }
  bool cancel(Sent* s) {
    bool taken = false;
    in_thread([&] { taken = s->irp && cancel_irp(s->irp); });
    return taken;
  }
  std::vector<std::string> rules() {
    std::vector<std::string> out;
    for (size_t i = 0; i < trace->size(); ++i) {
      const trace::Event& e = (*trace)[i];
      if (e.code == trace::EventCode::Violation || e.code == trace::EventCode::Finding)
        out.emplace_back(trace->string(e.a));
    }
    return out;
  }
};

using Sent = Loaded::Sent;

}  // namespace

TEST_CASE("the echo drivers keep a request until their timer completes it, and echo") {
  for (const char* name : {"kmdf/echo_auto", "kmdf/echo_driver"}) {
    INFO(name);
    Loaded b(name);
    Sent* w = b.write("hello, queue");
    CHECK_FALSE(w->done);
    b.pass(150);
    CHECK(w->done);
    CHECK(w->status == 0);
    Sent* r = b.read(64);
    Sent* second = b.read(5);
    b.pass(150);
    CHECK(r->data == "hello, queue");
    b.pass(150);
    CHECK(second->data == "hello");
    Sent* large = b.write(std::string(5000, 'x'));
    CHECK(large->done);
    CHECK(large->status == QS_STATUS_BUFFER_OVERFLOW);
    CHECK(b.rules().empty());
  }
}

TEST_CASE("the echo drivers complete a cancelled request at once, and only once") {
  for (const char* name : {"kmdf/echo_auto", "kmdf/echo_driver"}) {
    INFO(name);
    Loaded b(name);
    Sent* w = b.write("abc");
    Sent* waits = b.read(3);
    CHECK(b.cancel(w));
    CHECK(w->status == QS_STATUS_CANCELLED);
    CHECK_FALSE(waits->done);
    b.pass(150);
    CHECK(waits->done);
    CHECK(waits->status == 0);
    Sent* last = b.write("d");
    Sent* behind = b.write("e");
    CHECK(b.cancel(behind));
    CHECK(behind->status == QS_STATUS_CANCELLED);
    b.pass(150);
    CHECK(last->status == 0);
    CHECK(b.rules().empty());
  }
}

TEST_CASE("the echo drivers finish what they hold before the device sleeps, and go on after") {
  for (const char* name : {"kmdf/echo_auto", "kmdf/echo_driver"}) {
    INFO(name);
    Loaded b(name);
    Sent* held = b.write("kept");
    bool down = false;
    b.in_thread([&] {
      b.device()->system_power_down();
      down = true;
    });
    CHECK_FALSE(down);  // EvtDeviceSelfManagedIoSuspend stops the queue and waits
    b.pass(150);
    CHECK(held->status == 0);
    CHECK(held->done);
    CHECK(down);
    CHECK_FALSE(b.device()->in_d0());
    Sent* waits = b.read(4);
    b.pass(500);
    CHECK_FALSE(waits->done);
    b.in_thread([&] { b.device()->system_power_up(); });
    b.pass(150);
    CHECK(waits->done);
    CHECK(waits->data == "kept");
    CHECK(b.rules().empty());
  }
}

TEST_CASE("removal deletes the echo drivers' queues with their contexts and gives pool back") {
  for (const char* name : {"kmdf/echo_auto", "kmdf/echo_driver"}) {
    INFO(name);
    Loaded b(name);
    b.write("kept");
    b.pass(150);
    b.in_thread([&] { b.device()->pnp_remove(); });
    CHECK(b.device()->removed);
    b.world.enter();
    run::Places places(*b.world.trace);
    run::report_leftovers(b.world.framework, places);
    CHECK(b.rules().empty());
  }
}

TEST_CASE("the control device opens once, logs, and answers buffered and neither controls") {
  Loaded b("kmdf/ioctl");
  CHECK(b.device()->init.control);
  FileObject* file = nullptr;
  b.in_thread([&] { file = make_file(b.device()); });
  Sent* open = b.send(RequestType::Create, "", 0, 0, 0, file);
  CHECK(open->done);
  CHECK(open->status == 0);
  FileObject* other = nullptr;
  b.in_thread([&] { other = make_file(b.device()); });
  CHECK(b.send(RequestType::Create, "", 0, 0, 0, other)->status == QS_STATUS_ACCESS_DENIED);

  Sent* buffered = b.send(RequestType::DeviceControl, "question", 8, 8, 0x222400, file);
  CHECK(buffered->status == 0);
  CHECK(buffered->data.substr(0, 6) == "answer");
  Sent* neither = b.send(RequestType::DeviceControl, "in", 2, 4, 0x222407, file);
  CHECK(neither->done);
  CHECK(neither->status == 0);
  CHECK(b.send(RequestType::DeviceControl, "x", 1, 4, 0x222800, file)->status ==
        QS_STATUS_INVALID_DEVICE_REQUEST);
  CHECK(b.send(RequestType::DeviceControl, "", 0, 4, 0x222400, file)->status ==
        QS_STATUS_INVALID_PARAMETER);
  b.in_thread([&] {
    b.device()->file_cleanup(file);
    b.device()->file_close(file);
  });
  CHECK(b.rules().empty());
}

TEST_CASE("Q-22 the kit's macros read the state bits as they are defined") {
  Loaded b("kmdf/states");
  for (uint32_t state = 0; state < 32; ++state) {
    INFO(state);
    bool accept = state & 1, dispatch = state & 2, none = state & 4, driver_none = state & 8,
         held = state & 16;
    Sent* s = b.send(RequestType::DeviceControl, std::string(1, char(state)), 1, 5);
    REQUIRE(s->data.size() == 5);
    CHECK(bool(s->data[0]) == (none && driver_none));
    CHECK(bool(s->data[1]) == (dispatch && accept && !held));
    CHECK(bool(s->data[2]) == (!dispatch && accept && driver_none));
    CHECK(bool(s->data[3]) == (!accept && dispatch && none && driver_none));
    CHECK(bool(s->data[4]) == (!accept && none && driver_none));
  }
}
