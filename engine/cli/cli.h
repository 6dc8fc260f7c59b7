// The command line. Owns: run_program, run_cli, and what they need from outside. Called by the two
// programs (main.cpp with no window, ui/main.cpp with one) and by tests, on one thread.
#pragma once
#include <iosfwd>
#include <string>
#include <vector>

#include "session/window_request.h"

namespace qs::cli {

// The window; null pointers in a program that has none. Both return the exit code: 0, or 2 after
// one sentence on standard error (there is no display, and the like).
struct CliHooks {
  int (*window)(const session::WindowRequest&) = nullptr;
  int (*shot)(const session::ShotRequest&) = nullptr;
};

// Exit codes.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFindings = 1;  // the run broke a rule, or something was found
inline constexpr int kExitUsage = 2;     // wrong words, unreadable files
inline constexpr int kExitIncomplete = 3;  // races: nothing found, and not all was tried

// `arguments`: without the program's name. `color`: whether `out` is a terminal that shows it.
// `in`: what a student types (learn); nullptr is the standard input. Returns the exit code; every
// error is one line on `err`.
int run_cli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
            bool color, const CliHooks& hooks, std::istream* in = nullptr);

// All that a main() does: `argc` and `argv` are its own, the standard streams are used. Returns the
// exit code.
int run_program(int argc, char** argv, const CliHooks& hooks);

}  // namespace qs::cli
