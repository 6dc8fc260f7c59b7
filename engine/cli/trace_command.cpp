// queuescope trace: what is in a trace file, and the same in other forms.
#include <algorithm>

#include <fmt/format.h>

#include "base/visible.h"
#include "base/write_file.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "run/inputs.h"
#include "run/run.h"
#include "session/programs.h"
#include "trace/export/export.h"
#include "trace/export/narrate.h"

namespace qs::cli {
namespace {

struct Loaded {
  std::string program, schedule;
  std::shared_ptr<const trace::Trace> trace;
};

Result<Loaded> load(const TraceOptions& options, std::ostream& messages) {
  auto opened = open_any(options.run, messages);
  if (!opened) return opened.error();
  if (opened->recording.trace)
    return Loaded{opened->recording.program, opened->recording.schedule, opened->recording.trace};
  sched::Schedule schedule;
  if (!options.schedule.empty()) {
    auto parsed = run::read_schedule(options.schedule);
    if (!parsed) return parsed.error();
    schedule = std::move(*parsed);
  }
  run::Execution execution = run::execute(opened->program, schedule);
  return Loaded{opened->program.name, schedule.print(), execution.trace};
}

}  // namespace

void trace_print_command(Cli& cli, const TraceOptions& options) {
  auto loaded = load(options, cli.err);
  if (!loaded) return cli.fail(loaded.error());
  const trace::Trace& trace = *loaded->trace;
  auto from = parse_count("--from", options.from, 1, trace.size() + 1);
  if (!from) return cli.fail(from.error());
  auto count = options.count.empty() ? Result<size_t>(trace.size())
                                     : parse_count("--count", options.count, 0, UINT32_MAX);
  if (!count) return cli.fail(count.error());
  cli.out << fmt::format("# program {}, {} events\n# schedule {}\n", visible(loaded->program),
                         trace.size(),
                         loaded->schedule.empty() ? "unknown" : visible(loaded->schedule));
  const size_t first = *from - 1;
  const size_t end = std::min(trace.size(), first + *count);
  for (size_t i = first; i < end; ++i) cli.out << visible(trace::print_event(trace, i)) << "\n";
}

void trace_export_command(Cli& cli, const TraceOptions& options) {
  auto loaded = load(options, cli.err);
  if (!loaded) return cli.fail(loaded.error());
  auto give = [&](std::ostream& out) {
    const trace::Trace& trace = *loaded->trace;
    if (options.format == "perfetto")
      trace::export_perfetto(trace, loaded->program, out);
    else if (options.format == "mermaid")
      trace::export_mermaid(trace, out);
    else
      trace::export_json(trace, loaded->program, loaded->schedule, out);
  };
  if (options.file.empty()) return give(cli.out);
  if (auto written = write_file(options.file, give, Target::Anything); !written)
    cli.fail(written.error());
}

}  // namespace qs::cli
