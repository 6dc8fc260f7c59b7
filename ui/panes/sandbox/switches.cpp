// The sections "Requests" and "Switches" of the sandbox's panel.
#include <algorithm>

#include "trace/events/words.h"
#include "ui/panes/sandbox/panel.h"
#include "ui/panes/stage/menu_request.h"
#include "ui/toolkit/text/strings.h"

namespace qs::ui {

using model::Model;
using trace::MemoryMode;

namespace {

std::vector<uint32_t> steps(uint32_t from, uint32_t to, uint32_t by) {
  std::vector<uint32_t> out;
  for (uint32_t n = from; n <= to; n += by) out.push_back(n);
  return out;
}

session::Command input(sched::InputKind kind, std::string text) {
  session::cmd::Do command;
  command.input.kind = kind;
  command.input.text = std::move(text);
  return command;
}

SheetChoice answer(std::string words, bool now, session::Command command) {
  SheetChoice a;
  a.entry.label = std::move(words);
  a.entry.checked = now;
  a.command = std::move(command);
  return a;
}

uint32_t option(const Model& m, trace::RunOption which, uint32_t otherwise) {
  return size_t(which) < m.options.size() ? m.options[size_t(which)] : otherwise;
}
bool verifier_of(const Model& m) { return option(m, trace::RunOption::Verifier, 1) != 0; }

// ---- switches

void run_settings(Sheet& sheet, const Model& m) {
  const bool on = verifier_of(m);
  sheet.tick("switch/verifier", tr("setup.verifier"), on,
             session::cmd::SetOption{on ? "verifier=off" : "verifier=on"});
  const uint32_t minor = option(m, trace::RunOption::ClientMinor, 33);
  std::vector<SheetChoice> all;
  for (const uint32_t n : {1u, 5u, 7u, 9u, 11u, 13u, 15u, 33u}) {
    const std::string version = "KMDF 1." + std::to_string(n);
    all.push_back(
        answer(version, n == minor, session::cmd::SetOption{"minor=" + std::to_string(n)}));
  }
  sheet.choice("switch/version", tr("setup.version"), "1." + std::to_string(minor), std::move(all));
}

std::string memory_text(MemoryMode mode) {
  switch (mode) {
    case MemoryMode::NoneLeft: return tr("setup.memory_none");
    case MemoryMode::Sometimes: return tr("setup.memory_sometimes");
    case MemoryMode::NthFails: return tr("setup.memory_nth");
    default: return tr("setup.memory_plenty");
  }
}

void memory(Sheet& sheet, const Model& m) {
  std::vector<SheetChoice> all;
  const auto add = [&](std::string words, MemoryMode mode, const char* text) {
    const bool now = m.memory == mode && mode != MemoryMode::NthFails;
    all.push_back(answer(std::move(words), now, input(sched::InputKind::Memory, text)));
  };
  add(memory_text(MemoryMode::Plenty), MemoryMode::Plenty, "plenty");
  add(memory_text(MemoryMode::NoneLeft), MemoryMode::NoneLeft, "none");
  add(memory_text(MemoryMode::Sometimes), MemoryMode::Sometimes, "sometimes");
  add(tr("setup.memory_1"), MemoryMode::NthFails, "nth=1");
  add(tr("setup.memory_2"), MemoryMode::NthFails, "nth=2");
  add(tr("setup.memory_3"), MemoryMode::NthFails, "nth=3");
  sheet.choice("switch/memory", tr("setup.memory"), memory_text(m.memory), std::move(all));
}

void lower_driver(Sheet& sheet, const Model& m) {
  if (m.targets.empty()) return;
  const model::TargetView& target = m.targets.front();
  sheet.head(tr("setup.lower"));
  std::vector<SheetChoice> times;
  for (const uint32_t us : {0u, 1000u, 10'000u, 100'000u, 1'000'000u})
    times.push_back(answer(us ? trace::time_text(us) : tr("setup.at_once"), target.delay == us,
                           input(sched::InputKind::Lower, "delay_us=" + std::to_string(us))));
  sheet.choice("switch/delay", tr("setup.delay"),
               target.delay ? trace::time_text(target.delay) : tr("setup.at_once"),
               std::move(times));
  const bool fails = (target.bits & trace::kTargetFailing) != 0;
  std::vector<SheetChoice> results;
  for (const char* status : {"STATUS_SUCCESS", "STATUS_IO_DEVICE_ERROR", "STATUS_DEVICE_NOT_READY",
                             "STATUS_INSUFFICIENT_RESOURCES"})
    results.push_back(answer(status, !fails && status == std::string("STATUS_SUCCESS"),
                             input(sched::InputKind::Lower, std::string("status=") + status)));
  sheet.choice("switch/result", tr("setup.result"),
               fails ? tr("setup.result_fails") : tr("setup.result_ok"), std::move(results));
  const bool deaf = (target.bits & trace::kTargetDeaf) != 0;
  sheet.tick("switch/deaf", tr("setup.deaf"), deaf,
             input(sched::InputKind::Lower, deaf ? "deaf=off" : "deaf=on"));
}

// The entries of the device's menu as buttons.
void power(Sheet& sheet, const SandboxPanelInput& in) {
  const Model& m = *in.moment.after;
  if (m.devices.empty()) return;
  const ObjectId device = m.devices.front().id;
  sheet.head(trf("setup.power_now", trace::words(m.devices.front().power)));
  const MenuRights rights{true, in.session.program().takes_orders};
  int number = 0;
  for (const MenuItem& item : build_menu(m, *in.moment.trace, device, MenuPage::main, rights).items)
    if (item.command)
      sheet.press("switch/device " + std::to_string(++number), item.entry.label, *item.command,
                  item.entry.reason, item.entry.can_force);
}

}  // namespace

std::string changed_switches(const SandboxPanelInput& in, const SandboxPanelState& state) {
  const Model& m = *in.moment.after;
  std::vector<std::string> all;
  if (!verifier_of(m)) all.push_back(tr("setup.changed_verifier"));
  if (m.memory != MemoryMode::Plenty) all.push_back(tr("setup.changed_memory"));
  if (state.at_dispatch) all.push_back(tr("setup.changed_irql"));
  if (all.empty()) return {};
  return all.size() == 1 ? all.front() : trf("setup.changed_count", all.size());
}

void draw_switches_section(Sheet& sheet, const SandboxPanelInput& in, SandboxPanelState& state) {
  const Model& m = *in.moment.after;
  sheet.head(tr("setup.run_settings"));
  run_settings(sheet, m);
  sheet.head(tr("setup.from_now"));
  if (sheet.tick("switch/irql", tr("setup.irql"), state.at_dispatch))
    state.at_dispatch = !state.at_dispatch;
  memory(sheet, m);
  lower_driver(sheet, m);
  power(sheet, in);
}

void draw_workload_section(Ui& ui, Sheet& sheet, const SandboxPanelInput& in,
                           SandboxPanelState& state, std::vector<session::Command>& out) {
  const session::PlacedWorkload* placed = in.session.workload();
  session::Workload& w = state.workload;
  if (placed && !state.workload_changed) w = placed->workload;
  sheet.text(tr("setup.workload_text"));
  if (placed) {
    sheet.tick("workload/on", tr("setup.workload_on"), true, session::cmd::DropWorkload{});
  } else {
    w.at_dispatch = state.at_dispatch;
    sheet.tick("workload/on", tr("setup.workload_on"), false, session::cmd::SetWorkload{w});
  }
  static const std::vector<uint32_t> counts = {1,  2,  3,   5,   8,   10,  20,  30,
                                               50, 80, 100, 200, 300, 500, 1000},
                                     rates = {1,    5,    10,   50,    100,   200,    500,
                                              1000, 2000, 5000, 10000, 50000, 100000, 1000000},
                                     lengths = {0, 1, 4, 16, 64, 256, 512, 1024, 4096, 65536},
                                     waits = {0,     100,   500,   1000,   2000,   5000,
                                              10000, 20000, 50000, 100000, 1000000},
                                     weights = steps(0, 100, 10), shares = steps(0, 100, 5),
                                     bursts = {1, 2, 3, 4, 5, 8, 10, 20, 50, 100},
                                     seeds = steps(1, 40, 1);
  bool changed = sheet.slide("workload/count", tr("setup.count"), w.count, counts);
  changed |= sheet.slide("workload/rate", tr("setup.rate"), w.rate, rates, " /s");
  changed |= sheet.slide("workload/burst", tr("setup.burst"), w.burst, bursts);
  changed |= sheet.slide("workload/reads", tr("setup.reads"), w.reads, weights);
  changed |= sheet.slide("workload/writes", tr("setup.writes"), w.writes, weights);
  changed |= sheet.slide("workload/controls", tr("setup.controls"), w.controls, weights);
  changed |= sheet.slide("workload/length", tr("setup.length"), w.length, lengths, " B");
  changed |= sheet.slide("workload/cancels", tr("setup.cancels"), w.cancels, shares, " %");
  changed |= sheet.slide("workload/seed", tr("setup.seed"), w.seed, seeds);
  if (sheet.tick("workload/answers", tr("setup.answers"), w.answers)) {
    w.answers = !w.answers;
    changed = true;
  }
  if (w.answers)
    changed |= sheet.slide("workload/answer", tr("setup.answer_after"), w.answer_us, waits, " us");
  state.workload_changed |= changed && placed;
  // A slider that is being dragged makes one run, when it is let go.
  if (!placed) state.workload_changed = false;
  if (state.workload_changed && ui.active() == 0) {
    out.push_back(session::cmd::SetWorkload{w});
    state.workload_changed = false;
  }
}

}  // namespace qs::ui
