// Section 14: what is reported, with which code, at which event. What scripts can show stands with
// its rule in the other rules_*_test.cpp files.
#include <doctest/doctest.h>

#include <cstring>

#include "kmdf/queue/forward_progress.h"
#include "model/queries/queries.h"
#include "tests/kmdf/bench_driver.h"
#include "tests/kmdf/transcript.h"
#include "trace/rules/rules.h"
#include "verify/explain.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;
using trace::Severity;

namespace {

using Rules = std::vector<std::string>;

// Parameter 1 of the bug check that ended the run; 0 when there was none.
uint32_t code_of(const Bench& b) {
  for (size_t i = 0; i < b.trace->size(); ++i) {
    const trace::Event& e = (*b.trace)[i];
    if (e.code == trace::EventCode::Violation && e.b == uint32_t(Severity::Bugcheck)) return e.c;
  }
  return 0;
}

// The call that explanations name for the bug check that ended the run.
std::string blamed(const Bench& b) {
  model::Model m;
  for (size_t i = 0; i < b.trace->size(); ++i) model::apply(m, (*b.trace)[i]);
  for (size_t i = m.verdicts.size(); i > 0; --i)
    if (!m.verdicts[i - 1].finding) return model::call_of(*b.trace, m.verdicts[i - 1]);
  return {};
}

// A run whose read handler makes one call, under either setting of the verifier.
struct OneCall : Bench {
  explicit OneCall(std::function<void(WDFQUEUE, WDFREQUEST)> call, bool with_verifier = true) {
    verifier = with_verifier;
    stop_at_undefined = true;
    on_read = [call](WDFQUEUE q, WDFREQUEST r, size_t) { call(q, r); };
    on_cancel = [](WDFREQUEST) {};
    start();
    read(4, true);
  }
};

void no_state_callback(WDFQUEUE, void*) {}

Request* request_of(WDFREQUEST r) {
  return static_cast<Request*>(object_of(r, "test", ObjectKind::Request));
}

}  // namespace

TEST_CASE("V-02 V-03 every bug check has its code, every report its three-part explanation") {
  for (const trace::Rule& rule : trace::all_rules()) {
    INFO(rule.id);
    if (rule.id == "U-15")
      CHECK(rule.code == "0xCE");  // the kernel's own
    else if (rule.severity == Severity::Bugcheck)
      CHECK(rule.code.substr(0, 6) == "0x10D/");
    if (rule.severity == Severity::None) continue;
    const verify::Explanation* e = verify::explain(rule.id);
    REQUIRE(e != nullptr);
    for (std::string_view part : {e->what, e->why, e->how}) CHECK(part.size() > 30);
  }
}

TEST_CASE("V-03 V-04 O-03 a wrong or missing handle is bug check 0x5, a missing pointer 0x4") {
  for (bool verifier : {true, false}) {
    OneCall null([](WDFQUEUE, WDFREQUEST) { qs_WdfRequestComplete(AT, nullptr, 0); }, verifier);
    CHECK(null.rules() == Rules{"V-04"});
    CHECK(blamed(null) == "WdfRequestComplete");  // not the last call that was recorded
    CHECK(code_of(null) == 0x5);
    OneCall kind([](WDFQUEUE q,
                    WDFREQUEST) { qs_WdfRequestComplete(AT, reinterpret_cast<WDFREQUEST>(q), 0); },
                 verifier);
    CHECK(kind.rules() == Rules{"V-04"});
    CHECK(blamed(kind) == "WdfRequestComplete");
    CHECK(code_of(kind) == 0x5);
    OneCall callback([](WDFQUEUE, WDFREQUEST r) { qs_WdfRequestMarkCancelable(AT, r, nullptr); },
                     verifier);
    CHECK(callback.rules() == Rules{"V-04"});
    CHECK(blamed(callback) == "WdfRequestMarkCancelable");
    CHECK(code_of(callback) == 0x4);
    OneCall out([](WDFQUEUE q, WDFREQUEST) { qs_WdfIoQueueRetrieveNextRequest(AT, q, nullptr); },
                verifier);
    CHECK(code_of(out) == 0x4);
    CHECK(out.ended());
    CHECK(out.calls_of(trace::CallbackKind::EvtIoRead) == 1);
  }
}

TEST_CASE("V-09 more information than buffer is bug check 0x6/4 at the call, for success only") {
  auto complete = [](int32_t status, uintptr_t information) {
    return [=](WDFQUEUE, WDFREQUEST r) {
      qs_WdfRequestCompleteWithInformation(AT, r, status, information);
    };
  };
  OneCall too_long(complete(0, 5));
  CHECK(too_long.rules() == Rules{"V-09"});
  CHECK(code_of(too_long) == 0x6);
  CHECK_FALSE(too_long.sent[0]->done);
  for (auto [status, information] :
       {std::pair(0, 4), {QS_STATUS_BUFFER_OVERFLOW, 9}, {QS_STATUS_IO_DEVICE_ERROR, 9}}) {
    OneCall fine(complete(status, uintptr_t(information)));
    CHECK(fine.rules().empty());
    CHECK(fine.sent[0]->information == uint64_t(information));
  }
  OneCall off(complete(0, 5), false);
  CHECK(off.rules().empty());
  CHECK(off.sent[0]->information == 5);
}

TEST_CASE(
    "K-15 V-11 information without an output buffer: a text, when the sender gave a pointer") {
  for (bool verifier : {true, false})
    for (bool pointer : {true, false}) {
      Bench b;
      b.verifier = verifier;
      b.on_control = [=](WDFQUEUE, WDFREQUEST r, size_t, size_t, uint32_t) {
        static_cast<Request*>(object_of(r, "test", ObjectKind::Request))->irp->copy_back = pointer;
        qs_WdfRequestCompleteWithInformation(AT, r, 0, 3);
      };
      b.start();
      auto* s = b.control(0x222000, "abcd", 0);
      CHECK(b.rules() == (pointer ? Rules{"V-11"} : Rules{}));
      CHECK(s->done);
      if (const trace::Event* e = b.first(trace::EventCode::Violation))
        CHECK(e->b == uint32_t(verifier ? Severity::Break : Severity::Finding));
    }
}

TEST_CASE("V-12 marking twice: refused with a break, or undefined") {
  auto twice = [](WDFQUEUE, WDFREQUEST r) {
    qs_WdfRequestMarkCancelableEx(AT, r, cancel_handler);
    CHECK(qs_WdfRequestMarkCancelableEx(AT, r, cancel_handler) == QS_STATUS_INVALID_DEVICE_REQUEST);
  };
  OneCall on(twice);
  CHECK(on.rules() == Rules{"V-12"});
  CHECK_FALSE(on.ended());
  OneCall off(twice, false);
  CHECK(off.rules() == Rules{"V-12"});
  CHECK(off.first(trace::EventCode::Violation)->b == uint32_t(Severity::Undefined));
  CHECK(off.ended());
}

TEST_CASE("V-13 mark, unmark, requeue and forward of a request in no queue") {
  TRANSCRIPT(R"(
option verifier=on
option caller=on
queue Q par default power=off cb=read
start
oncaller R1 mark $; markex $; unmark $; requeue $; forward $ Q; enqueue $
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > mark R1
    !! break V-13
    > markex R1
    !! break V-13
    = STATUS_INVALID_DEVICE_REQUEST
    > unmark R1
    !! break V-13
    = STATUS_INVALID_DEVICE_REQUEST
    > requeue R1
    !! break V-13
    = STATUS_INVALID_DEVICE_REQUEST
    > forward R1 Q
    !! break V-13
    = STATUS_INVALID_DEVICE_REQUEST
    > enqueue R1
    - EvtIoRead queue=Q req=R1 length=16
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
  CHECK(reports_of(R"(
option caller=on
queue Q par default power=off cb=read
start
oncaller R1 mark $; forward $ Q
> arrive R1 read 16
)") == "!! finding V-13\n!! undefined V-13\n");
}

TEST_CASE("V-18 E-18 a refused requeue loses the owner's mark, and every later call breaks") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> requeue R1
!! break V-18
= STATUS_INVALID_DEVICE_REQUEST
> complete R1 ok
!! break V-05
> requeue R1
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=R1
)");
}

TEST_CASE("V-25 enqueueing outside EvtIoInCallerContext") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> enqueue R1
!! break V-25
= STATUS_INVALID_DEVICE_REQUEST
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
END outstanding=none
)");
  CHECK(reports_of(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
> enqueue R1
)") == "!! undefined V-25\n");
}

TEST_CASE("V-29 O-09 the default queue and routed queues are not deleted") {
  for (bool verifier : {true, false}) {
    TRANSCRIPT(std::string(verifier ? "option verifier=on\n" : "") + R"(
queue Q par default power=off cb=read
queue P par power=off cb=write types=write
queue N par power=off cb=write
start
> delete Q
)" + (verifier ? "!! break V-29\n" : "!! finding V-29\n") +
               "> delete P\n" + (verifier ? "!! break V-29\n" : "!! finding V-29\n") + R"(> delete N
> arrive W1 write 1
- EvtIoWrite queue=P req=W1 length=1
= dispatch routine returned STATUS_PENDING
END outstanding=W1
)");
  }
}

TEST_CASE("V-30 L-03 a create in EvtDeviceFileCreate shows no queue, with a break") {
  TRANSCRIPT(R"(
option verifier=on
option create=on
queue Q par default power=off cb=read
queue M man power=off
start
oncreate IRP1 ioqueue $; forward $ M; ioqueue $
> open F
- EvtDeviceFileCreate req=IRP1
    > ioqueue IRP1
    !! break V-30
    = no queue
    > forward IRP1 M
    = STATUS_SUCCESS
    > ioqueue IRP1
    = queue M
  (blocked: open F has not returned)
> retrieve M
= STATUS_SUCCESS -> IRP1
> complete IRP1 ok
= STATUS_SUCCESS
  (unblocked: open F)
END outstanding=IRP1
)");
}

TEST_CASE("V-39 K-13 completing a request the driver made: ignored, or undefined") {
  for (bool verifier : {true, false}) {
    Bench b;
    b.verifier = verifier;
    b.stop_at_undefined = true;
    b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
    b.start();
    b.hangs = true;
    b.run_now([&] {
      WDFREQUEST r = nullptr;
      qs_WdfRequestCreate(AT, nullptr, b.local_target(), &r);
      qs_WdfRequestComplete(AT, r, 0);
    });
    CHECK(b.rules() == Rules{verifier ? "K-13" : "V-39"});
    CHECK(b.count(trace::EventCode::Completed) == 0);
    CHECK(b.ended() == !verifier);
  }
}

TEST_CASE("V-40 one dereference too many of a live object is bug check 0x7") {
  OneCall b([](WDFQUEUE q, WDFREQUEST) { qs_WdfObjectDereference(AT, q, nullptr); });
  CHECK(b.rules() == Rules{"V-40"});
  CHECK(code_of(b) == 0x7);
  CHECK(b.first(trace::EventCode::Violation)->s.kind() == ObjectKind::Queue);
}

TEST_CASE("V-43 a callback that returns at another IRQL is bug check 0xE") {
  auto keep_lock = [](WDFQUEUE q, WDFREQUEST) {
    auto a = child_of(q);
    WDFSPINLOCK lock = nullptr;
    qs_WdfSpinLockCreate(AT, &a, &lock);
    qs_WdfSpinLockAcquire(AT, lock);
  };
  OneCall on(keep_lock);
  CHECK(on.rules() == Rules{"V-43"});
  CHECK(code_of(on) == 0xE);
  OneCall off(keep_lock, false);
  CHECK(off.rules().empty());
}

TEST_CASE("V-46 S-01 a second forward progress policy is refused") {
  for (bool verifier : {true, false}) {
    Bench b;
    b.verifier = verifier;
    b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
    b.start();
    b.run_now([&] {
      qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY p{};
      p.Size = sizeof p;
      p.TotalForwardProgressRequests = 1;
      p.ForwardProgressReservedPolicy =
          qs_WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest;
      CHECK(qs_WdfIoQueueAssignForwardProgressPolicy(AT, b.queue, &p) == 0);
      CHECK(qs_WdfIoQueueAssignForwardProgressPolicy(AT, b.queue, &p) ==
            QS_STATUS_INVALID_PARAMETER);
    });
    CHECK(b.rules() == Rules{"V-46"});
    CHECK(b.first(trace::EventCode::Violation)->b ==
          uint32_t(verifier ? Severity::Break : Severity::Finding));
  }
}

TEST_CASE("V-47 a request with a passive-level child may not go at DISPATCH_LEVEL") {
  for (bool verifier : {true, false}) {
    Bench b;
    b.verifier = verifier;
    b.stop_at_undefined = true;
    b.on_work = [](WDFWORKITEM) {};
    WDFREQUEST kept = nullptr;
    b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
      WDFWORKITEM w = nullptr;
      make_work_item(r, &w, false);
      kept = r;
    };
    b.start();
    auto* s = b.read(4);
    b.hangs = true;
    b.run_now([&] { qs_WdfRequestComplete(AT, kept, 0); }, sched::kDispatchLevel);
    CHECK(b.rules() == Rules{"V-47"});
    CHECK(s->done == verifier);
  }
}

TEST_CASE("V-49 the verifier's marks of a request, from handler to completion") {
  Bench b;
  uint32_t in_handler = 0, marked = 0, unmarked = 0, in_cancel = 0;
  WDFREQUEST kept = nullptr;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    in_handler = request_of(r)->vflags;
    qs_WdfRequestMarkCancelable(AT, r, cancel_handler);
    marked = request_of(r)->vflags;
    qs_WdfRequestUnmarkCancelable(AT, r);
    unmarked = request_of(r)->vflags;
    qs_WdfRequestMarkCancelable(AT, r, cancel_handler);
    kept = r;
  };
  b.on_cancel = [&](WDFREQUEST r) {
    in_cancel = request_of(r)->vflags;
    qs_WdfRequestComplete(AT, r, QS_STATUS_CANCELLED);
  };
  b.start();
  auto* s = b.read(4);
  CHECK(in_handler == (kVDriverOwned | kVInDispatch));
  CHECK(marked == (kVDriverOwned | kVInDispatch | kVCancelable));
  CHECK(unmarked == in_handler);
  CHECK(request_of(kept)->vflags == (kVDriverOwned | kVCancelable));
  b.cancel(s);
  CHECK(in_cancel == (kVDriverOwned | kVCancelable | kVCancelled));
}

TEST_CASE("V-49 marks of found, retrieved, forwarded and refused requests") {
  Bench b;
  b.dispatch = qs_WdfIoQueueDispatchParallel;
  WDFQUEUE manual = nullptr;
  b.on_add = [&](WDFDEVICE d) {
    qs_WDF_IO_QUEUE_CONFIG c{};
    c.Size = sizeof c;
    c.DispatchType = qs_WdfIoQueueDispatchManual;
    CHECK(qs_WdfIoQueueCreate(AT, d, &c, nullptr, &manual) == 0);
  };
  uint32_t forwarded = 0;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
    CHECK(qs_WdfRequestForwardToIoQueue(AT, r, manual) == 0);
    forwarded = request_of(r)->vflags;
  };
  b.start();
  b.read(4);
  CHECK(forwarded == kVForwarded);
  b.run_now([&] {
    WDFREQUEST r = nullptr, again = nullptr;
    CHECK(qs_WdfIoQueueFindRequest(AT, manual, nullptr, nullptr, nullptr, &r) == 0);
    CHECK(request_of(r)->has(kVTag));
    CHECK_FALSE(request_of(r)->has(kVDriverOwned));
    CHECK(qs_WdfIoQueueRetrieveFoundRequest(AT, manual, r, &again) == 0);
    CHECK_FALSE(request_of(r)->has(kVTag));
    CHECK(request_of(r)->has(kVDriverOwned));
    CHECK(qs_WdfRequestRequeue(AT, r) == 0);
    CHECK_FALSE(request_of(r)->has(kVDriverOwned));
  });
}

TEST_CASE("V-50 in EvtRequestCancel the request counts as cancelable still; it may be completed") {
  Bench b;
  uint8_t asked = 1;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    qs_WdfRequestMarkCancelable(AT, r, cancel_handler);
  };
  b.on_cancel = [&](WDFREQUEST r) {
    asked = qs_WdfRequestIsCanceled(AT, r);
    CHECK(qs_WdfRequestMarkCancelableEx(AT, r, cancel_handler) == QS_STATUS_INVALID_DEVICE_REQUEST);
    qs_WdfRequestComplete(AT, r, QS_STATUS_CANCELLED);
  };
  b.start();
  auto* s = b.read(4);
  b.cancel(s);
  CHECK(asked == 0);
  CHECK(b.rules() == Rules{"C-40", "V-12"});
  CHECK(s->status == QS_STATUS_CANCELLED);
}

TEST_CASE("F-20 F-21 V-17 forwarding to the parent device, its refusals in order") {
  for (bool allowed : {true, false}) {
    Bench b;
    WDFDEVICE child = nullptr;
    WDFQUEUE at_child = nullptr, parent_queue = nullptr;
    std::vector<int32_t> statuses;
    std::vector<WDFREQUEST> got;
    b.on_add = [&](WDFDEVICE d) {
      qs_WDF_IO_QUEUE_CONFIG c{};
      c.Size = sizeof c;
      c.DispatchType = qs_WdfIoQueueDispatchManual;
      c.PowerManaged = qs_WdfFalse;
      CHECK(qs_WdfIoQueueCreate(AT, d, &c, nullptr, &parent_queue) == 0);
      PWDFDEVICE_INIT init = qs_WdfPdoInitAllocate(AT, d);
      if (allowed) qs_WdfPdoInitAllowForwardingRequestToParent(AT, init);
      CHECK(qs_WdfDeviceCreate(AT, &init, nullptr, &child) == 0);
      c.DispatchType = qs_WdfIoQueueDispatchParallel;
      c.Settings.Parallel.NumberOfPresentedRequests = 0xFFFFFFFFu;
      c.DefaultQueue = 1;
      c.EvtIoRead = read_handler;
      CHECK(qs_WdfIoQueueCreate(AT, child, &c, nullptr, &at_child) == 0);
      CHECK(qs_WdfFdoAddStaticChild(AT, d, child) == 0);
    };
    b.on_write = [](WDFQUEUE, WDFREQUEST, size_t) {};
    b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) {
      qs_WDF_REQUEST_FORWARD_OPTIONS o{};
      auto forward = [&](WDFQUEUE q) {
        statuses.push_back(qs_WdfRequestForwardToParentDeviceIoQueue(AT, r, q, &o));
      };
      forward(parent_queue);  // wrong size
      o.Size = sizeof o;
      forward(parent_queue);  // no flags
      o.Flags = qs_WDF_REQUEST_FORWARD_OPTION_SEND_AND_FORGET;
      forward(at_child);  // not a queue of the parent
      forward(parent_queue);
    };
    b.start();
    REQUIRE(b.framework->devices.size() == 2);
    Bench::Sent sent;
    b.run_now([&] {
      Irp* irp = make_irp(trace::RequestType::Read, 4, 0, nullptr, {});
      send_irp(b.framework->devices[1], irp);
    });
    REQUIRE(statuses.size() == 4);
    CHECK(statuses[0] == QS_STATUS_INFO_LENGTH_MISMATCH);
    CHECK(statuses[1] == QS_STATUS_INVALID_PARAMETER);
    CHECK(statuses[2] == QS_STATUS_INVALID_DEVICE_REQUEST);
    CHECK(statuses[3] == (allowed ? 0 : QS_STATUS_INVALID_DEVICE_REQUEST));
    CHECK(b.rules() == (allowed ? Rules{"V-17"} : Rules{"V-17", "V-17"}));
    uint32_t waiting = 0, owned = 0;
    b.run_now([&] {
      qs_WdfIoQueueGetState(AT, parent_queue, &waiting, nullptr);
      qs_WdfIoQueueGetState(AT, at_child, nullptr, &owned);
    });
    CHECK(waiting == (allowed ? 1u : 0u));
    CHECK(owned == (allowed ? 0u : 1u));
  }
}

namespace {

uint32_t counted_at_completion = 99;
WDFQUEUE watched = nullptr;

void look_at_queue(Irp*, void*) {
  qs_WdfIoQueueGetState(AT, watched, nullptr, &counted_at_completion);
}

}  // namespace

TEST_CASE("K-06 N-21 the sender sees its IRP complete while the queue still counts the request") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
  b.start();
  watched = b.queue;
  b.run_now([&] {
    Irp* irp = make_irp(trace::RequestType::Read, 4, 0, nullptr, {});
    irp->done = look_at_queue;
    send_irp(b.the_device(), irp);
  });
  CHECK(counted_at_completion == 1);
  uint32_t after = 99;
  b.run_now([&] { qs_WdfIoQueueGetState(AT, b.queue, nullptr, &after); });
  CHECK(after == 0);
}

TEST_CASE("Q-13 Q-07 a synchronous form occupies the slot of its family too") {
  Bench b;
  b.stop_at_undefined = true;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  b.start();
  b.read(4);
  b.hangs = true;
  b.run_now([&] { qs_WdfIoQueueDrainSynchronously(AT, b.queue); });
  b.run_now([&] { qs_WdfIoQueueStop(AT, b.queue, no_state_callback, nullptr); });
  CHECK(b.rules().empty());
  b.run_now([&] { qs_WdfIoQueuePurge(AT, b.queue, no_state_callback, nullptr); });
  CHECK(b.rules() == Rules{"V-19"});
  CHECK(code_of(b) == 0xA);
}
