#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/version.h"
#include "base/visible.h"
#include "cli/commands.h"
#include "cli/open.h"
#include "own/boxed.h"
#include "session/link.h"
#include "session/opening.h"
#include "session/programs.h"

namespace qs::cli {

void Cli::fail(std::string_view sentence) {
  out.flush();
  err << "queuescope: " << message(sentence) << "\n";
  exit_code = kExitUsage;
}

Result<size_t> parse_event(std::string_view text, size_t size) {
  if (text == "first") return std::min<size_t>(size, 1);
  if (text == "last") return size;
  size_t n = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size())
    return Error{"", 0, fmt::format("\"{}\" is not an event; write a number, first or last", text)};
  if (n > size) return Error{"", 0, fmt::format("There is no event {}; this run has {}.", n, size)};
  return n;
}

Result<size_t> parse_count(std::string_view what, std::string_view text, size_t least,
                           size_t most) {
  size_t n = 0;
  const char* end = text.data() + text.size();
  auto [at, error] = std::from_chars(text.data(), end, n);
  if (error != std::errc() || at != end || n < least || n > most)
    return Error{
        "", 0,
        fmt::format("{} cannot be \"{}\"; write a number from {} to {}.", what, text, least, most)};
  return n;
}

void open_window(Cli& cli, const std::string& what, const ServeOptions* serve) {
  if (!cli.hooks.window) {
    cli.fail("This program was built without its window. `queuescope run " +
             (what.empty() ? std::string("first-request") : what) + "` plays in the terminal.");
    return;
  }
  session::WindowRequest request;
  request.backend = cli.backend;
  request.scale = cli.scale / 100;
  request.variant = cli.variant;
  request.what = what;
  request.home = what.empty();
  if (serve) request.serve = true, request.serve_at = serve->address, request.page = serve->page;
  request.slowly = session::opens_slowly(what) || session::is_link(what);
  if (session::is_link(what))
    if (auto link = session::parse_link(what); !link) return cli.fail(link.error());
  if (!what.empty() && !request.slowly) {
    auto opened = open_any(what, cli.err);
    if (!opened) return cli.fail(opened.error());
    request.opened = std::move(*opened);
  }
  cli.exit_code = cli.hooks.window(request);
}

namespace {

// --- the words of each command; what they say is kept alive in the callback ---

void add_run(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* sub = app.add_subcommand("run", "Play a program, a lesson or a trace file here");
  sub->add_option("PROGRAM", options->program,
                  "Such as sandbox, first-request, 1.1, run.qst, queues.toml, or a driver of your "
                  "own: driver.c, its folder, or its program.toml")
      ->required();
  sub->add_option("--schedule", options->schedule, "Play under this schedule (\"qs1:…\")");
  auto* event = sub->add_option("--event", options->event, "Play so many events (or first, last)");
  sub->add_option(
         "--until", options->until,
         "Play until this happens: \"done R2\", \"line driver.c:41\", \"owner R2 driver\", "
         "\"enter EvtIoRead\", violation")
      ->excludes(event);
  sub->add_flag("--all", options->all, "Print internal events too");
  auto* thread = sub->add_option("--thread", options->thread, "Print only what this thread does");
  auto* about = sub->add_option("--object", options->about,
                                "Print only what is about this request, queue or other object");
  sub->add_flag("--json", options->json, "Print the events as JSON")->excludes(thread, about);
  sub->add_option("-o,--output", options->file, "Write the run into a trace file (.qst)");
  auto* queues = sub->add_option("--wdfqueue", options->queues,
                                 "Print queues as the debugger extension does, at the end or at "
                                 "--event (all, or by name)")
                     ->expected(0, -1);
  auto* requests =
      sub->add_option("--wdfrequest", options->requests, "Print requests so")->expected(0, -1);
  sub->add_flag("--wdflog", options->log, "Print the last events as the in-flight recorder does");
  sub->callback([options, queues, requests, &cli] {
    options->dump_queues = queues->count() > 0;
    options->dump_requests = requests->count() > 0;
    run_command(cli, *options);
  });
}

void add_trace(CLI::App& app, Cli& cli) {
  CLI::App* sub = app.add_subcommand("trace", "Print or export a run");
  sub->require_subcommand(1);
  auto printing = std::make_shared<TraceOptions>();
  CLI::App* show = sub->add_subcommand("print", "Print every event of a run, one a line");
  show->add_option("RUN", printing->run, "A trace file (.qst), a program or a lesson")->required();
  show->add_option("--from", printing->from, "Number of the first event");
  show->add_option("--count", printing->count, "How many");
  show->callback([printing, &cli] { trace_print_command(cli, *printing); });

  auto writing = std::make_shared<TraceOptions>();
  CLI::App* make = sub->add_subcommand("export", "Write a run in another program's form");
  make->add_option("RUN", writing->run, "A trace file (.qst), a program or a lesson")->required();
  make->add_option("--schedule", writing->schedule, "Run under this schedule first");
  make->add_option("--format", writing->format, "perfetto, mermaid or json")
      ->check(CLI::IsMember({"perfetto", "mermaid", "json"}))
      ->capture_default_str();
  make->add_option("-o,--output", writing->file, "File to write (otherwise standard output)");
  make->callback([writing, &cli] { trace_export_command(cli, *writing); });
}

void add_check(CLI::App& app, Cli& cli) {
  auto o = std::make_shared<CheckOptions>();
  CLI::App* sub = app.add_subcommand("check", "Check lessons, or replay and grade receipts");
  sub->add_flag("--all", o->all, "Every lesson that is compiled in");
  sub->add_option("LESSON", o->lessons,
                  "Lessons, by name, number or folder; or drivers with [[goals]]");
  sub->add_option("--receipt", o->receipts,
                  "Receipts of students, to be replayed: files, or folders of them");
  sub->add_option("--pass", o->pass,
                  "Share of questions and goals that passes, such as 0.7 (else as the lesson says)")
      ->check(CLI::Range(0.0, 1.0));
  CLI::Option* csv = sub->add_flag("--csv", o->csv, "Grades as CSV, for a spreadsheet");
  CLI::Option* json = sub->add_flag("--json", o->json, "Grades as JSON")->excludes(csv);
  sub->add_flag("--junit", o->junit, "Grades as JUnit XML")->excludes(json)->excludes(csv);
  sub->add_option("--time-limit", o->limits.seconds, "Seconds of the processor for each receipt")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  sub->add_option("--memory-limit", o->megabytes, "MiB of memory for each receipt")
      ->check(CLI::Range(16, 1 << 20))
      ->capture_default_str();
  sub->callback([o, &cli] { check_command(cli, *o); });
}

void add_learn(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<LearnOptions>();
  CLI::App* sub = app.add_subcommand("learn", "A lesson in the terminal");
  sub->add_option("LESSON", options->lesson, "Its name, number or folder")->required();
  sub->add_flag("--receipt", options->receipt, "At the end, write a receipt for the teacher");
  sub->add_option("--student", options->student,
                  "Name or number on the receipt (else you are asked)");
  sub->add_option("--variant", options->variant,
                  "The lesson as it is for this student number: other numbers, other answers");
  sub->callback([options, &cli] { learn_command(cli, *options); });
}

void add_new(CLI::App& app, Cli& cli) {
  auto o = std::make_shared<NewOptions>();
  CLI::App* sub = app.add_subcommand("new", "Begin a driver of your own, in a new folder");
  sub->add_option("FOLDER", o->folder, "The folder to make")->required();
  auto* manual = sub->add_flag("--manual", o->manual, "It takes requests from a manual queue");
  auto* pending = sub->add_flag("--pending", o->pending, "It completes requests later");
  auto* cancel = sub->add_flag("--cancel", o->cancel, "Later, and they can be canceled");
  manual->excludes(pending, cancel);
  pending->excludes(cancel);
  sub->callback([o, &cli] { new_command(cli, *o); });
}

void add_races(CLI::App& app, Cli& cli) {
  auto o = std::make_shared<RacesOptions>();
  CLI::App* sub = app.add_subcommand("races", "Can it go wrong? Try every schedule");
  sub->add_option("PROGRAM", o->program, "Such as sandbox, first-request, 1.1, queues.toml")
      ->required();
  sub->add_option("--switches", o->switches,
                  "Only schedules in which so many threads, at most, are interrupted")
      ->check(CLI::Range(0, 1'000'000));
  sub->add_option("--seconds", o->seconds, "Stop after so many seconds")
      ->check(CLI::Range(0.0, 1e9))
      ->capture_default_str();
  sub->add_option("--times", o->times,
                  "When inputs, hardware and timers come: given, when they are due; any, in any "
                  "order")
      ->check(CLI::IsMember({"given", "any"}))
      ->capture_default_str();
  CLI::Option* json = sub->add_flag("--json", o->json, "The result as JSON");
  sub->add_flag("--junit", o->junit, "The result as JUnit XML")->excludes(json);
  sub->add_flag("--stop-at-first", o->stop_at_first, "Stop once something was found");
  sub->add_flag("--failing", o->failing, "Each allocation of the driver fails, too, one at a time");
  sub->add_option("--resume", o->resume,
                  "Go on from this file, if it is there; what is not done by then is left in it");
  sub->add_option("--luck", o->luck, "Try so many random schedules, too, and say what they meet")
      ->check(CLI::Range(0, 100'000'000));
  sub->add_flag("--progress", o->progress, "Say every second how far it is, as diagnostics");
  sub->callback([o, &cli] { races_command(cli, *o); });
}

void add_notes(CLI::App& app, Cli& cli) {
  auto lesson = std::make_shared<std::string>();
  CLI::App* sub = app.add_subcommand("notes", "The teacher's page of a lesson, in a window");
  sub->add_option("LESSON", *lesson, "Its name, number or folder")->required();
  sub->callback([lesson, &cli] { notes_command(cli, *lesson); });
}

void add_serve(CLI::App& app, Cli& cli) {
  auto o = std::make_shared<ServeOptions>();
  CLI::App* sub = app.add_subcommand("serve", "A window that a class can follow in browsers");
  sub->add_option("PROGRAM", o->what, "What it opens on, such as 4.2 or sandbox");
  sub->add_option("--address", o->address, "Of this machine, such as 192.168.1.7 (else choose)");
  sub->add_option("--page", o->page, "Folder of the page, as ./dev web builds it");
  sub->callback([o, &cli] { open_window(cli, o->what, o.get()); });
}

void add_explain(CLI::App& app, Cli& cli) {
  auto rule = std::make_shared<std::string>();
  CLI::App* sub = app.add_subcommand("explain", "Explain a rule, or list all rules");
  sub->add_option("RULE", *rule, "Such as C-22, or a name such as complete-while-cancelable");
  sub->callback([rule, &cli] { explain_command(cli, *rule); });
}

void add_list(CLI::App& app, Cli& cli) {
  auto drivers = std::make_shared<bool>(false);
  CLI::App* sub = app.add_subcommand("list", "List the programs and lessons there are");
  sub->add_flag("--drivers", *drivers, "List the drivers that a lesson may name");
  sub->callback([drivers, &cli] { list_command(cli, *drivers); });
}

void add_handout(CLI::App& app, Cli& cli) {
  auto o = std::make_shared<HandoutOptions>();
  CLI::App* sub = app.add_subcommand("handout", "A lesson as a page to print (HTML)");
  sub->add_option("LESSON", o->lesson, "Its name, number or folder")->required();
  sub->add_flag("--answers", o->answers, "With the answers, for the teacher");
  sub->add_option("--variant", o->variant, "As it is for this student number");
  sub->add_flag("--no-pictures", o->bare, "Text only");
  sub->add_option("-o,--output", o->file, "HTML file to write")->required();
  sub->callback([o, &cli] { handout_command(cli, *o); });
}

void add_shot(CLI::App& app, Cli& cli) {
  auto options = std::make_shared<ShotOptions>();
  session::ShotRequest& r = options->request;
  CLI::App* sub = app.add_subcommand("shot", "Draw the window into a PNG, without a display");
  sub->add_option("PROGRAM", r.what, "A program, a lesson, a scenario or a trace file")->required();
  sub->add_option("--event", options->event, "Number of an event, first or last")
      ->capture_default_str();
  sub->add_option("--schedule", options->schedule, "Run under this schedule");
  sub->add_option("-o,--output", r.file, "PNG to write")->required();
  sub->add_option("--size", options->size, "Size in pixels, such as 1440x900");
  sub->add_option("--scale", options->scale, "Scale of everything in percent, such as 200")
      ->capture_default_str();
  sub->add_option("--theme", r.theme, "dark, light or contrast")
      ->check(CLI::IsMember({"dark", "light", "contrast"}));
  sub->add_option("--view", r.view,
                  "One view only: stage, code, inspector, timeline (its lanes of requests, or "
                  "threads, queues, log) or home")
      ->check(CLI::IsMember(
          {"stage", "code", "inspector", "timeline", "threads", "queues", "log", "home"}));
  sub->add_option("--press", r.keys, "Press this key first, such as Ctrl+K; may be repeated");
  sub->add_option("--beat", options->beat,
                  "The end of this beat of a lesson, from 1, or its question");
  sub->add_option("--variant", r.variant, "Of a lesson, for the student of this number");
  sub->add_flag("--done", r.done, "With the beat's right answer given, or its goal reached")
      ->needs("--beat");
  sub->add_option("--mode", r.mode,
                  "lesson, sandbox (a driver that takes orders); drive: the driver's moves are "
                  "listed; compare: the run under several dispatch modes; races: what a search of "
                  "its schedules finds; projector: large and light, for a room")
      ->check(CLI::IsMember({"lesson", "sandbox", "drive", "compare", "races", "projector"}));
  sub->callback([options, &cli] { shot_command(cli, *options); });
}

void add_conform(CLI::App& app, Cli& cli) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("conform", "Play recorded scenarios and compare the traces");
  sub->add_option("FILE", *files, "Scenarios: .scn, or .jsonl with one a line")->required();
  sub->callback([files, &cli] { conform_command(cli, *files); });
}

// A folder that the user names must be right; one of the settings that is not is told, no more.
void own_lessons(Cli& cli, const std::vector<std::string>& folders) {
  for (const Error& error : session::use_own_lessons(folders)) {
    for (const std::string& folder : folders) {
      std::error_code none;
      if (std::filesystem::path(error.file).parent_path() ==
          std::filesystem::absolute(folder, none))
        throw CLI::ValidationError("--lessons", error.text());
    }
    cli.err << message(error.text()) << "\n";
  }
}

// --- parsing ---

// One sentence for what CLI11 complains about, and where to read on.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  std::string command = "queuescope";
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  std::string what = error.what();
  std::replace(what.begin(), what.end(), '\n', ' ');
  while (!what.empty() && (what.back() == ' ' || what.back() == '.')) what.pop_back();
  return fmt::format("{}. See `{} --help`.", what, command);
}

// An empty argument is a mistake, usually in a script.
std::string argument_problem(const std::vector<std::string>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    const bool bare = word.starts_with("--") && word.find('=') + 1 == word.size();
    if (word.empty() || bare)
      return fmt::format("Argument {}{} is empty.", i + 1, bare ? ", " + word + "," : "");
    if (word.find('\0') != word.npos) return fmt::format("Argument {} has a NUL in it.", i + 1);
  }
  return {};
}

// A full disk, or a standard output that is closed: who reads on must not take it for all.
void finish_output(Cli& cli) {
  errno = 0;
  cli.out.flush();
  if (cli.out) return;
  cli.err << "queuescope: what is to be printed cannot be written"
          << (errno ? std::string(": ") + std::strerror(errno) : std::string()) << "\n";
  cli.exit_code = kExitUsage;
}

int parse(CLI::App& app, Cli& cli, std::vector<std::string> arguments) {
  if (std::string problem = argument_problem(arguments); !problem.empty()) {
    cli.fail(problem);
    return cli.exit_code;
  }
  // CLI11 takes the words last first.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp&) {
    const CLI::App* at = &app;
    while (!at->get_subcommands().empty()) at = at->get_subcommands().front();
    cli.out << at->help();
  } catch (const CLI::CallForVersion& version) {
    cli.out << version.what() << "\n";
  } catch (const CLI::ParseError& error) {
    cli.fail(usage_error(app, error));
  }
  finish_output(cli);
  return cli.exit_code;
}

// A file that is opened while a standard stream is closed would get its number, and then what is
// printed would go into that file. What stands in for it can be used in the wrong direction only,
// so that an attempt to print is still an error.
void keep_standard_streams() {
  for (int n = 0; n <= 2; ++n)
    if (fcntl(n, F_GETFD) == -1) (void)!open("/dev/null", n == 0 ? O_WRONLY : O_RDONLY);
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
            bool color, const CliHooks& hooks, std::istream* in) {
  Cli cli{out, err, color, hooks, {}, 0, kExitOk, in};
  CLI::App app{"Watch, step, rewind and break a KMDF I/O queue engine.", "queuescope"};
  app.set_version_flag("--version", std::string("queuescope ") + program_version());
  app.add_option("--backend", cli.backend, "How the window is drawn: glfw or sdl2")
      ->check(CLI::IsMember({"glfw", "sdl2"}));
  app.add_option("--scale", cli.scale, "Scale of everything in the window in percent, such as 200")
      ->check(CLI::Range(50, 400));
  std::string what;
  app.add_option(
      "PROGRAM", what,
      "What the window opens on: sandbox, a lesson, a trace file, your driver.c, a link");
  std::vector<std::string> lessons;
  app.add_option("--lessons", lessons, "A folder of your own lessons, with its order.toml")
      ->allow_extra_args(false);
  app.add_option("--variant", cli.variant,
                 "Lessons in the window as they are for the student of this number");
  app.parse_complete_callback([&] { own_lessons(cli, lessons); });
  app.require_subcommand(0, 1);
  add_run(app, cli);
  add_trace(app, cli);
  add_explain(app, cli);
  add_list(app, cli);
  add_new(app, cli);
  add_learn(app, cli);
  add_notes(app, cli);
  add_serve(app, cli);
  add_handout(app, cli);
  add_races(app, cli);
  add_check(app, cli);
  add_conform(app, cli);
  add_shot(app, cli);
  app.footer(
      "Exit codes: 0 all is well, 1 a rule was broken or something was found, 2 usage, or a "
      "driver that does not compile, 3 races: not all was tried, and nothing found.");
  app.final_callback([&] {
    if (app.get_subcommands().empty()) open_window(cli, what);
  });
  return parse(app, cli, arguments);
}

int run_program(int argc, char** argv, const CliHooks& hooks) {
  if (int exit_code = 0; own::runner_asked(argc, argv, exit_code)) return exit_code;
  keep_standard_streams();
  signal(SIGXFSZ, SIG_IGN);  // a file beyond `ulimit -f` is an error that can be told
  const bool color = isatty(STDOUT_FILENO) && !std::getenv("NO_COLOR");
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  return run_cli(arguments, std::cout, std::cerr, color, hooks);
}

}  // namespace qs::cli
