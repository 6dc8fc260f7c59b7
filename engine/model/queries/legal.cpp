// What a student can do to anything, and the names of what can be done.
#include "model/queries/legal.h"

#include "trace/events/words.h"

namespace qs::model {
LegalCall make_call(trace::Act act, LegalAnswer ruling) {
  LegalCall call;
  call.act = act;
  call.legality = ruling.legality;
  call.reason = std::move(ruling.reason);
  call.rule = ruling.rule;
  return call;
}

LegalAnswer judged(const law::Ruling& ruling) {
  LegalAnswer out;
  out.legality = ruling.impossible                 ? Legality::Impossible
                 : ruling.broken() || ruling.hangs ? Legality::Illegal
                 : ruling.reported()               ? Legality::Discouraged
                                                   : Legality::Legal;
  out.rule = ruling.rule;
  out.reason = ruling.why;
  if (ruling.status_known && ruling.status != 0 && !ruling.broken())
    out.reason += (out.reason.empty() ? "" : ": ") + trace::status_text(ruling.status);
  return out;
}

const ThreadView* order_taker(const Model& m, ObjectId object) {
  const ThreadView *worker = nullptr, *own = nullptr, *inside = nullptr;
  const bool request = object.kind() == ObjectKind::Request;
  for (const ThreadView& t : m.threads) {
    const StackFrame* callback = nullptr;
    for (const StackFrame& f : t.stack) {
      if (f.callback) callback = &f;
      if (f.callback || trace::ApiFn(f.what) != trace::ApiFn::QsAsk ||
          t.waiting != trace::WaitReason::Asked)
        continue;
      if (!f.s && !f.o && !worker) worker = &t;
      if ((request ? f.s : f.o) == object && !own) own = &t;
    }
    if (callback && t.id == m.running && t.waiting == trace::WaitReason::None) inside = &t;
  }
  const ThreadView* first = request ? own : worker;
  const ThreadView* second = request ? worker : own;
  return first ? first : second ? second : inside;
}

std::vector<LegalCall> legal_calls(const Model& model, ObjectId object, Asked asked) {
  std::vector<LegalCall> calls;
  if (const auto* r = model.request(object)) calls = request_calls(model, *r, asked);
  if (const auto* q = model.queue(object)) calls = queue_calls(model, *q, asked);
  if (const auto* d = model.device(object)) calls = device_calls(model, *d, asked);
  if (const auto* t = model.target(object)) calls = target_calls(model, *t, asked);
  if (const auto* a = model.app(object)) calls = app_calls(model, *a, asked);
  if (const auto* f = model.file(object)) calls = file_calls(model, *f, asked);
  if (model.ended)
    for (LegalCall& call : calls) {
      call.legality = Legality::Impossible;
      call.reason = "the run has ended; go back to act";
    }
  return calls;
}

}  // namespace qs::model
