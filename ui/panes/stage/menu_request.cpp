#include "ui/panes/stage/menu_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "session/act_input.h"
#include "trace/events/words.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {
namespace {

Command act(qs::Input input) {
  cmd::Do command;
  command.input = std::move(input);
  return command;
}

Command input(InputKind kind, std::string subject, std::string text) {
  cmd::Do command;
  command.input.kind = kind;
  command.input.subject = std::move(subject);
  command.input.text = std::move(text);
  return command;
}

// The limit of a queue for the override: dropped when it is not parallel.
constexpr uint32_t kNoLimit = 0xFFFFFFFFu;

// Calls that wait until the queue is idle have a page of their own.
bool is_synchronous(Act act) { return act_row(act).group == ActGroup::Waits; }

// Acts that are not worth listing where the program lacks what they need.
bool is_listed(const Model& m, const RequestView& r, const LegalCall& call) {
  switch (call.act) {
    case Act::SendToTarget:
    case Act::SendSynchronously:
    case Act::SendAndForget:
    case Act::CancelSent: return !m.targets.empty();
    case Act::StopAcknowledge:
    case Act::StopAcknowledgeRequeue: return r.has(kToNotify | kNotified | kStopAcked);
    case Act::RetrieveFound: {
      const QueueView* q = m.queue(r.queue);
      return r.place == Place::Waiting && q && q->dispatch() == Dispatch::Manual;
    }
    case Act::CompleteWithInformation: return true;
    case Act::Enqueue: return r.place == Place::CallerContext;
    case Act::DeleteRequest: return r.has(kDriverCreated) || r.owner == Owner::Driver;
    default: return true;
  }
}

class Builder {
 public:
  Builder(const Model& m, const Trace& trace, ObjectId object, MenuRights rights)
      : m_(m), trace_(trace), object_(object), rights_(rights) {}

  // One entry; none when it is not listed here or has no command.
  std::optional<MenuItem> item(const LegalCall& call) {
    const RequestView* r = m_.request(object_);
    const ActRow& row = act_row(call.act);
    if (row.group == ActGroup::Unlisted && call.act != Act::RetrieveFound) return {};
    if (r && !is_listed(m_, *r, call)) return {};
    MenuItem item;
    item.entry.label = row.label;
    item.entry.key = row.key;
    item.entry.call = row.fn != ApiFn::Count ? fn_name(row.fn) : row.field;
    explain(item.entry, call.legality, call.reason, call.rule, true);
    if (!fill(item, call)) return {};
    guard(item.entry, is_order(call.act) ? rights_.inputs && rights_.orders : rights_.inputs);
    item.entry.separator = begins_group(call.act);
    return item;
  }

  BuiltMenu main() {
    out_.title = title();
    for (const LegalCall& call : legal_calls(m_, object_)) {
      if (call.act == Act::QueueStopSynchronously) sync_entry();
      if (!is_synchronous(call.act)) add(call);
    }
    if (const AppView* a = m_.app(object_)) app_handles(*a);
    if (m_.queue(object_) && rights_.graph) graph_entries();
    if (m_.queue(object_) && rights_.inputs) compare_entry();
    return std::move(out_);
  }

  BuiltMenu forward() {
    out_.title = trf("stage_menu.forward_title", trace_.name(object_));
    int number = 0;
    for (const ForwardChoice& choice : forward_choices(m_, object_)) {
      MenuItem item;
      item.entry.label = trace_.name(choice.queue);
      if (++number <= 9) item.entry.key = std::to_string(number);
      item.entry.call = fn_name(ApiFn::WdfRequestForwardToIoQueue);
      explain(item.entry, choice.legality, choice.reason, choice.rule, true);
      item.object = choice.queue;
      item.command = forward_command(trace_, object_, choice.queue);
      out_.items.push_back(std::move(item));
    }
    return std::move(out_);
  }

  BuiltMenu complete() {
    const RequestView* r = m_.request(object_);
    out_.title = trf("stage_menu.complete_title", trace_.name(object_));
    if (!r) return std::move(out_);
    LegalCall ruling;
    for (const LegalCall& call : legal_calls(m_, object_))
      if (call.act == Act::CompleteWithInformation) ruling = call;
    const auto add_status = [&](const char* status, uint32_t information, const char* key) {
      MenuItem item;
      item.entry.label = fmt::format("{}, {}", status, bytes_text(information));
      item.entry.call = fn_name(ApiFn::WdfRequestCompleteWithInformation);
      item.entry.key = key;
      explain(item.entry, ruling.legality, ruling.reason, ruling.rule, true);
      Order order;
      order.act = Act::CompleteWithInformation;
      order.status = *status_value(status);
      order.information = information;
      item.command = act(order_input(trace_.name(object_), order));
      out_.items.push_back(std::move(item));
    };
    const uint32_t bytes = answer_room(*r);
    add_status("STATUS_SUCCESS", bytes, "1");
    if (bytes > 1) add_status("STATUS_SUCCESS", bytes / 2, "2");
    add_status("STATUS_SUCCESS", 0, "3");
    add_status("STATUS_CANCELLED", 0, "4");
    add_status("STATUS_UNSUCCESSFUL", 0, "5");
    add_status("STATUS_INVALID_DEVICE_REQUEST", 0, "6");
    add_status("STATUS_BUFFER_TOO_SMALL", 0, "7");
    add_status("STATUS_IO_TIMEOUT", 0, "8");
    add_status("STATUS_IO_DEVICE_ERROR", 0, "9");
    return std::move(out_);
  }

  BuiltMenu sync() {
    out_.title = trf("stage_menu.sync_title", trace_.name(object_));
    for (const LegalCall& call : legal_calls(m_, object_))
      if (is_synchronous(call.act)) add(call);
    return std::move(out_);
  }

  BuiltMenu limit() {
    const QueueView* q = m_.queue(object_);
    out_.title = trf("stage_menu.limit_title", trace_.name(object_));
    if (!q) return std::move(out_);
    const auto add_limit = [&](uint32_t limit, std::string label, const char* key) {
      MenuItem item;
      item.entry.label = std::move(label);
      item.entry.key = key;
      item.entry.checked = q->limit == limit;  // choosing it again changes nothing
      if (!item.entry.checked)
        item.command = cmd::SwitchDispatch{object_, Dispatch::Parallel, limit};
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    add_limit(kNoLimit, tr("stage_menu.no_limit"), "0");
    static constexpr uint32_t limits[] = {1, 2, 3, 4, 6, 8};
    for (const uint32_t n : limits) add_limit(n, std::to_string(n), std::to_string(n).c_str());
    return std::move(out_);
  }

  BuiltMenu setting(bool scope) {
    out_.title =
        trf(scope ? "stage_menu.scope_title" : "stage_menu.level_title", trace_.name(object_));
    const QueueView* q = m_.queue(object_);
    const auto add_setting = [&](const char* label, const char* text, bool now, const char* key) {
      MenuItem item;
      item.entry.label = label;
      item.entry.checked = now;
      item.entry.key = key;
      if (!now) item.command = cmd::SetOverride{object_, text};
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    if (!q) return std::move(out_);
    if (scope) {
      add_setting(tr("stage_menu.scope_none"), "scope=none", q->scope() == qs::Scope::None, "1");
      add_setting(tr("stage_menu.scope_queue"), "scope=queue", q->scope() == qs::Scope::Queue, "2");
      add_setting(tr("stage_menu.scope_device"), "scope=device", q->scope() == qs::Scope::Device,
                  "3");
    } else {
      const bool passive = (q->config & kConfigPassive) != 0;
      add_setting(tr("stage_menu.level_dispatch"), "exec=dispatch", !passive, "1");
      add_setting(tr("stage_menu.level_passive"), "exec=passive", passive, "2");
    }
    return std::move(out_);
  }

 private:
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
    if (const RequestView* r = m_.request(object_)) return request_title(trace_, *r);
    if (const QueueView* q = m_.queue(object_))
      return fmt::format("{} · {}", trace_.name(object_), words(q->dispatch()));
    return trace_.name(object_);
  }

  // Gray with the reason and its rule, or only a note.
  static void explain(MenuEntry& e, Legality legality, const std::string& reason, const char* rule,
                      bool can_force) {
    const std::string text = with_rule(reason, rule);
    if (legality <= Legality::Discouraged) {
      e.note = text;
      return;
    }
    e.reason = text.empty() ? std::string(rule) : text;
    e.can_force = can_force && legality == Legality::Illegal;
  }

  void guard(MenuEntry& e, bool allowed) const {
    if (allowed) return;
    e.reason = tr(rights_.inputs ? "stage_menu.no_orders" : "stage_menu.watch_only");
    e.can_force = false;
  }

  void add(const LegalCall& call) {
    if (call.act == Act::Send) return send_entries(call);
    if (auto made = item(call)) out_.items.push_back(std::move(*made));
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
    const std::string name = trace_.name(object_);
    const RequestView* r = m_.request(object_);
    switch (call.act) {
      case Act::Forward: return fill_forward(item);
      case Act::CompleteWithInformation:
        item.page = MenuPage::complete;
        item.entry.label = tr("stage_menu.complete_with");
        return true;
      case Act::Complete:
        item.entry.label = trf("stage_menu.complete", "STATUS_SUCCESS");
        // Information is the whole length: what a driver that did its work would return.
        item.entry.call = fn_name(ApiFn::WdfRequestCompleteWithInformation);
        break;
      case Act::RetrieveFound: {
        if (!r) return false;
        Order order;
        order.act = Act::RetrieveFound;
        order.request = name;
        item.command = act(order_input(trace_.name(r->queue), order));
        return true;
      }
      case Act::CancelFromApp: item.entry.call = "CancelIoEx"; break;
      case Act::SwitchSequential: return fill_switch(item, Dispatch::Sequential);
      case Act::SwitchParallel: return fill_switch(item, Dispatch::Parallel);
      case Act::SwitchManual: return fill_switch(item, Dispatch::Manual);
      case Act::SetLimit: item.page = MenuPage::limit; break;
      case Act::SetScope: item.page = MenuPage::scope; break;
      case Act::SetExecutionLevel: item.page = MenuPage::level; break;
      case Act::RetrieveByFile: return fill_by_file(item);
      case Act::OpenHandle:
        item.command = input(InputKind::OpenFile, new_handle(), name);
        return true;
      default: break;
    }
    if (item.page != MenuPage::main) {
      item.entry.label += " ▸";
      return true;
    }
    if (!is_order(call.act)) {
      item.command = act(act_input(call.act, m_.device(object_) ? std::string() : name));
      return true;
    }
    Order order;
    order.act = call.act;
    item.command = act(order_input(name, r ? typical_order(call.act, *r) : order));
    return true;
  }

  // "h1", or the first such name that is free.
  std::string new_handle() const {
    for (int n = 1;; ++n) {
      const std::string name = "h" + std::to_string(n);
      const auto taken = [&](const FileView& f) { return trace_.name(f.id) == name; };
      if (std::none_of(m_.files.begin(), m_.files.end(), taken)) return name;
    }
  }

  // One other queue: forward to it directly. More: choose.
  bool fill_forward(MenuItem& item) {
    const auto choices = forward_choices(m_, object_);
    const ForwardChoice* only = nullptr;
    size_t others = 0;
    const RequestView* r = m_.request(object_);
    for (const ForwardChoice& c : choices)
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

  bool fill_switch(MenuItem& item, Dispatch to) {
    const QueueView* q = m_.queue(object_);
    item.entry.checked = q && q->dispatch() == to;
    item.command = cmd::SwitchDispatch{object_, to, kNoLimit};
    return true;
  }

  bool fill_by_file(MenuItem& item) {
    const QueueView* q = m_.queue(object_);
    ObjectId file;
    if (q)
      for (const ObjectId id : q->waiting)
        if (const RequestView* r = m_.request(id); r && r->file && !file) file = r->file;
    if (!file)
      for (const FileView& f : m_.files)
        if (!file && f.state == 0) file = f.id;
    if (!file) return false;
    item.entry.label = trf("stage_menu.retrieve_file", trace_.name(file));
    Order order;
    order.act = Act::RetrieveByFile;
    order.file = trace_.name(file);
    item.command = act(order_input(trace_.name(object_), order));
    return true;
  }

  void send_entries(const LegalCall& call) {
    const ObjectId app = object_.kind() == ObjectKind::FileObject && m_.file(object_)
                             ? m_.file(object_)->app
                             : object_;
    const ObjectId file = object_.kind() == ObjectKind::FileObject ? object_ : ObjectId();
    const auto one = [&](RequestType type, const char* label, const char* fn, const char* key) {
      MenuItem item;
      item.entry.label = label;
      item.entry.call = fn;
      item.entry.key = key;
      explain(item.entry, call.legality, call.reason, call.rule, false);
      item.command = send_command(m_, trace_, app, type, file);
      if (!item.command && item.entry.reason.empty())
        item.entry.reason = tr("stage_menu.no_handle");
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    };
    one(RequestType::Read, tr("stage_menu.send_read"), "ReadFile", "R");
    one(RequestType::Write, tr("stage_menu.send_write"), "WriteFile", "W");
    one(RequestType::DeviceControl, tr("stage_menu.send_control"), "DeviceIoControl", "I");
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
    QueueGraph less = *rights_.graph;
    std::erase_if(less.queues, [&](const QueueSetup& q) { return q.name == name; });
    MenuItem remove;
    remove.entry.label = trf("setup.remove", name);
    remove.entry.note = tr("stage_menu.new_run");
    remove.entry.key = "V";
    remove.command = cmd::SetGraph{less, trf("setup.label_remove", name)};
    out_.items.push_back(std::move(remove));
  }

  void app_handles(const AppView& a) {
    int number = 0;
    for (const FileView& f : m_.files) {
      if (f.app != a.id || f.state != 0) continue;
      MenuItem item;
      item.entry.label = trf("stage_menu.close_handle", trace_.name(f.id));
      item.entry.call = fn_name(ApiFn::CloseHandle);
      if (++number <= 9) item.entry.key = std::to_string(number);
      item.entry.separator = number == 1;
      item.command = act(act_input(Act::CloseHandle, trace_.name(f.id)));
      guard(item.entry, rights_.inputs);
      out_.items.push_back(std::move(item));
    }
  }

  const Model& m_;
  const Trace& trace_;
  ObjectId object_;
  MenuRights rights_;
  BuiltMenu out_;
};

}  // namespace

std::string with_rule(const std::string& reason, const char* rule) {
  return reason.empty() || !rule || !*rule ? reason : fmt::format("{} ({})", reason, rule);
}

std::string request_title(const Trace& trace, const RequestView& r) {
  return fmt::format("{} · {}, {}", trace.name(r.id), words(r.type), bytes_text(r.length));
}

BuiltMenu build_menu(const Model& model, const Trace& trace, ObjectId object, MenuPage page,
                     MenuRights rights) {
  Builder builder(model, trace, object, rights);
  switch (page) {
    case MenuPage::forward: return builder.forward();
    case MenuPage::complete: return builder.complete();
    case MenuPage::limit: return builder.limit();
    case MenuPage::scope: return builder.setting(true);
    case MenuPage::level: return builder.setting(false);
    case MenuPage::sync: return builder.sync();
    case MenuPage::list:
    case MenuPage::compare:
    case MenuPage::main: break;
  }
  return builder.main();
}

BuiltMenu list_menu(const Model& model, const Trace& trace, const std::string& title,
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

std::optional<Command> act_command(const Model& model, const Trace& trace, ObjectId object, Act act,
                                   MenuRights rights) {
  if (is_order(act) && !rights.orders) return {};
  if (!rights.inputs) return {};
  for (const LegalCall& call : legal_calls(model, object)) {
    if (call.act != act || !call.legal()) continue;
    auto item = Builder(model, trace, object, rights).item(call);
    if (item && item->entry.reason.empty()) return item->command;
  }
  return {};
}

std::optional<Command> send_command(const Model& model, const Trace& trace, ObjectId app,
                                    RequestType type, ObjectId file) {
  const AppView* a = model.app(app);
  if (!a || !a->running) return {};
  for (const FileView& f : model.files)
    if (!file && f.app == app && f.state == 0) file = f.id;
  // An application that opened none may have inherited another one's.
  for (const FileView& f : model.files)
    if (!file && f.state == 0) file = f.id;
  if (!file) return {};
  const std::string handle = trace.name(file), who = trace.name(app);
  switch (type) {
    case RequestType::Read: return input(InputKind::Send, who, "read 16 file=" + handle);
    case RequestType::Write: return input(InputKind::Send, who, "write 16 file=" + handle);
    case RequestType::DeviceControl:
      return input(InputKind::Send, who, "ioctl 16 out=16 file=" + handle);
    default: return {};
  }
}

Command forward_command(const Trace& trace, ObjectId request, ObjectId queue) {
  Order order;
  order.act = Act::Forward;
  order.queue = trace.name(queue);
  return act(order_input(trace.name(request), order));
}

void open_object_menu(Ui& ui, MenuState& state, const Hit& hit, ObjectId object, MenuPage page) {
  open_menu(ui, hit);
  state = {object, page, page, {}, hit.id, ui.menu.at, ui.menu.by_keyboard};
}

void open_list_menu(Ui& ui, MenuState& state, const Hit& hit, std::vector<ObjectId> objects) {
  open_object_menu(ui, state, hit, {}, MenuPage::list);
  state.list = std::move(objects);
}

namespace {

BuiltMenu built(const MenuState& state, const Model& model, const Trace& trace, MenuRights rights) {
  if (state.page == MenuPage::list)
    return list_menu(model, trace, tr("stage_menu.list_title"), state.list);
  return build_menu(model, trace, state.object, state.page, rights);
}

void reopen(Ui& ui, MenuState& state, MenuPage page) {
  state.page = page;
  open_menu(ui, state.owner, state.at, state.by_keyboard);
}

}  // namespace

ObjectId object_menu(Ui& ui, MenuState& state, const Model& model, const Trace& trace,
                     MenuRights rights, std::vector<Command>& out) {
  if (!state.owner || !menu_open(ui, state.owner)) return {};
  const BuiltMenu built_menu = built(state, model, trace, rights);
  if (built_menu.items.empty()) {
    close_menu(ui);
    return {};
  }
  std::vector<MenuEntry> entries;
  for (const MenuItem& item : built_menu.items) entries.push_back(item.entry);
  const MenuChoice choice = menu(ui, state.owner, built_menu.title, entries);
  if (!choice) {
    // Esc or Left on a second page leads back to the first; a click outside closes all.
    const bool left = !menu_open(ui, state.owner) && ui.in.pressed < 0;
    if (left && state.page != state.first) reopen(ui, state, state.first);
    return {};
  }
  const MenuItem& item = built_menu.items[size_t(choice.index)];
  if (item.command) {
    out.push_back(*item.command);
  } else if (item.page == MenuPage::compare) {
    state.compare = state.object;
  } else if (item.page != MenuPage::main) {
    reopen(ui, state, item.page);
  } else if (item.object) {
    return item.object;
  }
  return {};
}

ForwardPreview forward_preview(const Ui& ui, const MenuState& state, const Model& model,
                               const Trace& trace, MenuRights rights) {
  if (!state.owner || !menu_open(ui, state.owner) || ui.menu.lit < 0) return {};
  if (state.page != MenuPage::main && state.page != MenuPage::forward) return {};
  if (state.object.kind() != ObjectKind::Request) return {};
  const BuiltMenu b = built(state, model, trace, rights);
  const auto lit = size_t(ui.menu.lit);
  if (lit >= b.items.size() || !b.items[lit].object) return {};
  return {state.object, b.items[lit].object};
}

}  // namespace qs::ui
