#include "session/act_input.h"

namespace qs::session {
namespace {

sched::InputKind kind_of(trace::Act act) {
  switch (act) {
#define QS_ORDER(id, ...)
#define QS_ACT(id, subject, kind, ...) \
  case trace::Act::id:                 \
    return sched::InputKind::kind;
#include "include/qs/acts.inc"
#undef QS_ORDER
#undef QS_ACT
    default: break;
  }
  switch (trace::act_row(act).subject) {
    case trace::ActSubject::Queue: return sched::InputKind::QueueOrder;
    case trace::ActSubject::Target: return sched::InputKind::TargetOrder;
    default: return sched::InputKind::Order;
  }
}

}  // namespace

sched::Input order_input(const std::string& subject, const trace::Order& order) {
  sched::Input input;
  input.kind = kind_of(order.act);
  input.subject = subject;
  input.text = trace::order_text(order);
  return input;
}

sched::Input act_input(trace::Act act, const std::string& subject) {
  sched::Input input;
  input.kind = kind_of(act);
  input.subject = subject;
  input.text = trace::act_row(act).word;
  return input;
}

}  // namespace qs::session
