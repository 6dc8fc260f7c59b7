#include "session/act_input.h"

namespace qs {
namespace {

InputKind kind_of(Act act) {
  switch (act) {
#define QS_ORDER(id, ...)
#define QS_ACT(id, subject, kind, ...) \
  case Act::id:                        \
    return InputKind::kind;
#include "include/qs/acts.inc"
#undef QS_ORDER
#undef QS_ACT
    default: break;
  }
  switch (act_row(act).subject) {
    case ActSubject::Queue: return InputKind::QueueOrder;
    case ActSubject::Target: return InputKind::TargetOrder;
    default: return InputKind::Order;
  }
}

}  // namespace

Input order_input(const std::string& subject, const Order& order) {
  Input input;
  input.kind = kind_of(order.act);
  input.subject = subject;
  input.text = order_text(order);
  return input;
}

Input act_input(Act act, const std::string& subject) {
  Input input;
  input.kind = kind_of(act);
  input.subject = subject;
  input.text = act_row(act).word;
  return input;
}

}  // namespace qs
