// Drivers that take orders: who is asked, who answers, what the trace says (qsask.h).
#include <doctest/doctest.h>

#include "kmdf/ask/ask.h"
#include "tests/kmdf/bench_driver.h"
#include "trace/events/acts.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

// Its handler, and a worker, do what they are told.
struct Obedient : Bench {
  Obedient() {
    on_read = [this](WDFQUEUE q, WDFREQUEST r, size_t) { obey(q, r); };
    on_work = [this](WDFWORKITEM) { obey(nullptr, nullptr); };
  }
  void obey(WDFQUEUE q, WDFREQUEST r) {
    qs_ORDER o;
    while (qs_AskNext(AT, q, r, &o)) {
      if (o.Verb == qs_OrderComplete) qs_WdfRequestComplete(AT, o.Request, o.Status);
      if (o.Verb == qs_OrderIsCanceled)
        qs_AskResult(AT, &o, 0, qs_WdfRequestIsCanceled(AT, o.Request));
      if (o.Verb == qs_OrderQueueStop) qs_WdfIoQueueStop(AT, o.Queue, nullptr, nullptr);
    }
  }
  void worker() {
    run_now([this] {
      WDFWORKITEM w = nullptr;
      make_work_item(device, &w);
      qs_WdfWorkItemEnqueue(AT, w);
    });
  }
  bool tell(ObjectId about, int32_t verb, int32_t status = 0) {
    qs_ORDER o{};
    o.Verb = verb;
    o.Status = status;
    if (about.kind() == ObjectKind::Request)
      o.Request = reinterpret_cast<WDFREQUEST>(uintptr_t(about.raw));
    else
      o.Queue = reinterpret_cast<WDFQUEUE>(uintptr_t(about.raw));
    bool taken = deliver_order(about, o);
    settle();
    return taken;
  }
  ObjectId queue_id() { return object_of(queue, "test")->id; }
};

}  // namespace

TEST_CASE("the callback of a request waits for orders about it and carries them out") {
  Obedient b;
  b.start();
  auto* s = b.read(4);
  REQUIRE(pending_asks().size() == 1);
  CHECK(pending_asks()[0].request == s->id);
  CHECK(pending_asks()[0].queue == b.queue_id());
  CHECK(b.tell(s->id, qs_OrderIsCanceled));
  auto results = take_order_results();
  REQUIRE(results.size() == 1);
  CHECK(results[0].value == 0);
  CHECK(take_order_results().empty());
  CHECK(b.tell(s->id, qs_OrderComplete, QS_STATUS_NOT_FOUND));
  CHECK(s->status == QS_STATUS_NOT_FOUND);
  CHECK(pending_asks().size() == 1);  // it asks again, although the request is done
  CHECK(b.tell(s->id, qs_OrderReturn));
  CHECK(pending_asks().empty());
  CHECK(b.count(trace::EventCode::Ask) == 3);
  CHECK(b.count(trace::EventCode::Answer) == 3);
}

TEST_CASE("a request whose callback has returned is served by the worker") {
  Obedient b;
  b.start();
  auto* s = b.read(4);
  CHECK(b.tell(s->id, qs_OrderReturn));
  CHECK_FALSE(b.tell(s->id, qs_OrderComplete));  // nobody asks
  b.worker();
  REQUIRE(pending_asks().size() == 1);
  CHECK(pending_asks()[0].worker());
  CHECK_FALSE(b.tell(s->id, qs_OrderReturn));  // there is no callback of it to leave
  CHECK(b.tell(s->id, qs_OrderComplete));
  CHECK(s->done);
}

TEST_CASE("an order about a queue goes to a worker before it goes to a callback of that queue") {
  Obedient b;
  b.start();
  b.read(4, true);
  CHECK(b.tell(b.queue_id(), qs_OrderQueueStop));
  b.worker();
  REQUIRE(pending_asks().size() == 2);
  CHECK(b.tell(b.queue_id(), qs_OrderQueueStop));
  CHECK(pending_asks().size() == 2);
  CHECK(pending_asks()[1].worker());  // the worker took it, and asked again
}

TEST_CASE("the answer's event names the order") {
  Obedient b;
  b.start();
  auto* s = b.read(4);
  b.tell(s->id, qs_OrderComplete, QS_STATUS_NOT_FOUND);
  const trace::Event* e = b.first(trace::EventCode::Answer);
  REQUIRE(e);
  CHECK(e->s == s->id);
  CHECK(trace::Act(e->a) == trace::Act::Complete);
  CHECK(int32_t(e->b) == QS_STATUS_NOT_FOUND);
}

TEST_CASE("O-12a a worker whose work item is being deleted is told to return") {
  Obedient b;
  b.start();
  WDFWORKITEM w = nullptr;
  b.run_now([&] {
    make_work_item(b.device, &w);
    qs_WdfWorkItemEnqueue(AT, w);
  });
  REQUIRE(pending_asks().size() == 1);
  b.run_now([&] { qs_WdfObjectDelete(AT, w); });
  b.settle();
  CHECK(pending_asks().empty());
  CHECK(fw().find(ObjectId(uint32_t(reinterpret_cast<uintptr_t>(w)))) == nullptr);
}

TEST_CASE("O-12a a worker that asks once its work item's deletion has begun does not wait") {
  Obedient b;
  b.start();
  WDFWORKITEM w = nullptr;
  b.run_now([&] {
    make_work_item(b.device, &w);
    qs_WdfWorkItemEnqueue(AT, w);
    qs_WdfObjectDelete(AT, w);
  });
  b.settle();
  CHECK(b.count(trace::EventCode::Ask) == 1);
  CHECK(pending_asks().empty());
}
