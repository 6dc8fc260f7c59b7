#include "cli/cli.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/open.h"

#ifndef QS_VERSION
#define QS_VERSION "0.1.0"
#endif

namespace qs {

void Cli::fail(std::string_view sentence) {
  out.flush();
  err << "queuescope: " << sentence << "\n";
  exit_code = kExitUsage;
}

Result<size_t> parse_event(std::string_view text, size_t size) {
  if (text == "first") return std::min<size_t>(size, 1);
  if (text == "last") return size;
  size_t n = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc() || end != text.data() + text.size())
    return Error{"", 0, fmt::format("\"{}\" is no event; write a number, first or last", text)};
  if (n > size) return Error{"", 0, fmt::format("There is no event {}; this run has {}.", n, size)};
  return n;
}

void open_window(Cli& cli, const std::string& what) {
  if (!cli.hooks.window) {
    cli.fail("This program was built without its window. `queuescope run " +
             (what.empty() ? std::string("first-request") : what) + "` plays in the terminal.");
    return;
  }
  WindowRequest request;
  request.backend = cli.backend;
  request.what = what;
  request.home = what.empty();
  if (!what.empty()) {
    auto opened = open_any(what);
    if (!opened) return cli.fail(opened.error());
    request.opened = std::move(*opened);
  }
  cli.exit_code = cli.hooks.window(&request);
}

namespace {

// One sentence for what CLI11 complains about, and where to read on.
std::string usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* at = &app;
  std::string command = "queuescope";
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  std::string what = error.what();
  for (char& c : what)
    if (c == '\n') c = ' ';
  while (!what.empty() && (what.back() == ' ' || what.back() == '.')) what.pop_back();
  return fmt::format("{}. See `{} --help`.", what, command);
}

int parse(CLI::App& app, Cli& cli, std::vector<std::string> arguments) {
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
  cli.out.flush();
  return cli.exit_code;
}

}  // namespace

int run_cli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
            bool color, const CliHooks& hooks, std::istream* in) {
  Cli cli{out, err, color, hooks, {}, kExitOk, in};
  CLI::App app{"Watch, step, rewind and break a KMDF I/O queue engine.", "queuescope"};
  app.set_version_flag("--version", std::string("queuescope ") + QS_VERSION);
  app.add_option("--backend", cli.backend, "How the window is drawn: glfw or sdl2")
      ->check(CLI::IsMember({"glfw", "sdl2"}));
  std::string what;
  app.add_option("PROGRAM", what, "What the window opens on: sandbox, a lesson, a trace file");
  app.require_subcommand(0, 1);
  add_run(app, cli);
  add_trace(app, cli);
  add_explain(app, cli);
  add_list(app, cli);
  add_learn(app, cli);
  add_check(app, cli);
  add_conform(app, cli);
  add_shot(app, cli);
  app.footer("Exit codes: 0 all is well, 1 a rule was broken or something was found, 2 usage.");
  app.final_callback([&] {
    if (app.get_subcommands().empty()) open_window(cli, what);
  });
  return parse(app, cli, arguments);
}

}  // namespace qs
