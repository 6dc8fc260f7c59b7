// States of a request in words, and the diagram of its life.
#include <iterator>

#include "model/find.h"
#include "model/queries/queries.h"
#include "trace/events/words.h"

namespace qs::model {

using trace::RequestState;

RequestState request_state(const RequestView& r) {
  if (r.has(kPool)) return RequestState::Pool;
  switch (r.place) {
    case Place::Sender: return RequestState::Sent;
    case Place::Device: return RequestState::New;
    case Place::CallerContext: return RequestState::CallerContext;
    case Place::Waiting:
      return r.has(kCancelClaimed) ? RequestState::WaitingClaimed : RequestState::Waiting;
    case Place::Target:
      return r.has(kPendedInTarget) ? RequestState::PendedInTarget : RequestState::AtTarget;
    case Place::Completing: return RequestState::Completing;
    case Place::Done: return RequestState::Done;
    case Place::Released: return RequestState::Released;
    case Place::PendedIrp: return RequestState::PendedIrp;
    case Place::Driver: break;
  }
  if (r.owner != Owner::Driver) return RequestState::New;  // given up, on its way
  if (r.has(kCoqDelivered)) return RequestState::QueueCancelDelivered;
  if (r.has(kCoqPending)) return RequestState::QueueCancelPending;
  if (r.has(kCancelDelivered)) return RequestState::CancelDelivered;
  if (r.has(kCancelPending)) return RequestState::CancelPending;
  if (r.has(kCancelClaimed)) return RequestState::CancelClaimed;
  if (r.has(kCancelable)) return RequestState::Cancelable;
  return RequestState::Owned;
}

namespace {
constexpr const char* kStateWords[] = {
    "with its sender",
    "with the framework, not placed yet",
    "owned by the driver, in the sender's context",
    "waiting in its queue",
    "waiting, but its cancel has won",
    "owned by the driver, not cancelable",
    "owned by the driver, cancelable",
    "owned by the driver, its cancel has won",
    "owned by the driver, EvtRequestCancel is due",
    "owned by the driver, told that it is canceled",
    "canceled in its queue, EvtIoCanceledOnQueue is due",
    "canceled in its queue, the driver completes it",
    "sent to a target, which owns it",
    "kept by a stopped target",
    "being completed",
    "completed, nobody owns it",
    "given to the lower driver for good",
    "waiting for a reserved request",
    "a reserved request in the pool",
};
static_assert(std::size(kStateWords) == size_t(RequestState::Count));
}  // namespace

const char* state_words(RequestState state) {
  return state < RequestState::Count ? kStateWords[size_t(state)] : "?";
}

std::string state_name(const RequestView& r) {
  RequestState state = request_state(r);
  std::string out = state_words(state);
  if (state == RequestState::Done) {
    out = "completed with " + trace::status_text(r.status) + ", nobody owns it";
    return out;
  }
  bool says_canceled =
      state == RequestState::CancelDelivered || state == RequestState::QueueCancelDelivered;
  if (r.has(kCancelFlag | kCanceledBit) && !says_canceled)
    out += "; canceled by its sender or a purge";
  if (r.has(kToNotify)) out += "; EvtIoStop is due";
  if (r.has(kNotified)) out += "; the power change waits for it";
  if (r.has(kStopAcked))
    out += r.has(kStopAckRequeue) ? "; stop acknowledged, to be requeued" : "; stop acknowledged";
  if (r.has(kAsked)) out += "; the driver waits for an order";
  return out;
}

LifeNode life_node(const RequestView& r) {
  switch (request_state(r)) {
    case RequestState::Sent: return LifeNode::App;
    case RequestState::New:
    case RequestState::Waiting:
    case RequestState::WaitingClaimed:
    case RequestState::PendedIrp:
    case RequestState::Pool: return LifeNode::InQueue;
    case RequestState::CallerContext:
    case RequestState::Owned: return LifeNode::DriverOwns;
    case RequestState::Cancelable: return LifeNode::Cancelable;
    case RequestState::CancelClaimed:
    case RequestState::CancelPending:
    case RequestState::CancelDelivered:
    case RequestState::QueueCancelPending:
    case RequestState::QueueCancelDelivered: return LifeNode::CancelComing;
    case RequestState::AtTarget:
    case RequestState::PendedInTarget: return LifeNode::AtTarget;
    case RequestState::Completing:
    case RequestState::Done: return LifeNode::Completed;
    case RequestState::Released: return LifeNode::Released;
    case RequestState::Count: break;
  }
  return LifeNode::App;
}

const char* life_node_words(LifeNode node) {
  static const char* const table[] = {"Sender",   "In queue",  "Driver owns", "Cancelable",
                                      "Canceled", "At target", "Completed",   "Released"};
  return node < LifeNode::Count ? table[size_t(node)] : "?";
}

const std::vector<LifeEdge>& life_edges() {
  using N = LifeNode;
  static const std::vector<LifeEdge> edges = {
      {N::App, N::InQueue, "arrival", "A-13"},
      {N::InQueue, N::DriverOwns, "dispatch or retrieve", "D-05"},
      {N::InQueue, N::Completed, "canceled or purged, never presented", "C-05"},
      {N::InQueue, N::CancelComing, "canceled or purged, presented before", "C-07"},
      {N::DriverOwns, N::InQueue, "forward or requeue", "F-10"},
      {N::DriverOwns, N::Cancelable, "WdfRequestMarkCancelable", "C-20"},
      {N::DriverOwns, N::CancelComing, "WdfRequestMarkCancelable, already canceled", "C-21"},
      {N::Cancelable, N::DriverOwns, "WdfRequestUnmarkCancelable", "C-30"},
      {N::Cancelable, N::CancelComing, "cancel", "C-10"},
      {N::CancelComing, N::Completed, "WdfRequestComplete", "K-02"},
      {N::DriverOwns, N::AtTarget, "WdfRequestSend", "T-07"},
      {N::AtTarget, N::DriverOwns, "back from the target", "T-08"},
      {N::DriverOwns, N::Completed, "WdfRequestComplete", "K-05"},
      {N::DriverOwns, N::Released, "send and forget", "T-14"},
      {N::Released, N::Completed, "the lower driver completes it", "T-14"},
  };
  return edges;
}

}  // namespace qs::model
