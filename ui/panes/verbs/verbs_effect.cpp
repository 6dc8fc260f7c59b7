// What a verb calls, its effect, and where it would move a request.
#include <fmt/format.h>

#include "model/queries/queries.h"
#include "trace/events/words.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using trace::Act;

namespace {

// The queue that an entry forwards to, if it is one.
ObjectId destination(const MenuItem& item) {
  return item.act == Act::Forward ? item.object : ObjectId();
}

// The request that an act about a queue would move: its first.
ObjectId first_waiting(const model::Model& m, ObjectId queue) {
  const model::QueueView* q = m.queue(queue);
  return q && !q->waiting.empty() ? q->waiting.front() : ObjectId();
}

// The arguments after the subject, as the act takes them.
std::string more_arguments(const model::Model& m, const trace::Trace& trace, ObjectId object,
                           const MenuItem& item) {
  const model::RequestView* r = m.request(object);
  switch (trace::act_row(item.act).takes) {
    case trace::ActTakes::Status:
      return r ? fmt::format(", STATUS_SUCCESS, {}", model::answer_room(*r)) : std::string();
    case trace::ActTakes::Information: return ", …";
    case trace::ActTakes::ToQueue: {
      const ObjectId to = destination(item);
      return to ? ", " + trace.name(to) : std::string(", …");
    }
    default: return {};
  }
}

// What fills the second blank of an effect: where it goes, or whose it is.
std::string other_name(const model::Model& m, const trace::Trace& trace, ObjectId object,
                       const MenuItem& item) {
  if (const ObjectId to = destination(item)) return trace.name(to);
  if (item.act == Act::Forward) return tr("verbs.chosen_queue");
  if (const model::RequestView* r = m.request(object)) {
    const bool back = item.act == Act::Requeue || item.act == Act::StopAcknowledgeRequeue;
    return trace.name(back || !r->app ? r->queue : r->app);
  }
  if (const ObjectId first = first_waiting(m, object)) return trace.name(first);
  return tr("verbs.nothing_waits");
}

}  // namespace

std::string call_text(const model::Model& m, const trace::Trace& trace, const Verb& verb) {
  const ObjectId object = verb.object;
  const MenuItem& item = verb.item;
  if (item.act == Act::Count) return {};
  const trace::ActRow& row = trace::act_row(item.act);
  const std::string name = trace.name(object);
  if (item.act == Act::CancelFromApp) {
    const model::RequestView* r = m.request(object);
    return r && r->file ? fmt::format("CancelIoEx({}, {})", trace.name(r->file), name)
                        : fmt::format("CancelIoEx({})", name);
  }
  if (!trace::is_order(item.act)) return item.entry.call;  // of others: there is nothing to fill in
  if (row.fn == trace::ApiFn::Count) return {};
  const trace::ApiFn fn =
      item.act == Act::Complete ? trace::ApiFn::WdfRequestCompleteWithInformation : row.fn;
  return fmt::format("{}({}{})", trace::fn_name(fn), name, more_arguments(m, trace, object, item));
}

std::string effect_text(const model::Model& m, const trace::Trace& trace, const Verb& verb) {
  const ObjectId object = verb.object;
  const MenuItem& item = verb.item;
  if (item.act == Act::Count || !item.entry.note.empty()) return item.entry.note;
  const std::string key = std::string("effect.") + trace::act_row(item.act).name;
  return trf(key, trace.name(object), other_name(m, trace, object, item));
}

HintedMove move_of(const model::Model& m, ObjectId object, const MenuItem& item) {
  using To = HintedMove::To;
  const model::RequestView* r = m.request(object);
  if (m.queue(object) && item.act == Act::RetrieveNext)
    return {first_waiting(m, object), {}, To::driver};
  if (!r) return {};
  switch (item.act) {
    case Act::Complete:
    case Act::CompleteWithInformation: return {object, {}, To::done};
    case Act::Forward:
      return destination(item) ? HintedMove{object, item.object, To::tail} : HintedMove{};
    case Act::Requeue:
    case Act::StopAcknowledgeRequeue: return {object, r->queue, To::head};
    case Act::SendToTarget:
    case Act::SendSynchronously:
    case Act::SendAndForget:
      return m.targets.empty() ? HintedMove{}
                               : HintedMove{object, m.targets.front().id, To::target};
    case Act::RetrieveFound: return {object, {}, To::driver};
    case Act::CancelFromApp:
      // Nothing but what waits is completed by the cancel itself.
      return r->place == model::Place::Waiting && !r->has(model::kPresented)
                 ? HintedMove{object, {}, To::done}
                 : HintedMove{};
    default: return {};
  }
}

}  // namespace qs::ui
