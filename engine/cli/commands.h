// The sub-commands, one add_ function each, and what they share. Owns: Cli. Called by cli.cpp. A
// new command is a file of its own with an add_ function here and a call of it in cli.cpp.
#pragma once
#include <memory>
#include <ostream>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "base/result.h"
#include "cli/cli.h"

namespace qs {

struct Cli {
  std::ostream& out;
  std::ostream& err;
  bool color;
  const CliHooks& hooks;
  std::string backend;  // --backend
  int exit_code = kExitOk;
  std::istream* in = nullptr;  // what is typed; nullptr: the standard input

  // Prints the sentence on `err`, with the program's name; the exit code becomes 2.
  void fail(std::string_view sentence);
  void fail(const Error& error) { fail(error.text()); }
};

// Each keeps its options alive in the callback that it gives to its sub-command.
void add_run(CLI::App& app, Cli& cli);
void add_trace(CLI::App& app, Cli& cli);
void add_explain(CLI::App& app, Cli& cli);
void add_list(CLI::App& app, Cli& cli);
void add_learn(CLI::App& app, Cli& cli);
void add_check(CLI::App& app, Cli& cli);
void add_conform(CLI::App& app, Cli& cli);
void add_shot(CLI::App& app, Cli& cli);

// Opens the window on `what` ("" = home).
void open_window(Cli& cli, const std::string& what);

// "first", "last" or a number of events, at most `size`.
Result<size_t> parse_event(std::string_view text, size_t size);

}  // namespace qs
