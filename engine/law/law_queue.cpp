// Reading, starting, stopping, announcing and deleting queues (sections 1, 5 and 6 of the rules).
#include "include/qs/abi_status.h"
#include "law/law.h"

namespace qs::law {

using trace::Act;

namespace {

using K = ReportKind;

bool manual(const QueueFacts& q) { return q.dispatch == trace::Dispatch::Manual; }

// The callback of a drain or purge needs the presentation lock, that of a stop does not.
bool waits_for_itself(const Facts& f, Act act) {
  const bool needs_lock =
      act == Act::QueueDrainSynchronously || act == Act::QueuePurgeSynchronously;
  return f.caller.in_queue_callback || (needs_lock && f.caller.holds_queue_lock);
}

bool is_synchronous(Act act) {
  return act >= Act::QueueStopSynchronously && act <= Act::QueueStopAndPurgeSynchronously;
}

struct Change {
  const char* rule;
  bool uses_purge_slot;  // else the slot of a stop; a start uses none
};
Change change_of(Act act) {
  switch (act) {
    case Act::QueueStop: return {"Q-06", false};
    case Act::QueueStopSynchronously: return {"Q-07", false};
    case Act::QueueStopAndPurge:
    case Act::QueueStopAndPurgeSynchronously: return {"Q-08", false};
    case Act::QueueDrain:
    case Act::QueueDrainSynchronously: return {"Q-10", true};
    default: return {"Q-11", true};
  }
}

}  // namespace

// G-01.
Ruling on_retrieve(const Facts& f, Act act) {
  const QueueFacts& q = f.queue;
  const bool that_one = act == Act::RetrieveFound;
  Ruling out = Ruling::fine(manual(q) ? that_one ? "G-13" : "G-01" : "G-07");
  if (that_one && f.verifier && !manual(q))
    return out.report(K::Break, "V-23", "only from a manual queue").refuse(kRefused);
  if (q.dispatch == trace::Dispatch::Parallel)
    return out.report(K::Finding, "G-01", "a parallel queue is not read")
        .refuse(QS_STATUS_INVALID_DEVICE_STATE);
  if (q.dispatch == trace::Dispatch::Sequential && f.verifier && q.owned == 0)
    out.report(K::Break, "V-22", "it races with the queue's own dispatching");
  const char* why = nullptr;
  int32_t status = QS_STATUS_WDF_PAUSED;
  if (!q.powered)
    why = "the queue's power is off";
  else if (!q.dispatches)
    why = "the queue is stopped";
  if (!why && that_one && (!f.request.waiting || f.request.claimed)) {
    status = QS_STATUS_NOT_FOUND;
    why = f.request.claimed ? "its cancel has won" : "it does not wait here";
  }
  if (!why && act == Act::RetrieveNext && q.waiting == 0) {
    status = QS_STATUS_NO_MORE_ENTRIES;
    why = "nothing waits";
  }
  if (!why) return out;
  out.status_known = true;
  out.status = status;
  if (!out.reported()) out.why = why;
  return out;
}

// G-08 to G-10, G-12.
Ruling on_find(const Facts& f) {
  const QueueFacts& q = f.queue;
  Ruling out = Ruling::fine("G-09");
  if (!manual(q)) return out.report(K::Break, "V-23", "only in a manual queue").refuse(kRefused);
  if (q.waiting == 0) return Ruling::returns(QS_STATUS_NO_MORE_ENTRIES, "G-09", "nothing waits");
  return out;
}

// V-20.
Ruling on_queue_change(const Facts& f, const Call& call) {
  const QueueFacts& q = f.queue;
  const Act act = call.act;
  if (act == Act::QueueStart)
    return q.shut_down ? Ruling::fine("Q-02", "shut down for removal: arrivals stay refused")
                       : Ruling::fine("Q-05");
  const Change change = change_of(act);
  Ruling out = Ruling::fine(change.rule);
  if (is_synchronous(act) && f.caller.irql > kPassive) {
    if (!f.verifier) out.report(K::Undefined, "V-20", "its caller may not wait");
    return out.report(K::Break, "V-20", "its caller is above PASSIVE_LEVEL and may not wait")
        .refuse(0);
  }
  if (q.deleted) return out.report(K::BugCheck, "V-19", "the queue is deleted", 0xA);
  if (call.callback && change.uses_purge_slot && q.purge_due)
    return out.report(K::BugCheck, "V-19", "a drain or purge still waits for its callback", 0xA);
  if (call.callback && !change.uses_purge_slot && q.stop_due)
    return out.report(K::BugCheck, "V-19", "a stop still waits for its callback", 0xA);
  if (is_synchronous(act) && waits_for_itself(f, act))
    return Ruling::waits_for_itself(
        "Q-14", "called from a callback of this queue, it waits for its own caller");
  if (change.uses_purge_slot && act != Act::QueuePurge && act != Act::QueuePurgeSynchronously) {
    if (!q.dispatches && q.waiting > 0)
      out.why = "the queue is stopped: the drain cannot finish until it is started";
    else if (manual(q) && q.waiting > 0)
      out.why = "it finishes when the driver has read everything";
  }
  return out;
}

//
Ruling on_ready_notify(const Facts& f, bool on) {
  const QueueFacts& q = f.queue;
  Ruling out = Ruling::fine("Q-15");
  if (!manual(q))
    return out.report(K::Break, "V-21", "only a manual queue announces requests").refuse(kRefused);
  if (q.deleted) return Ruling::returns(QS_STATUS_DELETE_PENDING, "Q-15", "the queue is deleted");
  if (on && q.ready_due)
    return out.report(K::Break, "V-21", "a callback is registered already").refuse(kRefused);
  if (!on && !q.ready_due)
    return out.report(K::Break, "V-21", "no callback is registered").refuse(kRefused);
  if (!on && q.dispatches)
    return out.report(K::Break, "V-21", "stop the queue first").refuse(kRefused);
  return out;
}

// O-09, O-10.
Ruling on_delete_queue(const Facts& f) {
  Ruling out = Ruling::fine("O-10");
  if (f.queue.undeletable)
    return out
        .report(K::Break, "V-29",
                "the default queue, and one that requests are routed to, stay with the device")
        .refuse(0);
  if (f.queue.disposing)
    return Ruling::fine("O-10", "it is being deleted already: nothing more happens");
  if (f.caller.irql > kPassive)
    return Ruling::fine("O-10", "above PASSIVE_LEVEL a work item waits in its caller's place");
  if (f.caller.in_queue_callback)
    return Ruling::waits_for_itself(
        "O-10", "called from a callback of this queue, it waits for its own caller");
  return out;
}

}  // namespace qs::law
