// What the law asks, answered by a folded model. Called by queries and tests; the framework's own
// answers are in kmdf/core/facts.h. Pure.
#pragma once
#include "law/law.h"
#include "model/model.h"

namespace qs::model {

bool verifier_on(const Model& model);

law::RequestFacts facts_of(const Model& model, const RequestView& request);
law::QueueFacts facts_of(const Model& model, const QueueView& queue);
law::DeviceFacts facts_of(const Model& model, const DeviceView& device);
law::HandleFacts facts_of(const Model& model, const FileView& file);
// Of a call about that request: its queue, the first target of its device.
law::Facts request_facts(const Model& model, const RequestView& request);
// The same with `destination` as the queue it would be forwarded to.
law::Facts forward_facts(const Model& model, const RequestView& request,
                         const QueueView& destination);
// Of a call about that queue, made by that thread; by anybody at PASSIVE_LEVEL where there is none.
law::Facts queue_facts(const Model& model, const QueueView& queue,
                       const ThreadView* caller = nullptr);
// Of what an application does.
law::Facts app_facts(const Model& model, const AppView* app);

}  // namespace qs::model
