// The command line. Owns: run_cli and what it needs from outside. Called by main.cpp and tests, on
// one thread.
#pragma once
#include <iosfwd>
#include <string>
#include <vector>

#include "session/window.h"

namespace qs {

// The window, when it is compiled in; null pointers when it is not.
struct CliHooks {
  int (*window)(const WindowRequest*) = nullptr;
  int (*shot)(const ShotRequest*) = nullptr;
};

// Exit codes.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFindings = 1;  // the run broke a rule, or something was found
inline constexpr int kExitUsage = 2;     // wrong words, unreadable files

// `arguments`: without the program's name. `color`: whether `out` is a terminal that shows it.
// `in`: what a student types (learn); nullptr is the standard input. Returns the exit code; every
// error is one line on `err`.
int run_cli(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err,
            bool color, const CliHooks& hooks, std::istream* in = nullptr);

}  // namespace qs
