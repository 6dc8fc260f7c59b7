// Section 7: requeue, forward, stop-acknowledge.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("F-01 F-03 requeued requests go to the head, so they come back in reverse") {
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
> retrieve M
= STATUS_SUCCESS -> R2
> requeue R1
= STATUS_SUCCESS
> requeue R2
= STATUS_SUCCESS
> state M
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=3 driver=0
> retrieve M
= STATUS_SUCCESS -> R2
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve M
= STATUS_SUCCESS -> R3
END outstanding=R1,R2,R3
)");
}

TEST_CASE("F-02 E-07 E-18 a refused requeue: no queue, not owned, cancelable, not manual") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue M man power=off types=write
start
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> W1
> requeue W1
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> retrieve M
= STATUS_SUCCESS -> W1
> markex W1
= STATUS_SUCCESS
> requeue W1
!! break V-15
= STATUS_INVALID_DEVICE_REQUEST
> unmark W1
= STATUS_SUCCESS
> requeue W1
= STATUS_SUCCESS
> retrieve M
= STATUS_SUCCESS -> W1
> complete W1 ok
* COMPLETED W1 status=STATUS_SUCCESS info=0
> requeue W1
!! break V-13
= STATUS_INVALID_DEVICE_REQUEST
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> requeue R1
!! break V-18
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> requeue R1
!! finding V-18
= STATUS_INVALID_DEVICE_REQUEST
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> requeue R1
!! finding V-13
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
}

TEST_CASE("F-04 a requeue of a cancelled request takes the way of a cancel, and succeeds") {
  TRANSCRIPT(R"(
queue M man default power=off cb=canceled
queue N man power=off types=write
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> retrieve N
= STATUS_SUCCESS -> W1
> cancel R1
= IoCancelIrp returned FALSE
> cancel W1
= IoCancelIrp returned FALSE
> requeue R1
- EvtIoCanceledOnQueue queue=M req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
> requeue W1
* COMPLETED W1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("F-05 a requeue into a stopped, powered-off or draining queue waits there") {
  TRANSCRIPT(R"(
queue M man default power=on cb=stop
start
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> R1
> qstop M nocb
> requeue R1
= STATUS_SUCCESS
> qstart M
> retrieve M
= STATUS_SUCCESS -> R1
onstop R1 stopack $ norequeue
> power down
- EvtIoStop queue=M req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> requeue R1
= STATUS_SUCCESS
> state M
= state AcceptRequests|DispatchRequests|DriverNoRequests|PnpHeld queued=1 driver=0
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
> retrieve M
= STATUS_SUCCESS -> R1
> qdrain M
> requeue R1
= STATUS_SUCCESS
> state M
= state DispatchRequests|DriverNoRequests queued=1 driver=0
!! finding Q-10
END outstanding=R1
)");
}

TEST_CASE("F-10 a forward goes to the tail of any other queue of the device") {
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
> forward R3 S
= STATUS_SUCCESS
> forward R2 S
= STATUS_SUCCESS
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=S req=R3 length=16
> complete R3 ok
* COMPLETED R3 status=STATUS_SUCCESS info=0
- EvtIoRead queue=S req=R2 length=16
END outstanding=R2
)");
}

TEST_CASE("F-11 V-15 V-16 a refused forward leaves the request with the driver") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 Q
!! break V-16
= STATUS_INVALID_DEVICE_REQUEST
> markex R1
= STATUS_SUCCESS
> forward R1 M
!! break V-15
= STATUS_INVALID_DEVICE_REQUEST
> unmark R1
= STATUS_SUCCESS
> qpurge M nocb
> forward R1 M
= STATUS_WDF_BUSY
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> forward R1 M
!! break R-07
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
}

TEST_CASE("F-11 without the verifier the same queue works like a requeue at the tail") {
  TRANSCRIPT(R"(
queue S seq default power=off cb=read
start
on R1 block hold; forward $ S
> arrive R1 read 16
- EvtIoRead queue=S req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > forward R1 S
    = STATUS_SUCCESS
- EvtIoRead queue=S req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtIoRead queue=S req=R1 length=16
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
END outstanding=none
)");
}

TEST_CASE("F-12 F-13 N-20 until the forward is done the source still counts the request") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue S seq power=off cb=read
start
on R1 block hold; forward $ S
on R1 state Q; state S; complete $ ok
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > forward R1 S
    - EvtIoRead queue=S req=R1 length=16
        > state Q
        = state AcceptRequests|DispatchRequests queued=1 driver=1
        > state S
        = state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
    = STATUS_SUCCESS
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R2
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue S seq power=off cb=read
start
on R1 block hold; forward $ S
on R1 block inner
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > forward R1 S
    - EvtIoRead queue=S req=R1 length=16
        > block inner
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=1
> state S
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> release inner
        = inner released
    = STATUS_SUCCESS
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
  (unblocked: arrive R1 read 16)
END outstanding=R1,R2
)");
}

TEST_CASE("F-12 a cancelled request is cancelled on the destination, and the call succeeds") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue S seq power=off cb=read,canceled
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> forward R1 S
- EvtIoCanceledOnQueue queue=S req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("F-14 while it waits at the destination that queue's EvtIoCanceledOnQueue counts") {
  TRANSCRIPT(R"(
option verifier=on
queue Q seq default power=off cb=read,canceled
queue M man power=off cb=canceled
start
on R1 forward $ M
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 M
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtIoCanceledOnQueue queue=M req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
END outstanding=none
)");
}

TEST_CASE("F-15 the destination's rules apply: stopped, zero length, no handler") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,write zero
queue S par power=off cb=read
start
> qstop S nocb
> arrive R1 read 0
- EvtIoRead queue=Q req=R1 length=0
= dispatch routine returned STATUS_PENDING
> arrive W1 write 8
- EvtIoWrite queue=Q req=W1 length=8
= dispatch routine returned STATUS_PENDING
> arrive R2 read 8
- EvtIoRead queue=Q req=R2 length=8
= dispatch routine returned STATUS_PENDING
> forward R1 S
= STATUS_SUCCESS
> forward W1 S
= STATUS_SUCCESS
> forward R2 S
= STATUS_SUCCESS
> state S
= state AcceptRequests|DriverNoRequests queued=3 driver=0
> qstart S
* COMPLETED R1 status=STATUS_SUCCESS info=0
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
- EvtIoRead queue=S req=R2 length=8
END outstanding=R2
)");
}

TEST_CASE("F-30 F-31 V-27 an acknowledgement outside EvtIoStop: refused, or kept for the next") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=on cb=read,stop,resume
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> stopack R1 norequeue
!! break V-27
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
  (blocked: power down has not returned)
!! finding P-12
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> stopack R1 norequeue
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=Q req=R1
END outstanding=R1
)");
}

TEST_CASE("F-30 a second acknowledgement before it is read replaces the first") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
onstop R1 stopack $ norequeue; stopack $ requeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
    > stopack R1 requeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> state Q
= state AcceptRequests|DispatchRequests|DriverNoRequests|PnpHeld queued=1 driver=0
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoRead queue=Q req=R1 length=16
END outstanding=R1
)");
}

TEST_CASE("F-31 V-15 acknowledging with requeue what is cancelable: refused, or undefined") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=on cb=read,stop,resume
start
on R1 mark $
onstop R1 stopack $ requeue; stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend|RequestCancelable
    > stopack R1 requeue
    !! break F-31
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
on R1 mark $
onstop R1 stopack $ requeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend|RequestCancelable
    > stopack R1 requeue
!! undefined V-15
)");
}
