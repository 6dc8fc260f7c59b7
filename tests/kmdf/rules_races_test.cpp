// Section 15: what may happen in either order, each order forced once. The invariants are checked
// after every decision elsewhere (tests/reference).
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE(
    "N-08 a full queue: the completer delivers what waits, or the arrival is delivered itself") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read n=1
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R2 length=16
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R3
)");
}

TEST_CASE("N-11 StopComplete overtakes a request whose delivery was deferred") {
  TRANSCRIPT(R"(
option devsync=device
queue A seq default power=off cb=read
queue B seq power=off cb=read
start
on R1 forward $ B; qstop B
> arrive R1 read 16
- EvtIoRead queue=A req=R1 length=16 irql=2
    > forward R1 B
    = STATUS_SUCCESS
    > qstop B
- EvtQueueState(Stop) queue=B irql=2
= dispatch routine returned STATUS_PENDING
> state B
= state AcceptRequests|DriverNoRequests queued=1 driver=0
> qstart B
- EvtIoRead queue=B req=R1 length=16 irql=2
END outstanding=R1
)");
}

TEST_CASE("N-13 a request taken just before Stop is delivered after Stop has returned") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue exec=passive
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
  (blocked: arrive R2 read 16 has not returned)
> qstop Q
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
  (unblocked: arrive R2 read 16)
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
END outstanding=none
)");
}

TEST_CASE("N-15 a requeue during a StopAndPurge goes with it, a later arrival stays") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
oncanceled R1 arrive R3 read 16; requeue R2; complete $ cancelled
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R1
= STATUS_SUCCESS
> qstoppurge M
- EvtIoCanceledOnQueue queue=M req=R1
    > arrive R3 read 16
    = dispatch routine returned STATUS_PENDING
    > requeue R2
    - EvtIoCanceledOnQueue queue=M req=R2
        > complete R2 cancelled 0
        * COMPLETED R2 status=STATUS_CANCELLED info=0
    = STATUS_SUCCESS
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(StopAndPurge) queue=M
> state M
= state AcceptRequests|DriverNoRequests queued=1 driver=0
END outstanding=R3
)");
}

TEST_CASE("N-16 a mark during a purge gets exactly one EvtRequestCancel") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
oncanceled R1 mark R2; complete $ cancelled
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R1
= STATUS_SUCCESS
> qpurge M
- EvtIoCanceledOnQueue queue=M req=R1
    > mark R2
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
- EvtQueueState(Purge) queue=M
END outstanding=none
)");
}
