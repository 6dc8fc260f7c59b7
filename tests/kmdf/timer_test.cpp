// Timers, DPCs, work items, and NT's waits (O-11, O-12, V-48, V-48a).
#include <doctest/doctest.h>

#include "tests/kmdf/bench_driver.h"
#include "tests/kmdf/transcript.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

using Rules = std::vector<std::string>;

struct Timed : Bench {
  Timed() {
    on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  }
  void scope(int32_t s, int32_t level = qs_WdfExecutionLevelInheritFromParent) {
    queue_attributes.SynchronizationScope = s;
    queue_attributes.ExecutionLevel = level;
  }
  bool owns_lock() {
    auto* q = static_cast<Queue*>(object_of(queue, "test"));
    return q->callback_lock && q->callback_lock->owned_by_me();
  }
};

}  // namespace

TEST_CASE("O-11 a serialized callback takes its parent's lock only when the parent has a scope") {
  for (bool scoped : {false, true}) {
    for (bool serialized : {false, true}) {
      Timed b;
      bool held = false, held_in_dpc = false;
      if (scoped) b.scope(qs_WdfSynchronizationScopeQueue);
      b.start();
      b.on_timer = [&](WDFTIMER) { held = b.owns_lock(); };
      b.on_dpc = [&](WDFDPC) { held_in_dpc = b.owns_lock(); };
      b.run([&] {
        WDFTIMER t = nullptr;
        WDFDPC d = nullptr;
        CHECK(make_timer(b.queue, &t, 0, serialized) == 0);
        CHECK(make_dpc(b.queue, &d, serialized) == 0);
        qs_WdfTimerStart(AT, t, ms(1));
        qs_WdfDpcEnqueue(AT, d);
      });
      CHECK(held == (scoped && serialized));
      CHECK(held_in_dpc == (scoped && serialized));
      CHECK(b.calls_of(trace::CallbackKind::EvtTimerFunc) == 1);
    }
  }
}

TEST_CASE("O-11 execution levels must match the parent's when a lock applies") {
  Timed b;
  b.scope(qs_WdfSynchronizationScopeQueue, qs_WdfExecutionLevelPassive);
  b.start();
  b.run([&] {
    WDFTIMER t = nullptr;
    WDFDPC d = nullptr;
    WDFWORKITEM w = nullptr;
    constexpr int32_t no = QS_STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
    CHECK(make_timer(b.queue, &t) == no);
    CHECK(t == nullptr);
    CHECK(make_dpc(b.queue, &d) == no);
    CHECK(make_timer(b.queue, &t, 0, true, true) == 0);
    CHECK(make_work_item(b.queue, &w) == 0);
    CHECK(make_timer(b.queue, &t, 0, false) == 0);  // nothing is taken
    CHECK(make_timer(b.queue, &t, 10, true, true) == QS_STATUS_NOT_SUPPORTED);
  });
  Timed c;
  c.scope(qs_WdfSynchronizationScopeQueue);
  c.start();
  c.run([&] {
    WDFTIMER t = nullptr;
    WDFWORKITEM w = nullptr;
    constexpr int32_t no = QS_STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL;
    CHECK(make_timer(c.queue, &t, 0, true, true) == no);
    CHECK(make_work_item(c.queue, &w) == no);
    CHECK(make_work_item(c.queue, &w, false) == 0);
  });
}

TEST_CASE("O-12 a timer that is started in its own cleanup does not outlive itself") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
timer T parent=DEVICE
start
oncleanup T tstart T 10
> delete T
- EvtCleanupCallback obj=T
    > tstart T 10
    !! finding O-12
    = FALSE
- EvtDestroyCallback obj=T
> tick 20
= fired 0
END outstanding=none
)");
}

TEST_CASE("O-11 a parent is required, and a callback") {
  Timed b;
  b.start();
  b.run([&] {
    WDFTIMER t = nullptr;
    CHECK(make_timer(nullptr, &t) == QS_STATUS_WDF_PARENT_NOT_SPECIFIED);
    qs_WDF_TIMER_CONFIG c{};
    c.Size = sizeof c;
    auto a = child_of(b.device);
    CHECK(qs_WdfTimerCreate(AT, &c, &a, &t) == QS_STATUS_INVALID_PARAMETER);
    c.Size = 3;
    c.EvtTimerFunc = timer_handler;
    CHECK(qs_WdfTimerCreate(AT, &c, &a, &t) == QS_STATUS_INFO_LENGTH_MISMATCH);
  });
}

TEST_CASE("O-11 a timer runs at DISPATCH_LEVEL, a passive one and a work item at PASSIVE_LEVEL") {
  Timed b;
  b.start();
  std::vector<int> irql;
  b.on_timer = [&](WDFTIMER) { irql.push_back(qs_KeGetCurrentIrql(AT)); };
  b.on_work = [&](WDFWORKITEM) { irql.push_back(qs_KeGetCurrentIrql(AT) + 100); };
  b.run([&] {
    WDFTIMER one = nullptr, two = nullptr;
    WDFWORKITEM w = nullptr;
    make_timer(b.device, &one);
    make_timer(b.device, &two, 0, true, true);
    make_work_item(b.device, &w);
    qs_WdfTimerStart(AT, one, ms(1));
    qs_WdfTimerStart(AT, two, ms(2));
    qs_WdfWorkItemEnqueue(AT, w);
  });
  CHECK(irql == std::vector<int>{100, sched::kDispatchLevel, sched::kPassiveLevel});
}

TEST_CASE(
    "O-12 a queued DPC or work item is not queued twice; a work item may queue itself again") {
  Timed b;
  b.start();
  int dpcs = 0, items = 0;
  WDFWORKITEM w = nullptr;
  b.on_dpc = [&](WDFDPC) { ++dpcs; };
  b.on_work = [&](WDFWORKITEM) {
    if (++items == 1) qs_WdfWorkItemEnqueue(AT, w);
  };
  b.run([&] {
    WDFDPC d = nullptr;
    make_dpc(b.device, &d);
    make_work_item(b.device, &w);
    uint8_t old;
    qs_KeRaiseIrql(AT, sched::kDispatchLevel, &old);
    CHECK(qs_WdfDpcEnqueue(AT, d) == 1);
    CHECK(qs_WdfDpcEnqueue(AT, d) == 0);
    CHECK(dpcs == 0);
    qs_KeLowerIrql(AT, old);
    CHECK(dpcs == 1);  // X-04: it runs where the IRQL drops
    qs_WdfWorkItemEnqueue(AT, w);
    qs_WdfWorkItemEnqueue(AT, w);
    qs_WdfWorkItemFlush(AT, w);
    CHECK(items == 2);
  });
}

TEST_CASE("O-12 a cancelled DPC does not run") {
  Timed b;
  b.start();
  int dpcs = 0;
  b.on_dpc = [&](WDFDPC) { ++dpcs; };
  b.run([&] {
    WDFDPC d = nullptr;
    make_dpc(b.device, &d);
    uint8_t old;
    qs_KeRaiseIrql(AT, sched::kDispatchLevel, &old);
    qs_WdfDpcEnqueue(AT, d);
    CHECK(qs_WdfDpcCancel(AT, d, 0) == 1);
    CHECK(qs_WdfDpcCancel(AT, d, 0) == 0);
    qs_KeLowerIrql(AT, old);
  });
  CHECK(dpcs == 0);
}

TEST_CASE("O-12 starting a pending timer moves it and says so") {
  Timed b;
  b.start();
  uint32_t fired = 0;
  b.on_timer = [&](WDFTIMER) { fired = b.scheduler->now(); };
  b.run([&] {
    WDFTIMER t = nullptr;
    make_timer(b.device, &t);
    CHECK(qs_WdfTimerStart(AT, t, ms(1)) == 0);
    CHECK(qs_WdfTimerStart(AT, t, ms(7)) == 1);
  });
  CHECK(fired == 7000);
  CHECK(b.count(trace::EventCode::TimerFire) == 1);
}

TEST_CASE("O-12 an absolute due time is a system time") {
  Timed b;
  b.start();
  uint32_t fired = 0;
  b.on_timer = [&](WDFTIMER) { fired = b.scheduler->now(); };
  b.run([&] {
    WDFTIMER t = nullptr;
    make_timer(b.device, &t);
    qs_LARGE_INTEGER now;
    qs_KeQuerySystemTime(AT, &now);
    qs_WdfTimerStart(AT, t, now.QuadPart + 20000);
  });
  CHECK(fired == 2000);
}

TEST_CASE("O-12 a stopped timer does not fire; stop says whether it was pending") {
  Timed b;
  b.start();
  b.on_timer = [](WDFTIMER) {};
  b.run([&] {
    WDFTIMER t = nullptr;
    make_timer(b.device, &t);
    qs_WdfTimerStart(AT, t, ms(3));
    CHECK(qs_WdfTimerStop(AT, t, 1) == 1);
    CHECK(qs_WdfTimerStop(AT, t, 1) == 0);
  });
  CHECK(b.count(trace::EventCode::TimerFire) == 0);
  CHECK(b.scheduler->now() == 0);
}

TEST_CASE("O-12 a periodic timer fires until it is stopped, and does not keep the run alive") {
  Timed b;
  b.start();
  int fires = 0;
  b.on_timer = [&](WDFTIMER t) {
    if (++fires == 3) qs_WdfTimerStop(AT, t, 0);
  };
  b.run([&] {
    WDFTIMER t = nullptr;
    make_timer(b.device, &t, 5);
    qs_WdfTimerStart(AT, t, ms(1));
  });
  CHECK(fires == 0);
  b.advance(60000);
  CHECK(fires == 3);
}

TEST_CASE("O-12 stop with wait lets a running callback finish") {
  Timed b;
  b.start();
  std::vector<std::string> order;
  WDFTIMER t = nullptr;
  b.on_timer = [&](WDFTIMER) {
    qs_LARGE_INTEGER pause;
    pause.QuadPart = ms(10);
    qs_KeDelayExecutionThread(AT, 0, 0, &pause);
    order.push_back("callback");
  };
  b.run_now([&] {
    make_timer(b.device, &t, 0, true, true);
    qs_WdfTimerStart(AT, t, ms(1));
  });
  b.advance(2000);
  b.run([&] {
    CHECK(qs_WdfTimerStop(AT, t, 1) == 0);
    order.push_back("stopped");
  });
  CHECK(order == std::vector<std::string>{"callback", "stopped"});
}

TEST_CASE("V-48 stop with wait in the timer's own callback is refused, verifier or not") {
  for (bool verifier : {true, false}) {
    Timed b;
    b.verifier = verifier;
    b.start();
    int stopped = -1;
    b.on_timer = [&](WDFTIMER t) { stopped = qs_WdfTimerStop(AT, t, 1); };
    b.run([&] {
      WDFTIMER t = nullptr;
      make_timer(b.device, &t, 0, true, true);
      qs_WdfTimerStart(AT, t, ms(1));
    });
    CHECK(b.rules() == Rules{"V-48"});
    CHECK(stopped == 0);
  }
}

TEST_CASE("V-48a a passive timer deleted in its own callback waits for itself for ever") {
  for (bool verifier : {true, false}) {
    Timed b;
    b.verifier = verifier;
    b.hangs = true;
    b.start();
    bool came_back = false;
    b.on_timer = [&](WDFTIMER t) {
      qs_WdfObjectDelete(AT, t);
      came_back = true;
    };
    b.run([&] {
      WDFTIMER t = nullptr;
      make_timer(b.device, &t, 0, true, true);
      qs_WdfTimerStart(AT, t, ms(1));
    });
    CHECK(b.rules() == (verifier ? Rules{"V-48a", "V-48"} : Rules{"V-48a"}));
    CHECK_FALSE(came_back);
  }
}

TEST_CASE("N-33 a serialized timer waits while a handler of its queue runs") {
  Timed b;
  b.scope(qs_WdfSynchronizationScopeQueue, qs_WdfExecutionLevelPassive);
  std::vector<std::string> order;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    order.push_back("handler in");
    qs_LARGE_INTEGER pause;
    pause.QuadPart = ms(10);
    qs_KeDelayExecutionThread(AT, 0, 0, &pause);
    order.push_back("handler out");
    qs_WdfRequestComplete(AT, r, 0);
  };
  b.on_timer = [&](WDFTIMER) { order.push_back("timer"); };
  b.start();
  b.run_now([&] {
    WDFTIMER t = nullptr;
    make_timer(b.queue, &t, 0, true, true);
    qs_WdfTimerStart(AT, t, ms(5));
  });
  b.read(4);
  CHECK(order == std::vector<std::string>{"handler in", "handler out", "timer"});
}

TEST_CASE("O-12 a deleted device takes its timers along") {
  Timed b;
  b.start();
  b.on_timer = [](WDFTIMER) {};
  b.run([&] {
    WDFTIMER t = nullptr;
    make_timer(b.device, &t);
    qs_WdfTimerStart(AT, t, ms(50));
    b.the_device()->pnp_remove();
  });
  CHECK(b.count(trace::EventCode::TimerFire) == 0);
  CHECK(b.scheduler->now() == 0);
}

// --- NT's waits ---

TEST_CASE("KeDelayExecutionThread takes virtual time only") {
  Timed b;
  b.start();
  b.run([&] {
    qs_LARGE_INTEGER before, after, pause;
    qs_KeQuerySystemTime(AT, &before);
    pause.QuadPart = ms(250);
    CHECK(qs_KeDelayExecutionThread(AT, 0, 0, &pause) == 0);
    qs_KeQuerySystemTime(AT, &after);
    CHECK(after.QuadPart - before.QuadPart == 2500000);
  });
}

TEST_CASE(
    "an event: waits until it is set, times out, and a synchronization event lets one through") {
  Timed b;
  b.start();
  qs_KEVENT event;
  std::vector<int32_t> results;
  b.run_now([&] { qs_KeInitializeEvent(AT, &event, 1, 0); });
  auto waiter = [&] { results.push_back(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, nullptr)); };
  b.run_now(waiter);
  b.run_now(waiter);
  CHECK(results.empty());
  b.run_now([&] { CHECK(qs_KeSetEvent(AT, &event, 0, 0) == 0); });
  CHECK(results.size() == 1);
  b.run([&] {
    qs_LARGE_INTEGER limit;
    limit.QuadPart = ms(4);
    CHECK(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, &limit) == QS_STATUS_TIMEOUT);
    limit.QuadPart = 0;
    CHECK(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, &limit) == QS_STATUS_TIMEOUT);
  });
  CHECK(b.scheduler->now() == 4000);
  b.run_now([&] { qs_KeSetEvent(AT, &event, 0, 0); });
  CHECK(results.size() == 2);
}

TEST_CASE("a notification event stays set until it is cleared") {
  Timed b;
  b.start();
  b.run([&] {
    qs_KEVENT event;
    qs_KeInitializeEvent(AT, &event, 0, 1);
    CHECK(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, nullptr) == 0);
    CHECK(qs_KeReadStateEvent(AT, &event) == 1);
    CHECK(qs_KeResetEvent(AT, &event) == 1);
    qs_LARGE_INTEGER limit;
    limit.QuadPart = ms(1);
    CHECK(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, &limit) == QS_STATUS_TIMEOUT);
  });
}

TEST_CASE("U-04 waiting at DISPATCH_LEVEL is undefined misuse; polling is not") {
  Timed b;
  b.stop_at_undefined = true;
  b.start();
  b.run(
      [&] {
        qs_KEVENT event;
        qs_KeInitializeEvent(AT, &event, 0, 0);
        qs_LARGE_INTEGER none;
        none.QuadPart = 0;
        CHECK(qs_KeWaitForSingleObject(AT, &event, 0, 0, 0, &none) == QS_STATUS_TIMEOUT);
        CHECK(b.rules().empty());
        qs_LARGE_INTEGER pause;
        pause.QuadPart = ms(1);
        qs_KeDelayExecutionThread(AT, 0, 0, &pause);
        FAIL("the run has ended");
      },
      sched::kDispatchLevel);
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"U-04"});
}
