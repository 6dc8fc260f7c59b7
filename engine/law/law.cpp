#include "law/law.h"

namespace qs::law {

using trace::Act;

namespace {

// Who sends formats first (T-04).
Ruling on_format_and_send(const Facts& f, SendKind kind) {
  const Ruling formatted = on_format(f);
  return formatted.reported() ? formatted : on_send(f, kind);
}

// Who forgets it takes the completion routine away first (V-35).
Ruling on_forget(const Facts& f) {
  const Ruling routine = on_set_routine(f);
  return routine.reported() ? routine : on_send(f, SendKind::Forget);
}

}  // namespace

Ruling rule_for(const Facts& f, const Call& call) {
  switch (call.act) {
    case Act::Complete:
    case Act::CompleteWithInformation: return on_complete(f, call);
    case Act::Forward: return on_forward(f);
    case Act::Requeue: return on_requeue(f);
    case Act::MarkCancelable: return on_mark(f, false);
    case Act::MarkCancelableEx: return on_mark(f, true);
    case Act::UnmarkCancelable: return on_unmark(f);
    case Act::IsCanceled: return on_is_canceled(f);
    case Act::SendToTarget: return on_format_and_send(f, SendKind::Asynchronous);
    case Act::SendSynchronously: return on_format_and_send(f, SendKind::Synchronous);
    case Act::SendAndForget: return on_forget(f);
    case Act::CancelSent: return on_cancel_sent(f);
    case Act::StopAcknowledge: return on_stop_acknowledge(f, false);
    case Act::StopAcknowledgeRequeue: return on_stop_acknowledge(f, true);
    case Act::Enqueue: return on_enqueue(f);
    case Act::SetInformation: return on_set_information(f);
    case Act::DeleteRequest: return on_delete_request(f);
    case Act::RetrieveNext:
    case Act::RetrieveByFile:
    case Act::RetrieveFound: return on_retrieve(f, call.act);
    case Act::Find: return on_find(f);
    case Act::QueueStart:
    case Act::QueueStop:
    case Act::QueueDrain:
    case Act::QueuePurge:
    case Act::QueueStopAndPurge:
    case Act::QueueStopSynchronously:
    case Act::QueueDrainSynchronously:
    case Act::QueuePurgeSynchronously:
    case Act::QueueStopAndPurgeSynchronously: return on_queue_change(f, call);
    case Act::ReadyNotifyOn: return on_ready_notify(f, true);
    case Act::ReadyNotifyOff: return on_ready_notify(f, false);
    case Act::QueueDelete: return on_delete_queue(f);
    case Act::QueueGetState: return Ruling::fine("Q-21");
    case Act::TargetStart:
    case Act::TargetStopLeave:
    case Act::TargetStopWait:
    case Act::TargetStopCancel:
    case Act::TargetPurge:
    case Act::TargetPurgeWait: return on_target_change(f, call.act);
    case Act::CancelFromApp: return on_cancel(f);
    case Act::PowerDown:
    case Act::PowerUp:
    case Act::FireIdleTimers: return on_power(f, call.act);
    case Act::PnpStop:
    case Act::PnpStart:
    case Act::PnpQueryStop:
    case Act::PnpCancelQuery:
    case Act::PnpQueryRemove:
    case Act::SurpriseRemove:
    case Act::Remove: return on_pnp(f, call.act);
    case Act::Send: return on_send_from_app(f);
    case Act::OpenHandle: return on_open(f);
    case Act::CloseHandle: return on_close(f);
    case Act::AppExit: return on_exit(f);
    default: return Ruling::fine("");
  }
}

}  // namespace qs::law
