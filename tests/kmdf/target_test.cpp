// I/O targets (section T of the rules): what the driver gets back, when, and on which thread.
#include <doctest/doctest.h>

#include "tests/kmdf/bench_driver.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;
using trace::CallbackKind;
using trace::EventCode;

namespace {

using Rules = std::vector<std::string>;

// A filter that sends every read to its local target and completes it as it came back.
struct Filter : Bench {
  LowerDriver lower;
  uint32_t flags = 0;
  int64_t timeout = 0;
  bool routine = true, format = true;
  uint8_t sent_ok = 0xFF;
  int32_t send_status = 0;
  int32_t back_status = 0;
  WDFREQUEST last = nullptr;
  bool inside_send = false, back_inside_send = false, finish = true;
  std::function<void(WDFREQUEST)> before_send;

  Filter() {
    on_read = [this](WDFQUEUE, WDFREQUEST r, size_t) { pass(r); };
    on_back = [this](WDFREQUEST r, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void*) {
      back_inside_send = inside_send;
      back_status = p->IoStatus.Status;
      if (finish)
        qs_WdfRequestCompleteWithInformation(AT, r, p->IoStatus.Status, p->IoStatus.Information);
    };
  }
  void begin() {
    configure_lower_driver(nullptr, lower);
    start();
  }
  void pass(WDFREQUEST r) {
    last = r;
    if (format) qs_WdfRequestFormatRequestUsingCurrentType(AT, r);
    if (routine) qs_WdfRequestSetCompletionRoutine(AT, r, completion_routine, nullptr);
    if (before_send) before_send(r);
    auto o = send_options(flags, timeout);
    inside_send = true;
    sent_ok = qs_WdfRequestSend(AT, r, local_target(), &o);
    inside_send = false;
    if (sent_ok && !(flags & qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS)) return;
    send_status = qs_WdfRequestGetStatus(AT, r);
    if (!finish) return;
    if (flags & qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS && sent_ok && routine) return;
    qs_WdfRequestComplete(AT, r, send_status);
  }
};

// A driver-made read of 8 bytes with its own memory, sent to the local target.
struct Own : Bench {
  LowerDriver lower;
  WDFREQUEST r = nullptr;
  WDFMEMORY memory = nullptr;
  std::vector<int32_t> back;

  Own() {
    on_read = [](WDFQUEUE, WDFREQUEST q, size_t) { qs_WdfRequestComplete(AT, q, 0); };
    on_back = [this](WDFREQUEST, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void*) {
      back.push_back(p->IoStatus.Status);
    };
  }
  void begin() {
    configure_lower_driver(nullptr, lower);
    start();
    run_now([this] {
      REQUIRE(qs_WdfRequestCreate(AT, nullptr, local_target(), &r) == 0);
      REQUIRE(qs_WdfMemoryCreate(AT, nullptr, 0, 0, 8, &memory, nullptr) == 0);
    });
  }
  int32_t format() {
    return qs_WdfIoTargetFormatRequestForRead(AT, local_target(), r, memory, nullptr, nullptr);
  }
  uint8_t send(uint32_t flags = 0, int64_t timeout = 0) {
    qs_WdfRequestSetCompletionRoutine(AT, r, completion_routine, nullptr);
    auto o = send_options(flags, timeout);
    return qs_WdfRequestSend(AT, r, local_target(), &o);
  }
};

}  // namespace

TEST_CASE("T-01 the local target exists from the device's creation and is started") {
  Own b;
  b.on_add = [&](WDFDEVICE d) {
    WDFIOTARGET t = qs_WdfDeviceGetIoTarget(AT, d);
    REQUIRE(t != nullptr);
    CHECK(qs_WdfIoTargetGetState(AT, t) == qs_WdfIoTargetStarted);
    CHECK(qs_WdfIoTargetGetDevice(AT, t) == d);
  };
  b.begin();
  CHECK(b.count(EventCode::TargetConfig) == 1);
}

TEST_CASE("T-01 T-21 a remote target says Started before it is opened, and after a start") {
  Own b;
  b.begin();
  b.run([&] {
    WDFIOTARGET t = nullptr;
    REQUIRE(qs_WdfIoTargetCreate(AT, b.device, nullptr, &t) == 0);
    CHECK(qs_WdfIoTargetGetState(AT, t) == qs_WdfIoTargetStarted);
    CHECK(qs_WdfIoTargetStart(AT, t) == QS_STATUS_SUCCESS);
    qs_WDF_IO_TARGET_OPEN_PARAMS p{};
    p.Size = sizeof p;
    p.Type = qs_WdfIoTargetOpenByName;
    CHECK(qs_WdfIoTargetOpen(AT, t, &p) == QS_STATUS_INVALID_PARAMETER);
    uint16_t name[] = {'x'};
    p.TargetDeviceName = {2, 2, name};
    CHECK(qs_WdfIoTargetOpen(AT, t, &p) == QS_STATUS_SUCCESS);
    CHECK(qs_WdfIoTargetGetState(AT, t) == qs_WdfIoTargetStarted);
    CHECK(qs_WdfIoTargetOpen(AT, t, &p) == QS_STATUS_INVALID_DEVICE_STATE);
    qs_WdfIoTargetClose(AT, t);
    CHECK(qs_WdfIoTargetGetState(AT, t) == qs_WdfIoTargetClosed);
    CHECK(qs_WdfIoTargetStart(AT, t) == QS_STATUS_SUCCESS);
    CHECK(qs_WdfIoTargetGetState(AT, t) == qs_WdfIoTargetStarted);
    CHECK(qs_WdfIoTargetOpen(AT, t, &p) == QS_STATUS_SUCCESS);
  });
}

TEST_CASE("T-02 K-13 a driver-made request is the driver's, is in no queue, and goes by deletion") {
  Own b;
  b.begin();
  b.run([&] {
    CHECK(qs_WdfRequestGetIoQueue(AT, b.r) == nullptr);
    qs_WdfRequestComplete(AT, b.r, 0);  // K-13: refused
    CHECK(b.rules() == Rules{"K-13"});
    qs_WdfObjectDelete(AT, b.r);
  });
  CHECK(b.count(EventCode::Delete) == 1);
}

TEST_CASE("T-03 V-32 sending an unformatted request is refused by the verifier") {
  Filter b;
  b.format = false;
  b.begin();
  auto* s = b.read(4);
  CHECK(b.sent_ok == 0);
  CHECK(b.send_status == QS_STATUS_REQUEST_NOT_ACCEPTED);
  CHECK(b.rules() == Rules{"V-32"});
  CHECK(s->status == QS_STATUS_REQUEST_NOT_ACCEPTED);
  CHECK(b.calls_of(CallbackKind::CompletionRoutine) == 0);
}

TEST_CASE("T-04 V-37 formatting without an IRP is a bug check") {
  Own b;
  b.stop_at_undefined = true;
  b.begin();
  b.run([&] {
    static_cast<Request*>(object_of(b.r, "test"))->irp = nullptr;
    qs_WdfRequestFormatRequestUsingCurrentType(AT, b.r);
    FAIL("the run has ended");
  });
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"V-37"});
}

TEST_CASE("T-05 a send uses the formatting up") {
  Own b;
  b.begin();
  b.run([&] {
    CHECK(b.format() == 0);
    CHECK(b.send() == 1);
  });
  b.run([&] {
    CHECK(b.send() == 0);
    CHECK(qs_WdfRequestGetStatus(AT, b.r) == QS_STATUS_REQUEST_NOT_ACCEPTED);
    CHECK(b.format() == 0);
    CHECK(b.send() == 1);
  });
  CHECK(b.back == std::vector<int32_t>{0, 0});
}

TEST_CASE("T-06 a completion routine is good for one send, and NULL clears it") {
  Filter b;
  int sends = 0;
  b.finish = false;
  b.before_send = [&](WDFREQUEST r) {
    if (++sends == 2) qs_WdfRequestSetCompletionRoutine(AT, r, nullptr, nullptr);
  };
  b.begin();
  b.read(4);
  CHECK(b.calls_of(CallbackKind::CompletionRoutine) == 1);
  b.run([&] { b.pass(b.last); });
  CHECK(b.sent_ok == 0);  // V-34: it has none any more
  CHECK(b.rules() == Rules{"V-34"});
}

TEST_CASE("T-07 FALSE leaves the request with the driver and calls no routine") {
  Filter b;
  b.begin();
  b.run([&] { qs_WdfIoTargetPurge(AT, b.local_target(), qs_WdfIoTargetPurgeIo); });
  auto* s = b.read(4);
  CHECK(b.sent_ok == 0);
  CHECK(s->status == QS_STATUS_INVALID_DEVICE_STATE);
  CHECK(b.calls_of(CallbackKind::CompletionRoutine) == 0);
  CHECK(b.count(EventCode::SendTarget) == 0);
}

TEST_CASE("T-08 N-30 the routine runs before Send returns when the target completes at once") {
  Filter b;
  b.begin();
  auto* s = b.read(4);
  CHECK(b.sent_ok == 1);
  CHECK(b.back_inside_send);
  CHECK(s->done);
  CHECK(s->information == 4);
  CHECK(s->data == "abcd");
}

TEST_CASE("T-08 a slow target completes later, at DISPATCH_LEVEL, with nobody's lock") {
  Filter b;
  b.lower.delay = 5000;
  uint8_t irql = 0xFF;
  b.begin();
  auto back = b.on_back;
  b.on_back = [&](WDFREQUEST r, WDFIOTARGET t, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void* c) {
    irql = qs_KeGetCurrentIrql(AT);
    back(r, t, p, c);
  };
  auto* s = b.read(4);
  CHECK_FALSE(b.back_inside_send);
  CHECK(s->status == QS_STATUS_SUCCESS);
  CHECK(b.scheduler->now() == 5000);
  CHECK(irql == sched::kDispatchLevel);
}

TEST_CASE(
    "T-09 V-35 V-36 a wrong size, unknown flags, and send-and-forget with others are refused") {
  for (int wrong = 0; wrong < 3; ++wrong) {
    Filter b;
    int32_t status = -1;
    b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
      qs_WdfRequestFormatRequestUsingCurrentType(AT, r);
      auto o = send_options(wrong == 1 ? 0x100u : wrong == 2 ? 0x9u : 0u);
      if (wrong == 0) o.Size = 4;
      CHECK(qs_WdfRequestSend(AT, r, b.local_target(), &o) == 0);
      status = qs_WdfRequestGetStatus(AT, r);
      qs_WdfRequestComplete(AT, r, status);
    };
    b.begin();
    b.read(4);
    CHECK(status == QS_STATUS_INVALID_PARAMETER);
    CHECK(b.rules() == Rules{wrong == 2 ? "V-35" : "V-36"});
  }
}

TEST_CASE("T-10 a stopped target keeps the request until it is started; ignoring its state sends") {
  Filter b;
  b.begin();
  b.run([&] { qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending); });
  auto* kept = b.read(4);
  CHECK(b.sent_ok == 1);
  CHECK_FALSE(kept->done);
  CHECK(b.count(EventCode::PendTarget) == 1);
  b.flags = qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE;
  auto* past = b.read(4);
  CHECK(past->done);
  b.run([&] { CHECK(qs_WdfIoTargetStart(AT, b.local_target()) == 0); });
  CHECK(kept->status == QS_STATUS_SUCCESS);
  CHECK(kept->done);
}

TEST_CASE("T-10 a purged target refuses unless its state is ignored; a closed one refuses always") {
  for (bool ignore : {false, true}) {
    Filter b;
    b.flags = ignore ? uint32_t(qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE) : 0;
    b.begin();
    b.run([&] { qs_WdfIoTargetPurge(AT, b.local_target(), qs_WdfIoTargetPurgeIo); });
    auto* s = b.read(4);
    CHECK(s->status == (ignore ? 0 : QS_STATUS_INVALID_DEVICE_STATE));
    b.run([&] { set_target_state(b.the_device()->local_target, trace::TargetState::Closed); });
    s = b.read(4);
    CHECK(s->status == QS_STATUS_INVALID_DEVICE_STATE);
  }
}

TEST_CASE("T-10a N-32 a request marked as cancelled is not sent until it is reused") {
  Own b;
  b.begin();
  b.run([&] {
    b.format();
    CHECK(qs_WdfRequestCancelSentRequest(AT, b.r) == 0);  // T-18
    CHECK(b.send() == 0);
    CHECK(qs_WdfRequestGetStatus(AT, b.r) == QS_STATUS_CANCELLED);
  });
  CHECK(b.back.empty());
}

TEST_CASE("T-10a V-34 a queued request sent without a routine is refused") {
  Filter b;
  b.routine = false;
  b.begin();
  auto* s = b.read(4);
  CHECK(s->status == QS_STATUS_INVALID_DEVICE_REQUEST);
  CHECK(b.rules() == Rules{"V-34"});
}

TEST_CASE("T-10a V-33 sending what is already with a target is a bug check") {
  Own b;
  b.lower.stays = true;
  b.begin();
  b.run([&] {
    b.format();
    CHECK(b.send() == 1);
    qs_WdfRequestSend(AT, b.r, b.local_target(), nullptr);
    FAIL("the run has ended");
  });
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"V-33"});
}

TEST_CASE("T-11 a synchronous send returns when the request is back; a routine runs first") {
  Filter b;
  b.lower.delay = 3000;
  b.flags = qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS;
  b.routine = false;
  b.begin();
  auto* s = b.read(4);
  CHECK(b.sent_ok == 1);
  CHECK(b.send_status == QS_STATUS_SUCCESS);
  CHECK(s->done);
  CHECK(s->data == "abcd");

  Filter with;
  with.lower.delay = 3000;
  with.flags = b.flags;
  with.begin();
  with.read(4);
  CHECK(with.calls_of(CallbackKind::CompletionRoutine) == 1);
  CHECK(with.back_inside_send);
}

TEST_CASE("T-11 a synchronous timeout cancels, still waits, and shows STATUS_IO_TIMEOUT") {
  for (bool deaf : {false, true}) {
    Filter b;
    b.lower.delay = 20000;
    b.lower.deaf = deaf;
    b.flags = qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS | qs_WDF_REQUEST_SEND_OPTION_TIMEOUT;
    b.timeout = ms(5);
    b.routine = false;
    b.begin();
    auto* s = b.read(4);
    CHECK(s->status == (deaf ? QS_STATUS_SUCCESS : QS_STATUS_IO_TIMEOUT));
    CHECK(b.scheduler->now() == (deaf ? 20000u : 5000u));
  }
}

TEST_CASE("T-11 a synchronous send above PASSIVE_LEVEL is refused") {
  Own b;
  b.begin();
  b.run(
      [&] {
        b.format();
        CHECK(b.send(qs_WDF_REQUEST_SEND_OPTION_SYNCHRONOUS) == 0);
        CHECK(b.rules() == Rules{"U-05"});
      },
      sched::kDispatchLevel);
}

TEST_CASE("T-12 an expired timeout turns STATUS_CANCELLED into STATUS_IO_TIMEOUT, once") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(5));
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_IO_TIMEOUT});
  CHECK(b.scheduler->now() == 5000);
}

TEST_CASE("T-12 a deaf target's own status stays after the timeout") {
  Own b;
  b.lower.delay = 20000;
  b.lower.deaf = true;
  b.begin();
  b.run([&] {
    b.format();
    b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(5));
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
  CHECK(b.scheduler->now() == 20000);
}

TEST_CASE("T-12 a request that comes back in time takes its timer along") {
  Own b;
  b.lower.delay = 2000;
  b.begin();
  b.run([&] {
    b.format();
    b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(50));
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
  CHECK(b.scheduler->now() == 2000);  // nothing is left on the clock
}

TEST_CASE("T-12 a request kept in a stopped target times out as well") {
  Own b;
  b.begin();
  b.run([&] {
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending);
    b.format();
    CHECK(b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(5)) == 1);
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_IO_TIMEOUT});
}

TEST_CASE("T-12 an allocated timer lets the send succeed when memory is short") {
  for (bool allocated : {false, true}) {
    Own b;
    b.lower.delay = 1000;
    b.begin();
    b.run([&] {
      if (allocated) CHECK(qs_WdfRequestAllocateTimer(AT, b.r) == 0);
      b.format();
      b.framework->memory = trace::MemoryMode::NoneLeft;
      CHECK(b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(5)) == (allocated ? 1 : 0));
    });
    CHECK(b.back.size() == (allocated ? 1u : 0u));
  }
}

TEST_CASE("T-13 a sent request still counts: a sequential queue delivers nothing more") {
  Filter b;
  b.dispatch = qs_WdfIoQueueDispatchSequential;
  b.lower.delay = 5000;
  b.begin();
  auto* first = b.read(4, true);
  auto* second = b.read(4, true);
  CHECK(b.calls_of(CallbackKind::EvtIoRead) == 1);
  CHECK_FALSE(first->done);
  b.settle();
  CHECK(b.calls_of(CallbackKind::EvtIoRead) == 2);
  CHECK(second->done);
}

TEST_CASE("T-14 send-and-forget: uncharged at once, completed below, never seen again") {
  Filter b;
  b.dispatch = qs_WdfIoQueueDispatchSequential;
  b.lower.delay = 5000;
  b.flags = qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  b.format = b.routine = false;
  b.begin();
  auto* first = b.read(4, true);
  auto* second = b.read(4, true);
  CHECK(b.calls_of(CallbackKind::EvtIoRead) == 2);
  CHECK(b.count(EventCode::Forget) == 2);
  CHECK_FALSE(first->done);
  b.settle();
  CHECK(first->status == 0);
  CHECK(second->data == "abcd");
  CHECK(b.rules().empty());
}

TEST_CASE("T-14 V-35 send-and-forget is refused for driver-made and target-formatted requests") {
  Own b;
  b.begin();
  b.run([&] {
    CHECK(b.send(qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET) == 0);
    CHECK(qs_WdfRequestGetStatus(AT, b.r) == QS_STATUS_INVALID_DEVICE_STATE);
  });
  Filter f;
  f.flags = qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  f.routine = false;
  f.before_send = [&](WDFREQUEST r) {
    CHECK(qs_WdfIoTargetFormatRequestForRead(AT, f.local_target(), r, nullptr, nullptr, nullptr) ==
          0);
  };
  f.begin();
  auto* s = f.read(4);
  CHECK(s->status == QS_STATUS_INVALID_DEVICE_REQUEST);
  CHECK(f.rules() == Rules{"V-35"});
}

TEST_CASE("T-14 a set completion routine breaks, and the request goes all the same") {
  Filter b;
  b.flags = qs_WDF_REQUEST_SEND_OPTION_SEND_AND_FORGET;
  b.begin();
  auto* s = b.read(4);
  CHECK(s->status == 0);
  CHECK(b.rules() == Rules{"V-35"});
  CHECK(b.calls_of(CallbackKind::CompletionRoutine) == 0);
}

TEST_CASE("T-15 a filter without a queue for a type passes it down by itself") {
  Filter b;
  b.on_init = [](PWDFDEVICE_INIT init) { qs_WdfFdoInitSetFilter(AT, init); };
  b.lower.delay = 1000;
  b.begin();
  auto* s = b.write("hello");
  CHECK(s->status == QS_STATUS_SUCCESS);
  CHECK(s->information == 5);
  CHECK(b.count(EventCode::PassDown) == 1);
}

TEST_CASE("T-15 the sender can cancel what was passed down, unless the lower driver is deaf") {
  for (bool deaf : {false, true}) {
    Filter b;
    b.on_init = [](PWDFDEVICE_INIT init) { qs_WdfFdoInitSetFilter(AT, init); };
    b.on_write = nullptr;
    b.lower.delay = 9000;
    b.lower.deaf = deaf;
    b.begin();
    b.run_now([&] {
      Irp* irp = make_irp(trace::RequestType::Write, 4, 0, nullptr, {});
      send_irp(b.the_device(), irp);
      CHECK(cancel_irp(irp) == !deaf);
      CHECK(irp->completed == !deaf);
    });
    b.settle();
    CHECK(b.first(EventCode::Completed)->a ==
          uint32_t(deaf ? QS_STATUS_SUCCESS : QS_STATUS_CANCELLED));
  }
}

TEST_CASE("T-16 CancelSentRequest calls the lower cancel routine; the routine gets the request") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    CHECK(qs_WdfRequestCancelSentRequest(AT, b.r) == 1);
    CHECK(b.back == std::vector<int32_t>{QS_STATUS_CANCELLED});
  });
  CHECK(b.scheduler->now() == 0);
}

TEST_CASE("T-16 a deaf lower driver answers FALSE and completes in its own time") {
  Own b;
  b.lower.delay = 20000;
  b.lower.deaf = true;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    CHECK(qs_WdfRequestCancelSentRequest(AT, b.r) == 0);
    CHECK(b.back.empty());
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
}

TEST_CASE("T-16 a request kept in the target is cancelled there") {
  Own b;
  b.begin();
  b.run([&] {
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending);
    b.format();
    b.send();
    CHECK(qs_WdfRequestCancelSentRequest(AT, b.r) == 1);
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_CANCELLED});
}

TEST_CASE("T-16 cancelling a sent request in EvtIoStop lets the power-down go on") {
  Filter b;
  b.dispatch = qs_WdfIoQueueDispatchSequential;
  b.lower.delay = 60000;
  uint8_t called = 0;
  b.on_stop = [&](WDFQUEUE, WDFREQUEST r, uint32_t) {
    called = qs_WdfRequestCancelSentRequest(AT, r);
  };
  b.begin();
  auto* s = b.read(4, true);
  b.run_now([&] {
    b.the_device()->system_power_down();
    CHECK_FALSE(b.the_device()->in_d0());
  });
  CHECK(called == 1);
  CHECK(s->status == QS_STATUS_CANCELLED);
  CHECK(b.scheduler->now() == 0);
}

TEST_CASE("N-31 timeout, completion and CancelSentRequest at one moment: one routine call") {
  for (int first = 0; first < 2; ++first) {
    Own b;
    b.lower.delay = 5000;
    b.begin();
    b.run([&] {
      b.format();
      b.send(qs_WDF_REQUEST_SEND_OPTION_TIMEOUT, ms(5));
      if (first) qs_WdfRequestCancelSentRequest(AT, b.r);
    });
    CHECK(b.back.size() == 1);
    CHECK(b.rules().empty());
  }
}

TEST_CASE("I-23 a target whose device goes fails what it keeps, and no routine runs twice") {
  Own b;
  b.begin();
  b.run([&] {
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending);
    b.format();
    b.send();
    b.the_device()->pnp_remove();
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_WDF_DEVICE_REMOVED_NOT_SENT});
}

TEST_CASE("C-60 the sender's cancel goes straight to the lower driver, not to the queue") {
  Filter b;
  b.lower.delay = 20000;
  b.begin();
  auto* s = b.read(4, true);
  CHECK(b.cancel(s));
  CHECK(s->status == QS_STATUS_CANCELLED);
  CHECK(b.back_status == QS_STATUS_CANCELLED);
  CHECK(b.count(EventCode::CancelClaim) == 0);
}

TEST_CASE("C-61 sending a cancelable request is undefined misuse") {
  Filter b;
  b.stop_at_undefined = true;
  b.on_cancel = [](WDFREQUEST) {};
  b.before_send = [](WDFREQUEST r) { qs_WdfRequestMarkCancelable(AT, r, cancel_handler); };
  b.begin();
  b.read(4);
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"C-61"});
}

TEST_CASE("T-17 a reference makes it safe to cancel what may be done already: FALSE") {
  Filter b;
  b.lower.delay = 1000;
  b.before_send = [](WDFREQUEST r) { qs_WdfObjectReference(AT, r, nullptr); };
  b.begin();
  b.read(4);
  b.run([&] { CHECK(qs_WdfRequestCancelSentRequest(AT, b.last) == 0); });
  CHECK(b.rules().empty());
}

TEST_CASE("T-18 cancelling what is not sent only marks it: WdfRequestIsCanceled is TRUE") {
  Filter b;
  uint8_t cancelled = 0;
  b.before_send = [&](WDFREQUEST r) {
    CHECK(qs_WdfRequestCancelSentRequest(AT, r) == 0);
    cancelled = qs_WdfRequestIsCanceled(AT, r);
  };
  b.begin();
  auto* s = b.read(4);
  CHECK(cancelled == 1);
  CHECK(s->status == QS_STATUS_CANCELLED);
}

TEST_CASE("T-19 stop with cancel takes everything sent back before it returns") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetCancelSentIo);
    CHECK(b.back == std::vector<int32_t>{QS_STATUS_CANCELLED});
    CHECK(qs_WdfIoTargetGetState(AT, b.local_target()) == qs_WdfIoTargetStopped);
  });
}

TEST_CASE("T-19 stop with wait lets sent requests end by themselves; leave does not wait") {
  for (bool wait : {false, true}) {
    Own b;
    b.lower.delay = 20000;
    b.begin();
    size_t back_at_return = 99;
    b.run([&] {
      b.format();
      b.send();
      qs_WdfIoTargetStop(
          AT, b.local_target(),
          wait ? qs_WdfIoTargetWaitForSentIoToComplete : qs_WdfIoTargetLeaveSentIoPending);
      back_at_return = b.back.size();
    });
    CHECK(back_at_return == (wait ? 1 : 0));
    CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
  }
}

TEST_CASE("T-19 requests sent past the target's state are neither cancelled nor waited for") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send(qs_WDF_REQUEST_SEND_OPTION_IGNORE_TARGET_STATE);
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetCancelSentIo);
    CHECK(b.back.empty());
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
}

TEST_CASE("T-19 the routine of the last request may wait: the request counts as back already") {
  Own b;
  b.begin();
  bool came_back = false;
  b.on_back = [&](WDFREQUEST, WDFIOTARGET t, qs_WDF_REQUEST_COMPLETION_PARAMS*, void*) {
    qs_WdfIoTargetStop(AT, t, qs_WdfIoTargetWaitForSentIoToComplete);
    came_back = true;
  };
  b.run([&] {
    b.format();
    b.send();
  });
  CHECK(came_back);
  CHECK(b.rules().empty());
}

TEST_CASE("T-20 E-27 purge gives kept requests back as not sent, then cancels the sent ones") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  WDFREQUEST second = nullptr;
  b.run([&] {
    b.format();
    b.send();
    qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending);
    qs_WdfRequestCreate(AT, nullptr, b.local_target(), &second);
    qs_WdfIoTargetFormatRequestForRead(AT, b.local_target(), second, b.memory, nullptr, nullptr);
    qs_WdfRequestSetCompletionRoutine(AT, second, completion_routine, nullptr);
    CHECK(qs_WdfRequestSend(AT, second, b.local_target(), nullptr) == 1);
    qs_WdfIoTargetPurge(AT, b.local_target(), qs_WdfIoTargetPurgeIoAndWait);
    CHECK(b.back ==
          std::vector<int32_t>{QS_STATUS_WDF_DEVICE_REMOVED_NOT_SENT, QS_STATUS_CANCELLED});
    CHECK(qs_WdfIoTargetGetState(AT, b.local_target()) == qs_WdfIoTargetPurged);
  });
}

TEST_CASE("T-21 start sends the kept requests again, in order") {
  Filter b;
  b.lower.delay = 1000;
  b.begin();
  std::vector<WDFREQUEST> order;
  auto back = b.on_back;
  b.on_back = [&](WDFREQUEST r, WDFIOTARGET t, qs_WDF_REQUEST_COMPLETION_PARAMS* p, void* c) {
    order.push_back(r);
    back(r, t, p, c);
  };
  b.run([&] { qs_WdfIoTargetStop(AT, b.local_target(), qs_WdfIoTargetLeaveSentIoPending); });
  b.read(4);
  WDFREQUEST one = b.last;
  b.read(4);
  WDFREQUEST two = b.last;
  b.run([&] { qs_WdfIoTargetStart(AT, b.local_target()); });
  CHECK(order == std::vector<WDFREQUEST>{one, two});
}

TEST_CASE("T-22 power-down leaves the local target alone") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    b.the_device()->system_power_down();
    CHECK(qs_WdfIoTargetGetState(AT, b.local_target()) == qs_WdfIoTargetStarted);
    CHECK(b.back.empty());
  });
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
}

TEST_CASE("T-23 change target: closed refuses, a deeper stack needs a new IRP") {
  Filter b;
  b.finish = false;
  b.begin();
  b.run([&] {
    WDFIOTARGET t = nullptr;
    REQUIRE(qs_WdfIoTargetCreate(AT, b.device, nullptr, &t) == 0);
    WDFREQUEST own = nullptr;
    REQUIRE(qs_WdfRequestCreate(AT, nullptr, nullptr, &own) == 0);
    auto* target = static_cast<IoTarget*>(object_of(t, "test"));
    CHECK(qs_WdfRequestChangeTarget(AT, own, t) == QS_STATUS_INVALID_DEVICE_STATE);
    target->open = true;
    set_target_state(target, trace::TargetState::Started);
    target->lower.stack_size = 4;
    CHECK(qs_WdfRequestChangeTarget(AT, own, t) == QS_STATUS_SUCCESS);
    b.framework->memory = trace::MemoryMode::NoneLeft;
    WDFREQUEST other = nullptr;
    CHECK(qs_WdfRequestCreate(AT, nullptr, nullptr, &other) == QS_STATUS_INSUFFICIENT_RESOURCES);
    b.framework->memory = trace::MemoryMode::Plenty;
  });
  b.before_send = [&](WDFREQUEST r) {
    b.the_device()->local_target->lower.stack_size = 4;
    CHECK(qs_WdfRequestChangeTarget(AT, r, b.local_target()) == QS_STATUS_REQUEST_NOT_ACCEPTED);
  };
  b.read(4);
  CHECK(b.sent_ok == 0);  // V-32: too few stack locations
}

TEST_CASE("T-24 reuse clears the cancel marks; a queued request gets no new IRP") {
  Own b;
  b.lower.delay = 20000;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    qs_WDF_REQUEST_REUSE_PARAMS p{sizeof p, 0, QS_STATUS_SUCCESS, nullptr};
    CHECK(qs_WdfRequestReuse(AT, b.r, &p) == QS_STATUS_SUCCESS);  // V-38: no routine any more
    qs_WdfRequestCancelSentRequest(AT, b.r);
    CHECK(qs_WdfRequestReuse(AT, b.r, &p) == QS_STATUS_SUCCESS);
    b.format();
    CHECK(b.send() == 1);
    p.Size = 1;
    CHECK(qs_WdfRequestReuse(AT, b.r, &p) == QS_STATUS_INVALID_PARAMETER);
  });
  CHECK(b.rules() == Rules{"V-38"});
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});

  Filter f;
  f.before_send = [](WDFREQUEST r) {
    qs_WDF_REQUEST_REUSE_PARAMS p{sizeof p, qs_WDF_REQUEST_REUSE_SET_NEW_IRP, 0, nullptr};
    CHECK(qs_WdfRequestReuse(AT, r, &p) == QS_STATUS_WDF_REQUEST_INVALID_STATE);
  };
  f.begin();
  CHECK(f.read(4)->done);
}

TEST_CASE("V-38 a driver-made request deleted while it is sent goes when it is back") {
  Own b;
  b.lower.delay = 5000;
  b.begin();
  b.run([&] {
    b.format();
    b.send();
    qs_WdfObjectDelete(AT, b.r);
    CHECK(b.count(EventCode::Delete) == 0);
  });
  CHECK(b.rules() == Rules{"V-38"});
  CHECK(b.back == std::vector<int32_t>{QS_STATUS_SUCCESS});
  CHECK(b.count(EventCode::Delete) == 1);
}

TEST_CASE(
    "T-25 fan-out: two requests of the driver's own complete their parent when both are back") {
  Bench b;
  LowerDriver lower;
  lower.delay = 3000;
  configure_lower_driver(nullptr, lower);
  WDFREQUEST parent = nullptr, child[2] = {};
  int left = 2;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    parent = r;
    for (auto& c : child) {
      qs_WdfRequestCreate(AT, nullptr, b.local_target(), &c);
      WDFMEMORY m = nullptr;
      qs_WDF_OBJECT_ATTRIBUTES a = child_of(c);
      qs_WdfMemoryCreate(AT, &a, 0, 0, 4, &m, nullptr);
      qs_WdfIoTargetFormatRequestForRead(AT, b.local_target(), c, m, nullptr, nullptr);
      qs_WdfRequestSetCompletionRoutine(AT, c, completion_routine, nullptr);
      CHECK(qs_WdfRequestSend(AT, c, b.local_target(), nullptr) == 1);
    }
  };
  b.on_back = [&](WDFREQUEST r, WDFIOTARGET, qs_WDF_REQUEST_COMPLETION_PARAMS*, void*) {
    qs_WdfObjectDelete(AT, r);
    if (--left == 0) qs_WdfRequestCompleteWithInformation(AT, parent, 0, 8);
  };
  b.start();
  auto* s = b.read(8);
  CHECK(s->status == 0);
  CHECK(s->information == 8);
  CHECK(b.rules().empty());
}

TEST_CASE("T-19 the synchronous forms make their own request and return the lower status") {
  Own b;
  b.lower.delay = 2000;
  b.begin();
  b.run([&] {
    char buffer[6] = {};
    qs_WDF_MEMORY_DESCRIPTOR d{};
    d.Type = qs_WdfMemoryDescriptorTypeBuffer;
    d.u.BufferType = {buffer, 5};
    uintptr_t n = 0;
    CHECK(qs_WdfIoTargetSendReadSynchronously(AT, b.local_target(), nullptr, &d, nullptr, nullptr,
                                              &n) == 0);
    CHECK(n == 5);
    CHECK(std::string(buffer) == "abcde");
    char in[4] = {'p', 'i', 'n', 'g'}, out[4] = {};
    qs_WDF_MEMORY_DESCRIPTOR i = d, o = d;
    i.u.BufferType = {in, 4};
    o.u.BufferType = {out, 4};
    CHECK(qs_WdfIoTargetSendIoctlSynchronously(AT, b.local_target(), nullptr, 0x222000, &i, &o,
                                               nullptr, &n) == 0);
    CHECK(std::string(out, 4) == "ping");
    LowerDriver failing;
    failing.status = QS_STATUS_DEVICE_NOT_READY;
    configure_lower_driver(b.the_device(), failing);
    CHECK(qs_WdfIoTargetSendWriteSynchronously(AT, b.local_target(), nullptr, &d, nullptr, nullptr,
                                               &n) == QS_STATUS_DEVICE_NOT_READY);
    CHECK(n == 0);
  });
  CHECK(b.rules().empty());
}

TEST_CASE("V-10 completing while a format still holds the request's memory is a bug check") {
  Bench b;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    WDFMEMORY m = nullptr;
    REQUIRE(qs_WdfRequestRetrieveOutputMemory(AT, r, &m) == 0);
    qs_WdfObjectReference(AT, m, nullptr);
    qs_WdfRequestComplete(AT, r, 0);
    FAIL("the run has ended");
  };
  b.start();
  b.read(4);
  CHECK(b.ended());
  CHECK(b.rules() == Rules{"V-10"});
  CHECK(b.first(EventCode::Violation)->c == 0x3);
}
