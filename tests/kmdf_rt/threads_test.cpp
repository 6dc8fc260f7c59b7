// The framework on real threads: whatever the threads do, every request comes back exactly once and
// no queue keeps anything. Run under the thread sanitizer by ./dev tsan.
#include "tests/kmdf_rt/real_driver.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

using namespace qs;
using namespace qs::kmdf;
using namespace qs::test;

namespace {

constexpr int kThreads = 4, kEach = 300;
using Many = std::vector<std::unique_ptr<Sent>>;

void complete(WDFREQUEST r, int32_t status = QS_STATUS_SUCCESS) {
  qs_WdfRequestComplete(AT, r, status);
}

// All threads send and wait for their own.
void send_from_all(RealDriver& d, RequestType type = RequestType::Read) {
  std::vector<Many> sent(kThreads);
  RealWorld::on_threads(kThreads, [&](int i) { d.send(sent[size_t(i)], kEach, type); });
  for (auto& many : sent) d.wait_for(many);
}

// What handlers left for another thread.
struct Shelf {
  std::mutex mutex;
  std::vector<WDFREQUEST> held;
  void put(WDFREQUEST r) {
    std::lock_guard lock(mutex);
    held.push_back(r);
  }
  void drop(WDFREQUEST r) {
    std::lock_guard lock(mutex);
    held.erase(std::remove(held.begin(), held.end(), r), held.end());
  }
  // The last one that `wanted`, under the lock, says yes to.
  template <class Wanted>
  WDFREQUEST take(Wanted wanted) {
    std::lock_guard lock(mutex);
    while (!held.empty()) {
      WDFREQUEST r = held.back();
      held.pop_back();
      if (wanted(r)) return r;
    }
    return nullptr;
  }
};

}  // namespace

TEST_CASE("D-05 a sequential queue presents one request at a time, whoever sends") {
  RealDriver d;
  d.specs[0].dispatch = qs_WdfIoQueueDispatchSequential;
  d.specs[0].limit = 0;
  std::atomic<int> inside{0}, calls{0};
  bool overlap = false;  // written by handlers, which must exclude each other
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    if (inside.fetch_add(1) != 0) overlap = true;
    ++calls;
    inside.fetch_sub(1);
    complete(r);
  };
  d.start();
  send_from_all(d);
  CHECK(!overlap);
  CHECK(calls == kThreads * kEach);
}

TEST_CASE("D-05 a parallel queue keeps its presented limit") {
  for (bool verifier : {false, true}) {
    RealDriver d;
    d.verifier = verifier;
    d.specs[0].limit = 2;
    std::atomic<int> owned{0}, most{0};
    d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
      int now = owned.fetch_add(1) + 1, seen = most.load();
      while (now > seen && !most.compare_exchange_weak(seen, now)) {}
      owned.fetch_sub(1);
      complete(r);
    };
    d.start();
    send_from_all(d);
    CHECK(most <= 2);
  }
}

TEST_CASE("D-35 queue and device scope serialise callbacks of different threads") {
  for (int32_t scope : {qs_WdfSynchronizationScopeQueue, qs_WdfSynchronizationScopeDevice})
    for (bool passive : {false, true}) {
      if (passive && scope == qs_WdfSynchronizationScopeDevice) continue;  // O-07 step 6
      RealDriver d;
      d.specs[0].scope = scope;
      d.specs[0].passive = passive;
      int calls = 0;  // only the presentation lock protects it
      d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
        ++calls;
        complete(r);
      };
      d.start();
      send_from_all(d);
      qs_WdfObjectAcquireLock(AT, d.queues[0]);
      CHECK(calls == kThreads * kEach);
      qs_WdfObjectReleaseLock(AT, d.queues[0]);
    }
}

TEST_CASE("D-04 a passive queue called at DISPATCH_LEVEL delivers on a work item") {
  RealDriver d;
  d.specs[0].passive = true;
  std::atomic<int> too_high{0};
  d.on_read = [&](WDFQUEUE, WDFREQUEST r) {
    if (qs_KeGetCurrentIrql(AT) != kPassiveLevel) ++too_high;
    complete(r);
  };
  d.start();
  std::vector<Many> sent(kThreads);
  RealWorld::on_threads(
      kThreads, [&](int i) { RealWorld::at_dispatch([&] { d.send(sent[size_t(i)], kEach); }); });
  for (auto& many : sent) d.wait_for(many);
  CHECK(too_high == 0);
}

TEST_CASE("G-01 requests are retrieved from a manual queue by other threads") {
  RealDriver d;
  d.specs[0].dispatch = qs_WdfIoQueueDispatchManual;
  d.start();
  std::vector<Many> sent(2);
  std::atomic<int> taken{0};
  RealWorld::on_threads(kThreads, [&](int i) {
    if (i < 2) return d.send(sent[size_t(i)], kEach);
    while (taken < 2 * kEach) {
      WDFREQUEST r;
      if (qs_WdfIoQueueRetrieveNextRequest(AT, d.queues[0], &r) != QS_STATUS_SUCCESS) {
        std::this_thread::yield();
        continue;
      }
      ++taken;
      complete(r);
    }
  });
  CHECK(taken == 2 * kEach);
  for (auto& many : sent) d.wait_for(many);
}

TEST_CASE("C-05 a cancel races with retrieval") {
  RealDriver d;
  d.specs[0].dispatch = qs_WdfIoQueueDispatchManual;
  d.start();
  Many sent;
  d.send(sent, kEach);
  std::atomic<int> completed{0}, cancelled{0};
  RealWorld::on_threads(2, [&](int i) {
    if (i == 0) {
      for (auto& s : sent) cancelled += s->cancel();
      return;
    }
    WDFREQUEST r;
    while (qs_WdfIoQueueRetrieveNextRequest(AT, d.queues[0], &r) == QS_STATUS_SUCCESS) {
      ++completed;
      complete(r);
    }
  });
  d.wait_for(sent);
  CHECK(completed + cancelled == kEach);
  int with_success = 0;
  for (auto& s : sent) with_success += s->status == QS_STATUS_SUCCESS;
  CHECK(with_success == completed);
}

TEST_CASE("C-30 a cancel races with unmarking and completion") {
  static Shelf shelf;
  static std::atomic<int> in_callback;
  for (bool verifier : {false, true}) {
    in_callback = 0;
    RealDriver d;
    d.verifier = verifier;
    d.on_read = [](WDFQUEUE, WDFREQUEST r) {
      std::unique_lock lock(shelf.mutex);
      int32_t status = qs_WdfRequestMarkCancelableEx(AT, r, [](WDFREQUEST c) {
        ++in_callback;
        shelf.drop(c);
        complete(c, QS_STATUS_CANCELLED);
      });
      if (status >= 0) return shelf.held.push_back(r);
      lock.unlock();
      complete(r, status);
    };
    d.start();
    Many sent;
    d.send(sent, kEach);
    std::atomic<bool> all_cancelled{false};
    int completed = 0;
    RealWorld::on_threads(2, [&](int i) {
      if (i == 0) {
        for (auto& s : sent) s->cancel();
        all_cancelled = true;
        return;
      }
      for (bool last = false; !last;) {
        last = all_cancelled;
        // CANCELLED: the callback has it, or will.
        while (WDFREQUEST r = shelf.take([](WDFREQUEST candidate) {
          return qs_WdfRequestUnmarkCancelable(AT, candidate) == QS_STATUS_SUCCESS;
        })) {
          ++completed;
          complete(r);
        }
      }
    });
    d.wait_for(sent);
    CHECK(completed + in_callback == kEach);
  }
}
