// Requests that change queues, and queues that change state, while other threads send.
#include "tests/kmdf_rt/real_driver.h"

#include <atomic>
#include <thread>

using namespace qs;
using namespace qs::kmdf;
using namespace qs::test;

namespace {

constexpr int kThreads = 3, kEach = 300;
using Many = std::vector<std::unique_ptr<Sent>>;

void complete(WDFREQUEST r) { qs_WdfRequestComplete(AT, r, QS_STATUS_SUCCESS); }

RealDriver::QueueSpec manual() {
  RealDriver::QueueSpec spec;
  spec.dispatch = qs_WdfIoQueueDispatchManual;
  return spec;
}

// The last of the threads takes from the manual queue until the others' requests are all back.
template <class Use>
void send_and_take(RealDriver& d, WDFQUEUE manual_queue, Use use) {
  std::vector<Many> sent(kThreads - 1);
  std::atomic<int> done{0};
  RealWorld::on_threads(kThreads, [&](int i) {
    if (i < kThreads - 1) {
      d.send(sent[size_t(i)], kEach);
      d.wait_for(sent[size_t(i)]);
      ++done;
      return;
    }
    while (done < kThreads - 1) {
      WDFREQUEST r;
      if (qs_WdfIoQueueRetrieveNextRequest(AT, manual_queue, &r) == QS_STATUS_SUCCESS)
        use(r);
      else
        std::this_thread::yield();
    }
  });
}

}  // namespace

TEST_CASE("F-12 requests are forwarded to a manual queue and completed by another thread") {
  for (bool verifier : {false, true}) {
    RealDriver d;
    d.verifier = verifier;
    d.specs.push_back(manual());
    d.on_read = [&d](WDFQUEUE, WDFREQUEST r) {
      if (qs_WdfRequestForwardToIoQueue(AT, r, d.queues[1]) < 0) complete(r);
    };
    d.start();
    send_and_take(d, d.queues[1], [](WDFREQUEST r) { complete(r); });
  }
}

TEST_CASE("F-03 every other request is put back at the head once") {
  RealDriver d;
  d.specs[0] = manual();
  d.start();
  int n = 0;
  send_and_take(d, d.queues[0], [&n](WDFREQUEST r) {
    if (++n % 2 == 0 || qs_WdfRequestRequeue(AT, r) < 0) complete(r);
  });
}

TEST_CASE("Q-05 a queue is stopped and started while requests arrive") {
  RealDriver d;
  std::atomic<bool> stopped{false};
  std::atomic<int> late{0};
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    if (stopped) ++late;
    complete(r);
  };
  d.start();
  std::vector<Many> sent(kThreads - 1);
  std::atomic<int> done{0};
  RealWorld::on_threads(kThreads, [&](int i) {
    if (i < kThreads - 1) {
      d.send(sent[size_t(i)], kEach);
      ++done;
      return;
    }
    while (done < kThreads - 1) {
      qs_WdfIoQueueStopSynchronously(AT, d.queues[0]);
      stopped = true;  // the driver owns nothing, and is given nothing until the start
      std::this_thread::yield();
      stopped = false;
      qs_WdfIoQueueStart(AT, d.queues[0]);
    }
  });
  for (auto& many : sent) d.wait_for(many);
  CHECK(late == 0);
}

TEST_CASE("Q-10 drain: what came before is delivered, what comes after is refused") {
  RealDriver d;
  std::atomic<int> calls{0};
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    ++calls;
    complete(r);
  };
  d.start();
  std::vector<Many> sent(kThreads);
  RealWorld::on_threads(kThreads, [&](int i) {
    d.send(sent[size_t(i)], kEach / 2);
    if (i == 0) qs_WdfIoQueueDrainSynchronously(AT, d.queues[0]);
    d.send(sent[size_t(i)], kEach / 2);
  });
  int good = 0, refused = 0;
  for (auto& many : sent) {
    d.wait_for(many);
    for (auto& s : many) {
      good += s->status == QS_STATUS_SUCCESS;
      refused += s->status == QS_STATUS_INVALID_DEVICE_STATE;
    }
  }
  CHECK(good == calls);
  CHECK(good + refused == kThreads * kEach);
}

TEST_CASE("Q-11 purge: waiting requests are cancelled while others arrive") {
  RealDriver d;
  d.specs[0] = manual();
  d.start();
  std::vector<Many> sent(kThreads);
  RealWorld::on_threads(kThreads, [&](int i) {
    d.send(sent[size_t(i)], kEach);
    if (i == 0) qs_WdfIoQueuePurgeSynchronously(AT, d.queues[0]);
  });
  int cancelled = 0, refused = 0;
  for (auto& many : sent) {
    d.wait_for(many);
    for (auto& s : many) {
      cancelled += s->status == QS_STATUS_CANCELLED;
      refused += s->status == QS_STATUS_INVALID_DEVICE_STATE;
    }
  }
  CHECK(cancelled >= kEach);
  CHECK(cancelled + refused == kThreads * kEach);
}

TEST_CASE("P-05 the device is powered down and up while requests arrive") {
  RealDriver d;
  d.on_read = [](WDFQUEUE, WDFREQUEST r) { complete(r); };
  d.start();
  std::vector<Many> sent(kThreads - 1);
  std::atomic<int> done{0};
  RealWorld::on_threads(kThreads, [&](int i) {
    if (i < kThreads - 1) {
      d.send(sent[size_t(i)], kEach);
      ++done;
      return;
    }
    do {
      d.world->device()->system_power_down();
      d.world->device()->system_power_up();
      rt::wait_for_workers();  // it powers up on a thread of its own (P-26)
    } while (done < kThreads - 1);
  });
  for (auto& many : sent) d.wait_for(many);
}
