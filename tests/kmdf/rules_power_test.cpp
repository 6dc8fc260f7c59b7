// Section 10: power-managed queues.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("P-01 P-03 power-down holds power-managed queues only, and only their delivery") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
queue N par power=off cb=write types=write
start
> state N
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
> power down
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
- EvtIoWrite queue=N req=W1 length=1
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|DriverNoRequests|PnpHeld queued=1 driver=0
> state N
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoRead queue=Q req=R1 length=16
END outstanding=R1,W1
)");
}

TEST_CASE("P-01 a queue that is not power-managed is switched off by the removal") {
  TRANSCRIPT(R"(
queue N par default power=off cb=read,stop
start
> pnp surprise
- EvtDeviceD0Exit target=D3Final
= STATUS_SUCCESS
> arrive R1 read 16
- EvtIoRead queue=N req=R1 length=16
= dispatch routine returned STATUS_PENDING
> state N
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
onstop R1 complete $ cancelled
> pnp remove
- EvtIoStop queue=N req=R1 flags=Purge
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("P-02 N-25 the bit PnpHeld stands in every state of power but On") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests|PnpHeld queued=0 driver=0
start
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
onstop R1 state Q; stopack $ norequeue
onresume R1 state Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests|PnpHeld queued=0 driver=1
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|PnpHeld queued=0 driver=1
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=Q req=R1
        > state Q
        = state AcceptRequests|DispatchRequests|NoRequests|PnpHeld queued=0 driver=1
> state Q
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
END outstanding=R1
)");
}

TEST_CASE("P-04 N-28 a request keeps the device awake or wakes it; the last to go lets it sleep") {
  TRANSCRIPT(R"(
queue Q seq default power=on cb=read,stop
queue M man power=on types=write
queue N man power=off types=ioctl
s0idle
start
> timers
= fired 1
    - EvtDeviceD0Exit target=D3
> arrive C1 ioctl 1
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
    - EvtDeviceD0Entry previous=D3
> timers
= fired 0
> retrieve M
= STATUS_SUCCESS -> W1
> complete W1 ok
* COMPLETED W1 status=STATUS_SUCCESS info=0
> timers
= fired 1
    - EvtDeviceD0Exit target=D3
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
    - EvtDeviceD0Entry previous=D3
    - EvtIoRead queue=Q req=R1 length=16
> timers
= fired 0
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> timers
= fired 1
    - EvtDeviceD0Exit target=D3
END outstanding=C1
)");
}

TEST_CASE("P-05 P-06 leaving D0: every queue is held, then queue by queue asked, then D0 exit") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
queue P par power=on cb=write,stop types=write
start
on R2 block hold
onstop R2 stopack $ norequeue
onstop W1 complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
- EvtIoWrite queue=P req=W1 length=1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > block hold
  (blocked: arrive R2 read 16 has not returned)
> power down
  (blocked: power down has not returned)
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
= dispatch routine returned STATUS_PENDING
- EvtIoStop queue=Q req=R1 flags=Suspend
- EvtIoStop queue=Q req=R2 flags=Suspend
    > stopack R2 norequeue
  (unblocked: arrive R2 read 16)
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoStop queue=P req=W1 flags=Suspend
    > complete W1 cancelled
    * COMPLETED W1 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=R2,R3
)");
}

TEST_CASE("P-10 P-15 P-21 P-22 the worked example: acknowledged with and without requeue") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume n=2
start
on R2 mark $
onstop R1 stopack $ requeue
onstop R2 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > mark R2
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 requeue
- EvtIoStop queue=Q req=R2 flags=Suspend|RequestCancelable
    > stopack R2 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> arrive R4 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|PnpHeld queued=3 driver=1
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=Q req=R2
    - EvtIoRead queue=Q req=R1 length=16
END outstanding=R1,R2,R3,R4
)");
}

TEST_CASE("P-11 cancels wait while EvtIoStop calls are being made") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
on R1 mark $
on R2 mark $
onstop R1 cancel R2; stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
    > mark R2
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend|RequestCancelable
    > cancel R2
    = IoCancelIrp returned TRUE
    > stopack R1 norequeue
- EvtRequestCancel req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
END outstanding=R1
)");
}

TEST_CASE("P-12 R-08 no EvtIoStop, or a request with the mark of a cancel: power-down waits") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
  (blocked: power down has not returned)
!! finding P-12
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
on R1 mark $
oncancel R1 state Q
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
= IoCancelIrp returned TRUE
> power down
  (blocked: power down has not returned)
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=none
)");
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
onstop R1 complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> cancel R1
= IoCancelIrp returned FALSE
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("P-12a a forward that fails in EvtIoStop takes the request out of the asked ones") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
queue M man power=off
start
> qpurge M nocb
onstop R1 forward $ M
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > forward R1 M
    = STATUS_WDF_BUSY
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=Q req=R1
END outstanding=R1
)");
}

TEST_CASE("P-13 a request at a target is asked about too, and cancelling it answers") {
  TRANSCRIPT(R"(
option lower=stays
queue Q seq default power=on cb=read,stop
start
on R1 send $
onstop R1 cancelsent $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > cancelsent R1
    - CompletionRoutine req=R1 status=STATUS_CANCELLED
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
    = TRUE
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("P-14 N-25 an arrival during EvtIoStop makes the next call itself") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
onstop R1 block hold; stopack $ norequeue
onstop R2 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > block hold
  (blocked: power down has not returned)
> arrive R3 read 16
- EvtIoStop queue=Q req=R2 flags=Suspend
    > stopack R2 norequeue
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=R1,R2,R3
)");
}

TEST_CASE("P-20 forwarding or requeueing in EvtIoStop lets the power-down go on") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
queue N man power=off
queue M man power=on types=write cb=stop
start
onstop R1 forward $ N
onstop W1 requeue $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> W1
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > forward R1 N
    = STATUS_SUCCESS
- EvtIoStop queue=M req=W1 flags=Suspend
    > requeue W1
    = STATUS_SUCCESS
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
> retrieve M
= STATUS_SUCCESS -> W1
END outstanding=R1,W1
)");
}

TEST_CASE("P-21 an acknowledged request stays owned, can be cancelled and completed in low power") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
on R1 mark $
onstop R1 stopack $ norequeue
onstop R2 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend|RequestCancelable
    > stopack R1 norequeue
- EvtIoStop queue=Q req=R2 flags=Suspend
    > stopack R2 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> cancel R1
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
END outstanding=none
)");
}

TEST_CASE("P-22 a parallel queue's requeued requests come back in reverse; cancelled ones never") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,canceled
start
onstop R1 stopack $ requeue
onstop R2 cancel $; stopack $ requeue
onstop R3 stopack $ requeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
- EvtIoRead queue=Q req=R3 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 requeue
- EvtIoStop queue=Q req=R2 flags=Suspend
    > cancel R2
    = IoCancelIrp returned FALSE
    > stopack R2 requeue
- EvtIoStop queue=Q req=R3 flags=Suspend
    > stopack R3 requeue
- EvtIoCanceledOnQueue queue=Q req=R2
    > complete R2 cancelled 0
    * COMPLETED R2 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoRead queue=Q req=R3 length=16
    - EvtIoRead queue=Q req=R1 length=16
END outstanding=R1,R3
)");
}

TEST_CASE("P-24 N-24 Unmark in EvtIoStop loses against a cancel: EvtRequestCancel answers") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
on R1 mark $
onstop R1 cancel $; unmark $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend|RequestCancelable
    > cancel R1
    = IoCancelIrp returned TRUE
    > unmark R1
    = STATUS_CANCELLED
- EvtRequestCancel req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("P-25 E-19 a late acknowledgement is only a note, and the stall is named") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=on cb=read,stop
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
  (blocked: power down has not returned)
> stopack R1 norequeue
> cancel R1
= IoCancelIrp returned FALSE
!! finding P-25
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
- EvtIoStop queue=Q req=R2 flags=Suspend
  (blocked: power down has not returned)
> stopack R1 norequeue
> stopack R2 norequeue
> qstart Q
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=R1,R2
)");
}

TEST_CASE("P-26 N-27 back in D0: EvtIoResume for all queues first, then delivery") {
  TRANSCRIPT(R"(
queue Q seq default power=on cb=read,stop,resume
queue M man power=on types=write cb=stop,resume
start
> ready M on
= STATUS_SUCCESS
onstop R1 stopack $ norequeue
onstop W1 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
- EvtQueueReady queue=M
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> W1
> arrive W2 write 1
- EvtQueueReady queue=M
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtIoStop queue=M req=W1 flags=Suspend
    > stopack W1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
onresume R1 complete $ ok
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=Q req=R1
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
    - EvtIoResume queue=M req=W1
    - EvtIoRead queue=Q req=R2 length=16
    - EvtQueueReady queue=M
END outstanding=R2,W1,W2
)");
}

TEST_CASE("P-27 E-23 EvtIoResume goes to every owned request that is not cancelled") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
queue M man power=on types=write cb=stop,resume
start
on R1 block hold; complete $ ok
onstop W1 retrieve M; stopack $ norequeue
onstop W3 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > block hold
  (blocked: arrive R1 read 16 has not returned)
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> arrive W3 write 1
= dispatch routine returned STATUS_PENDING
> retrieve M
= STATUS_SUCCESS -> W1
> retrieve M
= STATUS_SUCCESS -> W3
> arrive W2 write 1
= dispatch routine returned STATUS_PENDING
> mark W3
> power down
  (blocked: power down has not returned)
> release hold
    = hold released
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
- EvtIoStop queue=M req=W1 flags=Suspend
    > retrieve M
    = STATUS_SUCCESS -> W2
    > stopack W1 norequeue
- EvtIoStop queue=M req=W3 flags=Suspend|RequestCancelable
    > stopack W3 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: arrive R1 read 16)
  (unblocked: power down)
oncancel W3 state M
> cancel W3
- EvtRequestCancel req=W3
    > state M
    = state AcceptRequests|DispatchRequests|NoRequests|PnpHeld queued=0 driver=3
= IoCancelIrp returned TRUE
> power up
= STATUS_SUCCESS
    - EvtDeviceD0Entry previous=D3
    - EvtIoResume queue=M req=W2
    - EvtIoResume queue=M req=W1
END outstanding=W1,W2,W3
)");
}

TEST_CASE("P-28 while the queue is off the driver can still work on what it owns") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
queue M man power=off
start
onstop R1 stopack $ norequeue
onstop R2 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtIoStop queue=Q req=R2 flags=Suspend
    > stopack R2 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> markex R1
= STATUS_SUCCESS
> unmark R1
= STATUS_SUCCESS
> qstop Q
> forward R1 M
= STATUS_SUCCESS
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtQueueState(Stop) queue=Q
END outstanding=R1
)");
}

TEST_CASE("P-30 P-33 removal: D0 exit, purge, and the deletion waits for what is still owned") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
queue N par power=off cb=write,stop types=write
start
onstop R1 stopack $ norequeue
onstop R1 stopack $ norequeue
onstop W1 complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
- EvtIoWrite queue=N req=W1 length=1
= dispatch routine returned STATUS_PENDING
> pnp remove
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3Final
- EvtIoStop queue=Q req=R1 flags=Purge
    > stopack R1 norequeue
- EvtIoStop queue=N req=W1 flags=Purge
    > complete W1 cancelled
    * COMPLETED W1 status=STATUS_CANCELLED info=0
  (blocked: pnp remove has not returned)
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
  (unblocked: pnp remove)
END outstanding=none
)");
}

TEST_CASE("P-26 P-30 a device that is being removed is not powered up again") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
onstop R1 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> power down
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
> pnp remove
- EvtIoStop queue=Q req=R1 flags=Purge
  (blocked: pnp remove has not returned)
> power up
= STATUS_SUCCESS
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
  (unblocked: pnp remove)
END outstanding=none
)");
}

TEST_CASE("P-31 P-32 E-15 the removal purge: shut down, cancel, then EvtIoStop with Purge") {
  TRANSCRIPT(R"(
queue Q seq default power=on cb=read,stop
queue M man power=on types=write
start
onstop R1 stopack $ norequeue
onstop R1 block hold; complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> pnp surprise
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3Final
* COMPLETED R2 status=STATUS_CANCELLED info=0
- EvtIoStop queue=Q req=R1 flags=Purge
    > block hold
  (blocked: pnp surprise has not returned)
> qstart Q
> arrive R3 read 16
* COMPLETED R3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> arrive W2 write 1
= dispatch routine returned STATUS_PENDING
> release hold
    = hold released
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
* COMPLETED W1 status=STATUS_CANCELLED info=0
* COMPLETED W2 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
  (unblocked: pnp surprise)
> arrive W3 write 1
* COMPLETED W3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
END outstanding=none
)");
}

TEST_CASE("P-31 a requeue acknowledged at the purge is a cancel") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,canceled
start
onstop R1 stopack $ norequeue
onstop R1 stopack $ requeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> pnp surprise
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3Final
- EvtIoStop queue=Q req=R1 flags=Purge
    > stopack R1 requeue
- EvtIoCanceledOnQueue queue=Q req=R1
    > complete R1 cancelled 0
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("P-34 V-28 the framework's waits have no limit, and say so after a minute") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> pnp stop
- EvtIoStop queue=Q req=R1 flags=Suspend
  (blocked: pnp stop has not returned)
!! finding P-12
END outstanding=R1
)");
}

TEST_CASE("P-35 queries leave the queues alone; a PnP stop is a D0 exit, the start an entry") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
onstop R1 stopack $ norequeue
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> pnp querystop
= STATUS_SUCCESS
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> complete R2 ok
* COMPLETED R2 status=STATUS_SUCCESS info=0
> pnp cancelstop
= STATUS_SUCCESS
> pnp stop
- EvtIoStop queue=Q req=R1 flags=Suspend
    > stopack R1 norequeue
- EvtDeviceD0Exit target=D3Final
= STATUS_SUCCESS
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> start
- EvtDeviceD0Entry previous=D3Final
- EvtIoResume queue=Q req=R1
- EvtIoRead queue=Q req=R3 length=16
= STATUS_SUCCESS
END outstanding=R1,R3
)");
}

TEST_CASE("P-04 an idle device powers down by itself when its time on the virtual clock is over") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
start
> s0idle
= STATUS_SUCCESS
> tick 4999
= fired 0
> tick 1
= fired 0
    - EvtDeviceD0Exit target=D3
END outstanding=none
)");
}

TEST_CASE("P-04 the idle time begins anew when the last request is done") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read
start
> s0idle
= STATUS_SUCCESS
> tick 4000
= fired 0
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> tick 60000
= fired 0
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> tick 4999
= fired 0
> tick 1
= fired 0
    - EvtDeviceD0Exit target=D3
END outstanding=none
)");
}
