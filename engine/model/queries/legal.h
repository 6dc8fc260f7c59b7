// What the two halves of legal_calls share. Owns: the builder of a menu. Used by
// queries/legal*.cpp.
#pragma once
#include <algorithm>
#include <span>

#include "law/law.h"
#include "model/queries/queries.h"

namespace qs::model {

// The answer for one act, before it gets its label.
struct LegalAnswer {
  Legality legality = Legality::Legal;
  std::string reason;
  const char* rule = "";
};
inline LegalAnswer legal(const char* rule, std::string reason = {}) {
  return {Legality::Legal, std::move(reason), rule};
}
inline LegalAnswer discouraged(const char* rule, std::string reason) {
  return {Legality::Discouraged, std::move(reason), rule};
}
inline LegalAnswer illegal(const char* rule, std::string reason) {
  return {Legality::Illegal, std::move(reason), rule};
}
inline LegalAnswer impossible(const char* rule, std::string reason) {
  return {Legality::Impossible, std::move(reason), rule};
}

LegalCall make_call(trace::Act act, LegalAnswer ruling);
// The acts that somebody asks about; none: all of them.
using Asked = std::span<const trace::Act>;
inline bool is_asked(Asked asked, trace::Act act) {
  return asked.empty() || std::find(asked.begin(), asked.end(), act) != asked.end();
}
// A ruling of the law as people read it: "the queue is stopped: STATUS_WDF_PAUSED".
LegalAnswer judged(const law::Ruling& ruling);
// The thread that makes the driver's next call about a request or a queue: the one that takes
// orders (QsAsk, kmdf/ask/ask.h) or else the one that runs the driver's code. nullptr: none.
const ThreadView* order_taker(const Model& model, ObjectId object);
// The call that an act of menus and keys stands for.
law::Call typical_call(trace::Act act, const RequestView& request);

std::vector<LegalCall> request_calls(const Model& model, const RequestView& r, Asked asked);
std::vector<LegalCall> queue_calls(const Model& model, const QueueView& q, Asked asked);
std::vector<LegalCall> device_calls(const Model& model, const DeviceView& d, Asked asked);
std::vector<LegalCall> target_calls(const Model& model, const TargetView& t, Asked asked);
std::vector<LegalCall> app_calls(const Model& model, const AppView& a, Asked asked);
std::vector<LegalCall> file_calls(const Model& model, const FileView& f, Asked asked);

}  // namespace qs::model
