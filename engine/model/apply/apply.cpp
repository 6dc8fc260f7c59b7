#include "model/apply/apply.h"

namespace qs::model {

using trace::EventCode;

namespace {

bool of_thread(EventCode code) {
  switch (code) {
    case EventCode::Line:
    case EventCode::CallEnter:
    case EventCode::CallLeave:
    case EventCode::CallbackEnter:
    case EventCode::CallbackLeave:
    case EventCode::LockAcquire:
    case EventCode::LockRelease:
    case EventCode::ThreadStart:
    case EventCode::ThreadEnd:
    case EventCode::ThreadWait:
    case EventCode::ThreadWake:
    case EventCode::ThreadRun:
    case EventCode::Irql: return true;
    default: return false;
  }
}

// Charges and the waiting list belong to the queue as much as to the request.
bool of_queue(EventCode code) {
  switch (code) {
    case EventCode::Insert:
    case EventCode::Remove:
    case EventCode::Charge:
    case EventCode::Uncharge:
    case EventCode::QueueFlags:
    case EventCode::QueuePower:
    case EventCode::QueueDepth:
    case EventCode::PowerRef:
    case EventCode::LoopLeave:
    case EventCode::Defer: return true;
    default: return false;
  }
}

bool of_request(EventCode code) {
  switch (code) {
    case EventCode::Insert:
    case EventCode::Remove:
    case EventCode::Charge:
    case EventCode::Uncharge:
    case EventCode::Send:
    case EventCode::Arrive:
    case EventCode::SendReturned:
    case EventCode::PassDown:
    case EventCode::Bind:
    case EventCode::Present:
    case EventCode::Own:
    case EventCode::GiveUp:
    case EventCode::Cancelable:
    case EventCode::Uncancelable:
    case EventCode::CancelFlag:
    case EventCode::CancelClaim:
    case EventCode::CanceledBit:
    case EventCode::Reuse:
    case EventCode::CancelPending:
    case EventCode::CanceledOnQueue:
    case EventCode::CancelTaken:
    case EventCode::CancelDelivered:
    case EventCode::SendTarget:
    case EventCode::PendTarget:
    case EventCode::TargetBack:
    case EventCode::Forget:
    case EventCode::ToNotify:
    case EventCode::Notified:
    case EventCode::BackToOwned:
    case EventCode::StopAck:
    case EventCode::Completing:
    case EventCode::Completed:
    case EventCode::Refs:
    case EventCode::Reserved:
    case EventCode::PendIrp:
    case EventCode::HandleWait:
    case EventCode::Ask:
    case EventCode::Data:
    case EventCode::Answer: return true;
    default: return false;
  }
}

bool of_object(EventCode code) {
  switch (code) {
    case EventCode::Create:
    case EventCode::Delete:
    case EventCode::QueueConfig:
    case EventCode::Route:
    case EventCode::DeviceConfig:
    case EventCode::ChannelConfig:
    case EventCode::TargetConfig:
    case EventCode::AppStart:
    case EventCode::AppExit:
    case EventCode::FileOpen:
    case EventCode::HandleTaken:
    case EventCode::FileCleanup:
    case EventCode::FileClose:
    case EventCode::ActBegins:
    case EventCode::ActEnds: return true;
    default: return false;
  }
}

}  // namespace

void apply(Model& m, const trace::Event& e) {
  m.time = e.time;
  if (e.thread) m.running = ObjectId(ObjectKind::Thread, e.thread);
  m.settled = false;
  const bool queue = of_queue(e.code), request = of_request(e.code);
  if (queue) apply_queue(m, e);
  if (request) apply_request(m, e);
  if (of_thread(e.code))
    apply_thread(m, e);
  else if (of_object(e.code))
    apply_object(m, e);
  else if (!queue && !request)
    apply_device(m, e);
  ++m.events;
}

}  // namespace qs::model
