// One world with one driver and one device, for tests of the C surface: handlers are lambdas, calls
// are the qs_ functions themselves. Each test reads what happened from the trace, as sentences or
// as counts.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "include/qs/abi.h"
#include "kmdf/core/framework.h"
#include "kmdf/request/io_manager.h"
#include "kmdf/target/io_target.h"
#include "sched/fiber.h"
#include "sched/scheduler.h"
#include "trace/events/trace.h"

#define AT __FILE__, __LINE__  // the two hidden arguments

namespace qs::test {

constexpr int64_t ms(int64_t n) { return -n * 10000; }  // a relative Windows time

struct Bench {
  // What the driver does when its device is added: before WdfDeviceCreate, and after it.
  std::function<void(PWDFDEVICE_INIT)> on_init;
  std::function<void(WDFDEVICE)> on_add;
  std::function<void(WDFQUEUE, WDFREQUEST, size_t)> on_read;
  std::function<void(WDFQUEUE, WDFREQUEST, size_t)> on_write;
  std::function<void(WDFQUEUE, WDFREQUEST, size_t, size_t, uint32_t)> on_control;
  std::function<void(WDFREQUEST, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS*, void*)> on_back;
  std::function<void(WDFREQUEST)> on_cancel;
  std::function<void(WDFQUEUE, WDFREQUEST, uint32_t)> on_stop;
  std::function<void(WDFTIMER)> on_timer;
  std::function<void(WDFDPC)> on_dpc;
  std::function<void(WDFWORKITEM)> on_work;
  std::function<int32_t(WDFDEVICE)> on_d0_entry, on_d0_exit;

  // Settings used when the device is made.
  qs_WDF_OBJECT_ATTRIBUTES device_attributes{};
  qs_WDF_OBJECT_ATTRIBUTES queue_attributes{};
  int32_t dispatch = qs_WdfIoQueueDispatchParallel;
  bool verifier = true, stop_at_undefined = false;

  Bench();
  ~Bench();
  Bench(const Bench&) = delete;

  // Loads the driver, adds and starts the device; WDFQUEUE of the default queue in `queue`.
  void start();
  // Set by a test whose body waits for ever: run() else fails when the body never came to its end.
  bool hangs = false;
  // `body` on a virtual thread of its own at that IRQL, then everything until nothing can move; the
  // clock moves while something that keeps the run alive is on it.
  void run(std::function<void()> body, uint8_t irql = 0);
  // As run, without moving the clock.
  void run_now(std::function<void()> body, uint8_t irql = 0);
  void settle();
  void advance(uint32_t microseconds);  // lets that much time pass, periodic timers included

  struct Sent {
    kmdf::Irp* irp = nullptr;  // valid until done
    ObjectId id;
    bool done = false;
    int32_t status = 0;
    uint64_t information = 0;
    std::string data;  // of the buffer, when it came back
  };
  // An application sends; on a thread of its own.
  Sent* read(uint32_t length, bool now = false);
  Sent* write(const std::string& data);
  Sent* control(uint32_t code, const std::string& in, uint32_t out_length,
                trace::RequestType type = trace::RequestType::DeviceControl);
  bool cancel(Sent* sent);

  kmdf::Device* the_device() { return framework->devices.at(0); }
  WDFIOTARGET local_target();

  // --- what happened ---
  size_t count(trace::EventCode code) const;
  size_t calls_of(trace::CallbackKind kind) const;
  // Rule ids of violations and findings, in order.
  std::vector<std::string> rules() const;
  bool ended() const { return framework->ended; }
  // The first event with that code, or nullptr.
  const trace::Event* first(trace::EventCode code) const;
  size_t index_of(trace::EventCode code) const;  // SIZE_MAX: none

  std::shared_ptr<trace::Trace> trace;
  std::unique_ptr<sched::Scheduler> scheduler;
  std::unique_ptr<kmdf::Framework> framework;
  WDFDEVICE device = nullptr;
  WDFQUEUE queue = nullptr;
  std::vector<std::string> debug;  // texts of DbgPrint and of the framework
  std::vector<std::unique_ptr<Sent>> sent;
};

// The bench whose callbacks are called; set by its constructor.
extern Bench* bench;

// Functions to register with the framework: they call the lambdas of the bench.
void read_handler(WDFQUEUE, WDFREQUEST, size_t);
void write_handler(WDFQUEUE, WDFREQUEST, size_t);
void control_handler(WDFQUEUE, WDFREQUEST, size_t, size_t, uint32_t);
void completion_routine(WDFREQUEST, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS*, void*);
void cancel_handler(WDFREQUEST);
void stop_handler(WDFQUEUE, WDFREQUEST, uint32_t);
void timer_handler(WDFTIMER);
void dpc_handler(WDFDPC);
void work_handler(WDFWORKITEM);

// Attributes with that parent (and a passive execution level).
qs_WDF_OBJECT_ATTRIBUTES child_of(void* parent, bool passive = false);
// Makes one of each for the bench's handlers.
int32_t make_timer(void* parent, WDFTIMER* out, uint32_t period = 0, bool serialized = true,
                   bool passive = false);
int32_t make_dpc(void* parent, WDFDPC* out, bool serialized = true);
int32_t make_work_item(void* parent, WDFWORKITEM* out, bool serialized = true);

qs_WDF_REQUEST_SEND_OPTIONS send_options(uint32_t flags, int64_t timeout = 0);

}  // namespace qs::test
