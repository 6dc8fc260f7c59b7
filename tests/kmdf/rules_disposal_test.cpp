// How objects go, and what cannot be done to them meanwhile (O-11, O-12, O-12a), played as
// transcripts.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("O-11 the level of the parent itself counts, the lock may be that of a queue above") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue exec=passive
start
> object A parent=Q
= STATUS_SUCCESS
> workitem W parent=A
!! finding O-11
= STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL
> timer T parent=A
= STATUS_SUCCESS
> object P parent=Q exec=passive
= STATUS_SUCCESS
> workitem V parent=P
= STATUS_SUCCESS
> timer U parent=P
!! finding O-11
= STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL
END outstanding=none
)");
}

TEST_CASE("O-11 a callback below a request takes the device's lock, below a file object none") {
  TRANSCRIPT(R"(
option devsync=device
option devexec=passive
queue Q par default power=off cb=read sync=none
start
open F
on R1 workitem W parent=R1
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > workitem W parent=R1
    !! finding O-11
    = STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL
= dispatch routine returned STATUS_PENDING
> dpc D parent=F
= STATUS_SUCCESS
> dpc E parent=DEVICE
!! finding O-11
= STATUS_WDF_INCOMPATIBLE_EXECUTION_LEVEL
END outstanding=R1
)");
}

TEST_CASE("O-12 a work item that deleted itself cannot be enqueued anymore") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> workitem W parent=Q
= STATUS_SUCCESS
onwork W delete W;wenqueue W
> wenqueue W
    - EvtWorkItem workitem=W
        > delete W
        - EvtCleanupCallback obj=W
        > wenqueue W
        !! break O-12
    - EvtDestroyCallback obj=W
END outstanding=none
)");
}

TEST_CASE("O-12 a timer is not started while a stop waits for its callback") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive
start
> timer T parent=Q exec=passive
= STATUS_SUCCESS
ontimer T block t1;tstart T 10
> tstart T 5
= FALSE
> tick 5
    - EvtTimerFunc timer=T
        > block t1
= fired 1
> tstop T wait
  (blocked: tstop T wait has not returned)
> release t1
        = t1 released
        > tstart T 10
        = FALSE
= TRUE
  (unblocked: tstop T wait)
> tick 20
= fired 0
END outstanding=none
)");
}

TEST_CASE("O-12 two threads that stop one timer and wait: the second one breaks, both return") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read exec=passive
start
> timer T parent=Q exec=passive
= STATUS_SUCCESS
ontimer T block t1
> tstart T 5
= FALSE
> tick 5
    - EvtTimerFunc timer=T
        > block t1
= fired 1
> tstop T wait
  (blocked: tstop T wait has not returned)
> tstop T wait
!! break O-12
  (blocked: tstop T wait has not returned)
> release t1
        = t1 released
= FALSE
= FALSE
  (unblocked: tstop T wait)
  (unblocked: tstop T wait)
END outstanding=none
)");
}

TEST_CASE("O-12 above PASSIVE_LEVEL the verifier refuses to stop or cancel with Wait") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> timer T parent=Q
= STATUS_SUCCESS
> tstart T 10
= FALSE
> irql2 tstop T wait
    > tstop T wait
    !! break U-05
    = FALSE
> tick 10
- EvtTimerFunc timer=T irql=2
= fired 1
> dpc D parent=Q
= STATUS_SUCCESS
on R1 denqueue D;dcancel D wait
> arrive R1 read 4 irql=2
- EvtIoRead queue=Q req=R1 length=4 irql=2
    > denqueue D
    = TRUE
    > dcancel D wait
    !! break U-05
    = FALSE
- EvtDpcFunc dpc=D irql=2
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
}

TEST_CASE("O-12a a DPC that is still queued runs before it goes") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
> dpc D parent=DEVICE
= STATUS_SUCCESS
on R1 denqueue D;block t1
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4 irql=2
    > denqueue D
    = TRUE
    > block t1
  (blocked: arrive R1 read 4 has not returned)
> delete D
- EvtDpcFunc dpc=D irql=2
- EvtCleanupCallback obj=D
- EvtDestroyCallback obj=D
> release t1
    = t1 released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 4)
END outstanding=R1
)");
}

TEST_CASE("O-12a at DISPATCH_LEVEL what comes before a passive grandchild goes at once") {
  TRANSCRIPT(R"(
start
> object A parent=DEVICE
= STATUS_SUCCESS
> object B parent=A
= STATUS_SUCCESS
> object C parent=A
= STATUS_SUCCESS
> object E parent=C exec=passive
= STATUS_SUCCESS
> irql2 delete A
    > delete A
    - EvtCleanupCallback obj=B irql=2
    - EvtCleanupCallback obj=E
    - EvtCleanupCallback obj=C
    - EvtCleanupCallback obj=A
    - EvtDestroyCallback obj=B
    - EvtDestroyCallback obj=E
    - EvtDestroyCallback obj=C
    - EvtDestroyCallback obj=A
END outstanding=none
)");
}

TEST_CASE("O-12a what is deleted at DISPATCH_LEVEL is no longer its parent's") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> object A parent=DEVICE
= STATUS_SUCCESS
> timer T parent=A
= STATUS_SUCCESS
> dpc D parent=DEVICE
= STATUS_SUCCESS
ondpc D delete T
on R1 denqueue D;delete A
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > denqueue D
    - EvtDpcFunc dpc=D irql=2
        > delete T
    = TRUE
    > delete A
    - EvtCleanupCallback obj=A
    - EvtDestroyCallback obj=A
= dispatch routine returned STATUS_PENDING
    - EvtCleanupCallback obj=T
    - EvtDestroyCallback obj=T
END outstanding=R1
)");
}

TEST_CASE("O-12a one work item disposes of what was deleted at DISPATCH_LEVEL, one by one") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off events
start
on R1 forward $ M
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> timer T parent=DEVICE
= STATUS_SUCCESS
on R2 delete M;delete T
> arrive R2 read 4 irql=2
- EvtIoRead queue=Q req=R2 length=4 irql=2
    > delete M
    > delete T
= dispatch routine returned STATUS_PENDING
> complete R1 ok 4
* COMPLETED R1 status=STATUS_SUCCESS info=4
    - EvtCleanupCallback obj=M
    - EvtDestroyCallback obj=M
    - EvtCleanupCallback obj=T
    - EvtDestroyCallback obj=T
END outstanding=R2
)");
}

TEST_CASE("O-12a the last reference to a passive object, dropped at DISPATCH_LEVEL") {
  TRANSCRIPT(R"(
start
> object A parent=DEVICE exec=passive
= STATUS_SUCCESS
> ref A
> delete A
- EvtCleanupCallback obj=A
> irql2 deref A
    > deref A
    - EvtDestroyCallback obj=A
END outstanding=none
)");
}

TEST_CASE("O-12a a queue that goes while power changes is destroyed when its turn is over") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
queue M man power=off events
start
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
= dispatch routine returned STATUS_PENDING
> power down
  (blocked: power down has not returned)
> delete M
- EvtCleanupCallback obj=M
> complete R1 ok 4
* COMPLETED R1 status=STATUS_SUCCESS info=4
- EvtDestroyCallback obj=M
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=none
)");
}

TEST_CASE("L-06 a queue that goes during the cleanup costs no other queue its turn") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue A man power=off
queue B man power=off cb=canceled
queue C man power=off
start
open F
on R2 forward $ B
on R3 forward $ C
> arrive R2 read 4 file=F
- EvtIoRead queue=Q req=R2 length=4
    > forward R2 B
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive R3 read 4 file=F
- EvtIoRead queue=Q req=R3 length=4
    > forward R3 C
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
oncanceled R2 delete A;complete $ cancelled 0
> cleanup F
- EvtFileCleanup
- EvtIoCanceledOnQueue queue=B req=R2
    > delete A
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
* COMPLETED R3 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("V-47 any object that goes at PASSIVE_LEVEL only, however deep below the request") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
on R1 object A parent=R1;timer T parent=A
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > object A parent=R1
    = STATUS_SUCCESS
    > timer T parent=A
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> irql2 complete R1 ok 4
    > complete R1 ok 4
    !! break V-47
    - EvtCleanupCallback obj=T irql=2
    - EvtCleanupCallback obj=A irql=2
    - EvtDestroyCallback obj=A irql=2
    * COMPLETED R1 status=STATUS_SUCCESS info=4
    - EvtDestroyCallback obj=T
END outstanding=none
)");
}
