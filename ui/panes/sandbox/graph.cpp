// The section "Queues" of the sandbox's panel: what the driver is told to create. Each change is a
// new run; what the framework would refuse is gray and can be tried.
#include <algorithm>

#include <fmt/format.h>

#include "trace/events/words.h"
#include "ui/panes/sandbox/graph_edit.h"
#include "ui/panes/sandbox/panel.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using run::QueueSetup;
using run::SetupLevel;
using run::SetupPower;
using run::SetupScope;
namespace cmd = session::cmd;

namespace {

std::string fault_text(const run::SetupFault& f) {
  return fmt::format("{}: {} ({})", f.sentence, trace::status_text(f.status), f.rule);
}

class GraphSection {
 public:
  GraphSection(Ui& ui, Sheet& sheet, const SandboxPanelInput& in, SandboxPanelState& state)
      : ui_(ui),
        sheet_(sheet),
        in_(in),
        state_(state),
        graph_(in.graph),
        faults_(run::faults_of(graph_)) {}

  void draw() {
    refusal();
    for (size_t i = 0; i < graph_.queues.size(); ++i) queue(i);
    const bool full = graph_.queues.size() >= run::kMostQueues;
    run::QueueGraph more = graph_;
    add_queue(more);
    sheet_.press("graph/add", tr("setup.add_queue"),
                 cmd::SetGraph{more, trf("setup.label_add", more.queues.back().name)},
                 full ? trf("setup.most_queues", run::kMostQueues) : "", false);
    device();
  }

 private:
  // The first fault ended the set-up: that is what the driver returned.
  void refusal() {
    if (faults_.empty()) return;
    const run::SetupFault& f = faults_.front();
    sheet_.text(trf("setup.refused", f.call, graph_.queues[f.queue].name,
                    trace::status_text(f.status), f.sentence, f.rule),
                ui_.theme->danger);
  }

  // Why the framework would refuse the changed graph and not the current one; "" when it would not.
  std::string why_not(const run::QueueGraph& changed) const {
    for (const run::SetupFault& f : run::faults_of(changed)) {
      const bool known =
          std::any_of(faults_.begin(), faults_.end(), [&](const run::SetupFault& old) {
            return old.queue == f.queue && old.sentence == f.sentence;
          });
      if (!known) return fault_text(f);
    }
    return {};
  }

  template <class Change>
  cmd::SetGraph changed(size_t i, const std::string& label, Change change) const {
    cmd::SetGraph out{graph_, graph_.queues[i].name + ": " + label};
    change(out.graph.queues[i]);
    return out;
  }
  template <class Change>
  void tick(size_t i, const std::string& name, const std::string& words, bool on, Change change) {
    const cmd::SetGraph c = changed(i, words + (on ? " off" : ""), change);
    sheet_.tick("graph/" + name, words, on, c, why_not(c.graph));
  }
  template <class Change>
  SheetChoice answer(size_t i, const std::string& words, bool now, Change change) const {
    SheetChoice a;
    const cmd::SetGraph c = changed(i, words, change);
    a.entry.label = words;
    a.entry.checked = now;
    a.entry.reason = now ? "" : why_not(c.graph);
    a.entry.can_force = true;
    a.command = c;
    return a;
  }

  void queue(size_t i) {
    const QueueSetup& q = graph_.queues[i];
    const bool faulty = std::any_of(faults_.begin(), faults_.end(),
                                    [&](const run::SetupFault& f) { return f.queue == i; });
    const bool open = state_.queue == q.name;
    std::string title = q.name + " · " + trace::words(q.dispatch);
    if (q.is_default && q.name != "default") title += tr("setup.is_default");
    if (sheet_.part("graph/queue " + q.name, title, open, faulty))
      state_.queue = open ? "" : q.name;
    if (!open) return;
    name(i);
    modes(i);
    tick(i, "default", tr("setup.default_queue"), q.is_default,
         [](QueueSetup& s) { s.is_default = !s.is_default; });
    limit(i);
    handlers(i);
    routes(i);
    sheet_.head(tr("setup.more"));
    tick(i, "zero", tr("setup.zero_length"), q.zero_length,
         [](QueueSetup& s) { s.zero_length = !s.zero_length; });
    scope(i);
    level(i);
    power(i);
    run::QueueGraph less = graph_;
    less.queues.erase(less.queues.begin() + long(i));
    sheet_.press("graph/remove", trf("setup.remove", q.name),
                 cmd::SetGraph{less, trf("setup.label_remove", q.name)}, "", false);
    sheet_.gap(8);
  }

  void name(size_t i) {
    const QueueSetup& q = graph_.queues[i];
    if (state_.renamed != q.name) {
      state_.renamed = q.name;
      state_.name = q.name;
    }
    const FieldResult typed = text_field(ui_, sheet_.take(ui_.px(28), ui_.px(5)), "graph/name",
                                         state_.name, state_.rename_field, tr("setup.name"));
    if (!typed.submitted || state_.name == q.name) return;
    const bool bad = state_.name.empty() || state_.name == "*" || graph_.find(state_.name) ||
                     state_.name.find_first_of("\"\n") != std::string::npos;
    if (bad) {
      state_.name = q.name;
      return;
    }
    cmd::SetGraph c{graph_, trf("setup.label_rename", q.name, state_.name)};
    c.graph.queues[i].name = state_.queue = state_.name;
    sheet_.command(c);
  }

  // Handlers and limit follow: a manual queue has neither, the others need handlers.
  void modes(size_t i) {
    const auto to = [&](trace::Dispatch d) -> session::Command {
      return changed(i, trace::words(d), [d](QueueSetup& s) {
        s.dispatch = d;
        if (d != trace::Dispatch::Parallel) s.limit.reset();
        if (d == trace::Dispatch::Manual)
          s.handlers &= ~run::kPresentHandlers;
        else if (!(s.handlers & run::kPresentHandlers))
          s.handlers |= run::kPresentHandlers & ~setup_bit(run::SetupHandler::Default);
      });
    };
    sheet_.modes("graph/mode", {tr("stage.seq"), tr("stage.par"), tr("stage.man")},
                 int(graph_.queues[i].dispatch) - 1,
                 {to(trace::Dispatch::Sequential), to(trace::Dispatch::Parallel),
                  to(trace::Dispatch::Manual)});
  }

  void limit(size_t i) {
    const QueueSetup& q = graph_.queues[i];
    std::vector<SheetChoice> all{
        answer(i, tr("stage_menu.no_limit"), !q.limit, [](QueueSetup& s) { s.limit.reset(); })};
    for (const uint32_t n : {0u, 1u, 2u, 3u, 4u, 8u, 16u})
      all.push_back(
          answer(i, std::to_string(n), q.limit == n, [n](QueueSetup& s) { s.limit = n; }));
    all[1].entry.note = tr("setup.limit_zero");
    sheet_.choice("graph/limit", tr("setup.limit"),
                  q.limit ? std::to_string(*q.limit) : tr("setup.none"), std::move(all));
  }

  void handlers(size_t i) {
    sheet_.head(tr("setup.handlers"));
    for (size_t h = 0; h < size_t(run::SetupHandler::Count); ++h) {
      const auto handler = run::SetupHandler(h);
      tick(i, std::string("handler ") + run::handler_word(handler),
           run::handler_callback(handler) + 5, graph_.queues[i].has(handler),
           [handler](QueueSetup& s) { s.handlers ^= run::setup_bit(handler); });
    }
  }

  void routes(size_t i) {
    sheet_.head(tr("setup.routes"));
    const char* const texts[] = {tr("setup.route_create"), tr("setup.route_read"),
                                 tr("setup.route_write"), tr("setup.route_control"),
                                 tr("setup.route_internal")};
    for (size_t r = 0; r < size_t(run::SetupRoute::Count); ++r) {
      const auto route = run::SetupRoute(r);
      tick(i, std::string("route ") + run::route_word(route), texts[r], graph_.queues[i].has(route),
           [route](QueueSetup& s) { s.routes ^= run::setup_bit(route); });
    }
  }

  void scope(size_t i) {
    const SetupScope now = graph_.queues[i].scope;
    std::vector<SheetChoice> all;
    for (const SetupScope s :
         {SetupScope::Inherit, SetupScope::None, SetupScope::Queue, SetupScope::Device})
      all.push_back(answer(i, scope_text(s), s == now, [s](QueueSetup& q) { q.scope = s; }));
    sheet_.choice("graph/scope", tr("setup.scope"), scope_text(now), std::move(all));
  }
  void level(size_t i) {
    const SetupLevel now = graph_.queues[i].level;
    std::vector<SheetChoice> all;
    for (const SetupLevel l : {SetupLevel::Inherit, SetupLevel::Dispatch, SetupLevel::Passive})
      all.push_back(answer(i, level_text(l), l == now, [l](QueueSetup& q) { q.level = l; }));
    sheet_.choice("graph/level", tr("setup.level"), level_text(now), std::move(all));
  }
  void power(size_t i) {
    const SetupPower now = graph_.queues[i].power;
    const auto text = [](SetupPower p) {
      return std::string(p == SetupPower::On    ? tr("setup.yes")
                         : p == SetupPower::Off ? tr("setup.no")
                                                : tr("setup.by_default"));
    };
    std::vector<SheetChoice> all;
    for (const SetupPower p : {SetupPower::ByDefault, SetupPower::On, SetupPower::Off})
      all.push_back(answer(i, text(p), p == now, [p](QueueSetup& q) { q.power = p; }));
    sheet_.choice("graph/power", tr("setup.power"), text(now), std::move(all));
  }

  static std::string scope_text(SetupScope s) {
    switch (s) {
      case SetupScope::None: return tr("setup.none");
      case SetupScope::Queue: return tr("setup.scope_queue");
      case SetupScope::Device: return tr("setup.scope_device");
      default: return tr("setup.inherit");
    }
  }
  static std::string level_text(SetupLevel l) {
    switch (l) {
      case SetupLevel::Dispatch: return tr("setup.level_dispatch");
      case SetupLevel::Passive: return tr("setup.level_passive");
      default: return tr("setup.inherit");
    }
  }

  // ---- the device

  template <class Change>
  cmd::SetGraph device_changed(const std::string& label, Change change) const {
    cmd::SetGraph out{graph_, tr("setup.device") + (": " + label)};
    change(out.graph.device);
    return out;
  }
  template <class Value, class Text>
  void device_choice(const char* name, const char* words, Value run::DeviceSetup::*member,
                     std::vector<Value> values, Text text) {
    std::vector<SheetChoice> all;
    for (const Value v : values) {
      SheetChoice a;
      const cmd::SetGraph c = device_changed(text(v), [&](run::DeviceSetup& d) { d.*member = v; });
      a.entry.label = text(v);
      a.entry.checked = graph_.device.*member == v;
      a.entry.reason = a.entry.checked ? "" : why_not(c.graph);
      a.entry.can_force = true;
      a.command = c;
      all.push_back(std::move(a));
    }
    sheet_.choice(name, words, text(graph_.device.*member), std::move(all));
  }

  void device() {
    if (sheet_.part("graph/device", tr("setup.device"), state_.device))
      state_.device = !state_.device;
    if (!state_.device) return;
    const run::DeviceSetup& d = graph_.device;
    sheet_.tick(
        "graph/filter", tr("setup.filter"), d.filter,
        device_changed(tr("setup.filter"), [](run::DeviceSetup& s) { s.filter = !s.filter; }));
    sheet_.tick("graph/caller", tr("setup.caller"), d.caller_context,
                device_changed(tr("setup.caller"),
                               [](run::DeviceSetup& s) { s.caller_context = !s.caller_context; }));
    device_choice("graph/device scope", tr("setup.scope"), &run::DeviceSetup::scope,
                  {SetupScope::Inherit, SetupScope::None, SetupScope::Device}, scope_text);
    device_choice("graph/device level", tr("setup.level"), &run::DeviceSetup::level,
                  {SetupLevel::Inherit, SetupLevel::Dispatch, SetupLevel::Passive}, level_text);
    sheet_.gap(6);
  }

  Ui& ui_;
  Sheet& sheet_;
  const SandboxPanelInput& in_;
  SandboxPanelState& state_;
  const run::QueueGraph& graph_;
  const std::vector<run::SetupFault> faults_;
};

}  // namespace

void draw_graph_section(Ui& ui, Sheet& sheet, const SandboxPanelInput& in,
                        SandboxPanelState& state) {
  GraphSection(ui, sheet, in, state).draw();
}

}  // namespace qs::ui
