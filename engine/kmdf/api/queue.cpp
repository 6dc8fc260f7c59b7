// WdfIoQueue* (1.3): site and decision, checks, then the class.
#include "kmdf/core/facts.h"
#include "kmdf/core/framework.h"
#include "kmdf/queue/forward_progress.h"

using namespace qs;
using namespace qs::kmdf;
using trace::ApiFn;
using trace::CallbackKind;

namespace {

Queue* queue_of(WDFQUEUE q, Called what) { return checked<Queue>(q, ObjectKind::Queue, what); }

// The internal callback of the synchronous forms: opens the gate the caller waits at.
struct SyncWait {
  Queue* queue;
  bool done = false;
};

void sync_done(WDFQUEUE, void* context) {
  auto* wait = static_cast<SyncWait*>(context);
  wait->queue->lock.lock(wait->queue->id);
  wait->done = true;
  wait->queue->lock.unlock();
  wait->queue->sync_gate.signal(wait->queue->id);
}

template <class Start>
void synchronously(Queue* q, trace::Act act, CallbackKind kind, Start start) {
  law::Facts facts = call_facts(q);
  facts.queue.stop_due = facts.queue.purge_due = false;  // looked at under the lock
  facts.queue.deleted = false;
  if (!carry_out(law::on_queue_change(facts, {act}), q->id)) return;
  SyncWait wait{q};
  start(StateSlot{&sync_done, &wait, true, true, kind});
  q->sync_gate.wait(q->lock, trace::WaitReason::SyncQueueCall, q->id, [&] { return wait.done; });
}

StateSlot slot_of(StateCallback fn, void* context, CallbackKind kind) {
  return fn ? StateSlot{fn, context, true, false, kind} : StateSlot{};
}

// V-04, then the queue.
int32_t retrieve(Queue* q, Request* tag, FileObject* file, WDFREQUEST* out) {
  if (!out) bugcheck("V-04", 0x4, 0, 0, q->id);
  *out = nullptr;
  Request* r = nullptr;
  int32_t status = q->retrieve(tag, file, &r);
  *out = h(r);
  return status;
}

}  // namespace

uint32_t config_bits_of(const Queue* q) {
  return uint32_t(q->dispatch_type) | (q->is_default ? uint32_t(trace::kConfigDefault) : 0) |
         (q->power_managed ? uint32_t(trace::kConfigPowerManaged) : 0) |
         (q->config.AllowZeroLengthRequests ? uint32_t(trace::kConfigZeroLength) : 0) |
         uint32_t(q->scope) << trace::kConfigScopeShift |
         (q->passive ? uint32_t(trace::kConfigPassive) : 0) |
         (q->internal ? uint32_t(trace::kConfigInternal) : 0);
}

WDFDEVICE qs_WdfIoQueueGetDevice(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueueGetDevice", file, line});
  ApiCall call(ApiFn::WdfIoQueueGetDevice, file, line, q->id);
  return h(q->device);
}

qs_WDF_IO_QUEUE_STATE qs_WdfIoQueueGetState(QS_SITE, WDFQUEUE queue, uint32_t* queued,
                                            uint32_t* driver) {
  Queue* q = queue_of(queue, {"WdfIoQueueGetState", file, line});
  ApiCall call(ApiFn::WdfIoQueueGetState, file, line, q->id);
  if (queued) *queued = q->waiting.count();
  if (driver) *driver = q->owned_count;
  uint32_t bits = q->state_bits();
  return qs_WDF_IO_QUEUE_STATE(call.value(bits));
}

void qs_WdfIoQueueStart(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueueStart", file, line});
  ApiCall call(ApiFn::WdfIoQueueStart, file, line, q->id);
  q->start();
}

void qs_WdfIoQueueStop(QS_SITE, WDFQUEUE queue, qs_EVT_WDF_IO_QUEUE_STATE* fn, void* context) {
  Queue* q = queue_of(queue, {"WdfIoQueueStop", file, line});
  ApiCall call(ApiFn::WdfIoQueueStop, file, line, q->id, {}, fn ? 1 : 0);
  q->stop(slot_of(fn, context, CallbackKind::EvtIoQueueStopComplete), false);
}

void qs_WdfIoQueueStopSynchronously(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueueStopSynchronously", file, line});
  ApiCall call(ApiFn::WdfIoQueueStopSynchronously, file, line, q->id);
  synchronously(q, trace::Act::QueueStopSynchronously, CallbackKind::EvtIoQueueStopComplete,
                [q](StateSlot s) { q->stop(s, false); });
}

void qs_WdfIoQueueStopAndPurge(QS_SITE, WDFQUEUE queue, qs_EVT_WDF_IO_QUEUE_STATE* fn,
                               void* context) {
  Queue* q = queue_of(queue, {"WdfIoQueueStopAndPurge", file, line});
  ApiCall call(ApiFn::WdfIoQueueStopAndPurge, file, line, q->id, {}, fn ? 1 : 0);
  q->stop(slot_of(fn, context, CallbackKind::EvtIoQueueStopComplete), true);
}

void qs_WdfIoQueueStopAndPurgeSynchronously(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueueStopAndPurgeSynchronously", file, line});
  ApiCall call(ApiFn::WdfIoQueueStopAndPurgeSynchronously, file, line, q->id);
  synchronously(q, trace::Act::QueueStopAndPurgeSynchronously, CallbackKind::EvtIoQueueStopComplete,
                [q](StateSlot s) { q->stop(s, true); });
}

void qs_WdfIoQueueDrain(QS_SITE, WDFQUEUE queue, qs_EVT_WDF_IO_QUEUE_STATE* fn, void* context) {
  Queue* q = queue_of(queue, {"WdfIoQueueDrain", file, line});
  ApiCall call(ApiFn::WdfIoQueueDrain, file, line, q->id, {}, fn ? 1 : 0);
  q->drain(slot_of(fn, context, CallbackKind::EvtIoQueueDrainComplete));
}

void qs_WdfIoQueueDrainSynchronously(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueueDrainSynchronously", file, line});
  ApiCall call(ApiFn::WdfIoQueueDrainSynchronously, file, line, q->id);
  synchronously(q, trace::Act::QueueDrainSynchronously, CallbackKind::EvtIoQueueDrainComplete,
                [q](StateSlot s) { q->drain(s); });
}

void qs_WdfIoQueuePurge(QS_SITE, WDFQUEUE queue, qs_EVT_WDF_IO_QUEUE_STATE* fn, void* context) {
  Queue* q = queue_of(queue, {"WdfIoQueuePurge", file, line});
  ApiCall call(ApiFn::WdfIoQueuePurge, file, line, q->id, {}, fn ? 1 : 0);
  q->purge_all(slot_of(fn, context, CallbackKind::EvtIoQueuePurgeComplete), false);
}

void qs_WdfIoQueuePurgeSynchronously(QS_SITE, WDFQUEUE queue) {
  Queue* q = queue_of(queue, {"WdfIoQueuePurgeSynchronously", file, line});
  ApiCall call(ApiFn::WdfIoQueuePurgeSynchronously, file, line, q->id);
  synchronously(q, trace::Act::QueuePurgeSynchronously, CallbackKind::EvtIoQueuePurgeComplete,
                [q](StateSlot s) { q->purge_all(s, false); });
}

int32_t qs_WdfIoQueueReadyNotify(QS_SITE, WDFQUEUE queue, qs_EVT_WDF_IO_QUEUE_STATE* fn,
                                 void* context) {
  Queue* q = queue_of(queue, {"WdfIoQueueReadyNotify", file, line});
  ApiCall call(ApiFn::WdfIoQueueReadyNotify, file, line, q->id, {}, fn ? 1 : 0);
  return call.status(q->ready_notify(fn, context));
}

int32_t qs_WdfIoQueueRetrieveNextRequest(QS_SITE, WDFQUEUE queue, WDFREQUEST* out) {
  Queue* q = queue_of(queue, {"WdfIoQueueRetrieveNextRequest", file, line});
  ApiCall call(ApiFn::WdfIoQueueRetrieveNextRequest, file, line, q->id);
  return call.status(retrieve(q, nullptr, nullptr, out));
}

int32_t qs_WdfIoQueueRetrieveRequestByFileObject(QS_SITE, WDFQUEUE queue, WDFFILEOBJECT fileobject,
                                                 WDFREQUEST* out) {
  Queue* q = queue_of(queue, {"WdfIoQueueRetrieveRequestByFileObject", file, line});
  auto* f = checked<FileObject>(fileobject, ObjectKind::FileObject,
                                "WdfIoQueueRetrieveRequestByFileObject");
  ApiCall call(ApiFn::WdfIoQueueRetrieveRequestByFileObject, file, line, q->id, f->id);
  return call.status(retrieve(q, nullptr, f, out));
}

int32_t qs_WdfIoQueueFindRequest(QS_SITE, WDFQUEUE queue, WDFREQUEST found,
                                 WDFFILEOBJECT fileobject, qs_WDF_REQUEST_PARAMETERS* parameters,
                                 WDFREQUEST* out) {
  Queue* q = queue_of(queue, {"WdfIoQueueFindRequest", file, line});
  Request* tag =
      found ? checked<Request>(found, ObjectKind::Request, {"WdfIoQueueFindRequest", file, line})
            : nullptr;
  FileObject* f = fileobject ? checked<FileObject>(fileobject, ObjectKind::FileObject,
                                                   {"WdfIoQueueFindRequest", file, line})
                             : nullptr;
  ApiCall call(ApiFn::WdfIoQueueFindRequest, file, line, q->id, tag ? tag->id : ObjectId());
  if (!out) bugcheck("V-04", 0x4, 0, 0, q->id);
  *out = nullptr;
  if (parameters && parameters->Size < sizeof(*parameters))
    return call.status(QS_STATUS_INVALID_PARAMETER_4);
  const law::Ruling ruling = law::on_find(call_facts(q));  // G-08
  if (!carry_out(ruling, q->id)) return call.status(ruling.status);
  if (tag && verifier() && !tag->has(kVTag | kVDriverOwned) && !tag->completed) {  // G-12
    because("that request was not found by a search, or has left the queue since");
    verifier_break("V-24", tag->id, q->id);
    return call.status(QS_STATUS_INVALID_PARAMETER);
  }
  Request* r = nullptr;
  int32_t status = q->find(tag, f, &r);
  *out = h(r);
  if (r && parameters) fill_parameters(r, parameters);
  return call.status(status);
}

int32_t qs_WdfIoQueueRetrieveFoundRequest(QS_SITE, WDFQUEUE queue, WDFREQUEST found,
                                          WDFREQUEST* out) {
  Queue* q = queue_of(queue, {"WdfIoQueueRetrieveFoundRequest", file, line});
  auto* tag =
      checked<Request>(found, ObjectKind::Request, {"WdfIoQueueRetrieveFoundRequest", file, line});
  ApiCall call(ApiFn::WdfIoQueueRetrieveFoundRequest, file, line, q->id, tag->id);
  if (!out) bugcheck("V-04", 0x4, 0, 0, q->id);
  *out = nullptr;
  return call.status(retrieve(q, tag, nullptr, out));
}

int32_t qs_WdfIoQueueAssignForwardProgressPolicy(QS_SITE, WDFQUEUE queue,
                                                 qs_WDF_IO_QUEUE_FORWARD_PROGRESS_POLICY* policy) {
  Queue* q = queue_of(queue, {"WdfIoQueueAssignForwardProgressPolicy", file, line});
  ApiCall call(ApiFn::WdfIoQueueAssignForwardProgressPolicy, file, line, q->id);
  if (!policy) bugcheck("V-04", 0x4, 0, 0, q->id);
  return call.status(assign_policy(q, policy));
}
