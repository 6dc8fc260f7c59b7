#include "trace/events/acts.h"

#include "trace/events/words.h"

namespace qs::trace {
namespace {

constexpr ActRow kRows[] = {
#define QS_ORDER(id, subject, word, takes, group, fn, label, key, says)                           \
  {#id, ActSubject::subject, word, ActTakes::takes, ActGroup::group, ApiFn::fn, label, key, says, \
   ""},
#define QS_ACT(id, subject, kind, word, group, fn, label, key, field)                              \
  {#id,  ActSubject::subject, word, ActTakes::Nothing, ActGroup::group, ApiFn::fn, label, key, "", \
   field},
#include "include/qs/acts.inc"
#undef QS_ORDER
#undef QS_ACT
    {"?"}};

}  // namespace

const ActRow& act_row(Act act) { return kRows[size_t(act < Act::Count ? act : Act::Count)]; }
const char* words(Act act) { return is_order(act) ? act_row(act).says : "?"; }

std::string order_text(const Order& order) {
  const ActRow& row = act_row(order.act);
  std::string out = row.word;
  switch (row.takes) {
    case ActTakes::Nothing: break;
    case ActTakes::Status: out += " " + status_text(order.status); break;
    case ActTakes::Information:
      out += " " + status_text(order.status) + " " + std::to_string(order.information);
      break;
    case ActTakes::Bytes: out += " " + std::to_string(order.information); break;
    case ActTakes::ToQueue: out += " " + order.queue; break;
    case ActTakes::OfFile: out += " " + order.file; break;
    case ActTakes::ThatRequest: out += " " + order.request; break;
  }
  if (order.act == Act::Find) {
    if (!order.request.empty()) out += " after=" + order.request;
    if (!order.file.empty()) out += " file=" + order.file;
  }
  return out;
}

}  // namespace qs::trace
