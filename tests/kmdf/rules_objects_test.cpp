// Rules O, L and S: queues as objects, file objects, forward progress.
#include <doctest/doctest.h>

#include "tests/kmdf/bench_driver.h"
#include "tests/kmdf/transcript.h"

using namespace qs;
using namespace qs::test;
using namespace qs::kmdf;

namespace {

using Rules = std::vector<std::string>;

qs_WDF_IO_QUEUE_CONFIG queue_config(int32_t dispatch) {
  qs_WDF_IO_QUEUE_CONFIG c{};
  c.Size = sizeof c;
  c.DispatchType = dispatch;
  if (dispatch == qs_WdfIoQueueDispatchParallel)
    c.Settings.Parallel.NumberOfPresentedRequests = 0xFFFFFFFFu;
  return c;
}

}  // namespace

TEST_CASE(
    "O-01 O-02 a queue belongs to its device, whatever its parent; other parents are refused") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  b.on_add = [&](WDFDEVICE d) {
    auto c = queue_config(qs_WdfIoQueueDispatchManual);
    WDFQUEUE q = nullptr;
    auto of_queue = child_of(b.queue);
    CHECK(qs_WdfIoQueueCreate(AT, d, &c, &of_queue, &q) == 0);
    CHECK(qs_WdfIoQueueGetDevice(AT, q) == d);
    auto of_driver = child_of(qs_WdfGetDriver(AT));
    CHECK(qs_WdfIoQueueCreate(AT, d, &c, &of_driver, &q) == QS_STATUS_INVALID_DEVICE_REQUEST);
  };
  b.start();
  for (ObjectKind kind : {ObjectKind::Driver, ObjectKind::Device, ObjectKind::Queue})
    CHECK_FALSE(b.framework->alive(kind).empty());
}

TEST_CASE("O-04 contexts are zero-filled, one of each type, and live as long as the object") {
  static qs_WDF_OBJECT_CONTEXT_TYPE_INFO type{};
  type.Size = sizeof type;
  type.ContextName = "COUNT";
  type.ContextSize = 8;
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) {
    auto a = child_of(nullptr);
    a.ContextTypeInfo = &type;
    void* first = nullptr;
    void* second = nullptr;
    CHECK(qs_WdfObjectAllocateContext(AT, r, &a, &first) == 0);
    REQUIRE(first);
    CHECK(*static_cast<uint64_t*>(first) == 0);
    *static_cast<uint64_t*>(first) = 7;
    CHECK(qs_WdfObjectAllocateContext(AT, r, &a, &second) == QS_STATUS_OBJECT_NAME_EXISTS);
    CHECK(second == first);
    qs_WdfObjectReference(AT, r, nullptr);
    qs_WdfRequestComplete(AT, r, 0);
    CHECK(*static_cast<uint64_t*>(first) == 7);
    qs_WdfObjectDereference(AT, r, nullptr);
  };
  b.start();
  CHECK(b.read(4)->done);
  CHECK(b.rules().empty());
}

TEST_CASE("O-07 E-24 queue creation answers with the first thing that is wrong") {
  Bench b;
  b.on_read = [](WDFQUEUE, WDFREQUEST, size_t) {};
  std::vector<int32_t> statuses;
  b.on_add = [&](WDFDEVICE d) {
    WDFQUEUE q = nullptr;
    auto create = [&](std::function<void(qs_WDF_IO_QUEUE_CONFIG&, qs_WDF_OBJECT_ATTRIBUTES&)> edit,
                      WDFQUEUE* out) {
      auto c = queue_config(qs_WdfIoQueueDispatchSequential);
      c.EvtIoRead = read_handler;
      auto a = child_of(nullptr);
      edit(c, a);
      statuses.push_back(qs_WdfIoQueueCreate(AT, d, &c, &a, out));
    };
    using C = qs_WDF_IO_QUEUE_CONFIG;
    using A = qs_WDF_OBJECT_ATTRIBUTES;
    create([](C&, A& a) { a.Size = 3; }, &q);
    create([](C& c, A&) { c.Size = 3; }, &q);
    create([](C&, A&) {}, nullptr);
    create([](C&, A& a) { a.ParentObject = qs_WdfGetDriver(AT); }, &q);
    create(
        [](C&, A& a) {
          a.SynchronizationScope = qs_WdfSynchronizationScopeDevice;
          a.ExecutionLevel = qs_WdfExecutionLevelPassive;
        },
        &q);
    create([](C& c, A&) { c.DispatchType = 9; }, &q);
    create([](C& c, A&) { c.EvtIoRead = nullptr; }, &q);
    create([](C& c, A&) { c.DispatchType = qs_WdfIoQueueDispatchManual; }, &q);
    create([](C& c, A&) { c.Settings.Parallel.NumberOfPresentedRequests = 1; }, &q);
    create([](C& c, A&) { c.DefaultQueue = 1; }, &q);
    create([](C&, A&) {}, &q);
  };
  b.start();
  CHECK(statuses ==
        std::vector<int32_t>{QS_STATUS_INFO_LENGTH_MISMATCH, QS_STATUS_INFO_LENGTH_MISMATCH,
                             QS_STATUS_INVALID_PARAMETER_4, QS_STATUS_INVALID_DEVICE_REQUEST,
                             QS_STATUS_INVALID_PARAMETER, QS_STATUS_INVALID_PARAMETER,
                             QS_STATUS_WDF_NO_CALLBACK, QS_STATUS_INVALID_PARAMETER,
                             QS_STATUS_INVALID_PARAMETER, QS_STATUS_UNSUCCESSFUL, 0});
}

TEST_CASE("O-08 a power-managed queue begins off unless the device is in D0, and shut down late") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
queue N par power=off cb=write types=write
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
- EvtIoWrite queue=N req=W1 length=1
= dispatch routine returned STATUS_PENDING
> start
- EvtDeviceD0Entry previous=D3Final
- EvtIoRead queue=Q req=R1 length=16
= STATUS_SUCCESS
> queue L man power=on
= STATUS_SUCCESS
> state L
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> complete W1 ok
* COMPLETED W1 status=STATUS_SUCCESS info=0
> pnp surprise
- EvtDeviceD0Exit target=D3Final
= STATUS_SUCCESS
> queue S man power=on
= STATUS_SUCCESS
> state S
= state DispatchRequests|NoRequests|DriverNoRequests|PnpHeld queued=0 driver=0
END outstanding=none
)");
}

TEST_CASE("O-10 N-35 deleting a queue purges it and waits until nobody has anything of it") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue S seq power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 S
- EvtIoRead queue=S req=R1 length=16
= STATUS_SUCCESS
> forward R2 S
= STATUS_SUCCESS
> delete S
* COMPLETED R2 status=STATUS_CANCELLED info=0
  (blocked: delete S has not returned)
> state S
= state DispatchRequests|NoRequests queued=0 driver=1
> forward R3 S
= STATUS_WDF_BUSY
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
  (unblocked: delete S)
END outstanding=R3
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue S seq power=off cb=read
start
on R1 forward $ S
on R1 complete $ ok; delete $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 S
    - EvtIoRead queue=S req=R1 length=16
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
        > delete S
  (blocked: arrive R1 read 16 has not returned)
!! finding O-10
END outstanding=none
)");
}

TEST_CASE(
    "L-01 L-11 without a file object configuration, or without a file, there is none to get") {
  TRANSCRIPT(R"(
option fileobj=off
queue Q par default power=off cb=read
start
open F
> arrive R1 read 16 file=F
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> file R1
= no file object
> cleanup F
= STATUS_SUCCESS
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue M man default power=off
start
open F
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> cleanup F
- EvtFileCleanup
* COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R2
> file R2
= no file object
END outstanding=R2
)");
}

TEST_CASE("L-02 a create: exclusive, routed, with a callback, or simply granted") {
  TRANSCRIPT(R"(
option exclusive=on
queue Q par default power=off cb=read
start
> open F
= STATUS_SUCCESS
> open G
= STATUS_ACCESS_DENIED
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> close F
- EvtFileClose
= STATUS_SUCCESS
> open H
= STATUS_SUCCESS
END outstanding=none
)");
  TRANSCRIPT(R"(
option create=on
queue Q par default power=off cb=read
queue C man power=off types=create
start
> open F
  (blocked: open F has not returned)
> retrieve C
= STATUS_SUCCESS -> IRP1
> complete IRP1 ok
= STATUS_SUCCESS
  (unblocked: open F)
END outstanding=IRP1
)");
  TRANSCRIPT(R"(
option filter=on
queue Q par default power=off cb=read
start
> open F
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("L-03 EvtDeviceFileCreate gets the create, which may be completed later") {
  TRANSCRIPT(R"(
option create=on
queue Q par default power=off cb=read
start
oncreate IRP1 file $
> open F
- EvtDeviceFileCreate req=IRP1
    > file IRP1
    = its file object
  (blocked: open F has not returned)
> complete IRP1 ok
= STATUS_SUCCESS
  (unblocked: open F)
oncreate IRP2 complete $ ok
> open G
- EvtDeviceFileCreate req=IRP2
    > complete IRP2 ok
= STATUS_SUCCESS
END outstanding=IRP1,IRP2
)");
}

TEST_CASE("L-04 a create that failed has no cleanup and close for the driver") {
  TRANSCRIPT(R"(
option create=on
queue Q par default power=off cb=read
start
oncreate IRP1 complete $ unsuccessful
> open F
- EvtDeviceFileCreate req=IRP1
    > complete IRP1 unsuccessful
= STATUS_UNSUCCESSFUL
> cleanup F
= STATUS_SUCCESS
> close F
= STATUS_SUCCESS
END outstanding=IRP1
)");
}

TEST_CASE("L-06 E-21 cleanup tells the driver first, then cancels what waits, again and again") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
queue N man power=off
start
open F
open G
oncanceled R1 requeue $
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 file=G
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16 file=F
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> requeue R1
= STATUS_SUCCESS
> cleanup F
- EvtFileCleanup
- EvtIoCanceledOnQueue queue=M req=R1
    > requeue R1
    !! finding C-08
    = STATUS_SUCCESS
- EvtIoCanceledOnQueue queue=M req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
* COMPLETED R3 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> state M
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
END outstanding=R2
)");
}

TEST_CASE(
    "L-07 N-29 a request that comes during the flush of its file is cancelled with the others") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
open F
oncanceled R1 arrive R2 read 16 file=F; complete $ cancelled
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> requeue R1
= STATUS_SUCCESS
> cleanup F
- EvtFileCleanup
- EvtIoCanceledOnQueue queue=M req=R1
    > arrive R2 read 16 file=F
    = dispatch routine returned STATUS_PENDING
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
* COMPLETED R2 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("L-07 L-08 requests may still come after cleanup; close is the end of the file object") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
open F
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> arrive R1 read 16 file=F
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> close F
- EvtFileClose
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("O-12a deleting a parent disposes of its children as if each were deleted") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> object A parent=DEVICE
= STATUS_SUCCESS
> queue M man power=off parent=A events cb=canceled
= STATUS_SUCCESS
> timer T parent=A
= STATUS_SUCCESS
> tstart T 10
= FALSE
on R1 forward $ M
oncanceled R1 iscanceled $
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> delete A
- EvtIoCanceledOnQueue queue=M req=R1
    > iscanceled R1
    = TRUE
  (blocked: delete A has not returned)
> object B parent=A
= STATUS_DELETE_PENDING
> complete R1 cancelled 0
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtCleanupCallback obj=M
- EvtCleanupCallback obj=T
- EvtCleanupCallback obj=A
- EvtDestroyCallback obj=M
- EvtDestroyCallback obj=T
- EvtDestroyCallback obj=A
  (unblocked: delete A)
> tick 20
= fired 0
END outstanding=none
)");
}

TEST_CASE("O-12a a parent waits for the work item below it, and then goes") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> object A parent=DEVICE
= STATUS_SUCCESS
> workitem W parent=A
= STATUS_SUCCESS
> dpc D parent=A
= STATUS_SUCCESS
onwork W block t1
> wenqueue W
    - EvtWorkItem workitem=W
        > block t1
> delete A
  (blocked: delete A has not returned)
> release t1
        = t1 released
- EvtCleanupCallback obj=W
- EvtCleanupCallback obj=D
- EvtCleanupCallback obj=A
- EvtDestroyCallback obj=W
- EvtDestroyCallback obj=D
- EvtDestroyCallback obj=A
  (unblocked: delete A)
END outstanding=none
)");
}

TEST_CASE("V-04 the context of NULL, and the object of no context, are bug check 0x4") {
  for (bool object : {false, true}) {
    Bench b;
    b.stop_at_undefined = true;
    b.start();
    b.run([&] {
      qs_WDF_OBJECT_CONTEXT_TYPE_INFO type{};
      if (object)
        qs_WdfObjectContextGetObject(AT, nullptr);
      else
        qs_WdfObjectGetTypedContextWorker(AT, nullptr, &type);
      FAIL("the run has ended");
    });
    CHECK(b.rules() == Rules{"V-04"});
    CHECK(b.first(trace::EventCode::Violation)->c == 0x4);
  }
}

TEST_CASE("L-09 file callbacks take the device's lock only with attributes and scope Device") {
  TRANSCRIPT(R"(
option devsync=device devexec=passive
queue Q par default power=off cb=read
start
open F
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R1
)");
  TRANSCRIPT(R"(
option devsync=device devexec=passive fileobj=attributes
queue Q par default power=off cb=read
start
open F
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> cleanup F
  (blocked: cleanup F has not returned)
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtFileCleanup
= STATUS_SUCCESS
  (unblocked: arrive R1 read 16)
  (unblocked: cleanup F)
END outstanding=R1
)");
  TRANSCRIPT(R"(
option devsync=queue devexec=passive
queue Q par default power=off cb=read
start
open F
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R1
)");
}

TEST_CASE("S-01 E-20 a policy: size, callback, number, and once only") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue P par power=off cb=write types=write
start
> policy Q 0 always
= STATUS_INVALID_PARAMETER
> policy Q 1 examine
= STATUS_INVALID_PARAMETER
> irql2 policy Q 1 always
    > policy Q 1 always
    !! break U-05
    = STATUS_INVALID_DEVICE_REQUEST
> policy Q 1 always
= STATUS_SUCCESS
> policy Q 1 always
!! break V-46
= STATUS_INVALID_PARAMETER
> policy P 2 always
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("S-04 S-05 S-06 S-12 without memory the reserved request serves, the next one waits") {
  TRANSCRIPT(R"(
option context=on ref=off
queue Q par default power=off cb=read
start
> policy Q 1 always
= STATUS_SUCCESS
> arrive R0 read 16
- EvtIoRead queue=Q req=R0 length=16
= dispatch routine returned STATUS_PENDING
> reserved R0
= not reserved
> memory none
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> reserved R1
= reserved
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=2
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> reserved R2
= reserved
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R0,R3
)");
}

TEST_CASE("S-02 S-05 the examine callback decides; an unknown answer breaks and refuses") {
  for (auto [action, report] : {std::pair(2, ""), {1, ""}, {7, "!! break V-46\n"}}) {
    std::string text = "option verifier=on\noption examine=" + std::to_string(action) +
                       "\nqueue Q par default power=off cb=read\nstart\n> policy Q 1 examine\n"
                       "> memory none\n> arrive R1 read 16\n> state Q\n";
    CHECK(reports_of(text) == report);
  }
  TRANSCRIPT(R"(
option examine=1
queue Q par default power=off cb=read
start
> policy Q 1 examine
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
- EvtIoWdmIrpForForwardProgress
* COMPLETED R1 status=STATUS_UNSUCCESSFUL info=0
= dispatch routine returned STATUS_UNSUCCESSFUL
END outstanding=none
)");
  TRANSCRIPT(R"(
option examine=2
queue Q par default power=off cb=read
start
> policy Q 1 examine
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
- EvtIoWdmIrpForForwardProgress
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> policy Q 1 paging
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
* COMPLETED R1 status=STATUS_UNSUCCESSFUL info=0
= dispatch routine returned STATUS_UNSUCCESSFUL
END outstanding=none
)");
}

TEST_CASE("S-07 N-34 pended IRPs come in order; who finds memory overtakes them") {
  TRANSCRIPT(R"(
option ref=off
queue Q par default power=off cb=read
start
> policy Q 1 always
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> memory plenty
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R3 length=16
END outstanding=R3,R4
)");
}

TEST_CASE("S-08 C-63 pended IRPs go by cancel, purge, and cleanup of their file") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
open F
> policy Q 1 always
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> arrive R5 read 16 precancel
* COMPLETED R5 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
> cancel R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> cleanup F
- EvtFileCleanup
* COMPLETED R3 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> qstoppurge Q nocb
* COMPLETED R4 status=STATUS_CANCELLED info=0
END outstanding=R1
)");
}

TEST_CASE("S-09 a reserved request may be forwarded and goes back to its own queue's pool") {
  TRANSCRIPT(R"(
option ref=off
queue Q par default power=off cb=read
queue M man power=off
start
> policy Q 1 always
= STATUS_SUCCESS
> memory none
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
END outstanding=R2
)");
}

TEST_CASE(
    "S-03 S-10 I-25 resources are allocated at assignment, and allocation can be made to fail") {
  static int setups = 0, ordinary = 0;
  static int32_t answer = 0;
  setups = ordinary = 0;
  answer = 0;
  Bench b;
  std::vector<WDFREQUEST> got;
  b.on_read = [&](WDFQUEUE, WDFREQUEST r, size_t) { got.push_back(r); };
  b.start();
  b.run_now([&] {
    qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY p{};
    p.Size = sizeof p;
    p.TotalForwardProgressRequests = 3;
    p.ForwardProgressReservedPolicy = qs_WdfIoForwardProgressReservedPolicyAlwaysUseReservedRequest;
    p.EvtIoAllocateResourcesForReservedRequest = [](WDFQUEUE, WDFREQUEST) {
      ++setups;
      return int32_t(QS_STATUS_SUCCESS);
    };
    p.EvtIoAllocateRequestResources = [](WDFQUEUE, WDFREQUEST) {
      ++ordinary;
      return answer;
    };
    CHECK(qs_WdfIoQueueAssignForwardProgressPolicy(AT, b.queue, &p) == 0);
  });
  CHECK(setups == 3);
  b.read(4);
  CHECK(ordinary == 1);
  answer = QS_STATUS_INSUFFICIENT_RESOURCES;  // the driver's own allocation fails
  b.read(4);
  b.framework->memory = trace::MemoryMode::NoneLeft;  // the framework's fails
  b.read(4);
  CHECK(ordinary == 2);
  REQUIRE(got.size() == 3);
  b.run_now([&] {
    CHECK_FALSE(qs_WdfRequestIsReserved(AT, got[0]));
    CHECK(qs_WdfRequestIsReserved(AT, got[1]));
    CHECK(qs_WdfRequestIsReserved(AT, got[2]));
  });
  CHECK(b.count(trace::EventCode::Reserved) == 2);
}

TEST_CASE("A-09 S-10 random failure hits about one allocation in seventeen, the same each time") {
  size_t failed[2] = {};
  for (size_t& count : failed) {
    Bench b;
    b.on_read = [](WDFQUEUE, WDFREQUEST r, size_t) { qs_WdfRequestComplete(AT, r, 0); };
    b.start();
    b.framework->memory = trace::MemoryMode::Sometimes;
    for (int i = 0; i < 340; ++i)
      count += b.read(4, true)->status == QS_STATUS_INSUFFICIENT_RESOURCES;
  }
  CHECK(failed[0] == failed[1]);
  CHECK(failed[0] > 5);
  CHECK(failed[0] < 60);
}
