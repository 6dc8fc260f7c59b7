// queuescope list, shot and conform: the small ones.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/open.h"
#include "conform/conform.h"
#include "run/run.h"
#include "session/programs.h"

namespace qs {

void add_list(CLI::App& app, Cli& cli) {
  CLI::App* sub = app.add_subcommand("list", "List the programs and lessons there are");
  sub->callback([&cli] {
    size_t widest = 0;
    std::vector<ProgramInfo> programs = list_programs();
    for (const ProgramInfo& p : programs) widest = std::max(widest, p.name.size());
    for (const ProgramInfo& p : programs)
      cli.out << fmt::format("{:<5} {:<{}}  {}\n", p.number, p.name, widest, p.title);
  });
}

namespace {

struct ShotOptions {
  ShotRequest request;
  std::string event = "last", size, schedule, scale = "100";
};

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
        fmt::format("\"{}\" is no scale; write per cent from 50 to 400, such as 150.", text)};
  return value / 100;
}

void shoot(Cli& cli, ShotOptions& options) {
  if (!cli.hooks.shot)
    return cli.fail("This program was built without its window, so it can not draw pictures.");
  ShotRequest& r = options.request;
  auto opened = open_any(r.what);
  if (!opened) return cli.fail(opened.error());
  if (!options.schedule.empty()) {
    auto schedule = Schedule::parse(options.schedule);
    if (!schedule) return cli.fail(schedule.error());
    opened->schedule = std::move(*schedule);
  }
  if (!options.size.empty()) {
    int used = 0;
    if (std::sscanf(options.size.c_str(), "%dx%d%n", &r.width, &r.height, &used) != 2 ||
        size_t(used) != options.size.size() || r.width < 64 || r.height < 64 || r.width > 16384 ||
        r.height > 16384)
      return cli.fail(fmt::format("\"{}\" is no size; write 1440x900, say.", options.size));
  }
  auto scale = parse_scale(options.scale);
  if (!scale) return cli.fail(scale.error());
  r.scale = *scale;
  if (options.event != "last") {
    size_t size = opened->recording.trace
                      ? opened->recording.trace->size()
                      : execute(opened->program, opened->schedule).trace->size();
    auto event = parse_event(options.event, size);
    if (!event) return cli.fail(event.error());
    r.event = *event;
    r.at_event = true;
  }
  r.opened = std::move(*opened);
  cli.exit_code = cli.hooks.shot(&r);
}

}  // namespace

void add_shot(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<ShotOptions>();
  ShotRequest& r = options->request;
  CLI::App* sub = app.add_subcommand("shot", "Draw the window into a PNG, without a display");
  sub->add_option("PROGRAM", r.what, "A program, a lesson, a scenario or a trace file")->required();
  sub->add_option("--event", options->event, "Number of an event, first or last")
      ->capture_default_str();
  sub->add_option("--schedule", options->schedule, "Run under this schedule");
  sub->add_option("-o,--output", r.file, "PNG to write")->required();
  sub->add_option("--size", options->size, "Size in pixels, such as 1440x900");
  sub->add_option("--scale", options->scale, "Scale of everything in per cent, such as 200")
      ->capture_default_str();
  sub->add_option("--theme", r.theme, "dark, light or contrast")
      ->check(CLI::IsMember({"dark", "light", "contrast"}));
  sub->add_option("--view", r.view,
                  "One view only: stage, code, inspector, timeline (its lanes of requests, or "
                  "threads, queues, log) or home")
      ->check(CLI::IsMember(
          {"stage", "code", "inspector", "timeline", "threads", "queues", "log", "home"}));
  sub->add_option("--press", r.keys, "Press this key first, such as Ctrl+K; may be repeated");
  sub->add_option("--beat", r.beat, "The end of this beat of a lesson, from 1");
  sub->add_flag("--done", r.done, "With the beat's right answer given, or its goal reached")
      ->needs("--beat");
  sub->add_option("--mode", r.mode,
                  "lesson, sandbox (a driver that takes orders); drive: the driver's moves are "
                  "listed; compare: the run under several dispatch modes; projector: large and "
                  "light, for a room")
      ->check(CLI::IsMember({"lesson", "sandbox", "drive", "compare", "projector"}));
  sub->callback([options, &cli] { shoot(cli, *options); });
}

void add_conform(CLI::App& app, Cli& cli) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("conform", "Play recorded scenarios and compare the traces");
  sub->add_option("FILE", *files, "Scenarios: .scn, or .jsonl with one a line")->required();
  sub->callback([files, &cli] {
    cli.out.flush();
    cli.exit_code = conform_main(*files);
  });
}

}  // namespace qs
