// A driver for the tests on real threads: one device, and as many queues as the test wants; its
// handlers are the test's functions. What every test checks at its end stands here, too.
#pragma once
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <vector>

#include "kmdf/real_world.h"

#define AT __FILE__, __LINE__  // the two hidden arguments

namespace qs::test {

struct RealDriver {
  struct QueueSpec {
    int32_t dispatch = qs_WdfIoQueueDispatchParallel;
    uint32_t limit = 0xFFFFFFFFu;
    int32_t scope = qs_WdfSynchronizationScopeInheritFromParent;
    bool passive = false;
    qs_WDF_REQUEST_TYPE route{};  // 0: none; the first queue is the default one
    void (*canceled_on_queue)(WDFQUEUE, WDFREQUEST) = nullptr;
  };
  std::vector<QueueSpec> specs{QueueSpec()};
  std::function<void(WDFQUEUE, WDFREQUEST)> on_read;
  std::function<void(WDFDEVICE)> on_add;
  bool verifier = true;

  std::vector<WDFQUEUE> queues;
  WDFDEVICE device = nullptr;
  std::unique_ptr<kmdf::RealWorld> world;

  RealDriver();
  // Checks that nothing is left in any queue, and ends the world.
  ~RealDriver();
  void start();
  // `count` requests of one thread, sent one after the other; they stay in `sent`.
  void send(std::vector<std::unique_ptr<kmdf::Sent>>& sent, int count,
            RequestType type = RequestType::Read);
  // Waits for all of them; each must have come back exactly once.
  void wait_for(const std::vector<std::unique_ptr<kmdf::Sent>>& sent);
};

extern RealDriver* real_driver;

// Returns when `done` holds; another thread makes it so.
void until(const std::function<bool()>& done);

}  // namespace qs::test
