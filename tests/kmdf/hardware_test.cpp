// The virtual hardware of qsdevice.h: channels, interrupts as DPCs, event sources, low power (U-06,
// U-07).
#include <doctest/doctest.h>

#include "kmdf/device/hardware.h"
#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;
using trace::EventCode;

namespace {

using Rules = std::vector<std::string>;

// A driver that puts every read on the first free channel and completes it in its DPC.
struct Slots : Bench {
  QSDEVICE hw = nullptr;
  WDFDPC dpc = nullptr;
  int32_t start_status = 0;
  uint32_t duration = 0;
  bool dispatch_to_busy = false;
  std::vector<void*> contexts;

  explicit Slots(const char* kind) {
    REQUIRE(configure_hardware(nullptr, kind, 0));
    on_add = [this](WDFDEVICE d) {
      hw = qs_QsDeviceOpen(AT, d);
      make_dpc(d, &dpc);
    };
    on_read = [this](WDFQUEUE, WDFREQUEST r, size_t) {
      uint32_t c = 0;
      if (!dispatch_to_busy)
        while (c < qs_QsDeviceChannelCount(AT, hw) && !qs_QsChannelIsFree(AT, hw, c)) ++c;
      start_status = qs_QsChannelStart(AT, hw, c, r, duration, dpc);
      if (start_status < 0) qs_WdfRequestComplete(AT, r, start_status);
    };
    on_dpc = [this](WDFDPC) {
      uint32_t channel;
      void* context;
      while (qs_QsChannelTakeFinished(AT, hw, &channel, &context)) {
        contexts.push_back(context);
        qs_WdfRequestComplete(AT, static_cast<WDFREQUEST>(context), 0);
      }
    };
  }
};

}  // namespace

TEST_CASE("a slot works 4 ms on a request, then queues the DPC that completes it") {
  Slots b("slot");
  b.start();
  auto* s = b.read(4, true);
  CHECK_FALSE(s->done);
  CHECK(b.first(EventCode::HwStart)->o == s->id);
  CHECK(b.first(EventCode::HwStart)->a == 4000);
  b.settle();
  CHECK(s->done);
  CHECK(b.scheduler->now() == 4000);
  CHECK(b.count(EventCode::HwDone) == 1);
  CHECK(b.calls_of(trace::CallbackKind::EvtDpcFunc) == 1);
}

TEST_CASE("U-06 starting a busy channel is a finding and STATUS_DEVICE_BUSY") {
  Slots b("slot");
  b.dispatch_to_busy = true;
  b.start();
  auto* first = b.read(4, true);
  auto* second = b.read(4, true);
  CHECK(second->status == QS_STATUS_DEVICE_BUSY);
  CHECK(b.rules() == Rules{"U-06"});
  b.settle();
  CHECK(first->status == 0);
}

TEST_CASE("slots(3): three at once, and one DPC may bring several") {
  Slots b("slots(3)");
  b.start();
  for (int i = 0; i < 3; ++i) b.read(4, true);
  CHECK(qs_QsDeviceChannelCount(AT, b.hw) == 3);
  b.settle();
  CHECK(b.scheduler->now() == 4000);
  CHECK(b.contexts.size() == 3);
  CHECK(b.rules().empty());
}

TEST_CASE("a cancelled operation is heard of no more; a finished one cannot be cancelled") {
  Slots b("slot");
  b.start();
  auto* s = b.read(4, true);
  b.run([&] {
    CHECK(qs_QsChannelBusyContext(AT, b.hw, 0) != nullptr);
    CHECK(qs_QsChannelCancel(AT, b.hw, 0) == 1);
    CHECK(qs_QsChannelCancel(AT, b.hw, 0) == 0);
    CHECK(qs_QsChannelIsFree(AT, b.hw, 0) == 1);
  });
  CHECK_FALSE(s->done);
  CHECK(b.count(EventCode::HwCancel) == 1);
  CHECK(b.scheduler->now() == 0);
}

TEST_CASE("U-07 outside D0 a channel does not start; in EvtDeviceD0Entry and D0Exit it does") {
  Slots b("slot");
  std::vector<int32_t> at_entry, at_exit;
  auto attempt = [&](std::vector<int32_t>& out) {
    out.push_back(qs_QsChannelStart(AT, b.hw, 0, nullptr, 0, nullptr));
    qs_QsChannelCancel(AT, b.hw, 0);
    return 0;
  };
  b.on_d0_entry = [&](WDFDEVICE) { return attempt(at_entry); };
  b.on_d0_exit = [&](WDFDEVICE) { return attempt(at_exit); };
  b.start();
  CHECK(at_entry == std::vector<int32_t>{0});
  b.run([&] { b.the_device()->system_power_down(); });
  CHECK(at_exit == std::vector<int32_t>{0});
  CHECK(b.rules().empty());
  b.run([&] {
    CHECK(qs_QsChannelStart(AT, b.hw, 0, nullptr, 0, nullptr) == QS_STATUS_DEVICE_NOT_READY);
  });
  CHECK(b.rules() == Rules{"U-07"});
}

TEST_CASE("losing power stops what runs, without a DPC") {
  Slots b("slot");
  b.start();
  b.run([&] {
    CHECK(qs_QsChannelStart(AT, b.hw, 0, nullptr, 0, b.dpc) == 0);
    b.the_device()->system_power_down();
  });
  CHECK(b.count(EventCode::HwCancel) == 1);
  CHECK(b.count(EventCode::HwDone) == 0);
  CHECK(b.calls_of(trace::CallbackKind::EvtDpcFunc) == 0);
}

TEST_CASE("losing power forgets what finished and was not taken") {
  Slots b("slot");
  b.start();
  b.run([&] { CHECK(qs_QsChannelStart(AT, b.hw, 0, &b, 0, nullptr) == 0); });
  CHECK(b.count(EventCode::HwDone) == 1);
  b.run([&] {
    b.the_device()->system_power_down();
    uint32_t channel;
    void* context;
    CHECK(qs_QsChannelTakeFinished(AT, b.hw, &channel, &context) == 0);
  });
}

TEST_CASE("a button: events are kept until the driver connects, then queue its DPC") {
  Slots b("button");
  int dpcs = 0;
  uint32_t taken = 0;
  b.on_dpc = [&](WDFDPC) {
    ++dpcs;
    uint32_t value;
    while (qs_QsEventTake(AT, b.hw, kEventButton, &value)) taken += value;
  };
  b.start();
  b.run_now([&] { CHECK(press_button(b.the_device(), 2)); });
  CHECK(dpcs == 0);
  b.run([&] {
    CHECK(qs_QsEventCount(AT, b.hw, kEventButton) == 2);
    CHECK(qs_QsEventConnect(AT, b.hw, kEventButton, b.dpc) == 0);
    CHECK(qs_QsEventConnect(AT, b.hw, kEventReceived, b.dpc) == QS_STATUS_INVALID_PARAMETER);
  });
  CHECK(taken == 2);
  CHECK(press_button(b.the_device(), 1));  // as run does it, outside any thread
  b.settle();
  CHECK(taken == 3);
  CHECK(dpcs == 2);
  CHECK(b.count(EventCode::HwEvent) == 3);
}

TEST_CASE("a uart: a read ends when a byte comes in, a write after its time, independently") {
  Slots b("uart");
  b.start();
  std::vector<uint32_t> done;
  b.on_dpc = [&](WDFDPC) {
    uint32_t channel;
    void* context;
    while (qs_QsChannelTakeFinished(AT, b.hw, &channel, &context)) done.push_back(channel);
  };
  b.run([&] {
    CHECK(qs_QsChannelStart(AT, b.hw, kUartRead, nullptr, 0, b.dpc) == 0);
    CHECK(qs_QsChannelStart(AT, b.hw, kUartWrite, nullptr, 0, b.dpc) == 0);
  });
  CHECK(done == std::vector<uint32_t>{kUartWrite});
  CHECK(b.scheduler->now() == 1000);
  CHECK(hardware_event(b.the_device(), kEventReceived, 'a'));
  b.settle();
  CHECK(done == std::vector<uint32_t>{kUartWrite, kUartRead});
  b.run([&] {
    uint32_t byte = 0;
    CHECK(qs_QsEventTake(AT, b.hw, kEventReceived, &byte) == 1);
    CHECK(byte == 'a');
    CHECK(qs_QsEventTake(AT, b.hw, kEventReceived, &byte) == 0);
  });
}

TEST_CASE("no hardware: QsDeviceOpen is NULL; unknown kinds are refused") {
  Bench b;
  CHECK_FALSE(configure_hardware(nullptr, "printer", 0));
  CHECK_FALSE(configure_hardware(nullptr, "slots(0)", 0));
  CHECK(configure_hardware(nullptr, "echo", 0));
  QSDEVICE hw = reinterpret_cast<QSDEVICE>(1);
  b.on_add = [&](WDFDEVICE d) { hw = qs_QsDeviceOpen(AT, d); };
  b.start();
  CHECK(hw == nullptr);
}
