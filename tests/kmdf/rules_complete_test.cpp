// Section 9: completion.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("K-01 the information is what was set last; a pending status is undefined misuse") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
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
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
= dispatch routine returned STATUS_PENDING
> setinfo R1 5
> info R1
= info=5
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=5
> complete R2 ok 6
* COMPLETED R2 status=STATUS_SUCCESS info=6
> boost R3 ioerr
* COMPLETED R3 status=STATUS_IO_DEVICE_ERROR info=0
> complete R4 pending
!! undefined K-01
)");
  TRANSCRIPT(R"(
option undefined=continue
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 pending
!! undefined K-01
* COMPLETED R1 status=STATUS_PENDING info=0
END outstanding=none
)");
}

TEST_CASE("K-02 the driver completes in its states, the framework with information 0") {
  TRANSCRIPT(R"(
option caller=on
queue Q par default power=off cb=read,canceled
queue M man power=off cb=canceled
queue N man power=off
start
on R1 mark $
oncaller R2 complete $ ok 2
oncanceled R3 complete $ ok 3
oncancel R1 complete $ ok 1
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > enqueue R1
    - EvtIoRead queue=Q req=R1 length=16
        > mark R1
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 ok 1
    * COMPLETED R1 status=STATUS_SUCCESS info=1
= IoCancelIrp returned TRUE
> arrive R2 read 16
- EvtIoInCallerContext req=R2
    > complete R2 ok 2
    * COMPLETED R2 status=STATUS_SUCCESS info=2
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoInCallerContext req=R3
    > enqueue R3
    - EvtIoRead queue=Q req=R3 length=16
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> setinfo R3 9
> forward R3 M
= STATUS_SUCCESS
> cancel R3
- EvtIoCanceledOnQueue queue=M req=R3
    > complete R3 ok 3
    * COMPLETED R3 status=STATUS_SUCCESS info=3
= IoCancelIrp returned TRUE
> arrive R5 read 16
- EvtIoInCallerContext req=R5
    > enqueue R5
    - EvtIoRead queue=Q req=R5 length=16
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> setinfo R5 9
> forward R5 N
= STATUS_SUCCESS
> cancel R5
* COMPLETED R5 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> qpurge Q nocb
> arrive R4 read 16
- EvtIoInCallerContext req=R4
    > enqueue R4
    = STATUS_WDF_BUSY
= dispatch routine returned STATUS_PENDING
END outstanding=R4
)");
}

TEST_CASE("K-03 statuses of the framework are converted before the sender sees them") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
onq Q setinfo $ 0
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > setinfo R1 0
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > setinfo R2 0
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
    > setinfo R3 0
= dispatch routine returned STATUS_PENDING
> arrive R4 read 16
- EvtIoRead queue=Q req=R4 length=16
    > setinfo R4 0
= dispatch routine returned STATUS_PENDING
> arrive R5 read 16
- EvtIoRead queue=Q req=R5 length=16
    > setinfo R5 0
= dispatch routine returned STATUS_PENDING
> arrive R6 read 16
- EvtIoRead queue=Q req=R6 length=16
    > setinfo R6 0
= dispatch routine returned STATUS_PENDING
> complete R1 C0200203
* COMPLETED R1 status=STATUS_DEVICE_BUSY info=0
> complete R2 C0200204
* COMPLETED R2 status=STATUS_DEVICE_BUSY info=0
> complete R3 C0200201
* COMPLETED R3 status=STATUS_INTERNAL_ERROR info=0
> complete R4 C020020D
* COMPLETED R4 status=STATUS_INVALID_DEVICE_REQUEST info=0
> complete R5 C020020B
* COMPLETED R5 status=STATUS_INVALID_DEVICE_REQUEST info=0
> complete R6 C0200210
* COMPLETED R6 status=STATUS_INVALID_DEVICE_REQUEST info=0
END outstanding=none
)");
}

TEST_CASE("K-04 a request that was cancelled may be completed with success") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
oncancel R1 block hold; complete $ ok 16
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> cancel R2
= IoCancelIrp returned FALSE
> complete R2 ok 16
* COMPLETED R2 status=STATUS_SUCCESS info=16
> cancel R1
- EvtRequestCancel req=R1
    > block hold
  (blocked: cancel R1 has not returned)
> release hold
    = hold released
    > complete R1 ok 16
    * COMPLETED R1 status=STATUS_SUCCESS info=16
= IoCancelIrp returned TRUE
  (unblocked: cancel R1)
END outstanding=none
)");
}

TEST_CASE("K-05 the steps of a completion: checks, cleanup, sender, queue, destroy") {
  TRANSCRIPT(R"(
option context=on
queue Q seq default power=off cb=read
start
on R1 ref $; deref $; deref $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > ref R1
    > deref R1
    > deref R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> qstop Q
> complete R1 ok
- EvtCleanupCallback req=R1
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
- EvtDestroyCallback req=R1
END outstanding=R2
)");
}

TEST_CASE("K-07 the last completion of a stopped queue brings StopComplete") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> qstop Q
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
on R2 qstop Q; complete $ ok; state Q
> qstart Q
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > qstop Q
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
    > state Q
    = state AcceptRequests|NoRequests|DriverNoRequests queued=0 driver=0
- EvtQueueState(Stop) queue=Q
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("K-08 a request in no queue is completed without telling one") {
  TRANSCRIPT(R"(
option caller=on
queue Q seq default power=off cb=read
start
oncaller R1 complete $ ok
oncaller R2 qpurge Q nocb; enqueue $; complete $ ioerr
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoInCallerContext req=R2
    > qpurge Q nocb
    > enqueue R2
    = STATUS_WDF_BUSY
    > complete R2 ioerr
    * COMPLETED R2 status=STATUS_IO_DEVICE_ERROR info=0
= dispatch routine returned STATUS_PENDING
> state Q
= state DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
END outstanding=none
)");
}

TEST_CASE("K-10 V-07 V-08 completing a cancelable request: a break, or undefined") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> complete R1 ok
!! break V-07
  !! IoCompleteRequest with a cancel routine still set
* COMPLETED R1 status=STATUS_SUCCESS info=0
> cancel R1
= IoCancelIrp returned FALSE
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> complete R1 ok
!! undefined K-10
)");
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
on R1 mark $
on R2 cancel R1; complete R1 ok
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > cancel R1
    = IoCancelIrp returned TRUE
    > complete R1 ok
    !! break V-07
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    !! break V-08
!! break V-08
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    !! break V-06
= dispatch routine returned STATUS_PENDING
END outstanding=R2
)");
}

TEST_CASE("K-10 V-07 V-08 completing between the two parts of a cancel") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
on R1 mark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> claim R1
= claimed
> complete R1 ok
!! break V-07
* COMPLETED R1 status=STATUS_SUCCESS info=0
> finish R1
!! break V-08
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    !! break V-06
END outstanding=none
)");
}

TEST_CASE("K-11 V-06 completing twice: refused while the handle lives, else it is dead") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> complete R1 ok
!! break V-06
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> complete R1 ok
!! undefined K-11
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> deref R1
> complete R1 ok
!! BUGCHECK 0x10d (0x5, 0x4000001, 0x1008)
)");
}

TEST_CASE("K-12 V-05 completing what waits or is with a target") {
  TRANSCRIPT(R"(
option verifier=on
option lower=stays
queue Q par default power=off cb=read
queue M man power=off
start
on R2 send $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> complete R1 ok
!! break V-05
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > send R2
    = TRUE
= dispatch routine returned STATUS_PENDING
> complete R2 ok
!! undefined K-12
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> complete R1 ok
!! undefined K-12
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue S seq power=off cb=read,canceled
start
on R2 forward $ S
on R2 block hold
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > forward R2 S
    - EvtIoRead queue=S req=R2 length=16
        > block hold
  (blocked: arrive R2 read 16 has not returned)
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> forward R3 S
= STATUS_SUCCESS
> cancel R3
= IoCancelIrp returned TRUE
> complete R3 ok
!! undefined K-12
)");
}

TEST_CASE("K-12 V-08 completing what is on its way to EvtIoCanceledOnQueue, with the verifier") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue S seq power=off cb=read,canceled
start
on R2 forward $ S
on R2 block hold
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > forward R2 S
    - EvtIoRead queue=S req=R2 length=16
        > block hold
  (blocked: arrive R2 read 16 has not returned)
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> forward R3 S
= STATUS_SUCCESS
> cancel R3
= IoCancelIrp returned TRUE
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
!! break V-08
> release hold
        = hold released
    !! break V-08
    - EvtIoCanceledOnQueue queue=S req=R3
        > complete R3 cancelled 0
        !! break V-06
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R2 read 16)
END outstanding=R2
)");
}

TEST_CASE("K-14 P-23 completing is the answer to EvtIoStop, EvtIoCanceledOnQueue and a cancel") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
onstop R1 complete $ ok; stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests|PnpHeld queued=0 driver=0
END outstanding=none
)");
}

TEST_CASE("K-16 a reference keeps context and handle until it is dropped") {
  TRANSCRIPT(R"(
option context=on
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> ref R1
> deref R1
> complete R1 ok
- EvtCleanupCallback req=R1
* COMPLETED R1 status=STATUS_SUCCESS info=0
> ioqueue R1
= no queue
> irp R1
!! finding V-31
= no IRP
> deref R1
- EvtDestroyCallback req=R1
END outstanding=none
)");
}
