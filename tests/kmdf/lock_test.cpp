// Spin locks, wait locks, presentation locks by hand (O-13, O-14, V-41, V-42), and threads that
// block each other.
#include <doctest/doctest.h>

#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

using Rules = std::vector<std::string>;

struct Locked : Bench {
  WDFSPINLOCK spin = nullptr;
  WDFWAITLOCK wait = nullptr, wait2 = nullptr;
  Locked() {
    on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  }
  void begin() {
    start();
    run_now([this] {
      REQUIRE(qs_WdfSpinLockCreate(AT, nullptr, &spin) == 0);
      REQUIRE(qs_WdfWaitLockCreate(AT, nullptr, &wait) == 0);
      REQUIRE(qs_WdfWaitLockCreate(AT, nullptr, &wait2) == 0);
    });
  }
  static void pause(int64_t n) {
    qs_LARGE_INTEGER t;
    t.QuadPart = ms(n);
    qs_KeDelayExecutionThread(AT, 0, 0, &t);
  }
};

}  // namespace

TEST_CASE("O-13 a spin lock raises to DISPATCH_LEVEL and its release runs queued DPCs") {
  Locked b;
  b.begin();
  int dpcs = 0;
  b.on_dpc = [&](WDFDPC) { ++dpcs; };
  b.run([&] {
    WDFDPC d = nullptr;
    make_dpc(b.device, &d);
    qs_WdfSpinLockAcquire(AT, b.spin);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kDispatchLevel);
    qs_WdfDpcEnqueue(AT, d);
    CHECK(dpcs == 0);
    qs_WdfSpinLockRelease(AT, b.spin);
    CHECK(dpcs == 1);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kPassiveLevel);
  });
}

TEST_CASE("O-13 releasing a spin lock that another thread holds is bug check 0xB/1") {
  Locked b;
  b.begin();
  b.run([&] { qs_WdfSpinLockRelease(AT, b.spin); });
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"V-42"});
  CHECK(b.first(trace::EventCode::Violation)->c == 0xB);
}

TEST_CASE("O-13 a wait lock times out on the virtual clock with STATUS_TIMEOUT") {
  Locked b;
  b.begin();
  std::vector<std::string> order;
  b.run_now([&] {
    qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
    Locked::pause(10);
    order.push_back("released");
    qs_WdfWaitLockRelease(AT, b.wait);
  });
  b.run([&] {
    int64_t no = 0, brief = ms(3), longer = ms(30);
    CHECK(qs_WdfWaitLockAcquire(AT, b.wait, &no) == QS_STATUS_TIMEOUT);
    CHECK(qs_WdfWaitLockAcquire(AT, b.wait, &brief) == QS_STATUS_TIMEOUT);
    CHECK(b.scheduler->now() == 3000);
    CHECK(qs_WdfWaitLockAcquire(AT, b.wait, &longer) == QS_STATUS_SUCCESS);
    order.push_back("taken");
    qs_WdfWaitLockRelease(AT, b.wait);
  });
  CHECK(order == std::vector<std::string>{"released", "taken"});
  CHECK(b.scheduler->now() == 10000);
}

TEST_CASE("O-13 waiting for a wait lock at DISPATCH_LEVEL is undefined misuse, trying is not") {
  Locked b;
  b.stop_at_undefined = true;
  b.begin();
  b.run(
      [&] {
        int64_t no = 0;
        CHECK(qs_WdfWaitLockAcquire(AT, b.wait, &no) == QS_STATUS_SUCCESS);
        qs_WdfWaitLockRelease(AT, b.wait);
        CHECK(b.rules().empty());
        qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
        FAIL("the run has ended");
      },
      sched::kDispatchLevel);
  CHECK(b.rules() == Rules{"U-04"});
}

TEST_CASE("O-14 WdfObjectAcquireLock takes a queue's lock, with scope None too") {
  Locked b;
  b.begin();
  auto* q = static_cast<Queue*>(object_of(b.queue, "test"));
  b.run([&] {
    CHECK(q->callback_lock == nullptr);
    qs_WdfObjectAcquireLock(AT, b.queue);
    CHECK(q->own_lock->owned_by_me());
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kDispatchLevel);
    qs_WdfObjectReleaseLock(AT, b.queue);
    qs_WdfObjectAcquireLock(AT, b.device);
    qs_WdfObjectReleaseLock(AT, b.device);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kPassiveLevel);
  });
  CHECK(b.rules().empty());
}

TEST_CASE("O-14 the lock of a passive queue is a mutex: the IRQL stays") {
  Locked b;
  b.queue_attributes.ExecutionLevel = qs_WdfExecutionLevelPassive;
  b.begin();
  b.run([&] {
    qs_WdfObjectAcquireLock(AT, b.queue);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kPassiveLevel);
    qs_WdfObjectReleaseLock(AT, b.queue);
  });
}

TEST_CASE(
    "V-41 taking a presentation lock twice is bug check 0x2, in a serialized handler as well") {
  for (bool handler : {false, true}) {
    Locked b;
    if (handler) b.queue_attributes.SynchronizationScope = qs_WdfSynchronizationScopeQueue;
    b.on_read = [&](WDFQUEUE q, WDFREQUEST, size_t) {
      qs_WdfObjectAcquireLock(AT, q);
      qs_WdfObjectAcquireLock(AT, q);
      FAIL("the run has ended");
    };
    b.begin();
    b.read(4);
    CHECK(b.ended());
    CHECK(b.rules() == Rules{"V-41"});
    CHECK(b.first(trace::EventCode::Violation)->c == 0x2);
  }
}

TEST_CASE("V-42 lock functions on an object without a lock are bug check 0xB") {
  Locked b;
  b.begin();
  b.run([&] { qs_WdfObjectAcquireLock(AT, b.wait); });
  CHECK(b.rules() == Rules{"V-42"});
}

TEST_CASE("D-36 a serialized handler and a thread with the queue's lock exclude each other") {
  Locked b;
  b.queue_attributes.SynchronizationScope = qs_WdfSynchronizationScopeQueue;
  b.queue_attributes.ExecutionLevel = qs_WdfExecutionLevelPassive;
  std::vector<std::string> order;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    order.push_back("handler");
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.begin();
  b.run_now([&] {
    qs_WdfObjectAcquireLock(AT, b.queue);
    Locked::pause(5);
    order.push_back("released");
    qs_WdfObjectReleaseLock(AT, b.queue);
  });
  b.read(4);
  CHECK(order == std::vector<std::string>{"released", "handler"});
}

TEST_CASE("U-02 a thread that takes its own wait lock again is named") {
  Locked b;
  b.hangs = true;
  b.begin();
  b.run([&] {
    qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
    qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
    FAIL("it never returns");
  });
  CHECK(b.rules() == Rules{"U-02"});
  CHECK_FALSE(b.ended());
}

TEST_CASE("U-03 two threads that take two locks in opposite order are named") {
  Locked b;
  b.hangs = true;
  b.begin();
  b.run_now([&] {
    qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
    Locked::pause(1);
    qs_WdfWaitLockAcquire(AT, b.wait2, nullptr);
  });
  b.run([&] {
    qs_WdfWaitLockAcquire(AT, b.wait2, nullptr);
    Locked::pause(1);
    qs_WdfWaitLockAcquire(AT, b.wait, nullptr);
  });
  CHECK(b.rules() == Rules{"U-03"});
}

TEST_CASE("KSPIN_LOCK: exclusion between threads, IRQL given back") {
  Locked b;
  b.begin();
  uintptr_t lock;
  b.run([&] {
    qs_KeInitializeSpinLock(AT, &lock);
    uint8_t old = 99;
    qs_KeAcquireSpinLock(AT, &lock, &old);
    CHECK(old == sched::kPassiveLevel);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kDispatchLevel);
    qs_KeReleaseSpinLock(AT, &lock, old);
    CHECK(qs_KeGetCurrentIrql(AT) == sched::kPassiveLevel);
  });
  CHECK(b.count(trace::EventCode::LockAcquire) == b.count(trace::EventCode::LockRelease));
}

TEST_CASE("U-05 the verifier breaks at a call above its highest IRQL") {
  Locked b;
  b.begin();
  b.run([&] { qs_PagedCode(AT, "f"); }, sched::kDispatchLevel);
  CHECK(b.rules() == Rules{"U-05"});
  CHECK_FALSE(b.ended());
}
