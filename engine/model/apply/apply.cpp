#include "model/apply/apply.h"

#include <array>

namespace qs::model {

using trace::EventCode;

namespace {

constexpr bool of_thread(EventCode code) {
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
constexpr bool of_queue(EventCode code) {
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

constexpr bool of_request(EventCode code) {
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

constexpr bool of_object(EventCode code) {
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

// Whose an event is; of each code, because a run asks for each event.
enum Subject : uint8_t { kThread = 1, kQueue = 2, kRequest = 4, kObject = 8 };  // 0: of a device

constexpr uint8_t subjects_of(EventCode code) {
  return uint8_t((of_thread(code) ? kThread : 0) | (of_queue(code) ? kQueue : 0) |
                 (of_request(code) ? kRequest : 0) | (of_object(code) ? kObject : 0));
}

constexpr std::array<uint8_t, 256> kSubjects = [] {
  std::array<uint8_t, 256> of{};
  for (size_t code = 0; code < of.size(); ++code) of[code] = subjects_of(EventCode(code));
  return of;
}();

}  // namespace

void apply(Model& m, const trace::Event& e) {
  m.time = e.time;
  if (e.thread) m.running = ObjectId(ObjectKind::Thread, e.thread);
  m.settled = false;
  switch (kSubjects[uint8_t(e.code)]) {
    case kThread: apply_thread(m, e); break;
    case kQueue | kRequest:
      apply_queue(m, e);
      apply_request(m, e);
      break;
    case kQueue: apply_queue(m, e); break;
    case kRequest: apply_request(m, e); break;
    case kObject: apply_object(m, e); break;
    default: apply_device(m, e); break;
  }
  ++m.events;
}

}  // namespace qs::model
