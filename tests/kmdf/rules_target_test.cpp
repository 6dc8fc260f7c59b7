// Targets while several threads use them, and what a cancel or a timeout leaves behind (T-10a to
// T-21, S-06), played as transcripts.
#include <doctest/doctest.h>

#include "tests/kmdf/transcript.h"

TEST_CASE("T-10a the state of the target is looked at before the canceled mark") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
= dispatch routine returned STATUS_PENDING
> cancelsent R1
= FALSE
> tgtpurge LOCAL nowait
= returned
> send R1
= FALSE
> getstatus R1
= STATUS_INVALID_DEVICE_STATE
> tgtstart LOCAL
= STATUS_SUCCESS
> send R1
= FALSE
> getstatus R1
= STATUS_CANCELLED
END outstanding=R1
)");
}

TEST_CASE("T-12 R-08 T-18 what has timed out counts as canceled: it is not sent again") {
  TRANSCRIPT(R"(
option lower=stays
queue Q par default power=off cb=read
start
on R1 send $ timeout=15
onback R1 iscanceled $;send $;getstatus $
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1 timeout=15
    = TRUE
= dispatch routine returned STATUS_PENDING
> tick 20
- CompletionRoutine req=R1 status=STATUS_IO_TIMEOUT irql=2
    > iscanceled R1
    = TRUE
    > send R1
    = FALSE
    > getstatus R1
    = STATUS_CANCELLED
= fired 1
END outstanding=R1
)");
}

TEST_CASE("T-19 a stop that does not wait lets one go that waits, whatever is still sent") {
  TRANSCRIPT(R"(
option lower=stays
queue Q par default power=off cb=read
start
on R1 send $
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> tgtstop LOCAL wait
  (blocked: tgtstop LOCAL wait has not returned)
> tgtstop LOCAL leave
= returned
= returned
  (unblocked: tgtstop LOCAL wait)
END outstanding=R1
)");
}

TEST_CASE("T-19 the first of those who wait takes the event, even before another one waits") {
  TRANSCRIPT(R"(
option lower=stays
queue Q par default power=off cb=read
start
on R1 send $
onback R1 complete $ ok 4
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> tgtstop LOCAL wait
  (blocked: tgtstop LOCAL wait has not returned)
> tgtpurge LOCAL wait
- CompletionRoutine req=R1 status=STATUS_CANCELLED
    > complete R1 ok 4
    * COMPLETED R1 status=STATUS_SUCCESS info=4
= returned
  (blocked: tgtpurge LOCAL wait has not returned)
  (unblocked: tgtstop LOCAL wait)
END outstanding=none
)");
}

TEST_CASE("T-19 who waits is let go when the last completion routine has returned") {
  TRANSCRIPT(R"(
option lower=stays
queue Q par default power=off cb=read
start
on R1 send $
onback R1 block t1;complete $ ok 4
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> tgtstop LOCAL wait
  (blocked: tgtstop LOCAL wait has not returned)
> lower R1 ok 4 irql=0
- CompletionRoutine req=R1 status=STATUS_SUCCESS
    > block t1
  (blocked: lower R1 ok 4 irql=0 has not returned)
> release t1
    = t1 released
    > complete R1 ok 4
    * COMPLETED R1 status=STATUS_SUCCESS info=4
= finished
= returned
  (unblocked: tgtstop LOCAL wait)
  (unblocked: lower R1 ok 4 irql=0)
END outstanding=none
)");
}

TEST_CASE("T-20 closing cancels and waits for what was sent past the target's state, too") {
  TRANSCRIPT(R"(
option lower=stays seelower=on
queue Q par default power=off cb=read
start
> target T
= STATUS_SUCCESS
> topen T
= STATUS_SUCCESS
on R1 send $ target=T
on R2 send $ target=T ignore
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1 target=T
    - lower read R1 length=4
    = TRUE
= dispatch routine returned STATUS_PENDING
> arrive R2 read 4
- EvtIoRead queue=Q req=R2 length=4
    > send R2 target=T ignore
    - lower read R2 length=4
    = TRUE
= dispatch routine returned STATUS_PENDING
> tclose T
- lower cancel R2
- CompletionRoutine req=R2 status=STATUS_CANCELLED
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=0
- lower cancel R1
- CompletionRoutine req=R1 status=STATUS_CANCELLED
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
= returned
> tcloseqr T
= returned
> tgtstate T
= Closed
END outstanding=none
)");
}

TEST_CASE("T-20 O-12a a target's cleanup callback comes before what is sent is canceled") {
  TRANSCRIPT(R"(
option lower=stays seelower=on
queue Q par default power=off cb=read
start
> target T
= STATUS_SUCCESS
> topen T
= STATUS_SUCCESS
on R1 send $ target=T
oncleanup T tgtstate T
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1 target=T
    - lower read R1 length=4
    = TRUE
= dispatch routine returned STATUS_PENDING
> delete T
- EvtCleanupCallback obj=T
    > tgtstate T
    = Started
- lower cancel R1
- CompletionRoutine req=R1 status=STATUS_CANCELLED
    > complete R1 ok
    * COMPLETED R1 status=STATUS_SUCCESS info=0
- EvtDestroyCallback obj=T
END outstanding=none
)");
}

TEST_CASE("T-21 what is sent again has no timeout, and meets the state of that moment") {
  TRANSCRIPT(R"(
option seelower=on
queue Q par default power=off cb=read
start
> tgtstop LOCAL leave
= returned
on R1 send $
on R2 send $ timeout=15
onback R1 tgtstop LOCAL leave;complete $ ok 4
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1
    = TRUE
= dispatch routine returned STATUS_PENDING
> arrive R2 read 4
- EvtIoRead queue=Q req=R2 length=4
    > send R2 timeout=15
    = TRUE
= dispatch routine returned STATUS_PENDING
> tgtstart LOCAL
- lower read R1 length=4
- CompletionRoutine req=R1 status=STATUS_SUCCESS
    > tgtstop LOCAL leave
    = returned
    > complete R1 ok 4
    * COMPLETED R1 status=STATUS_SUCCESS info=4
= STATUS_SUCCESS
> tgtstate LOCAL
= Stopped
> tick 20
= fired 0
> tgtstart LOCAL
- lower read R2 length=4
- CompletionRoutine req=R2 status=STATUS_SUCCESS
    > complete R2 ok
    * COMPLETED R2 status=STATUS_SUCCESS info=4
= STATUS_SUCCESS
END outstanding=none
)");
}

TEST_CASE("S-06 a reserved request that is sent and forgotten serves again, without callbacks") {
  TRANSCRIPT(R"(
option ref=off
option context=on
queue Q par default power=off cb=read
policy Q 1 always
start
> memory none
on R1 send $ forget
on R2 send $ forget
> arrive R1 read 4
- EvtIoRead queue=Q req=R1 length=4
    > send R1 forget
    * COMPLETED R1 status=STATUS_SUCCESS info=4
    = TRUE
= dispatch routine returned STATUS_PENDING
> arrive R2 read 4
- EvtIoRead queue=Q req=R2 length=4
    > send R2 forget
    * COMPLETED R2 status=STATUS_SUCCESS info=4
    = TRUE
= dispatch routine returned STATUS_PENDING
END outstanding=none
)");
}

TEST_CASE("S-03 O-12a the reserved requests of a queue go with it") {
  TRANSCRIPT(R"(
option ref=off
option context=on
queue Q par default power=off cb=read
queue M man power=off events
start
> policy M 2 always events
- EvtIoAllocateResourcesForReservedRequest
- EvtIoAllocateResourcesForReservedRequest
= STATUS_SUCCESS
> delete M
- EvtCleanupCallback req=?
- EvtDestroyCallback req=?
- EvtCleanupCallback req=?
- EvtDestroyCallback req=?
- EvtCleanupCallback obj=M
- EvtDestroyCallback obj=M
END outstanding=none
)");
}

TEST_CASE("T-01 T-23 nothing is made or formatted for a target that is not open") {
  TRANSCRIPT(R"(
queue Q par default power=off cb=read
start
> target T
= STATUS_SUCCESS
> newreq X target=T
= STATUS_INVALID_DEVICE_STATE
> sendread T 4
= STATUS_INVALID_DEVICE_STATE read=0
> topen T
= STATUS_SUCCESS
> newreq X target=T
= STATUS_SUCCESS
> tclose T
= returned
> tgtstart T
= STATUS_SUCCESS
> format X read 4 target=T
= STATUS_INVALID_DEVICE_STATE
END outstanding=none
)");
}
