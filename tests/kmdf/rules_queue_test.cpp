// Sections 5 and 6: queue states and operations, retrieval and search.
#include <doctest/doctest.h>

#include "run/end_report.h"
#include "tests/kmdf/bench_driver.h"
#include "tests/kmdf/transcript.h"

TEST_CASE("Q-01 Q-20 Q-21 E-14 the state is a set of bits and two counts, as they are right now") {
  TRANSCRIPT(R"(
option lower=stays
queue Q seq default power=on cb=read
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests|PnpHeld queued=0 driver=0
start
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
on R1 send $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> claim R2
= claimed
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=1
> qstop Q
> qpurge Q nocb
> finish R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
> state Q
= state NoRequests queued=0 driver=1
> lower R1 ok
- CompletionRoutine req=R1 status=STATUS_SUCCESS irql=2
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    - EvtQueueState(Stop) queue=Q irql=2
= finished
> state Q
= state NoRequests|DriverNoRequests queued=0 driver=0
END outstanding=none
)");
}

TEST_CASE("Q-02 a queue that was shut down stays closed until the device starts again") {
  TRANSCRIPT(R"(
queue Q seq default power=on cb=read
start
> pnp surprise
- EvtDeviceD0Exit target=D3Final
= STATUS_SUCCESS
> qstart Q
> state Q
= state DispatchRequests|NoRequests|DriverNoRequests|PnpHeld queued=0 driver=0
> qstop Q nocb
> arrive R1 read 16
* COMPLETED R1 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
END outstanding=none
)");
}

TEST_CASE("Q-03 Q-23 what each operation does to waiting, cancelable and other requests") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read n=2
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> qstop Q
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> qstoppurge Q nocb
* COMPLETED R3 status=STATUS_CANCELLED info=0
* COMPLETED R4 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
> state Q
= state AcceptRequests|NoRequests queued=0 driver=1
> arrive R5 read 16
= dispatch routine returned STATUS_PENDING
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
> qstart Q
- EvtIoRead queue=Q req=R5 length=16
END outstanding=R5
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
> qdrain Q
> arrive R3 read 16
* COMPLETED R3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> state Q
= state DispatchRequests queued=1 driver=1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> forward R2 P
- EvtIoRead queue=P req=R2 length=16
- EvtQueueState(Drain) queue=Q
= STATUS_SUCCESS
> forward R2 Q
= STATUS_WDF_BUSY
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
END outstanding=none
)");
}

TEST_CASE("Q-04 the call runs the loop before it returns, or leaves it to a work item") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive
start
> qstop Q
- EvtQueueState(Stop) queue=Q
> irql2 qstop Q
    > qstop Q
    - EvtQueueState(Stop) queue=Q
> irql2 qpurge Q
    > qpurge Q
    - EvtQueueState(Purge) queue=Q
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
on R1 complete $ ok; qpurge $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > qpurge Q
- EvtQueueState(Purge) queue=Q irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("Q-05 start opens both gates, reopens a purging queue and leaves its callback due") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> qstart Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qpurge Q
> qstart Q
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtQueueState(Purge) queue=Q
END outstanding=none
)");
}

TEST_CASE("Q-06 a stopped queue accepts and keeps what arrives; the callback may be missing") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read n=1
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> qstop Q
> qstop Q nocb
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
> qstart Q
- EvtIoRead queue=Q req=R2 length=16
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R3 length=16
END outstanding=R3
)");
}

TEST_CASE("Q-06a stopping a drained or purged queue lets arrivals in again") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> qdrain Q
- EvtQueueState(Drain) queue=Q
> arrive R1 read 16
* COMPLETED R1 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> qstop Q
- EvtQueueState(Stop) queue=Q
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DriverNoRequests queued=1 driver=0
END outstanding=R2
)");
}

TEST_CASE("Q-06b N-14 StopComplete waits for the last owned request, Start in between or not") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qstop Q
> qstart Q
> forward R1 M
- EvtQueueState(Stop) queue=Q
= STATUS_SUCCESS
END outstanding=R1
)");
}

TEST_CASE("Q-07 V-20 V-01 the synchronous stop waits; above PASSIVE_LEVEL it does nothing") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> irql2 qstopsync Q
    > qstopsync Q
    !! break V-20
    = returned
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> qstopsync Q
  (blocked: qstopsync Q has not returned)
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
= returned
  (unblocked: qstopsync Q)
> state Q
= state AcceptRequests|NoRequests|DriverNoRequests queued=0 driver=0
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> irql2 qstopsync Q
    > qstopsync Q
    !! undefined V-20
)");
}

TEST_CASE("Q-08 N-15 StopAndPurge cancels what waits now and what is cancelable; the rest stays") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,canceled n=3
queue M man power=off
start
on R1 mark $
on R2 forward $ M
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
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
= dispatch routine returned STATUS_PENDING
> forward R2 Q
= STATUS_SUCCESS
> arrive R5 read 16
= dispatch routine returned STATUS_PENDING
> qstoppurge Q
- EvtIoCanceledOnQueue queue=Q req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
* COMPLETED R5 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
> iscanceled R3
= FALSE
> arrive R6 read 16
= dispatch routine returned STATUS_PENDING
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
> complete R4 ok
* COMPLETED R4 status=STATUS_SUCCESS info=0
- EvtQueueState(StopAndPurge) queue=Q
> state Q
= state AcceptRequests|DriverNoRequests queued=1 driver=0
END outstanding=R6
)");
}

TEST_CASE("Q-08 the synchronous StopAndPurge returns when the driver has let go") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> qstoppurgesync Q
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
  (blocked: qstoppurgesync Q has not returned)
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
= returned
  (unblocked: qstoppurgesync Q)
END outstanding=none
)");
}

TEST_CASE("Q-09 N-16 the latch of a purge turns requeues and marks into cancels until Start") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R2
> retrieve M
= STATUS_SUCCESS -> R3
> retrieve M
= STATUS_SUCCESS -> R4
> qstoppurge M nocb
> markex R1
= STATUS_CANCELLED
> iscanceled R1
= FALSE
> mark R2
- EvtRequestCancel req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
> requeue R3
* COMPLETED R3 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> qstop M nocb
> markex R4
= STATUS_CANCELLED
> qstart M
> markex R4
= STATUS_SUCCESS
END outstanding=R1,R4
)");
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> qpurge M
> markex R1
= STATUS_CANCELLED
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Purge) queue=M
> qstart M
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R2
> markex R2
= STATUS_SUCCESS
END outstanding=R2
)");
}

TEST_CASE(
    "Q-10 E-05 E-22 drain delivers what waits, refuses what comes, and never wakes a stopped "
    "queue") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue M man power=off types=write
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> qdrain Q
> arrive R3 read 16
* COMPLETED R3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtQueueState(Drain) queue=Q
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> qdrain M
> retrieve M
= STATUS_SUCCESS -> W1
> requeue W1
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> W1
> complete W1 ok
* COMPLETED W1 status=STATUS_SUCCESS info=0
- EvtQueueState(Drain) queue=M
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> qstop Q nocb
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> qdrain Q
> qstart Q
- EvtIoRead queue=Q req=R1 length=16
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Drain) queue=Q
END outstanding=none
)");
}

TEST_CASE("Q-11 E-04 purge cancels what waits or is cancelable and leaves the rest unmarked") {
  TRANSCRIPT(R"(
option lower=stays
queue Q par default power=off cb=read n=3
start
on R1 mark $
on R3 send $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
    > send R3
    = TRUE
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> qpurge Q
* COMPLETED R4 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
> iscanceled R2
= FALSE
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> lower R3 ok
- CompletionRoutine req=R3 status=STATUS_SUCCESS irql=2
    > complete R3 ok
    * COMPLETED R3 status=STATUS_SUCCESS info=0
    - EvtQueueState(Purge) queue=Q irql=2
= finished
END outstanding=none
)");
}

TEST_CASE("Q-12 the order of a purge: waiting requests first, or cancels first from a callback") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> mark R1
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R2
= STATUS_SUCCESS
> qpurge M
- EvtIoCanceledOnQueue queue=M req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
* COMPLETED R3 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(Purge) queue=M
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,canceled n=3
queue M man power=off
start
on R1 mark $
on R2 forward $ M
on R3 block hold; qpurge $q
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
> arrive R5 read 16
- EvtIoRead queue=Q req=R5 length=16
= dispatch routine returned STATUS_PENDING
> forward R2 Q
= STATUS_SUCCESS
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > qpurge Q
    * COMPLETED R4 status=STATUS_CANCELLED info=0
    - EvtRequestCancel req=R1
        > complete R1 cancelled 0
        * COMPLETED R1 status=STATUS_CANCELLED info=0
    - EvtIoCanceledOnQueue queue=Q req=R2
        > complete R2 cancelled 0
        * COMPLETED R2 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R3 read 16)
END outstanding=R3,R5
)");
}

TEST_CASE("Q-13 V-19 E-06 a busy callback slot is bug check 0xA, and the two slots are separate") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qstop Q
> qdrain Q
> qstop Q nocb
> qpurge Q nocb
> qstoppurge Q
!! BUGCHECK 0x10d (0xa, <ptr>, 0x0)
)");
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qpurge Q
> qdrain Q
!! BUGCHECK 0x10d (0xa, <ptr>, 0x0)
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qstopsync Q
  (blocked: qstopsync Q has not returned)
> qstart Q
> qstop Q
!! BUGCHECK 0x10d (0xa, <ptr>, 0x0)
)");
  TRANSCRIPT(R"(
queue D seq default power=off cb=read
queue Q seq power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 Q
- EvtIoRead queue=Q req=R1 length=16
= STATUS_SUCCESS
> delete Q
  (blocked: delete Q has not returned)
> qstop Q nocb
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
  (unblocked: delete Q)
> qstop Q nocb
!! BUGCHECK 0x10d (0x5, 0x3000002, 0x1003)
)");
}

TEST_CASE("Q-14 a synchronous call in a callback of its own queue never returns, and is named") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 complete $ ok; qstopsync $q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > qstopsync Q
  (blocked: arrive R1 read 16 has not returned)
> state Q
= state AcceptRequests|NoRequests|DriverNoRequests queued=0 driver=0
!! finding Q-14
END outstanding=none
)");
}

TEST_CASE("Q-14 with scope Device the drain of a sibling queue waits as well; its stop does not") {
  TRANSCRIPT(R"(
option devsync=device devexec=passive
queue Q seq default power=off cb=read
queue P seq power=off cb=read
start
on R1 qstopsync P; qdrainsync P
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > qstopsync P
    = returned
    > qdrainsync P
  (blocked: arrive R1 read 16 has not returned)
!! finding Q-14
END outstanding=R1
)");
}

TEST_CASE("Q-15 V-21 ready-notify: manual queues only, once, and taken back only when stopped") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
queue M man power=off
start
> ready Q on
!! break V-21
= STATUS_INVALID_DEVICE_REQUEST
> ready M off
!! break V-21
= STATUS_INVALID_DEVICE_REQUEST
> ready M on
= STATUS_SUCCESS
> ready M on
!! break V-21
= STATUS_INVALID_DEVICE_REQUEST
> ready M off
!! break V-21
= STATUS_INVALID_DEVICE_REQUEST
> qstop M nocb
> ready M off
= STATUS_SUCCESS
> ready M off
!! break V-21
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
  TRANSCRIPT(R"(
queue D seq default power=off cb=read
queue M man power=off
start
> ready D on
!! finding V-21
= STATUS_INVALID_DEVICE_REQUEST
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R1
> delete M
  (blocked: delete M has not returned)
> ready M on
- EvtQueueReady queue=M
= STATUS_SUCCESS
!! finding O-10
END outstanding=R1
)");
}

TEST_CASE("Q-16 Q-17 I-18 one call per change from empty to not empty, remembered while stopped") {
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
> arrive R2 read 16
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_SUCCESS -> R2
= dispatch routine returned STATUS_PENDING
> qstop M nocb
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> qstart M
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_SUCCESS -> R3
> arrive R5 read 16
= dispatch routine returned STATUS_PENDING
> qstart M
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_SUCCESS -> R4
END outstanding=R1,R2,R3,R4,R5
)");
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> ready M on
- EvtQueueReady queue=M
= STATUS_SUCCESS
> arrive R3 read 16 precancel
* COMPLETED R3 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
END outstanding=R1,R2
)");
}

TEST_CASE("Q-18 N-17 neither retrieval nor cancel takes the latch back: a spurious call") {
  TRANSCRIPT(R"(
queue M man default power=off
start
onready M retrieve $q
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> ready M on
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_NO_MORE_ENTRIES
= STATUS_SUCCESS
END outstanding=R1
)");
}

TEST_CASE(
    "Q-19 an empty-handed retrieval beside a claimed request makes the next insertion count") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> ready M on
= STATUS_SUCCESS
> arrive R1 read 16
- EvtQueueReady queue=M
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> retrieve M
= STATUS_NO_MORE_ENTRIES
> arrive R2 read 16
- EvtQueueReady queue=M
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R2
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> finish R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=R2,R3
)");
}

TEST_CASE("Q-19a ready-notify is entered again while it runs, or later with a scope lock") {
  TRANSCRIPT(R"(
queue M man default power=off
start
onready M retrieveall $q; block hold
> ready M on
= STATUS_SUCCESS
> arrive R1 read 16
- EvtQueueReady queue=M
    > retrieveall M
    = STATUS_SUCCESS -> R1
    = STATUS_NO_MORE_ENTRIES
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
- EvtQueueReady queue=M
    > retrieveall M
    = STATUS_SUCCESS -> R2
    = STATUS_NO_MORE_ENTRIES
    > block hold
  (blocked: arrive R2 read 16 has not returned)
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
  (unblocked: arrive R2 read 16)
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
queue M man default power=off sync=queue exec=passive
start
onready M retrieveall $q; block hold
> ready M on
= STATUS_SUCCESS
> arrive R1 read 16
- EvtQueueReady queue=M
    > retrieveall M
    = STATUS_SUCCESS -> R1
    = STATUS_NO_MORE_ENTRIES
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
  (blocked: arrive R2 read 16 has not returned)
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtQueueReady queue=M
    > retrieveall M
    = STATUS_SUCCESS -> R2
    = STATUS_NO_MORE_ENTRIES
    > block hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
  (unblocked: arrive R2 read 16)
END outstanding=R1,R2
)");
}

TEST_CASE("Q-23 what forwards, requeues and arrivals meet in each state") {
  TRANSCRIPT(R"(
queue D par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=D req=R2 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R1
> qdrain M
> forward R2 M
= STATUS_WDF_BUSY
> requeue R1
= STATUS_SUCCESS
> state M
= state DispatchRequests|DriverNoRequests queued=1 driver=0
> retrieve M
= STATUS_SUCCESS -> R1
> qpurge M nocb
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
queue D par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R1
> qpurge M nocb
> forward R1 D
- EvtIoRead queue=D req=R1 length=16
= STATUS_SUCCESS
> arrive R2 read 16
- EvtIoRead queue=D req=R2 length=16
= dispatch routine returned STATUS_PENDING
> forward R2 M
= STATUS_WDF_BUSY
END outstanding=R1,R2
)");
}

TEST_CASE("G-01 G-02 E-03 retrieval checks kind, power, dispatch, tag and contents, in order") {
  TRANSCRIPT(R"(
queue P par default power=off cb=read
queue M man power=on types=write
start
> retrieve P
!! finding G-01
= STATUS_INVALID_DEVICE_STATE
> retrieve M
= STATUS_NO_MORE_ENTRIES
> arrive R1 write 1
= dispatch routine returned STATUS_PENDING
> arrive R2 write 1
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> qstop M nocb
> retrieve M
= STATUS_WDF_PAUSED
> retrievefound M R1
= STATUS_WDF_PAUSED
> power down
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> retrieve M
= STATUS_WDF_PAUSED
> find M
= STATUS_SUCCESS -> R1
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
> retrieve M
= STATUS_WDF_PAUSED
> qstart M
> retrieve M
= STATUS_SUCCESS -> R1
> retrievefound M R1
= STATUS_NOT_FOUND
> retrieve M
= STATUS_SUCCESS -> R2
> retrieve M
= STATUS_NO_MORE_ENTRIES
END outstanding=R1,R2
)");
}

TEST_CASE("G-02 N-26 P-12a in a transition of power retrieval still works") {
  TRANSCRIPT(R"(
queue D par default power=on cb=read,stop
queue M man power=on types=write cb=stop,resume
start
on R1 block hold; complete $ ok
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 write 1
= dispatch routine returned STATUS_PENDING
> power down
  (blocked: power down has not returned)
> retrieve M
= STATUS_SUCCESS -> R2
> arrive R3 write 1
= dispatch routine returned STATUS_PENDING
onstop R2 retrieve M; stopack $ norequeue
> release hold
    = hold released
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
- EvtIoStop queue=M req=R2 flags=Suspend
    > retrieve M
    = STATUS_SUCCESS -> R3
    > stopack R2 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: arrive R1 read 16)
  (unblocked: power down)
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
END outstanding=R2
)");
}

TEST_CASE(
    "G-03 G-06 retrieval takes the first, or the first of that file, and skips claimed ones") {
  TRANSCRIPT(R"(
queue M man default power=off
start
open F
open G
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 file=G
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16 file=G
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> retrievefile M F
= STATUS_SUCCESS -> R3
> retrieve M
= STATUS_SUCCESS -> R2
> retrievefile M F
= STATUS_NO_MORE_ENTRIES
> retrieve M
= STATUS_SUCCESS -> R4
END outstanding=R1,R2,R3,R4
)");
}

TEST_CASE("G-04 a retrieved request is charged, presented and no longer cancelled by the queue") {
  TRANSCRIPT(R"(
option verifier=on
option context=on
queue M man default power=off cb=canceled
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> iscanceled R1
!! break V-05
= FALSE
> retrieve M
= STATUS_SUCCESS -> R1
> state M
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> cancel R1
= IoCancelIrp returned FALSE
> iscanceled R1
= TRUE
> complete R1 cancelled
- EvtCleanupCallback req=R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
> deref R1
END outstanding=none
)");
}

TEST_CASE("G-05 A-23 a zero-length read is completed when it is met, and the search goes on") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 0
= dispatch routine returned STATUS_PENDING
> arrive R2 write 0
= dispatch routine returned STATUS_PENDING
> arrive R3 read 8
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> retrievefound M R1
* COMPLETED R1 status=STATUS_SUCCESS info=0
= STATUS_NOT_FOUND
> retrieve M
* COMPLETED R2 status=STATUS_SUCCESS info=0
= STATUS_SUCCESS -> R3
> retrieve M
= STATUS_NO_MORE_ENTRIES
END outstanding=R3
)");
}

TEST_CASE("G-06 retrieval does not take the announcement back") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R2
> ready M on
- EvtQueueReady queue=M
= STATUS_SUCCESS
END outstanding=R1,R2
)");
}

TEST_CASE(
    "G-07 V-22 retrieving from a sequential queue breaks when the driver owns nothing there") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
start
> retrieve Q
!! break V-22
= STATUS_NO_MORE_ENTRIES
> qstop Q nocb
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve Q
!! break V-22
= STATUS_WDF_PAUSED
> qstart Q
- EvtIoRead queue=Q req=R1 length=16
> retrieve Q
= STATUS_SUCCESS -> R2
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
END outstanding=R2
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> retrieve Q
= STATUS_NO_MORE_ENTRIES
END outstanding=none
)");
}

TEST_CASE("G-08 V-23 find is for manual queues, stopped or powered off as well") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
queue M man power=on types=write
start
> find Q
!! break V-23
= STATUS_INVALID_DEVICE_REQUEST
> arrive R1 write 1
= dispatch routine returned STATUS_PENDING
> power down
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> find M
= STATUS_SUCCESS -> R1
> retrievefound Q R1
!! break V-23
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue M man power=off types=write
start
> find Q
!! finding V-23
= STATUS_INVALID_DEVICE_REQUEST
> arrive R1 write 1
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> retrievefound Q R1
= STATUS_NOT_FOUND
END outstanding=R1
)");
}

TEST_CASE("G-09 E-12 N-19 the search begins after the tag; a tag that is gone is not found") {
  TRANSCRIPT(R"(
queue M man default power=off
start
open F
open G
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 file=G
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16 file=F
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> find M after=R1 file=F
= STATUS_SUCCESS -> R3
> find M after=R3
= STATUS_NO_MORE_ENTRIES
> retrievefound M R1
= STATUS_SUCCESS -> R1
> find M after=R1
= STATUS_NOT_FOUND
> requeue R1
= STATUS_SUCCESS
> find M after=R1
= STATUS_SUCCESS -> R2
> cancel R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> find M after=R1
= STATUS_SUCCESS -> R3
END outstanding=R1,R3
)");
}

TEST_CASE("G-10 G-11 a found request has a reference and is not owned: only to look at") {
  TRANSCRIPT(R"(
option verifier=on
option context=on
queue M man default power=off
queue P man power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> params R1
= type=3
> iscanceled R1
!! break V-05
= FALSE
> complete R1 ok
!! break V-05
> forward R1 P
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> cancel R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> retrievefound M R1
= STATUS_NOT_FOUND
> deref R1
> deref R1
END outstanding=none
)");
}

TEST_CASE("G-12 V-24 a search from a request that no search has returned") {
  TRANSCRIPT(R"(
option verifier=on
queue D par default power=off cb=read
queue M man power=off types=write
start
> arrive R1 read 16
- EvtIoRead queue=D req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 write 1
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> find M after=R1
!! break V-24
= STATUS_INVALID_PARAMETER
> find M
= STATUS_SUCCESS -> R2
END outstanding=R1,R2
)");
}

TEST_CASE("G-13 E-13 retrieving the found one takes it from any place and keeps the reference") {
  TRANSCRIPT(R"(
option context=on
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R1
> find M after=R1
= STATUS_SUCCESS -> R2
> retrievefound M R2
= STATUS_SUCCESS -> R2
> complete R2 ok
- EvtCleanupCallback req=R2
* COMPLETED R2 status=STATUS_SUCCESS info=0
> deref R2
> deref R2
- EvtDestroyCallback req=R2
> retrieve M
= STATUS_SUCCESS -> R1
END outstanding=R1
)");
}

TEST_CASE("G-10 U-10 a reference that nobody drops is reported at the end, and whose it is") {
  using namespace qs;
  using namespace qs::test;
  for (bool found : {true, false})
    for (bool dropped : {true, false}) {
      Bench b;
      WDFQUEUE manual = nullptr;
      b.on_write = [](WDFQUEUE, WDFREQUEST, size_t) {};
      b.on_add = [&](WDFDEVICE d) {
        qs_WDF_IO_QUEUE_CONFIG c{};
        c.Size = sizeof c;
        c.DispatchType = qs_WdfIoQueueDispatchManual;
        c.PowerManaged = qs_WdfFalse;
        CHECK(qs_WdfIoQueueCreate(AT, d, &c, nullptr, &manual) == 0);
        CHECK(qs_WdfDeviceConfigureRequestDispatching(AT, d, manual, qs_WdfRequestTypeRead) == 0);
      };
      b.start();
      auto* s = b.read(4);
      b.run([&] {
        WDFREQUEST r = nullptr;
        if (found) CHECK(qs_WdfIoQueueFindRequest(AT, manual, nullptr, nullptr, nullptr, &r) == 0);
        CHECK(qs_WdfIoQueueRetrieveNextRequest(AT, manual, &r) == 0);
        if (!found) qs_WdfObjectReference(AT, r, nullptr);
        qs_WdfRequestComplete(AT, r, 0);
        if (dropped) qs_WdfObjectDereference(AT, r, nullptr);
      });
      CHECK(s->done);
      run::Places places(*b.trace);
      run::report_leftovers(*b.framework, places);
      std::vector<std::string> expected;
      if (!dropped) expected.push_back(found ? "G-10" : "U-10");
      CHECK(b.rules() == expected);
    }
}
