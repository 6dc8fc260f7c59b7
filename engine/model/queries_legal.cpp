// What a student can do to anything, and the names of what can be done.
#include "model/queries_legal.h"

#include <iterator>

namespace qs {
namespace {

struct ActRow {
  const char* label;
  ApiFn fn;
  int order;               // OrderVerb, or -1
  const char* field = "";  // of what is no call of the driver: the IRP, and who hears of it
};
constexpr int kNo = -1;
constexpr int verb(OrderVerb v) { return int(v); }

constexpr ActRow kActs[] = {
    {"Complete", ApiFn::WdfRequestComplete, verb(OrderVerb::Complete)},
    {"Complete with information", ApiFn::WdfRequestCompleteWithInformation,
     verb(OrderVerb::Complete)},
    {"Forward to", ApiFn::WdfRequestForwardToIoQueue, verb(OrderVerb::Forward)},
    {"Requeue", ApiFn::WdfRequestRequeue, verb(OrderVerb::Requeue)},
    {"Mark cancelable", ApiFn::WdfRequestMarkCancelable, verb(OrderVerb::MarkCancelable)},
    {"Mark cancelable (Ex)", ApiFn::WdfRequestMarkCancelableEx, verb(OrderVerb::MarkCancelableEx)},
    {"Unmark cancelable", ApiFn::WdfRequestUnmarkCancelable, verb(OrderVerb::UnmarkCancelable)},
    {"Is it cancelled?", ApiFn::WdfRequestIsCanceled, verb(OrderVerb::IsCanceled)},
    {"Send to target", ApiFn::WdfRequestSend, verb(OrderVerb::SendToTarget)},
    {"Cancel at target", ApiFn::WdfRequestCancelSentRequest, verb(OrderVerb::CancelSent)},
    {"Send and forget", ApiFn::WdfRequestSend, verb(OrderVerb::SendAndForget)},
    {"Acknowledge stop, keep it", ApiFn::WdfRequestStopAcknowledge,
     verb(OrderVerb::StopAcknowledge)},
    {"Acknowledge stop, requeue it", ApiFn::WdfRequestStopAcknowledge,
     verb(OrderVerb::StopAcknowledge)},
    {"Enqueue", ApiFn::WdfDeviceEnqueueRequest, verb(OrderVerb::Enqueue)},
    {"Retrieve found", ApiFn::WdfIoQueueRetrieveFoundRequest, verb(OrderVerb::RetrieveFound)},
    {"Reference", ApiFn::WdfObjectReference, verb(OrderVerb::Reference)},
    {"Dereference", ApiFn::WdfObjectDereference, verb(OrderVerb::Dereference)},
    {"Delete", ApiFn::WdfObjectDelete, verb(OrderVerb::QueueDelete)},
    {"Start hardware", ApiFn::QsChannelStart, verb(OrderVerb::StartHardware)},
    {"Cancel from app", ApiFn::IoCancelIrp, kNo},
    {"Retrieve next", ApiFn::WdfIoQueueRetrieveNextRequest, verb(OrderVerb::RetrieveNext)},
    {"Retrieve by file object", ApiFn::WdfIoQueueRetrieveRequestByFileObject,
     verb(OrderVerb::RetrieveByFile)},
    {"Find next", ApiFn::WdfIoQueueFindRequest, verb(OrderVerb::FindNext)},
    {"Start", ApiFn::WdfIoQueueStart, verb(OrderVerb::QueueStart)},
    {"Stop", ApiFn::WdfIoQueueStop, verb(OrderVerb::QueueStop)},
    {"Drain", ApiFn::WdfIoQueueDrain, verb(OrderVerb::QueueDrain)},
    {"Purge", ApiFn::WdfIoQueuePurge, verb(OrderVerb::QueuePurge)},
    {"Stop and purge", ApiFn::WdfIoQueueStopAndPurge, verb(OrderVerb::QueueStopAndPurge)},
    {"Stop synchronously", ApiFn::WdfIoQueueStopSynchronously, verb(OrderVerb::QueueStop)},
    {"Drain synchronously", ApiFn::WdfIoQueueDrainSynchronously, verb(OrderVerb::QueueDrain)},
    {"Purge synchronously", ApiFn::WdfIoQueuePurgeSynchronously, verb(OrderVerb::QueuePurge)},
    {"Stop and purge synchronously", ApiFn::WdfIoQueueStopAndPurgeSynchronously,
     verb(OrderVerb::QueueStopAndPurge)},
    {"Ready-notify on", ApiFn::WdfIoQueueReadyNotify, verb(OrderVerb::ReadyNotifyOn)},
    {"Ready-notify off", ApiFn::WdfIoQueueReadyNotify, verb(OrderVerb::ReadyNotifyOff)},
    {"Delete", ApiFn::WdfObjectDelete, verb(OrderVerb::QueueDelete)},
    {"Sequential", ApiFn::WdfIoQueueCreate, kNo},
    {"Parallel", ApiFn::WdfIoQueueCreate, kNo},
    {"Manual", ApiFn::WdfIoQueueCreate, kNo},
    {"Presented limit", ApiFn::WdfIoQueueCreate, kNo},
    {"Synchronization scope", ApiFn::WdfIoQueueCreate, kNo},
    {"Execution level", ApiFn::WdfIoQueueCreate, kNo},
    {"Power down", ApiFn::Count, kNo, "IRP_MN_SET_POWER D3, EvtDeviceD0Exit"},
    {"Power up", ApiFn::Count, kNo, "IRP_MN_SET_POWER D0, EvtDeviceD0Entry"},
    {"Let the idle timer expire", ApiFn::Count, kNo, "IRP_MN_SET_POWER D3, EvtDeviceD0Exit"},
    {"Stop for new resources", ApiFn::Count, kNo, "IRP_MN_STOP_DEVICE, EvtDeviceD0Exit"},
    {"Start again", ApiFn::Count, kNo, "IRP_MN_START_DEVICE, EvtDeviceD0Entry"},
    {"Pull the plug", ApiFn::Count, kNo, "IRP_MN_SURPRISE_REMOVAL"},
    {"Remove", ApiFn::Count, kNo, "IRP_MN_REMOVE_DEVICE"},
    {"Send", ApiFn::Count, kNo},
    {"Close handle", ApiFn::CloseHandle, kNo},
    {"Exit", ApiFn::Count, kNo, "ExitProcess"},
};
static_assert(std::size(kActs) == size_t(Act::Count));

}  // namespace

const char* act_label(Act act) { return act < Act::Count ? kActs[size_t(act)].label : "?"; }
ApiFn act_fn(Act act) { return act < Act::Count ? kActs[size_t(act)].fn : ApiFn::Count; }

LegalCall make_call(Act act, Ruling ruling) {
  const ActRow& row = kActs[size_t(act)];
  LegalCall call;
  call.act = act;
  call.fn = row.fn;
  call.ordered = row.order != kNo;
  if (call.ordered) call.order = OrderVerb(row.order);
  call.label = row.label;
  call.field = row.field;
  call.legality = ruling.legality;
  call.reason = std::move(ruling.reason);
  call.rule = ruling.rule;
  return call;
}

bool verifier_on(const Model& model) {
  return model.options.empty() || model.options[size_t(RunOption::Verifier)] != 0;
}

std::vector<LegalCall> legal_calls(const Model& model, ObjectId object) {
  std::vector<LegalCall> calls;
  if (const auto* r = model.request(object)) calls = request_calls(model, *r);
  if (const auto* q = model.queue(object)) calls = queue_calls(model, *q);
  if (const auto* d = model.device(object)) calls = device_calls(model, *d);
  if (const auto* a = model.app(object)) calls = app_calls(model, *a);
  if (const auto* f = model.file(object)) calls = file_calls(model, *f);
  if (model.ended)
    for (LegalCall& call : calls) {
      call.legality = Legality::Impossible;
      call.reason = "the run has ended; go back to act";
    }
  return calls;
}

}  // namespace qs
