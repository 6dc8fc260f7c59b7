// Sections 2 and 3: states of a request, and its way into a queue.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("R-01 R-02 R-04 forward and send give the request away, a failure gives it back") {
  TRANSCRIPT(R"(
option verifier=on
option lower=stays
queue Q par default power=off cb=read
queue M man power=off
queue N man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> forward R1 M
= STATUS_SUCCESS
> iscanceled R1
!! break V-05
= FALSE
> retrieve M
= STATUS_SUCCESS -> R1
> qpurge N nocb
> forward R1 N
= STATUS_WDF_BUSY
> iscanceled R1
= FALSE
> send R1 plain
!! break V-34
= FALSE
> send R1
= TRUE
> state M
= state AcceptRequests|DispatchRequests|NoRequests queued=0 driver=1
> iscanceled R1
= FALSE
> lower R1 ok
- CompletionRoutine req=R1 status=STATUS_SUCCESS irql=2
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= finished
END outstanding=none
)");
}

TEST_CASE("R-03 the calls that need ownership are refused one by one while the request waits") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue M man power=off types=write
start
> arrive W1 write 1
= dispatch routine returned STATUS_PENDING
> find M
= STATUS_SUCCESS -> W1
> complete W1 ok
!! break V-05
> forward W1 Q
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> requeue W1
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> mark W1
!! break V-05
> markex W1
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> unmark W1
!! break V-05
= STATUS_INVALID_DEVICE_REQUEST
> iscanceled W1
!! break V-05
= FALSE
> setinfo W1 3
!! break V-05
> params W1
= type=4
> state M
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
> send W1
!! undefined V-05
)");
}

TEST_CASE("R-03 in EvtRequestCancel: complete and unmark, nothing else") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue M man power=off
start
on R1 mark $
oncancel R1 iscanceled $; markex $; forward $ M; unmark $; complete $ cancelled
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> cancel R1
- EvtRequestCancel req=R1
    > iscanceled R1
    !! break C-40
    = FALSE
    > markex R1
    !! break V-12
    = STATUS_INVALID_DEVICE_REQUEST
    > forward R1 M
    !! break V-15
    = STATUS_INVALID_DEVICE_REQUEST
    > unmark R1
    = STATUS_CANCELLED
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("R-05 O-05 cleanup callbacks show who was presented: not what the framework completed") {
  TRANSCRIPT(R"(
option context=on
option caller=on
queue Q par default power=off cb=read
queue M man power=off types=ioctl
start
oncaller R1 complete $ ok
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > complete R1 ok
    - EvtCleanupCallback req=R1
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
  TRANSCRIPT(R"(
option context=on
queue Q par default power=off cb=read
queue M man power=off types=ioctl
start
> arrive R1 read 0
* COMPLETED R1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
> arrive W1 write 8
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
> arrive C1 ioctl 1
= dispatch routine returned STATUS_PENDING
> arrive C2 ioctl 1
= dispatch routine returned STATUS_PENDING
> cancel C1
* COMPLETED C1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
> retrieve M
= STATUS_SUCCESS -> C2
> complete C2 ok
- EvtCleanupCallback req=C2
* COMPLETED C2 status=STATUS_SUCCESS info=0
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> complete R2 ok
- EvtCleanupCallback req=R2
* COMPLETED R2 status=STATUS_SUCCESS info=0
END outstanding=none
)");
}

TEST_CASE("R-06 the verifier keeps a request alive until its handler has returned") {
  TRANSCRIPT(R"(
option context=on
option verifier=on
queue Q par default power=off cb=read
start
on R1 deref $; complete $ ok; ioqueue $
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > deref R1
    > complete R1 ok
    - EvtCleanupCallback req=R1
    * COMPLETED R1 status=STATUS_SUCCESS info=0
    > ioqueue R1
    = no queue
- EvtDestroyCallback req=R1
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("R-07 V-31 after completion: no queue, no IRP, and nothing else may be asked") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue M man power=off
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> ioqueue R1
= no queue
> irp R1
!! break V-31
= no IRP
> iscanceled R1
!! break R-07
= FALSE
> setinfo R1 3
!! break R-07
> forward R1 M
!! break R-07
= STATUS_INVALID_DEVICE_REQUEST
> deref R1
> ioqueue R1
!! BUGCHECK 0x10d (0x5, 0x4000001, 0x1008)
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
> ioqueue R1
= no queue
> irp R1
!! finding V-31
= no IRP
> iscanceled R1
!! undefined R-07
)");
}

TEST_CASE("R-08 what sets the framework's mark, and what only the flag") {
  TRANSCRIPT(R"(
queue Q par default power=on cb=read,stop,resume
start
on R1 mark $
oncancel R1 iscanceled $
onstop R2 complete $ ok
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > mark R1
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
> qstoppurge Q nocb
- EvtRequestCancel req=R1
    > iscanceled R1
    = TRUE
> cancel R2
= IoCancelIrp returned FALSE
> power down
- EvtIoStop queue=Q req=R2 flags=Suspend
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
  (blocked: power down has not returned)
> complete R1 cancelled
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtDeviceD0Exit target=D3
= STATUS_SUCCESS
  (unblocked: power down)
END outstanding=none
)");
}

TEST_CASE("A-01 A-02 L-05 E-16 creates never come to the default queue; types are IRP majors") {
  TRANSCRIPT(R"(
queue Q man default power=off
start
> open F
= STATUS_SUCCESS
> arrive R1 read 16
= dispatch routine returned STATUS_PENDING
> arrive W1 write 16
= dispatch routine returned STATUS_PENDING
> arrive C1 ioctl 16
= dispatch routine returned STATUS_PENDING
> arrive I1 iioctl 16
= dispatch routine returned STATUS_PENDING
> retrieve Q
= STATUS_SUCCESS -> R1
> params R1
= type=3
> retrieve Q
= STATUS_SUCCESS -> W1
> params W1
= type=4
> retrieve Q
= STATUS_SUCCESS -> C1
> params C1
= type=14
> retrieve Q
= STATUS_SUCCESS -> I1
> params I1
= type=15
> retrieve Q
= STATUS_NO_MORE_ENTRIES
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> close F
- EvtFileClose
= STATUS_SUCCESS
END outstanding=C1,I1,R1,W1
)");
}

TEST_CASE("A-03 L-10 the file does not choose the queue; the driver may, with one each") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
queue F1 man power=off
queue G1 man power=off
start
open F
open G
on R1 forward $ F1
on R2 forward $ G1
> arrive R1 read 16 file=F
- EvtIoRead queue=Q req=R1 length=16
    > forward R1 F1
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 file=G
- EvtIoRead queue=Q req=R2 length=16
    > forward R2 G1
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> qpurge F1
* COMPLETED R1 status=STATUS_CANCELLED info=0
- EvtQueueState(Purge) queue=F1
> delete F1
> cleanup F
- EvtFileCleanup
= STATUS_SUCCESS
> state G1
= state AcceptRequests|DispatchRequests|DriverNoRequests queued=1 driver=0
END outstanding=R2
)");
}

TEST_CASE("A-04 A-06 the default queue takes every type that no other queue was given") {
  TRANSCRIPT(R"(
queue P par power=off cb=write types=write
queue Q par default power=off cb=read,write,ioctl
start
> arrive W1 write 1
- EvtIoWrite queue=P req=W1 length=1
= dispatch routine returned STATUS_PENDING
> arrive R1 read 1
- EvtIoRead queue=Q req=R1 length=1
= dispatch routine returned STATUS_PENDING
> arrive C1 ioctl 1
- EvtIoDeviceControl queue=Q req=C1 in=1 out=0
= dispatch routine returned STATUS_PENDING
END outstanding=C1,R1,W1
)");
}

TEST_CASE("A-05 V-45 routing a type: the refusals in their order") {
  TRANSCRIPT(R"(
option verifier=on
queue Q par default power=off cb=read
queue P par power=off cb=read
queue M man power=off
> dispatch P write
!! break V-45
= STATUS_INVALID_DEVICE_REQUEST
> dispatch Q read
!! break V-45
= STATUS_INVALID_DEVICE_REQUEST
> dispatch P read
= STATUS_SUCCESS
> dispatch M read
!! break V-45
= STATUS_WDF_BUSY
> dispatch P create
!! break V-45
= STATUS_INVALID_DEVICE_REQUEST
> dispatch M create
= STATUS_SUCCESS
> delete M
start
> dispatch P read
= STATUS_INVALID_DEVICE_STATE
> arrive R1 read 16
- EvtIoRead queue=P req=R1 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
> dispatch Q read
!! finding V-45
= STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
}

TEST_CASE("A-07 no queue for the type: refused, or passed down by a filter") {
  TRANSCRIPT(R"(
queue P par power=off cb=read types=read
start
> arrive W1 write 16
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_INVALID_DEVICE_REQUEST
END outstanding=none
)");
  TRANSCRIPT(R"(
option filter=on
option lower=stays
queue P par power=off cb=read types=read
start
> arrive W1 write 16
= dispatch routine returned STATUS_PENDING
> cancel W1
* COMPLETED W1 status=STATUS_CANCELLED info=0
= IoCancelIrp returned TRUE
END outstanding=none
)");
}

TEST_CASE("A-08 a filter's default queue lets by what it has no handler for, another device not") {
  TRANSCRIPT(R"(
option filter=on
queue Q par default power=off cb=read
start
> arrive W1 write 16
* COMPLETED W1 status=STATUS_SUCCESS info=16
= dispatch routine returned STATUS_PENDING
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive W1 write 16
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("A-09 without memory for the request the sender gets STATUS_INSUFFICIENT_RESOURCES") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> memory none
> arrive R1 read 16
* COMPLETED R1 status=STATUS_INSUFFICIENT_RESOURCES info=0
= dispatch routine returned STATUS_INSUFFICIENT_RESOURCES
> memory plenty
> arrive R2 read 16
- EvtIoRead queue=Q req=R2 length=16
= dispatch routine returned STATUS_PENDING
END outstanding=R2
)");
}

TEST_CASE("A-10 A-11 the sender gets STATUS_PENDING whatever became of it already") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
on R1 complete $ ioerr
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
    > complete R1 ioerr
    * COMPLETED R1 status=STATUS_IO_DEVICE_ERROR info=0
= dispatch routine returned STATUS_PENDING
> arrive R2 read 0
* COMPLETED R2 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
> arrive W1 write 8
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
> qdrain Q nocb
> arrive R3 read 16
* COMPLETED R3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
END outstanding=none
)");
}

TEST_CASE("A-12 E-01 a queue that does not accept answers STATUS_INVALID_DEVICE_STATE") {
  TRANSCRIPT(R"(
option context=on
queue Q par default power=off cb=read,canceled
start
> qpurge Q
- EvtQueueState(Purge) queue=Q
> arrive R1 read 16
* COMPLETED R1 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> arrive R2 read 0
* COMPLETED R2 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
> arrive R3 read 16 precancel
* COMPLETED R3 status=STATUS_INVALID_DEVICE_STATE info=0
= dispatch routine returned STATUS_INVALID_DEVICE_STATE
END outstanding=none
)");
}

TEST_CASE("A-13 E-29 a cancelled request that has to wait is completed, not linked, not told") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read,canceled
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16 precancel
* COMPLETED R2 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests queued=1 driver=1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R3 length=16
END outstanding=R3
)");
}

TEST_CASE("A-14 N-03 a cancelled request that can be delivered at once is") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
queue M man power=off types=write
start
on R1 iscanceled $; complete $ cancelled
> arrive R1 read 16 precancel
- EvtIoRead queue=Q req=R1 length=16
    > iscanceled R1
    = TRUE
    > complete R1 cancelled
    * COMPLETED R1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
> arrive R2 read 0 precancel
* COMPLETED R2 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
> arrive W1 write 1 precancel
* COMPLETED W1 status=STATUS_CANCELLED info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("A-15 A-16 EvtIoInCallerContext comes first, on the sender's thread, without a lock") {
  TRANSCRIPT(R"(
option caller=on
option devsync=device
queue Q par power=off cb=read types=read
start
> open F
= STATUS_SUCCESS
oncaller C1 complete $ ok
> arrive R1 read 16 irql=2
- EvtIoInCallerContext req=R1 irql=2
    > enqueue R1
    - EvtIoRead queue=Q req=R1 length=16 irql=2
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> arrive C1 ioctl 16
- EvtIoInCallerContext req=C1
    > complete C1 ok
    * COMPLETED C1 status=STATUS_SUCCESS info=0
= dispatch routine returned STATUS_PENDING
END outstanding=R1
)");
}

TEST_CASE("A-17 enqueueing links at the tail and runs the loop before it returns") {
  TRANSCRIPT(R"(
option caller=on
queue Q seq default power=off cb=read,canceled
start
oncaller R1 enqueue $; state Q
on R1 complete $ ok
oncaller R2 cancel $; enqueue $
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > enqueue R1
    - EvtIoRead queue=Q req=R1 length=16
        > complete R1 ok
        * COMPLETED R1 status=STATUS_SUCCESS info=0
    = STATUS_SUCCESS
    > state Q
    = state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
= dispatch routine returned STATUS_PENDING
> arrive R2 read 16
- EvtIoInCallerContext req=R2
    > cancel R2
    = IoCancelIrp returned FALSE
    > enqueue R2
    - EvtIoCanceledOnQueue queue=Q req=R2
        > complete R2 cancelled 0
        * COMPLETED R2 status=STATUS_CANCELLED info=0
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("A-18 a failed enqueue leaves the request with the driver") {
  TRANSCRIPT(R"(
option caller=on
option verifier=on
queue Q par power=off cb=read types=read
start
oncaller R1 qdrain Q nocb; enqueue $; iscanceled $; complete $ ioerr
oncaller W1 enqueue $; complete $ ioerr
> arrive R1 read 16
- EvtIoInCallerContext req=R1
    > qdrain Q nocb
    > enqueue R1
    = STATUS_WDF_BUSY
    > iscanceled R1
    = FALSE
    > complete R1 ioerr
    * COMPLETED R1 status=STATUS_IO_DEVICE_ERROR info=0
= dispatch routine returned STATUS_PENDING
> arrive W1 write 16
- EvtIoInCallerContext req=W1
    > enqueue W1
    !! break A-18
    = STATUS_INVALID_DEVICE_REQUEST
    > complete W1 ioerr
    * COMPLETED W1 status=STATUS_IO_DEVICE_ERROR info=0
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("A-19 in a filter what no queue can take is sent down and forgotten") {
  TRANSCRIPT(R"(
option caller=on
option filter=on
option lower=stays
queue Q par default power=off cb=read
start
> arrive W1 write 16
- EvtIoInCallerContext req=W1
    > enqueue W1
    = STATUS_SUCCESS
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests|NoRequests|DriverNoRequests queued=0 driver=0
> lower W1 ok
* COMPLETED W1 status=STATUS_SUCCESS info=0
= finished
END outstanding=none
)");
}

TEST_CASE("A-20 A-21 a zero-length read is completed when its turn comes, and counts until then") {
  TRANSCRIPT(R"(
queue Q seq default power=off cb=read
start
> arrive R1 read 16
- EvtIoRead queue=Q req=R1 length=16
= dispatch routine returned STATUS_PENDING
> arrive R2 read 0
= dispatch routine returned STATUS_PENDING
> arrive R3 read 16
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests|DispatchRequests queued=2 driver=1
> complete R1 ok
* COMPLETED R1 status=STATUS_SUCCESS info=0
* COMPLETED R2 status=STATUS_SUCCESS info=0
- EvtIoRead queue=Q req=R3 length=16
> qstop Q nocb
> arrive R4 read 0
= dispatch routine returned STATUS_PENDING
> state Q
= state AcceptRequests queued=1 driver=1
END outstanding=R3,R4
)");
  TRANSCRIPT(R"(
queue Q seq default power=off cb=default zero
queue P seq power=off cb=default
start
> arrive R1 read 0
- EvtIoDefault queue=Q req=R1
= dispatch routine returned STATUS_PENDING
> forward R1 P
* COMPLETED R1 status=STATUS_SUCCESS info=0
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("A-22 no handler beats zero length, and empty controls are always delivered") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read,ioctl
start
> arrive W1 write 0
* COMPLETED W1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
> arrive C1 ioctl 0
- EvtIoDeviceControl queue=Q req=C1 in=0 out=0
= dispatch routine returned STATUS_PENDING
> arrive I1 iioctl 0
* COMPLETED I1 status=STATUS_INVALID_DEVICE_REQUEST info=0
= dispatch routine returned STATUS_PENDING
END outstanding=C1
)");
}
