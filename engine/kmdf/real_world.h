// A device with its driver on real threads, and applications that send it requests. Owns:
// RealWorld, Sent. The counterpart of run/world.h in the real-thread build (QS_REAL_THREADS) of the
// framework; called by tests/kmdf_rt and tests/bench_rt from the program's own threads. One world
// at a time.
#pragma once
#ifdef QS_REAL_THREADS
#include <atomic>
#include <functional>

#include "kmdf/framework.h"
#include "kmdf/io_manager.h"

namespace qs::kmdf {

// What an application asks for.
struct Io {
  RequestType type = RequestType::Read;
  uint32_t length = 1;      // reads, writes: bytes; controls: bytes of input
  uint32_t out_length = 0;  // controls
  uint32_t code = 0;        // controls
  void* buffer = nullptr;   // the system buffer; stays the sender's, until the request is back
  FileObject* file = nullptr;
};

// One request that can be waited for and cancelled. Stays where it is until it is back.
class Sent {
 public:
  bool is_back() const { return backs_.load(std::memory_order_acquire) != 0; }
  void wait() const;
  // CancelIoEx: true when somebody's cancel routine was called.
  bool cancel();
  // How often it came back: one, of all that came back at all.
  int backs() const { return backs_.load(std::memory_order_acquire); }
  // When it is back:
  int32_t status = 0;
  uint64_t information = 0;

 private:
  friend class RealWorld;
  static void back(Irp* irp, void* context);
  rt::Lock lock_;  // of irp_: who holds it finds an IRP that is not back
  Irp* irp_ = nullptr;
  std::atomic<int> backs_{0};
};

class RealWorld {
 public:
  using DriverEntry = std::function<int32_t(void* driver_object, void* registry_path)>;

  explicit RealWorld(Options options);
  // Removes what is still there and waits for every worker thread. Nobody may be in a call.
  ~RealWorld();
  RealWorld(const RealWorld&) = delete;

  // DriverEntry, EvtDriverDeviceAdd for one device, and its start. NTSTATUS of the first that
  // fails.
  int32_t load_driver(const DriverEntry& entry);
  Device* device() { return framework.devices.at(0); }
  // Sends, on this thread; NTSTATUS of the dispatch routine.
  int32_t send(const Io& io, Sent& sent);
  // The same without anything to wait for or to cancel: `done` is called when it is back, on
  // whatever thread brings it, and the IRP is gone when it returns.
  int32_t send(const Io& io, void (*done)(const Irp&, void*), void* context);
  void remove_device();
  // Runs `body(0)` to `body(threads - 1)` at the same time, each on an OS thread of its own, and
  // waits for all.
  static void on_threads(int threads, const std::function<void(int)>& body);
  // Runs `body` at DISPATCH_LEVEL on this thread; DPCs queued meanwhile run at its end.
  static void at_dispatch(const std::function<void()>& body);

  Framework framework;

 private:
  bool removed_ = false;
};

}  // namespace qs::kmdf
#endif
