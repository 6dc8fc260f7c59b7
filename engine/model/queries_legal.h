// What the two halves of legal_calls share. Owns: the builder of a menu. Used by
// queries_legal*.cpp.
#pragma once
#include "model/queries.h"

namespace qs {

// The answer for one act, before it gets its label.
struct Ruling {
  Legality legality = Legality::Legal;
  std::string reason;
  const char* rule = "";
};
inline Ruling legal(const char* rule, std::string reason = {}) {
  return {Legality::Legal, std::move(reason), rule};
}
inline Ruling discouraged(const char* rule, std::string reason) {
  return {Legality::Discouraged, std::move(reason), rule};
}
inline Ruling illegal(const char* rule, std::string reason) {
  return {Legality::Illegal, std::move(reason), rule};
}
inline Ruling impossible(const char* rule, std::string reason) {
  return {Legality::Impossible, std::move(reason), rule};
}

LegalCall make_call(Act act, Ruling ruling);
bool verifier_on(const Model& model);

std::vector<LegalCall> request_calls(const Model& model, const RequestView& r);
std::vector<LegalCall> queue_calls(const Model& model, const QueueView& q);
std::vector<LegalCall> device_calls(const Model& model, const DeviceView& d);
std::vector<LegalCall> app_calls(const Model& model, const AppView& a);
std::vector<LegalCall> file_calls(const Model& model, const FileView& f);

}  // namespace qs
