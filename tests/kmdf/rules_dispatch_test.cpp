// Section 4: dispatch.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("D-01 D-02 nothing is locked in a handler: others arrive, look and complete meanwhile") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> qstop Q
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> release hold
    = hold released
- EvtQueueState(Stop) queue=Q
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=none
)");
}

TEST_CASE("D-03 a guarded entry leaves the next request to whoever is inside, or to a full entry") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> state Q
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
> qstart Q
- EvtIoRead queue=Q req=R2 length=16
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R2
)");
}

TEST_CASE("D-04 D-30 a passive queue called at DISPATCH_LEVEL hands over to a work item") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive
start
on R1 complete $ ok
> arrive R1 read 16 irql=2
= dispatch routine returned STATUS_PENDING
    - EvtIoRead queue=Q req=R1 length=16
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R2
)");
}

TEST_CASE("D-04 A-14 a deferred request waits, so a cancelled one is completed instead") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive
start
> arrive R1 read 16 irql=2 precancel
* COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("D-04 D-35 a thread that holds the presentation lock is not called: DPC or work item") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off
start
on R1 lock $q; arrive R2 read 16; state Q; unlock $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > lock Q
    > arrive R2 read 16
    = dispatch routine returned STATUS_PENDING
    > state Q
    = state AcceptRequests|DispatchRequests queued=1 driver=1
    > unlock Q
    - EvtIoRead queue=Q req=R2 length=16 irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive sync=queue
start
on R1 arrive R2 read 16; arrive R3 read 16; state $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > arrive R2 read 16
    = dispatch routine returned STATUS_PENDING
    > arrive R3 read 16
    = dispatch routine returned STATUS_PENDING
    > state Q
    = state AcceptRequests|DispatchRequests queued=2 driver=1
- EvtIoRead queue=Q req=R2 length=16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2,R3
)");
}

TEST_CASE("D-05 D-06 one turn of the loop: cancels, stop, purge, then requests") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write,canceled n=3
queue M man power=off
start
on R1 mark $
on R2 forward $ M
on R3 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > forward R2 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R2
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
    > block hold
  (blocked: arrive R3 read 16 has not returned)
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
= dispatch routine returned STATUS_PENDING
> arrive R5 read 16
= dispatch routine returned STATUS_PENDING
> qstop Q
> forward R2 Q
= STATUS_SUCCESS
> cancel R2
= IoCancelIrp returned TRUE
> cancel R1
= IoCancelIrp returned TRUE
> qdrain Q
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtIoCanceledOnQueue queue=Q req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
> cancel R5
* COMPLETED R5 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
> complete R4 ok
* COMPLETED R4 status=STATUS_SUCCESS info=0
> release hold
    = hold released
- EvtQueueState(Stop) queue=Q
- EvtQueueState(Drain) queue=Q
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R3 read 16)
END outstanding=none
)");
}

TEST_CASE("D-06 I-17 what waits goes before what arrives") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
onq Q complete $ ok
> qstop Q nocb
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> qstart Q
- EvtIoRead queue=Q req=R1 length=16
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
    > complete R3 ok
    * COMPLETED R3 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("D-07 N-12 the last one out of the loop calls StopComplete, not the one that completes") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 block hold; complete $ ok
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> qstop Q
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> release hold
    = hold released
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=none
)");
}

TEST_CASE("D-08 N-18 a claimed head does not hold up what arrives behind it") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> qstop Q nocb
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> qstart Q
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=1
> finish R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=R2
)");
}

TEST_CASE("D-09 a taken request is charged before a cancelled arrival lets go of the lock") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> arrive R3 read 16 precancel
* COMPLETED R3 status=STATUS_CANCELLED info=0
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R2
)");
}

TEST_CASE("D-10 inline completion does not recurse") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
onq Q complete $ ok; state $q
on R1 block hold; complete $ ok; state $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > state Q
    = state AcceptRequests|DispatchRequests|DriverNoRequests queued=2 driver=0
- EvtIoRead queue=Q req=R2 length=16
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
    > state Q
    = state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
- EvtIoRead queue=Q req=R3 length=16
    > complete R3 ok
    * COMPLETED R3 status=STATUS_SUCCESS info=0
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=none
)");
}

TEST_CASE("D-11 N-10 a completion from outside brings the next handler on its own thread") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
END outstanding=R2
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read exec=passive
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> irql2 complete R1 ok
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    - EvtIoRead queue=Q req=R2 length=16
END outstanding=R2
)");
}

TEST_CASE("D-12 arrivals made by a handler nest: on a parallel queue, or after letting go") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 arrive R2 read 16
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > arrive R2 read 16
    - EvtIoRead queue=Q req=R2 length=16
    = dispatch routine returned STATUS_PENDING
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 arrive R2 read 16; complete $ ok; arrive R3 read 16
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > arrive R2 read 16
    = dispatch routine returned STATUS_PENDING
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > arrive R3 read 16
    - EvtIoRead queue=Q req=R2 length=16
    = dispatch routine returned STATUS_PENDING
= dispatch routine returned STATUS_PENDING
END outstanding=R2,R3
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
on R1 arrive R2 read 16
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > arrive R2 read 16
    = dispatch routine returned STATUS_PENDING
- EvtIoRead queue=Q req=R2 length=16 irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
}

TEST_CASE("D-13 F-12 I-12 a forward runs the other queue's handler before it returns") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue P par power=off cb=read
start
on R1 forward $ P; state Q
on R1 complete $ ok; state Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 P
    - EvtIoRead queue=P req=R1 length=16
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
        > state Q
        = state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
    = STATUS_SUCCESS
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue P par power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> forward R1 P
- EvtIoRead queue=P req=R1 length=16
- EvtIoRead queue=Q req=R2 length=16
= STATUS_SUCCESS
END outstanding=R1,R2
)");
}

TEST_CASE("D-14 a ready-notify that requeues what it got recurses until it is stopped and named") {
  CHECK(qs::test::reports_of(R"(
queue M man default power=off
start
onready M retrieve $q; requeue R1
> ready M on
> arrive R1 read 16
)") == "!! finding D-14\n");
  TRANSCRIPT(R"(
queue M man default power=off
start
onready M retrieve $q
> ready M on
= STATUS_SUCCESS
> arrive R1 read 16
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_SUCCESS -> R1
= dispatch routine returned STATUS_PENDING
> requeue R1
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_SUCCESS -> R1
= STATUS_SUCCESS
END outstanding=R1
)");
}

TEST_CASE(
    "D-15 N-09 E-10 E-30 I-04 the next request comes once the driver owns none, handler or not") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 complete $ ok; block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R2,R3
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read sync=queue exec=passive
start
on R1 complete $ ok; block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
  (blocked: arrive R2 read 16 has not returned)
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
  (unblocked: arrive R2 read 16)
END outstanding=R2
)");
}

TEST_CASE("D-16 a counted parallel queue stops at its limit, an unlimited one never") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read n=2
queue P par power=off cb=write types=write
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=2
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R3 length=16
> arrive W1 write 1
- EvtIoWrite queue=P req=W1 length=1
= dispatch routine returned STATUS_PENDING
> arrive W2 write 1
- EvtIoWrite queue=P req=W2 length=1
= dispatch routine returned STATUS_PENDING
> arrive W3 write 1
- EvtIoWrite queue=P req=W3 length=1
= dispatch routine returned STATUS_PENDING
> state P
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=3
END outstanding=R1,R3,W1,W2,W3
)");
}

TEST_CASE("D-17 E-17 a limit of zero passes creation and never delivers") {
  TRANSCRIPT(R"(
> queue Q par default power=off cb=read n=0
= STATUS_SUCCESS
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
> qstop Q nocb
> qstart Q
> cancel R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("D-18 I-05 retrieval and cancelled-on-queue requests go past the limit and hold it") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read,canceled
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve Q
= STATUS_SUCCESS -> R2
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=2
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> forward R2 M
- EvtIoRead queue=Q req=R4 length=16
= STATUS_SUCCESS
> forward R4 M
= STATUS_SUCCESS
> arrive R5 read 16
- EvtIoRead queue=Q req=R5 length=16
= dispatch routine returned STATUS_PENDING
> complete R5 ok
* COMPLETED R5 status=STATUS_SUCCESS info=0
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
END outstanding=R2,R4
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,canceled n=1
queue M man power=off
start
on R1 forward $ M
oncanceled R1 state Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> forward R1 Q
= STATUS_SUCCESS
> cancel R1
- EvtIoCanceledOnQueue queue=Q req=R1
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=2
= IoCancelIrp returned TRUE
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtIoRead queue=Q req=R3 length=16
END outstanding=R3
)");
}

TEST_CASE("D-19 a manual queue delivers nothing by itself but its cancels and state callbacks") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> mark R1
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R2
= STATUS_SUCCESS
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> cancel R2
- EvtIoCanceledOnQueue queue=M req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> qstop M
- EvtQueueState(Stop) queue=M
END outstanding=none
)");
}

TEST_CASE("D-20 the specific handler comes before EvtIoDefault; controls carry both lengths") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write,ioctl,iioctl,default
queue P par power=off cb=default types=create
start
> arrive R1 read 5
- EvtIoRead queue=Q req=R1 length=5
= dispatch routine returned STATUS_PENDING
> arrive R2 write 6
- EvtIoWrite queue=Q req=R2 length=6
= dispatch routine returned STATUS_PENDING
> arrive R3 ioctl 7 out=8
- EvtIoDeviceControl queue=Q req=R3 in=7 out=8
= dispatch routine returned STATUS_PENDING
> arrive R4 iioctl 9 out=10
- EvtIoInternalDeviceControl queue=Q req=R4 in=9 out=10
= dispatch routine returned STATUS_PENDING
> open F
- EvtIoDefault queue=P req=IRP1
  (blocked: open F has not returned)
> complete IRP1 ok
= STATUS_SUCCESS
  (unblocked: open F)
END outstanding=IRP1,R1,R2,R3,R4
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=default
start
> arrive R1 read 5
- EvtIoDefault queue=Q req=R1
= dispatch routine returned STATUS_PENDING
> arrive R2 iioctl 9 out=10
- EvtIoDefault queue=Q req=R2
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
}

TEST_CASE("D-21 a type without a handler is refused at dispatch, and a forward does not look") {
  TRANSCRIPT(R"(
option context=on
queue Q par default power=off cb=read
queue P par power=off cb=write
start
> arrive R1 write 16
* COMPLETED R1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
> arrive R2 ioctl 0 out=0
* COMPLETED R2 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> forward R3 P
- EvtCleanupCallback req=R3
* COMPLETED R3 status=STATUS_INVALID_DEVICE_REQUEST info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("D-22 the lock is taken before the handler and given back before the loop goes on") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
on R1 arrive R2 read 16; state Q
on R2 state Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > arrive R2 read 16
    = dispatch routine returned STATUS_PENDING
    > state Q
    = state AcceptRequests|DispatchRequests queued=1 driver=1
- EvtIoRead queue=Q req=R2 length=16 irql=2
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
}

TEST_CASE("D-31 the IRQL of a callback follows from execution level and scope") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write exec=dispatch sync=none
queue P par power=off cb=write sync=queue types=write
queue S par power=off cb=ioctl exec=passive sync=none types=ioctl
queue T par power=off cb=iioctl exec=passive sync=queue types=iioctl
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 irql=2
- EvtIoRead queue=Q req=R2 length=16 irql=2
= dispatch routine returned STATUS_PENDING
> arrive R3 write 16
- EvtIoWrite queue=P req=R3 length=16 irql=2
= dispatch routine returned STATUS_PENDING
> arrive R4 ioctl 16 irql=2
= dispatch routine returned STATUS_PENDING
    - EvtIoDeviceControl queue=S req=R4 in=16 out=0
> arrive R5 iioctl 16 irql=2
= dispatch routine returned STATUS_PENDING
    - EvtIoInternalDeviceControl queue=T req=R5 in=16 out=0
END outstanding=R1,R2,R3,R4,R5
)");
}

TEST_CASE("D-32 a queue inherits scope and level from its device") {
  TRANSCRIPT(R"(
option devsync=queue
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
  TRANSCRIPT(R"(
option devexec=passive
queue Q par default power=off cb=read
start
> arrive R1 read 16 irql=2
= dispatch routine returned STATUS_PENDING
    - EvtIoRead queue=Q req=R1 length=16
END outstanding=R1
)");
}

TEST_CASE(
    "D-33 I-13 with scope Device the queues share one lock, with scope Queue each has its own") {
  TRANSCRIPT(R"(
option devsync=device devexec=passive
queue Q par default power=off cb=read
queue P par power=off cb=write types=write
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 write 16
  (blocked: arrive R2 write 16 has not returned)
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtIoWrite queue=P req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
  (unblocked: arrive R2 write 16)
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
option devsync=queue devexec=passive
queue Q par default power=off cb=read
queue P par power=off cb=write types=write
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 write 16
- EvtIoWrite queue=P req=R2 length=16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R1,R2
)");
}

TEST_CASE("D-34 E-08 E-09 StopComplete takes no lock; ready, drain, purge and cancels do") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
queue M man power=off cb=canceled sync=queue types=write
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1 irql=2
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> qstop Q
- EvtQueueState(Stop) queue=Q
> qdrain Q
- EvtQueueState(Drain) queue=Q irql=2
> ready M on
= STATUS_SUCCESS
> arrive R2 write 16
- EvtQueueReady queue=M irql=2
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R2
- EvtQueueReady queue=M irql=2
= STATUS_SUCCESS
> cancel R2
- EvtIoCanceledOnQueue queue=M req=R2 irql=2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> qpurge M
- EvtQueueState(Purge) queue=M irql=2
END outstanding=none
)");
}

TEST_CASE("D-35 a forward between queues of scope Device is always deferred") {
  TRANSCRIPT(R"(
option devsync=device
queue A seq default power=off cb=read
queue B seq power=off cb=read
start
on R1 forward $ B; state B
> arrive R1 read 16
- EvtIoRead queue=A req=R1 length=16 irql=2
    > forward R1 B
    = STATUS_SUCCESS
    > state B
    = state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
- EvtIoRead queue=B req=R1 length=16 irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
}

TEST_CASE("D-36 V-41 taking the presentation lock inside a serialized callback is bug check 0x2") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
on R1 lock Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > lock Q
    !! BUGCHECK 0x10d (0x2, <ptr>, 0x0)
)");
}
