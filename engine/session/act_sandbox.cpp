// Turns graphs, workloads and set-ups into schedules.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "session/session.h"

namespace qs::session {

run::QueueGraph Session::graph() const {
  if (!program_.asks_setup()) return {};
  return run::effective_graph(program_.graph, branch().schedule.inputs);
}

const PlacedWorkload* Session::workload() const {
  for (size_t i = workloads_.size(); i-- > 0;)
    if (place_of(workloads_[i].inputs, branch().schedule.inputs)) return &workloads_[i];
  return nullptr;
}

std::string Session::set_graph(const cmd::SetGraph& c) {
  if (view_only()) return may_act();
  if (!program_.asks_setup())
    return fmt::format("The driver of {} creates its own queues; the sandbox has one that asks.",
                       program_.name);
  if (c.graph.queues.size() > run::kMostQueues)
    return fmt::format("There can be {} queues at most.", run::kMostQueues);
  std::vector<sched::Input> settings;
  for (const sched::Input& input : branch().schedule.inputs)
    if (input.kind == sched::InputKind::Option) settings.push_back(input);
  if (!(c.graph == program_.graph)) {
    const std::vector<sched::Input> own = run::graph_inputs(c.graph);
    settings.insert(settings.end(), own.begin(), own.end());
  }
  return rerun_with_settings(std::move(settings), c.label);
}

std::string Session::set_workload(const Workload& given) {
  if (view_only()) return may_act();
  Workload w = clamped(given);
  const PlacedWorkload* on = workload();
  if (on) {  // the same place, other requests
    const Workload& old = on->workload;
    w.start_us = old.start_us;
    w.sent_reads = old.sent_reads;
    w.sent_writes = old.sent_writes;
    w.sent_controls = old.sent_controls;
    if (w == old) return {};
    std::vector<sched::Input> inputs = unpinned_inputs();
    auto at = place_of(on->inputs, inputs);
    if (!at) return "The workload of this branch has been taken apart; it cannot be changed.";
    inputs.erase(inputs.begin() + long(*at), inputs.begin() + long(*at + on->inputs.size()));
    PlacedWorkload placed{w, make_workload(w, program_)};
    inputs.insert(inputs.begin() + long(*at), placed.inputs.begin(), placed.inputs.end());
    workloads_.push_back(std::move(placed));
    return rerun_with_inputs(settings_but(sched::InputKind::Send), std::move(inputs), "workload");
  }
  if (std::string why = may_act(); !why.empty()) return why;
  const size_t at = std::min(std::max(size_t(std::ceil(position())), ready()), last_act());
  w.start_us = at > 0 ? trace()[at - 1].time : 0;
  w.sent_reads = w.sent_writes = w.sent_controls = 0;
  for (size_t i = 0; i < at; ++i) {
    if (trace()[i].code != trace::EventCode::Send) continue;
    const auto type = trace::RequestType(trace()[i].a);
    w.sent_reads += type == trace::RequestType::Read;
    w.sent_writes += type == trace::RequestType::Write;
    w.sent_controls += type == trace::RequestType::DeviceControl;
  }
  PlacedWorkload placed{w, make_workload(w, program_)};
  if (placed.inputs.empty()) return "No application of this program has a handle to send through.";
  uint32_t ordinal = 0;
  for (const auto& [event, number] : branch().execution.ordinals)
    if (event < at) ordinal = uint32_t(number + 1);
  sched::Schedule schedule = schedule_before(at, ordinal);
  schedule.inputs.insert(schedule.inputs.end(), placed.inputs.begin(), placed.inputs.end());
  workloads_.push_back(std::move(placed));
  return show_run(std::move(schedule), "workload", at, true, false);
}

std::string Session::drop_workload() {
  const PlacedWorkload* on = workload();
  if (!on) return "No workload is on.";
  std::vector<sched::Input> inputs = unpinned_inputs();
  auto at = place_of(on->inputs, inputs);
  if (!at) return "The workload of this branch has been taken apart; it cannot be taken out.";
  inputs.erase(inputs.begin() + long(*at), inputs.begin() + long(*at + on->inputs.size()));
  return rerun_with_inputs(settings_but(sched::InputKind::Send), std::move(inputs), "no workload");
}

std::string Session::load_setup(const SetupFile& setup) {
  if (view_only()) return may_act();
  if (setup.program != program_.name)
    return fmt::format("This set-up is for {}, and {} is open.", setup.program, program_.name);
  if (setup.workload)
    workloads_.push_back({*setup.workload, make_workload(*setup.workload, program_)});
  return show_run(setup.schedule, setup.title.empty() ? "set-up" : setup.title, kReady, false,
                  false);
}

}  // namespace qs::session
