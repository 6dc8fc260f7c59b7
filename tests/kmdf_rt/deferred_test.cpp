// Timers, DPCs, work items, contexts and targets on real threads.
#include "tests/kmdf_rt/real_driver.h"

#include <atomic>
#include <thread>

#include "kmdf/io_target.h"

using namespace qs;
using namespace qs::kmdf;
using namespace qs::test;

namespace {

using Many = std::vector<std::unique_ptr<Sent>>;

void complete(WDFREQUEST r, int32_t status = QS_STATUS_SUCCESS) {
  qs_WdfRequestComplete(AT, r, status);
}

qs_WDF_OBJECT_ATTRIBUTES child_of(WDFOBJECT parent, bool passive = false) {
  qs_WDF_OBJECT_ATTRIBUTES a{};
  a.Size = sizeof a;
  a.ExecutionLevel = passive ? qs_WdfExecutionLevelPassive : qs_WdfExecutionLevelInheritFromParent;
  a.SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
  a.ParentObject = parent;
  return a;
}

struct Counter {
  std::atomic<int> fired{0}, inside{0}, overlaps{0};
  void pass() {
    if (inside.fetch_add(1) != 0) ++overlaps;
    ++fired;
    inside.fetch_sub(1);
  }
};
Counter* counter = nullptr;

}  // namespace

TEST_CASE("O-12 a timer fires once for each start that was not stopped") {
  Counter mine;
  counter = &mine;
  RealDriver d;
  d.start();
  qs_WDF_TIMER_CONFIG c{};
  c.Size = sizeof c;
  c.EvtTimerFunc = [](WDFTIMER) { counter->pass(); };
  auto a = child_of(d.device);
  WDFTIMER timer;
  REQUIRE(qs_WdfTimerCreate(AT, &c, &a, &timer) == QS_STATUS_SUCCESS);
  int expected = 0;
  for (int i = 0; i < 30; ++i) {
    qs_WdfTimerStart(AT, timer, -1000);  // 100 microseconds
    if (i % 3 == 0) std::this_thread::yield();
    if (i % 2 && qs_WdfTimerStop(AT, timer, 1)) continue;  // in time
    ++expected;
    until([&] { return mine.fired == expected; });
  }
  qs_WdfTimerStop(AT, timer, 1);
  CHECK(mine.fired == expected);
}

TEST_CASE("O-12 stopping a periodic timer and waiting leaves no callback behind") {
  Counter mine;
  counter = &mine;
  RealDriver d;
  d.start();
  qs_WDF_TIMER_CONFIG c{};
  c.Size = sizeof c;
  c.Period = 1;
  c.EvtTimerFunc = [](WDFTIMER) { counter->pass(); };
  auto a = child_of(d.device);
  WDFTIMER timer;
  REQUIRE(qs_WdfTimerCreate(AT, &c, &a, &timer) == QS_STATUS_SUCCESS);
  qs_WdfTimerStart(AT, timer, -1000);
  until([&] { return mine.fired >= 5; });
  qs_WdfTimerStop(AT, timer, 1);
  int seen = mine.fired;
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  CHECK(mine.fired == seen);
}

TEST_CASE("O-11 DPCs and work items of many threads: each accepted one runs") {
  Counter mine;
  counter = &mine;
  RealDriver d;
  d.start();
  qs_WDF_DPC_CONFIG dc{};
  dc.Size = sizeof dc;
  dc.EvtDpcFunc = [](WDFDPC) { counter->pass(); };
  auto a = child_of(d.device);
  WDFDPC dpc;
  REQUIRE(qs_WdfDpcCreate(AT, &dc, &a, &dpc) == QS_STATUS_SUCCESS);
  std::atomic<int> accepted{0};
  RealWorld::on_threads(3, [&](int) {
    for (int i = 0; i < 100; ++i)
      RealWorld::at_dispatch([&] { accepted += qs_WdfDpcEnqueue(AT, dpc); });
  });
  CHECK(mine.fired == accepted);

  qs_WDF_WORKITEM_CONFIG wc{};
  wc.Size = sizeof wc;
  wc.EvtWorkItemFunc = [](WDFWORKITEM) { counter->pass(); };
  auto wa = child_of(d.device, true);
  WDFWORKITEM item;
  REQUIRE(qs_WdfWorkItemCreate(AT, &wc, &wa, &item) == QS_STATUS_SUCCESS);
  int before = mine.fired;
  qs_WdfWorkItemEnqueue(AT, item);
  qs_WdfWorkItemFlush(AT, item);
  CHECK(mine.fired == before + 1);
}

TEST_CASE("O-04 a context lives as long as its request and knows it") {
  static const qs_WDF_OBJECT_CONTEXT_TYPE_INFO type = [] {
    qs_WDF_OBJECT_CONTEXT_TYPE_INFO t{};
    t.Size = sizeof t;
    t.ContextSize = sizeof(uint64_t);
    return t;
  }();
  std::atomic<int> wrong{0};
  RealDriver d;
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    auto a = qs_WDF_OBJECT_ATTRIBUTES{};
    a.Size = sizeof a;
    a.ExecutionLevel = qs_WdfExecutionLevelInheritFromParent;
    a.SynchronizationScope = qs_WdfSynchronizationScopeInheritFromParent;
    a.ContextTypeInfo = &type;
    void* context = nullptr;
    qs_WdfObjectAllocateContext(AT, r, &a, &context);
    if (*static_cast<uint64_t*>(context) != 0) ++wrong;
    *static_cast<uint64_t*>(context) = 1;
    if (qs_WdfObjectContextGetObject(AT, context) != r) ++wrong;
    complete(r);
  };
  d.start();
  std::vector<Many> sent(3);
  RealWorld::on_threads(3, [&](int i) { d.send(sent[size_t(i)], 200); });
  for (auto& many : sent) d.wait_for(many);
  CHECK(wrong == 0);
}

TEST_CASE(
    "R-07 the handle of a completed request is not valid any more, also when memory is used "
    "again") {
  RealDriver d;
  std::vector<WDFREQUEST> handles;
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    handles.push_back(r);
    complete(r);
  };
  d.start();
  Many sent;
  d.send(sent, 50);
  d.wait_for(sent);
  for (WDFREQUEST r : handles)
    CHECK(d.world->framework.object_at(reinterpret_cast<uintptr_t>(r)) == nullptr);
  CHECK(d.world->framework.object_at(12345) == nullptr);
  CHECK(d.world->framework.object_at(reinterpret_cast<uintptr_t>(d.queues[0])) != nullptr);
}

TEST_CASE("T-12 sends to a slow target race with their timeouts and with the sender's cancel") {
  RealDriver d;
  static std::atomic<int> back;
  back = 0;
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    auto target = kmdf::handle<WDFIOTARGET>(d.world->device()->local_target);
    qs_WdfRequestFormatRequestUsingCurrentType(AT, r);
    qs_WdfRequestSetCompletionRoutine(
        AT, r,
        [](WDFREQUEST sent, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void*) {
          ++back;
          complete(sent, p->IoStatus.Status);
        },
        nullptr);
    qs_WDF_REQUEST_SEND_OPTIONS o{};
    o.Size = sizeof o;
    o.Flags = qs_WDF_REQUEST_SEND_OPTION_TIMEOUT;
    o.Timeout = -3000;  // 300 microseconds, as long as the target takes
    if (!qs_WdfRequestSend(AT, r, target, &o)) complete(r, qs_WdfRequestGetStatus(AT, r));
  };
  d.start();
  LowerDriver lower;
  lower.delay = 300;
  configure_lower_driver(d.world->device(), lower);
  std::vector<Many> sent(2);
  RealWorld::on_threads(2, [&](int i) {
    d.send(sent[size_t(i)], 60);
    if (i == 0)
      for (auto& s : sent[0]) s->cancel();
  });
  for (auto& many : sent) d.wait_for(many);
  CHECK(back == 120);
}
