// The engine looks at itself (kmdf/core/validate.h): each look can fail, and says what is wrong
// with what and when. A live world is made wrong in one field, looked at, and mended again.
#include <doctest/doctest.h>

#include "kmdf/core/validate.h"
#include "kmdf/request/io_manager.h"
#include "kmdf/target/io_target.h"
#include "run/world.h"

using namespace qs;
using namespace qs::kmdf;

namespace {

std::vector<Broken> seen;
void note(const Broken& b) { seen.push_back(b); }

void keep(WDFQUEUE, WDFREQUEST, size_t) {}

int32_t add_bare_device(WDFDRIVER, PWDFDEVICE_INIT init) {
  WDFDEVICE d;
  int32_t status = qs_WdfDeviceCreate(nullptr, 0, &init, nullptr, &d);
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof(c);
  c.DispatchType = qs_WdfIoQueueDispatchSequential;
  c.DefaultQueue = 1;
  c.PowerManaged = qs_WdfFalse;
  c.EvtIoRead = keep;
  if (status >= 0) status = qs_WdfIoQueueCreate(nullptr, 0, d, &c, nullptr, nullptr);
  return status;
}

// A sequential queue whose driver keeps the first of three reads, and a thread that waits.
struct Kept {
  run::World world;
  Device* device = nullptr;
  Queue* queue = nullptr;
  Request *owned = nullptr, *waiting = nullptr;
  sched::VThread* waiter = nullptr;

  Kept() : world(Options(), std::make_shared<trace::Trace>()) {
    world.spawn(trace::ThreadKind::Setup, "setup", {}, sched::kPassiveLevel, [this] {
      world.load_driver([](void*, void*) {
        qs_WDF_DRIVER_CONFIG config{};
        config.Size = sizeof(config);
        config.EvtDriverDeviceAdd = add_bare_device;
        return qs_WdfDriverCreate(nullptr, 0, nullptr, nullptr, nullptr, &config, nullptr);
      });
    });
    world.settle();
    device = world.framework.devices.front();
    queue = device->default_queue;
    send(3);
    owned = queue->owned.front();
    waiting = queue->waiting.front();
    waiter = world.spawn(trace::ThreadKind::App, "waiter", {}, sched::kPassiveLevel,
                         [this] { world.scheduler.wait(trace::WaitReason::Parked, {}); });
    world.settle();
  }

  void send(int count) {
    world.spawn(trace::ThreadKind::App, "app", {}, sched::kPassiveLevel, [this, count] {
      for (int i = 0; i < count; ++i)
        send_irp(device, make_irp(trace::RequestType::Read, 1, 0, nullptr, {}));
    });
    world.settle();
  }
};

// The rules that are told of while `look` runs, the same one once.
template <class Look>
std::string told(Look look) {
  seen.clear();
  BrokenHandler before = on_broken(note);
  look();
  on_broken(before);
  std::string out;
  for (const Broken& b : seen)
    if (out.find(b.rule) == std::string::npos)
      out += (out.empty() ? "" : ", ") + std::string(b.rule);
  return out;
}

// What everything together says with one field changed, which gets its value back.
template <class Field, class Value>
std::string with(Field& field, Value wrong) {
  const auto right = Value(field);
  field = wrong;
  std::string out = told(validate_all);
  field = right;
  CHECK(told(validate_all) == "");
  return out;
}

}  // namespace

TEST_CASE("I-02 I-03 I-24 O-10 D-04 Q-13 P-04 a queue that is wrong says so") {
  if (!kChecks) return;
  Kept w;
  Queue* q = w.queue;
  REQUIRE(told(validate_all) == "");
  CHECK(with(q->owned_count, 2u) == "I-03");
  CHECK(with(q->leaving, 1u) == "I-03");
  CHECK(with(q->dispatched_count, 2u) == "I-05");
  CHECK(with(q->dispatched_count, 0u) == "I-05");
  CHECK(with(q->power_ref, true) == "P-04");
  CHECK(with(q->power, trace::QueuePower::Off) == "P-01");
  CHECK(with(q->repost, true) == "D-04");
  CHECK(with(q->idle.used, true) == "Q-13");
  CHECK(with(q->flags, q->flags | trace::kDeleted) == "O-10");
  CHECK(with(q->flags, q->flags | trace::kShutdown) == "Q-02");
}

TEST_CASE("I-02 I-03 C-20 I-24 a request that is in no state of 2.2 says so") {
  if (!kChecks) return;
  Kept w;
  CHECK(state_of(w.owned) == trace::RequestState::Owned);
  CHECK(state_of(w.waiting) == trace::RequestState::Waiting);
  CHECK(with(w.owned->bound, static_cast<Queue*>(nullptr)) == "I-03, I-02");
  CHECK(with(w.owned->listed_in, RequestList::ToNotify) == "I-02");
  CHECK(with(w.owned->listed_in, RequestList::None) == "I-03, I-02");
  CHECK(with(w.owned->on_cancel_list, true) == "I-02, I-24, R-08");
  CHECK(with(w.waiting->queue, static_cast<Queue*>(nullptr)) == "I-02");
  CHECK(with(w.waiting->completed, true) == "I-02");
  CHECK(with(w.waiting->refs, 1) == "I-24");  // the waiting list has one, too
  CHECK(with(w.owned->driver_refs, w.owned->refs) == "I-24");
  CHECK(with(w.owned->dispatched, false) == "I-05");
  CHECK(with(w.waiting->irp->slot, Slot::Cancelable) == "C-20");
  CHECK(with(w.owned->irp->slot, Slot::Waiting) == "C-02");
  CHECK(with(w.owned->irp->slot, Slot::LowerDriver) == "T-12");
}

TEST_CASE("P-04 P-26 L-08 I-23 a device or a target that is wrong says so") {
  if (!kChecks) return;
  Kept w;
  REQUIRE(w.device->local_target);
  CHECK(with(w.device->idle_armed, true) == "P-04");
  CHECK(with(w.device->idle_clock, uint64_t(1)) == "P-04");
  CHECK(with(w.device->queues_on, true) == "P-26");
  CHECK(with(w.device->open_count, 5) == "L-08");
  CHECK(with(w.device->local_target->outstanding, 1) == "I-23");
  CHECK(with(w.device->local_target->in_routine, -1) == "T-06");
  CHECK(with(w.device->local_target->driver_refs, 1) == "I-24");
}

TEST_CASE("X-02 threads that are not what the scheduler's tables say are noticed") {
  if (!kChecks) return;
  Kept w;
  REQUIRE(w.waiter->waiting == trace::WaitReason::Parked);
  CHECK(with(w.waiter->runnable, true) == "X-02");
  CHECK(with(w.waiter->waits_for, ObjectId(1)) == "X-02");
  CHECK(with(w.waiter->waiting, trace::WaitReason::LockHeld) == "X-02");
}

TEST_CASE("I-17 at rest, what could be delivered and is not is noticed") {
  if (!kChecks) return;
  Kept w;
  CHECK(told(validate_at_rest) == "");
  w.queue->dispatch_type = trace::Dispatch::Parallel;
  w.queue->limit = 2;
  CHECK(told(validate_at_rest) == "I-17");
  w.device->power_busy = true;  // whoever it is that changes the power of other queues
  CHECK(told(validate_at_rest) == "I-17");
  w.queue->delivery_due = true;  // P-26: its turn comes
  CHECK(told(validate_at_rest) == "");
}

TEST_CASE("I-12 a callback under a lock of the framework is noticed") {
  if (!kChecks) return;
  Kept w;
  sched::VThread* calls =
      w.world.spawn(trace::ThreadKind::App, "caller", {}, sched::kPassiveLevel, [&w] {
        w.queue->lock.lock(w.queue->id);
        { DriverCall call(trace::CallbackKind::EvtIoRead, w.owned->id, w.queue->id); }
        w.queue->lock.unlock();
      });
  CHECK(told([&] { w.world.settle(); }) == "I-12");
  CHECK(calls->framework_locks == 0);
}

TEST_CASE("what is broken is told with rule, object, decision and place, at the next decision") {
  if (!kChecks) return;
  Kept w;
  w.queue->owned_count = 7;
  CHECK(told([&] { w.send(1); }).find("I-03") == 0);
  w.queue->owned_count = 1;
  REQUIRE(!seen.empty());
  const Broken& b = seen.front();
  CHECK(b.object == w.queue->id);
  CHECK(b.decision > 0);
  CHECK(b.decision <= w.world.scheduler.ordinal());
  const std::string head =
      "I-03 does not hold for queue 1 at decision " + std::to_string(b.decision) + ": ";
  CHECK(b.text().compare(0, head.size(), head) == 0);
  CHECK(b.text().find("engine/kmdf/core/validate.cpp:") != std::string::npos);
}

TEST_CASE("I-02 I-24 the borders of functions look, too") {
  if (!kChecks) return;
  Kept w;
  CHECK(told([&] { w.queue->cancelable.push_back(w.waiting->csq, w.waiting); }) == "I-02");
  Object* o = w.device->local_target;
  const int32_t refs = o->refs;
  o->refs = 0;
  CHECK(told([&] { add_ref(o); }) == "I-24");
  o->refs = refs;
}

TEST_CASE("after undefined misuse that was let pass nothing is looked at") {
  Kept w;
  w.world.framework.misused = true;
  w.queue->owned_count = 7;
  CHECK(told(validate_all) == "");
}
