// Which verbs there are, in which order, and what the panel says above them.
#include <algorithm>
#include <iterator>
#include <span>

#include <fmt/format.h>

#include "model/queries/queries.h"
#include "trace/events/words.h"
#include "ui/panes/verbs/verbs.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::RequestView;
using trace::Act;

namespace {

using A = Act;

// The likely next moves in this situation, likeliest first. The rest follows in menu order.
std::span<const Act> likely(const model::Model& m, ObjectId object) {
  static constexpr Act told[] = {A::CompleteWithInformation, A::Complete};
  static constexpr Act stopping[] = {A::StopAcknowledgeRequeue, A::StopAcknowledge, A::Complete};
  static constexpr Act sent[] = {A::CancelSent, A::CancelFromApp};
  static constexpr Act waits[] = {A::RetrieveFound, A::CancelFromApp};
  static constexpr Act cancelable[] = {A::Complete,      A::Forward,          A::Requeue,
                                       A::CancelFromApp, A::UnmarkCancelable, A::SendToTarget};
  static constexpr Act owned[] = {A::Complete,
                                  A::Forward,
                                  A::Requeue,
                                  A::CancelFromApp,
                                  A::MarkCancelable,
                                  A::SendToTarget,
                                  A::CompleteWithInformation};
  static constexpr Act queue[] = {A::QueueStop,    A::SwitchSequential, A::SwitchParallel,
                                  A::SwitchManual, A::SetLimit,         A::QueueDrain,
                                  A::QueuePurge};
  static constexpr Act manual[] = {A::RetrieveNext,     A::QueueStop,      A::Find,
                                   A::SwitchSequential, A::SwitchParallel, A::SwitchManual};
  static constexpr Act stopped[] = {A::QueueStart, A::SwitchSequential, A::SwitchParallel,
                                    A::SwitchManual};
  if (const RequestView* r = m.request(object)) {
    if (r->has(model::kCancelDelivered | model::kCoqDelivered)) return told;
    if (r->has(model::kToNotify | model::kNotified)) return stopping;
    if (r->place == model::Place::Target) return sent;
    if (r->place == model::Place::Waiting) return waits;
    return r->has(model::kCancelable) ? std::span<const Act>(cancelable)
                                      : std::span<const Act>(owned);
  }
  if (const model::QueueView* q = m.queue(object)) {
    if (!(q->flags & trace::kDispatch)) return stopped;
    return q->dispatch() == trace::Dispatch::Manual ? std::span<const Act>(manual)
                                                    : std::span<const Act>(queue);
  }
  return {};
}

// Shown although it is not possible now: what people look for, with the reason why not.
bool is_looked_for(Act act) {
  static constexpr Act acts[] = {
      A::Complete,     A::Forward,      A::Requeue,          A::MarkCancelable, A::CancelFromApp,
      A::SendToTarget, A::RetrieveNext, A::SwitchSequential, A::SwitchParallel, A::SwitchManual};
  return std::find(std::begin(acts), std::end(acts), act) != std::end(acts);
}

size_t rank(std::span<const Act> likely, Act act) {
  return size_t(std::find(likely.begin(), likely.end(), act) - likely.begin());
}

// "Forward to ▸ waiting" is "Forward to waiting", "Complete with… ▸" is "Complete with…".
std::string button_label(std::string text) {
  static constexpr std::string_view sign = " ▸", dots = "…";
  const size_t at = text.find(sign);
  if (at == text.npos) return text.substr(0, text.find(", "));  // without the bytes of a control
  const bool last = at + sign.size() == text.size();
  text.erase(at, sign.size());
  if (last && !text.ends_with(dots)) text += dots;
  return text;
}

std::string registry_name(const MenuItem& item) {
  if (item.act == Act::Send && item.command)
    if (const auto* send = std::get_if<session::cmd::Do>(&*item.command))
      return send->input.text.substr(0, send->input.text.find(' '));
  if (item.act == Act::CloseHandle && item.command)
    if (const auto* close = std::get_if<session::cmd::Do>(&*item.command))
      return "close-" + close->input.subject;
  return trace::act_row(item.act).name;
}

Verb verb_of(const model::Model& m, const trace::Trace& trace, ObjectId object,
             const MenuItem& item) {
  Verb v;
  v.act = item.act;
  v.name = registry_name(item);
  v.label = item.act == Act::Complete        ? trace::act_row(item.act).label
            : item.act == Act::CancelFromApp ? tr("verbs.cancel")
                                             : button_label(item.entry.label);
  v.reason = item.entry.checked ? std::string() : item.entry.reason;
  v.on = item.entry.checked;
  v.command = item.command;
  v.page = item.page;
  v.call = call_text(m, trace, object, item);
  v.effect = effect_text(m, trace, object, item);
  v.move = move_of(m, object, item);
  return v;
}

std::string join(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, " · "));
}

void name_it(VerbList& list, const model::Model& m, const trace::Trace& trace, ObjectId object) {
  const std::string name = trace.name(object);
  if (const RequestView* r = m.request(object)) {
    std::vector<std::string> parts{name, trace::words(r->type)};
    const uint32_t length = r->length ? r->length : r->out_length;
    if (length) parts.push_back(trace::bytes_text(length));
    if (r->file) parts.push_back(trf("inspector.handle", trace.name(r->file)));
    parts.push_back(model::state_name(*r));
    list.title = join(parts);
    list.short_title = join({name, model::state_words(model::request_state(*r))});
  } else if (const model::QueueView* q = m.queue(object)) {
    const std::string held = trf("verbs.queue_holds", q->waiting.size(), q->owned_count);
    list.title = join({name, trace::queue_config_words(q->config, q->limit), held});
    list.short_title = join({name, trace::words(q->dispatch())});
  } else if (const model::DeviceView* d = m.device(object)) {
    list.title = join({name, trace::words(d->power)});
    list.short_title = name;
  } else {
    std::vector<std::string> parts{name};
    for (const model::FileView& f : m.files)
      if (f.app == object && f.state == 0)
        parts.push_back(trf("inspector.handle", trace.name(f.id)));
    list.title = join(parts);
    list.short_title = name;
  }
}

// Why there is not everything to press, in one sentence.
void explain(VerbList& list, const model::Model& m, const trace::Trace& trace, ObjectId object,
             MenuRights rights) {
  const std::string name = trace.name(object);
  const RequestView* r = m.request(object);
  if (r && r->place == model::Place::Done) {
    list.sentence = trf("verbs.complete", name);
  } else if (m.ended) {
    list.sentence = tr("verbs.ended");
  } else if (!rights.inputs) {
    list.sentence = tr("verbs.watch");
  } else if (!rights.orders && (r || m.queue(object))) {
    list.sentence = trf(r ? "verbs.code_decides" : "verbs.code_decides_queue", name);
    list.driver_decides = true;
  }
}

}  // namespace

VerbList verbs_of(const model::Model& m, const trace::Trace& trace, ObjectId object,
                  MenuRights rights) {
  VerbList list;
  const BuiltMenu menu = build_menu(m, trace, object, MenuPage::main, rights);
  if (menu.title.empty()) return list;
  name_it(list, m, trace, object);
  explain(list, m, trace, object, rights);
  const RequestView* r = m.request(object);
  const bool over = m.ended || !rights.inputs || (r && r->place == model::Place::Done);
  for (const MenuItem& item : menu.items) {
    const bool usable = item.act != Act::Count && (rights.orders || !trace::is_order(item.act));
    const bool shown = item.entry.reason.empty() || item.entry.checked || is_looked_for(item.act);
    if (!over && usable && shown)
      list.verbs.push_back(verb_of(m, trace, object, item));
    else
      list.more = list.more || rights.inputs;
  }
  const std::span<const Act> first = likely(m, object);
  std::stable_sort(list.verbs.begin(), list.verbs.end(), [&](const Verb& a, const Verb& b) {
    const size_t i = rank(first, a.act), j = rank(first, b.act), rest = first.size();
    if ((i == rest) != (j == rest)) return j == rest;
    if (a.reason.empty() != b.reason.empty()) return a.reason.empty();
    return i < j;
  });
  return list;
}

VerbList legal_verbs(const model::Model& m, const trace::Trace& trace, ObjectId object,
                     MenuRights rights) {
  VerbList list;
  const std::vector<model::LegalCall> calls = model::legal_calls(m, object);
  for (const MenuItem& item : build_menu(m, trace, object, MenuPage::main, rights).items) {
    const bool legal = std::any_of(calls.begin(), calls.end(), [&](const model::LegalCall& call) {
      return call.act == item.act && call.legal();
    });
    if (legal) list.verbs.push_back(verb_of(m, trace, object, item));
  }
  return list;
}

ObjectId verbs_subject(const model::Model& m, ObjectId selected, ObjectId told) {
  if (m.request(selected) || m.queue(selected) || m.device(selected) || m.target(selected) ||
      m.app(selected) || m.file(selected))
    return selected;
  const auto first = [&](auto holds) {
    for (const RequestView& r : m.requests)
      if (r.type != trace::RequestType::Create && !r.has(model::kPool) && holds(r)) return r.id;
    return ObjectId();
  };
  if (const ObjectId id = first([](const RequestView& r) { return r.has(model::kAsked); }))
    return id;
  if (const RequestView* r = m.request(told); r && r->place != model::Place::Done) return told;
  if (const ObjectId id =
          first([](const RequestView& r) { return r.owner == model::Owner::Driver; }))
    return id;
  if (const ObjectId id =
          first([](const RequestView& r) { return r.place == model::Place::Waiting; }))
    return id;
  for (const model::AppView& a : m.apps)
    if (a.running) return a.id;
  return told;
}

Action key_of(Act act) {
  switch (act) {
    case Act::Complete: return Action::complete_request;
    case Act::Forward: return Action::forward_request;
    case Act::Requeue: return Action::requeue_request;
    case Act::CancelFromApp: return Action::cancel_request;
    case Act::RetrieveNext: return Action::retrieve_next;
    default: return Action::none;
  }
}

}  // namespace qs::ui
