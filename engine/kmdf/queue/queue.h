// The I/O queue: waiting list, owned list, dispatch loop, state and power. Owns: Queue. One lock
// per queue protects all of it and is never held across a callback or an IRP completion (D-01).
// queue/dispatch.cpp has the loop, queue/state.cpp start/stop/drain/purge, queue/cancel.cpp
// cancellation, queue/retrieve.cpp retrieval, queue/forward.cpp requeue and forward,
// queue/power.cpp the power steps.
#pragma once
#include "kmdf/request/request.h"
#include "trace/events/loop_step.h"

namespace qs::kmdf {

using StateCallback = void (*)(WDFQUEUE, void*);
struct ForwardProgress;

// A completion callback slot: the driver's callback, or an internal one for the synchronous
// forms.
struct StateSlot {
  StateCallback fn = nullptr;
  void* context = nullptr;
  bool used = false, internal = false;
  trace::CallbackKind kind{};
  void clear() { *this = StateSlot(); }
};

struct alignas(64) Queue final : Object {  // on a cache line of its own
  Device* device = nullptr;
  rt::Lock lock;
  qs_WDF_IO_QUEUE_CONFIG config{};
  trace::Dispatch dispatch_type{};
  uint32_t limit = 0;
  bool power_managed = false, is_default = false, routed = false, internal = false;
  trace::SyncScope scope = trace::SyncScope::None;
  bool passive = false;
  CallbackLock* own_lock = nullptr;  // WdfObjectAcquireLock(queue) takes it even with scope None
  CallbackLock* callback_lock = nullptr;  // the lock that callbacks take; null with scope None

  uint32_t flags = 0;  // QueueFlagBits
  List<Request> waiting, owned, cancelable, cancelled, canceled_on_queue, to_notify, notified;
  uint32_t owned_count = 0;
  uint32_t dispatched_count = 0;  // of those: delivered by the loop (I-05)
  uint32_t leaving = 0;           // in F-12 steps 1 to 5: still counted, on no list
  uint32_t ready_in_vain = 0;  // EvtIoQueueReady calls in a row after which nothing is new (D-14)
  uint32_t depth = 0;
  StateSlot idle, purge, ready;
  trace::QueuePower power = trace::QueuePower::On;
  bool power_ref = false, stop_is_purge = false;
  bool power_idle = false;    // the waiting PnP thread may go on
  bool delivery_due = false;  // it is On again, and the second pass of P-26 has not reached it yet
  rt::Gate power_gate, delete_gate, sync_gate;
  bool dpc_posted = false, work_posted = false, repost = false;
  bool emptied = false;  // by a retrieval, and the loop has not run since (G-06)
  ForwardProgress* progress = nullptr;

  explicit Queue(ObjectId i) : Object(i) {}
  void closing() override { dispose(); }
  bool disposal_waits() const override { return true; }

  // --- facts ---
  bool accepts() const { return flags & trace::kAccept; }
  bool dispatches() const { return flags & trace::kDispatch; }
  bool purge_latch() const { return flags & trace::kPurgeLatch; }
  bool notifying_driver() const;
  uint32_t most_dispatched() const {  // D-15 to D-17
    return dispatch_type == trace::Dispatch::Sequential ? 1
           : dispatch_type == trace::Dispatch::Parallel ? limit
                                                        : 0;
  }
  uint32_t state_bits() const;  // WDF_IO_QUEUE_STATE
  uint64_t callback_bits() const;
  bool can_handle(trace::RequestType type) const;  // specific handler or EvtIoDefault

  // --- what always holds (validate.cpp) ---
  void validate_counts() const;
  size_t validate() const;
  void validate_at_rest() const;

  // --- entries (each returns with the lock dropped) ---
  // Arrival (A-11..A-14); returns the status of the dispatch routine.
  int32_t arrive(Request* r);
  int32_t forward(Request* r, Queue* dest);  // F-12
  // Forward, enqueue (F-12 steps 2 to 4): STATUS_WDF_BUSY when not accepting.
  int32_t insert_from_forward(Request* r);
  void requeue(Request* r);  // checked already
  // Full / guarded entry; the lock is held at the call.
  void enter_full_locked(Request* fresh = nullptr);
  void enter_guarded_locked();
  void enter_full() {
    lock.lock(id);
    enter_full_locked();
  }
  void enter_guarded() {
    lock.lock(id);
    enter_guarded_locked();
  }

  // --- state (5.x) ---
  void start();
  // Stop, StopAndPurge; a busy slot is fatal.
  void stop(StateSlot slot, bool cancel_requests);
  void drain(StateSlot slot);
  void purge_all(StateSlot slot, bool shutdown);
  int32_t ready_notify(StateCallback fn, void* context);

  // --- retrieval (6) ---
  int32_t retrieve(Request* tag, FileObject* file, Request** out);
  int32_t find(Request* tag, FileObject* file, Request** out);

  // --- cancellation (8) ---
  void cancel_waiting(Request* r);     // c2 of C-05; the slot is taken
  void cancel_cancelable(Request* r);  // c2 of C-10
  // Takes the lock for a call about a request that the driver owns. False: another thread has
  // completed it meanwhile; that is reported, and the lock is released.
  bool lock_for(Request* r);
  int32_t mark_cancelable(Request* r, void (*cb)(WDFREQUEST), bool ex);
  int32_t unmark_cancelable(Request* r);
  void flush_by_file(FileObject* file);  // L-06

  // --- power (10) ---
  void hold_for_power();        // P-06 step 1
  void stop_for_power();        // P-06 step 2
  void purge_for_removal();     // P-31
  void resume_for_power();      // P-26 first pass
  void deliver_after_resume();  // P-26 second pass

  // --- teardown (O-10) ---
  void dispose();

  // --- leaving the driver (used by completion, forward, send-and-forget) ---
  void uncharge(Request* r, trace::UnchargeReason why);  // takes the lock, guarded entry at the end

  // --- parts used by the entries above; the lock is held ---
  bool insert_locked(Request* r, bool head);  // false: the IRP was canceled, not linked
  bool insert_new_locked(Request*& fresh);    // A-13; may drop the lock
  Request* take_next_locked();
  bool remove_waiting_locked(Request* r, trace::RemoveReason why);  // false: a canceler has it
  void charge_locked(Request* r, trace::ChargeReason why);
  void uncharge_locked(Request* r, trace::UnchargeReason why);
  void unlink_owned_locked(Request* r);
  void cancel_for_queue_locked(Request* r);  // drops the lock (C-05 / C-07)
  void cancel_driver_listed(Request* r);     // second half of C-10
  void note_not_empty_locked();              // ready latch and D0 reference (Q-16, P-04)
  void set_flags(uint32_t set, uint32_t clear);
  void set_power(trace::QueuePower p);

 private:
  bool can_dispatch_here_locked();
  void release_power_ref_locked();
  void end_disposal_locked();
  Request* take_to_deliver_locked(Request*& fresh);
  void set_depth(int change);
  void defer_locked(bool work_item, trace::DeferReason why);
  void deferred_entry(bool work_item);
  void process_cancelled_locked();
  void process_canceled_on_queue_locked();
  void process_state_callback_locked(StateSlot& slot);
  void process_ready_locked();
  bool power_step_locked();
  void stop_notify_one_locked();
  void resume_notify_one_locked();
  bool process_acks_locked();
  void dispatch_to_driver(Request* r);  // the lock is dropped
  // Q-08 steps 4 to 6, with the pended IRPs of Q-08 step 3; Q-11 steps 3 to 5; S-08; may drop the
  // lock
  void cancel_all_locked(bool marked_only);
  void cancel_pended_locked(const std::vector<Irp*>& pended);
  void purge_waiting_locked(bool marked_only);
  void purge_cancelable_locked();
  void leave_locked(trace::LoopStep step);
  void set_slots_event();
};

// Made by WdfIoQueueCreate after its checks, and by the device for its internal create queue
// (L-03).
Queue* make_queue(Device* d, const qs_WDF_IO_QUEUE_CONFIG& c, trace::SyncScope scope, bool passive,
                  bool internal);
CallbackLock* make_callback_lock(Object* of, bool passive);

// Why one call into the driver is made with or without the presentation lock.
struct LockedCallback {
  explicit LockedCallback(CallbackLock* l) : lock(l) {
    if (lock) lock->acquire();
  }
  ~LockedCallback() {
    if (lock) lock->release();
  }
  CallbackLock* lock;
};

}  // namespace qs::kmdf
