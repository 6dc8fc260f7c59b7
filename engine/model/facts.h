// What the law asks, answered by a folded model. Called by queries and tests; the framework's own
// answers are in kmdf/facts.h. Pure.
#pragma once
#include "law/law.h"
#include "model/model.h"

namespace qs {

bool verifier_on(const Model& model);

law::RequestFacts facts_of(const Model& model, const RequestView& request);
law::QueueFacts facts_of(const Model& model, const QueueView& queue);
// Of a call about that request: its queue, the first target of its device.
law::Facts request_facts(const Model& model, const RequestView& request);
// The same with `destination` as the queue it would be forwarded to.
law::Facts forward_facts(const Model& model, const RequestView& request,
                         const QueueView& destination);
// Of a call about that queue made at `irql`.
law::Facts queue_facts(const Model& model, const QueueView& queue, uint8_t irql = 0);

}  // namespace qs
