// queuescope run: plays a run in the terminal.
#include <fmt/format.h>

#include "base/visible.h"
#include "cli/commands.h"
#include "cli/narration.h"
#include "cli/open.h"
#include "language/pattern.h"
#include "model/dump.h"
#include "run/inputs.h"
#include "session/programs.h"
#include "session/session.h"
#include "trace/export/export.h"

namespace qs::cli {
namespace {

// The run that is meant: executed, or as recorded.
struct Played {
  run::Program program;
  sched::Schedule schedule;
  run::Execution execution;
};

Result<Played> play(const RunOptions& options, std::ostream& messages) {
  auto opened = open_any(options.program, messages);
  if (!opened) return opened.error();
  Played played{std::move(opened->program), std::move(opened->schedule), {}};
  if (!options.schedule.empty()) {
    if (!played.program.can_run())
      return Error{options.program, 0, "this recording cannot be run again under a schedule"};
    auto schedule = run::read_schedule(options.schedule);
    if (!schedule) return schedule.error();
    played.schedule = std::move(*schedule);
  }
  bool recorded = opened->recording.trace && options.schedule.empty();
  if (recorded)
    played.execution.trace = std::const_pointer_cast<trace::Trace>(opened->recording.trace);
  else
    played.execution = run::execute(played.program, played.schedule);
  return played;
}

// How far to play: all of it, to an event, or until something happens.
Result<size_t> end_of(const RunOptions& options, const trace::Trace& trace) {
  if (!options.event.empty()) return parse_event(options.event, trace.size());
  if (options.until.empty()) return trace.size();
  auto event = language::parse_pattern(options.until);
  if (!event) return event.error();
  size_t found = language::find(trace, *event, 0, false);
  if (found == language::kNone)
    return Error{"", 0, fmt::format("Nothing in this run is \"{}\".", options.until)};
  return found;
}

// The objects of a kind that are asked for by name, or all of them.
template <class Views>
Result<std::vector<ObjectId>> chosen(const Views& views, const trace::Trace& trace,
                                     const std::vector<std::string>& names, ObjectKind kind) {
  std::vector<ObjectId> ids;
  for (const std::string& name : names) {
    if (name.empty()) continue;  // the option was given without names
    ObjectId id = session::find_object(trace, name, kind);
    if (!id || id.kind() != kind)
      return Error{"", 0, fmt::format("There is no {} \"{}\" in this run.", kind_name(kind), name)};
    ids.push_back(id);
  }
  if (ids.empty())
    for (const auto& view : views) ids.push_back(view.id);
  return ids;
}

bool dump(Cli& cli, const RunOptions& options, const model::Model& model,
          const trace::Trace& trace) {
  if (options.dump_queues) {
    auto ids = chosen(model.queues, trace, options.queues, ObjectKind::Queue);
    if (!ids) return cli.fail(ids.error()), true;
    for (ObjectId id : *ids) cli.out << model::queue_dump(model, trace, id) << "\n";
  }
  if (options.dump_requests) {
    auto ids = chosen(model.requests, trace, options.requests, ObjectKind::Request);
    if (!ids) return cli.fail(ids.error()), true;
    for (ObjectId id : *ids) cli.out << model::request_dump(model, trace, id) << "\n";
  }
  if (options.log) cli.out << model::log_dump(trace, model.events);
  return options.dump_queues || options.dump_requests || options.log;
}

// What the printed lines are to be about; "" or which name nothing has.
std::string choose_objects(const RunOptions& options, const trace::Trace& trace,
                           Narration& narration) {
  if (!options.thread.empty()) {
    narration.thread = session::find_object(trace, options.thread, ObjectKind::Thread);
    for (const auto& [id, name] : narration.names)  // by what is printed, too
      if (!narration.thread && name == options.thread) narration.thread = id;
    if (narration.thread.kind() != ObjectKind::Thread)
      return fmt::format("There is no thread \"{}\" in this run.", options.thread);
  }
  if (!options.about.empty()) {
    narration.about = session::find_object(trace, options.about);
    for (const auto& [id, name] : narration.names)
      if (!narration.about && name == options.about) narration.about = id;
    if (!narration.about)
      return fmt::format("Nothing in this run is called \"{}\".", options.about);
  }
  return {};
}

void report_impossible(Cli& cli, const Played& played) {
  for (const run::InputOutcome& o : played.execution.outcomes)
    if (!o.applied)
      cli.err << message(fmt::format("queuescope: input {} was not possible here: {}", o.index + 1,
                                     o.problem))
              << "\n";
}

}  // namespace

void run_command(Cli& cli, const RunOptions& options) {
  auto played = play(options, cli.err);
  if (!played) return cli.fail(played.error());
  const trace::Trace& trace = *played->execution.trace;
  auto end = end_of(options, trace);
  if (!end) return cli.fail(end.error());
  model::Timeline timeline(trace);
  const model::Model& model = timeline.at(*end);
  if (!options.file.empty()) {
    auto written = trace::write_trace_file(options.file, trace, played->program.name,
                                           played->schedule.print(), played->program.can_run(),
                                           Target::Anything, own::sources_of(played->program));
    if (!written) return cli.fail(written.error());
  }
  if (options.json) {
    trace::export_json(trace, played->program.name, played->schedule.print(), cli.out, {0, *end});
  } else if (!dump(cli, options, model, trace)) {
    Narration narration{trace, &played->program, cli.color, options.all, {}, {}};
    narration.name_workers();
    if (std::string why = choose_objects(options, trace, narration); !why.empty())
      return cli.fail(why);
    cli.out << narration.heading(played->program.title) << narration.lines(0, *end)
            << narration.summary(model);
  }
  if (cli.exit_code != kExitOk) return;
  report_impossible(cli, *played);
  // A limit of the run (time, events, memory) breaks no rule, but nothing well-behaved meets it.
  if (!model.verdicts.empty() || model.end != trace::RunEnd::Finished)
    cli.exit_code = kExitFindings;
}

}  // namespace qs::cli
