// Which verbs there are, in which order, and what the panel says above them.
#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <span>
#include <string_view>

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
  static constexpr Act canceled[] = {A::CompleteWithInformation, A::Complete};
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
    if (r->has(model::kCancelDelivered | model::kCoqDelivered)) return canceled;
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

// Is it worth a button?
bool is_shown(const model::LegalCall& call) { return call.legal() || is_looked_for(call.act); }

// Of an entry among the buttons.
struct Place {
  size_t rank, item;
  bool now;
};

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

void make_verb(Verb& v, ObjectId object, MenuItem&& item) {
  v.object = object;
  v.name = registry_name(item);
  v.label = item.act == Act::Complete        ? trace::act_row(item.act).label
            : item.act == Act::CancelFromApp ? tr("verbs.cancel")
                                             : button_label(std::move(item.entry.label));
  if (!item.entry.checked) v.reason = std::move(item.entry.reason);
  v.item = std::move(item);
}

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += " · ";
    out += part;
  }
  return out;
}

void name_it(VerbList& list, const model::Model& m, const trace::Trace& trace, ObjectId object) {
  const std::string name = trace.name(object);
  if (const RequestView* r = m.request(object)) {
    const uint32_t length = r->length ? r->length : r->out_length;
    const std::string bytes = length ? trace::bytes_text(length) : std::string();
    const std::string handle =
        r->file ? trf("inspector.handle", trace.name(r->file)) : std::string();
    list.title = join({name, trace::words(r->type), bytes, handle, model::state_name(*r)});
    list.short_title = join({name, model::state_words(model::request_state(*r))});
  } else if (const model::QueueView* q = m.queue(object)) {
    const std::string held = trf("verbs.queue_holds", q->waiting.size(), q->owned_count);
    list.title = join({name, trace::queue_config_words(q->config, q->limit), held});
    list.short_title = join({name, trace::words(q->dispatch())});
  } else if (const model::DeviceView* d = m.device(object)) {
    list.title = join({name, trace::words(d->power)});
    list.short_title = name;
  } else {
    list.title = list.short_title = name;
    for (const model::FileView& f : m.files)
      if (f.app == object && f.state == 0)
        list.title += " · " + trf("inspector.handle", trace.name(f.id));
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
  if (!m.request(object) && !m.queue(object) && !m.device(object) && !m.target(object) &&
      !m.app(object) && !m.file(object))
    return list;
  BuiltMenu menu = build_acts(m, trace, object, rights, &is_shown);
  name_it(list, m, trace, object);
  explain(list, m, trace, object, rights);
  const RequestView* r = m.request(object);
  const bool over = m.ended || !rights.inputs || (r && r->place == model::Place::Done);
  list.more = menu.left_out && rights.inputs;
  const std::span<const Act> first = likely(m, object);
  std::vector<Place> places;
  places.reserve(menu.items.size());
  for (const MenuItem& item : menu.items) {
    const MenuEntry& entry = item.entry;
    const bool usable = item.act != Act::Count && (rights.orders || !trace::is_order(item.act));
    const bool now = entry.reason.empty() || entry.checked;
    if (!over && usable && (now || is_looked_for(item.act)))
      places.push_back({rank(first, item.act), size_t(&item - menu.items.data()), now});
    else
      list.more = list.more || rights.inputs;
  }
  std::sort(places.begin(), places.end(), [rest = first.size()](const Place& a, const Place& b) {
    if ((a.rank == rest) != (b.rank == rest)) return b.rank == rest;
    if (a.now != b.now) return a.now;
    return a.rank != b.rank ? a.rank < b.rank : a.item < b.item;
  });
  list.verbs.reserve(places.size());
  for (const Place& place : places)
    make_verb(list.verbs.emplace_back(), object, std::move(menu.items[place.item]));
  return list;
}

std::optional<Verb> verb_for(const model::Model& m, const trace::Trace& trace, ObjectId object,
                             MenuRights rights, Act act) {
  if (m.ended || !rights.inputs || (trace::is_order(act) && !rights.orders)) return {};
  auto item = menu_item(m, trace, object, rights, act);
  if (!item) return {};
  std::optional<Verb> verb(std::in_place);
  make_verb(*verb, object, std::move(*item));
  return verb;
}

VerbList legal_verbs(const model::Model& m, const trace::Trace& trace, ObjectId object,
                     MenuRights rights) {
  VerbList list;
  const auto legal = [](const model::LegalCall& call) { return call.legal(); };
  // Closing a handle is an act of the handle.
  for (MenuItem& item : build_acts(m, trace, object, rights, legal).items)
    if (item.act != Act::Count && !(item.act == Act::CloseHandle && m.app(object)))
      make_verb(list.verbs.emplace_back(), object, std::move(item));
  return list;
}

ObjectId verbs_subject(const model::Model& m, ObjectId selected, ObjectId mentioned) {
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
  if (const RequestView* r = m.request(mentioned); r && r->place != model::Place::Done)
    return mentioned;
  if (const ObjectId id =
          first([](const RequestView& r) { return r.owner == model::Owner::Driver; }))
    return id;
  if (const ObjectId id =
          first([](const RequestView& r) { return r.place == model::Place::Waiting; }))
    return id;
  for (const model::AppView& a : m.apps)
    if (a.running) return a.id;
  return mentioned;
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
