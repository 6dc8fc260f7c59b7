#include "ui/panes/stage/menu_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "session/act_input.h"
#include "trace/events/words.h"
#include "ui/panes/stage/menu_parts.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::LegalCall;
using model::RequestView;
using trace::Act;

namespace stage_menu {
namespace {

// Calls that wait until the queue has come to rest have a page of their own.
bool is_synchronous(Act act) { return trace::act_row(act).group == trace::ActGroup::Waits; }

// Acts that are not worth listing where the program lacks what they need.
bool is_listed(const model::Model& m, const RequestView& r, const LegalCall& call) {
  switch (call.act) {
    case Act::SendToTarget:
    case Act::SendSynchronously:
    case Act::SendAndForget:
    case Act::CancelSent: return !m.targets.empty();
    case Act::StopAcknowledge:
    case Act::StopAcknowledgeRequeue:
      return r.has(model::kToNotify | model::kNotified | model::kStopAcked);
    case Act::RetrieveFound: {
      const model::QueueView* q = m.queue(r.queue);
      return r.place == model::Place::Waiting && q && q->dispatch() == trace::Dispatch::Manual;
    }
    case Act::CompleteWithInformation: return true;
    case Act::Enqueue: return r.place == model::Place::CallerContext;
    case Act::DeleteRequest: return r.has(model::kDriverCreated) || r.owner == model::Owner::Driver;
    default: return true;
  }
}

class Builder : Maker {
 public:
  using Maker::Maker;

  // One entry, in a new item; false when it is not listed here or has no command.
  bool make(MenuItem& item, const LegalCall& call) {
    if (!has_entry(call)) return false;
    const trace::ActRow& row = trace::act_row(call.act);
    item.act = call.act;
    item.entry.label = row.label;
    item.entry.key = row.key;
    item.entry.call = row.fn != trace::ApiFn::Count ? trace::fn_name(row.fn) : row.field;
    explain(item.entry, call.legality, call.reason, call.rule, true);
    if (!fill(item, call)) return false;
    guard(item.entry,
          trace::is_order(call.act) ? rights_.inputs && rights_.orders : rights_.inputs);
    item.entry.separator = begins_group(call.act);
    return true;
  }

  BuiltMenu main() {
    out_.title = title();
    return acts([](const LegalCall&) { return true; });
  }

  BuiltMenu acts(bool (*wanted)(const LegalCall&)) {
    const std::vector<LegalCall> calls = model::legal_calls(m_, object_);
    out_.items.reserve(calls.size() + 4);
    for (const LegalCall& call : calls) {
      if (call.act == Act::QueueStopSynchronously) sync_entry();
      if (is_synchronous(call.act)) continue;
      if (wanted(call))
        add(call);
      else
        out_.left_out = out_.left_out || has_entry(call);
    }
    if (const model::AppView* a = m_.app(object_)) app_handles(*a);
    if (m_.queue(object_) && rights_.graph) graph_entries();
    if (m_.queue(object_) && rights_.inputs) compare_entry();
    return std::move(out_);
  }

  BuiltMenu sync() {
    out_.title = trf("stage_menu.sync_title", trace_.name(object_));
    for (const LegalCall& call : model::legal_calls(m_, object_))
      if (is_synchronous(call.act)) add(call);
    return std::move(out_);
  }

 private:
  bool has_entry(const LegalCall& call) const {
    const bool unlisted = trace::act_row(call.act).group == trace::ActGroup::Unlisted;
    return (!unlisted || call.act == Act::RetrieveFound) &&
           (!request_ || is_listed(m_, *request_, call));
  }

  void sync_entry() {
    MenuItem item;
    item.entry.label = tr("stage_menu.sync");
    item.entry.key = "Y";
    item.page = MenuPage::sync;
    out_.items.push_back(std::move(item));
  }

  void compare_entry() {
    MenuItem item;
    item.entry.label = tr("stage_menu.compare");
    item.entry.key = "M";
    item.entry.separator = true;
    item.page = MenuPage::compare;
    out_.items.push_back(std::move(item));
  }

  std::string title() const {
    if (request_) return request_title(trace_, *request_);
    if (const model::QueueView* q = m_.queue(object_))
      return fmt::format("{} · {}", trace_.name(object_), trace::words(q->dispatch()));
    return trace_.name(object_);
  }

  void add(const LegalCall& call) {
    if (call.act == Act::Send) return send_entries(call);
    if (!make(out_.items.emplace_back(), call)) out_.items.pop_back();
  }

  static bool begins_group(Act act) {
    switch (act) {
      case Act::Forward:
      case Act::MarkCancelable:
      case Act::SendToTarget:
      case Act::StopAcknowledge:
      case Act::CancelFromApp:
      case Act::QueueStart:
      case Act::TargetPurge:
      case Act::ReadyNotifyOn:
      case Act::QueueDelete:
      case Act::DeleteRequest:
      case Act::PnpQueryStop:
      case Act::SwitchSequential:
      case Act::SetLimit:
      case Act::SurpriseRemove:
      case Act::PnpQueryRemove:
      case Act::OpenHandle:
      case Act::AppExit: return true;
      default: return false;
    }
  }

  // The command or page of an entry. False: it has none.
  bool fill(MenuItem& item, const LegalCall& call) {
    const std::string& name = name_;
    const RequestView* r = request_;
    switch (call.act) {
      case Act::Forward: return fill_forward(item);
      case Act::CompleteWithInformation:
        item.page = MenuPage::complete;
        item.entry.label = tr("stage_menu.complete_with");
        return true;
      case Act::Complete:
        item.entry.label = trf("stage_menu.complete", "STATUS_SUCCESS");
        // Information is the whole length: what a driver that did its work would return.
        item.entry.call = trace::fn_name(trace::ApiFn::WdfRequestCompleteWithInformation);
        break;
      case Act::RetrieveFound: {
        if (!r) return false;
        trace::Order order;
        order.act = Act::RetrieveFound;
        order.request = name;
        item.command = act(session::order_input(trace_.name(r->queue), order));
        return true;
      }
      case Act::CancelFromApp: item.entry.call = "CancelIoEx"; break;
      case Act::SwitchSequential: return fill_switch(item, trace::Dispatch::Sequential);
      case Act::SwitchParallel: return fill_switch(item, trace::Dispatch::Parallel);
      case Act::SwitchManual: return fill_switch(item, trace::Dispatch::Manual);
      case Act::SetLimit: item.page = MenuPage::limit; break;
      case Act::SetScope: item.page = MenuPage::scope; break;
      case Act::SetExecutionLevel: item.page = MenuPage::level; break;
      case Act::RetrieveByFile: return fill_by_file(item);
      case Act::OpenHandle:
        item.command = input(sched::InputKind::OpenFile, new_handle(), name);
        return true;
      default: break;
    }
    if (item.page != MenuPage::main) {
      item.entry.label += " ▸";
      return true;
    }
    if (!trace::is_order(call.act)) {
      item.command = act(session::act_input(call.act, m_.device(object_) ? std::string() : name));
      return true;
    }
    trace::Order order;
    order.act = call.act;
    item.command = act(session::order_input(name, r ? model::typical_order(call.act, *r) : order));
    return true;
  }

  // "h1", or the first such name that is free.
  std::string new_handle() const {
    for (int n = 1;; ++n) {
      const std::string name = "h" + std::to_string(n);
      const auto taken = [&](const model::FileView& f) { return trace_.name(f.id) == name; };
      if (std::none_of(m_.files.begin(), m_.files.end(), taken)) return name;
    }
  }

  // One other queue: forward to it directly. More: choose.
  bool fill_forward(MenuItem& item) {
    const auto choices = model::forward_choices(m_, object_);
    const model::ForwardChoice* only = nullptr;
    size_t others = 0;
    const RequestView* r = request_;
    for (const model::ForwardChoice& c : choices)
      if (r && c.queue != r->queue) {
        only = &c;
        ++others;
      }
    if (others == 1) {
      item.entry.label = trf("stage_menu.forward_to", trace_.name(only->queue));
      item.object = only->queue;
      item.command = forward_command(trace_, object_, only->queue);
      if (item.entry.reason.empty())
        explain(item.entry, only->legality, only->reason, only->rule, true);
      return true;
    }
    item.entry.label = tr("stage_menu.forward");
    item.page = MenuPage::forward;
    return others > 0 || !item.entry.reason.empty();
  }

  bool fill_switch(MenuItem& item, trace::Dispatch to) {
    const model::QueueView* q = m_.queue(object_);
    item.entry.checked = q && q->dispatch() == to;
    item.command = session::cmd::SwitchDispatch{object_, to, kNoLimit};
    return true;
  }

  bool fill_by_file(MenuItem& item) {
    const model::QueueView* q = m_.queue(object_);
    ObjectId file;
    if (q)
      for (const ObjectId id : q->waiting)
        if (const RequestView* r = m_.request(id); r && r->file && !file) file = r->file;
    if (!file)
      for (const model::FileView& f : m_.files)
        if (!file && f.state == 0) file = f.id;
    if (!file) return false;
    item.entry.label = trf("stage_menu.retrieve_file", trace_.name(file));
    trace::Order order;
    order.act = Act::RetrieveByFile;
    order.file = trace_.name(file);
    item.command = act(session::order_input(trace_.name(object_), order));
    return true;
  }

  void send_entries(const LegalCall& call) {
    const ObjectId app = object_.kind() == ObjectKind::FileObject && m_.file(object_)
                             ? m_.file(object_)->app
                             : object_;
    const ObjectId file = object_.kind() == ObjectKind::FileObject ? object_ : ObjectId();
    const auto one = [&](trace::RequestType type, const char* label, const char* fn,
                         const char* key) {
      MenuItem item;
      item.act = call.act;
      item.entry.label = label;
      item.entry.call = fn;
      item.entry.key = key;
      explain(item.entry, call.legality, call.reason, call.rule, false);
      if (auto command = send_command(m_, trace_, app, type, file))
        item.command = std::move(*command);
      if (!item.command && item.entry.reason.empty())
        item.entry.reason = tr("stage_menu.no_handle");
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    one(trace::RequestType::Read, tr("stage_menu.send_read"), "ReadFile", "R");
    one(trace::RequestType::Write, tr("stage_menu.send_write"), "WriteFile", "W");
    one(trace::RequestType::DeviceControl, tr("stage_menu.send_control"), "DeviceIoControl", "I");
  }

  // What the driver creates: the panel has all its settings.
  void graph_entries() {
    const std::string name = trace_.name(object_);
    MenuItem settings;
    settings.entry.label = tr("stage_menu.queue_settings");
    settings.entry.note = tr("stage_menu.queue_settings_note");
    settings.entry.key = "G";
    settings.entry.separator = true;
    settings.object = object_;
    out_.items.push_back(std::move(settings));
    run::QueueGraph less = *rights_.graph;
    std::erase_if(less.queues, [&](const run::QueueSetup& q) { return q.name == name; });
    MenuItem remove;
    remove.entry.label = trf("setup.remove", name);
    remove.entry.note = tr("stage_menu.new_run");
    remove.entry.key = "V";
    remove.command = session::cmd::SetGraph{less, trf("setup.label_remove", name)};
    out_.items.push_back(std::move(remove));
  }

  void app_handles(const model::AppView& a) {
    int number = 0;
    for (const model::FileView& f : m_.files) {
      if (f.app != a.id || f.state != 0) continue;
      MenuItem item;
      item.act = Act::CloseHandle;
      item.entry.label = trf("stage_menu.close_handle", trace_.name(f.id));
      item.entry.call = trace::fn_name(trace::ApiFn::CloseHandle);
      if (++number <= 9) item.entry.key = std::to_string(number);
      item.entry.separator = number == 1;
      item.command = act(session::act_input(Act::CloseHandle, trace_.name(f.id)));
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    }
  }
};

}  // namespace
}  // namespace stage_menu

std::string with_rule(const std::string& reason, const char* rule) {
  if (reason.empty() || !rule || !*rule) return reason;
  const std::string_view name = rule;
  std::string text;
  text.reserve(reason.size() + name.size() + 3);
  text.append(reason).append(" (").append(name) += ')';
  return text;
}

std::string request_title(const trace::Trace& trace, const RequestView& r) {
  return fmt::format("{} · {}, {}", trace.name(r.id), trace::words(r.type),
                     trace::bytes_text(r.length));
}

BuiltMenu build_menu(const model::Model& model, const trace::Trace& trace, ObjectId object,
                     MenuPage page, MenuRights rights) {
  const stage_menu::Subject subject{model, trace, object, rights};
  switch (page) {
    case MenuPage::forward: return stage_menu::forward_page(subject);
    case MenuPage::complete: return stage_menu::complete_page(subject);
    case MenuPage::limit: return stage_menu::limit_page(subject);
    case MenuPage::scope: return stage_menu::setting_page(subject, true);
    case MenuPage::level: return stage_menu::setting_page(subject, false);
    case MenuPage::sync: return stage_menu::Builder(subject).sync();
    case MenuPage::list:
    case MenuPage::compare:
    case MenuPage::main: break;
  }
  return stage_menu::Builder(subject).main();
}

BuiltMenu build_acts(const model::Model& model, const trace::Trace& trace, ObjectId object,
                     MenuRights rights, bool (*wanted)(const model::LegalCall&)) {
  return stage_menu::Builder({model, trace, object, rights}).acts(wanted);
}

std::optional<MenuItem> menu_item(const model::Model& model, const trace::Trace& trace,
                                  ObjectId object, MenuRights rights, Act act) {
  const std::vector<LegalCall> calls = model::legal_calls(model, object, {&act, 1});
  MenuItem item;
  if (calls.empty() ||
      !stage_menu::Builder({model, trace, object, rights}).make(item, calls.front()))
    return {};
  return item;
}

BuiltMenu list_menu(const model::Model& model, const trace::Trace& trace, const std::string& title,
                    const std::vector<ObjectId>& objects) {
  BuiltMenu out;
  out.title = title;
  for (const ObjectId id : objects) {
    MenuItem item;
    const RequestView* r = model.request(id);
    item.entry.label = r ? request_title(trace, *r) : trace.name(id);
    item.object = id;
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace qs::ui
