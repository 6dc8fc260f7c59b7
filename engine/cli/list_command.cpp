// queuescope list, shot and conform: the small ones.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/visible.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "conform/scenario.h"
#include "lesson/file/course.h"
#include "run/inputs.h"
#include "run/registry.h"
#include "run/run.h"
#include "session/programs.h"

namespace qs::cli {

void list_command(Cli& cli, bool drivers) {
  if (drivers) {
    for (const run::CompiledDriver& d : run::compiled_drivers()) cli.out << visible(d.name) << "\n";
    return;
  }
  size_t widest = 0;
  std::vector<session::ProgramInfo> programs = session::list_programs();
  for (const session::ProgramInfo& p : programs) widest = std::max(widest, p.name.size());
  for (const session::ProgramInfo& p : programs)
    cli.out << fmt::format("{:<5} {:<{}}  {}\n", visible(p.number), visible(p.name), widest,
                           visible(p.title));
  for (const lesson::CourseTrack& t : lesson::course().tracks)
    for (const lesson::CourseLesson& l : t.lessons)
      if (l.own())
        cli.out << fmt::format("{:<5} {:<{}}  {}\n", visible(l.number), visible(l.id), widest,
                               visible(l.title));
}

namespace {

// "150", "150%"; below 10 it is a factor: "1.5".
Result<double> parse_scale(const std::string& text) {
  double value = 0;
  int used = 0;
  const bool number = std::sscanf(text.c_str(), "%lf%n", &value, &used) == 1;
  const std::string rest = number ? text.substr(size_t(used)) : text;
  if (number && rest.empty() && value < 10) value *= 100;
  if (!number || (!rest.empty() && rest != "%") || !(value >= 50 && value <= 400))
    return Error{
        "", 0,
        fmt::format("\"{}\" is not a scale; write percent from 50 to 400, such as 150.", text)};
  return value / 100;
}

}  // namespace

void shot_command(Cli& cli, ShotOptions& options) {
  if (!cli.hooks.shot)
    return cli.fail("This program was built without its window, so it cannot draw pictures.");
  session::ShotRequest& r = options.request;
  auto opened = open_any(r.what, cli.err);
  if (!opened) return cli.fail(opened.error());
  if (!options.schedule.empty()) {
    auto schedule = run::read_schedule(options.schedule);
    if (!schedule) return cli.fail(schedule.error());
    opened->schedule = std::move(*schedule);
  }
  if (!options.size.empty()) {
    int used = 0;
    if (std::sscanf(options.size.c_str(), "%5dx%5d%n", &r.width, &r.height, &used) != 2 ||
        size_t(used) != options.size.size() || r.width < 64 || r.height < 64 || r.width > 16384 ||
        r.height > 16384)
      return cli.fail(fmt::format("\"{}\" is not a size; write 1440x900, say.", options.size));
  }
  if (!options.beat.empty()) {
    auto beat = parse_count("--beat", options.beat, 1, limits::kBeats);
    if (!beat) return cli.fail(beat.error());
    r.beat = *beat;
  }
  auto scale = parse_scale(options.scale);
  if (!scale) return cli.fail(scale.error());
  r.scale = *scale;
  if (options.event != "last") {
    size_t size = opened->recording.trace
                      ? opened->recording.trace->size()
                      : run::execute(opened->program, opened->schedule).trace->size();
    auto event = parse_event(options.event, size);
    if (!event) return cli.fail(event.error());
    r.event = *event;
    r.at_event = true;
  }
  r.opened = std::move(*opened);
  cli.exit_code = cli.hooks.shot(r);
}

void conform_command(Cli& cli, const std::vector<std::string>& files) {
  cli.out.flush();
  cli.exit_code = conform::play_files(files);
}

}  // namespace qs::cli
