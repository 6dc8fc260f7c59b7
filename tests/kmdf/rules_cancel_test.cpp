// Section 8: cancelling requests.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("C-01 C-15 C-04 cancelling an owned request only sets the flag, a second cancel too") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> iscanceled R1
= FALSE
> cancel R1
= IoCancelIrp returned FALSE
> cancel R1
= IoCancelIrp returned FALSE
> iscanceled R1
= TRUE
> complete R1 ok 16
* COMPLETED R1 status=STATUS_SUCCESS info=16
END outstanding=none
)");
}

TEST_CASE("C-02 C-50 an insertion that a cancel overtakes is undone: forward, requeue, arrival") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> forward R1 M
* COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> forward R2 M
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R2
> cancel R2
= IoCancelIrp returned FALSE
> requeue R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> qstop Q
- EvtQueueState(Stop) queue=Q
> arrive R3 read 16 precancel
* COMPLETED R3 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
> state M
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
END outstanding=none
)");
}

TEST_CASE("C-03 N-02 a claimed request is left to its canceller and still counts as waiting") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> state M
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=2 driver=0
> retrieve M
= STATUS_SUCCESS -> R2
> retrieve M
= STATUS_NO_MORE_ENTRIES
> find M
= STATUS_NO_MORE_ENTRIES
> finish R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
> state M
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
END outstanding=R2
)");
}

TEST_CASE("C-05 a cancelled request that the driver never saw is completed at once") {
  TRANSCRIPT(R"(
option context=on
queue Q seq default power=off cb=read,canceled
start
on R1 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> cancel R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R1
)");
}

TEST_CASE("C-05 the last waiting request that is cancelled lets a purge end") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> qdrain M
> cancel R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(Drain) queue=M
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("C-06 presented decides who is told: forwarded, requeued, or only arrived") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off cb=canceled types=write
start
on R1 forward $ M
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive R2 write 16
= dispatch routine returned STATUS_PENDING
> arrive R3 write 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> cancel R1
= IoCancelIrp returned FALSE
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R2
= STATUS_SUCCESS
> cancel R2
- EvtIoCanceledOnQueue queue=M req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> cancel R3
* COMPLETED R3 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
END outstanding=R1
)");
}

TEST_CASE("C-07 EvtIoCanceledOnQueue gets the request, charged, though the queue is stopped") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M seq power=off cb=read,canceled
start
on R1 forward $ M
oncanceled R1 state M
> qstop M nocb
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtIoCanceledOnQueue queue=M req=R1
    > state M
    = state AcceptRequests|NoRequests queued=0 driver=1
= IoCancelIrp returned TRUE
> state M
= state AcceptRequests|NoRequests queued=0 driver=1
> qdrain M
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(Drain) queue=M
END outstanding=none
)");
}

TEST_CASE("C-08 E-25 a requeue from EvtIoCanceledOnQueue comes straight back") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
queue P man power=off
start
oncanceled R1 requeue $
oncanceled R1 forward $ P
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> requeue R1
= STATUS_SUCCESS
> cancel R1
- EvtIoCanceledOnQueue queue=M req=R1
    > requeue R1
    !! finding C-08
    - EvtIoCanceledOnQueue queue=M req=R1
        > forward R1 P
        !! finding C-08
        * COMPLETED R1 status=STATUS_CANCELLED info=0
        = STATUS_SUCCESS
    = STATUS_SUCCESS
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("C-08 C-30 one that cleanup canceled in its queue can be marked and unmarked") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
start
open F
oncanceled R1 markex $; unmark $; complete $ cancelled
> arrive R1 read 16 file=F
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> requeue R1
= STATUS_SUCCESS
> cleanup F
- EvtFileCleanup
- EvtIoCanceledOnQueue queue=M req=R1
    > markex R1
    = STATUS_SUCCESS
    > unmark R1
    = STATUS_SUCCESS
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("C-09 E-28 EvtIoCanceledOnQueue waits for a running callback of its own queue only") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write
queue M man power=off cb=canceled
start
on R1 forward $ M
on R2 block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive R2 write 16
- EvtIoWrite queue=Q req=R2 length=16
    > block hold
  (blocked: arrive R2 write 16 has not returned)
> cancel R1
- EvtIoCanceledOnQueue queue=M req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R2 write 16)
END outstanding=R2
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write,canceled n=2
queue M man power=off
start
on R1 block one
on R2 block two
> arrive R1 write 16
- EvtIoWrite queue=Q req=R1 length=16
    > block one
  (blocked: arrive R1 write 16 has not returned)
> arrive R2 write 16
- EvtIoWrite queue=Q req=R2 length=16
    > block two
  (blocked: arrive R2 write 16 has not returned)
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> R1
> forward R1 Q
- EvtIoRead queue=Q req=R3 length=16
= STATUS_SUCCESS
> cancel R1
= IoCancelIrp returned TRUE
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=3
> release two
    = two released
- EvtIoCanceledOnQueue queue=Q req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R2 write 16)
END outstanding=R2,R3
)");
}

TEST_CASE("C-10 C-11 cancelling a cancelable request calls EvtRequestCancel inside the cancel") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
oncancel R1 iscanceled $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > iscanceled R1
    = TRUE
= IoCancelIrp returned TRUE
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> complete R1 ok 7
* COMPLETED R1 status=STATUS_SUCCESS info=7
END outstanding=none
)");
}

TEST_CASE("C-10 N-06 between the two parts Unmark already answers STATUS_CANCELLED") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> unmark R1
= STATUS_CANCELLED
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> finish R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=none
)");
}

TEST_CASE("C-11 EvtRequestCancel comes while the queue is stopped") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> qstop Q
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(Stop) queue=Q
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("C-12 N-22 a running handler delays EvtRequestCancel; a full entry brings it earlier") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
on R2 block hold
on R4 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
    > mark R4
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > block hold
  (blocked: arrive R2 read 16 has not returned)
> cancel R1
= IoCancelIrp returned TRUE
> arrive R3 read 16
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> cancel R4
= IoCancelIrp returned TRUE
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
> release hold
    = hold released
- EvtRequestCancel req=R4
    > complete R4 cancelled 0
    * COMPLETED R4 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R2 read 16)
END outstanding=R2
)");
}

TEST_CASE(
    "C-12 a cancel made inside a handler is delivered after it; deferred with a passive queue") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
on R2 cancel R1; complete $ ok
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > cancel R1
    = IoCancelIrp returned TRUE
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read exec=passive
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> irql2 cancel R1
    > cancel R1
    = IoCancelIrp returned TRUE
    - EvtRequestCancel req=R1
        > complete R1 cancelled 0
        * COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=none
)");
}

TEST_CASE("C-13 the handle lives until EvtRequestCancel returns, completed or not") {
  TRANSCRIPT(R"(
option context=on
queue Q par default power=off cb=read
start
on R1 mark $
oncancel R1 deref $; complete $ cancelled; ioqueue $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > deref R1
    > complete R1 cancelled
    - EvtCleanupCallback req=R1
    * COMPLETED R1 status=STATUS_CANCELLED info=0
    > ioqueue R1
    = no queue
- EvtDestroyCallback req=R1
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("C-20 marking: owned and not cancelled only, with a queue, and not twice") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> markex R1
= STATUS_SUCCESS
> markex R1
!! break V-12
= STATUS_INVALID_DEVICE_REQUEST
> mark R1
!! break V-12
> unmark R1
= STATUS_SUCCESS
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> markex R1
!! break V-13
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
}

TEST_CASE("C-20 N-23 EvtRequestCancel may run before the marking handler has returned") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $; block hold
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> cancel R1
= IoCancelIrp returned TRUE
> arrive R2 read 16
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R2
)");
}

TEST_CASE("C-21 E-02 marking a cancelled request in its handler: told after the handler") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
on R1 block hold; mark $; unmark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> cancel R1
= IoCancelIrp returned FALSE
> release hold
    = hold released
    > mark R1
    > unmark R1
    = STATUS_CANCELLED
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> mark R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=none
)");
}

TEST_CASE("C-22 I-11 MarkCancelableEx on a cancelled request refuses and calls nobody") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> markex R1
= STATUS_CANCELLED
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
END outstanding=none
)");
}

TEST_CASE("C-30 I-09 after a successful Unmark a cancel only sets the flag") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> unmark R1
= STATUS_SUCCESS
> cancel R1
= IoCancelIrp returned FALSE
> complete R1 ok 16
* COMPLETED R1 status=STATUS_SUCCESS info=16
END outstanding=none
)");
}

TEST_CASE("C-31 C-51 Unmark after a cancel has won says so; EvtRequestCancel completes") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
on R2 cancel R1; unmark R1
oncancel R1 unmark $; complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > cancel R1
    = IoCancelIrp returned TRUE
    > unmark R1
    = STATUS_CANCELLED
- EvtRequestCancel req=R1
    > unmark R1
    = STATUS_CANCELLED
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
END outstanding=R2
)");
}

TEST_CASE("C-51 unmark first: the driver completes and the cancel finds nothing") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read sync=queue
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16 irql=2
    > mark R1
= dispatch routine returned STATUS_PENDING
> unmark R1
= STATUS_SUCCESS
> cancel R1
= IoCancelIrp returned FALSE
> complete R1 ok 16
* COMPLETED R1 status=STATUS_SUCCESS info=16
END outstanding=none
)");
}

TEST_CASE(
    "C-32 E-11 V-14 unmarking what is not cancelable: refused, or a lie without the verifier") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> unmark R1
!! break V-14
= STATUS_INVALID_DEVICE_REQUEST
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> unmark R1
!! break V-13
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off types=write
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> unmark R1
!! finding C-32
= STATUS_CANCELLED
> iscanceled R1
= FALSE
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> unmark R1
!! finding V-13
= STATUS_INVALID_DEVICE_REQUEST
> arrive R2 write 16
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> R2
> unmark R2
!! undefined C-32
)");
}

TEST_CASE("C-33 a request may be marked and unmarked any number of times") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> markex R1
= STATUS_SUCCESS
> unmark R1
= STATUS_SUCCESS
> markex R1
= STATUS_SUCCESS
> unmark R1
= STATUS_SUCCESS
> markex R1
= STATUS_SUCCESS
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("C-40 R-08 WdfRequestIsCanceled: the flag, or the framework's own mark") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> iscanceled R1
= TRUE
> iscanceled R2
= FALSE
> cancelsent R2
= FALSE
> iscanceled R2
= TRUE
END outstanding=R1,R2
)");
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
on R1 mark $; iscanceled $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
    > iscanceled R1
    !! break C-40
    = FALSE
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
}

TEST_CASE("C-50 N-04 N-05 cancel against retrieval, completion, purge and a second cancel") {
  TRANSCRIPT(R"(
queue M man default power=off
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> cancel R1
= IoCancelIrp returned FALSE
> complete R1 ok 3
* COMPLETED R1 status=STATUS_SUCCESS info=3
> claim R2
= claimed
> cancel R2
= IoCancelIrp returned FALSE
> qpurge M
* COMPLETED R3 status=STATUS_CANCELLED info=0
> finish R2
* COMPLETED R2 status=STATUS_CANCELLED info=0
- EvtQueueState(Purge) queue=M
END outstanding=none
)");
}

TEST_CASE("C-50 cancel against ready-notify: a spurious call finds nothing") {
  TRANSCRIPT(R"(
queue M man default power=off
start
onready M retrieve $q
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> cancel R1
* COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> ready M on
- EvtQueueReady queue=M
    > retrieve M
    = STATUS_NO_MORE_ENTRIES
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("C-52 a reference keeps the handle for the loser of the race") {
  TRANSCRIPT(R"(
option context=on
option verifier=on
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> ref R1
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    - EvtCleanupCallback req=R1
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> unmark R1
!! break V-13
= STATUS_INVALID_DEVICE_REQUEST
> deref R1
> deref R1
- EvtDestroyCallback req=R1
END outstanding=none
)");
}

TEST_CASE("C-60 C-61 a sent request: its cancel goes below, marking it first is refused") {
  TRANSCRIPT(R"(
option lower=stays
queue Q seq default power=off cb=read,canceled
start
on R1 send $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> cancel R1
- CompletionRoutine req=R1 status=STATUS_CANCELLED
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= IoCancelIrp returned TRUE
END outstanding=none
)");
  TRANSCRIPT(R"(
option lower=stays
queue Q seq default power=off cb=read
start
on R1 mark $; send $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
    > send R1
    !! undefined C-61
)");
}

TEST_CASE("C-62 L-06 closing the file does not touch what the driver owns") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read n=2
start
open F
on R2 mark $
> arrive R1 read 16 file=F
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 file=F
- EvtIoRead queue=Q req=R2 length=16
    > mark R2
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16 file=F
= dispatch routine returned STATUS_PENDING
> cleanup F
- EvtFileCleanup
* COMPLETED R3 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> iscanceled R1
= FALSE
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
> unmark R2
= STATUS_SUCCESS
> complete R2 cancelled
* COMPLETED R2 status=STATUS_CANCELLED info=0
END outstanding=none
)");
}

TEST_CASE("C-63 L-03 a create in the internal queue can be marked cancelable like others") {
  TRANSCRIPT(R"(
option create=on
queue Q par default power=off cb=read
start
oncreate IRP1 mark $; block hold; unmark $
> open F
- EvtDeviceFileCreate req=IRP1
    > mark IRP1
    > block hold
  (blocked: open F has not returned)
> release hold
    = hold released
    > unmark IRP1
    = STATUS_SUCCESS
> complete IRP1 ok
= STATUS_SUCCESS
  (unblocked: open F)
END outstanding=IRP1
)");
}
