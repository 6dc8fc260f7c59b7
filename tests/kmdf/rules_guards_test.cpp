// Rules where threads meet: what may change in a queue while its lock is dropped.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("P-11 a thread that delivers cancels goes on although the power has moved on") {
  TRANSCRIPT(R"(
queue A par default power=on cb=read,stop,resume
start
on R1 mark $
on R2 mark $
on R3 mark $
onstop R1 stopack $ norequeue
onstop R2 stopack $ norequeue
onstop R3 stopack $ norequeue
oncancel R1 block hold; complete $ cancelled
onresume R2 block two
> arrive R1 read 16
- EvtIoRead queue=A req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=A req=R2 length=16
    > mark R2
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=A req=R3 length=16
    > mark R3
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=A req=R1 flags=Suspend|RequestCancelable
    > stopack R1 norequeue
- EvtIoStop queue=A req=R2 flags=Suspend|RequestCancelable
    > stopack R2 norequeue
- EvtIoStop queue=A req=R3 flags=Suspend|RequestCancelable
    > stopack R3 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> cancel R1
- EvtRequestCancel req=R1
    > block hold
  (blocked: cancel R1 has not returned)
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=A req=R2
        > block two
> cancel R3
= IoCancelIrp returned TRUE
> release hold
    = hold released
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtRequestCancel req=R3
    > complete R3 cancelled 0
    * COMPLETED R3 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
  (unblocked: cancel R1)
> release two
        = two released
END outstanding=R2
)");
}

TEST_CASE("P-10 P-22 what is completed while acknowledgements are carried out is gone") {
  TRANSCRIPT(R"(
option context=on ref=off
queue M man default power=on cb=stop
start
onstop R1 cancel $; stopack $ requeue
onstop R2 stopack $ norequeue
onstop R5 stopack $ norequeue
oncleanup R1 complete R2 ok; arrive R3 read 16; retrieve M
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R5 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R2
> retrieve M
= STATUS_SUCCESS -> R5
> power down
- EvtIoStop queue=M req=R1 flags=Suspend
    > cancel R1
    = IoCancelIrp returned FALSE
    > stopack R1 requeue
- EvtIoStop queue=M req=R2 flags=Suspend
    > stopack R2 norequeue
- EvtIoStop queue=M req=R5 flags=Suspend
    > stopack R5 norequeue
- EvtCleanupCallback req=R1
    > complete R2 ok
    - EvtCleanupCallback req=R2
    * COMPLETED R2 status=STATUS_SUCCESS info=0
    - EvtDestroyCallback req=R2
    > arrive R3 read 16
    = dispatch routine returned STATUS_PENDING
    > retrieve M
    = STATUS_SUCCESS -> R3
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtDestroyCallback req=R1
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> state M
= state AcceptRequests|DispatchRequests|NoRequests|PnpHeld queued=0 driver=2
> retrieve M
= STATUS_WDF_PAUSED
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
> state M
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=2
END outstanding=R3,R5
)");
}

TEST_CASE("C-22 V-50 marking again in EvtRequestCancel, the verifier off, is told the cancel") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 mark $
oncancel R1 markex $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > markex R1
    = STATUS_CANCELLED
= IoCancelIrp returned TRUE
END outstanding=R1
)");
}

TEST_CASE("Q-10 S-08 a drain cancels the pended IRPs of forward progress") {
  TRANSCRIPT(R"(
option ref=off
queue Q par default power=off cb=read
policy Q 1 always
start
> memory none
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
= dispatch routine returned STATUS_PENDING
> arrive R2 read 4
= dispatch routine returned STATUS_PENDING
> qdrain Q
* COMPLETED R2 status=STATUS_CANCELLED info=0
> complete R1 ok 1
* COMPLETED R1 status=STATUS_SUCCESS info=1
- EvtQueueState(Drain) queue=Q
END outstanding=none
)");
}

TEST_CASE("Q-11 S-06 a purge takes pended IRPs last: one that found a request is refused") {
  TRANSCRIPT(R"(
option ref=off
queue Q par default power=off cb=read
policy Q 1 always
start
on R1 mark $
oncancel R1 complete $ cancelled
> memory none
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 4
= dispatch routine returned STATUS_PENDING
> qpurge Q
- EvtRequestCancel req=R1
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
* COMPLETED R2 status=STATUS_INVALID_DEVICE_STATE info=0
- EvtQueueState(Purge) queue=Q
END outstanding=none
)");
}

TEST_CASE("D-14 a ready-notify that requeues what it got is endless under a scope lock, too") {
  CHECK(qs::test::reports_of(R"(
queue M man default power=off sync=queue
start
onready M retrieve $q; requeue R1
> ready M on
> arrive R1 read 16
)") == "!! finding D-14\n");
}
